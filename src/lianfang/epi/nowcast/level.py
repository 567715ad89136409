"""The course of the expected cases by day, given which part of each day is reported.

The log of the expected cases has a level and a slope that fades, both drifting; single days deviate by a gamma law, so
that counts are negative binomial. The posterior is found by Fisher scoring, each step a Kalman filter and smoother
(Durbin J, Koopman SJ, Biometrika 1997;84:669–684, doi:10.1093/biomet/84.3.669), for each of a grid of drifts and
deviations, which Laplace's approximation weighs. Whole courses are drawn backwards from the last day
(Frühwirth-Schnatter S, J Time Ser Anal 1994;15:183–202, doi:10.1111/j.1467-9892.1994.tb00184.x). Compiled.
"""

from __future__ import annotations

from itertools import product
from math import exp, lgamma, log, log1p, sqrt

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.series import Numbers

DRIFTS = np.array([*product((0.0, 0.03, 0.08, 0.2), (0.0, 0.01, 0.03), (1e-4, 0.02, 0.08, 0.25))])
"""Rows: sd by day of the level, of the slope (log scale), and the relative variance of single days."""
FADE = 0.95
"""What is left of a slope after a day."""
STEPS = 6
SURE = 2
"""Steps after which a member of the grid that weighs less than ``LEAST`` of the heaviest is given up."""
LEAST = 1e-4
NEAR = 2
"""Days on either side, where the search begins."""
LEVEL_VARIANCE, SLOPE_VARIANCE, BREAK_VARIANCE = 4.0, 0.1**2, 1.0
"""Before the first day, and what a declared break adds to the level."""
WIDEST = 30.0
"""Of the log of what is expected."""
FLAT = 1e-14
"""A variance below this is none."""


@compiled
def fit(cases: Numbers, share: Numbers, spread: Numbers, breaks: np.ndarray, states: Numbers, weights: Numbers) -> None:
    """``cases`` (days) reported so far, expected to be ``share`` of all but for the relative variance ``spread``;
    ``breaks`` (days): where the level may jump. Into ``weights`` what each member of the grid weighs, their sum 1, and
    into ``states`` (members, days, 5) the mean of level and slope, and their variances and covariance, by what is known
    of the days up to each; of members of weight 0 nothing."""
    days = cases.size
    log_share, begin = np.log(share), log((cases.sum() + 0.5) / share.sum())
    means = np.empty((len(DRIFTS), days))
    means[:] = _about(cases, share)
    likely = np.full(len(DRIFTS), -np.inf)
    for member in range(len(DRIFTS)):
        for step in range(SURE):
            likely[member] = _step(
                cases, log_share, spread, begin, breaks, member, step == SURE - 1, means[member], states[member]
            )
    least = likely.max() + log(LEAST)
    for member in range(len(DRIFTS)):
        if likely[member] < least:
            likely[member] = -np.inf
            continue
        for step in range(SURE, STEPS):
            likely[member] = _step(
                cases, log_share, spread, begin, breaks, member, step == STEPS - 1, means[member], states[member]
            )
    weights[:] = np.exp(likely - likely.max())
    weights /= weights.sum()


@compiled
def _about(cases: Numbers, share: Numbers) -> Numbers:
    """The log of the expected cases by the days about each: near enough for the search to begin."""
    found = np.empty(cases.size)
    for day in range(cases.size):
        near = slice(max(day - NEAR, 0), day + NEAR + 1)
        found[day] = log((cases[near].sum() + 0.5) / share[near].sum())
    return found


@compiled
def _step(
    cases: Numbers,
    log_share: Numbers,
    spread: Numbers,
    begin: float,
    breaks: np.ndarray,
    member: int,
    judged: bool,
    mean: Numbers,
    states: Numbers,
) -> float:
    """One step of the search for the ``mean`` of the log of the expected cases; where it is ``judged``, the log
    likelihood there, but for what is the same of every member."""
    days = cases.size
    level_sd, slope_sd, deviation = DRIFTS[member]
    level, slope, a, b, c = begin, 0.0, LEVEL_VARIANCE, 0.0, SLOPE_VARIANCE
    ahead, off, whole = np.empty((days, 4)), np.empty(days), np.empty(days)
    pseudo, noise = np.empty(days), np.empty(days)
    likely = 0.0
    for day in range(days):
        found = exp(min(max(mean[day] + log_share[day], -WIDEST), WIDEST))
        noise[day] = 1 / found + deviation + spread[day]
        pseudo[day] = mean[day] + (cases[day] - found) / found
        if day:
            level, slope = level + slope, FADE * slope
            a = a + 2 * b + c + level_sd**2 + BREAK_VARIANCE * breaks[day]
            b, c = FADE * (b + c), FADE**2 * c + slope_sd**2
        whole[day], off[day] = a + noise[day], pseudo[day] - level
        if judged:
            likely -= 0.5 * (log(whole[day]) + off[day] ** 2 / whole[day])
        ahead[day] = level, a, b, c
        gain, other = a / whole[day], b / whole[day]
        level, slope = level + gain * off[day], slope + other * off[day]
        a, b, c = a - gain * a, b - gain * b, c - other * b
        states[day] = level, slope, a, b, c
    r0, r1 = 0.0, 0.0
    for day in range(days - 1, -1, -1):
        level, a, b, c = ahead[day]
        # the transition after the observation is [[g − h, 1], [−FADE h, FADE]]
        g, h = 1 - a / whole[day], b / whole[day]
        r0, r1 = off[day] / whole[day] + (g - h) * r0 - FADE * h * r1, r0 + FADE * r1
        mean[day] = level + a * r0 + b * r1
    return likely + _beyond(cases, log_share, spread, deviation, mean, pseudo, noise) if judged else 0.0


