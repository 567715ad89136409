"""The day's run: from reports by day and delay to complete counts, the reproduction number and the days to come, the
doubt of each going into the next. Pure; many series at once. A series without a case costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lianfang.epi.forecast.ahead import Forecast, Past, forecast
from lianfang.epi.nowcast.cases import QUANTILES, Nowcast, nowcast
from lianfang.epi.reproduction.cori import Estimate
from lianfang.epi.reproduction.nowcasted import cori_of_draws
from lianfang.epi.reproduction.serial import sliding
from lianfang.epi.series import Numbers


@dataclass(frozen=True, slots=True)
class Daily:
    """Rows are series, in the order they came in; of each part those that it refuses are NaN."""

    now: Nowcast
    reproduction: Estimate
    """At the quantiles of the nowcast."""
    below_one: Numbers
    """The chance that R of a window is below 1, (series, windows)."""
    ahead: Forecast


def daily(
    triangles: ArrayLike,
    serial: ArrayLike,
    *,
    after: int = 0,
    window: int = 7,
    days: int = 14,
    draws: int = 400,
    seed: int = 1,
    origins: int | None = None,
    breaks: Sequence[int] = (),
) -> Daily:
    """Complete cases of reporting triangles (series, days, delays) as ``nowcast`` has them, R of every ``window`` days,
    and the ``days`` ahead, each draw of the nowcast taken on into R and into the forecast.

    ``serial``: chances of the serial interval by day from 0. ``after``: how many of the last days are looked at only
    for what they tell of those before: R ends, and the forecast begins, so many days before the last. ``origins``: past
    days from which forecasts are scored, the last so many of which the counts are complete. ``breaks``: as in
    ``nowcast``. What the nowcast refuses the others refuse for the same reason. All draws are held at once: of
    thousands of series give some hundred at a time. Raises ValueError for what cannot be.
    """
    now = nowcast(triangles, draws=draws, seed=seed, breaks=breaks)
    length = now.reported.shape[1] - after
    if after < 0 or length <= window:
        raise ValueError(f"after: {window + 1} days or more are to be left; here are {length}")
    good = np.array([row for row in range(len(now.reported)) if row not in now.refused], np.int64)
    counts = now.reported[good, :length]
    drawn = now.drawn[:, good, : max(now.drawn.shape[2] - after, 0)]
    told, chance = cori_of_draws(counts, drawn, serial, sliding(length, window), quantiles=QUANTILES)
    ahead = forecast(
        counts, serial, days, draws=draws, seed=seed, origins=origins, nowcast=drawn if drawn.shape[2] else None
    )
    return Daily(now, *_placed(told, chance, ahead, good, now.refused, len(now.reported)))


def _placed(
    told: Estimate, chance: Numbers, ahead: Forecast, good: np.ndarray, refused: Mapping[int, str], series: int
) -> tuple[Estimate, Numbers, Forecast]:
    """The rows ``good`` among all."""

    def wide(part: Numbers) -> Numbers:
        found = np.full((series, *part.shape[1:]), np.nan)
        found[good] = part
        return found

    def reasons(own: Mapping[int, str]) -> Mapping[int, str]:
        return MappingProxyType({**refused, **{int(good[row]): reason for row, reason in own.items()}})

    past = Past(wide(ahead.past.wis), wide(ahead.past.members), wide(ahead.past.covered))
    return (
        replace(
            told, mean=wide(told.mean), sd=wide(told.sd), quantiles=wide(told.quantiles), refused=reasons(told.refused)
        ),
        wide(chance),
        Forecast(wide(ahead.quantiles), wide(ahead.weights), past, reasons(ahead.refused)),
    )
