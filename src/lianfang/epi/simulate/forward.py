"""Cases forward from those that are known: who they infect, when these are found, and what they need.

A branching process from a line list: each case infects a number of others that differs much between cases (negative
binomial), after generation times; isolation, quarantine of contacts, closures, masks and entry checks take some of
these infections away. After Hellewell et al., Feasibility of controlling COVID-19 outbreaks by isolation of cases and
contacts, Lancet Glob Health 2020, doi:10.1016/S2214-109X(20)30074-7. Nobody becomes immune: for counts that are small
beside the population.

Times are days from now, floats: before 0 is past, inf is never. A draw hangs on the seed, the run and its place in the
tree of infections, so that two sets of measures are tried on the same tree: what is stricter never infects more.
"""

from __future__ import annotations

from math import exp, inf, isnan, log
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.epi.compiled import compiled, inlined
from lianfang.epi.simulate import dice

Doubles = NDArray[np.float64]
Counts = NDArray[np.int64]

FOUND, BEDS, CRITICAL, OBSERVED, INFECTED = range(5)
"""Columns of what a run gives: cases found and infections of a day, and stocks when it ends."""
ONSET, REPORTED, ISOLATED, ADMITTED, IMPORTED, OPEN = range(6)
"""Columns of the known cases: times (nan where not known), and whether it is so (0 or 1)."""
ISOLATION, TRACING, CLOSURES, MASKS, ENTRY = range(5)
"""Rows of the measures."""
FROM, UNTIL, SHARE, DELAY, EFFECT = range(5)
"""Columns of the measures: in force from, until before; the share that is reached; days of delay; and the share of
further infections that it prevents in those reached."""
_LUCK, _OFFSPRING, _INCUBATION, _WAIT, _STAY, _CRITICAL, _STAY_CRITICAL = range(7)
_CHILD, _ASCERTAINED, _TRACED, _PREVENTED, _GENERATION, _CONTACTS, _TRAVEL, _ARRIVAL = range(7, 15)
_ROOT, _IMPORT, _RUN = 1_000, 1_001, 1_002
_REDRAWN: Final = 100
_SIGN = np.uint64(1)  # names are not negative
_NODE: Final = 7
"""Of one who may infect: when infected, from when on here, when found; when isolated and what that prevents, and the
same of what else holds him or her: quarantine, the check on entry."""


class Assumed(NamedTuple):
    """What a run takes as given; days, persons and shares from 0 to 1.

    ``k``: dispersion of the numbers infected. ``incubation_mu``, ``incubation_sigma``: of the logarithm.
    ``generation``, ``report``, ``stay``, ``stay_critical``: mean and sd of gamma laws; ``report`` from onset.
    ``ascertained``: share of infections that are found without being traced. ``contacts``: persons put under
    observation for each case when all are traced, for ``observe`` days. ``imports``: infected arrivals a day.
    ``isolated``: share of further infections that is prevented in known cases who are isolated on record.
    """

    k: float
    incubation_mu: float
    incubation_sigma: float
    generation_mean: float
    generation_sd: float
    report_mean: float
    report_sd: float
    ascertained: float
    critical: float
    stay_mean: float
    stay_sd: float
    stay_critical_mean: float
    stay_critical_sd: float
    contacts: float
    observe: float
    imports: float
    isolated: float


def reproduction(doubling_days: float, generation_mean: float, generation_sd: float) -> float:
    """The number that one case infects where cases double in so many days; negative: halve. Gamma generation times.

    Wallinga and Lipsitch, Proc R Soc B 2007, doi:10.1098/rspb.2006.3754. ValueError where none would (decline faster
    than any generation time allows).
    """
    growth, scale = log(2.0) / doubling_days, generation_sd**2 / generation_mean
    if 1.0 + growth * scale <= 0.0:
        raise ValueError("cases cannot decline so fast with these generation times")
    return float((1.0 + growth * scale) ** (generation_mean / scale))


