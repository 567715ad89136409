"""What a round comes to at each door: as it was, and as its records say."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules import errors
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.homes import Homes
from lianfang.capabilities.drills.rules.rounds import (
    DOUBLED,
    INVENTED,
    MET,
    MISSING,
    MISTYPED,
    NOT_MET,
    OPEN,
    RIGHT,
    STATUSES,
    TEMPERATURE,
    Found,
    Round,
)
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.population import Population

Ints = NDArray[np.int64]
FEVER = 373
"""Tenths of a degree from which somebody is unwell, as the policy of screening has it."""
COLUMNS = ("status", "visits", "due", "seen", "away", "unwell", "person_times", "without_evidence", "tenths")
"""Of a household in a round: ``status`` by its place in ``STATUSES``; ``tenths`` is the sum of all temperatures."""


@dataclass(frozen=True)
class Tally:
    """``truth`` and ``held``: a row of ``COLUMNS`` for each door, i8 (D, 9); ``was`` and ``told``: whether there is a
    row at all. ``error`` of each door as it was in the end. ``tenths`` as they are recorded, of each person;
    ``members`` of each door; ``unproved`` of each; ``halves`` of a minute; ``shift`` in minutes; ``typed``: the person
    whose temperature was mistyped, −1 none; ``generator`` of each door, −1 none. ``caught``: the doors that
    are visited again after the round, since nobody had recorded them."""

    truth: Ints
    held: Ints
    was: NDArray[np.bool_]
    told: NDArray[np.bool_]
    error: Ints
    tenths: Ints
    unproved: NDArray[np.bool_]
    halves: Ints
    shift: Ints
    typed: Ints
    generator: Ints
    caught: NDArray[np.bool_]


def tally(drill: Drill, population: Population, homes: Homes, one: Round, people: Found) -> Tally:
    """What a round comes to."""
    tenths, typed = _typed(drill, population, homes, one, people)
    error = np.where((one.error == MISTYPED) & (typed < 0), RIGHT, one.error)
    unproved = one.proof < drill.response.unproved
    halves = 4 + (one.proof * 11).astype(np.int64)
    made = _invented(drill, population, homes, one, error)
    doors = error == INVENTED
    of_person = _by_person(population, homes, doors)
    tenths = np.where(of_person, made.tenths, tenths)
    truth = _rows(population, homes, one, people.tenths, people.away, people.unwell, unproved)
    unproved = np.where(doors, made.unproved, unproved)
    halves = np.where(doors, made.halves, halves)
    shift = np.where(doors, made.shift, 0)
    held = _held(population, homes, one, truth, error, tenths, people, unproved)
    generator = np.where(doors, made.generator, -1)
    come = one.attempts > 0
    caught = (error == MISSING) & come & (one.first + drill.response.round_days < drill.days)
    _catch_up(population, homes, one, truth, held, caught, people, unproved)
    return Tally(
        truth, held, ~doors & come, ((error != MISSING) | caught) & come, error, tenths, unproved, halves, shift,
        np.where(error == MISTYPED, typed, -1), generator, caught,
    )  # fmt: skip


@dataclass(frozen=True)
class _Made:
    tenths: Ints
    halves: Ints
    unproved: NDArray[np.bool_]
    shift: Ints
    generator: Ints


def _typed(drill: Drill, population: Population, homes: Homes, one: Round, people: Found) -> tuple[Ints, Ints]:
    """The temperatures as recorded where one of a door is mistyped, and whose it is: the first who was well."""
    slips = np.flatnonzero(one.error == MISTYPED)
    tenths, typed = people.tenths.copy(), np.full(homes.grid.size, -1, np.int64)
    well = ~people.away & ~people.unwell
    draws = dice.uniforms(dice.key(drill.seed, "mistyped"), slips, one.number, 0)
    for door, draw in zip(slips.tolist(), draws.tolist(), strict=True):
        first, after = population.first[homes.household[door]], population.first[homes.household[door] + 1]
        its = first + np.flatnonzero(well[first:after])
        if its.size:
            typed[door] = its[0]
            tenths[its[0]] = errors.mistyped(people.tenths[its[:1]], np.array([draw]))[0]
    return tenths, typed


def _invented(drill: Drill, population: Population, homes: Homes, one: Round, error: Ints) -> _Made:
    """What the generators make, a worker always by the same one."""
    people = dice.uniforms(dice.key(drill.seed, "invented people"), np.arange(population.age.size), one.number, 0)
    doors = dice.uniforms(dice.key(drill.seed, "invented doors"), np.arange(homes.grid.size), one.number, 0)
    before = dice.uniforms(dice.key(drill.seed, TEMPERATURE), np.arange(population.age.size), one.number - 1, 0)
    names = drill.response.made_up
    which = np.where(error == INVENTED, homes.grid % max(1, len(names)), -1)
    made = _Made(
        np.zeros(people.size, np.int64), np.zeros(doors.size, np.int64), np.zeros(doors.size, np.bool_),
        np.zeros(doors.size, np.int64), which,
    )  # fmt: skip
    for at, name in enumerate(names):
        its = errors.GENERATORS[name](errors.Draws(people, doors, before))
        mine = which == at
        theirs = _by_person(population, homes, mine)
        made.tenths[theirs] = its.tenths[theirs]
        made.halves[mine], made.unproved[mine], made.shift[mine] = its.halves[mine], its.unproved[mine], its.shift[mine]
    return made


def _by_person(population: Population, homes: Homes, doors: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each person lives behind one of the doors."""
    of_household = np.zeros(population.first.size - 1, np.bool_)
    of_household[homes.household[doors & homes.members]] = True
    chosen: NDArray[np.bool_] = of_household[population.household]
    return chosen


