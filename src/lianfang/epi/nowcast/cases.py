"""Complete cases by reference date, by draws from what the reports leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lianfang.epi.nowcast import level, reporting
from lianfang.epi.series import Numbers, Refused, checked

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
BLOCK = 128
"""Series that are worked on together."""


@dataclass(frozen=True, slots=True)
class Nowcast:
    """By series and reference date. NaN in the rows that are refused."""

    reported: Numbers
    quantiles: Numbers
    """(series, days, quantiles), whole numbers, those below and above the median rounded towards it by the
    mid-distribution function: an interval then holds the truth with its nominal chance on average, where one by the
    plain distribution function holds it more often (Ma Y, Genton MG, Parzen E, Ann Inst Stat Math 2011;63:227–243)."""
    drawn: Numbers
    """(draws, series, open days): equally likely complete cases of the last days, as many as one fewer than delays."""
    refused: Refused
    """``missing``, ``negative``, ``fraction``, ``infinite``, ``empty``, or ``short`` (fewer days than delays)."""


def nowcast(
    triangles: ArrayLike,
    *,
    quantiles: Sequence[float] = QUANTILES,
    draws: int = 1000,
    seed: int = 1,
    breaks: Sequence[int] = (),
) -> Nowcast:
    """Complete cases of reporting triangles (series, days, delays): new reports by reference date and delay, NaN where
    day + delay is after the last day. Whatever comes later than the last delay is not counted.

    ``breaks``: days, from 0, from which another definition or source counts: the level may jump there, and what was
    reported on that day says nothing of delays nor of the level, but is counted. Raises ValueError for what is no
    table of triangles.
    """
    table = np.array(triangles, np.float64)
    if table.ndim == 2:
        table = table[None]
    if table.ndim != 3 or not table.size:
        raise ValueError(f"reporting triangles are (series, days, delays); here is the shape {table.shape}")
    series, days, delays = table.shape
    refused = _refused(table)
    good = np.array([row for row in range(series) if row not in refused], np.int64)
    reported = np.full((series, days), np.nan)
    found = np.full((series, days, len(quantiles)), np.nan)
    open_days = slice(max(days - delays + 1, 0), days)
    drawn = np.full((draws, series, days - open_days.start), np.nan)
    broken = np.zeros(days, np.bool_)
    broken[list(breaks)] = True
    for block in range(0, len(good), BLOCK):
        rows = good[block : block + BLOCK]
        reported[rows] = np.nansum(table[rows], 2)
        telling = _telling(broken, delays)
        law, usual = reporting.fit(table[rows], telling), np.nansum(table[rows] * telling, 2)
        course = level.fit(usual, law.share, law.spread, broken)
        found[rows] = reported[rows][..., None]
        for place, row in enumerate(rows):  # each by the same dice: it comes out as it would alone
            dice = np.random.Generator(np.random.Philox(seed))
            one = slice(place, place + 1)
            its = reporting.Reporting(law.share[one], law.spread[one])
            of = level.Level(course.mean[one], course.variance[one], course.weight[one])
            complete = reported[[row], open_days, None] + _to_come(usual[one], its, of, open_days, draws, dice)
            drawn[:, row] = complete[0].T
            found[row, open_days] = _quantiles(complete, quantiles, reported[[row], open_days], dice)[0]
    return Nowcast(reported, found, drawn, refused)


def _refused(table: Numbers) -> dict[int, str]:
    _, days, delays = table.shape
    known = np.arange(days)[:, None] + np.arange(delays) < days
    cells = np.where(known, table, 0.0)
    _, refused = checked(cells.reshape(len(table), -1), empty=True)
    if days <= delays:
        refused |= {row: "short" for row in range(len(table)) if row not in refused}
    return refused


def _telling(broken: NDArray[np.bool_], delays: int) -> Numbers:
    """1 for reports that say something of delays, 0 for those of a day of a break (days, delays)."""
    report = np.arange(len(broken))[:, None] + np.arange(delays)
    return np.asarray(1.0 - np.append(broken, False)[np.minimum(report, len(broken))])


def _to_come(
    reported: Numbers,
    law: reporting.Reporting,
    course: level.Level,
    open_days: slice,
    draws: int,
    dice: np.random.Generator,
) -> Numbers:
    """Cases not reported yet (series, open days, draws)."""
    series = len(reported)
    which = (dice.random((series, draws, 1)) > np.cumsum(course.weight, 1)[:, None, :]).sum(2)
    which = np.minimum(which, course.weight.shape[1] - 1)
    at = np.arange(series)[:, None], which
    mean, sd = (of[..., open_days][at].swapaxes(1, 2) for of in (course.mean, np.sqrt(course.variance)))
    expected = np.exp(np.clip(mean + sd * dice.standard_normal(mean.shape), -30, 30))
    share, spread = law.share[:, open_days, None], np.log1p(law.spread[:, open_days, None])
    hazard = -np.log1p(-np.minimum(share, 1 - 1e-12))
    hazard = hazard * np.exp(np.sqrt(spread) * dice.standard_normal(mean.shape) - spread / 2)
    size = 1 / level.DRIFTS[2][which][:, None, :]
    part = -np.expm1(-hazard)
    chance = (size + expected * part) / (size + expected)
    drawn = dice.negative_binomial(size + reported[:, open_days, None], np.minimum(chance, 1.0))
    return np.asarray(drawn, np.float64)


def _quantiles(complete: Numbers, quantiles: Sequence[float], reported: Numbers, dice: np.random.Generator) -> Numbers:
    """Of the draws spread evenly about their whole numbers, whose distribution function is the mid-distribution."""
    spread = complete + dice.random(complete.shape) - 0.5
    found: Numbers = np.moveaxis(np.quantile(spread, (*quantiles, 0.5), axis=2), 0, 2)
    median = np.round(found[..., -1:])
    found = found[..., :-1]
    lower, upper = np.minimum(np.ceil(found), median), np.maximum(np.floor(found), median)
    side = np.sign(np.asarray(quantiles) - 0.5)
    whole = np.where(side < 0, lower, np.where(side > 0, upper, median))
    return np.asarray(np.maximum(whole, reported[..., None]))
