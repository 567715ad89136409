"""``policy/market.toml``: what markets are inspected for, where they are sampled, and what is done."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Final, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.tasks.rules import Obligation
from lianfang.capabilities.warning.facts.market import (
    MarketHandled,
    MarketInspected,
    MarketRegistered,
    MarketSampled,
    MarketTested,
)
from lianfang.capabilities.warning.rules.grading import Title
from lianfang.facts.fact import FactData

HANDLE: Final = "market.handle"


class MarketPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    source: str
    handle_h: Annotated[int, Field(ge=1)]
    kinds: Mapping[str, Title]
    goods: Mapping[str, Title]
    items: Mapping[str, Title]
    points: Mapping[str, Title]
    tests: Mapping[str, Title]
    results: Mapping[str, Title]
    measures: Mapping[str, Title]

    @property
    def handle(self) -> timedelta:
        """From a positive result until the market is disposed of."""
        return timedelta(hours=self.handle_h)


@cache
def market_policy() -> MarketPolicy:
    """The policy."""
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/market.toml")
    return MarketPolicy.model_validate(tomllib.loads(file.read_text("utf-8")))


def unknown(data: FactData) -> Iterator[tuple[str, str, Mapping[str, Title]]]:
    """The fields of a fact whose code the policy does not have: field, code, and the codes that there are."""
    policy = market_policy()
    told: list[tuple[str, str, Mapping[str, Title]]] = []
    match data:
        case MarketRegistered():
            told = [("market_kind", data.market_kind, policy.kinds)]
            told += [(f"sells.{n}", code, policy.goods) for n, code in enumerate(data.sells)]
        case MarketInspected():
            told = [(f"findings.{n}.item", one.item, policy.items) for n, one in enumerate(data.findings)]
        case MarketSampled():
            told = [("point", data.point, policy.points)]
        case MarketTested():
            told = [("test", data.test, policy.tests), ("result", data.result, policy.results)]
        case MarketHandled():
            told = [(f"measures.{n}", code, policy.measures) for n, code in enumerate(data.measures)]
    return (one for one in told if one[1] not in one[2])


class Positive(NamedTuple):
    """A positive environmental sample, and when that was known."""

    sample: UUID
    at: datetime


def disposals(
    market: UUID, area: str, author: str, positives: Iterable[Positive], handled: Iterable[datetime]
) -> Iterator[Obligation]:
    """The disposal of a market after each positive sample: done by the first measures since."""
    done = sorted(handled)
    for one in positives:
        at = next((moment for moment in done if moment >= one.at), None)
        due = one.at + market_policy().handle
        yield Obligation(HANDLE, market, area, one.at, due, slot=str(one.sample), done_at=at, author=author)
