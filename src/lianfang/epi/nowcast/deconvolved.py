"""Days of an event from those of what follows it: infections from onsets, onsets from reports.

What is expected is found by Richardson and Lucy's iteration, corrected for what is not seen at either end and stopped
as soon as the counts that follow from it are as near to those that were seen as chance would have them: Goldstein E,
Dushoff J, Ma J and others. PNAS 2009;106:21825–21829, doi:10.1073/pnas.0902958106. It is smoother than what was: a
sharp turn is told as a bend of some days. The events themselves are drawn given what is expected, each seen one being
that of one of the days before it, as in data augmentation (Tanner MA, Wong WH. J Am Stat Assoc 1987;82:528–540,
doi:10.1080/01621459.1987.10478458).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lianfang.epi.compiled import compiled
from lianfang.epi.forecast.members import count
from lianfang.epi.nowcast.cases import QUANTILES
from lianfang.epi.scores.quantiles import of_draws
from lianfang.epi.series import Numbers, Refused, checked

ROUNDS = 100
"""Of the iteration at most; overdispersed counts are never met as closely as chance would have them."""
LEAST_SHARE = 0.1
"""Days of whose events a smaller part can be among the counts are not told."""
MOST_DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class Deconvolved:
    """Arrays (series, days), the first of them ``first`` days before that of the counts. NaN in the rows that are
    refused and on days of which too little is seen."""

    first: int
    share: Numbers
    """The part of each day's events whose counts can be seen, (days)."""
    mean: Numbers
    quantiles: Numbers
    """(series, days, quantiles) of the number of events. The delay is taken as known."""
    refused: Refused


def deconvolve(
    cases: ArrayLike,
    delay: ArrayLike,
    *,
    drawn: ArrayLike | None = None,
    quantiles: Sequence[float] = QUANTILES,
    draws: int = 200,
    seed: int = 1,
) -> Deconvolved:
    """Events by day of the counts ``cases`` (series, days) that follow them by ``delay``: chances by day from 0.

    ``drawn``: (draws, series, last days), equally likely counts of the last days, as ``nowcast`` draws them; the last
    days of ``cases`` are then their means. A series alone gives what it gives among others. Raises ValueError for what
    can be no delay, and for draws that do not fit.
    """
    counts, refused = checked(cases, empty=True)
    law = _law(delay)
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws: 1 to {MOST_DRAWS}; here are {draws}")
    open_days = _open(drawn, counts)
    last = slice(counts.shape[1] - open_days.shape[2], None)
    days, back = counts.shape[1], law.size - 1
    share = np.convolve(np.r_[np.zeros(back), np.ones(days), np.zeros(back)], law[::-1], "valid")
    mean = np.full((len(counts), days + back), np.nan)
    found = np.full((*mean.shape, len(quantiles)), np.nan)
    normals = np.random.Generator(np.random.Philox(seed)).standard_normal((draws, 2 * days + back))
    told = share >= LEAST_SHARE
    for row in (row for row in range(len(counts)) if row not in refused):
        its = counts[row].copy()
        some = np.repeat(its[None], draws, 0)
        if open_days.shape[2]:
            its[last] = open_days[:, row].mean(0)
            some[:, last] = open_days[np.arange(draws) % len(open_days), row]
        events, each, ordered = (
            np.empty(share.size),
            np.empty((draws, share.size)),
            np.empty((told.sum(), len(quantiles))),
        )
        _draws(its, some, law, share, normals, events, each)
        of_draws(np.ascontiguousarray(each.T[told]), np.asarray(quantiles, np.float64), ordered)
        mean[row, told], found[row, told] = events[told], ordered
    return Deconvolved(back, share, mean, found, refused)


def _law(delay: ArrayLike) -> Numbers:
    chances = np.array(delay, np.float64)
    if chances.ndim != 1 or not np.isfinite(chances).all() or (chances < 0).any() or not chances.sum() > 0:
        raise ValueError("a delay is a chance for each day from 0, none below 0, and not all 0")
    upto = np.flatnonzero(chances)[-1] + 1
    return np.asarray(chances[:upto] / chances.sum())


def _open(drawn: ArrayLike | None, counts: Numbers) -> Numbers:
    if drawn is None:
        return np.empty((0, len(counts), 0))
    found = np.asarray(drawn, np.float64)
    if found.ndim != 3 or not len(found) or found.shape[1] != len(counts) or found.shape[2] > counts.shape[1]:
        raise ValueError(f"draws are draws, series, last days for {len(counts)} series; here is {found.shape}")
    return found


@compiled
def _draws(
    counts: Numbers, some: Numbers, law: Numbers, share: Numbers, normals: Numbers, events: Numbers, each: Numbers
) -> None:
    """The events expected of ``counts`` (days) into ``events``, and into ``each`` (draws, days of events) events drawn:
    what is expected of counts that scatter as those do, then each count of ``some`` (draws, days) given that."""
    expected, again = np.empty(counts.size), np.empty(counts.size)
    off, rounds = _iterate(counts, law, share, ROUNDS, events, expected)
    scatter = np.sqrt(max(off, 1.0) * expected)
    back, its = law.size - 1, np.empty(events.size)
    for draw in range(len(some)):
        again[:] = np.maximum(some[draw] + scatter * normals[draw, : counts.size], 0.0)
        _iterate(again, law, share, -rounds, its, expected)
        for day in range(events.size):
            unseen = (1 - share[day]) * its[day]
            mean, variance = unseen, unseen
            for delay in range(max(back - day, 0), min(law.size, counts.size + back - day)):
                seen = day - back + delay
                part = law[delay] * its[day] / max(expected[seen], 1e-300)
                mean += some[draw, seen] * part
                variance += some[draw, seen] * part * (1 - part)
            wider = (variance / mean - 1) / mean if mean > 0 else 0.0
            each[draw, day] = count(mean, wider, normals[draw, counts.size + day])


@compiled
def _iterate(
    counts: Numbers, law: Numbers, share: Numbers, rounds: int, events: Numbers, expected: Numbers
) -> tuple[float, int]:
    """``events`` and the counts ``expected`` of them, after so many rounds at most: as many as given below 0, or after
    the first until the mean square of the standardised differences is below 1; that mean, and the rounds taken."""
    days, back = counts.size, law.size - 1
    usual = 0.0
    for delay in range(law.size):
        usual += delay * law[delay]
    for day in range(events.size):  # the counts so many days later, smoothed; none begins at 0, and stays there
        at = min(max(day - back + int(usual + 0.5), 0), days - 1)
        near = counts[max(at - 3, 0) : at + 4]
        events[day] = near.mean() + 0.1
    off, step = np.inf, 0
    while True:
        _expect(events, law, expected)
        off = (((counts - expected) ** 2) / np.maximum(expected, 1e-9)).mean()
        if step >= abs(rounds) or (rounds > 0 and step and off < 1):
            return off, step
        ratio = counts / np.maximum(expected, 1e-300)
        for day in range(events.size):
            found = 0.0
            for delay in range(max(back - day, 0), min(law.size, days + back - day)):
                found += law[delay] * ratio[day - back + delay]
            events[day] *= found / share[day] if share[day] > 0 else 1.0
        step += 1


@compiled
def _expect(events: Numbers, law: Numbers, expected: Numbers) -> None:
    """The counts by day that follow from events."""
    back = law.size - 1
    for day in range(expected.size):
        found = 0.0
        for delay in range(law.size):
            found += law[delay] * events[day + back - delay]
        expected[day] = found
