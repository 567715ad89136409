"""Forecasts of members joined into one, each by what it was worth before, and made as wide as past errors ask.

Width: Gibbs I, Candès E. Adaptive conformal inference under distribution shift. NeurIPS 2021. arXiv:2106.00170
"""

from __future__ import annotations

import numpy as np

from lianfang.epi.scores.quantiles import LEVELS, covered
from lianfang.epi.series import Numbers

KEPT = 0.95
"""What a score counts for a day later, of what it counted before."""
EQUAL = 1.0
"""How many days of scores the belief is worth that all members are alike."""
SHARPNESS = 2.0
"""The power of its past score by which a member weighs less."""
KEPT_WITHIN = 0.8
"""The central interval by whose misses the width moves."""
PACE = 0.1
"""By how much the log of the width moves on a day on which all were missed."""
NARROWEST, WIDEST = -0.5, 2.0
"""Of the log of the width."""
WEEK = 7


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
    """The weighted mean of each quantile: of (…, members, days, levels) and (…, members), (…, days, levels)."""
    return np.asarray(np.einsum("...mdl,...m->...dl", quantiles, weighs))


def widths(quantiles: Numbers, truth: Numbers) -> Numbers:
    """By how much the forecast of each origin must be wider, or narrower: (series, origins, days ahead), alike within a
    week. It grows as forecasts made so wide missed, and shrinks as they did not; by what was known at the origin.

    ``quantiles``: (series, origins, days ahead, levels); ``truth``: first known counts, (series, origins, days ahead).
    """
    series, origins, days = truth.shape
    logs = np.zeros((series, origins, days))
    ahead = np.arange(1, days + 1)
    for origin in range(1, origins):
        made = origin - ahead
        past, at = made[made >= 0], ahead[made >= 0] - 1
        told = widened(quantiles[:, past, at], np.exp(logs[:, past, at]))
        missed = 1 - covered(told, LEVELS, truth[:, past, at], [KEPT_WITHIN])[..., 0] - (1 - KEPT_WITHIN)
        logs[:, origin] = logs[:, origin - 1]
        for week in range(0, days, WEEK):
            some = missed[:, (at >= week) & (at < week + WEEK)]
            number = (~np.isnan(some)).sum(1)
            step = PACE * np.nansum(some, 1) / np.maximum(number, 1)
            moved = logs[:, origin, week : week + WEEK] + step[:, None]
            logs[:, origin, week : week + WEEK] = np.clip(moved, NARROWEST, WIDEST)
    return np.exp(logs)


def widened(quantiles: Numbers, width: Numbers) -> Numbers:
    """Quantiles (…, levels) drawn away from their median by ``width`` (…), and not below 0."""
    middle = quantiles[..., LEVELS.index(0.5), None]
    return np.asarray(np.maximum(middle + width[..., None] * (quantiles - middle), 0))
