"""Pure folds: the notices of an area become its situation at a moment, a curve, and the history of a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import (
    METRICS,
    AreaCount,
    Basis,
    BulletinRecord,
    Count,
    Qualifier,
)


class Notice(NamedTuple):
    """A notice as the record holds it: what was read, from what text, and when it became known."""

    fact_id: str
    seq: int
    received_at: datetime
    record: BulletinRecord
    text: str
    text_origin: str


class Row(NamedTuple):
    """One division of a situation. A metric that is absent from ``cells`` was not reported."""

    code: str
    cells: Mapping[str, Count]
    children: tuple[Row, ...] = ()


class Situation(NamedTuple):
    """An area as of a moment: its own numbers, and its divisions'."""

    notice: Notice
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    unplaced: tuple[AreaCount, ...]


def standing(notices: Iterable[Notice], as_of: datetime | None = None) -> Notice | None:
    """The notice that stands at ``as_of``: the latest cut-off not after it, and of that cut-off the latest known."""
    dated = [n for n in notices if n.record.as_of is not None and (as_of is None or n.record.as_of <= as_of)]
    return max(dated, key=lambda n: (n.record.as_of, n.seq), default=None)


def situation(notice: Notice, divisions: Sequence[str]) -> Situation:
    """A row for each of ``divisions`` (codes, in order), and what the notice says of places outside of them.

    A division of which the notice is silent is an implied zero where the stated ones sum to the area's exact total,
    and not reported otherwise: null is never 0.
    """
    record = notice.record
    placed: dict[str, dict[str, AreaCount]] = {}
    unplaced = []
    for entry in record.by_area:
        if entry.code is not None and entry.code in divisions:
            placed.setdefault(entry.code, {})[entry.metric] = entry
        else:
            unplaced.append(entry)
    metrics = tuple(m for m in METRICS if any(e.metric == m for e in record.by_area))
    complete = {m for m in metrics if _sums(record, m)}
    rows = tuple(_row(code, placed.get(code, {}), complete) for code in divisions)
    return Situation(notice, metrics, rows, tuple(unplaced))


def _sums(record: BulletinRecord, metric: str) -> bool:
    total = next((f for f in record.figures if f.metric == metric), None)
    parts = [e for e in record.by_area if e.metric == metric]
    exact = total is not None and all(c.qualifier is Qualifier.EXACT for c in (total, *parts))
    return exact and total is not None and sum(e.n for e in parts) == total.n


def _row(code: str, entries: Mapping[str, AreaCount], complete: set[str]) -> Row:
    cells: dict[str, Count] = dict(entries)
    for metric in complete - entries.keys():
        cells[metric] = Count(metric=metric, n=0, unit=METRICS[metric].unit, basis=Basis.IMPLIED)
    below: dict[str, dict[str, AreaCount]] = {}
    for entry in entries.values():
        for child in entry.children:
            below.setdefault(child.code or child.name, {})[child.metric] = child
    return Row(code, cells, tuple(_row(child, found, set()) for child, found in below.items()))


class Point(NamedTuple):
    """One cut-off of a curve."""

    notice: Notice
    values: Mapping[str, int]


def curve(notices: Iterable[Notice]) -> tuple[Point, ...]:
    """The area's own numbers at each cut-off, in time order; of notices with one cut-off the latest known stands."""
    latest: dict[datetime, Notice] = {}
    for notice in sorted(notices, key=lambda n: n.seq):
        if notice.record.as_of is not None:
            latest[notice.record.as_of] = notice
    return tuple(Point(n, {f.metric: f.n for f in n.record.figures}) for _, n in sorted(latest.items()))
