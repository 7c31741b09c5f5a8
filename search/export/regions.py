"""An annotated article as flat regions and links between them, as tools for annotation have it, and back."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from arahan.types import KINDS

Fields = dict[str, Any]
Linked = tuple[str, str]  # from the action's region to another


@dataclass(frozen=True, slots=True)
class Region:
    """Characters [start, end). `label`: the kind for an action, else evidence, cue, addressee, quantity or deadline."""

    id: str
    start: int
    end: int
    label: str
    fields: Fields = field(default_factory=dict)

    @property
    def span(self) -> list[int]:
        """As annotated articles have it."""
        return [self.start, self.end]

    def with_fields(self, fields: Mapping[str, Any]) -> Region:
        """The same with these fields."""
        return dataclasses.replace(self, fields=dict(fields))


def split(record: Mapping[str, Any]) -> tuple[list[Region], list[Linked]]:
    """Regions of all directives and the links that hold each directive together; ids by position."""
    regions: list[Region] = []
    links: list[Linked] = []
    for number, directive in enumerate(record["directives"], start=1):
        head, *parts = _regions(f"d{number}", directive)
        regions += [head, *parts]
        links += [(head.id, part.id) for part in parts]
    return regions, links


def _region(id: str, span: Sequence[int], label: str, fields: Fields | None = None) -> Region:
    return Region(id, span[0], span[1], label, fields or {})


def _regions(name: str, directive: Mapping[str, Any]) -> Iterator[Region]:
    issuer = {f"issuer_{key}": directive["issuer"][key] for key in ("name", "role")}
    yield _region(name, directive["action"], directive["kind"], {"sectors": directive["sectors"]} | issuer)
    yield _region(f"{name}-evidence", directive["evidence"], "evidence")
    if directive["cue"]:
        yield _region(f"{name}-cue", directive["cue"], "cue")
    for number, span in enumerate(directive["addressees"], start=1):
        yield _region(f"{name}-addressee{number}", span, "addressee")
    for number, quantity in enumerate(directive["quantities"], start=1):
        values = {"value": repr(float(quantity["value"])), "unit": quantity["unit"]}
        yield _region(f"{name}-quantity{number}", quantity["span"], "quantity", values)
    if directive["deadline"]:
        yield _region(f"{name}-deadline", directive["deadline"]["span"], "deadline", {"iso": directive["deadline"]["iso"]})


def join(regions: Sequence[Region], links: Iterable[Linked]) -> list[dict[str, Any]]:
    """The directives in reading order. A directive that nobody linked takes the smallest evidence around it, and that one's cue.

    Raises ValueError when an action has no evidence around it, a region is linked that is none, or a value is no number.
    """
    by_id = {region.id: region for region in regions}
    parts: defaultdict[str, list[Region]] = defaultdict(list)
    for start, end in links:
        if start not in by_id or end not in by_id:
            raise ValueError(f"a relation leads from {start!r} to {end!r}, which are not both there")
        parts[start].append(by_id[end])
    heads = [region for region in regions if region.label in KINDS]
    found = [_directive(head, parts[head.id] or list(_around(head, regions))) for head in heads]
    return sorted(found, key=lambda d: (d["evidence"], d["action"]))


def _around(head: Region, regions: Sequence[Region]) -> Iterator[Region]:
    around = [r for r in regions if r.label == "evidence" and r.start <= head.start and head.end <= r.end]
    if around:
        evidence = min(around, key=lambda region: region.end - region.start)
        yield evidence
        inside = [r for r in regions if r.label == "cue" and evidence.start <= r.start and r.end <= evidence.end]
        yield from sorted(inside, key=lambda region: abs(region.end - head.start))[:1]


def _directive(head: Region, parts: Sequence[Region]) -> dict[str, Any]:
    labelled: defaultdict[str, list[Region]] = defaultdict(list)
    for part in parts:
        labelled[part.label].append(part)
    if len(labelled["evidence"]) != 1:
        raise ValueError(f"the {head.label} at {head.start} has {len(labelled['evidence'])} passages of evidence, not one")
    evidence = labelled["evidence"][0]
    if not evidence.start <= head.start < head.end <= evidence.end:
        raise ValueError(f"the {head.label} at {head.start} does not lie in its evidence")
    deadline = labelled["deadline"][0] if labelled["deadline"] else None
    return {
        "kind": head.label,
        "evidence": evidence.span,
        "cue": labelled["cue"][0].span if labelled["cue"] else None,
        "action": head.span,
        "issuer": {key: head.fields.get(f"issuer_{key}", "") for key in ("name", "role")},
        "addressees": [part.span for part in labelled["addressee"]],
        "sectors": list(head.fields.get("sectors", [])),
        "quantities": [_quantity(part) for part in labelled["quantity"]],
        "deadline": {"span": deadline.span, "iso": deadline.fields.get("iso", "")} if deadline else None,
    }


def _quantity(part: Region) -> dict[str, Any]:
    try:
        value = float(part.fields.get("value", "nan"))
    except ValueError:
        value = float("nan")
    if value != value:
        raise ValueError(f"the quantity at {part.start} has no number as its value")
    return {"span": part.span, "value": value, "unit": part.fields.get("unit", "")}
