"""Series of an area's cases by the day of onset, of the report and of the confirmation, and what was known of onsets
when. Pure; days are ordinals of the calendar (``date.toordinal``).

A case is one that counts as confirmed or clinically diagnosed. It is known from the day on which the decision that made
it count had come in: by the two clocks of the record the reporting triangle is there without anybody keeping it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Counts = NDArray[np.float64]


class Case(NamedTuple):
    """``place``: the number of its division in a list. ``onset`` is None where no day is on record."""

    place: int
    onset: date | None
    report: date
    confirmation: date
    known: date


class Cases(NamedTuple):
    """As many of each as there are cases; an unknown onset is 0."""

    place: Days
    onset: Days
    report: Days
    confirmation: Days
    known: Days


def table(cases: Sequence[Case]) -> Cases:
    """The cases as columns."""
    rows = [
        (one.place, one.onset.toordinal() if one.onset else 0, *(day.toordinal() for day in one[2:])) for one in cases
    ]
    return Cases(*np.array(rows, np.int64).reshape(-1, len(Case._fields)).T)


def among(cases: Cases, places: Sequence[int]) -> Cases:
    """The cases of some divisions, numbered anew in that order."""
    numbers = np.full(int(max([*places, *cases.place.tolist()], default=0)) + 1, -1)
    numbers[list(places)] = np.arange(len(places))
    own = numbers[cases.place]
    return Cases(own[own >= 0], *(column[own >= 0] for column in cases[1:]))


def counts(place: Days, days: Days, places: int, first: int, length: int) -> Counts:
    """Cases by division and day, (places, length), of the days from ``first`` on."""
    at = days - first
    inside = (at >= 0) & (at < length)
    found = np.bincount(place[inside] * length + at[inside], minlength=places * length)
    return found.reshape(places, length).astype(np.float64)


def triangles(cases: Cases, places: int, first: int, last: int, delays: int) -> Counts:
    """Cases by division, day of onset and days until they were known, (places, days, delays), NaN where that is after
    ``last``. Longer delays are told with the longest, and so from the day on which that would have been."""
    length = last - first + 1
    day, delay = cases.onset - first, np.clip(cases.known - cases.onset, 0, delays - 1)
    inside = (day >= 0) & (day < length) & (cases.known <= last)
    at = (cases.place[inside] * length + day[inside]) * delays + delay[inside]
    found = np.bincount(at, minlength=places * length * delays).reshape(places, length, delays).astype(np.float64)
    known = np.arange(length)[:, None] + np.arange(delays) < length
    return np.asarray(np.where(known, found, np.nan))
