"""The course of one infection: when it begins and ends, how ill its person is, when and how it is found. Compiled."""

from __future__ import annotations

from math import inf, isnan, nan

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.outbreak import (
    ASYMPTOMATIC,
    CLINIC,
    CRITICAL,
    DIED,
    MILD,
    RECOVERED,
    SCREENED,
    SEVERE,
    TRACED,
    UNFOUND,
)
from lianfang.epi.simulate.outbreak_tables import (
    ADMISSION,
    DEATH,
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
    Records,
    Who,
)
from lianfang.epi.simulate.population import Doubles

SAMPLES_MOST = 6


INFECTION = np.dtype(
    [
        ("person", np.int32),
        ("infector", np.int32),
        ("infected", np.float64),
        ("infectious", np.float64),
        ("begins", np.float64),
        ("visit", np.float64),
        ("sampled", np.float64),
        ("resulted", np.float64),
        ("reported", np.float64),
        ("isolated", np.float64),
        ("admitted", np.float64),
        ("end", np.float64),
        ("factor", np.float32),
        ("setting", np.int8),
        ("severity", np.int8),
        ("outcome", np.int8),
        ("found_by", np.int8),
    ],
    align=True,
)
"""An infection, see ``Outbreak``. ``begins``: onset, also of those without symptoms; ``end``: of the illness;
``factor``: of the person's infectiousness."""


@compiled
def waited(table: Doubles, u: float) -> float:
    """The quantile of a law at u."""
    x = u * STEPS
    i = int(x)
    return float(table[i] + (x - i) * (table[i + 1] - table[i]))


@compiled
def fall_ill(who: Who, laws: Laws, key: Keys, infections: Records, i: int) -> None:
    """The course of infection i, whose person, infector, setting and time stand."""
    j = infections[i].person
    age, kc = who.people[j].age, key.course
    infections[i].begins = infections[i].infected + waited(laws.delays[INCUBATION], dice.uniform(kc, j, 0, 0))
    infections[i].infectious = max(infections[i].infected + laws.latent, infections[i].begins - laws.lead)
    severity = ASYMPTOMATIC
    for worse in range(MILD, CRITICAL + 1):
        # by_age: symptoms, pneumonia, severe, critical, each of those before it
        if dice.uniform(kc, j, 1, worse) >= laws.by_age[worse, age]:
            break
        severity = worse
    infections[i].severity = severity
    dies = severity == CRITICAL and dice.uniform(kc, j, 2, 0) < laws.by_age[CRITICAL + 1, age]
    infections[i].outcome = DIED if dies else RECOVERED
    law = DEATH if dies else (RECOVERY_SEVERE if severity >= SEVERE else RECOVERY)
    infections[i].end = infections[i].begins + waited(laws.delays[law], dice.uniform(kc, j, 2, 1))
    factor = dice.gamma(key.factor, j, 0, 0, laws.dispersion) / laws.dispersion
    infections[i].factor = factor * (laws.asymptomatic if severity == ASYMPTOMATIC else 1.0)


@compiled
def round_finds(who: Who, means: Means, key: Keys, j: int, begins: float, end: float) -> float:
    """When a round first finds an ill person who says so; never: infinite."""
    found = inf
    h = who.people[j].household
    if who.hotel[h] >= 0:
        return found
    for s in range(means.screening.shape[0]):
        from_day, to_day, days, coverage, told = means.screening[s]
        day = from_day + days * dice.uniform(key.rounds, h, s, 0)
        nth = 0 if begins <= day else int((begins - day) / days) + 1
        while day + nth * days < min(end, to_day, found):
            at = day + nth * days
            here = not at < who.people[j].arrived
            seen = dice.uniform(key.rounds, h, 2 * s + 100, nth) < coverage
            if here and seen and dice.uniform(key.rounds, j, 2 * s + 101, nth) < told:
                found = at
            nth += 1
    return found


@compiled
def apart_finds(who: Who, laws: Laws, means: Means, key: Keys, infections: Records, i: int) -> float:
    """When somebody in quarantine is sampled: after onset, or on its last day; not: infinite."""
    j = infections[i].person
    if isnan(who.people[j].apart_from):
        return inf
    by = who.people[j].apart_by
    if infections[i].severity > ASYMPTOMATIC and infections[i].begins <= who.people[j].apart_to:
        after = waited(means.sampled_after[by], dice.uniform(key.finding, j, 0, 10))
        return float(max(infections[i].begins, who.people[j].apart_from) + after)
    at = max(who.people[j].apart_from, who.people[j].apart_to - 1.0)
    tested = dice.uniform(key.finding, j, 0, 11) < means.tracing[by, 10]
    return at if tested and at > infections[i].infectious else inf


@compiled
def get_found(who: Who, laws: Laws, means: Means, key: Keys, infections: Records, i: int) -> None:
    """When infection i is found, and all that follows. The same call later, after the person was set apart, changes
    only what lies after that."""
    j, kf = infections[i].person, key.finding
    begins, end, severity = infections[i].begins, infections[i].end, infections[i].severity
    one = infections[i]
    one.visit = one.sampled = one.resulted = one.reported = one.isolated = one.admitted = nan
    at, how = inf, UNFOUND
    if severity > ASYMPTOMATIC:
        if dice.uniform(kf, j, 0, 0) < laws.seeks[severity - 1]:
            at, how = begins + waited(laws.delays[VISIT], dice.uniform(kf, j, 0, 1)), CLINIC
        screened = round_finds(who, means, key, j, begins, min(at, end))
        if screened < at:
            at, how = screened, SCREENED
    apart = apart_finds(who, laws, means, key, infections, i)
    if apart < at:
        at, how = apart, TRACED
    if at >= end or at > who.people[j].leaves:
        at, how = inf, UNFOUND
    infections[i].found_by = how
    if how == UNFOUND:
        return
    infections[i].visit = at
    sampled = at if how == TRACED else at + waited(laws.delays[SAMPLE], dice.uniform(kf, j, 0, 2))
    nth = 0
    while nth < SAMPLES_MOST - 1 and dice.uniform(key.retests, j, nth, 0) >= laws.sensitivity:
        sampled += waited(laws.delays[RETEST], dice.uniform(key.retests, j, nth, 1))
        nth += 1
    infections[i].sampled = sampled
    infections[i].resulted = sampled + waited(laws.delays[RESULT], dice.uniform(kf, j, 0, 3))
    infections[i].reported = infections[i].resulted + waited(laws.delays[REPORT], dice.uniform(kf, j, 0, 4))
    admitted = infections[i].reported + waited(laws.delays[ADMISSION], dice.uniform(kf, j, 0, 5))
    infections[i].isolated = admitted
    for m in range(means.isolation.shape[0]):
        in_force = means.isolation[m, 0] <= at < means.isolation[m, 1]
        if in_force and dice.uniform(kf, j, 1, m) < means.isolation[m, 2]:
            infections[i].isolated = at
    infections[i].admitted = nan if infections[i].outcome == DIED and admitted >= end else admitted
