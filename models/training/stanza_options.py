"""What Stanza's trainers are told, by processor: files, sizes and steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.runtime.foundation import ENCODER_NAME
from models.runtime.shared_encoder import LAYERS

PARSERS = {"csui": ("0.25", "1200", "900"), "gsd": ("0.2", "3000", "2200")}  # silver weight, steps, of them at the first rate


def _tokenize(folder: Path) -> list[str]:
    files = ["--txt_file", f"{folder}/train.txt", "--label_file", f"{folder}/train.toklabels"]
    held_out = ["--dev_txt_file", f"{folder}/dev.txt", "--dev_label_file", f"{folder}/dev.toklabels"]
    sizes = ["--max_seqlen", "300", "--steps", "8000", "--eval_steps", "400"]
    return [*files, *held_out, "--mwt_json_file", f"{folder}/dev.mwt.json", *sizes]


def _mwt(folder: Path) -> list[str]:
    files = ["--train_file", f"{folder}/train.conllu", "--eval_file", f"{folder}/dev.in.conllu"]
    return [*files, "--gold_file", f"{folder}/dev.conllu", "--num_epoch", "12"]


def _lemma(folder: Path) -> list[str]:
    return ["--train_file", f"{folder}/train.conllu", "--eval_file", f"{folder}/dev.conllu", "--num_epoch", "12"]


def _encoder() -> list[str]:
    return ["--no_pretrain", "--bert_model", ENCODER_NAME, "--bert_hidden_layers", str(LAYERS)]


def _pos(folder: Path) -> list[str]:
    names = ("train", "pud") if folder.parent.name == "csui" else ("train", "pud", "gsd_v2")
    ratios = ["--train_ratios", "2;1" if len(names) == 2 else "3;1;0.3"]
    files = ["--train_file", ";".join(f"{folder}/{name}.conllu" for name in names), "--eval_file", f"{folder}/dev.conllu"]
    words = ["--char_emb_dim", "50", "--char_hidden_dim", "100", "--word_emb_dim", "75", "--word_cutoff", "2"]
    sizes = [*words, "--hidden_dim", "256", "--num_layers", "1"]
    steps = ["--batch_size", "50", "--max_steps", "900", "--max_steps_before_stop", "600", "--eval_interval", "100"]
    rest = ["--deep_biaff_hidden_dim", "256", "--share_hid", "--augment_nopunct", "0.0", "--fix_eval_interval", "--lr", "2e-3"]
    return [*files, *ratios, *_encoder(), *sizes, *steps, *rest, "--second_lr", "5e-4"]


def _depparse(folder: Path) -> list[str]:
    files = ["--train_file", f"{folder}/train.conllu", "--eval_file", f"{folder}/dev.conllu"]
    weight, steps, second = PARSERS[folder.parent.name]
    silver = ["--silver_file", f"{folder}/silver.conllu", "--silver_weight", weight]
    sizes = ["--no_char", "--word_emb_dim", "0", "--tag_emb_dim", "0", "--no_upos", "--no_xpos", "--no_ufeats"]
    biaffine = ["--hidden_dim", "200", "--num_layers", "2", "--deep_biaff_hidden_dim", "128", "--dropout", "0.33"]
    optimiser = ["--optim", "adam", "--lr", "2e-3", "--second_lr", "5e-4", "--beta2", "0.95", "--batch_size", "1500"]
    until = ["--max_steps", steps, "--second_optim_start_step", second, "--eval_interval", "100", "--second_warmup_steps", "20"]
    return [*files, *silver, *_encoder(), *sizes, *biaffine, *optimiser, *until, "--augment_nopunct", "0.0"]


ARGUMENTS: dict[str, Callable[[Path], list[str]]] = {
    "tokenize": _tokenize,
    "mwt": _mwt,
    "lemma": _lemma,
    "pos": _pos,
    "depparse": _depparse,
}
