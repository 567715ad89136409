"""The loop over the days of an outbreak. One day after another; within a day, times are exact.

A draw hangs on the persons it is about and the day, so that neither the order of the loop nor threads change it. What
is decided on a day about others (tracing) takes hold at the next midnight.
"""

from __future__ import annotations

from math import exp, floor, inf

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.outbreak import (
    ASYMPTOMATIC,
    COMMUNITY,
    DIED,
    HOUSEHOLD,
    IMPORTED,
    SCHOOL,
    TRANSPORT,
    WORK,
)
from lianfang.epi.simulate.outbreak_course import fall_ill, get_found, waited
from lianfang.epi.simulate.outbreak_tables import (
    GRID_PER_DAY,
    INCUBATION,
    Keys,
    Laws,
    Means,
    Records,
    Who,
)
from lianfang.epi.simulate.population import Ints

ROW = np.dtype(
    [
        ("infection", np.int32),
        ("person", np.int32),
        ("time", np.float32),
        ("before", np.int32),
        ("setting", np.int8),
    ],
    align=True,
)
"""A contact as it was met; ``before``: the row of the same infection before it, −1 none."""


@compiled
def away(who: Who, infections: Records, j: int, t: float) -> bool:
    """Not among others at t: not yet come, left, isolated or dead."""
    if t < who.people[j].arrived or t >= who.people[j].leaves:
        return True
    k = who.people[j].infection
    return bool(k >= 0 and (t >= infections[k].isolated or (infections[k].outcome == DIED and t >= infections[k].end)))


@compiled
def at_home(means: Means, key: Keys, m: int, j: int) -> bool:
    """Whether tracing m lets person j stay with the household."""
    return bool(dice.uniform(key.tracing, j, 0, 0) < means.tracing[m, 9])


@compiled
def apart(who: Who, means: Means, key: Keys, j: int, t: float) -> int:
    """0 free, 1 in quarantine with the household, 2 in quarantine apart from all."""
    if not (who.people[j].apart_from <= t < who.people[j].apart_to):
        return 0
    return 1 if at_home(means, key, who.people[j].apart_by, j) else 2


@compiled
def company(who: Who, mean: float, j: int, setting: int) -> tuple[Ints, int, int, float]:
    """Those whom j may meet in a team or class: ``members[low:high]``, each with a chance."""
    one = who.people[j]
    if setting == WORK:
        members, firsts, place, at, size = who.workers, who.workplace_first, one.workplace, one.in_work, who.team
    else:
        members, firsts, place, at, size = who.pupils, who.school_first, one.school, one.in_school, who.class_pupils
    if place < 0 or size < 2:
        return members, 0, 0, 0.0
    low = firsts[place] + (at - firsts[place]) // size * size
    return members, low, min(low + size, firsts[place + 1]), mean / (size - 1)


@compiled
def add(
    who: Who,
    means: Means,
    key: Keys,
    infections: Records,
    i: int,
    other: int,
    setting: int,
    t: float,
    out: Records,
    n: int,
) -> int:
    """Writes a meeting after the n of ``out``, unless one of both is away or apart; returns how many they are now."""
    j = infections[i].person
    if n == out.size or other == j or t < infections[i].infectious:
        return n
    if away(who, infections, j, t) or away(who, infections, other, t):
        return n
    a, b = apart(who, means, key, j, t), apart(who, means, key, other, t)
    if a == 2 or b == 2 or (setting != HOUSEHOLD and a + b > 0):
        return n
    out[n].infection, out[n].person, out[n].setting, out[n].time = i, other, setting, t
    return n + 1


