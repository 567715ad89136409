"""``lianfang epi nowcast``, ``epi delays`` and ``epi deconvolve``: what late reports will bring, how late they are, and
when what was counted began."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.app.commands_epi_laws import add_delay, delay
from lianfang.app.commands_epi_rows import ABSENT, Refusal, Row, day, rows
from lianfang.app.commands_epi_series import DAILY, by_length, cell, count, read, tell
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.epi.series import Numbers

LONGEST_DELAY, LONGEST_TRIANGLE = 365, 3660


def add(what: Any, lang: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds the commands to the parser's."""
    now = what.add_parser("nowcast", help="complete cases by day, from what is reported so far")
    now.add_argument("reports", metavar="TRI.csv", type=Path, help="columns series, reference_date, report_date, cases")
    now.add_argument("--as-of", metavar="DATE", type=_day, help="the last day of reports (the last in the file)")
    now.add_argument("--max-delay", metavar="DAYS", type=int, help="the longest delay (the longest in the file)")
    now.add_argument("--break", dest="breaks", metavar="DATE", type=_day, action="append", default=[], help="see docs")
    now.add_argument("--draws", metavar="N", type=int, default=1000, help="draws behind the quantiles (1000)")
    now.add_argument("--seed", metavar="N", type=int, default=1, help="where the draws begin (1)")
    lang(now)
    now.set_defaults(run=nowcasting)
    late = what.add_parser("delays", help="the law of the delay from one event of cases to another")
    late.add_argument("cases", metavar="LINELIST.csv", type=Path, help="one case a row")
    late.add_argument("--from", dest="first", metavar="COLUMN", required=True, help="the date of the first event")
    late.add_argument("--to", dest="second", metavar="COLUMN", required=True, help="the date of the second")
    late.add_argument("--as-of", metavar="DATE", type=_day, help="the last day of the data: later events are missing")
    lang(late)
    late.set_defaults(run=delaying)
    back = what.add_parser("deconvolve", help="days of infection from days of onset, or whatever a delay lies between")
    back.add_argument("cases", metavar="INC.csv", type=Path, help="columns series, date, cases")
    add_delay(back)
    back.add_argument("--draws", metavar="N", type=int, default=200, help="draws behind the quantiles (200)")
    back.add_argument("--seed", metavar="N", type=int, default=1, help="where the draws begin (1)")
    lang(back)
    back.set_defaults(run=deconvolving)


def _day(text: str) -> date:
    found = day(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} is no date: write it as 2020-01-28")
    return found


@dataclass
class Triangle:
    """A series of reports, with the row where it begins."""

    row: Row
    cells: dict[tuple[date, date], tuple[int, int]] = field(default_factory=dict)
    """Cases by reference and report date, with the number of the row."""
    spoilt: bool = False


def nowcasting(options: Namespace) -> int:
    """0: every series was used; 1: rows or series were refused, which are named; 2: a file or an option cannot be
    used."""
    from lianfang.epi.nowcast.cases import QUANTILES, nowcast

    refused: list[Refusal] = []
    found = _triangles(options, refused)
    pairs = [pair for one in found.values() for pair in one.cells]
    if not pairs:
        raise Unusable(f"{options.reports}: no row can be used")
    as_of = options.as_of or max(report for _, report in pairs)
    longest = max((report - reference).days for reference, report in pairs)
    delays = 1 + (longest if options.max_delay is None else options.max_delay)
    if not 1 <= delays <= LONGEST_DELAY + 1 or options.draws < 1 or options.seed < 0:
        raise Unusable(f"--max-delay is 0 to {LONGEST_DELAY} (here {delays - 1}), --draws 1 or more, --seed 0 or more")
    lines: dict[str, list[tuple[object, ...]]] = {}
    for begin, names in _by_begin(found).items():
        days = (as_of - begin).days + 1
        if days > LONGEST_TRIANGLE:
            raise Unusable(f"{options.reports}: from {begin} to {as_of} are more than {LONGEST_TRIANGLE} days")
        table = _table([found[name] for name in names], begin, days, delays)
        breaks = [(one - begin).days for one in options.breaks if begin <= one <= as_of]
        told = nowcast(table, draws=options.draws, seed=options.seed, breaks=breaks)
        for place, name in enumerate(names):
            if place in told.refused:
                refused.append(Refusal(*found[name].row[:2], "series", told.refused[place], {"name": name}))
                continue
            lines[name] = [
                (name, begin + timedelta(days=at), *map(cell, (seen, *quantiles)))
                for at, (seen, quantiles) in enumerate(zip(told.reported[place], told.quantiles[place], strict=True))
            ]
    titles = ("series", "reference_date", "reported", *(f"q{p:g}" for p in QUANTILES))
    return tell(titles, lines, refused, options.lang)


