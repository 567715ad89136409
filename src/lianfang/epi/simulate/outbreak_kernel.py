"""The loop over the days of an outbreak. One day after another; within a day, times are exact.

A draw hangs on the persons it is about and the day, so that neither the order of the loop nor threads change it. What
is decided on a day about others (tracing) takes hold at the next midnight.
"""

from __future__ import annotations

from math import exp, floor, inf, isnan, nan
from typing import NamedTuple

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.outbreak import (
    ASYMPTOMATIC,
    CLINIC,
    COMMUNITY,
    CRITICAL,
    DIED,
    HOUSEHOLD,
    IMPORTED,
    MILD,
    RECOVERED,
    SCHOOL,
    SCREENED,
    SEVERE,
    TRACED,
    TRANSPORT,
    UNFOUND,
    WORK,
)
from lianfang.epi.simulate.outbreak_tables import (
    ADMISSION,
    DEATH,
    GRID_PER_DAY,
    INCUBATION,
    RECOVERY,
    RECOVERY_SEVERE,
    REPORT,
    RESULT,
    RETEST,
    SAMPLE,
    STEPS,
    VISIT,
    Keys,
    Laws,
    Means,
    Who,
)
from lianfang.epi.simulate.population import Doubles, Ints, Singles, Tiny

SAMPLES_MOST = 6


class State(NamedTuple):
    """By infection, room for everybody: see ``Outbreak``; ``end``: of the illness. By person: ``infection_of``,
    ``apart_from`` and ``apart_to`` (nan: never), ``apart_by``: the tracing that did it."""

    person: Ints
    infector: Ints
    setting: Tiny
    factor: Singles
    infected: Doubles
    infectious: Doubles
    begins: Doubles
    visit: Doubles
    sampled: Doubles
    resulted: Doubles
    reported: Doubles
    isolated: Doubles
    admitted: Doubles
    end: Doubles
    severity: Tiny
    outcome: Tiny
    found_by: Tiny
    infection_of: Ints
    apart_from: Singles
    apart_to: Singles
    apart_by: Tiny


class Rows(NamedTuple):
    """Contacts as they were met; ``before``: the row of the same infection before it, −1 none."""

    infection: Ints
    person: Ints
    setting: Tiny
    time: Singles
    before: Ints


@compiled
def waited(table: Doubles, u: float) -> float:
    """The quantile of a law at u."""
    x = u * STEPS
    i = int(x)
    return table[i] + (x - i) * (table[i + 1] - table[i])


@compiled
def fall_ill(who: Who, laws: Laws, key: Keys, state: State, i: int) -> None:
    """The course of infection i, whose person, infector, setting and time stand."""
    j = state.person[i]
    age, kc = who.age[j], key.course
    state.begins[i] = state.infected[i] + waited(laws.delays[INCUBATION], dice.uniform(kc, j, 0, 0))
    state.infectious[i] = max(state.infected[i] + laws.latent, state.begins[i] - laws.lead)
    severity = ASYMPTOMATIC
    for worse in range(MILD, CRITICAL + 1):
        # by_age: symptoms, pneumonia, severe, critical, each of those before it
        if dice.uniform(kc, j, 1, worse) >= laws.by_age[worse, age]:
            break
        severity = worse
    state.severity[i] = severity
    dies = severity == CRITICAL and dice.uniform(kc, j, 2, 0) < laws.by_age[CRITICAL + 1, age]
    state.outcome[i] = DIED if dies else RECOVERED
    law = DEATH if dies else (RECOVERY_SEVERE if severity >= SEVERE else RECOVERY)
    state.end[i] = state.begins[i] + waited(laws.delays[law], dice.uniform(kc, j, 2, 1))
    factor = dice.gamma(key.factor, j, 0, 0, laws.dispersion) / laws.dispersion
    state.factor[i] = factor * (laws.asymptomatic if severity == ASYMPTOMATIC else 1.0)


@compiled
def round_finds(who: Who, means: Means, key: Keys, j: int, begins: float, end: float) -> float:
    """When a round first finds an ill person who says so; never: infinite."""
    found = inf
    h = who.household[j]
    if who.hotel[h] >= 0:
        return found
    for s in range(means.screening.shape[0]):
        from_day, to_day, days, coverage, told = means.screening[s]
        day = from_day + days * dice.uniform(key.rounds, h, s, 0)
        nth = 0 if begins <= day else int((begins - day) / days) + 1
        while day + nth * days < min(end, to_day, found):
            at = day + nth * days
            here = not at < who.arrived[j]
            seen = dice.uniform(key.rounds, h, 2 * s + 100, nth) < coverage
            if here and seen and dice.uniform(key.rounds, j, 2 * s + 101, nth) < told:
                found = at
            nth += 1
    return found


