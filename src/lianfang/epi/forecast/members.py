"""What joins in a forecast: two renewals, and two baselines that know of no infection. Compiled.

Each looks at the past of one series as it was known at one origin.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.scores.quantiles import of_draws
from lianfang.epi.series import Numbers

MEMBERS = ("renewal", "trend", "flat", "seasonal")
"""In the order of every table of members. ``renewal`` and ``trend``: the fall or rise of R in the last fortnight goes
on and fades, and R comes back to 1 in the long run, sooner or later; ``flat``: the mean of the last week; ``seasonal``:
the same weekday of the last week."""
WINDOW = 7
"""Days of which R is learnt."""
FADE = 0.85
"""What is left of a trend from one day to the next."""
BACK = (0.92, 0.95)
"""What is left of log R from one day to the next, of ``renewal`` and ``trend``: in the long run R comes back to 1."""
STEEPEST = 0.15
"""The largest change of log R in a day that is taken from the past."""
SETTLED = 20.0
"""Cases of a week at which half of the trend that is seen is believed."""
LOOKED = 28
"""Past days whose errors tell how wide the baselines, and how noisy the counts, are."""
FEWEST = 5
"""Errors from which a spread is told; with fewer, those of a shorter way ahead, widened."""
LARGEST = 1e9


@compiled
def force(past: Numbers, weights: Numbers, day: int) -> float:
    """The infectiousness of the days before ``day`` (0 is the first), which may be beyond the end of ``past``."""
    total = 0.0
    for lag in range(max(1, day - past.size + 1), min(weights.size - 1, day) + 1):
        total += weights[lag] * past[day - lag]
    return total


@compiled
def weekdays(past: Numbers) -> Numbers:
    """How much more than a day of its week each day ahead has, (7,) from the first day ahead; shrunk to 1."""
    factors = np.ones(7)
    weeks = min(past.size // 7, 8)
    if weeks < 3:
        return factors
    for ahead in range(7):
        own, whole = 0.0, 0.0
        for week in range(weeks):
            end = past.size - 7 * week
            own += past[end - 7 + ahead]
            whole += past[end - 7 : end].mean()
        factors[ahead] = (own + 10.0) / (whole + 10.0)
    return np.asarray(factors / factors.mean())


@compiled
def learnt(past: Numbers, weights: Numbers) -> tuple[float, float, float, float]:
    """log R of the last week; the variance of that; its slope a day; and the variance of counts beyond Poisson's as a
    part of their squared mean."""
    end = past.size
    cases, forces = np.zeros(2), np.zeros(2)
    beyond, squared = 0.5, 5.0
    factors = weekdays(past)
    for back in range(min(LOOKED, end - 1)):
        day = end - 1 - back
        if back < 2 * WINDOW:
            cases[back // WINDOW] += past[day]
            forces[back // WINDOW] += force(past, weights, day)
        first, last = max(0, day - 3), min(end, day + 4)
        mean = past[first:last].mean() * factors[(6 - back) % 7]
        beyond += (past[day] - mean) ** 2 * 7 / 6 - mean
        squared += mean**2
    extra = min(max(beyond / squared, 0.005), 1.0)
    r = log((1 + cases[0]) / (1 + forces[0]))
    slope = (r - log((1 + cases[1]) / (1 + forces[1]))) / WINDOW
    few = min(cases[0], cases[1])
    slope = min(max(slope * few / (few + SETTLED), -STEEPEST), STEEPEST)
    return r, 1 / (1 + cases[0]) + extra / WINDOW, slope, extra


@compiled
def renewal(
    past: Numbers,
    drawn: Numbers,
    weights: Numbers,
    drift: float,
    back: float,
    walks: Numbers,
    noise: Numbers,
    out: Numbers,
) -> None:
    """Draws of the days ahead into ``out`` (days, draws). Each row of ``drawn`` (pasts, last days) is taken in turn for
    the last days of ``past``; of none, that is taken as it is. ``drift``: sd of the change of log R in a day; ``back``:
    what is left of log R after one; ``walks`` (draws, 1 + days) and ``noise`` (draws, days): standard normal."""
    days, draws = out.shape
    turns = max(drawn.shape[0], 1)
    whole, old, factors = past.copy(), np.empty((days, draws)), np.empty((WINDOW, draws))
    now, step, extra = np.empty(draws), np.empty(draws), np.empty(draws)
    for turn in range(turns):
        if drawn.shape[0]:
            whole[past.size - drawn.shape[1] :] = drawn[turn]
        r, doubt, slope, extra[turn::turns] = learnt(whole, weights)
        # R is that of the middle of its window, so it has drifted for half of it
        spread = doubt + drift**2 * WINDOW / 2
        now[turn::turns] = r - spread / 2 + sqrt(spread) * walks[turn::turns, 0] + slope * WINDOW / 2
        step[turn::turns] = slope
        by_day = weekdays(whole)
        for ahead in range(days):
            old[ahead, turn::turns] = force(whole, weights, past.size + ahead)
        for ahead in range(WINDOW):
            factors[ahead, turn::turns] = by_day[ahead]
    new, total = np.empty((days, draws)), np.empty(draws)
    for ahead in range(days):
        step *= FADE
        now[:] = back * (now + step + drift * walks[:, 1 + ahead])
        total[:] = old[ahead]
        for lag in range(1, min(weights.size - 1, ahead) + 1):
            total += weights[lag] * new[ahead - lag]
        for draw in range(draws):
            mean = min(exp(min(now[draw], 3.0)) * total[draw], LARGEST)
            factor = factors[ahead % WINDOW, draw]
            out[ahead, draw] = count(mean * factor, extra[draw], noise[draw, ahead])
            new[ahead, draw] = out[ahead, draw] / factor


@compiled
def count(mean: float, extra: float, z: float) -> float:
    """A count of that mean and of variance mean + extra · mean², from a standard normal: of the gamma distribution of
    the same moments by Wilson and Hilferty (1931, doi:10.1073/pnas.17.12.684), to the next whole number."""
    if mean <= 0:
        return 0.0
    scale = 1 + extra * mean
    shape = mean / scale
    root = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape))
    return float(np.floor(shape * max(root, 0.0) ** 3 * scale + 0.5))


@compiled
def flat(past: Numbers, size: int) -> float:
    """The mean of the last week of the first ``size`` days."""
    return float(past[max(0, size - 7) : size].mean())


@compiled
def seasonal(past: Numbers, size: int, ahead: int) -> float:
    """Of the first ``size`` days the same weekday of the last week as that of the day ``ahead``."""
    return float(past[size - 7 + (ahead - 1) % 7] if size >= 7 else past[size - 1])


@compiled
def baseline(past: Numbers, weekly: bool, levels: Numbers, out: Numbers) -> None:
    """Quantiles (days, levels) into ``out``: around the baseline's value, as wide as its errors were on the last
    days, to either side alike, and not below 0."""
    errors, means = np.empty(LOOKED), np.empty(past.size + 1)
    known, reach = 0, 1
    if not weekly:
        for size in range(max(1, past.size - LOOKED - out.shape[0]), past.size + 1):
            means[size] = flat(past, size)
    for ahead in range(1, out.shape[0] + 1):
        some = min(LOOKED, past.size - ahead - 1)
        if some >= FEWEST or ahead == 1:
            known, reach = max(some, 0), ahead
            for back in range(known):
                origin = past.size - ahead - back
                value = seasonal(past, origin, ahead) if weekly else means[origin]
                errors[back] = abs(past[origin + ahead - 1] - value)
            errors[:known].sort()
        centre = seasonal(past, past.size, ahead) if weekly else means[past.size]
        wider = sqrt(ahead / reach)
        for place in range(levels.size):
            at = max(2 * known - 1, 0) * levels[place]
            low = int(at)
            first = _mirrored(errors, known, low)
            error = first + (at - low) * (_mirrored(errors, known, min(low + 1, 2 * known - 1)) - first)
            out[ahead - 1, place] = max(0.0, centre + error * wider)


@compiled
def _mirrored(sizes: Numbers, known: int, place: int) -> float:
    """The error at a place of all, from the lowest, of which each size of the first ``known``, rising, is one below 0
    and one above; 0 of none."""
    if not known:
        return 0.0
    return float(sizes[place - known] if place >= known else -sizes[known - 1 - place])


@compiled
def members(
    past: Numbers,
    drawn: Numbers,
    weights: Numbers,
    drifts: Numbers,
    walks: Numbers,
    noise: Numbers,
    levels: Numbers,
    out: Numbers,
) -> None:
    """Quantiles of every member into ``out`` (members, days, levels). ``past`` (days), with ``drawn`` as in
    ``renewal``; the baselines take their medians."""
    draws = np.empty((out.shape[1], walks.shape[0]))
    for member in range(2):
        renewal(past, drawn, weights, drifts[member], BACK[member], walks, noise, draws)
        of_draws(draws, levels, out[member])
    middle = past.copy()
    if drawn.shape[0]:
        for day in range(drawn.shape[1]):
            middle[past.size - drawn.shape[1] + day] = np.median(drawn[:, day])
    for member in range(2, out.shape[0]):
        baseline(middle, member == 3, levels, out[member])


@compiled
def origins(
    known: Numbers,
    first: int,
    asked: np.ndarray,
    weights: Numbers,
    drifts: Numbers,
    walks: Numbers,
    noise: Numbers,
    levels: Numbers,
    out: Numbers,
) -> None:
    """``members`` at each asked origin, from the day ``first`` on, of each series into ``out`` (series, origins,
    members, days, levels). ``known``: (series, views, days), one view or one by origin; ``asked``: (series, origins),
    which days are."""
    nothing = np.empty((0, 0))
    for row in range(known.shape[0]):
        for place in range(asked.shape[1]):
            if asked[row, place]:
                origin = first + place
                view = known[row, min(origin, known.shape[1] - 1), : origin + 1]
                members(view, nothing, weights, drifts, walks, noise, levels, out[row, place])
