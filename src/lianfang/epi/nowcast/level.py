"""The course of the expected cases by day, given which part of each day is reported.

The log of the expected cases has a level and a slope that fades, both drifting; single days deviate by a gamma law, so
that counts are negative binomial. The posterior is found by Fisher scoring, each step a Kalman filter and smoother
(Durbin J, Koopman SJ, Biometrika 1997;84:669–684, doi:10.1093/biomet/84.3.669), for each of a grid of drifts and
deviations, which Laplace's approximation weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from lianfang.epi.series import Numbers

DRIFTS = np.array([*product((0.0, 0.03, 0.08, 0.2), (0.0, 0.01, 0.03), (1e-4, 0.02, 0.08, 0.25))]).T
"""Rows: sd by day of the level, of the slope (log scale), and the relative variance of single days."""
FADE = 0.95
"""What is left of a slope after a day."""
STEPS = 6
NEAR = 2
"""Days on either side, where the search begins."""
LEVEL_VARIANCE, SLOPE_VARIANCE, BREAK_VARIANCE = 4.0, 0.1**2, 1.0
"""Before the first day, and what a declared break adds to the level."""


@dataclass(frozen=True, slots=True)
class Level:
    """By series, member of the grid and day."""

    mean: Numbers
    """Of the log of the expected cases."""
    variance: Numbers
    weight: Numbers
    """(series, grid), their sum over the grid 1."""


def fit(cases: Numbers, share: Numbers, spread: Numbers, breaks: NDArray[np.bool_]) -> Level:
    """``cases`` reported so far, expected to be ``share`` of all but for the relative variance ``spread``, all (series,
    days); ``breaks`` (days): where the level may jump."""
    deviation = DRIFTS[2][None, :, None] + spread[:, None, :]
    counts, log_share = cases[:, None, :], np.log(share)[:, None, :]
    begin = np.log((cases.sum(1) + 0.5) / share.sum(1))[:, None]
    mean = np.broadcast_to(_about(cases, share)[:, None, :], deviation.shape)
    for _ in range(STEPS):
        found = np.exp(np.clip(mean + log_share, -30, 30))
        noise = 1 / found + deviation
        pseudo = mean + (counts - found) / found
        mean, variance, likelihood = _smooth(pseudo, noise, begin, breaks)
    found = np.exp(np.clip(mean + log_share, -30, 30))
    likelihood += (_negative_binomial(counts, found, deviation) - _normal(pseudo, mean, noise)).sum(2)
    weight = np.exp(likelihood - likelihood.max(1, keepdims=True))
    return Level(mean, variance, weight / weight.sum(1, keepdims=True))


def _about(cases: Numbers, share: Numbers) -> Numbers:
    """The log of the expected cases by the days about each: near enough for the search to begin."""
    days = np.arange(cases.shape[1])
    near = (abs(days[:, None] - days) <= NEAR).astype(np.float64)
    return np.asarray(np.log((cases @ near + 0.5) / (share @ near)))


def _smooth(
    pseudo: Numbers, noise: Numbers, begin: Numbers, breaks: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """Mean and variance of the level by day, and the log likelihood of the pseudo-observations."""
    days = pseudo.shape[2]
    shape = pseudo.shape[:2]
    level, slope = np.broadcast_to(begin, shape), np.zeros(shape)
    a, b, c = np.full(shape, LEVEL_VARIANCE), np.zeros(shape), np.full(shape, SLOPE_VARIANCE)
    kept, likelihood = [], np.zeros(shape)
    for day in range(days):
        if day:
            level, slope = level + slope, FADE * slope
            a = a + 2 * b + c + DRIFTS[0] ** 2 + BREAK_VARIANCE * breaks[day]
            b, c = FADE * (b + c), FADE**2 * c + DRIFTS[1] ** 2
        whole, off = a + noise[..., day], pseudo[..., day] - level
        likelihood += -0.5 * (np.log(2 * np.pi * whole) + off**2 / whole)
        kept.append((level, slope, a, b, c, whole, off))
        level, slope = level + a * off / whole, slope + b * off / whole
        a, b, c = a - a * a / whole, b - a * b / whole, c - b * b / whole
    mean, variance = np.empty_like(pseudo), np.empty_like(pseudo)
    r0, r1 = np.zeros(shape), np.zeros(shape)
    n00, n01, n11 = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for day in reversed(range(days)):
        level, slope, a, b, c, whole, off = kept[day]
        g, h = 1 - a / whole, b / whole  # the transition after the observation is [[g − h, 1], [−FADE h, FADE]]
        top, low = g - h, -FADE * h
        if day == days - 1:
            r0, r1, n00 = off / whole, np.zeros(shape), 1 / whole
        else:
            r0, r1 = off / whole + top * r0 + low * r1, r0 + FADE * r1
            n00, n01, n11 = (
                1 / whole + top**2 * n00 + 2 * top * low * n01 + low**2 * n11,
                top * n00 + (top * FADE + low) * n01 + low * FADE * n11,
                n00 + 2 * FADE * n01 + FADE**2 * n11,
            )
        mean[..., day] = level + a * r0 + b * r1
        variance[..., day] = np.maximum(a - (a * a * n00 + 2 * a * b * n01 + b * b * n11), 1e-9)
    return mean, variance, likelihood


def _normal(value: Numbers, mean: Numbers, variance: Numbers) -> Numbers:
    return np.asarray(-0.5 * (np.log(2 * np.pi * variance) + (value - mean) ** 2 / variance))


def _negative_binomial(counts: Numbers, mean: Numbers, relative: Numbers) -> Numbers:
    size = 1 / relative
    log = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    return np.asarray(log - size * np.log1p(mean * relative) + counts * (np.log(mean) - np.log(mean + size)))
