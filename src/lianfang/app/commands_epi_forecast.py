"""``lianfang epi forecast`` and ``lianfang epi score``: counts of the days to come, and their worth once they came."""

from __future__ import annotations

import argparse
import csv
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lianfang.app.commands_epi_rows import ABSENT, Refusal, Row, day, rows
from lianfang.app.commands_epi_series import DAILY, Series, by_length, cell, read, tell
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.epi.forecast.ahead import Forecast
    from lianfang.epi.series import Numbers

DISEASE, DELAY = "ncov-2020", "serial_interval"
"""Whose published serial interval stands where none is given."""
SERIAL_DAYS = 60
CENTRAL = ("50", "80", "95")


def add(what: Any, lang: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds the commands to the parser's."""
    ahead = what.add_parser("forecast", help="counts of the days to come, with their past score")
    ahead.add_argument("cases", metavar="INC.csv", type=Path, help="columns series, date, cases")
    ahead.add_argument("--days", metavar="N", type=int, default=14, help="days ahead, 1 to 28 (14)")
    ahead.add_argument("--draws", metavar="N", type=int, default=1000, help="draws behind the quantiles (1000)")
    ahead.add_argument("--seed", metavar="N", type=int, default=1, help="where the draws begin (1)")
    ahead.add_argument("--si-mean", metavar="DAYS", type=float, help="mean of the serial interval (the profile's)")
    ahead.add_argument("--si-sd", metavar="DAYS", type=float, help="its standard deviation (the profile's)")
    ahead.add_argument("--break", dest="breaks", metavar="DATE", action="append", default=[], help="another definition")
    ahead.add_argument("--origins", metavar="FILE", type=Path, help="also write the score of every past origin here")
    lang(ahead)
    ahead.set_defaults(run=forecasts)
    score = what.add_parser("score", help="score forecasts by what came")
    score.add_argument("forecasts", metavar="FORECAST.csv", type=Path, help="series, origin, date, q0.025 … q0.975")
    score.add_argument("cases", metavar="INC.csv", type=Path, help="columns series, date, cases")
    lang(score)
    score.set_defaults(run=scores)


def forecasts(options: Namespace) -> int:
    """0: every series was used; 1: rows or series were refused, which are named; 2: a file or an option cannot be
    used."""
    from lianfang.epi.forecast.ahead import forecast
    from lianfang.epi.scores.quantiles import LEVELS

    breaks = [_day(text) for text in options.breaks]
    serial = _serial(options)
    refused: list[Refusal] = []
    lines: dict[str, list[tuple[object, ...]]] = {}
    origins: list[tuple[object, ...]] = []
    for dates, some in _by_dates(read(options.cases, (DAILY,), 1, refused)):
        at = [dates.index(one) for one in breaks if one in dates[1:]]
        try:
            found = forecast(
                [one.counts for one in some],
                serial,
                options.days,
                draws=options.draws,
                seed=options.seed,
                breaks=at,
            )
        except ValueError as error:
            raise Unusable(str(error)) from None
        for place, one in enumerate(some):
            if place in found.refused:
                refused.append(Refusal(*one.row[:2], "series", found.refused[place], {"name": one.name}))
                continue
            lines[one.name] = _lines(one, found, place)
            origins += _origins(one, found, place)
    titles = ("series", "origin", "date", "ahead", *map(_title, LEVELS), "past", "past_wis", "flat_wis", "seasonal_wis")
    if options.origins:
        _write(options.origins, origins)
    return tell((*titles, *(f"past_cover_{part}" for part in CENTRAL)), lines, refused, options.lang)


def scores(options: Namespace) -> int:
    """Returns as ``forecasts`` does."""
    from lianfang.epi.scores.quantiles import LEVELS, covered, wis

    refused: list[Refusal] = []
    truth = {
        (one.name, at): count
        for one in read(options.cases, (DAILY,), 1, refused)
        for at, count in zip(one.dates, one.counts, strict=True)
    }
    told = list(_told(options.forecasts, [_title(level) for level in LEVELS], refused))
    told.sort(key=lambda one: (one.series, one.ahead))
    lines: dict[str, list[tuple[object, ...]]] = {}
    for (name, ahead), some in groupby(told, key=lambda one: (one.series, one.ahead)):
        known = [one for one in some if (name, one.date) in truth]
        if not known:
            continue
        came = [truth[name, one.date] for one in known]
        found = [one.quantiles for one in known]
        figures = (wis(found, LEVELS, came).mean(), *covered(found, LEVELS, came).mean(0))
        lines.setdefault(name, []).append((name, ahead, len(known), *map(cell, figures)))
    if not lines and not refused:
        raise Unusable(f"{options.forecasts}: no forecast is of a series and a day that {options.cases} has")
    return tell(
        ("series", "ahead", "forecasts", "wis", *(f"cover_{part}" for part in CENTRAL)), lines, refused, options.lang
    )


class Told(NamedTuple):
    """A row of a forecast."""

    series: str
    ahead: int
    date: date
    quantiles: list[float]


def _told(path: Path, titles: Sequence[str], refused: list[Refusal]) -> Iterable[Told]:
    """The rows of a forecast that can be used."""
    for row in rows(path, ("origin", "date", *titles), ("series",), refused):
        origin, at = day(row.cells["origin"]), day(row.cells["date"])
        for name, known in (("origin", origin), ("date", at)):
            if known is None:
                refused.append(Refusal(*row[:2], name, "no_date", {"value": row.cells[name]}))
        quantiles = _quantiles(row, titles, refused)
        if origin is None or at is None or quantiles is None:
            continue
        if at <= origin:
            refused.append(Refusal(*row[:2], "date", "not_ahead", {"value": at, "origin": origin}))
        else:
            yield Told(row.cells.get("series", ""), (at - origin).days, at, quantiles)


def _quantiles(row: Row, titles: Sequence[str], refused: list[Refusal]) -> list[float] | None:
    found: list[float] = []
    for title in titles:
        text = row.cells[title]
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value) or (found and value < found[-1]):
            reason = "no_quantile" if not isfinite(value) else "falls"
            told = text if text.casefold() not in ABSENT else "-"
            refused.append(Refusal(*row[:2], title, reason, {"value": told}))
            return None
        found.append(value)
    return found