@compiled
def apart_finds(means: Means, laws: Laws, key: Keys, state: State, i: int) -> float:
    """When somebody in quarantine is sampled: after onset, or on its last day; not: infinite."""
    j = state.person[i]
    if isnan(state.apart_from[j]):
        return inf
    by = state.apart_by[j]
    if state.severity[i] > ASYMPTOMATIC and state.begins[i] <= state.apart_to[j]:
        after = waited(means.sampled_after[by], dice.uniform(key.finding, j, 0, 10))
        return max(state.begins[i], state.apart_from[j]) + after
    at = max(state.apart_from[j], state.apart_to[j] - 1.0)
    tested = dice.uniform(key.finding, j, 0, 11) < means.tracing[by, 10]
    return at if tested and at > state.infectious[i] else inf


@compiled
def get_found(who: Who, laws: Laws, means: Means, key: Keys, state: State, i: int) -> None:
    """When infection i is found, and all that follows. The same call later, after the person was set apart, changes
    only what lies after that."""
    j, kf = state.person[i], key.finding
    begins, end, severity = state.begins[i], state.end[i], state.severity[i]
    for times in (state.visit, state.sampled, state.resulted, state.reported, state.isolated, state.admitted):
        times[i] = nan
    at, how = inf, UNFOUND
    if severity > ASYMPTOMATIC:
        if dice.uniform(kf, j, 0, 0) < laws.seeks[severity - 1]:
            at, how = begins + waited(laws.delays[VISIT], dice.uniform(kf, j, 0, 1)), CLINIC
        screened = round_finds(who, means, key, j, begins, min(at, end))
        if screened < at:
            at, how = screened, SCREENED
    apart = apart_finds(means, laws, key, state, i)
    if apart < at:
        at, how = apart, TRACED
    if at >= end or at > who.leaves[j]:
        at, how = inf, UNFOUND
    state.found_by[i] = how
    if how == UNFOUND:
        return
    state.visit[i] = at
    sampled = at if how == TRACED else at + waited(laws.delays[SAMPLE], dice.uniform(kf, j, 0, 2))
    nth = 0
    while nth < SAMPLES_MOST - 1 and dice.uniform(key.retests, j, nth, 0) >= laws.sensitivity:
        sampled += waited(laws.delays[RETEST], dice.uniform(key.retests, j, nth, 1))
        nth += 1
    state.sampled[i] = sampled
    state.resulted[i] = sampled + waited(laws.delays[RESULT], dice.uniform(kf, j, 0, 3))
    state.reported[i] = state.resulted[i] + waited(laws.delays[REPORT], dice.uniform(kf, j, 0, 4))
    admitted = state.reported[i] + waited(laws.delays[ADMISSION], dice.uniform(kf, j, 0, 5))
    state.isolated[i] = admitted
    for m in range(means.isolation.shape[0]):
        if means.isolation[m, 0] <= at < means.isolation[m, 1]:
            if dice.uniform(kf, j, 1, m) < means.isolation[m, 2]:
                state.isolated[i] = at
    state.admitted[i] = nan if state.outcome[i] == DIED and admitted >= end else admitted


@compiled
def away(who: Who, state: State, j: int, t: float) -> bool:
    """Not among others at t: not yet come, left, isolated or dead."""
    if t < who.arrived[j] or t >= who.leaves[j]:
        return True
    k = state.infection_of[j]
    return k >= 0 and (t >= state.isolated[k] or (state.outcome[k] == DIED and t >= state.end[k]))


@compiled
def at_home(means: Means, key: Keys, m: int, j: int) -> bool:
    """Whether tracing m lets person j stay with the household."""
    return dice.uniform(key.tracing, j, 0, 0) < means.tracing[m, 9]


@compiled
def apart(means: Means, key: Keys, state: State, j: int, t: float) -> int:
    """0 free, 1 in quarantine with the household, 2 in quarantine apart from all."""
    if not (state.apart_from[j] <= t < state.apart_to[j]):
        return 0
    return 1 if at_home(means, key, state.apart_by[j], j) else 2