def rates(seed: int, runs: int, value: float, low: float, high: float) -> Doubles:
    """The number infected by one case in each run: lognormal, median ``value``, its 95 % interval as wide as that from
    ``low`` to ``high`` on the scale of ratios."""
    sigma = log(high / low) / (2.0 * 1.959964)
    drawn = dice.normals(dice.key(seed, "forward"), np.arange(runs), _RUN, 0)
    return np.asarray(value * np.exp(sigma * drawn), np.float64)


@compiled
def run_forward(
    key: np.uint64, known: Doubles, rates: Doubles, a: Assumed, measures: Doubles, days: int, most: int
) -> tuple[Counts, Counts]:
    """Runs forward: (runs, days, 5) counts by day from now, and of each run until before which day they hold.

    ``known`` (n, 6), ``rates`` (runs,), ``measures`` (5, 5): see the columns above. Observed are those of cases found
    from now on. A run of more than ``most`` infections is told for the days before the one on which they were.
    """
    counts, told = np.zeros((rates.size, days + 1, 5), np.int64), np.full(rates.size, days)
    size = 2 * most + known.shape[0] + 1
    nodes, names = np.empty((size, _NODE)), np.empty(size, np.int64)
    nexts, heads = np.empty(size, np.int64), np.empty(days + 1, np.int64)
    for run in range(rates.size):
        heads[:] = -1
        _roots(key, run, known, a, measures, counts[run], nodes, names, nexts, heads)
        taken = _arrivals(key, run, a, measures, counts[run], nodes, names, nexts, heads, known.shape[0], most)
        until = _spread(key, rates[run], a, measures, counts[run], nodes, names, nexts, heads, taken, most)
        told[run] = until
        for day in range(1, until):
            for what in (BEDS, CRITICAL, OBSERVED):
                counts[run, day, what] += counts[run, day - 1, what]
    return counts[:, :days], told


@inlined
def _wait(node: int, at: float, nexts: Counts, heads: Counts) -> None:
    """Those infected before now, and on each day from now on, wait in lists of their own: ``heads`` has the first of
    each, ``nexts`` who comes after whom, -1 nobody."""
    day = 0 if at < 0.0 else int(at) + 1
    nexts[node] = heads[day]
    heads[day] = node


@inlined
def _gamma(key: np.uint64, who: int, step: int, mean: float, sd: float) -> float:
    shape = (mean / sd) ** 2
    return mean * dice.gamma(key, who, step, 0, shape) / shape


@inlined
def _incubation(key: np.uint64, who: int, a: Assumed) -> float:
    return exp(a.incubation_mu + a.incubation_sigma * dice.normal(key, who, _INCUBATION, 0))


@inlined
def _holds(counts: Counts, what: int, since: float, until: float) -> None:
    """Someone holds a place at the end of each day from that of ``since`` until before that of ``until``."""
    last = counts.shape[0] - 1
    if since >= last or until <= since:
        return
    counts[int(max(since, 0.0)), what] += 1
    if until < last:
        counts[int(max(until, 0.0)), what] -= 1


@inlined
def _nurse(key: np.uint64, who: int, a: Assumed, counts: Counts, since: float) -> None:
    """A case is in hospital from ``since`` on, of whom it is known that it still is now where that is past."""
    is_critical = dice.uniform(key, who, _CRITICAL, 0) < a.critical
    stay, again = _gamma(key, who, _STAY, a.stay_mean, a.stay_sd), 0
    while since + stay <= 0.0 and again < _REDRAWN:
        again += 1
        shape = (a.stay_mean / a.stay_sd) ** 2
        stay = a.stay_mean * dice.gamma(key, who, _STAY, 1_000 * again, shape) / shape
    _holds(counts, BEDS, since, since + stay)
    if is_critical:
        severe = min(stay, _gamma(key, who, _STAY_CRITICAL, a.stay_critical_mean, a.stay_critical_sd))
        _holds(counts, CRITICAL, since, since + severe)


