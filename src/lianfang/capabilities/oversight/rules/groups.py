"""Visits by unit and span of days, and what a rule holds of: shared by the rules about made-up records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lianfang.capabilities.oversight.rules.chance import Flags, Ints
from lianfang.capabilities.oversight.rules.records import Records


class Found(NamedTuple):
    """A rule holds of a unit: ``day`` (ordinal) is the first of ``days``; ``records`` are places in the columns, by
    time; ``figures`` by their codes."""

    rule: str
    unit: int
    day: int
    days: int
    records: Ints
    figures: Mapping[str, float]


class Groups(NamedTuple):
    """The visits by unit and span of days: ``of`` each visit its group, (V,); of each group its ``unit``, the first day
    ``begins``, and the ``block`` of groups of the same days, (G,)."""

    of: Ints
    unit: Ints
    begins: Ints
    block: Ints

    def sums(self, flags: Flags) -> Ints:
        """How many visits of each group are flagged, (G,)."""
        return np.bincount(self.of[flags], minlength=self.unit.size).astype(np.int64)


def grouped(records: Records, days: int) -> Groups:
    """By unit and blocks of so many days, which begin on a Monday where a week fits."""
    begins = records.day - (records.day - 1) % days
    first = int(begins.min())
    width = int(begins.max()) - first + 1
    keys, of = np.unique(records.unit * width + begins - first, return_inverse=True)
    start = keys % width + first
    _, block = np.unique(start, return_inverse=True)
    return Groups(of.astype(np.int64), keys // width, start, block.astype(np.int64))


def told_of(
    name: str, records: Records, place: tuple[int, int, int], flags: Flags, figures: Mapping[str, float]
) -> Found:
    """What a rule holds of: the flagged records by time; ``place``: unit, first day, days."""
    chosen = np.flatnonzero(flags)
    chosen = chosen[np.lexsort((records.minute[chosen], records.day[chosen]))]
    return Found(name, *place, chosen, {"records": float(chosen.size), **figures})
