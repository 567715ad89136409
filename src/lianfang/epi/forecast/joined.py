"""Forecasts of members joined into one, each by what it was worth before, and each interval made as wide as past
errors ask.

Width: Gibbs I, Candès E. Adaptive conformal inference under distribution shift. NeurIPS 2021. arXiv:2106.00170
"""

from __future__ import annotations

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.scores.quantiles import CENTRAL, LEVELS
from lianfang.epi.series import Numbers

KEPT = 0.95
"""What a score counts for a day later, of what it counted before."""
EQUAL = 1.0
"""How many days of scores the belief is worth that all members are alike."""
SHARPNESS = 2.0
"""The power of its past score by which a member weighs less."""
PACE = 0.25
"""By how much the log of a width moves on a day on which all were missed."""
BEGIN = (0.65, 0.5, 0.4)
"""The logs of the widths before any is scored, of the central intervals of 50, 80 and 95 %: what a forecast knows of an
outbreak in its first weeks is less than its members say. By the provinces of China of February 2020
(``tests/epi/forecast``)."""
NARROWEST, WIDEST = -1.0, 2.0
"""Of the log of a width."""
WEEK = 7
MIDDLE = LEVELS.index(0.5)
INSIDE = np.asarray(CENTRAL)
ENDS = tuple((LEVELS.index(round((1 - part) / 2, 3)), LEVELS.index(round((1 + part) / 2, 3))) for part in CENTRAL)
BETWEEN = np.stack([np.interp(abs(2 * np.asarray(LEVELS) - 1), CENTRAL, own) for own in np.eye(len(CENTRAL))])
"""What each level takes of the widths of the central intervals, (central intervals, levels)."""


def weights(scores: Numbers) -> Numbers:
    """What each member weighs at each origin, (series, origins, members), summing to 1.

    ``scores``: WIS (series, origins, members, days ahead), by first known counts, NaN where there is none. The score
    for a day counts from that day on: none that was unknown at the origin is used.
    """
    series, origins, members, days = scores.shape
    total, times = np.zeros((series, members)), np.zeros((series, 1))
    found = np.empty((series, origins, members))
    ahead = np.arange(1, days + 1)
    for origin in range(origins):
        made = origin - ahead
        some = scores[:, made[made >= 0], :, ahead[made >= 0] - 1]  # (days, series, members)
        told = np.asarray(~np.isnan(some).any(2))
        number = told.sum(0)[:, None]
        total = KEPT * total + np.where(told[..., None], some, 0).sum(0) / np.maximum(number, 1)
        times = KEPT * times + (number > 0)
        worth = total + EQUAL * (total.mean(1, keepdims=True) / np.maximum(times, 1) + 1e-3)
        powers = (worth / worth.min(1, keepdims=True)) ** -SHARPNESS
        found[:, origin] = powers / powers.sum(1, keepdims=True)
    return found


def joined(quantiles: Numbers, weighs: Numbers) -> Numbers:
    """The weighted mean of each quantile, of log(1 + cases) so that none runs away with it: of (…, members, days,
    levels) and (…, members), (…, days, levels)."""
    return np.asarray(np.expm1(np.einsum("...mdl,...m->...dl", np.log1p(quantiles), weighs)))


def widths(quantiles: Numbers, truth: Numbers) -> Numbers:
    """By how much the forecast of each origin must be wider, or narrower, as logs: (series, origins, days ahead,
    central intervals), alike within a week. An interval grows as it missed and shrinks as it did not, by what was known
    at the origin; those of a week ahead of which nothing is known yet move with those of the week before it.

    ``quantiles``: (series, origins, days ahead, levels); ``truth``: first known counts, (series, origins, days ahead).
    """
    logs = np.empty((*truth.shape, len(CENTRAL)))
    logs[:] = BEGIN
    for row in range(len(truth)):
        _learn(quantiles[row], truth[row], logs[row])
    return logs


def widened(quantiles: Numbers, logs: Numbers) -> Numbers:
    """Quantiles (…, levels) drawn away from their median, and not below 0; ``logs`` (…, central intervals): by how much
    each interval. Levels between move between, and none beyond one further out."""
    found = np.empty(quantiles.shape)
    levels, central = quantiles.shape[-1], logs.shape[-1]
    _widen(quantiles.reshape(-1, levels), logs.reshape(-1, central), found.reshape(-1, levels))
    return found


@compiled
def _widen(quantiles: Numbers, logs: Numbers, out: Numbers) -> None:
    """Rows of quantiles, each by its logs, into ``out``."""
    factors = np.empty(quantiles.shape[1])
    for row in range(quantiles.shape[0]):
        if row == 0 or (logs[row] != logs[row - 1]).any():
            factors[:] = np.exp(logs[row] @ BETWEEN)
        middle, reach = quantiles[row, MIDDLE], 0.0
        for level in range(MIDDLE, factors.size):
            reach = max(reach, factors[level] * (quantiles[row, level] - middle))
            out[row, level] = middle + reach
        reach = 0.0
        for level in range(MIDDLE - 1, -1, -1):
            reach = max(reach, factors[level] * (middle - quantiles[row, level]))
            out[row, level] = max(middle - reach, 0.0)


@compiled
def _learn(quantiles: Numbers, truth: Numbers, logs: Numbers) -> None:
    """Of one series, from origin to origin, into ``logs`` (origins, days ahead, central intervals)."""
    origins, days = truth.shape
    missed = np.empty(logs.shape)  # over what each interval may miss
    told = np.empty((days, quantiles.shape[2]))
    seen = np.zeros(days // WEEK + 1, np.bool_)
    for origin in range(1, origins):
        _widen(quantiles[origin - 1], logs[origin - 1], told)
        for day in range(days):
            for part in range(len(ENDS)):
                low, high = told[day, ENDS[part][0]], told[day, ENDS[part][1]]
                missed[origin - 1, day, part] = INSIDE[part] - (low <= truth[origin - 1, day] <= high)
            if np.isnan(told[day, MIDDLE] + truth[origin - 1, day]):
                missed[origin - 1, day] = np.nan
        step = np.zeros(len(ENDS))
        for week in range(0, days, WEEK):
            some, number = np.zeros(len(ENDS)), 0
            for day in range(week, min(week + WEEK, days, origin)):
                if not np.isnan(missed[origin - 1 - day, day, 0]):
                    some += missed[origin - 1 - day, day]
                    number += 1
            seen[week // WEEK] |= number > 0
            if seen[week // WEEK]:
                step = PACE * some / max(number, 1)
            for day in range(week, min(week + WEEK, days)):
                for part in range(len(ENDS)):
                    moved = logs[origin - 1, day, part] + step[part]
                    logs[origin, day, part] = min(max(moved, NARROWEST), WIDEST)