@compiled
def _beyond(
    cases: Numbers,
    log_share: Numbers,
    spread: Numbers,
    deviation: float,
    mean: Numbers,
    pseudo: Numbers,
    noise: Numbers,
) -> float:
    """The log likelihood of negative binomial counts over that of the pseudo-observations that stand for them, but for
    the factorials of the counts."""
    total = 0.0
    for day in range(cases.size):
        found = exp(min(max(mean[day] + log_share[day], -WIDEST), WIDEST))
        size = 1 / (deviation + spread[day])
        total += _rising(size, cases[day])
        total -= size * log1p(found / size)
        if cases[day] > 0:
            total += cases[day] * (log(found) - log(found + size))
        total += 0.5 * (log(noise[day]) + (pseudo[day] - mean[day]) ** 2 / noise[day])
    return total


@compiled
def _rising(size: float, count: float) -> float:
    """log Γ(size + count) − log Γ(size)."""
    if count > 16:
        return lgamma(size + count) - lgamma(size)
    found = 1.0
    for k in range(int(count)):
        found *= size + k
    return log(found)


@compiled
def courses(states: Numbers, weights: Numbers, chances: Numbers, normals: Numbers, out: Numbers) -> None:
    """Draws of the log of the expected cases of the last days into ``out`` (draws, last days): the member of each by
    ``chances`` (draws), uniform and rising, level and slope by ``normals`` (draws, last days, 2)."""
    draws, last = out.shape
    days = states.shape[1]
    back = np.empty((last, 7))
    member, upto, known = 0, weights[0], -1
    for draw in range(draws):
        while chances[draw] > upto and member < weights.size - 1:
            member += 1
            upto += weights[member]
        if member != known:
            _backwards(states[member, days - last :], member, back)
            known = member
        level, slope = 0.0, 0.0
        for place in range(last - 1, -1, -1):
            m0, m1 = states[member, days - last + place, 0], states[member, days - last + place, 1]
            first, then0, then1, second, root, lean, rest = back[place]
            if place < last - 1:  # what the day after was drawn as
                off = level - m0 - m1
                m0, m1 = m0 + first * off, m1 + then0 * off
                off = slope - FADE * m1
                m0, m1 = m0 + then1 * off, m1 + second * off
            level = m0 + root * normals[draw, place, 0]
            slope = m1 + lean * normals[draw, place, 0] + rest * normals[draw, place, 1]
            out[draw, place] = level


@compiled
def _backwards(states: Numbers, member: int, back: Numbers) -> None:
    """Of each day the gains of level and slope by the next day's level, then by its slope, and the root of what is left
    of their variance."""
    level_sd, slope_sd, _ = DRIFTS[member]
    last = len(states)
    for place in range(last):
        a, b, c = states[place, 2], states[place, 3], states[place, 4]
        gains = (0.0, 0.0, 0.0, 0.0)
        if place < last - 1:
            one = _gain(a + b, b + c, a + 2 * b + c + level_sd**2)
            a, b, c = a - one[0] * (a + b), b - one[0] * (b + c), c - one[1] * (b + c)
            other = _gain(FADE * b, FADE * c, FADE**2 * c + slope_sd**2)
            a, b, c = a - other[0] * FADE * b, b - other[0] * FADE * c, c - other[1] * FADE * c
            gains = (one[0], one[1], other[0], other[1])
        root = sqrt(max(a, 0.0))
        lean = b / root if a > FLAT else 0.0
        back[place] = (*gains, root, lean, sqrt(max(c - lean**2, 0.0)))


@compiled
def _gain(level: float, slope: float, variance: float) -> tuple[float, float]:
    """Of level and slope by something of which they have these covariances."""
    return (level / variance, slope / variance) if variance > FLAT else (0.0, 0.0)
