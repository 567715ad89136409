"""Whether anybody was ever away: a unit's first calls of four weeks, each of which finds everybody at home.

One visit that looks as any other tells nothing: of honest first calls too, most find everybody. What tells is that over
weeks hardly any does not. How far units differ by themselves (where old people live, somebody is at home) is taken
from the units: what stands out has to do so beyond that. Visits that another rule names already are left out; where
other rules name many of a unit, less is asked of what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from lianfang.capabilities.oversight.rules.chance import (
    Doubles,
    Flags,
    Ints,
    above,
    beyond_spread,
    standing_out,
    usual,
)
from lianfang.capabilities.oversight.rules.groups import Found, told_of
from lianfang.capabilities.oversight.rules.policy import Figures
from lianfang.capabilities.oversight.rules.records import Records

WEEK: Final = 7
"""Days from one look to the next: on each Sunday, at the days up to it."""


class _Units(NamedTuple):
    """Of each unit (U,): first calls that no other rule names, ``of``; of these ``hits``, which find everybody;
    ``named``: the share of all visits that other rules name."""

    of: Ints
    hits: Ints
    named: Doubles


def never_away(name: str, records: Records, its: Figures, told: Sequence[Found]) -> Iterator[Found]:
    """Units that find everybody at home more often than others; ``told``: what other rules found of made-up records."""
    named = np.zeros(records.size, np.bool_)
    for one in told:
        named[one.records] = True
    fits = records.first & records.everybody & ~named
    for days in its.spans:
        for last in _sundays(records):
            inside = (records.day > last - days) & (records.day <= last)
            units = _units(records, inside, named)
            out, share = _standing_out(units, its)
            for unit in np.flatnonzero(out).tolist():
                flags = inside & fits & (records.unit == unit) & (records.measured >= its.limit)
                own = units.hits[unit] / units.of[unit]
                figures = {"of": float(units.of[unit]), "share": float(own), "usual": float(share[unit])}
                yield told_of(name, records, (unit, last - days + 1, days), flags, figures)


def _sundays(records: Records) -> list[int]:
    """The Sundays (ordinals) up to which there are records of a day of that week."""
    first, last = int(records.day.min()), int(records.day.max())
    return [day for day in range(first, last + 1) if day % WEEK == 0]


def _units(records: Records, inside: Flags, named: Flags) -> _Units:
    many = int(records.unit.max()) + 1

    def count(flags: Flags) -> Ints:
        return np.bincount(records.unit[flags], minlength=many).astype(np.int64)

    tried = inside & records.first & ~named
    share = count(inside & named) / np.maximum(1, count(inside))
    return _Units(count(tried), count(tried & records.everybody), share)


def _standing_out(units: _Units, its: Figures) -> tuple[Flags, Doubles]:
    """Which units stand out, and the share among the others of each."""
    judged, block = units.of >= its.least, np.zeros(units.of.size, np.int64)

    def chance(without: Flags | None) -> tuple[Doubles, Doubles]:
        share = usual(units.hits, units.of, block, without)
        return beyond_spread(above(units.hits, units.of, share), judged, block), share

    # Looked at twice: those that stand out would else be taken for what is usual.
    apart = standing_out(chance(None)[0], judged, block, its.q)
    likely, share = chance(apart)
    more = units.hits / np.maximum(1, units.of) - share
    out = standing_out(likely, judged, block, its.q) & (more >= its.effect)
    beside = judged & (units.named >= its.effect) & (likely <= its.beside)
    flags: Flags = out | beside
    return flags, share
