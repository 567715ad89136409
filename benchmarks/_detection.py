"""What the detectors find, and how often for nothing: the series of the reference folder (``LIANFANG_SHARED``, or
``shared`` beside the project) whose outbreak weeks are known, where it is present, and 1,000 made series with outbreaks
of a known size and length; beside R's surveillance on the same series, whose alarms are to be the same.

An outbreak is found if a time of it has an alarm, after as many days as to the first; an alarm on a time that is
neither of an outbreak nor of the ``AFTER`` times behind it is false. The made series are daily, of a year, or weekly,
of four and a half, negative binomial with 1.5 times the variance of Poisson's; each has an outbreak of ``LENGTH`` days
or ``WEEKS_LENGTH`` weeks at a random time, of ``SIZE`` or ``WEEKS_SIZE`` times the sd of a day's or week's count in
all, which falls on its times as a lognormal law has it.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from benchmarks._peers import r
from lianfang.epi.aberration.control import kept, unlikely
from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.farrington import Settings, farrington_flexible
from lianfang.epi.aberration.found import Found
from lianfang.epi.aberration.nb_cusum import nb_cusum
from lianfang.epi.aberration.scan import neighbours, scan
from lianfang.epi.series import Numbers

SERIES, DAYS, LENGTH, SIZE, AFTER, ASKED = 1_000, 365, 14, 15, 14, 100
WEEKS, JUDGED_WEEKS, WEEKS_LENGTH, WEEKS_SIZE, WEEKS_ASKED = 234, 26, 3, 10, 20
FIRST_DAY, SHARE = 99, 0.1
GRIDS, LEVEL, COUNTIES, SCAN_SECONDS = 300, 0.05, 2_900, 10
FARRINGTON = Settings(b=3, thresholdMethod="nbPlugin", alpha=0.01, pastWeeksNotIncluded=26)
KNOWN = ("ha", "k1", "m1", "s1", "s3")
"""Files with weeks of an outbreak."""

Alarms = NDArray[np.bool_]


class Method(NamedTuple):
    """In Lianfang, from a first time on, in surveillance, and from which week on it is judged."""

    ours: Callable[[Numbers, int], Found]
    theirs: str
    first_week: int


METHODS: Mapping[str, Method] = {
    "EARS C1": Method(lambda counts, _: ears(counts, "C1"), 'earsC(s, list(method="C1"))', 11),
    "EARS C2": Method(lambda counts, _: ears(counts, "C2"), 'earsC(s, list(method="C2"))', 11),
    "EARS C3": Method(lambda counts, _: ears(counts, "C3"), 'earsC(s, list(method="C3", alpha=0.025))', 11),
    "CUSUM": Method(
        lambda counts, first: cusum(counts, first=first), "cusum(s, list(range=(first+1):n, k=1.04, h=2.26))", 30
    ),
    "CUSUM, negative binomial": Method(
        lambda counts, first: nb_cusum(counts, first=first, theta=float(np.log(2))),
        "glrnb(s, list(range=(first+1):n, mu0=list(S=0, trend=FALSE), alpha=NULL, theta=log(2), c.ARL=5))",
        30,
    ),
    "Farrington flexible": Method(
        lambda counts, first: farrington_flexible(counts, FARRINGTON, first),
        'farringtonFlexible(s, list(range=(first+1):n, b=3, w=3, thresholdMethod="nbPlugin", alpha=0.01, '
        "pastWeeksNotIncluded=26, verbose=FALSE))",
        160,
    ),
}
SCRIPT = """for (file in list.files(pattern="csv$")) {
 y <- t(as.matrix(read.csv(file, header=FALSE))); n <- nrow(y)
 for (i in 1:ncol(y)) {
  s <- sts(observed=y[,i,drop=FALSE], start=c(2019,1), frequency=FREQUENCY)
  for (method in names(METHODS)) {
   first <- FIRST[[method]]
   found <- suppressWarnings(tryCatch(METHODS[[method]](s, n, first), error=function(e) NULL))
   if (!is.null(found)) { at <- n - nrow(found) + which(alarms(found) > 0)
    cat(sub(".csv", "", file), i, method, paste(at[at > first], collapse=" "), "\\n", sep="\\t") }}}}
