"""Every error that Arahan raises on purpose, named for what went wrong; each carries the data that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ArahanError(Exception):
    """Base of all; the command line prints its message and exits with status 2, without a traceback."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Python would call the class with the message alone when an error comes out of a worker process."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[ArahanError], args: tuple[object, ...]) -> ArahanError:
    return kind.__new__(kind, *args)


class InputNotFound(ArahanError):
    """The INPUT path does not exist or is of no known kind."""


class OutputInUse(ArahanError):
    """Another run is writing the same OUTPUT folder."""


class DataFileError(ArahanError):
    """A lexicon, gazetteer or registry has a faulty line."""

    def __init__(self, path: object, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class DataFileFaults(DataFileError):
    """Several faulty lines or entries, reported at once; `faults` has each, the base's fields are those of the first."""

    def __init__(self, faults: Sequence[DataFileError]) -> None:
        first = faults[0]
        super().__init__(first.path, first.line, first.reason)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class SourceNotFound(ArahanError):
    """The registry has no source of that id; `near` are ids that look like it."""

    def __init__(self, id: str, near: Sequence[str] = ()) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else "; `arahan sources list` names them all"
        super().__init__(f"no source {id!r} in the registry{hint}")
        self.id, self.near = id, tuple(near)


class ModelNotFound(ArahanError):
    """A weight file that should ship with the project is missing."""


class ContactMissing(ArahanError):
    """Sites are to be crawled, but the user has not said how to be reached."""


class ArchiveUnreadable(ArahanError):
    """A record of the web archive is not there, or damaged."""

    def __init__(self, file: str, offset: int, reason: str) -> None:
        super().__init__(f"{file} at {offset}: {reason}")
        self.file, self.offset, self.reason = file, offset, reason


class StateUnreadable(ArahanError):
    """The state of an earlier `arahan scrape` cannot be used."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path} is no state of `arahan scrape`: {reason}")
        self.path, self.reason = path, reason


class ArticleNotFound(ArahanError):
    """OUTPUT has no scraped article of that id or URL."""

    def __init__(self, article: str, output: object) -> None:
        super().__init__(f"{output} has no scraped article {article!r}")
        self.article, self.output = article, output
