"""The notices of the hard set and their labels. The format is in README.md beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, Attributes, Basis, Qualifier, Unit

FOLDER = Path(__file__).parent
SETS = ("dev", "holdout")
NUMBER = re.compile(
    r"(?<![第\d])(?<!第\s)(?:[\d０-９][\d０-９\s,，]*(?:\.\d+)?|[一二三四五六七八九十百千两零〇]+)\s*[余多]?\s*万?\s*[余多]?\s*(?:左右)?\s*"
    r"(?:例|人次|人(?!民|员|以上)|名|位(?!于))"
)
"""A number with a counting unit, in digits or in characters, with the spaces that wrapped columns leave."""

Span = tuple[int, int]


class Figure(NamedTuple):
    """One number that a careful reader finds: ``spans`` are all its printings."""

    metric: str
    area: str
    n: int
    unit: str
    qualifier: str
    basis: str
    spans: tuple[Span, ...]
    optional: bool


class Labelled(NamedTuple):
    """One record that the text holds."""

    area: str
    as_of: datetime | None
    precision: str
    window: tuple[datetime, datetime] | None
    attrs: dict[str, bool]
    unsure: frozenset[str]
    areas_affected: int | None
    figures: tuple[Figure, ...]


class Notice(NamedTuple):
    id: str
    area: str | None
    published_at: datetime
    title: str
    text: str
    records: tuple[Labelled, ...]
    not_figures: tuple[Span, ...]


def span_of(snippet: str, text: str) -> Span:
    """The span that a snippet marks in ``text``; ValueError where the snippet is absent or not the only one."""
    marked, hash_mark, which = snippet.partition(" #")
    marked = marked.replace("\\n", "\n")
    before, _, rest = marked.partition("⟦")
    span, closed, after = rest.partition("⟧")
    if not closed:
        raise ValueError(f"no span is marked: {snippet}")
    whole = before + span + after
    starts = [m.start() for m in re.finditer(f"(?={re.escape(whole)})", text)]
    if (not hash_mark and len(starts) != 1) or len(starts) < int(which or 1):
        raise ValueError(f"found {len(starts)} times: {snippet}")
    start = starts[int(which or 1) - 1] + len(before)
    return start, start + len(span)


def _figures(lines: list[str], area: str, text: str) -> tuple[Figure, ...]:
    found: dict[tuple[str, str], Figure] = {}
    for line in lines:
        metric, place, n, unit, qualifier, basis, snippet = line.split(" | ", 6)
        optional = metric.startswith("?")
        metric = metric.removeprefix("?")
        if metric not in METRICS:
            raise ValueError(f"no such metric: {metric}")
        place = area if place == "-" else place
        new = Figure(
            metric, place, int(n), Unit(unit), Qualifier(qualifier), Basis(basis), (span_of(snippet, text),), optional
        )
        old = found.get((metric, place))
        if old and old[:6] != new[:6]:
            raise ValueError(f"two labels that differ: {line}")
        found[metric, place] = new._replace(spans=old.spans + new.spans) if old else new
    return tuple(found.values())


def _record(raw: dict[str, Any], text: str) -> Labelled:
    window = raw.get("window")
    attrs = dict(raw.get("attrs", {}))
    if unknown := {*attrs, *raw.get("unsure", ())} - set(Attributes.model_fields):
        raise ValueError(f"no such attribute: {unknown}")
    return Labelled(
        area=raw["area_code"],
        as_of=raw.get("as_of"),
        precision=raw.get("as_of_precision", "hour"),
        window=(window["start"], window["end"]) if window else None,
        attrs=attrs,
        unsure=frozenset(raw.get("unsure", ())),
        areas_affected=raw.get("areas_affected"),
        figures=_figures(raw["figures"], raw["area_code"], text),
    )


def load(path: Path) -> Notice:
    """A notice of the set; ValueError, naming the file, where a label does not fit its text."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    text = raw["text"]
    try:
        return Notice(
            id=raw["id"],
            area=raw.get("area"),
            published_at=raw["published_at"],
            title=raw["title"],
            text=text,
            records=tuple(_record(r, text) for r in raw["bulletins"]),
            not_figures=tuple(span_of(s, text) for s in raw["not_figures"]),
        )
    except ValueError as error:
        raise ValueError(f"{path.parent.name}/{path.name}: {error}") from error


def notices(*sets: str) -> Iterator[Notice]:
    """The notices of the sets named (all of them by default), in the order of their numbers."""
    for name in sets or SETS:
        for path in sorted((FOLDER / name).glob("*.toml")):
            yield load(path)


def unlabelled(notice: Notice) -> list[str]:
    """Numbers with a counting unit that no label covers."""
    spans = [s for r in notice.records for f in r.figures for s in f.spans] + list(notice.not_figures)
    return [
        m.group()
        for m in NUMBER.finditer(notice.text)
        if not any(start < m.end() and m.start() < end for start, end in spans)
    ]
