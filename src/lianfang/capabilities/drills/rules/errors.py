"""How records are wrong: how a temperature is mistyped, and how visits are invented.

A generator of invented visits is a way of cheating. There are several, so that what finds one kind can be tried on the
others: each gives the temperatures (tenths of a degree), the minutes that the form was open (halves), whether nothing
proves the visit, and the minute of the day, from draws between 0 and 1. The last five came after the rules of oversight
had been set by the others.
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
UNEVEN: Final = np.array([361, 362, 363, 364, 366, 367, 368, 369, 371, 372])


class Invented(NamedTuple):
    """Of each door: ``halves`` of a minute, ``unproved``, and by how many minutes it is told otherwise than it was to
    be (``shift``); of each person ``tenths``."""

    tenths: Ints
    halves: Ints
    unproved: NDArray[np.bool_]
    shift: Ints


class Draws(NamedTuple):
    """From 0 to 1: of each person and each door for this round, and ``before``: of each person that by which the
    temperature of the round before was drawn."""

    people: Doubles
    doors: Doubles
    before: Doubles


Generator = Callable[[Draws], Invented]


def _copied(draws: Draws) -> Invented:
    """The same temperature for everybody, and a usual time at the door."""
    return Invented(np.full(draws.people.size, 365), _halves(draws.doors), draws.doors < 0, _none(draws.doors))


def _rounded(draws: Draws) -> Invented:
    """Temperatures that end with 0 or 5."""
    return Invented(
        360 + 5 * (draws.people * 3).astype(np.int64), _halves(draws.doors), draws.doors < 0.1, _none(draws.doors)
    )


def _hurried(draws: Draws) -> Invented:
    """One after the other within half a minute, without proof."""
    return Invented(_usual(draws.people), np.ones(draws.doors.size, np.int64), draws.doors < 0.8, _none(draws.doors))


def _plausible(draws: Draws) -> Invented:
    """As a real visit would look: only that nobody is ever away or unwell."""
    return Invented(_usual(draws.people), _halves(draws.doors), draws.doors < 0.02, _none(draws.doors))


def _at_night(draws: Draws) -> Invented:
    """Written up in the evening, minutes apart."""
    return Invented(
        _usual(draws.people), _halves(draws.doors), draws.doors < 0.1, (draws.doors * 60).astype(np.int64) + 600
    )


def _narrow(draws: Draws) -> Invented:
    """Temperatures of three values next to each other."""
    return _plausible(draws)._replace(tenths=364 + (draws.people * 3).astype(np.int64))


def _uneven(draws: Draws) -> Invented:
    """Temperatures that never end with 0 or 5, which look invented."""
    return _plausible(draws)._replace(tenths=UNEVEN[(draws.people * UNEVEN.size).astype(np.int64)])


def _steady(draws: Draws) -> Invented:
    """Three minutes at each door."""
    return _plausible(draws)._replace(halves=np.full(draws.doors.size, 6))


def _unsigned(draws: Draws) -> Invented:
    """As a real visit would look, but that mostly nothing proves it."""
    return _plausible(draws)._replace(unproved=draws.doors < 0.6)


def _repeated(draws: Draws) -> Invented:
    """The temperatures of the round before."""
    return _plausible(draws)._replace(tenths=_usual(draws.before))


def _usual(people: Doubles) -> Ints:
    return LOWEST + (people * SPAN).astype(np.int64)


def _halves(doors: Doubles) -> Ints:
    """From two to seven minutes."""
    return 4 + (doors * 11).astype(np.int64)


def _none(doors: Doubles) -> Ints:
    return np.zeros(doors.size, np.int64)


GENERATORS: Final[Mapping[str, Generator]] = {
    "copied": _copied, "rounded": _rounded, "hurried": _hurried, "plausible": _plausible, "at_night": _at_night,
    "narrow": _narrow, "uneven": _uneven, "steady": _steady, "unsigned": _unsigned, "repeated": _repeated,
}  # fmt: skip


def mistyped(tenths: Ints, draws: Doubles) -> Ints:
    """What is typed for a temperature: half the time the digits after the first change places, else
    (and where that changes nothing) a 6 becomes 8."""
    swapped = 300 + tenths % 10 * 10 + tenths // 10 % 10
    return np.where((draws < 0.5) & (swapped != tenths), swapped, 380 + tenths % 10)