"""


class Judged(NamedTuple):
    """How many outbreaks were found of so many, after how many days on average, and false alarms a year."""

    found: int
    of: int
    days: float
    false_a_year: float

    def __str__(self) -> str:
        after = "" if np.isnan(self.days) else f" after {self.days:.1f} days"
        return f"{self.found}/{self.of}{after}, {self.false_a_year:.1f} false a year"


def rows() -> list[dict[str, Any]]:
    """A row for each method on the known outbreaks, one on the made ones, and the rate of false alarms without any."""
    daily, outbreaks = made()
    weeks = WEEKS - JUDGED_WEEKS
    return [
        *_known(), *_made(daily, outbreaks, FIRST_DAY, 1, ASKED),
        *_made(*made(WEEKS_SIZE, WEEKS, WEEKS_LENGTH, weeks), weeks, 7, WEEKS_ASKED),
        _without(), _country(daily, outbreaks), *_neighbours(), _counties(),
    ]  # fmt: skip


def made(
    size: float = SIZE, times: int = DAYS, length: int = LENGTH, first: int = FIRST_DAY + 30
) -> tuple[Numbers, Alarms]:
    """Counts (series, times), and which times are of an outbreak; none begins before ``first``."""
    dice = np.random.default_rng(20200203)
    mean = np.exp(dice.normal(1.5, 1.0, (SERIES, 1)))
    counts = dice.negative_binomial(mean / 0.5, 1 / 1.5, (SERIES, times)).astype(np.float64)
    there = np.zeros(counts.shape, bool)
    for row, begins in enumerate(dice.integers(first, times - length, SERIES)):
        cases = dice.poisson(size * np.sqrt(1.5 * mean[row, 0]))
        ago = np.minimum((dice.lognormal(-1.2, 0.5, cases) * length).astype(np.int64), length - 1)
        np.add.at(counts[row], begins + ago, 1)
        there[row, begins : begins + length] = size > 0
    return counts, there


def judged(alarm: Alarms, there: Alarms, first: int, step_days: int) -> Judged:
    """Alarms and outbreaks (series, times), judged from a first time on."""
    found, after, calm, false = 0, [], 0, 0
    begun = 0
    for its, days in zip(alarm[:, first:], there[:, first:], strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], days.astype(np.int8), [0]))))
        quiet = ~days
        for begins, ends in edges.reshape(-1, 2):
            begun += 1
            quiet[ends : ends + AFTER] = False
            if its[begins:ends].any():
                found += 1
                after.append(int(its[begins:ends].argmax()) * step_days)
        calm += int(quiet.sum())
        false += int((its & quiet).sum())
    return Judged(found, begun, float(np.mean(after)) if after else np.nan, false / calm * 365.25 / step_days)


def _ours(counts: Numbers, name: str, first: int) -> Alarms:
    found = METHODS[name].ours(counts, first)
    alarm = np.zeros(counts.shape, bool)
    alarm[:, found.at] = found.alarm
    alarm[:, :first] = False
    return alarm


def _theirs(
    tables: Mapping[str, Numbers], first: Mapping[str, int], frequency: int
) -> tuple[str, dict[tuple[str, str], Alarms]]:
    """The name to print, and alarms by table and method of what surveillance can tell; ``first``: by method."""
    calls = ", ".join(f'"{name}"=function(s, n, first) {METHODS[name].theirs}' for name in first)
    begins = ", ".join(f'"{name}"={at}' for name, at in first.items())
    script = f"METHODS <- list({calls})\nFIRST <- list({begins})\n{SCRIPT}".replace("FREQUENCY", str(frequency))
    told = r.told("surveillance", script, tables)
    if told is None:
        return "surveillance (not installed)", {}
    found: dict[tuple[str, str], Alarms] = {}
    for line in told[1].splitlines():
        table, row, name, places, *_ = line.split("\t")
        alarm = found.setdefault((table, name), np.zeros(tables[table].shape, bool))
        alarm[int(row) - 1, [int(at) - 1 for at in places.split()]] = True
    return told[0], found


def _known() -> list[dict[str, Any]]:
    folder = Path(os.environ.get("LIANFANG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    files = [folder / "data" / "h_reference" / f"surveillance_{name}.csv" for name in KNOWN]
    tables, there = {}, {}
    for name, path in zip(KNOWN, files, strict=True):
        if path.exists():
            lines = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
            counts = [[float(value) for title, value in line.items() if title not in ("t", "state")] for line in lines]
            tables[name] = np.sum(counts, 1)[None]
            there[name] = np.array([[line["state"] == "1" for line in lines]])
    if not tables:
        return []
    weeks = {name: method.first_week for name, method in METHODS.items()}
    peer, theirs = _theirs(tables, weeks, 52)
    told = []
    for name, first in weeks.items():
        mine = {table: _ours(counts, name, first) for table, counts in tables.items()}
        claim = f"{name}, {len(tables)} weekly series with a known outbreak, from week {first + 1} on"
        its = {table: theirs.get((table, name)) for table in tables}
        told.append(_row(claim, mine, its, there, peer, 7, first))
    return told


def _made(daily: Numbers, there: Alarms, first: int, step_days: int, asked: int) -> list[dict[str, Any]]:
    """Of daily series all methods but Farrington's, which asks for years and is told of weekly ones."""
    weekly = step_days > 1
    names = [name for name in METHODS if name.startswith("Farrington") == weekly]
    peer, theirs = _theirs({"made": daily[:asked]}, dict.fromkeys(names, first), 52 if weekly else 365)
    what = f"weekly series with an outbreak of {WEEKS_SIZE} sd over {WEEKS_LENGTH} weeks" if weekly else (
        f"daily series with an outbreak of {SIZE} sd over {LENGTH} days"
    )  # fmt: skip
    told = []
    for name in names:
        alarm = _ours(daily, name, first)
        some = {"made": theirs.get(("made", name))}
        claim, of = f"{name}, {SERIES:,} {what}", f"{peer}, {asked} of them"
        row = _row(claim, {"made": alarm[:asked]}, some, {"made": there[:asked]}, of, step_days, first)
        told.append({**row, "ours": str(judged(alarm, there, first, step_days))})
    return told