@compiled
def _roots(
    key: np.uint64,
    run: int,
    known: Doubles,
    a: Assumed,
    measures: Doubles,
    counts: Counts,
    nodes: Doubles,
    names: Counts,
    nexts: Counts,
    heads: Counts,
) -> None:
    """The known cases: with the times that the record has, drawn where it has none."""
    for i in range(known.shape[0]):
        names[i] = dice.bits(key, run, _ROOT, i)[0] >> _SIGN
        who = names[i]
        onset, reported = known[i, ONSET], min(known[i, REPORTED], 0.0)
        if isnan(onset):
            onset = reported - _gamma(key, who, _WAIT, a.report_mean, a.report_sd)
        infected = onset - _incubation(key, who, a)
        here = infected
        if known[i, IMPORTED] > 0.0:
            here += dice.uniform(key, who, _TRAVEL, 0) * max(reported - infected, 0.0)
        isolated = known[i, ISOLATED]
        nodes[i, 0], nodes[i, 1] = infected, here
        nodes[i, 2], nodes[i, 3], nodes[i, 4] = reported, inf if isnan(isolated) else isolated, a.isolated
        rule = measures[ISOLATION]
        since = max(onset + rule[DELAY], rule[FROM], 0.0)
        reached = isnan(isolated) and since < rule[UNTIL] and dice.uniform(key, who, _ASCERTAINED, 1) < rule[SHARE]
        nodes[i, 5], nodes[i, 6] = since if reached else inf, rule[EFFECT]
        if known[i, OPEN] > 0.0:
            admitted = known[i, ADMITTED]
            _nurse(key, who, a, counts, 0.0 if isnan(admitted) else min(admitted, 0.0))
        _wait(i, -1.0, nexts, heads)


@compiled
def _arrivals(
    key: np.uint64,
    run: int,
    a: Assumed,
    measures: Doubles,
    counts: Counts,
    nodes: Doubles,
    names: Counts,
    nexts: Counts,
    heads: Counts,
    taken: int,
    most: int,
) -> int:
    """Infected people who arrive from now on, at any time of their incubation; entry checks find some at once."""
    at, nth, days, entry = 0.0, 0, counts.shape[0] - 1, measures[ENTRY]
    while a.imports > 0.0 and taken < most:
        at += dice.exponential(key, run, _ARRIVAL, nth) / a.imports
        if at >= days:
            break
        names[taken] = dice.bits(key, run, _IMPORT, nth)[0] >> _SIGN
        who = names[taken]
        nth += 1
        onset = at + (1.0 - dice.uniform(key, who, _TRAVEL, 0)) * _incubation(key, who, a)
        found, isolated = _seen(key, who, onset, a, measures)
        stopped = entry[FROM] <= at < entry[UNTIL] and dice.uniform(key, who, _TRACED, 0) < entry[SHARE]
        found = min(found, at) if stopped else found
        counts[int(at), INFECTED] += 1
        _find(key, who, found, a, measures, counts)
        nodes[taken, 0], nodes[taken, 1], nodes[taken, 2], nodes[taken, 3] = at, at, found, isolated
        nodes[taken, 4], nodes[taken, 5], nodes[taken, 6] = (
            measures[ISOLATION, EFFECT],
            at if stopped else inf,
            entry[EFFECT],
        )
        _wait(taken, at, nexts, heads)
        taken += 1
    return taken


@inlined
def _seen(key: np.uint64, who: int, onset: float, a: Assumed, measures: Doubles) -> tuple[float, float]:
    """When somebody who was not traced is found, and is isolated."""
    if dice.uniform(key, who, _ASCERTAINED, 0) >= a.ascertained:
        return inf, inf
    waits = _gamma(key, who, _WAIT, a.report_mean, a.report_sd) / a.report_mean
    found, isolated = onset + waits * a.report_mean, inf
    rule = measures[ISOLATION]
    since = max(onset + waits * rule[DELAY], rule[FROM])
    if since < rule[UNTIL] and dice.uniform(key, who, _ASCERTAINED, 1) < rule[SHARE]:
        isolated = since
    return min(found, isolated), isolated


