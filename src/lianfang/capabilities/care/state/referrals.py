"""A referral, and the services of a facility, folded from the facts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lianfang.capabilities.care.facts.referrals import (
    ReferralClosed,
    ReferralOutcome,
    ReferralReceived,
    ReferralSent,
    ServiceStated,
)
from lianfang.capabilities.care.state.folding import Applied, Subject, fold, when
from lianfang.facts.fact import Fact


@dataclass(frozen=True)
class Referral(Subject):
    """A referral; ``data`` is None where only what followed is known."""

    data: ReferralSent | None = None
    area: str = ""
    author: str = ""
    sent: datetime | None = None
    received: datetime | None = None
    closed: datetime | None = None
    outcome: ReferralOutcome | None = None


def referral(facts: Sequence[Fact]) -> Referral:
    """The referral whose facts these are, in whatever order they are given."""
    return fold(Referral(), facts, (ReferralSent, ReferralReceived, ReferralClosed), _apply)


def _apply(before: Referral, fact: Fact) -> Referral | Applied:
    data, at = fact.data, when(fact)
    if isinstance(data, ReferralSent):
        if before.data is not None:
            return "referral", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, sent=at)
    if before.data is None:
        return "referral", "no_referral"
    if before.closed is not None:
        return "referral", "closed"
    if isinstance(data, ReferralReceived):
        return ("referral", "again") if before.received else replace(before, received=at)
    if isinstance(data, ReferralClosed):
        if before.received is None and data.outcome is not ReferralOutcome.NOT_COME:
            return "referral", "not_received"
        return replace(before, closed=at, outcome=data.outcome)
    return before


@dataclass(frozen=True)
class Service(Subject):
    """What a facility last said of its services."""

    data: ServiceStated | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None


def service(facts: Sequence[Fact]) -> Service:
    """The services whose facts these are: what was said last holds."""
    return fold(Service(), facts, (ServiceStated,), _said)


def _said(before: Service, fact: Fact) -> Service | Applied:
    if not isinstance(fact.data, ServiceStated):
        return before
    return replace(before, data=fact.data, area=fact.area, author=fact.author, at=when(fact))
