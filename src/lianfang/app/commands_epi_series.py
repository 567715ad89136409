"""``lianfang epi rt`` and ``lianfang epi detect``: series of counts from a CSV file, figures as CSV."""

from __future__ import annotations

import argparse
import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lianfang.app.commands_epi_laws import add_serial
from lianfang.app.commands_epi_laws import serial as serial_interval
from lianfang.app.commands_epi_rows import ABSENT, Refusal, Row, day, printable, rows
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.epi.aberration.found import Found

DAILY, WEEKLY = 1, 7
CUSUM_FIRST = 100
"""The first time that CUSUM judges without ``range``; those before give the mean."""
WEEKS, DAYS = 52, 365
"""Times of a year that Farrington's method takes."""
LARGEST_COUNT = 10**12
TOGETHER = 32


class Series(NamedTuple):
    """A series without a gap, in the order of dates; ``row`` is where it begins in the file."""

    name: str
    row: Row
    dates: list[date]
    counts: list[int]
    imported: list[int]


@dataclass(frozen=True)
class Method:
    """A method of detection: its settings, and what it finds in series of one length."""

    settings: Mapping[str, Callable[[str], Any]]
    run: Callable[[Sequence[Series], dict[str, Any]], Found]


def add(what: Any, lang: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds the commands to the parser's."""
    rt = what.add_parser("rt", help="the reproduction number, from counts by day")
    rt.add_argument("cases", metavar="INC.csv", type=Path, help="columns series, date, cases, and imported if known")
    add_serial(rt)
    rt.add_argument("--window", metavar="DAYS", type=int, default=7, help="days that are taken together (7)")
    rt.add_argument("--method", choices=["cori", "wallinga-teunis"], default="cori")
    lang(rt)
    rt.set_defaults(run=reproduction)
    detect = what.add_parser("detect", help="days or weeks with more cases than the past lets expect")
    detect.add_argument("cases", metavar="INC.csv", type=Path, help="columns series, date, cases")
    detect.add_argument("--method", choices=list(METHODS), required=True)
    detect.add_argument("--param", metavar="NAME=VALUE", action="append", default=[], help="a setting of the method")
    lang(detect)
    detect.set_defaults(run=detection)


def reproduction(options: Namespace) -> int:
    """0: every series was used; 1: rows or series were refused, which are named; 2: a file or an option cannot be
    used."""
    from lianfang.epi.reproduction import serial
    from lianfang.epi.reproduction.cori import cori
    from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis

    if options.window < 1:
        raise Unusable(f"--window {options.window}: a window has 1 day or more")
    refused: list[Refusal] = []
    weights = serial_interval(options, refused)
    if options.method != "cori" and options.si_mean_sd is not None:
        raise Unusable("--method wallinga-teunis takes a serial interval that is sure")
    lines: dict[str, list[tuple[object, ...]]] = {}
    for alike in _parts(by_length(read(options.cases, (DAILY,), options.window + 1, refused))):
        days = len(alike[0].dates)
        windows = serial.sliding(days, options.window)
        counts, imported = [one.counts for one in alike], [one.imported for one in alike]
        if options.method == "cori":
            found = cori(counts, weights(days), windows, imported=imported)
        else:
            found = wallinga_teunis(counts, weights(days), windows)
        for place, one in enumerate(alike):
            if place in found.refused:
                refused.append(Refusal(*one.row[:2], "series", found.refused[place], {"name": one.name}))
                continue
            figures = zip(found.mean[place], found.sd[place], *found.quantiles[place].T, strict=True)
            lines[one.name] = [
                (one.name, start, end, *map(cell, told), one.dates[start - 1], one.dates[end - 1])
                for start, end, told in zip(*windows, figures, strict=True)
            ]
    titles = ("series", "t_start", "t_end", "mean", "sd", "lower", "median", "upper", "date_start", "date_end")
    return tell(titles, lines, refused, options.lang)


def detection(options: Namespace) -> int:
    """Returns as ``reproduction`` does."""
    settings = _settings(options.method, options.param)
    refused: list[Refusal] = []
    lines: dict[str, list[tuple[object, ...]]] = {}
    for alike in by_length(read(options.cases, (DAILY, WEEKLY), 1, refused)):
        try:
            found = METHODS[options.method].run(alike, settings)
        except ValueError as error:
            raise Unusable(f"--param {error}") from None
        for place, one in enumerate(alike):
            if place in found.refused:
                refused.append(Refusal(*one.row[:2], "series", found.refused[place], {"name": one.name}))
                continue
            figures = zip(found.at, found.expected[place], found.upper[place], found.alarm[place], strict=True)
            lines[one.name] = [
                (one.name, one.dates[at], one.counts[at], cell(expected), cell(upper), int(alarm))
                for at, expected, upper, alarm in figures
            ]
    return tell(("series", "date", "observed", "expected", "upper", "alarm"), lines, refused, options.lang)


def _ears(method: str) -> Method:
    def run(alike: Sequence[Series], settings: dict[str, Any]) -> Found:
        from lianfang.epi.aberration.ears import ears

        return ears([one.counts for one in alike], method, **settings)

    return Method({"baseline": int, "minSigma": float, "alpha": float}, run)


def _cusum(alike: Sequence[Series], settings: dict[str, Any]) -> Found:
    from lianfang.epi.aberration.cusum import cusum

    return cusum([one.counts for one in alike], **_from(settings))


def _nb_cusum(alike: Sequence[Series], settings: dict[str, Any]) -> Found:
    from lianfang.epi.aberration.nb_cusum import nb_cusum

    return nb_cusum([one.counts for one in alike], **_from(settings))


def _from(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings as the functions have them: where judging begins as a place from 0."""
    others = {name.replace(".", "_").lower(): value for name, value in settings.items() if name != "range"}
    first = settings.get("range", CUSUM_FIRST)
    if first < 2:
        raise ValueError(f"range: the place in the series, from 2, where judging begins; here is {first}")
    return {"first": first - 1, **others}


def _farrington(alike: Sequence[Series], settings: dict[str, Any]) -> Found:
    from lianfang.epi.aberration.farrington import Settings, farrington_flexible

    weekly = (alike[0].dates[-1] - alike[0].dates[0]).days > len(alike[0].dates)
    freq = {"freq": WEEKS if weekly else DAYS}
    first = settings.get("range", 1)
    others = {name: value for name, value in settings.items() if name != "range"}
    return farrington_flexible([one.counts for one in alike], Settings(**freq | others), first - 1)


def _flag(text: str) -> bool:
    """TRUE or FALSE, as R writes them. Raises ValueError."""
    if text.casefold() not in ("true", "false"):
        raise ValueError(text)
    return text.casefold() == "true"


def _pair(text: str) -> tuple[int, int]:
    """Two numbers with a comma between. Raises ValueError."""
    one, other = text.split(",")
    return int(one), int(other)


METHODS = {
    "ears-c1": _ears("C1"),
    "ears-c2": _ears("C2"),
    "ears-c3": _ears("C3"),
    "farrington-flexible": Method(
        {
            "b": int,
            "w": int,
            "noPeriods": int,
            "weightsThreshold": float,
            "pastWeeksNotIncluded": int,
            "pThresholdTrend": float,
            "trend": _flag,
            "reweight": _flag,
            "powertrans": str,
            "thresholdMethod": str,
            "alpha": float,
            "limit54": _pair,
            "range": int,
        },
        _farrington,
    ),
    "cusum": Method({"k": float, "h": float, "m": float, "range": int}, _cusum),
    "nb-cusum": Method({"c.ARL": float, "theta": float, "mu0": float, "alpha": float, "range": int}, _nb_cusum),
}


def _settings(method: str, told: Sequence[str]) -> dict[str, Any]:
    kinds, found = METHODS[method].settings, {}
    for text in told:
        name, equals, value = text.partition("=")
        if not equals or name not in kinds:
            raise Unusable(f"--param {text}: write NAME=VALUE; {method} has {', '.join(kinds)}")
        try:
            found[name] = kinds[name](value)
        except ValueError:
            raise Unusable(
                f"--param {text}: {name} cannot be {value or 'nothing'}; docs/commands.md has what it is"
            ) from None
    return found


def read(path: Path, steps: Sequence[int], least: int, refused: list[Refusal]) -> list[Series]:
    """The series of a file that can be used. A row that cannot be used takes its series with it, and no other. Raises
    Unusable for a file without a row."""
    cells: dict[str, dict[date, tuple[int, int, Row]]] = {}
    first: dict[str, Row] = {}
    spoilt: set[str] = set()
    before = len(refused)
    for row in rows(path, ("date", "cases"), ("series", "imported"), refused):
        name = row.cells.get("series", "")
        first.setdefault(name, row)
        at = day(row.cells["date"])
        known = cells.setdefault(name, {})
        counts = [count(row, title, refused) for title in ("cases", "imported")]
        if at is None:
            refused.append(Refusal(*row[:2], "date", "no_date", {"value": row.cells["date"]}))
        elif at in known:
            refused.append(Refusal(*row[:2], "date", "again", {"earlier": known[at][2].number}))
        elif None not in counts:
            known[at] = (counts[0] or 0, counts[1] or 0, row)
        if len(refused) > before:
            spoilt.add(name)
            before = len(refused)
    if not cells:
        raise Unusable(f"{path}: no row under the titles can be used")
    return [
        one
        for name, known in cells.items()
        if (one := _series(name, first[name], known, name in spoilt, steps, least, refused))
    ]


def count(row: Row, title: str, refused: list[Refusal]) -> int | None:
    """A count; an absent number of imported cases is none of them. None for what is told as refused."""
    text = row.cells.get(title, "")
    if title == "imported" and text.casefold() in ABSENT:
        return 0
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdecimal() and int(digits) <= LARGEST_COUNT:
        return int(digits)
    reason = "no_number" if text.casefold() in ABSENT else "no_count"
    refused.append(Refusal(*row[:2], title, reason, {"value": text}))
    return None


def _series(
    name: str,
    row: Row,
    known: Mapping[date, tuple[int, int, Row]],
    spoilt: bool,
    steps: Sequence[int],
    least: int,
    refused: list[Refusal],
) -> Series | None:
    """The series in the order of its dates, which follow each other by the longest of ``steps`` that they allow."""
    dates = sorted(known)
    gaps = [(b - a).days for a, b in pairwise(dates)]
    step = max(step for step in steps if not any(gap % step for gap in gaps))
    reason, values = "", {"name": name}
    if spoilt:
        reason = "spoilt"
    elif any(gap != step for gap in gaps):
        at = next(at for at, gap in enumerate(gaps) if gap != step)
        reason, values = "gap", {**values, "value": str(dates[at] + timedelta(days=step))}
    elif len(dates) < least:
        reason = "short"
    if reason:
        refused.append(Refusal(*row[:2], "series", reason, values))
        return None
    return Series(name, row, dates, [known[at][0] for at in dates], [known[at][1] for at in dates])


def by_length(series: Iterable[Series]) -> list[list[Series]]:
    """Series of one length and one step together."""

    def span(one: Series) -> tuple[int, int]:
        return len(one.dates), (one.dates[-1] - one.dates[0]).days

    return [list(some) for _, some in groupby(sorted(series, key=span), key=span)]


def _parts(groups: Iterable[Sequence[Series]]) -> Iterable[Sequence[Series]]:
    """Some series at a time: each with all its serial intervals is held at once."""
    return (group[at : at + TOGETHER] for group in groups for at in range(0, len(group), TOGETHER))


def cell(value: float) -> str:
    """A number with all its digits; nothing where there is none."""
    return "" if isnan(value) else repr(float(value))


def tell(
    titles: Sequence[str], lines: Mapping[str, Sequence[tuple[object, ...]]], refused: Sequence[Refusal], lang: str
) -> int:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(titles)
    for name in sorted(lines):
        out.writerows((printable(str(line[0])), *line[1:]) for line in lines[name])
    for refusal in refused:
        print(f"lianfang: {refusal.line(lang)}", file=sys.stderr)
    return 1 if refused else 0