@inlined
def _find(key: np.uint64, who: int, found: float, a: Assumed, measures: Doubles, counts: Counts) -> None:
    """A case that is found is counted and nursed, and its contacts are put under observation."""
    if found >= counts.shape[0] - 1:
        return
    counts[int(found), FOUND] += 1
    _nurse(key, who, a, counts, found)
    rule = measures[TRACING]
    since = found + rule[DELAY]
    if rule[FROM] <= since < rule[UNTIL]:
        for _ in range(dice.poisson(key, who, _CONTACTS, 0, a.contacts * rule[SHARE])):
            _holds(counts, OBSERVED, since, found + a.observe)


@inlined
def _prevented(at: float, one: Doubles, measures: Doubles) -> float:
    """The share of infections by somebody at a time that measures prevent."""
    left, held = 1.0, 0.0
    for row in (CLOSURES, MASKS):
        if measures[row, FROM] <= at < measures[row, UNTIL]:
            left *= 1.0 - measures[row, SHARE] * measures[row, EFFECT]
    for column in (3, 5):
        if at >= one[column]:
            held = max(held, one[column + 1])
    return 1.0 - left * (1.0 - held)


@inlined
def _traced(key: np.uint64, who: int, at: float, found: float, a: Assumed, rule: Doubles) -> float:
    """When somebody infected by a case that was found is found as its contact; inf: never."""
    reached = max(found + rule[DELAY], rule[FROM], at)
    in_time = reached < rule[UNTIL] and reached <= at + a.observe
    return reached if in_time and dice.uniform(key, who, _TRACED, 0) < rule[SHARE] else inf


@compiled
def _spread(
    key: np.uint64,
    rate: float,
    a: Assumed,
    measures: Doubles,
    counts: Counts,
    nodes: Doubles,
    names: Counts,
    nexts: Counts,
    heads: Counts,
    taken: int,
    most: int,
) -> int:
    """Who those that wait infect, and so on, day by day; the day before which all of it is reckoned."""
    days: int = counts.shape[0] - 1
    one, free = np.empty(_NODE), taken
    for day in range(days + 1):
        while heads[day] >= 0:
            node = heads[day]
            heads[day] = nexts[node]
            parent = names[node]
            one[:] = nodes[node]
            luck = dice.gamma(key, parent, _LUCK, 0, a.k) / a.k
            for nth in range(dice.poisson(key, parent, _OFFSPRING, 0, rate * luck)):
                names[free] = dice.bits(key, parent, _CHILD, nth)[0] >> _SIGN
                who = names[free]
                at = one[0] + _gamma(key, who, _GENERATION, a.generation_mean, a.generation_sd)
                if at < one[1] or at >= days or dice.uniform(key, who, _PREVENTED, 0) < _prevented(at, one, measures):
                    continue
                onset = at + _incubation(key, who, a)
                found, isolated = _seen(key, who, onset, a, measures)
                traced = _traced(key, who, at, one[2], a, measures[TRACING])
                found = min(found, max(onset, traced))
                if found < 0.0:
                    continue  # it would be one of the known cases
                if free - taken >= most:
                    return max(day - 1, 0)
                if at >= 0.0:
                    counts[int(at), INFECTED] += 1
                _find(key, who, found, a, measures, counts)
                nodes[free, 0], nodes[free, 1], nodes[free, 2], nodes[free, 3] = at, at, found, isolated
                nodes[free, 4], nodes[free, 5] = measures[ISOLATION, EFFECT], traced
                nodes[free, 6] = measures[TRACING, EFFECT]
                _wait(free, at, nexts, heads)
                free += 1
    return days
