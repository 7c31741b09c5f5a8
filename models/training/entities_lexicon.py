"""The words and patterns behind the silver labels: entities_lexicon.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from arahan.errors import DataFileError

LEXICON = Path(__file__).with_name("entities_lexicon.toml")
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = r"(?:ribu|juta|miliar|milyar|miliyar|triliun|trilyun)"
_DIGITS = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_COUNT = rf"(?:satu|(?:{_DIGITS}) (?:belas|puluh|ratus)|{_DIGITS}|sepuluh|sebelas|seratus|seribu)"
_YEAR = r"(?:19|20)\d\d"
_NUMERIC = r"\d{1,2} ?[/-] ?\d{1,2}(?: ?[/-] ?\d{2,4})?"
_PART = "(?:awal|pertengahan|akhir|penghujung)"
_UNIT = "(?:hari|pekan|minggu|bulan|tahun|semester|triwulan|kuartal)"
_WHEN = "(?:ini|depan|lalu|mendatang|kemarin|berikutnya|berjalan)"
_QUARTER = rf"(?:triwulan|semester|kuartal) (?:[ivx]+|\d|pertama|kedua|ketiga|keempat)(?: ?- ?{_YEAR}| (?:tahun )?{_YEAR})?"
_SPAN = rf"(?: ?[-–/] ?(?:{_YEAR}|\d\d))?"
_NO_LAW = r"(?<!uud )(?<!nomor )(?<!no )(?<!no\. )"


def any_of(words: Iterable[str]) -> str:
    """An alternation of forms, the longest first."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)) + ")"


def whole(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """The pattern over whole words of a text whose words are joined by single spaces."""
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)", flags)


@dataclass(frozen=True)
class Lexicon:
    """The word lists, by `section.list`."""

    lists: dict[str, frozenset[str]]

    def forms(self, name: str) -> frozenset[str]:
        """The list called `section.name`."""
        return self.lists[name]

    @cached_property
    def longest(self) -> int:
        """Words in the longest form."""
        return max(len(form.split()) for forms in self.lists.values() for form in forms)

    @cached_property
    def date(self) -> re.Pattern[str]:
        """Days, dates, months, years, spans of time counted from the speaker's day, feasts."""
        month, full = any_of([*self.forms("date.months"), *self.forms("date.months_short")]), any_of(self.forms("date.months"))
        feast, day = any_of(self.forms("date.feasts")), any_of(self.forms("date.days"))
        named = rf"\d{{1,2}}(?:-\d{{1,2}}| (?:-|–|hingga|sampai|dan|s/d) \d{{1,2}})? {month}(?: {_YEAR})?"
        dated = rf"(?:{_NUMERIC}|{named})"
        when = rf" ?,? ?(?:\( {dated} \)|tanggal {dated}|{named}|{_NUMERIC}(?= ?[,.)]))"
        forms = [
            rf"(?:hari )?{day}(?: (?:pagi|siang|sore|malam|lalu|depan|pekan lalu))?(?:{when})?",
            rf"(?:tanggal )?{named}|\( {_NUMERIC} \)|tanggal {_NUMERIC}",
            rf"(?:{_PART} )?(?:bulan )?{full} (?:tahun )?{_YEAR}|{_PART} (?:bulan )?{full}|bulan {full}",
            rf"{_PART} (?:{_UNIT} )?(?:{_WHEN}|{_YEAR})|{_UNIT} {_WHEN}|hari ini|besok|kemarin|lusa|{_QUARTER}",
            rf"(?<!nomor )(?:{_PART} )?tahun (?:anggaran |ajaran |pelajaran )?{_YEAR}{_SPAN}|{_YEAR} ?[-–] ?{_YEAR}",
            rf"{_NO_LAW}{_YEAR}|{full}|h ?- ?\d+ {feast}|sebelum {feast}",
        ]
        return whole("|".join(forms))

    @cached_property
    def money(self) -> re.Pattern[str]:
        """Amounts with a currency before or after."""
        amount = rf"{_NUMBER}(?: (?:-|–|hingga|sampai) (?:rp ?)?{_NUMBER})?(?: {_SCALE})?"
        behind = rf"(?:{_NUMBER}|{_COUNT}) ?{_SCALE}? ?(?:rupiah|dolar as|dolar amerika|dolar|euro|yen)"
        return whole(rf"(?:rp|rp ?\.|idr|us ?\$|usd|\$) ?{amount}(?: rupiah)?|{behind}")

    @cached_property
    def goal(self) -> re.Pattern[str]:
        """A number and what it counts."""
        unit = any_of(self.forms("target.units"))
        return whole(rf"(?:{_NUMBER}|{_COUNT})(?: {_SCALE})? (?:%|{unit})(?: (?:baru|digital|miskin))?")

    @cached_property
    def goal_cue(self) -> re.Pattern[str]:
        """Words that make a number in their sentence a goal."""
        return whole(any_of(self.forms("target.cues")))

    @cached_property
    def sector(self) -> re.Pattern[str]:
        """Names of fields of government: in lower case, or capitalised after "sektor", "bidang" or "urusan"."""
        words = any_of(self.forms("sector.words"))
        return whole(rf"{words}|(?:(?<=[Ss]ektor )|(?<=[Bb]idang )|(?<=[Uu]rusan ))(?i:{words})", 0)


@cache
def lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon. Raises DataFileError for broken TOML or a list that holds anything but lower-case text."""
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(path, _line(str(error)), str(error)) from error
    lists = {}
    for section, table in tables.items():
        for name, forms in table.items() if isinstance(table, dict) else [("", table)]:
            wrong = [form for form in forms if not isinstance(form, str) or form != form.lower()]
            if wrong:
                line = next((n for n, row in enumerate(text.splitlines(), 1) if f'"{wrong[0]}"' in row), 0)
                raise DataFileError(path, line, f"{section}.{name}: {wrong[0]!r} is not lower-case text")
            lists[f"{section}.{name}".rstrip(".")] = frozenset(forms)
    return Lexicon(lists)


def _line(message: str) -> int:
    found = re.search(r"line (\d+)", message)
    return int(found.group(1)) if found else 0
