"""Complete cases by reference date, by draws from what the reports leave open."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import exp, expm1, log, sqrt
from os import cpu_count

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from lianfang.epi.compiled import compiled
from lianfang.epi.nowcast import level, reporting
from lianfang.epi.scores.quantiles import of_draws
from lianfang.epi.series import Numbers, Refused, checked

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
TOGETHER = 16
"""Series that one thread takes at once."""
FEW = 40.0
"""Expected cases up to which a count is looked for from 0 on."""


@dataclass(frozen=True, slots=True)
class Nowcast:
    """By series and reference date. NaN in the rows that are refused."""

    reported: Numbers
    quantiles: Numbers
    """(series, days, quantiles), whole numbers, those below and above the median rounded towards it by the
    mid-distribution function: an interval then holds the truth with its nominal chance on average, where one by the
    plain distribution function holds it more often (Ma Y, Genton MG, Parzen E, Ann Inst Stat Math 2011;63:227–243)."""
    drawn: Numbers
    """(draws, series, open days): equally likely complete cases of the last days, one fewer than delays."""
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
    reported on that day says nothing of delays nor of the level, but is counted. A series alone gives what it gives
    among others. Raises ValueError for what is no table of triangles.
    """
    table = np.array(triangles, np.float64)
    if table.ndim == 2:
        table = table[None]
    if table.ndim != 3 or not table.size:
        raise ValueError(f"reporting triangles are (series, days, delays); here is the shape {table.shape}")
    series, days, delays = table.shape
    refused = _refused(table)
    reported = np.full((series, days), np.nan)
    found = np.full((series, days, len(quantiles)), np.nan)
    last = min(delays - 1, days)
    drawn = np.full((draws, series, last), np.nan)
    broken = np.zeros(days, np.bool_)
    broken[list(breaks)] = True
    telling, chance = _telling(broken, delays), _Chance(draws, last, seed)
    rows = [row for row in range(series) if row not in refused]
    reported[rows] = np.nansum(table[rows], 2)
    found[rows] = reported[rows][..., None]

    def some(part: list[int]) -> None:
        for row in part:
            complete = np.empty((draws, last))
            _complete(table[row], telling, broken, chance.members, chance.normals, chance.counts, complete)
            complete += reported[row, days - last :]
            drawn[:, row] = complete
            if last:
                found[row, days - last :] = _quantiles(
                    complete + chance.spread, quantiles, reported[row, days - last :]
                )

    with ThreadPoolExecutor(cpu_count()) as threads:
        for _ in threads.map(some, [rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER)]):
            pass
    return Nowcast(reported, found, drawn, refused)


class _Chance:
    """What all series share: of so many draws and last days, evenly spread over their distributions, each in an order
    of its own."""

    def __init__(self, draws: int, last: int, seed: int) -> None:
        dice = np.random.Generator(np.random.Philox(seed))
        even = (np.arange(draws) + 0.5) / draws
        self.members = even
        """Uniform, rising: (draws)."""
        order = np.argsort(dice.random((4, last, draws)), axis=2)
        alone = ndtri(even)[dice.permutation(draws)]
        normals = ndtri(even)[order[:2]]
        self.normals = np.ascontiguousarray(
            np.concatenate((normals.transpose(2, 1, 0), np.repeat(alone[:, None, None], last, 1)), 2)
        )
        """Standard normal: (draws, last days, 3), the third of the law of reporting, the same on all days."""
        self.counts = np.ascontiguousarray(even[order[2]].T)
        """Uniform: (draws, last days)."""
        self.spread = even[order[3]].T - 0.5


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


@compiled
def _complete(
    triangle: Numbers,
    telling: Numbers,
    broken: np.ndarray,
    members: Numbers,
    normals: Numbers,
    counts: Numbers,
    out: Numbers,
) -> None:
    """Draws of the cases of the last days that are not reported yet into ``out`` (draws, last days)."""
    days, delays = triangle.shape
    draws, last = out.shape
    usual = np.zeros(days)
    for day in range(days):
        for delay in range(min(days - day, delays)):
            usual[day] += triangle[day, delay] * telling[day, delay]
    share, spread = np.empty(days), np.empty(days)
    reporting.fit(triangle, telling, share, spread)
    states, weights = np.empty((len(level.DRIFTS), days, 5)), np.empty(len(level.DRIFTS))
    level.fit(usual, share, spread, broken, states, weights)
    logs = np.empty((draws, last))
    level.courses(states, weights, members, normals[:, :, :2], logs)
    wide = np.log1p(spread[days - last :])
    hazards = -np.log1p(-np.minimum(share[days - last :], 1 - 1e-12)) * np.exp(-wide / 2)
    member, upto = 0, weights[0]
    for draw in range(draws):
        while members[draw] > upto and member < weights.size - 1:
            member += 1
            upto += weights[member]
        size = 1 / level.DRIFTS[member, 2]
        for place in range(last):
            day = days - last + place
            hazard = hazards[place] * exp(sqrt(wide[place]) * normals[draw, place, 2])
            expected = exp(min(max(logs[draw, place], -level.WIDEST), level.WIDEST))
            mean = (size + usual[day]) * expected * exp(-hazard) / (size - expected * expm1(-hazard))
            out[draw, place] = _count(mean, size + usual[day], counts[draw, place])


@compiled
def _count(mean: float, size: float, chance: float) -> float:
    """The count up to which a negative binomial one of that mean and size is with that chance. A large one is
    nearly normal as a cube root (Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684)."""
    scale = 1 + mean / size
    if mean > FEW * scale:
        shape = mean / scale
        root = 1 - 1 / (9 * shape) + _normal(chance) / (3 * sqrt(shape))
        return float(np.floor(mean * max(root, 0.0) ** 3 + 0.5))
    here = exp(-size * log(scale))
    below, number = here, 0.0
    while below < chance and here > 1e-18:
        here *= (size + number) / (number + 1) * (mean / (mean + size))
        number += 1
        below += here
    return number


@compiled
def _normal(chance: float) -> float:
    """The standard normal quantile, to 4 parts in 10,000 (Abramowitz and Stegun 1964, 26.2.23)."""
    tail = min(chance, 1 - chance)
    t = sqrt(-2 * log(tail))
    found = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return float(found if chance > 0.5 else -found)


def _quantiles(spread: Numbers, quantiles: Sequence[float], reported: Numbers) -> Numbers:
    """Of draws (draws, days) spread evenly about their whole numbers, whose distribution function is the
    mid-distribution: (days, quantiles)."""
    levels = np.asarray((*quantiles, 0.5), np.float64)
    found = np.empty((spread.shape[1], levels.size))
    of_draws(np.ascontiguousarray(spread.T), levels, found)
    median = np.round(found[:, -1:])
    found = found[:, :-1]
    lower, upper = np.minimum(np.ceil(found), median), np.maximum(np.floor(found), median)
    side = np.sign(np.asarray(quantiles) - 0.5)
    whole = np.where(side < 0, lower, np.where(side > 0, upper, median))
    return np.asarray(np.maximum(whole, reported[:, None]))