@compiled
def met(
    who: Who, means: Means, key: Keys, state: State, i: int, day: int, people: Ints, settings: Tiny, times: Singles
) -> int:
    """Writes whom the person of infection i meets on a day, where and when, and returns how many. Nobody is met who is
    away, nor while the person is."""
    j = state.person[i]
    h = who.household[j]
    n, nth, km = 0, 4, key.meeting

    for setting in range(COMMUNITY + 1):
        mean = means.contacts[setting, day]
        low, high, chance = 0, 0, 1.0
        if setting == HOUSEHOLD:
            low, high = who.first[h], who.first[h + 1]
        elif setting == WORK and who.workplace[j] >= 0 and mean > 0.0:
            begin, end = who.workplace_first[who.workplace[j]], who.workplace_first[who.workplace[j] + 1]
            low = begin + (who.place_in_work[j] - begin) // who.team * who.team
            high = min(low + who.team, end)
        elif setting == SCHOOL and who.school[j] >= 0 and mean > 0.0:
            begin, end = who.school_first[who.school[j]], who.school_first[who.school[j] + 1]
            low = begin + (who.place_in_school[j] - begin) // who.class_pupils * who.class_pupils
            high = min(low + who.class_pupils, end)
        if setting in (WORK, SCHOOL):
            full = (who.team if setting == WORK else who.class_pupils) - 1
            chance = mean / full if full > 0 else 0.0
        random = setting in (TRANSPORT, COMMUNITY)
        if random:
            high = dice.poisson(km, j, 3 * day + 1 + setting // COMMUNITY, 0, mean) if mean > 0.0 else 0
        near_first = who.first[who.community_first[who.community[h]]]
        near_end = who.first[who.community_first[who.community[h] + 1]]
        for at in range(low, high):
            nth += 1
            if n == people.size:
                break
            if random:
                if dice.uniform(km, j, 3 * day, 4 * nth) < means.far[setting, day]:
                    other = dice.below(km, j, 3 * day, 4 * nth + 1, who.age.size)
                else:
                    other = near_first + dice.below(km, j, 3 * day, 4 * nth + 1, near_end - near_first)
            elif setting == HOUSEHOLD:
                other = at
            else:
                if dice.uniform(km, j, 3 * day, 4 * nth) >= chance:
                    continue
                other = who.workers[at] if setting == WORK else who.pupils[at]
            t = day + dice.uniform(km, j, 3 * day, 4 * nth + 2)
            if other == j or t < state.infectious[i] or away(who, state, j, t) or away(who, state, other, t):
                continue
            a, b = apart(means, key, state, j, t), apart(means, key, state, other, t)
            if a == 2 or b == 2 or (setting != HOUSEHOLD and (a == 1 or b == 1)):
                continue
            people[n], settings[n], times[n] = other, setting, t
            n += 1
    return n


@compiled
def catches(
    who: Who, laws: Laws, means: Means, key: Keys, state: State, scale: float, i: int, j: int, setting: int, t: float
) -> bool:
    """Whether j catches it from infection i at a meeting."""
    step = int((t - state.infectious[i]) * GRID_PER_DAY)
    if step >= laws.density.size:
        return False
    hazard = scale * means.weight[setting] * laws.density[step] * state.factor[i] * laws.by_age[0, who.age[j]]
    moment = floor(t * 1000.0)
    return dice.uniform(key.meeting, state.person[i], j, moment + 1_000_000) < 1.0 - exp(-hazard)


@compiled
def infect(
    who: Who, laws: Laws, means: Means, key: Keys, state: State, i: int, j: int, by: int, setting: int, t: float
) -> None:
    """Writes infection i of person j."""
    state.person[i], state.infector[i], state.setting[i], state.infected[i] = j, by, setting, t
    state.infection_of[j] = i
    fall_ill(who, laws, key, state, i)
    get_found(who, laws, means, key, state, i)


@compiled
def import_some(
    who: Who, laws: Laws, means: Means, key: Keys, state: State, day: int, n: int, comers: Ints, comes: Ints
) -> int:
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
            j = dice.below(ki, nth, 2 * day + 1, 0, who.age.size)
        if state.infection_of[j] >= 0:
            continue
        came = float(who.arrived[j]) if size > 0 else day + dice.uniform(ki, nth, 2 * day + 1, 1)
        incubation = waited(laws.delays[INCUBATION], dice.uniform(key.course, j, 0, 0))
        ago = incubation * dice.uniform(ki, nth, 2 * day + 1, 2)
        infect(who, laws, means, key, state, n, j, -1, IMPORTED, came - ago)
        n += 1
    return n


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
def counts_from(means: Means, state: State, m: int, i: int) -> float:
    """From when on who met infection i is a contact: before onset, or before the sample of those without symptoms."""
    return (state.begins[i] if state.severity[i] > ASYMPTOMATIC else state.sampled[i]) - means.tracing[m, 7]


@compiled
def trace(
    who: Who, laws: Laws, means: Means, key: Keys, state: State, rows: Rows, last: Ints, i: int, day: int
) -> None:
    """Sets the contacts of infection i apart, from the next midnight at the soonest."""
    m = tracing_of(means, state.reported[i])
    row = last[i] if m >= 0 else -1
    while row >= 0:
        j, t = rows.person[row], rows.time[row]
        at = found_at(means, key, m, i, j, rows.setting[row], state.reported[i])
        begins, ends = max(at, day + 1.0), t + means.tracing[m, 8]
        row = rows.before[row]
        if t < counts_from(means, state, m, i) or at == inf or ends <= begins:
            continue
        k = state.infection_of[j]
        if k >= 0 and state.isolated[k] <= begins:
            continue
        if state.apart_to[j] >= begins:
            if ends <= state.apart_to[j] and state.apart_from[j] <= begins:
                continue
            state.apart_from[j] = min(state.apart_from[j], begins)
            state.apart_to[j] = max(state.apart_to[j], ends)
        else:
            state.apart_from[j], state.apart_to[j] = begins, ends
        state.apart_by[j] = m
        if k >= 0 and not state.visit[k] < day + 1.0:
            get_found(who, laws, means, key, state, k)


@compiled
def grown(rows: Rows, room: int) -> Rows:
    """The rows with room for more."""
    size = rows.person.size
    infection, person = np.empty(room, np.int32), np.empty(room, np.int32)
    setting, time, before = np.empty(room, np.int8), np.empty(room, np.float32), np.empty(room, np.int32)
    infection[:size], person[:size], setting[:size] = rows.infection, rows.person, rows.setting
    time[:size], before[:size] = rows.time, rows.before
    return Rows(infection, person, setting, time, before)


@compiled
def spread(
    who: Who, laws: Laws, means: Means, key: Keys, state: State, scale: float, comers: Ints, comes: Ints, room: int
) -> tuple[int, Rows, int]:
    """All days. Returns the number of infections, the contacts and their number. ``room``: the most one person meets in
    a day."""
    days = means.importations.size
    rows = Rows(
        np.empty(1 << 16, np.int32),
        np.empty(1 << 16, np.int32),
        np.empty(1 << 16, np.int8),
        np.empty(1 << 16, np.float32),
        np.empty(1 << 16, np.int32),
    )
    last = np.full(who.age.size, -1, np.int32)
    people, settings, times = np.empty(room, np.int32), np.empty(room, np.int8), np.empty(room, np.float32)
    n, n_rows, first = 0, 0, 0
    caught = np.empty(1 << 10, np.int64)
    for day in range(days):
        n = import_some(who, laws, means, key, state, day, n, comers, comes)
        n_caught = 0
        while first < n and state.infectious[first] + laws.most < day:
            first += 1
        for i in range(first, n):
            if state.infectious[i] >= day + 1 or state.infectious[i] + laws.most < day or state.isolated[i] <= day:
                continue
            count = met(who, means, key, state, i, day, people, settings, times)
            if n_rows + count > rows.person.size:
                rows = grown(rows, 2 * rows.person.size)
            for c in range(count):
                j = people[c]
                rows.infection[n_rows], rows.person[n_rows], rows.setting[n_rows] = i, j, settings[c]
                rows.time[n_rows], rows.before[n_rows] = times[c], last[i]
                last[i] = n_rows
                n_rows += 1
                if state.infection_of[j] < 0 and catches(
                    who, laws, means, key, state, scale, i, j, settings[c], times[c]
                ):
                    if n_caught == caught.size:
                        caught = np.concatenate((caught, np.empty(caught.size, np.int64)))
                    caught[n_caught] = n_rows - 1
                    n_caught += 1
        order = np.argsort(rows.time[caught[:n_caught]], kind="mergesort")
        for c in order:
            row = caught[c]
            j = rows.person[row]
            if state.infection_of[j] < 0:
                infect(
                    who, laws, means, key, state, n, j, rows.infection[row], rows.setting[row], float(rows.time[row])
                )
                n += 1
        for i in range(n):
            if day <= state.reported[i] < day + 1:
                trace(who, laws, means, key, state, rows, last, i, day)
    return n, rows, n_rows
