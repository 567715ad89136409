"""The days of observations: their slots and what each shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from lianfang.capabilities.contacts.rules.observing import (
    Cell,
    Seen,
    Span,
    cell,
    counts,
    grid_days,
    slots_of,
)
from lianfang.capabilities.contacts.state.contact import edition_of


class Half(NamedTuple):
    """A slot of a day and what it shows; ``check`` is the one that counts, where somebody recorded any."""

    half: str
    cell: Cell
    check: Seen | None


class Day(NamedTuple):
    """A day of an observation; ``number`` counts from the day after the last exposure."""

    day: date
    number: int
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
            (day - last_exposed).days,
            tuple(
                Half(slot.half, cell(slot, span, best.get((day, slot.half)), now), best.get((day, slot.half)))
                for slot in slots_of(disease, edition, day)
            ),
        )
        for day in grid_days(its.contact.whole_days, first_exposed, span.due)
    )
