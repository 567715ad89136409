"""Forecasts of many series from their last day, and what such forecasts were worth on every day before."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from os import cpu_count

import numpy as np
from numpy.typing import ArrayLike

from lianfang.epi.forecast.joined import joined, weights, widened, widths
from lianfang.epi.forecast.members import MEMBERS, members, origins
from lianfang.epi.scores.quantiles import CENTRAL, LEVELS, covered, wis
from lianfang.epi.series import Numbers, Refused, checked

INFORMATIVE = 10
"""Days with a case that a forecast needs."""
MOST_DAYS, MOST_DRAWS = 28, 100_000
DRIFTS = (0.05, 0.08)
"""By how much log R drifts in a day, of the member ``renewal`` and of ``trend``: sd."""
PAST_DRAWS = 60
PASTS = 64
"""Draws of a nowcast that are gone on from, evenly taken."""
TOGETHER = 16
"""Series that one thread takes at once."""


@dataclass(frozen=True, slots=True)
class Past:
    """What forecasts from each day were worth: arrays (series, origins, days ahead), origins the days of the series
    from 0. NaN where no forecast could be made, or the truth is not known, or is a break."""

    wis: Numbers
    members: Numbers
    """Of each member alone, (series, origins, members, days ahead)."""
    covered: Numbers
    """1 or 0: in the central intervals of 50, 80 and 95 %, (series, origins, days ahead, 3)."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """NaN in the rows that are refused; ``few`` joins the reasons of ``series``."""

    quantiles: Numbers
    """(series, days ahead, levels), of the ``LEVELS`` of ``scores.quantiles``."""
    weights: Numbers
    """What each member weighs, (series, members)."""
    past: Past
    refused: Refused


def forecast(
    cases: ArrayLike,
    serial: ArrayLike,
    days: int = 14,
    *,
    draws: int = 1000,
    seed: int = 1,
    breaks: Sequence[int] = (),
    known: ArrayLike | None = None,
    nowcast: ArrayLike | None = None,
    origins: int | None = None,
) -> Forecast:
    """Counts of each of the ``days`` (1 to 28) after the last, by quantiles.

    ``cases``: (series, days), the last of them the origin; ``serial``: chances of the serial interval by day from 0.
    ``breaks``: days, from 0, on which another definition or source made the count; what they hold is not learnt from,
    and no forecast is scored by it. ``known``: (origins, series, days), what was known of the counts on each day, as
    many origins as days: past forecasts then see only that. ``nowcast``: (draws, series, days), equally likely counts
    of the last days, in the place of those, which score nothing then. ``origins``: from the last so many days of which
    the counts are complete past forecasts are made, without it from all. A series alone gives what it gives among
    others, and the same arguments the same figures.

    A series is refused as ``few`` where fewer than 10 of its days have a case: there is nothing yet to go on from.
    Raises ValueError for arguments that cannot be.
    """
    counts, refused = checked(cases)
    chances = _serial(serial)
    if not 1 <= days <= MOST_DAYS or not PAST_DRAWS <= draws <= MOST_DRAWS:
        raise ValueError(f"a forecast has 1 to {MOST_DAYS} days and {PAST_DRAWS} to {MOST_DRAWS} draws")
    views = _known(known, counts, refused)
    for row in np.flatnonzero((counts > 0).sum(1) < INFORMATIVE).tolist():
        refused.setdefault(row, "few")
    drawn = _drawn(counts, nowcast)
    if any(not 0 < at < counts.shape[1] for at in breaks):
        raise ValueError(
            f"a break is a day of the series after its first, 1 to {counts.shape[1] - 1}; here is {breaks}"
        )
    stop = counts.shape[1] - drawn.shape[2]
    made = slice(0 if origins is None else max(stop - origins, 0), stop)
    scored = counts.copy()
    scored[:, list(breaks)] = scored[:, stop:] = np.nan
    _bridge(views, breaks, 0)
    _bridge(drawn, breaks, stop)
    dice = np.random.Generator(np.random.Philox(seed))
    chance = _Chance(dice, draws, days), _Chance(dice, PAST_DRAWS, days)
    rows = [row for row in range(len(counts)) if row not in refused]
    parts = [rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER)]

    def some(part: list[int]) -> tuple[Numbers, Numbers, Past]:
        return _some(views[part], scored[part], drawn[part], chances, chance, made)

    found = _empty(len(counts), counts.shape[1], days, refused)
    with ThreadPoolExecutor(cpu_count()) as threads:
        for part, (told, weighs, past) in zip(parts, threads.map(some, parts), strict=True):
            found.quantiles[part], found.weights[part] = told, weighs
            for name in (field.name for field in fields(Past)):
                getattr(found.past, name)[part, made] = getattr(past, name)
    return found


class _Chance:
    """Standard normal numbers that all series share, each with its opposite: (draws, 1 + days) and (draws, days)."""

    def __init__(self, dice: np.random.Generator, draws: int, days: int) -> None:
        half = dice.standard_normal(((draws + 1) // 2, 2 * days + 1))
        both = np.concatenate((half, -half))[:draws]
        self.walks, self.noise = both[:, : days + 1].copy(), both[:, days + 1 :].copy()


def _some(
    known: Numbers, scored: Numbers, drawn: Numbers, serial: Numbers, chances: tuple[_Chance, _Chance], made: slice
) -> tuple[Numbers, Numbers, Past]:
    """Quantiles from the last day, weights, and scores of the origins ``made``, of a few series."""
    last, before = chances
    series = len(scored)
    days, drifts, levels = last.noise.shape[1], np.asarray(DRIFTS), np.asarray(LEVELS)
    seen = np.diagonal(known, axis1=1, axis2=2) if known.shape[1] > 1 else known[:, 0]
    asked = (np.cumsum(seen > 0, axis=1) >= INFORMATIVE)[:, made]
    asked[:, -1:] = False
    told = np.full((*asked.shape, len(MEMBERS), days, levels.size), np.nan)
    origins(known, made.start, asked, serial, drifts, before.walks, before.noise, levels, told)
    first, later = (_ahead(np.where(np.isnan(scored), np.nan, table), days)[:, made] for table in (seen, scored))
    early = _each(told, first)
    weighs = weights(early)
    both = joined(told, weighs)
    wider = widths(both, first)
    both = widened(both, wider)
    own = early if known.shape[1] == 1 else _each(told, later)
    past = Past(wis(both, LEVELS, later), own, covered(both, LEVELS, later))
    now = np.empty((series, len(MEMBERS), days, levels.size))
    for row in range(series):
        members(known[row, -1], drawn[row], serial, drifts, last.walks, last.noise, levels, now[row])
    return widened(joined(now, weighs[:, -1]), wider[:, -1]), weighs[:, -1], past


def _each(told: Numbers, truth: Numbers) -> Numbers:
    """WIS of each member: (series, origins, members, days ahead)."""
    return wis(told, LEVELS, np.repeat(truth[:, :, None], told.shape[2], 2))


def _ahead(table: Numbers, days: int) -> Numbers:
    """What came after each day: (series, days) as (series, origins, days ahead), NaN beyond the end."""
    longer = np.concatenate((table, np.full((len(table), days), np.nan)), axis=1)
    at = np.arange(table.shape[1])[:, None] + np.arange(1, days + 1)
    return np.asarray(longer[:, at])


def _serial(serial: ArrayLike) -> Numbers:
    """The serial interval as chances that sum to 1. Raises ValueError where it has no mass after day 0."""
    chances = np.array(serial, np.float64)
    if chances.ndim != 1 or not np.isfinite(chances).all() or (chances < 0).any() or not chances[1:].sum() > 0:
        raise ValueError("a serial interval is a chance for each day from 0, none below 0, and some after day 0")
    chances[0] = 0
    return np.asarray(chances / chances.sum())


def _known(known: ArrayLike | None, counts: Numbers, refused: dict[int, str]) -> Numbers:
    """What each origin may see: (series, views, days), one view where nothing was revised."""
    if known is None:
        return counts[:, None].copy()
    found = np.array(known, np.float64)
    series, days = counts.shape
    if found.shape != (days, series, days):
        raise ValueError(f"known is {(days, series, days)}: origins, series, days; here is {found.shape}")
    found = found.transpose(1, 0, 2).copy()
    found[:, np.arange(days)[None, :] > np.arange(days)[:, None]] = 0
    for row in range(series):
        for reason in checked(found[row])[1].values():
            refused.setdefault(row, reason)
    return found


def _drawn(counts: Numbers, nowcast: ArrayLike | None) -> Numbers:
    """Equally likely counts of the last days, (series, draws, days); none of either without a nowcast."""
    if nowcast is None:
        return np.empty((len(counts), 0, 0))
    draws = np.asarray(nowcast, np.float64)
    if draws.ndim != 3 or draws.shape[1] != len(counts) or not 1 <= draws.shape[2] < counts.shape[1]:
        raise ValueError(f"a nowcast is draws, series, last days for {len(counts)} series; here is {draws.shape}")
    some = np.linspace(0, len(draws) - 1, min(len(draws), PASTS)).astype(np.int64)
    return draws[some].swapaxes(0, 1).copy()


def _bridge(table: Numbers, breaks: Sequence[int], first: int) -> None:
    """What a break holds becomes the mean of the three days before it; ``first``: the day of its first."""
    for at in sorted(one - first for one in breaks if one > first):
        table[..., at] = np.round(table[..., max(0, at - 3) : at].mean(-1))


def _empty(series: int, length: int, days: int, refused: Refused) -> Forecast:
    past = Past(
        np.full((series, length, days), np.nan),
        np.full((series, length, len(MEMBERS), days), np.nan),
        np.full((series, length, days, len(CENTRAL)), np.nan),
    )
    return Forecast(
        np.full((series, days, len(LEVELS)), np.nan), np.full((series, len(MEMBERS)), np.nan), past, refused
    )
