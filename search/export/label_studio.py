"""Annotated articles as Label Studio tasks, and what comes back. Source: Label Studio's JSON format for text with regions.

A directive is a region over its action, labelled with its kind; relations lead from it to the regions of evidence, cue,
addressees, quantities and deadline. What is no span (issuer, sectors, values) stands in per-region fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from arahan.types import KINDS
from search.export.regions import Fields, Linked, Region, join, split

Record = dict[str, Any]
TASKS, CONFIG = "tasks.json", "labeling.xml"
META = ("id", "title", "text", "date", "url", "outlet")
TEXT_FIELDS = ("issuer_name", "issuer_role", "value", "unit", "iso")
_LABELS = (*KINDS, "evidence", "cue", "addressee", "quantity", "deadline")
_COLORS = {"evidence": "#fff2a8", "cue": "#f4a3a3", "addressee": "#a8d0f0", "quantity": "#b9e3b0", "deadline": "#d6bdf0"}


def write(folder: Path, records: Sequence[Record]) -> None:
    """tasks.json to be imported into a project, labeling.xml as its labelling interface."""
    tasks = [task(record) for record in records]
    (folder / CONFIG).write_text(interface({s for r in records for d in r["directives"] for s in d["sectors"]}), encoding="utf-8")
    (folder / TASKS).write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def interface(sectors: set[str]) -> str:
    """The labelling interface; `sectors` can be chosen."""
    labels = "".join(f'<Label value="{name}" background="{_COLORS.get(name, "#ffc75f")}"/>' for name in _LABELS)
    choices = "".join(f'<Choice value="{name}"/>' for name in sorted(sectors))
    attributes = 'toName="text" perRegion="true" maxSubmissions="1"'
    fields = "".join(f'<TextArea name="{name}" {attributes} placeholder="{name}"/>' for name in TEXT_FIELDS)
    return (
        '<View>\n<Header value="$title"/>\n<Relations><Relation value="part"/></Relations>\n'
        f'<Labels name="span" toName="text">{labels}</Labels>\n<Text name="text" value="$text"/>\n'
        f'<Choices name="sectors" toName="text" perRegion="true" choice="multiple">{choices}</Choices>\n{fields}\n'
        '<TextArea name="officials" toName="text" placeholder="name | role"/>\n</View>\n'
    )


def task(record: Record) -> Record:
    """One article as a task with a prediction to start from."""
    regions, links = split(record)
    results = [result for region in regions for result in _results(record["text"], region)]
    results += [{"type": "relation", "from_id": a, "to_id": b, "direction": "right", "labels": ["part"]} for a, b in links]
    people = [f"{person['name']} | {person['role']}" for person in record["officials"]]
    if people:
        results.append({"from_name": "officials", "to_name": "text", "type": "textarea", "value": {"text": people}})
    data = {name: record[name] for name in META}
    return {"data": data, "predictions": [{"model_version": "arahan", "result": results}]}


def _results(text: str, region: Region) -> Iterator[Record]:
    place = {"start": region.start, "end": region.end, "text": text[region.start : region.end]}
    shared = {"id": region.id, "to_name": "text"}
    yield shared | {"from_name": "span", "type": "labels", "value": place | {"labels": [region.label]}}
    for name, value in region.fields.items():
        if name == "sectors" and value:
            yield shared | {"from_name": name, "type": "choices", "value": place | {"choices": list(value)}}
        elif value != "" and name != "sectors":
            yield shared | {"from_name": name, "type": "textarea", "value": place | {"text": [str(value)]}}


def read(given: Mapping[str, Any]) -> Record | None:
    """The corrected article of a task; None when nobody submitted it. Raises ValueError and KeyError when it is faulty."""
    submitted = [a for a in given.get("annotations", []) if not a.get("was_cancelled")]
    return annotated(given["data"], submitted[-1]["result"]) if submitted else None


def annotated(data: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> Record:
    """One corrected article out of a task's data and the results of an annotation."""
    regions: dict[str, Region] = {}
    fields: dict[str, Fields] = {}
    links: list[Linked] = []
    officials: list[str] = []
    for result in results:
        if result["type"] == "relation":
            links.append((result["from_id"], result["to_id"]))
        elif result["type"] == "labels":
            start, end = place(data["text"], result["value"])
            regions[result["id"]] = Region(result["id"], start, end, result["value"]["labels"][0])
        elif result["from_name"] == "officials":
            officials += _typed(result["value"]).splitlines()
        else:
            fields.setdefault(result["id"], {})[result["from_name"]] = result["value"].get("choices") or _typed(result["value"])
    whole = [region.with_fields(fields.get(id_, {})) for id_, region in regions.items()]
    people = [{"name": name.strip(), "role": role.strip()} for name, _, role in (line.partition("|") for line in officials)]
    return {name: data.get(name, "") for name in META} | {"officials": people} | {"directives": join(whole, links)}


def _typed(value: Mapping[str, Any]) -> str:
    """What was typed into a text field, which comes as a list of lines or as one."""
    return value["text"] if isinstance(value["text"], str) else "\n".join(value["text"])


def place(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """[start, end) in characters. Old versions count as JavaScript does, in UTF-16 units; the quoted text tells which."""
    start, end, quoted = int(value["start"]), int(value["end"]), value.get("text")
    if quoted in (None, text[start:end]):
        return start, end
    units = text.encode("utf-16-le")
    if units[2 * start : 2 * end].decode("utf-16-le", "replace") == quoted:
        return tuple(len(units[: 2 * at].decode("utf-16-le", "replace")) for at in (start, end))  # type: ignore[return-value]
    raise ValueError(f"the text at {start} to {end} is not {quoted!r}")