@compiled
def met(who: Who, means: Means, key: Keys, infections: Records, i: int, day: int, out: Records) -> int:
    """Writes whom the person of infection i meets on a day, where and when, and returns how many."""
    j = infections[i].person
    h = who.people[j].household
    km, step = key.meeting, 3 * day
    n, nth = 0, 0
    for other in range(who.first[h], who.first[h + 1]):
        nth += 4
        n = add(who, means, key, infections, i, other, HOUSEHOLD, day + dice.uniform(km, j, step, nth), out, n)
    for setting in (SCHOOL, WORK):
        members, low, high, chance = company(who, means.contacts[setting, day], j, setting)
        for at in range(low, high if chance > 0.0 else low):
            nth += 4
            if dice.uniform(km, j, step, nth) < chance:
                t = day + dice.uniform(km, j, step, nth + 1)
                n = add(who, means, key, infections, i, members[at], setting, t, out, n)
    near = who.first[who.community_first[who.community[h]]]
    neighbours = who.first[who.community_first[who.community[h] + 1]] - near
    for setting in (TRANSPORT, COMMUNITY):
        mean = means.contacts[setting, day]
        count = dice.poisson(km, j, step + 1 + setting // COMMUNITY, 0, mean) if mean > 0.0 else 0
        for _ in range(count):
            nth += 4
            u = dice.uniform(km, j, step, nth + 1)
            far = dice.uniform(km, j, step, nth) < means.far[setting, day]
            other = int(u * who.people.size) if far else near + int(u * neighbours)
            n = add(who, means, key, infections, i, other, setting, day + dice.uniform(km, j, step, nth + 2), out, n)
    return n


@compiled
def catches(
    who: Who,
    laws: Laws,
    means: Means,
    key: Keys,
    infections: Records,
    scale: float,
    i: int,
    j: int,
    setting: int,
    t: float,
) -> bool:
    """Whether j catches it from infection i at a meeting."""
    step = int((t - infections[i].infectious) * GRID_PER_DAY)
    if step >= laws.density.size:
        return False
    hazard = (
        scale * means.weight[setting] * laws.density[step] * infections[i].factor * laws.by_age[0, who.people[j].age]
    )
    moment = floor(t * 1000.0)
    return dice.uniform(key.meeting, infections[i].person, j, moment + 1_000_000) < 1.0 - exp(-hazard)


@compiled
def infect(
    who: Who, laws: Laws, means: Means, key: Keys, infections: Records, i: int, j: int, by: int, setting: int, t: float
) -> None:
    """Writes infection i of person j."""
    infections[i].person, infections[i].infector, infections[i].setting, infections[i].infected = j, by, setting, t
    who.people[j].infection = i
    fall_ill(who, laws, key, infections, i)
    get_found(who, laws, means, key, infections, i)


@compiled
def import_some(
    who: Who, laws: Laws, means: Means, key: Keys, infections: Records, day: int, n: int, comers: Ints, comes: Ints
) -> tuple[Records, int]:
    """Infects some of those who come on a day (``comers[comes[day]:comes[day + 1]]``), or where nobody does some of
    all, as who came unseen. They were infected so long ago that they are not ill yet. Returns the number of
    infections."""
    ki = key.importing
    arrivals = dice.poisson(ki, 0, 2 * day, 0, means.importations[day]) if means.importations[day] > 0 else 0
    for nth in range(arrivals):
        size = comes[day + 1] - comes[day]
        if size > 0:
            j = comers[comes[day] + dice.below(ki, nth, 2 * day + 1, 0, size)]
        else:
            j = dice.below(ki, nth, 2 * day + 1, 0, who.people.size)
        if who.people[j].infection >= 0:
            continue
        came = float(who.people[j].arrived) if size > 0 else day + dice.uniform(ki, nth, 2 * day + 1, 1)
        incubation = waited(laws.delays[INCUBATION], dice.uniform(key.course, j, 0, 0))
        ago = incubation * dice.uniform(ki, nth, 2 * day + 1, 2)
        infections = roomy(infections, n + 1)
        infect(who, laws, means, key, infections, n, j, -1, IMPORTED, came - ago)
        n += 1
    return infections, n


@compiled
def found_at(means: Means, key: Keys, m: int, i: int, j: int, setting: int, reported: float) -> float:
    """When tracing m finds contact j of infection i; never: infinite."""
    if dice.uniform(key.tracing, j, i + 1, setting) >= means.tracing[m, 2 + setting]:
        return inf
    return reported + waited(means.found_after[m], dice.uniform(key.tracing, j, i + 1, 10))


@compiled
def tracing_of(means: Means, reported: float) -> int:
    """The tracing in force at a time: the last that began; −1 none."""
    found = -1
    for m in range(means.tracing.shape[0]):
        if means.tracing[m, 0] <= reported < means.tracing[m, 1]:
            found = m
    return found


@compiled
def counts_from(means: Means, infections: Records, m: int, i: int) -> float:
    """From when on who met infection i is a contact: before onset, or before the sample of those without symptoms."""
    since = infections[i].begins if infections[i].severity > ASYMPTOMATIC else infections[i].sampled
    return float(since - means.tracing[m, 7])


@compiled
def trace(who: Who, laws: Laws, means: Means, key: Keys, infections: Records, rows: Records, i: int, day: int) -> None:
    """Sets the contacts of infection i apart, from the next midnight at the soonest."""
    m = tracing_of(means, infections[i].reported)
    row = who.people[infections[i].person].last_row if m >= 0 else np.int32(-1)
    while row >= 0:
        j, t = rows[row].person, rows[row].time
        at = found_at(means, key, m, i, j, rows[row].setting, infections[i].reported)
        begins, ends = max(at, day + 1.0), t + means.tracing[m, 8]
        row = rows[row].before
        if t < counts_from(means, infections, m, i) or at == inf or ends <= begins:
            continue
        k = who.people[j].infection
        if k >= 0 and infections[k].isolated <= begins:
            continue
        if who.people[j].apart_to >= begins:
            if ends <= who.people[j].apart_to and who.people[j].apart_from <= begins:
                continue
            who.people[j].apart_from = min(who.people[j].apart_from, begins)
            who.people[j].apart_to = max(who.people[j].apart_to, ends)
        else:
            who.people[j].apart_from, who.people[j].apart_to = begins, ends
        who.people[j].apart_by = m
        if k >= 0 and not infections[k].visit < day + 1.0:
            get_found(who, laws, means, key, infections, k)


@compiled
def roomy(records: Records, size: int) -> Records:
    """The records, with room for at least ``size``."""
    if size <= records.size:
        return records
    more = np.empty(max(size, 2 * records.size), records.dtype)
    more[: records.size] = records
    return more


@compiled
def meet_all(
    who: Who,
    laws: Laws,
    means: Means,
    key: Keys,
    scale: float,
    infections: Records,
    first: int,
    n: int,
    day: int,
    rows: Records,
    n_rows: int,
    scratch: Records,
) -> tuple[Records, int, Ints]:
    """Everybody's meetings of a day: the rows, their number, and the rows at which somebody caught it, by time."""
    caught, n_caught = np.empty(64, np.int32), 0
    for i in range(first, n):
        one = infections[i]
        if one.infectious >= day + 1 or one.infectious + laws.most < day or one.isolated <= day:
            continue
        count = met(who, means, key, infections, i, day, scratch)
        rows = roomy(rows, n_rows + count)
        for c in range(count):
            scratch[c].before = who.people[one.person].last_row
            rows[n_rows] = scratch[c]
            who.people[one.person].last_row = n_rows
            other = scratch[c].person
            if who.people[other].infection < 0 and catches(
                who, laws, means, key, infections, scale, i, other, scratch[c].setting, scratch[c].time
            ):
                if n_caught == caught.size:
                    caught = np.concatenate((caught, caught))
                caught[n_caught] = n_rows
                n_caught += 1
            n_rows += 1
    times = np.empty(n_caught, np.float32)
    for c in range(n_caught):
        times[c] = rows[caught[c]].time
    return rows, n_rows, caught[:n_caught][np.argsort(times, kind="mergesort")]


@compiled
def spread(
    who: Who,
    laws: Laws,
    means: Means,
    key: Keys,
    scale: float,
    infections: Records,
    rows: Records,
    comers: Ints,
    comes: Ints,
    scratch: Records,
) -> tuple[Records, Records]:
    """All days: infections in the order in which they were found out, and contacts. ``scratch``: room for whom one
    person meets in a day."""
    n, n_rows, first = 0, 0, 0
    for day in range(means.importations.size):
        infections, n = import_some(who, laws, means, key, infections, day, n, comers, comes)
        while first < n and infections[first].infectious + laws.most < day:
            first += 1
        rows, n_rows, caught = meet_all(who, laws, means, key, scale, infections, first, n, day, rows, n_rows, scratch)
        infections = roomy(infections, n + caught.size)
        for row in caught:
            one = rows[row]
            if who.people[one.person].infection < 0:
                infect(who, laws, means, key, infections, n, one.person, one.infection, one.setting, one.time)
                n += 1
        for i in range(n):
            if day <= infections[i].reported < day + 1:
                trace(who, laws, means, key, infections, rows, i, day)
    return infections[:n], rows[:n_rows]