def _row(
    claim: str, mine: Mapping[str, Alarms], theirs: Mapping[str, Alarms | None], there: Mapping[str, Alarms],
    peer: str, step_days: int, first: int,
) -> dict[str, Any]:  # fmt: skip
    """Ours beside the peer's on the same series; the ratio is that of alarms that both or neither have. Nobody knows
    whether they are the same where the peer is not there."""
    whole = all(one is not None for one in theirs.values())
    known = {table: one for table, one in theirs.items() if one is not None} if whole else {}
    same = [float((mine[table] == one)[:, first:].mean()) for table, one in known.items()]
    return {
        "claim": claim,
        "ours": str(_all(mine, there, step_days, first)),
        "peer": f"{peer}: {_all(known, there, step_days, first)}" if known else peer,
        "ratio": min(same) if same else None,
        "target": "the same alarms",
        "met": min(same) == 1 if same else None,
    }


def _all(alarms: Mapping[str, Alarms], there: Mapping[str, Alarms], step_days: int, first: int) -> Judged:
    """Of all tables together."""
    parts = [judged(alarm, there[table], first, step_days) for table, alarm in alarms.items()]
    after = [one.days for one in parts if one.found]
    return Judged(
        sum(one.found for one in parts), sum(one.of for one in parts), float(np.mean(after)) if after else np.nan,
        float(np.mean([one.false_a_year for one in parts])),
    )  # fmt: skip


def _country(daily: Numbers, there: Alarms) -> dict[str, Any]:
    """What stays of all series of a day looked at together."""
    at, chances = unlikely(daily)
    alarm = np.zeros(daily.shape, bool)
    alarm[:, at] = kept(chances, SHARE)
    raised = alarm[:, FIRST_DAY:]
    claim = f"alarms that stay of {SERIES:,} series looked at together, the same outbreaks"
    row = _limit(claim, int((raised & ~there[:, FIRST_DAY:]).sum()), int(raised.sum()), "of the alarms false")
    return {**row, "ours": f"{judged(alarm, there, FIRST_DAY, 1)}; {row['ours']}"}


