"""Sets of measures compared: from the known cases of an area forward, in many runs, always with their spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log, sqrt
from typing import Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.whatif_terms import Measure, terms
from lianfang.epi.simulate import dice, forward

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The parts of the runs that a figure's spread is told at."""
FIGURES: Final = ("found", "beds", "critical", "observed", "staff", "masks", "sets")
FLOWS: Final = frozenset({"found", "masks", "sets"})
"""Figures of a day, told in total; the others are stocks when a day ends, told at their peak."""
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
Runs = NDArray[np.float64]


class Fault(NamedTuple):
    """What is wrong with a field, in both languages, and what to do."""

    field: str
    reason: str
    zh: str
    en: str


class Growth(NamedTuple):
    """What one case does without measures: ``reproduction`` infects so many, or in ``doubling_days`` cases double.
    ``low`` to ``high``: the 95 % interval; the same as the value where only chance is to spread the runs."""

    by: str
    value: float
    low: float
    high: float


class Taken(NamedTuple):
    """A measure in force from day ``begins`` (0 is today) until before ``ends``; None: open."""

    begins: int
    ends: int | None
    share: float
    delay: float
    effect: float


class Scenario(NamedTuple):
    name: str
    growth: Growth
    measures: Mapping[Measure, Taken]


@dataclass(frozen=True)
class Known:
    """What the record has: ``cases`` (n, 6) as ``forward.run_forward`` takes them; ``leaving``: contacts now under
    observation by the day from now on which theirs ends (those overdue on day 0)."""

    cases: NDArray[np.float64]
    recent: int
    leaving: tuple[int, ...]


