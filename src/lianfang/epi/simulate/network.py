"""An outbreak on a random network that is drawn anew each day: everybody has the same number of contacts with anybody.

The run goes from transmission to transmission. Of the contacts that an infected person will have, those that pass the
infection on are found by the gaps between them, which are geometric; nobody else is looked at. That is the same chance
as trying each contact of each day, since contacts of a day say nothing of those of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf, log, log1p

import numpy as np
from numpy.typing import NDArray

from lianfang.epi.compiled import compiled, inlined
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.durations import Duration, drawn

Days = NDArray[np.int32]
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Spread:
    """What happened. Persons are numbered 0 to n − 1, days 0 to days − 1."""

    infected: Days
    """Of each person, the day of infection; −1: never."""
    infector: Days
    """Of each person, by whom; −1: never infected, or infected from the start."""
    new: Days
    """Of each day, who was infected on it; those of the start on day 0."""
    infectious: Days
    """Of each day, who could pass the infection on."""


def run(
    persons: int,
    *,
    contacts: int,
    transmission: float,
    infectious: Duration,
    initial: int,
    days: int,
    seed: int,
) -> Spread:
    """An outbreak from ``initial`` persons infected on day 0.

    Each person has ``contacts`` contacts a day, each with anybody else, and a contact of an infectious and a
    susceptible person infects with the chance ``transmission``, from 0 to 1. Who is infected on day t can infect on the
    days after t and before t + duration. Of several who infect one person on one day, one is told, not by chance. The
    same arguments give the same outbreak. Raises ValueError with the argument that is out of range.
    """
    limits = (
        ("persons", persons, 2, LARGEST),
        ("contacts", contacts, 0, 10_000),
        ("transmission", transmission, 0, 1),
        ("initial", initial, 0, persons),
        ("days", days, 1, 100_000),
    )
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise ValueError(f"{name}: from {low:,} to {high:,}; here is {value}")
    infected = np.full(persons, -1, np.int32)
    infector = np.full(persons, -1, np.int32)
    ended = np.zeros(days + 1, np.int32)
    first = _start(dice.key(seed, "network start"), infected, initial)
    _spread(dice.key(seed, "network"), infected, infector, ended, contacts, transmission, *infectious.code, first)
    new = np.bincount(infected[infected >= 0], minlength=days).astype(np.int32)
    present = np.cumsum(new - ended[:days]) - new
    return Spread(infected, infector, new, present.astype(np.int32))


@compiled
def _start(key: np.uint64, infected: Days, initial: int) -> Days:
    """Infects so many different persons on day 0 and tells whom."""
    first = np.empty(initial, np.int32)
    found = nth = 0
    while found < initial:
        who = dice.below(key, 0, 0, nth, infected.size)
        nth += 1
        if infected[who] < 0:
            infected[who] = 0
            first[found] = who
            found += 1
    return first


@compiled
def _spread(
    key: np.uint64,
    infected: Days,
    infector: Days,
    ended: Days,
    contacts: int,
    transmission: float,
    law: int,
    a: float,
    b: float,
    first: Days,
) -> None:
    """Fills in days and infectors, and ``ended``: who can infect no more from a day on.

    A person's contacts are numbered from the first on the day after infection; who is infected waits in the list of the
    day of the next of them that transmits.
    """
    n, days = infected.size, ended.size - 1
    none = log1p(-transmission) if transmission < 1.0 else -inf
    waiting = np.full(days, -1, np.int32)
    contact, contacts_left = np.full(n, -1, np.int32), np.empty(n, np.int32)
    following, draws, caught = np.empty(n, np.int32), np.zeros(n, np.int32), np.empty(n, np.int32)
    caught[: first.size] = first
    told, known = 0, first.size
    for day in range(days):
        while waiting[day] >= 0:
            who = waiting[day]
            waiting[day] = following[who]
            other = dice.below(key, who, 2, draws[who], n - 1)
            other += other >= who
            if infected[other] < 0:
                infected[other], infector[other] = day, who
                caught[known] = other
                known += 1
            draws[who] += 1
            _wait(key, who, none, contacts, infected, contact, contacts_left, draws, waiting, following)
        while told < known:
            who = caught[told]
            told += 1
            able = min(max(ceil(drawn(key, who, 0, law, a, b)) - 1, 0), days - 1 - day)
            ended[day + able + 1] += 1
            contacts_left[who] = able * contacts
            if transmission > 0.0:
                _wait(key, who, none, contacts, infected, contact, contacts_left, draws, waiting, following)


@inlined
def _wait(
    key: np.uint64,
    who: int,
    none: float,
    contacts: int,
    infected: Days,
    contact: Days,
    contacts_left: Days,
    draws: Days,
    waiting: Days,
    following: Days,
) -> None:
    """Puts a person into the list of the next transmission's day, if there is one; ``none``: the log of the chance that
    a contact transmits nothing."""
    gap = log(1.0 - dice.uniform(key, who, 1, draws[who])) / none
    if gap < contacts_left[who]:
        passed = 1 + floor(gap)
        contacts_left[who] -= passed
        contact[who] += passed
        day = infected[who] + 1 + contact[who] // contacts
        following[who] = waiting[day]
        waiting[day] = who
