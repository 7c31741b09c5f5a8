"""The offices of the officials that a dataset names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search import dataset


class Offices:
    """Who held which office in which article, and each person's usual name, role, office and region."""

    def __init__(self) -> None:
        self._in_article: dict[int, str] = {}
        self._usual: dict[str, Counter[tuple[str, str, str, str]]] = {}

    @classmethod
    def of(cls, output: Path) -> Offices:
        """Read OUTPUT/officials."""
        found = cls()
        for batch in dataset.officials(output):
            for row in batch:
                if row["official_id"]:
                    found._add(row)
        return found

    def get(self, article_id: str, official_id: str) -> str:
        """The office of the person in the article, else the usual one, else ""."""
        if not official_id:
            return ""
        office = self._in_article.get(hash((article_id, official_id)))
        if office is None:
            office = next((usual[0][2] for usual in self._usual.get(official_id, Counter()).most_common(1)), "")
        return office

    def people(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Rows of the table `officials`."""
        for official, forms in sorted(self._usual.items()):
            best = max(forms.items(), key=lambda form: (form[1], len(form[0][1]), form[0]))
            yield official, *best[0], sum(forms.values())

    def _add(self, row: dataset.Row) -> None:
        self._in_article[hash((row["article_id"], row["official_id"]))] = row["office"]
        form = (row["name"], row["role"], row["office"], row["region_code"])
        self._usual.setdefault(row["official_id"], Counter())[form] += 1