def _serial(options: Namespace) -> Numbers:
    """Raises Unusable for a mean without an sd, or such as cannot be."""
    from lianfang.epi.reproduction.serial import discrete
    from lianfang.profiles.disease import profile

    if (options.si_mean is None) != (options.si_sd is None):
        raise Unusable("the serial interval needs both --si-mean and --si-sd")
    mean, sd = options.si_mean, options.si_sd
    if mean is None:
        published = next(delay for delay in profile(DISEASE).delays if delay.name == DELAY)
        mean, sd = published.mean_days, published.sd_days
    try:
        return discrete(mean, sd, SERIAL_DAYS)
    except ValueError as error:
        raise Unusable(f"--si-mean, --si-sd: {error}") from None


def _by_dates(series: Iterable[Series]) -> Iterable[tuple[list[date], list[Series]]]:
    """Series of the same dates together, since a break is a date."""
    for some in by_length(series):
        by_first = sorted(some, key=lambda one: one.dates[0])
        for _, same in groupby(by_first, key=lambda one: one.dates[0]):
            these = list(same)
            yield these[0].dates, these


def _lines(one: Series, found: Forecast, place: int) -> list[tuple[object, ...]]:
    """A row a day ahead, with what such forecasts of this series were worth before."""
    import numpy as np

    from lianfang.epi.forecast.members import MEMBERS

    told: list[tuple[object, ...]] = []
    past, origin = found.past, one.dates[-1]
    for ahead, quantiles in enumerate(found.quantiles[place], 1):
        judged = ~np.isnan(past.wis[place, :, ahead - 1])
        figures = [float("nan")] * (3 + len(CENTRAL))
        if judged.any():
            members = past.members[place, judged, :, ahead - 1].mean(0)
            figures = [
                past.wis[place, judged, ahead - 1].mean(),
                *(members[MEMBERS.index(name)] for name in ("flat", "seasonal")),
                *past.covered[place, judged, ahead - 1].mean(0),
            ]
        at = (one.name, origin, origin + timedelta(days=ahead), ahead)
        told.append((*at, *map(cell, quantiles), int(judged.sum()), *map(cell, figures)))
    return told


def _origins(one: Series, found: Forecast, place: int) -> list[tuple[object, ...]]:
    """Of each day from which a forecast could be scored: its mean scores over the days ahead."""
    import numpy as np

    told: list[tuple[object, ...]] = []
    for origin, scores in enumerate(found.past.wis[place]):
        judged = ~np.isnan(scores)
        if judged.any():
            members = found.past.members[place, origin][:, judged].mean(1)
            cover = found.past.covered[place, origin, judged].mean(0)
            figures = (scores[judged].mean(), *members, *cover)
            told.append((one.name, one.dates[origin], int(judged.sum()), *map(cell, figures)))
    return told


def _write(path: Path, lines: Sequence[tuple[object, ...]]) -> None:
    from lianfang.epi.forecast.members import MEMBERS

    titles = ("series", "origin", "days", "wis", *(f"{name}_wis" for name in MEMBERS), *(f"cover_{p}" for p in CENTRAL))
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([titles, *sorted(lines, key=lambda line: line[:2])])
    except OSError as error:
        raise Unusable(f"--origins {path} cannot be written: {error.strerror}") from None


def _title(level: float) -> str:
    return f"q{level:g}"


def _day(text: str) -> date:
    found = day(text)
    if found is None:
        raise Unusable(f"--break {text}: write a date as 2020-02-12")
    return found
