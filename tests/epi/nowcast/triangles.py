"""Reporting triangles of known delay laws, the plain chain ladder, and the score of both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
DAYS, DELAYS, LAST = 60, 21, 10


def hazards(chances: Numbers) -> Numbers:
    """The chance of each delay, from that of a report on the next day; the last delay has who is left."""
    left = np.cumprod(np.append(1.0, 1 - chances))[:-1]
    law = left * chances
    law[-1] += 1 - law.sum()
    return law


def _lognormal(median: float) -> Numbers:
    from scipy.special import ndtr  # type: ignore[import-untyped]

    law = np.diff(ndtr(np.log(np.maximum(np.arange(DELAYS + 1), 1e-9) / median) / 0.6))
    return np.asarray(law / law.sum())


def _heavy(day: int) -> Numbers:
    law = (np.arange(DELAYS) + 1.0) ** -1.3
    return np.asarray(law / law.sum())


LAWS: dict[str, Callable[[int], Numbers]] = {
    "same day": lambda day: hazards(np.full(DELAYS, 0.75)),
    "weekend": lambda day: hazards(np.where((day + np.arange(DELAYS)) % 7 > 4, 0.03, 0.3)),
    "faster": lambda day: _lognormal(7 - 4 * day / DAYS),
    "slower": lambda day: _lognormal(2 + 4 * day / DAYS),
    "heavy": _heavy,
    "steady": lambda day: _lognormal(4.5),
}


def made(law: Callable[[int], Numbers], series: int, seed: int) -> tuple[Numbers, Numbers]:
    """Triangles (series, days, delays), NaN where a report is after the last day, and all cases (series, days)."""
    dice = np.random.default_rng(seed)
    course = np.cumsum(dice.normal(0, 0.06, (series, DAYS)), 1) + 3.5 + dice.normal(0, 0.8, (series, 1))
    cases = dice.poisson(np.exp(course))
    whole = np.stack([dice.multinomial(cases[:, day], law(day)) for day in range(DAYS)], 1)
    known = np.arange(DAYS)[:, None] + np.arange(DELAYS) < DAYS
    return np.where(known, whole, np.nan), cases.astype(np.float64)


def chain_ladder(triangles: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    """Points (series, days) and quantiles (series, days, quantiles) with Poisson remainders."""
    series, days, delays = triangles.shape
    reported = np.cumsum(np.nan_to_num(triangles), 2)
    share = np.ones((series, delays))
    for delay in range(delays - 1, 0, -1):
        rows = slice(0, days - delay)
        before, after = (reported[:, rows, at].sum(1) for at in (delay - 1, delay))
        share[:, delay - 1] = share[:, delay] * before / np.maximum(after, 1e-9)
    last = np.minimum(np.arange(days)[::-1], delays - 1)
    now, part = reported[:, np.arange(days), last], np.maximum(share[:, last], 1e-6)
    dice = np.random.default_rng(seed)
    drawn = now + dice.poisson(now / part * (1 - part), (1000, series, days))
    return now / part, np.moveaxis(np.quantile(drawn, QUANTILES, axis=0), 0, 2)


def wis(quantiles: Numbers, truth: Numbers) -> float:
    """The mean weighted interval score of the last days, by the quantiles above (Bracher J and others, PLoS Comput
    Biol 2021;17:e1008618)."""
    told, held = quantiles[:, -LAST:], truth[:, -LAST:]
    score = 0.5 * abs(held - told[..., 2])
    for low, high, beyond in ((0, 4, 0.1), (1, 3, 0.5)):
        lower, upper = told[..., low], told[..., high]
        off = np.maximum(lower - held, 0) + np.maximum(held - upper, 0)
        score = score + beyond / 2 * (upper - lower) + off
    return float(score.mean() / 2.5)


def errors(points: Numbers, truth: Numbers) -> Numbers:
    """By days since the reference date, from 0: the sum of absolute errors over that of the truth."""
    held = truth[:, -LAST:]
    return np.asarray((abs(points[:, -LAST:] - held).sum(0) / held.sum(0))[::-1])


def coverage(quantiles: Numbers, truth: Numbers) -> float:
    told, held = quantiles[:, -LAST:], truth[:, -LAST:]
    return float(((told[..., 0] <= held) & (held <= told[..., 4])).mean())