def _without() -> dict[str, Any]:
    """Days on which any of the series without an outbreak has an alarm that stays."""
    days = kept(unlikely(made(0)[0])[1], SHARE).any(0)
    return _limit(
        f"{SERIES:,} series without an outbreak looked at together", int(days.sum()), days.size, "of the days"
    )


def _neighbours() -> list[dict[str, Any]]:
    """Of grids of counties of different sizes, in which cases double or halve everywhere, how many have a cluster
    without an outbreak, and how many of the outbreaks of one case a day in five neighbours are found."""
    side, days = 8, 30
    grid = np.array([(100 + n % side, 25 + n // side) for n in range(side**2)], np.float64)
    near = neighbours(grid, most=9, within_km=160)
    dice = np.random.default_rng(20200204)
    raised = found = alone = 0
    for n in range(GRIDS):
        course = np.exp(np.linspace(0, dice.normal(0, 0.7), days))
        counts = dice.poisson(dice.gamma(0.7, 0.5, (len(grid), 1)) * course).astype(np.float64)
        raised += bool(scan(counts, near, level=LEVEL, permutations=199, seed=n))
        there = near[dice.integers(len(grid)), :5]
        there = there[there >= 0]
        counts[there, -3:] += 1
        found += any(set(one.places) & set(there.tolist()) for one in scan(counts, near, permutations=199, seed=n))
        alone += bool(kept(unlikely(counts, baseline=26)[1][:, -1:], LEVEL)[there].any())
    what = f"space-time scan, {GRIDS} grids of {side} × {side} counties"
    few, many = binom.interval(0.95, GRIDS, LEVEL)
    return [
        {
            "claim": f"{what} without an outbreak",
            "ours": f"{raised / GRIDS:.1%} have a cluster",
            "peer": f"said: {LEVEL:.0%}, interval {few / GRIDS:.1%} to {many / GRIDS:.1%}",
            "ratio": many / raised if raised else None,
            "target": "≥ 1×",
            "met": bool(raised <= many),
        },
        {
            "claim": f"{what}, a case a day more in five neighbours for three days",
            "ours": f"{found / GRIDS:.0%} found",
            "peer": f"each county by itself: {alone / GRIDS:.0%}",
            "ratio": found / alone if alone else None,
            "target": "≥ 2×",
            "met": found >= 2 * alone,
        },
    ]


def _counties() -> dict[str, Any]:
    """The time of a scan of the whole country, in CPU seconds."""
    dice = np.random.default_rng(20200205)
    places = np.column_stack((dice.uniform(98, 123, COUNTIES), dice.uniform(22, 42, COUNTIES)))
    counts = dice.poisson(dice.gamma(0.5, 0.5, (COUNTIES, 1)), (COUNTIES, 30))
    began = time.process_time()
    scan(counts, neighbours(places, most=20, within_km=150))
    seconds = time.process_time() - began
    return {
        "claim": f"space-time scan, {COUNTIES:,} counties, 30 days, {int(counts.sum()):,} cases, 999 permutations",
        "ours": f"{seconds:.1f} CPU s",
        "peer": f"limit {SCAN_SECONDS} s",
        "ratio": SCAN_SECONDS / seconds,
        "target": f"≤ {SCAN_SECONDS} s",
        "met": seconds <= SCAN_SECONDS,
    }


def _limit(claim: str, false: int, of: int, what: str) -> dict[str, Any]:
    """False alarms beside the share that is said, within the binomial interval."""
    most = int(binom.ppf(0.975, of, SHARE))
    return {
        "claim": claim,
        "ours": f"{false / of:.1%} {what}",
        "peer": f"said: {SHARE:.0%}, interval to {most / of:.1%}",
        "ratio": most / false if false else None,
        "target": "≥ 1×",
        "met": false <= most,
    }
