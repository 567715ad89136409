"""The rounds of visits: who is visited when, what came of it, and how the worker recorded it. Doors to which somebody
comes or from which somebody goes are in ``travellers``.

What is drawn hangs on the door, the person and the round alone, so that any day of a drill can be written by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.homes import Homes
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.population import Population

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]

MET, REFUSED, NOT_MET, VACANT = range(4)
OUTCOMES: Final = ("met", "refused", "not_met", "vacant")
STATUSES: Final = ("done", "refused", "not_met", "vacant", "open")
"""Of a household in a round, by its last outcome; open where the drill ends before its last attempt."""
OPEN: Final = 4
RIGHT, MISSING, DOUBLED, MISTYPED, INVENTED = range(5)
ERRORS: Final = ("", "missing", "doubled", "mistyped", "made_up")
TEMPERATURE: Final = "temperature"
"""What each person's temperature of a round is drawn by."""
ATTEMPTS: Final = 3
"""Attempts after which a household ends as not met, as the policy of screening has it."""
VISIT_DAYS: Final = 5
"""The days of a round on which doors are visited for the first time."""
MORNING, NOON, AFTERNOON, EVENING, LAST = 510, 735, 840, 1110, 1260
"""Minutes of a day: first visits from 8:30 until noon's break and from 14:00 on, further attempts until 21:00."""
OPENED: Final = 420
"""The minute of a day at which grids are given and rounds are opened and closed: before the first visit."""
PACE: Final = 8
"""Minutes from a visit to the next, where there is time."""


@dataclass(frozen=True)
class Round:
    """A round of all doors (D). ``number`` from 1; ``first``: its first day. ``day`` (in the round) and ``minute`` of
    the first attempt; ``attempts`` that were made; ``outcome`` of the last; ``cut``: the drill
    ends before there was one more. ``error``: how it was recorded;
    ``late``: days by which it was sent late; ``proof``: draws from 0 to 1 for the evidence."""

    number: int
    first: int
    day: Ints
    minute: Ints
    evening: Ints
    attempts: Ints
    outcome: Ints
    cut: Flags
    error: Ints
    late: Ints
    proof: Doubles


def count(drill: Drill) -> int:
    """How many rounds begin in the drill."""
    return -(-drill.days // drill.response.round_days)


def closes_on(drill: Drill, number: int) -> int:
    """The day on which a round is closed if every household has an outcome: when the last late records are there."""
    return number * drill.response.round_days + drill.response.late_days if number > 0 else -1


def a_round(drill: Drill, homes: Homes, number: int) -> Round:
    """What happens in a round."""
    its, seed, doors = drill.response, drill.seed, np.arange(homes.grid.size, dtype=np.int64)
    day, minute, evening = schedule(homes)
    opened = [_draw(drill, "opens", doors, number, n) < its.met for n in range(ATTEMPTS)]
    attempts = np.where(opened[0], 1, np.where(opened[1], 2, ATTEMPTS))
    outcome = np.where(opened[0] | opened[1] | opened[2], MET, NOT_MET)
    refuses = dice.uniforms(dice.key(seed, "refuses"), doors, 0, 0) < its.refuses
    outcome = np.where(homes.members, np.where(refuses, REFUSED, outcome), VACANT)
    attempts = np.where(refuses | ~homes.members, 1, attempts)
    attempts = np.where(homes.travelling, 0, attempts)
    first = (number - 1) * its.round_days
    reached = np.clip(drill.days - first - day, 0, ATTEMPTS)
    cut = attempts > reached
    attempts, outcome = np.minimum(attempts, reached), np.where(cut, NOT_MET, outcome)
    error = np.where(attempts > 0, _errors(drill, homes, number, outcome), RIGHT)
    sent_late = _draw(drill, "late", doors, number) < its.late
    late = np.where(sent_late, 1 + dice.belows(dice.key(seed, "late days"), doors, number, 0, its.late_days), 0)
    proof = _draw(drill, "proof", doors, number)
    return Round(number, first, day, minute, evening, attempts, outcome, cut, error, late, proof)


def schedule(homes: Homes) -> tuple[Ints, Ints, Ints]:
    """Of each door the day of every round on which it is visited first, at which minute, and when once more."""
    per_day = -(-homes.grid_doors[homes.grid] // VISIT_DAYS)
    day, place = homes.slot // per_day, homes.slot % per_day
    walked = place * np.minimum(PACE, np.maximum(1, 480 // per_day))
    minute = np.minimum(
        np.where(walked < NOON - MORNING, MORNING + walked, AFTERNOON + walked - (NOON - MORNING)), LAST
    )
    evening = EVENING + place * np.maximum(1, (LAST - EVENING) // per_day)
    return day, minute, evening


def _draw(drill: Drill, purpose: str, who: Ints, step: int, nth: int = 0) -> Doubles:
    return dice.uniforms(dice.key(drill.seed, purpose), who, step, nth)


def _errors(drill: Drill, homes: Homes, number: int, outcome: Ints) -> Ints:
    """How each door's visits are recorded: rightly, or by one error."""
    its, doors = drill.response, np.arange(homes.grid.size, dtype=np.int64)
    workers = np.arange(homes.grid_doors.size, dtype=np.int64)
    inventing = _draw(drill, "inventing", workers, 0) < its.inventing
    invented = inventing[homes.grid] & homes.members & (_draw(drill, "invented", doors, number) < its.invented)
    drawn = _draw(drill, "slips", doors, number)
    bounds = np.cumsum([its.missing, its.doubled, its.mistyped])
    error = np.where(drawn < bounds[2], MISTYPED, RIGHT)
    error = np.where(drawn < bounds[1], DOUBLED, error)
    error = np.where(drawn < bounds[0], MISSING, error)
    error = np.where((error == MISTYPED) & (outcome != MET), RIGHT, error)
    return np.where(invented, INVENTED, error)


@dataclass(frozen=True)
class Found:
    """How the members of the doors that were met are found, person by person of the whole population: ``away``,
    ``unwell``, ``tenths``: the temperature in tenths of a degree."""

    away: Flags
    unwell: Flags
    tenths: Ints


def found(drill: Drill, population: Population, one: Round, ill: Doubles, well: Doubles, gone: Doubles) -> Found:
    """``ill``: the day from which each person has symptoms, ``well`` until when; ``gone``: from which he or she is in a
    hospital or a station (nan: never)."""
    its, people = drill.response, np.arange(population.age.size, dtype=np.int64)
    day = one.first + VISIT_DAYS / 2
    away = (_draw(drill, "away", people, one.number) < its.away) | ((gone <= day) & ~(well <= day))
    sick = (ill <= day) & ~(well <= day)
    other = _draw(drill, "another fever", people, one.number) < its.unwell
    unwell = (sick | other) & ~away
    degrees = _draw(drill, TEMPERATURE, people, one.number)
    tenths = np.where(unwell, 374 + (degrees * 17).astype(np.int64), 360 + (degrees * 13).astype(np.int64))
    return Found(away, unwell, tenths)


def at_minute(one: Round, doors: Ints, attempt: int) -> Ints:
    """Minutes from the drill's first midnight of an attempt, counted from 0."""
    of_day = one.minute[doors] if attempt == 0 else one.evening[doors]
    return (one.first + one.day[doors] + attempt) * DAY_MINUTES + of_day
