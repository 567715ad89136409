"""The twice-daily checks of contacts: which were made, what was seen, and what was recorded of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.contacts import facts as kind
from lianfang.capabilities.drills.rules.contacts import Observed
from lianfang.capabilities.drills.rules.desks import SLOT, code
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.shapes import ids, shape
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.epi.simulate import dice

Ints = NDArray[np.int64]
SLOTS: Final = ((510, "am"), (990, "pm"))
"""The minute of a day from which checks of a slot are made, and its code in the disease's profile."""
SPREAD: Final = 120
RIGHT, MISSING, DOUBLED, MISTYPED, INVENTED = range(5)
ERRORS: Final = ("", "missing", "doubled", "mistyped", "made_up")
COPIED: Final = 365
"""Tenths of a degree of every check that was invented."""


@dataclass(frozen=True)
class Checks:
    """All checks of all contacts (C), by contact and time. ``contact``: its place in the list; ``minute``, ``half``;
    ``tenths`` as measured, ``typed`` as recorded; ``unwell``; ``made``: whether somebody came; ``times`` it was
    recorded. ``error`` of each contact: one at most, of one check."""

    contact: Ints
    minute: Ints
    half: Ints
    tenths: Ints
    typed: Ints
    unwell: NDArray[np.bool_]
    made: NDArray[np.bool_]
    times: Ints
    error: Ints
    chosen: Ints
    """The check that a contact's error is of, −1 none."""


def checks(world: World, everybody: list[Observed]) -> Checks:
    """What is checked of contacts, from the day after they were told of until they are none."""
    drill = world.drill
    told = np.array([one.told for one in everybody], np.int64)
    ends = np.array([min(one.ends, drill.days * DAY_MINUTES) for one in everybody], np.int64)
    numbers = np.array([one.number for one in everybody], np.int64)
    first = told // DAY_MINUTES + 1
    days = np.maximum(0, -(-ends // DAY_MINUTES) - first)
    contact = np.repeat(np.arange(told.size), 2 * days)
    nth = np.arange(contact.size) - np.repeat(np.cumsum(2 * days) - 2 * days, 2 * days)
    begins = np.array([begin for begin, _ in SLOTS])
    minute = (first[contact] + nth // 2) * DAY_MINUTES + begins[nth % 2] + numbers[contact] % SPREAD
    kept = minute < ends[contact]
    contact, minute, half = contact[kept], minute[kept], nth[kept] % 2
    drawn = _draws(drill.seed, "check temperature", numbers[contact], minute)
    onset = world.health[0][numbers]
    unwell = np.nan_to_num(onset[contact], nan=np.inf) * DAY_MINUTES <= minute
    tenths = np.where(unwell, 374 + (drawn * 17).astype(np.int64), 360 + (drawn * 13).astype(np.int64))
    return _recorded(world, numbers, Checks(
        contact, minute, half, tenths, tenths.copy(), unwell, np.ones(contact.size, np.bool_),
        np.ones(contact.size, np.int64), np.zeros(told.size, np.int64), np.full(told.size, -1, np.int64),
    ))  # fmt: skip


def _draws(seed: int, purpose: str, who: Ints, minute: Ints) -> NDArray[np.float64]:
    """A draw for each person and minute."""
    return dice.uniforms(dice.key(seed, purpose), who << 24 | minute, 0, 0)


def _recorded(world: World, numbers: Ints, all_: Checks) -> Checks:
    """The checks with their errors: one check of some contacts, drawn by the rates of visits."""
    its, seed, zero = world.drill.response, world.drill.seed, np.zeros(numbers.size, np.int64)
    many = np.bincount(all_.contact, minlength=numbers.size)
    bounds = np.cumsum([its.missing, its.doubled, its.mistyped, its.inventing * its.invented])
    drawn = _draws(seed, "slips of checks", numbers, zero)
    error = np.where(many > 0, (np.searchsorted(bounds, drawn, side="right") + 1) % len(ERRORS), RIGHT)
    at = (_draws(seed, "slip at", numbers, zero) * many).astype(np.int64) + np.cumsum(many) - many
    all_.error[:], all_.chosen[:] = error, np.where(error != RIGHT, at, -1)
    all_.times[at[error == MISSING]] = 0
    all_.times[at[error == DOUBLED]] = 2
    typed = at[error == MISTYPED]
    all_.typed[typed] = all_.tenths[typed] - 10
    invented = at[error == INVENTED]
    all_.made[invented], all_.unwell[invented], all_.typed[invented] = False, False, COPIED
    return all_


def names(world: World, everybody: list[Observed], all_: Checks, chosen: Ints, nth: int) -> list[str]:
    """The ids of checks, of the ``nth`` time that each was recorded."""
    numbers = np.array([one.number for one in everybody], np.int64)
    return ids(world.drill.seed, "check", numbers[all_.contact[chosen]] << 24 | all_.minute[chosen], 0, 10 * nth)


class Checking:
    """Writes the checks of a day."""

    def __init__(self, world: World, everybody: list[Observed], all_: Checks) -> None:
        self.world, self.everybody, self.all = world, everybody, all_
        day = world.drill.first_day
        well = kind.Checked(day=day, half=kind.Half.AM, outcome=Attempt.SEEN_WELL, by="worker")
        ill = well.model_copy(update={"outcome": Attempt.SEEN_UNWELL, "symptoms": ("fever",)})
        self.shapes = [shape(world.drill, one, ("by", "day", "half"), ("temp_c",)).text for one in (well, ill)]

    def day(self, day: int) -> Iterator[Told]:
        its, drill = self.all, self.world.drill
        chosen = np.flatnonzero(its.minute // DAY_MINUTES == day)
        for nth in range(2):
            chosen = chosen[its.times[chosen] > nth]
            columns = (its.contact, its.minute + nth, its.half, its.typed, its.unwell)
            rows = np.stack([column[chosen] for column in columns], 1).tolist()
            on = drill.day(day).isoformat()
            for (contact, minute, half, tenths, unwell), name in zip(
                rows, names(self.world, self.everybody, its, chosen, nth), strict=True
            ):
                one = self.everybody[contact]
                by = code("station" if one.at_station else "cdc", one.area)
                who = "station" if one.at_station else "worker"
                values = (one.area, by, who, on, SLOTS[half][1], tenths / 10, by, name, drill.minutes[minute], one.id)
                yield Told((minute // SLOT + 1) * SLOT, by, minute, self.shapes[unwell] % values)


def sums(all_: Checks, contacts: int, *, recorded: bool) -> NDArray[np.int64]:
    """Of each contact how many checks there were, and the sum of their temperatures in tenths."""
    times = all_.times if recorded else all_.made.astype(np.int64)
    tenths = all_.typed if recorded else all_.tenths
    many = np.bincount(all_.contact, times, contacts)
    return np.stack([many, np.bincount(all_.contact, times * tenths, contacts)], 1).astype(np.int64)
