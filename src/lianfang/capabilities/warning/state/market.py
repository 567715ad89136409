"""A market, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.warning.facts.market import (
    Finding,
    MarketHandled,
    MarketInspected,
    MarketRegistered,
    MarketSampled,
    MarketSequenced,
    MarketTested,
)
from lianfang.facts.fact import Fact, FactData, folding_order
from lianfang.facts.history import standing

CLOSED, REOPENED, POSITIVE = "closed", "reopened", "positive"


class Fault(NamedTuple):
    """A fact that could not be applied: its field, and the reason by its code in ``WORDS``."""

    fact: UUID
    field: str
    reason: str


WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "not_registered": ("这一市场尚未登记，请先登记", "the market is not registered: register it first"),
    "no_sample": (
        "此市场当时没有这份样本，请核对编号或时间",
        "the market had no such sample by then: correct its id or the time",
    ),
    "not_positive": ("样本没有阳性结果，不能登记序列", "the sample has no positive result: record that first"),
    "not_closed": ("市场未关闭，不必重新开放", "the market is not closed: nothing is to be reopened"),
}


class Inspection(NamedTuple):
    fact: UUID
    at: datetime
    author: str
    findings: tuple[Finding, ...]

    @property
    def unmet(self) -> tuple[str, ...]:
        return tuple(one.item for one in self.findings if one.met is False)


class EnvironmentSample(NamedTuple):
    """An environmental sample with its last result."""

    id: UUID
    at: datetime
    author: str
    disease: str
    point: str
    number: str | None
    laboratory: str | None
    test: str | None = None
    result: str | None = None
    ct: float | None = None
    result_at: datetime | None = None
    accession: str | None = None
    archive: str | None = None
    lineage: str | None = None


class Handled(NamedTuple):
    fact: UUID
    at: datetime
    author: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Market:
    """A market; lists are by time. ``faults`` are facts that contradict what was before: they are not applied."""

    data: MarketRegistered | None = None
    area: str = ""
    author: str = ""
    registered_at: datetime | None = None
    inspections: tuple[Inspection, ...] = ()
    samples: tuple[EnvironmentSample, ...] = ()
    handled: tuple[Handled, ...] = ()
    closed: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def unmet(self) -> tuple[str, ...]:
        """What the last inspection of each item did not find met."""
        last = {one.item: one.met for inspection in self.inspections for one in inspection.findings}
        return tuple(item for item, met in last.items() if met is False)

    @property
    def unhandled(self) -> tuple[EnvironmentSample, ...]:
        """Positive samples after whose result nothing was done."""
        done = max((one.at for one in self.handled), default=None)
        return tuple(
            one
            for one in self.samples
            if one.result == POSITIVE and one.result_at and (done is None or done < one.result_at)
        )


def fold(facts: Sequence[Fact]) -> Market:
    """The market whose facts these are, in whatever order they are given."""
    found, faults = Market(), list[Fault]()
    for fact in standing(facts).facts:
        applied = _apply(found, fact)
        if isinstance(applied, Market):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Market, fact: Fact) -> Market | tuple[str, str]:
    at, data = folding_order(fact)[0], fact.data
    if isinstance(data, MarketRegistered):
        return replace(
            before, data=data, area=fact.area, author=before.author or fact.author,
            registered_at=before.registered_at or at,
        )  # fmt: skip
    if before.data is None:
        return "market", "not_registered"
    return _ACTS[type(data)](before, fact, at, data) if type(data) in _ACTS else before


def _inspected(before: Market, fact: Fact, at: datetime, data: MarketInspected) -> Market:
    return replace(before, inspections=(*before.inspections, Inspection(fact.id, at, fact.author, data.findings)))


def _sampled(before: Market, fact: Fact, at: datetime, data: MarketSampled) -> Market:
    sample = EnvironmentSample(fact.id, at, fact.author, data.disease, data.point, data.number, data.laboratory)
    return replace(before, samples=(*before.samples, sample))


def _tested(before: Market, _: Fact, at: datetime, data: MarketTested) -> Market | tuple[str, str]:
    told = {"test": data.test, "result": data.result, "ct": data.ct, "result_at": at}
    return _of_sample(before, data.sample, told)


def _sequenced(before: Market, _: Fact, __: datetime, data: MarketSequenced) -> Market | tuple[str, str]:
    told = {"accession": data.accession, "archive": data.archive, "lineage": data.lineage}
    sample = next((one for one in before.samples if one.id == data.sample), None)
    if sample is not None and sample.result != POSITIVE:
        return "sample", "not_positive"
    return _of_sample(before, data.sample, told)


def _of_sample(before: Market, id: UUID, told: Mapping[str, Any]) -> Market | tuple[str, str]:
    if all(one.id != id for one in before.samples):
        return "sample", "no_sample"
    changed = tuple(one._replace(**told) if one.id == id else one for one in before.samples)
    return replace(before, samples=changed)


def _handled(before: Market, fact: Fact, at: datetime, data: MarketHandled) -> Market | tuple[str, str]:
    if REOPENED in data.measures and not before.closed:
        return "measures", "not_closed"
    closed = CLOSED in data.measures or (before.closed and REOPENED not in data.measures)
    done = (*before.handled, Handled(fact.id, at, fact.author, data.measures))
    return replace(before, handled=done, closed=closed)


_ACTS: Final[Mapping[type[FactData], Callable[..., Market | tuple[str, str]]]] = {
    MarketInspected: _inspected,
    MarketSampled: _sampled,
    MarketTested: _tested,
    MarketSequenced: _sequenced,
    MarketHandled: _handled,
}
