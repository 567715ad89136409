"""What is counted: each stock and flow as what it makes of a case's changes. Every screen and notice counts by this.

A stock is the sum of what changes added and took away; a flow counts changes in a half-open window. Names are those of
notices; a few stand beside them, so that every sum can be closed: what came in or left by a hand-over, and how the new
ones part by source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from lianfang.capabilities.cases.facts import CaseOutcome, Class, ClinicalSeverity, InfectionSource
from lianfang.capabilities.cases.state import Change, Counted

Test = Callable[[Counted], bool]
Passage = Callable[[Counted, Counted], bool]

_NOTHING: Final = Counted(Class.EXCLUDED, None, None, "", "")
"""Stands for a case that does not count yet, or not any more: excluded without ever having been suspected, it is in no
stock."""
IN_COUNTS: Final = frozenset({Class.CONFIRMED, Class.CLINICAL})


def _open(case: Counted, *classes: Class) -> bool:
    return case.to in classes and case.outcome is None


def _ended(outcome: CaseOutcome) -> Test:
    return lambda case: case.outcome is outcome and case.to in IN_COUNTS


def _severe(severity: ClinicalSeverity) -> Test:
    return lambda case: case.severity is severity and _open(case, Class.CONFIRMED, Class.CLINICAL)


STOCKS: Final[Mapping[str, Test]] = MappingProxyType(
    {
        "confirmed_cum": lambda case: case.to is Class.CONFIRMED,
        "confirmed_existing": lambda case: _open(case, Class.CONFIRMED),
        "clinical_cum": lambda case: "c" in case.ever,
        "clinical_existing": lambda case: _open(case, Class.CLINICAL),
        "probable_existing": lambda case: _open(case, Class.PROBABLE),
        "severe": _severe(ClinicalSeverity.SEVERE),
        "critical": _severe(ClinicalSeverity.CRITICAL),
        "severe_cum": lambda case: "v" in case.ever and case.to in IN_COUNTS,
        "suspected": lambda case: _open(case, Class.SUSPECTED),
        "suspected_cum": lambda case: "s" in case.ever,
        "suspected_excluded_cum": lambda case: case.to is Class.EXCLUDED and "s" in case.ever,
        "deaths_cum": _ended(CaseOutcome.DIED),
        "cured_cum": _ended(CaseOutcome.RECOVERED),
        "hospitalised": lambda case: bool(case.hospital) and _open(case, Class.CONFIRMED, Class.CLINICAL),
        "asymptomatic_obs": lambda case: _open(case, Class.ASYMPTOMATIC),
        "asymptomatic_cum": lambda case: "a" in case.ever,
        "reported_open": lambda case: _open(case, Class.REPORTED),
        "not_in_designated": lambda case: case.hospital != "designated" and _open(case, Class.CONFIRMED),
        "not_in_hospital": lambda case: not case.hospital and _open(case, Class.CONFIRMED),
    }
)
"""What a case is in while it counts so."""


def _enters(stock: str) -> Passage:
    test = STOCKS[stock]
    return lambda before, after: test(after) and not test(before)


def _from_to(before_: Class, after_: Class) -> Passage:
    """Out of one stock by a decision: one that has ended had left it already."""
    return lambda before, after: _open(before, before_) and after.to is after_


FLOWS: Final[Mapping[str, Passage]] = MappingProxyType(
    {
        "confirmed_new": lambda before, after: after.to is Class.CONFIRMED and before.to is not Class.CONFIRMED,
        "clinical_new": lambda before, after: after.to is Class.CLINICAL and before.to is not Class.CLINICAL,
        "severe_new": _enters("severe"),
        "critical_new": _enters("critical"),
        "suspected_new": lambda before, after: after.to is Class.SUSPECTED and before.to is not Class.SUSPECTED,
        "suspected_excluded": _from_to(Class.SUSPECTED, Class.EXCLUDED),
        "suspected_to_confirmed": _from_to(Class.SUSPECTED, Class.CONFIRMED),
        "suspected_to_clinical": _from_to(Class.SUSPECTED, Class.CLINICAL),
        "suspected_to_probable": _from_to(Class.SUSPECTED, Class.PROBABLE),
        "suspected_died": lambda before, after: (
            after.to is Class.SUSPECTED and after.outcome is not None and before.outcome is None
        ),
        "deaths_new": _enters("deaths_cum"),
        "cured_new": _enters("cured_cum"),
        "asymptomatic_new": lambda before, after: (
            after.to is Class.ASYMPTOMATIC and before.to is not Class.ASYMPTOMATIC
        ),
        "asymptomatic_to_confirmed": _from_to(Class.ASYMPTOMATIC, Class.CONFIRMED),
        "asymptomatic_released": lambda before, after: (
            after.to is Class.ASYMPTOMATIC and after.outcome is CaseOutcome.RECOVERED and before.outcome is None
        ),
        "revised_minus": lambda before, after: before.to is Class.CONFIRMED and after.to is Class.EXCLUDED,
    }
)
"""What counts a change, from what a case was to what it is. A hand-over is none of these."""

SOURCES: Final[Mapping[InfectionSource, str]] = MappingProxyType(
    {
        InfectionSource.IMPORTED: "imported",
        InfectionSource.LOCAL: "local",
        InfectionSource.LINKED: "linked",
        InfectionSource.UNKNOWN: "unknown",
    }
)
MOVED: Final = ("confirmed_handed_in", "confirmed_handed_out", "suspected_handed_in", "suspected_handed_out")
"""Cases that another division became responsible for; within the area asked for they are none."""
STOCK_NAMES: Final = (*STOCKS, *(f"{name}_cum" for name in SOURCES.values()))
FLOW_NAMES: Final = (
    *FLOWS, "severe_delta", *(f"{name}_new" for name in SOURCES.values()),
    "asymptomatic_local_new", "asymptomatic_imported_new", *MOVED,
)  # fmt: skip


class Tally(NamedTuple):
    """So many like changes: ``upto`` of them before the moment asked for, ``within`` of them in the window.

    ``handed``: by a hand-over, ``across`` the border of the area that is counted or within it.
    """

    before: str
    after: str
    source: InfectionSource
    handed: bool
    across: bool
    upto: int
    within: int


class Counts(NamedTuple):
    """Stocks as of a moment, flows of a window. Every name is there: a zero is a sum that came to zero."""

    stocks: Mapping[str, int]
    flows: Mapping[str, int]

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]  # sums, not a longer tuple
        return Counts(
            {name: n + other.stocks[name] for name, n in self.stocks.items()},
            {name: n + other.flows[name] for name, n in self.flows.items()},
        )


def count(tallies: Iterable[Tally]) -> Counts:
    """Stocks and flows of an area."""
    stocks, flows = Counter[str](), Counter[str]()
    for one in tallies:
        told = effects(one.before, one.after, handed=one.handed)
        for name, n in told.items():
            if name in STOCKS:
                stocks[name] += n * one.upto
            else:
                flows[name] += n * one.within
        stocks[f"{SOURCES[one.source]}_cum"] += told.get("confirmed_cum", 0) * one.upto
        for name in _by_source(told, one.source):
            flows[name] += one.within
        flows["severe_delta"] += told.get("severe", 0) * one.within
        for name in _handed(one) if one.handed else ():
            flows[name] += one.within
    return Counts({name: stocks[name] for name in STOCK_NAMES}, {name: flows[name] for name in FLOW_NAMES})


@cache
def effects(before: str, after: str, *, handed: bool) -> Mapping[str, int]:
    """By how much a change, given by the codes of what a case was and is, raises each stock and flow that all divisions
    above a case count alike: what depends on where it came from, or on who hands over to whom, is none of these."""
    was, now = Counted.of(before) or _NOTHING, Counted.of(after) or _NOTHING
    stocks = {name: test(now) - test(was) for name, test in STOCKS.items()}
    flows = {} if handed else {name: int(test(was, now)) for name, test in FLOWS.items()}
    return MappingProxyType({name: n for name, n in {**stocks, **flows}.items() if n})


def _by_source(told: Mapping[str, int], source: InfectionSource) -> Iterable[str]:
    if "confirmed_new" in told:
        yield f"{SOURCES[source]}_new"
    if "asymptomatic_new" in told and source in (InfectionSource.LOCAL, InfectionSource.IMPORTED):
        yield f"asymptomatic_{SOURCES[source]}_new"


def _handed(one: Tally) -> Iterable[str]:
    """A hand-over is two changes: out of one division's counts and into another's. Within the area it is none."""
    if not one.across:
        return
    case = Counted.of(one.after) or Counted.of(one.before)
    direction = "in" if one.after else "out"
    if case is not None and case.to is Class.CONFIRMED:
        yield f"confirmed_handed_{direction}"
    if case is not None and _open(case, Class.SUSPECTED):
        yield f"suspected_handed_{direction}"


def moved(change: Change) -> Mapping[str, int]:
    """What a hand-over brings a division, or takes from it; within an area the two sides of it come to nothing."""
    if not change.other:
        return {}
    case, sign = Counted.of(change.after) or Counted.of(change.before), 1 if change.after else -1
    if case is None:
        return {}
    there = {"confirmed_moved": case.to is Class.CONFIRMED, "suspected_moved": _open(case, Class.SUSPECTED)}
    return {name: sign for name, holds in there.items() if holds}


def middle(earliest: date | None, latest: date | None) -> date | None:
    """The day that an onset known to a range of days is counted on: its middle, the earlier of two."""
    if earliest is None or latest is None:
        return earliest or latest
    return date.fromordinal((earliest.toordinal() + latest.toordinal()) // 2)


class Balance(NamedTuple):
    """A sum that must close: ``left`` as counted, ``right`` what it should be."""

    name: str
    zh: str
    en: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


def balances(counts: Counts, opening: Mapping[str, int], parts: Iterable[Counts]) -> list[Balance]:
    """The sums of an area: each stock from the opening one and its flows, and each number from its parts."""
    stocks, flows = counts.stocks, counts.flows
    found = [
        Balance(
            "confirmed_cum", "累计确诊 = 期初 + 新增 − 核减 + 接收 − 移出",
            "confirmed, cumulative = opening + new − removed + handed in − handed out",
            stocks["confirmed_cum"],
            opening["confirmed_cum"] + flows["confirmed_new"] - flows["revised_minus"]
            + flows["confirmed_handed_in"] - flows["confirmed_handed_out"],
        ),
        Balance(
            "suspected", "现有疑似 = 期初 + 新增 − 排除 − 转确诊 − 转其他 − 死亡 + 接收 − 移出",
            "suspected = opening + new − excluded − confirmed − otherwise decided − died + handed in − handed out",
            stocks["suspected"],
            opening["suspected"] + flows["suspected_new"] - flows["suspected_excluded"]
            - flows["suspected_to_confirmed"] - flows["suspected_to_clinical"] - flows["suspected_to_probable"]
            - flows["suspected_died"] + flows["suspected_handed_in"] - flows["suspected_handed_out"],
        ),
        Balance(
            "source_new", "新增确诊 = 输入 + 本土 + 输入关联 + 来源不明",
            "confirmed, new = imported + local + linked to import + unknown",
            flows["confirmed_new"], sum(flows[f"{name}_new"] for name in SOURCES.values()),
        ),
    ]  # fmt: skip
    summed = list(parts)
    if summed:
        found += [
            Balance(
                f"parts_{name}", f"{name}：各地之和 = 全区", f"{name}: the divisions' sum is the whole",
                getattr(counts, kind)[name], sum(getattr(part, kind)[name] for part in summed),
            )
            for kind, name in (("stocks", "confirmed_cum"), ("stocks", "suspected"), ("flows", "confirmed_new"))
        ]  # fmt: skip
    return found
