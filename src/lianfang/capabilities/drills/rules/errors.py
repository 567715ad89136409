"""How records are wrong: how a temperature is mistyped, and how visits are invented.

A generator of invented visits is a way of cheating. There are several, so that what finds one kind can be tried on the
others: each gives the temperatures (tenths of a degree), the minutes that the form was open (halves), whether nothing
proves the visit, and the minute of the day, from draws between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]
LOWEST, SPAN = 360, 13
"""Of a temperature without fever, in tenths of a degree."""


class Invented(NamedTuple):
    """Of each door: ``halves`` of a minute, ``unproved``, and by how many minutes it is told otherwise than it was to
    be (``shift``); of each person ``tenths``."""

    tenths: Ints
    halves: Ints
    unproved: NDArray[np.bool_]
    shift: Ints


Generator = Callable[[Doubles, Doubles], Invented]
"""Of a draw for each person and one for each door."""


def _copied(people: Doubles, doors: Doubles) -> Invented:
    """The same temperature for everybody, and a usual time at the door."""
    return Invented(np.full(people.size, 365), _halves(doors), doors < 0, _none(doors))


def _rounded(people: Doubles, doors: Doubles) -> Invented:
    """Temperatures that end with 0 or 5."""
    return Invented(360 + 5 * (people * 3).astype(np.int64), _halves(doors), doors < 0.1, _none(doors))


def _hurried(people: Doubles, doors: Doubles) -> Invented:
    """One after the other within half a minute, without proof."""
    return Invented(_usual(people), np.ones(doors.size, np.int64), doors < 0.8, _none(doors))


def _plausible(people: Doubles, doors: Doubles) -> Invented:
    """As a real visit would look: only that nobody is ever away or unwell."""
    return Invented(_usual(people), _halves(doors), doors < 0.02, _none(doors))


def _at_night(people: Doubles, doors: Doubles) -> Invented:
    """Written up in the evening, minutes apart."""
    return Invented(_usual(people), _halves(doors), doors < 0.1, (doors * 60).astype(np.int64) + 600)


def _usual(people: Doubles) -> Ints:
    return LOWEST + (people * SPAN).astype(np.int64)


def _halves(doors: Doubles) -> Ints:
    """From two to seven minutes."""
    return 4 + (doors * 11).astype(np.int64)


def _none(doors: Doubles) -> Ints:
    return np.zeros(doors.size, np.int64)


GENERATORS: Final[Mapping[str, Generator]] = {
    "copied": _copied, "rounded": _rounded, "hurried": _hurried, "plausible": _plausible, "at_night": _at_night,
}  # fmt: skip


def mistyped(tenths: Ints, draws: Doubles) -> Ints:
    """What is typed for a temperature: half the time the digits after the first change places, else
    (and where that changes nothing) a 6 becomes 8."""
    swapped = 300 + tenths % 10 * 10 + tenths // 10 % 10
    return np.where((draws < 0.5) & (swapped != tenths), swapped, 380 + tenths % 10)
