"""The days of observations: their slots and what each shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from lianfang.capabilities.contacts.rules.observing import (
    Cell,
    Seen,
    Slot,
    Span,
    cell,
    counts,
    grid_days,
    is_late,
    slots_of,
)
from lianfang.capabilities.contacts.state.contact import edition_of


class Half(NamedTuple):
    """A slot of a day and what it shows; ``check`` is the one that counts, where somebody recorded any; ``late`` where
    that was made when the slot was over."""

    half: str
    cell: Cell
    check: Seen | None
    late: bool


class Day(NamedTuple):
    """A day of an observation; ``number`` counts from the day after the last exposure, and is None of the days before:
    they are of an earlier exposure's observation."""

    day: date
    number: int | None
    halves: tuple[Half, ...]


def days_of(
    disease: str,
    edition: str,
    span: Span,
    first_exposed: date,
    last_exposed: date,
    checks: Iterable[Seen],
    now: datetime,
) -> tuple[Day, ...]:
    """The grid of an observation; empty where there is no last day."""
    its = edition_of(disease, edition)
    if span.due is None or its is None or its.contact is None:
        return ()
    best = counts(checks)
    return tuple(
        Day(
            day,
            (day - last_exposed).days if day > last_exposed else None,
            tuple(_half(slot, span, best.get((day, slot.half)), now) for slot in slots_of(disease, edition, day)),
        )
        for day in grid_days(its.contact.whole_days, first_exposed, span.due)
    )


def _half(slot: Slot, span: Span, check: Seen | None, now: datetime) -> Half:
    return Half(slot.half, cell(slot, span, check, now), check, is_late(slot, check))
