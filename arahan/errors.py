"""Every error that Arahan raises on purpose, named for what went wrong; each carries the data that explains it."""

from __future__ import annotations


class ArahanError(Exception):
    """Base of all; the command line prints its message and exits with status 2, without a traceback."""


class InputNotFound(ArahanError):
    """The INPUT path does not exist or is of no known kind."""


class OutputInUse(ArahanError):
    """Another run is writing the same OUTPUT folder."""


class RecordRejected(ArahanError):
    """One record of the input cannot be an article; the run goes on. `id` is "" when the record has none."""

    def __init__(self, reason: str, id: str = "") -> None:
        super().__init__(reason)
        self.reason, self.id = reason, id


class DataFileError(ArahanError):
    """A lexicon, gazetteer or registry has a faulty line."""

    def __init__(self, path: object, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class ModelNotFound(ArahanError):
    """A weight file that should ship with the project is missing."""
