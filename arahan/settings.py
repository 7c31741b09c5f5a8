"""What a run can be told. Every field has an environment variable, ARAHAN_ and its name; a command's option goes first."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType

from arahan.errors import ArahanError

REPOSITORY = Path(__file__).resolve().parent.parent


def _from(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if (value := int(text)) < least:
            raise ValueError(f"below {least}")
        return value

    return number


def _plain(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        raise ValueError("not printable ASCII")
    return text.strip()


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("neither 0 nor 1")
    return text == "1"


def _share(text: str) -> float:
    if not 0.0 <= (value := float(text)) <= 1.0:
        raise ValueError("not between 0 and 1")
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run.

    `models` is the folder of the weights, `search_model` that of the encoder which the search takes meaning from. `extractor`
    names the class that reads articles ("module:Class"; its module has `extractor_version()`). A batch holds about
    `batch_articles` articles and at most `batch_chars` characters. `workers` processes run with `threads` threads each (0: the
    cores shared out). Directives below `min_confidence` are left out. `contact` (a mail address or a page) is in the user agent
    of the scraper; `allow_loopback` lets it ask this machine.
    """

    models: Path = REPOSITORY / "models"
    search_model: Path = REPOSITORY / "models" / "encoder"
    extractor: str = "pipeline.directives.extract:Extractor"
    batch_articles: int = 64
    batch_chars: int = 400_000
    workers: int = 1
    threads: int = 0
    min_confidence: float = 0.0
    contact: str = ""
    allow_loopback: bool = False

    @property
    def threads_each(self) -> int:
        """Threads for each worker process."""
        return self.threads or max(1, (os.cpu_count() or 1) // self.workers)


_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "models": Path,
        "search_model": Path,
        "extractor": str,
        "batch_articles": _from(1),
        "batch_chars": _from(1),
        "workers": _from(1),
        "threads": _from(0),
        "min_confidence": _share,
        "contact": _plain,
        "allow_loopback": _switch,
    }
)


def load_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The defaults, then ARAHAN_* of `environment` (the process's own when None), then what is `given` and not None.

    Raises ArahanError when a variable's value is no good.
    """
    environment = os.environ if environment is None else environment
    found: dict[str, object] = {}
    for field in fields(Settings):
        variable = f"ARAHAN_{field.name.upper()}"
        if variable in environment:
            found[field.name] = _read(variable, environment[variable], _READERS[field.name])
    found |= {name: value for name, value in given.items() if value is not None}
    return replace(Settings(), **found)  # type: ignore[arg-type]  # names and types were checked by _READERS


def _read(variable: str, text: str, reader: Callable[[str], object]) -> object:
    try:
        return reader(text)
    except ValueError as error:
        raise ArahanError(f"{variable}={text!r} is no good: {error}") from error
