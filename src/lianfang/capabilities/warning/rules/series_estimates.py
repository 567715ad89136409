"""What is estimated from an area's series: complete onsets, R, the days to come, and days with more than expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.warning.rules.series import Cases, Counts, Days, counts, triangles
from lianfang.capabilities.warning.rules.series_terms import Break, Detector, serial_interval, terms
from lianfang.epi.aberration.control import kept, unlikely
from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.found import Found
from lianfang.epi.daily import Daily, daily
from lianfang.epi.reproduction.serial import discrete

BRIDGED: Final = 3
"""Days whose mean stands for a day of a break."""


class Span(NamedTuple):
    """Days as ordinals: the first that is looked at, the last that is told, the last that was known."""

    first: int
    as_of: int
    last: int

    @property
    def told(self) -> int:
        """How many days are told."""
        return self.as_of - self.first + 1


class Series(NamedTuple):
    """Cases by division and day (places, days told). ``unknown_onset``: of how many that were confirmed on these days
    no day of onset is on record, (places)."""

    onset: Counts
    report: Counts
    confirmation: Counts
    unknown_onset: Days

    def of(self, places: Sequence[int]) -> Series:
        """Those of some divisions."""
        some = list(places)
        return Series(self.onset[some], self.report[some], self.confirmation[some], self.unknown_onset[some])


class Alarm(NamedTuple):
    """More cases were confirmed on a day than expected."""

    detector: str
    day: int
    observed: int
    expected: float | None
    upper: float | None


def span(as_of: date, last: date) -> Span:
    """The days that are looked at."""
    return Span(as_of.toordinal() - terms().course.days + 1, as_of.toordinal(), last.toordinal())


def breaks(disease: str, meets: Callable[[str], bool]) -> tuple[Break, ...]:
    """The declared breaks of a division: ``meets`` tells whether it and another hold each other."""
    return tuple(one for one in terms().breaks if one.disease == disease and meets(one.area))


def series(cases: Cases, places: int, of: Span) -> Series:
    """The series of divisions, as far as they were known."""
    held = Cases(*(column[cases.known <= of.last] for column in cases))
    onset, report, confirmation = (counts(held.place, days, places, of.first, of.told) for days in held[1:4])
    nameless = counts(held.place, np.where(held.onset, 0, held.confirmation), places, of.first, of.told)
    return Series(onset, report, confirmation, nameless.sum(1).astype(np.int64))


def outlook(cases: Cases, places: int, of: Span, disease: str, broken: Sequence[Break]) -> Daily | None:
    """Nowcast, R and forecast of divisions that have the same breaks. None where no serial interval is known."""
    its = terms()
    interval = serial_interval(disease)
    if interval is None:
        return None
    # what came to be known later tells of the days before
    days = of.last - of.first + 1
    return daily(
        triangles(cases, places, of.first, of.last, its.course.delays),
        discrete(interval.mean_days or 0.0, interval.sd_days or 0.0, its.reproduction.serial_days),
        after=of.last - of.as_of, window=its.reproduction.window_days, days=its.forecast.days, draws=its.nowcast.draws,
        seed=its.nowcast.seed, origins=its.forecast.origins,
        breaks=[at for one in broken if 0 < (at := one.day.toordinal() - of.first) < days],
    )  # fmt: skip


def alarms(confirmed: Counts, of: Span, broken: Sequence[Sequence[Break]]) -> list[tuple[Alarm, ...]]:
    """The alarms of each division's confirmations (places, days told) on the days of which alarms are told; ``broken``:
    the breaks of each. On the day of a break none is told, and the mean of the days before stands for it later."""
    found: list[list[Alarm]] = [[] for _ in confirmed]
    steady, silent = bridged(confirmed, of, broken)
    silent[:, : max(of.told - terms().alarms.days, 0)] = True
    for detector in terms().detectors:
        told = _detected(detector, steady)
        for place, n in np.argwhere(told.alarm & ~silent[:, told.at]).tolist():
            day = int(told.at[n])
            expected, upper = (_known(its[place, n]) for its in (told.expected, told.upper))
            found[place].append(Alarm(detector.code, of.first + day, int(confirmed[place, day]), expected, upper))
    return [tuple(sorted(some, key=lambda one: (one.day, one.detector))) for some in found]


def controlled(
    confirmed: Counts, raised: Sequence[Sequence[Alarm]], of: Span, broken: Sequence[Sequence[Break]]
) -> list[tuple[Alarm, ...]]:
    """The alarms that stay when those of all divisions on a day are looked at together: of these so many at most are
    expected to be chance as the terms say."""
    at, chances = unlikely(bridged(confirmed, of, broken)[0])
    stay = kept(chances, terms().alarms.false_share)
    first = of.first + int(at[0]) if at.size else 0
    return [
        tuple(one for one in some if at.size and one.day >= first and stay[place, one.day - first])
        for place, some in enumerate(raised)
    ]


def bridged(confirmed: Counts, of: Span, broken: Sequence[Sequence[Break]]) -> tuple[Counts, NDArray[np.bool_]]:
    """Confirmations with the days of breaks bridged, and where those are."""
    steady, there = confirmed.copy(), np.zeros(confirmed.shape, bool)
    for place, ones in enumerate(broken):
        for at in sorted(one.day.toordinal() - of.first for one in ones):
            if 0 < at < of.told:
                steady[place, at] = np.round(steady[place, max(at - BRIDGED, 0) : at].mean())
                there[place, at] = True
    return steady, there


def _detected(detector: Detector, confirmed: Counts) -> Found:
    if detector.code == "cusum":
        return cusum(confirmed, first=detector.first_days)
    return ears(confirmed, {"ears-c1": "C1", "ears-c2": "C2"}[detector.code], minSigma=detector.least_sd)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
