"""Annotated articles as brat standoff, and back. Source: the brat standoff format.

A directive is an event: its trigger is the action, its type the kind, its arguments evidence, cue, addressees, quantities and
deadline. What is no span stands as JSON in a note on the event or on the argument.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from arahan.types import KINDS
from search.export.regions import Linked, Region, join, split

Record = dict[str, Any]
CONFIG, META_FILE = "annotation.conf", "articles.jsonl"
META = ("id", "title", "date", "url", "outlet", "officials")
ARGUMENTS = ("Evidence", "Cue", "Addressee", "Quantity", "Deadline")


def write(folder: Path, records: Sequence[Record]) -> None:
    """NAME.txt and NAME.ann for each article, the configuration, and articles.jsonl with what is known of each article."""
    about = []
    for record in records:
        name = file_name(record["id"])
        (folder / f"{name}.txt").write_bytes(record["text"].encode("utf-8"))
        (folder / f"{name}.ann").write_bytes(standoff(record).encode("utf-8"))
        about.append({"file": name} | {key: record[key] for key in META})
    (folder / META_FILE).write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in about), encoding="utf-8")
    (folder / CONFIG).write_text(configuration(), encoding="utf-8")


def file_name(article_id: str) -> str:
    """A file name for an article; ids that differ only in signs that a file name cannot have get different ones."""
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '_', article_id)[:60]}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}"


def configuration() -> str:
    """annotation.conf: the types and what an event can have."""
    arguments = ", ".join(f"{name}{count}:{name}" for name, count in zip(ARGUMENTS, ("", "?", "*", "*", "?"), strict=True))
    events = "\n".join(f"{kind.capitalize()}\t{arguments}" for kind in KINDS)
    return f"[entities]\n{chr(10).join(ARGUMENTS)}\n\n[relations]\n\n[events]\n{events}\n\n[attributes]\n"


def standoff(record: Record) -> str:
    """The .ann file of an article."""
    regions, links = split(record)
    names = {region.id: f"T{place}" for place, region in enumerate(regions, start=1)}
    labels = {region.id: region.label for region in regions}
    heads = [region for region in regions if region.label in KINDS]
    noted = [region for region in regions if any(region.fields.values())]
    lines = [_entity(record["text"], region, names[region.id]) for region in regions]
    for place, head in enumerate(heads, start=1):
        arguments = [(labels[end], names[end]) for start, end in links if start == head.id]
        lines.append(f"E{place}\t{' '.join([f'{head.label.capitalize()}:{names[head.id]}', *_numbered(arguments)])}")
    for place, region in enumerate(noted, start=1):
        lines.append(f"#{place}\tAnnotatorNotes {names[region.id]}\t{json.dumps(region.fields, ensure_ascii=True)}")
    return "".join(f"{line}\n" for line in lines)


def _numbered(arguments: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Arguments of an event; the second addressee is Addressee2."""
    seen: Counter[str] = Counter()
    for label, name in arguments:
        seen[label] += 1
        yield f"{label.capitalize()}{seen[label] if seen[label] > 1 else ''}:{name}"


def _entity(text: str, region: Region, name: str) -> str:
    """A span cut at line breaks, which standoff cannot hold; one that begins or ends with a break loses it."""
    pieces = [(region.start + m.start(), region.start + m.end()) for m in re.finditer(r"[^\n]+", text[region.start : region.end])]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{name}\t{region.label.capitalize()} {places}\t{_excerpt(text, pieces)}"


def _excerpt(text: str, pieces: Sequence[tuple[int, int]]) -> str:
    """What stands in the last column: one line, no tabs."""
    return " ".join(" ".join(text[start:end].split()) for start, end in pieces)


def read(folder: Path) -> Iterator[tuple[str, Callable[[], Record]]]:
    """Name and reader of each article in a folder that `write` made; a reader raises ValueError or KeyError when faulty."""
    about = folder / META_FILE
    known = [json.loads(line) for line in about.read_text(encoding="utf-8").splitlines()] if about.is_file() else []
    by_file = {article["file"]: article for article in known}
    for path in sorted(folder.glob("*.ann")):
        yield path.name, partial(read_file, path, by_file.get(path.stem, {}))


def read_file(path: Path, about: Mapping[str, Any] | None = None) -> Record:
    """The annotated article of a .ann file, whose text stands beside it. `about`: its line of articles.jsonl, if any."""
    about = about or {}
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    regions, links = parse(text, path.read_bytes().decode("utf-8"))
    known = {"id": about.get("id", path.stem), "title": about.get("title", ""), "text": text}
    known |= {name: about.get(name, "") for name in ("date", "url", "outlet")}
    return known | {"officials": about.get("officials", []), "directives": join(regions, links)}


def parse(text: str, annotations: str) -> tuple[list[Region], list[Linked]]:
    """Regions and links of a .ann file. Raises ValueError when a line cannot be read or its excerpt is not in its place."""
    spans: dict[str, Region] = {}
    notes: dict[str, dict[str, Any]] = {}
    events: dict[str, list[tuple[str, str]]] = {}
    for line in filter(None, annotations.split("\n")):
        name, middle, *rest = line.split("\t")
        if name.startswith("T"):
            spans[name] = _region(text, name, middle, rest[0] if rest else "")
        elif name.startswith("E"):
            events[name] = [(argument.partition(":")[0], argument.partition(":")[2]) for argument in middle.split()]
        elif name.startswith("#") and middle.startswith("AnnotatorNotes "):
            notes[middle.removeprefix("AnnotatorNotes ")] = _note(rest[0] if rest else "")
    whole = {name: region.with_fields(notes.get(name, {})) for name, region in spans.items()}
    triggers = {arguments[0][1] for arguments in events.values()}
    heads = [replace(whole[args[0][1]], id=name, label=args[0][0].lower()) for name, args in events.items()]
    links = [(name, target) for name, arguments in events.items() for _, target in arguments[1:]]
    return [*heads, *(region for name, region in whole.items() if name not in triggers)], links


def _region(text: str, name: str, middle: str, excerpt: str) -> Region:
    label, _, places = middle.partition(" ")
    pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in places.split(";"))]
    if excerpt.split() != _excerpt(text, pieces).split():
        raise ValueError(f"{name}: {excerpt[:60]!r} does not stand at {places}")
    return Region(name, pieces[0][0], pieces[-1][1], label.lower())


def _note(note: str) -> dict[str, Any]:
    """The fields of a note; a note of a person's own words has none."""
    try:
        fields = json.loads(note)
    except json.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}