def summed(population: Population, homes: Homes, values: NDArray[np.generic]) -> Ints:
    """The sum over the members of each door; 0 where nobody lives."""
    sums = np.add.reduceat(values.astype(np.int64), population.first[:-1])
    return np.where(homes.members, sums[homes.household], 0)


def _rows(
    population: Population, homes: Homes, one: Round, tenths: Ints, away: NDArray[np.bool_], unwell: NDArray[np.bool_],
    unproved: NDArray[np.bool_],
) -> Ints:  # fmt: skip
    met = one.outcome == MET
    due = summed(population, homes, np.ones(population.age.size))
    gone = np.where(met, summed(population, homes, away), 0)
    seen = np.where(met, due - gone, 0)
    ill = np.where(met, summed(population, homes, unwell & ~away), 0)
    degrees = np.where(met, summed(population, homes, np.where(away, 0, tenths)), 0)
    status = np.where(one.cut, OPEN, one.outcome)
    columns = (status, one.attempts, due, seen, gone, ill, seen, one.attempts * unproved, degrees)
    return np.stack(columns, axis=1).astype(np.int64)


def _held(
    population: Population, homes: Homes, one: Round, truth: Ints, error: Ints, tenths: Ints, people: Found,
    unproved: NDArray[np.bool_],
) -> Ints:  # fmt: skip
    """The rows as the records have them."""
    held = truth.copy()
    at = {name: n for n, name in enumerate(COLUMNS)}
    twice = error == DOUBLED
    held[twice, at["visits"]] += 1
    for name in ("person_times", "tenths"):
        held[twice, at[name]] *= 2
    held[twice, at["without_evidence"]] += unproved[twice]
    slipped = error == MISTYPED
    degrees = summed(population, homes, np.where(people.away, 0, tenths))
    fevers = summed(population, homes, (people.unwell | (tenths >= FEVER)) & ~people.away)
    held[slipped, at["tenths"]], held[slipped, at["unwell"]] = degrees[slipped], fevers[slipped]
    invented = error == INVENTED
    everybody = truth[:, at["due"]]
    whole = summed(population, homes, tenths)
    for name, value in (
        ("status", MET), ("visits", 1), ("seen", everybody), ("away", 0), ("unwell", 0), ("person_times", everybody),
        ("without_evidence", unproved), ("tenths", whole),
    ):  # fmt: skip
        held[invented, at[name]] = np.broadcast_to(np.asarray(value), error.shape)[invented]
    return held


def _catch_up(
    population: Population, homes: Homes, one: Round, truth: Ints, held: Ints, caught: NDArray[np.bool_],
    people: Found, unproved: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Adds the visit after the round to the rows of doors that are ``caught``: of theirs the record has it alone."""
    again = replace(one, attempts=np.ones_like(one.attempts), outcome=outcome_again(one), cut=np.zeros_like(one.cut))
    rows = _rows(population, homes, again, people.tenths, people.away, people.unwell, unproved)
    held[caught] = rows[caught]
    for name in ("visits", "person_times", "without_evidence", "tenths"):
        rows[:, COLUMNS.index(name)] += truth[:, COLUMNS.index(name)]
    truth[caught] = rows[caught]


def outcome_again(one: Round) -> Ints:
    """The outcome of each door's visit after the round: by then somebody opens."""
    return np.where(one.outcome == NOT_MET, MET, one.outcome)


def closed(told: Tally, homes: Homes) -> dict[str, int] | None:
    """What a round comes to as it is recorded, but for doors with travellers; None where a household has no outcome."""
    held = told.held[~homes.travelling]
    status = held[:, COLUMNS.index("status")]
    if not told.told[~homes.travelling].all() or (status == OPEN).any():
        return None
    many = dict(zip(STATUSES, np.bincount(status, minlength=len(STATUSES)).tolist(), strict=True))
    members = int(held[:, COLUMNS.index("due")].sum())
    return {"households": status.size, **{name: many[name] for name in STATUSES[:OPEN]}, "members": members}


def codes(population: Population, homes: Homes, people: Found, told: Tally) -> Ints:
    """How each person is recorded where met: the temperature in tenths; with 1000 added, unwell; 0: away."""
    as_found = np.where(people.away, 0, np.where(people.unwell, 1000 + told.tenths, told.tenths))
    return np.where(_by_person(population, homes, told.error == INVENTED), told.tenths, as_found)


def tries(one: Round, told: Tally) -> Ints:
    """How many attempts of each door were recorded, the second record of a doubled one apart."""
    return np.where(told.error == MISSING, 0, np.where(told.error == INVENTED, 1, one.attempts))


def last_is(one: Round, told: Tally) -> Ints:
    """The outcome of the last attempt of each door as it was recorded."""
    return np.where(told.error == INVENTED, MET, one.outcome)