class Spread(NamedTuple):
    """A figure at each of ``LEVELS``; None where so many runs went beyond what is reckoned."""

    at: tuple[float | None, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a scenario. ``days`` by figure; ``whole``: the total of a flow, the peak of a stock; ``against``:
    the same less that of the first scenario, run by run, None for the first. ``broken``: runs that went beyond what is
    reckoned; ``full``: by stock whose places are known, the share of runs in which it goes beyond them, and the middle
    first day among them: of the runs of which it is known."""

    days: Mapping[str, tuple[Spread, ...]]
    whole: Mapping[str, Spread]
    against: Mapping[str, Spread] | None
    broken: int
    full: Mapping[str, tuple[float, int | None]]
    reproduction: float


def faults(
    known: Known, assumed: Mapping[str, float], scenarios: Sequence[Scenario], *, days: int, runs: int
) -> Iterator[Fault]:
    """All that hinders a comparison; nothing is reckoned where there is any."""
    limits = terms().limits
    if known.recent < limits.least_cases:
        yield Fault(
            "area",
            "too_few",
            f"近{limits.recent_days}天只有{known.recent}例，不足{limits.least_cases}例，不能推演；请选更大的地区",
            f"has {known.recent} cases of the last {limits.recent_days} days, fewer than {limits.least_cases}: too few"
            " to reckon from; choose a larger area",
        )
    if len(known.cases) > limits.most_cases:
        yield Fault(
            "area",
            "too_many",
            f"病例超过{limits.most_cases}例；请选更小的地区",
            f"has more than {limits.most_cases} cases: choose a smaller area",
        )
    yield from _outside("days", days, limits.least_days, limits.most_days)
    yield from _outside("runs", runs, limits.least_runs, limits.most_runs)
    yield from _of_assumptions(assumed)
    if not 1 <= len(scenarios) <= limits.most_scenarios:
        yield Fault(
            "scenarios",
            "how_many",
            f"方案应为1至{limits.most_scenarios}个",
            f"are to be 1 to {limits.most_scenarios}",
        )
    names = [one.name.strip() for one in scenarios]
    for number, one in enumerate(scenarios):
        if not names[number] or names[number] in names[:number]:
            yield Fault(
                f"scenarios.{number}.name",
                "same_name",
                "方案要有名称，且各不相同",
                "is to be a name of its own: give another",
            )
        yield from _of_scenario(f"scenarios.{number}", one, assumed)


def _outside(field: str, value: float, least: float, most: float) -> Iterator[Fault]:
    if not isfinite(value) or not least <= value <= most:
        yield Fault(field, "bounds", f"应在{least:g}至{most:g}之间", f"is to be from {least:g} to {most:g}")


def _of_assumptions(assumed: Mapping[str, float]) -> Iterator[Fault]:
    expected = {one.code: one for one in terms().assumptions}
    for code, one in expected.items():
        if code not in assumed:
            yield Fault(
                f"assumptions.{code}",
                "missing",
                f"缺少“{one.zh}”；没有默认值，请填写",
                "is missing: nothing is assumed unsaid, so give it",
            )
        else:
            yield from _outside(f"assumptions.{code}", assumed[code], one.least, one.most)
    for code in sorted(set(assumed) - set(expected)):
        yield Fault(f"assumptions.{code}", "unknown", "没有这一项；请删去", "is no assumption: leave it out")


def _of_scenario(field: str, one: Scenario, assumed: Mapping[str, float]) -> Iterator[Fault]:
    its, limits = one.growth, terms().limits
    bounds = (0.05, 20.0) if its.by == "reproduction" else (0.5, 365.0)
    yield from _outside(f"{field}.{its.by}", its.value, *bounds)
    if not its.low <= its.value <= its.high or its.low < bounds[0] or its.high > bounds[1]:
        yield Fault(
            f"{field}.{its.by}",
            "interval",
            f"区间应包含取值，并在{bounds[0]:g}至{bounds[1]:g}之间",
            f"is to lie within its interval, and that within {bounds[0]:g} to {bounds[1]:g}",
        )
    for code, taken in one.measures.items():
        at = f"{field}.measures.{code}"
        yield from _outside(f"{at}.begins", taken.begins, limits.earliest_day, limits.most_days)
        if taken.ends is not None and taken.ends <= taken.begins:
            yield Fault(f"{at}.ends", "order", "应晚于开始", "is to be after the beginning")
        yield from _outside(f"{at}.share", taken.share, 0, 1)
        yield from _outside(f"{at}.effect", taken.effect, 0, 1)
        yield from _outside(f"{at}.delay", taken.delay, 0, 30)
        least_delay = 0.0 <= taken.delay < assumed.get("observe_days", np.inf)
        if code == "tracing" and not least_delay:
            yield Fault(
                f"{at}.delay",
                "after_end",
                "找到时观察期已满；请缩短",
                "is longer than the observation lasts: shorten it",
            )


def compare(
    known: Known,
    assumed: Mapping[str, float],
    scenarios: Sequence[Scenario],
    *,
    days: int,
    runs: int,
    seed: int,
    places: Mapping[str, int],
) -> list[Outcome]:
    """What comes of each scenario, on the same trees of infections. ``places``: how many there are, by stock. Only for
    what has no ``faults``."""
    found = [_run(known, assumed, one, days=days, runs=runs, seed=seed) for one in scenarios]
    first = found[0][0]
    outcomes = []
    for number, (figures, broken, rate) in enumerate(found):
        whole = {name: _whole(name, its) for name, its in figures.items()}
        outcomes.append(
            Outcome(
                days={name: tuple(_spread(column) for column in its.T) for name, its in figures.items()},
                whole={name: _spread(its) for name, its in whole.items()},
                against={name: _less(whole[name], _whole(name, first[name])) for name in FIGURES} if number else None,
                broken=broken,
                full={name: told for name, most in places.items() if (told := _full(figures[name], most)) is not None},
                reproduction=rate,
            )
        )
    return outcomes


def _run(
    known: Known, assumed: Mapping[str, float], scenario: Scenario, *, days: int, runs: int, seed: int
) -> tuple[dict[str, Runs], int, float]:
    """Figures by run and day (inf where a run was broken off), how many were, and the number that one infects."""
    infects = reproductions(scenario.growth, assumed)
    counts, told = forward.run_forward(
        dice.key(seed, "forward"),
        known.cases,
        forward.rates(seed, runs, *infects),
        _assumed(assumed),
        _measures(scenario.measures),
        days,
        terms().limits.most_infections,
    )
    stays = np.zeros(days)
    for day in range(days):
        stays[day] = sum(known.leaving[day + 1 :])
    figures = {
        "found": counts[:, :, forward.FOUND].astype(float),
        "beds": counts[:, :, forward.BEDS].astype(float),
        "critical": counts[:, :, forward.CRITICAL].astype(float),
        "observed": counts[:, :, forward.OBSERVED] + stays,
    }
    figures |= _needs(figures, assumed)
    beyond = np.arange(days) >= told[:, np.newaxis]
    for name, its in figures.items():
        if name != "observed" or "tracing" in scenario.measures:  # without tracing, all who are observed are on record
            its[beyond] = np.inf
    return figures, int((told < days).sum()), infects[0]


def _needs(figures: Mapping[str, Runs], assumed: Mapping[str, float]) -> dict[str, Runs]:
    """Staff on duty, masks and sets of protective equipment, of who is in hospital and under observation; sets also of
    those suspected, who are as many for each case that is found."""
    beds, critical, observed = figures["beds"], figures["critical"], figures["observed"]
    at_places = observed * assumed["staff_observed"]
    staff = (beds - critical) * assumed["staff_bed"] + critical * assumed["staff_critical_bed"] + at_places
    masks = staff * assumed["masks_staff"] + (beds + observed) * assumed["masks_person"]
    sets = (
        figures["found"] * assumed["suspected_per_case"] * assumed["sets_suspected"]
        + (beds - critical) * assumed["sets_bed"]
        + critical * assumed["sets_critical_bed"]
        + at_places * assumed["sets_staff_observed"]
    )
    return {name: np.ceil(its - 1e-9) for name, its in (("staff", staff), ("masks", masks), ("sets", sets))}


def reproductions(growth: Growth, assumed: Mapping[str, float]) -> tuple[float, float, float]:
    """The number that one case infects without measures, with its interval: value, low, high."""
    if growth.by == "reproduction":
        return growth.value, growth.low, growth.high
    of = [
        forward.reproduction(days, assumed["generation_mean_days"], assumed["generation_sd_days"])
        for days in (growth.value, growth.high, growth.low)
    ]
    return of[0], of[1], of[2]


def _assumed(of: Mapping[str, float]) -> forward.Assumed:
    mean, sd = of["incubation_mean_days"], of["incubation_sd_days"]
    sigma = sqrt(log(1.0 + (sd / mean) ** 2))
    return forward.Assumed(
        of["dispersion"], log(mean) - sigma**2 / 2.0, sigma,
        of["generation_mean_days"], of["generation_sd_days"], of["report_mean_days"], of["report_sd_days"],
        of["ascertained_share"], of["critical_share"], of["stay_mean_days"], of["stay_sd_days"],
        of["critical_stay_mean_days"], of["critical_stay_sd_days"], of["contacts_per_case"], of["observe_days"],
        of["imports_per_day"], of["isolated_effect"],
    )  # fmt: skip


def _measures(taken: Mapping[Measure, Taken]) -> NDArray[np.float64]:
    table = np.zeros((len(MEASURES), 5))
    table[:, forward.FROM] = np.inf
    for code, one in taken.items():
        ends = np.inf if one.ends is None else one.ends
        table[MEASURES.index(code)] = one.begins, ends, one.share, one.delay, one.effect
    return table


def _whole(name: str, figure: Runs) -> Runs:
    """By run, the total of a flow, the peak of a stock."""
    whole: Runs = figure.sum(axis=1) if name in FLOWS else figure.max(axis=1)
    return whole


def _spread(of: Runs) -> Spread:
    """At each level a value that a run had: none is made between two."""
    at = np.quantile(of, LEVELS, method="inverted_cdf")
    return Spread(tuple(float(one) if isfinite(one) else None for one in at))


def _less(of: Runs, first: Runs) -> Spread:
    """The difference run by run; unknown altogether where runs went beyond what is reckoned in both."""
    with np.errstate(invalid="ignore"):
        less = of - first
    return Spread((None,) * len(LEVELS)) if np.isnan(less).any() else _spread(less)


def _full(figure: Runs, most: int) -> tuple[float, int | None] | None:
    """The share of runs that go beyond ``most``, of those of which it is known, and the middle first day of it."""
    known = np.isfinite(figure)
    beyond = (figure > most) & known
    ever = beyond.any(axis=1)
    told = ever | known.all(axis=1)
    if not told.any():
        return None
    if not ever.any():
        return 0.0, None
    first = np.quantile(beyond[ever].argmax(axis=1), 0.5, method="inverted_cdf")
    return float(ever.sum() / told.sum()), int(first)