def _triangles(options: Namespace, refused: list[Refusal]) -> dict[str, Triangle]:
    """The reports up to the day asked for, by series. A row that cannot be used takes its series with it."""
    found: dict[str, Triangle] = {}
    for row in rows(options.reports, ("reference_date", "report_date", "cases"), ("series",), refused):
        one = found.setdefault(row.cells.get("series", ""), Triangle(row))
        before = len(refused)
        dates = [_date(row, title, refused) for title in ("reference_date", "report_date")]
        cases = count(row, "cases", refused)
        reference, report = dates
        if reference and report and cases is not None:
            if report < reference:
                values: dict[str, object] = {"value": report, "other": reference}
                refused.append(Refusal(*row[:2], "report_date", "earlier", values))
            elif (reference, report) in one.cells:
                values = {"earlier": one.cells[reference, report][1]}
                refused.append(Refusal(*row[:2], "report_date", "again", values))
            elif options.as_of is None or report <= options.as_of:
                one.cells[reference, report] = cases, row.number
        one.spoilt |= len(refused) > before
    for name, one in found.items():
        if one.spoilt:
            refused.append(Refusal(*one.row[:2], "series", "spoilt", {"name": name}))
    return {name: one for name, one in found.items() if one.cells and not one.spoilt}


def _date(row: Row, title: str, refused: list[Refusal]) -> date | None:
    found = day(row.cells[title])
    if found is None:
        refused.append(Refusal(*row[:2], title, "no_date", {"value": row.cells[title]}))
    return found


def _by_begin(found: Mapping[str, Triangle]) -> dict[date, list[str]]:
    """Names of series by their first reference date."""
    groups: dict[date, list[str]] = {}
    for name, one in found.items():
        groups.setdefault(min(reference for reference, _ in one.cells), []).append(name)
    return groups


def _table(triangles: Sequence[Triangle], begin: date, days: int, delays: int) -> Numbers:
    """(series, days, delays): 0 where no row is, NaN where no report is possible yet."""
    import numpy as np

    known = np.arange(days)[:, None] + np.arange(delays) < days
    table = np.where(known, 0.0, np.nan)[None].repeat(len(triangles), 0)
    for place, one in enumerate(triangles):
        for (reference, report), (cases, _) in one.cells.items():
            delay = (report - reference).days
            if delay < delays:
                table[place, (reference - begin).days, delay] = cases
    return table


def delaying(options: Namespace) -> int:
    """Returns as ``nowcasting`` does. Every law is a row, that of the lowest AIC first."""
    from lianfang.epi.delays.fit import QUANTILES, TooFew, fit
    from lianfang.epi.delays.laws import LAWS

    first, second = options.first.strip().casefold(), options.second.strip().casefold()
    if first == second:
        raise Unusable("--from and --to: two different columns are needed")
    refused: list[Refusal] = []
    pairs: list[tuple[date, date]] = []
    for row in rows(options.cases, (first, second), (), refused):
        if any(row.cells[title].casefold() in ABSENT for title in (first, second)):
            continue
        dates = [_date(row, title, refused) for title in (first, second)]
        if dates[0] and dates[1] and dates[1] < dates[0]:
            refused.append(Refusal(*row[:2], second, "earlier", {"value": dates[1], "other": dates[0]}))
        elif dates[0] and dates[1] and (options.as_of is None or dates[1] <= options.as_of):
            pairs.append((dates[0], dates[1]))
    begins, ends = ([pair[side].toordinal() for pair in pairs] for side in (0, 1))
    as_of = options.as_of.toordinal() if options.as_of else None
    try:
        found = sorted((fit(begins, ends, law, as_of=as_of) for law in LAWS), key=lambda one: one.aic)
    except TooFew as error:
        raise Unusable(f"{options.cases}: {error}; here are {len(pairs)}") from None
    measures = ("mean", "sd", *(f"q{p:g}" for p in QUANTILES))
    ends_of = [f"{name}{side}" for name in measures for side in ("", "_lower", "_upper")]
    lines = [
        (
            one.law,
            one.n,
            *map(cell, (one.aic, *(x for of in (one.mean, one.sd, *one.quantiles.values()) for x in of))),
            " ".join(f"{name}={value!r}" for name, value in one.parameters.items()),
        )
        for one in found
    ]
    return tell(("law", "n", "aic", *ends_of, "parameters"), {"": lines}, refused, options.lang)


def deconvolving(options: Namespace) -> int:
    """Returns as ``nowcasting`` does."""
    from lianfang.epi.nowcast.cases import QUANTILES
    from lianfang.epi.nowcast.deconvolved import deconvolve

    refused: list[Refusal] = []
    law = delay(options, refused)
    lines: dict[str, list[tuple[object, ...]]] = {}
    for alike in by_length(read(options.cases, (DAILY,), 1, refused)):
        try:
            found = deconvolve([one.counts for one in alike], law, draws=options.draws, seed=options.seed)
        except ValueError as error:
            raise Unusable(f"{options.delay_distr or '--draws'}: {error}") from None
        for place, one in enumerate(alike):
            if place in found.refused:
                refused.append(Refusal(*one.row[:2], "series", found.refused[place], {"name": one.name}))
                continue
            figures = zip(found.share, found.mean[place], *found.quantiles[place].T, strict=True)
            begin = one.dates[0] - timedelta(days=found.first)
            lines[one.name] = [
                (one.name, begin + timedelta(days=at), *map(cell, told))
                for at, told in enumerate(figures)
                if not isnan(told[1])
            ]
    titles = ("series", "date", "share", "mean", *(f"q{p:g}" for p in QUANTILES))
    return tell(titles, lines, refused, options.lang)
