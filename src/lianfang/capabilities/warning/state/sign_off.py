"""One sign-off of a forecast, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.warning.facts.sign_off import ForecastSignedOff, SignOffWithdrawn
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class SignOff(NamedTuple):
    """What was signed off and when; ``withdrawn_at`` is None where it holds."""

    subject: UUID
    area: str
    data: ForecastSignedOff
    signed_at: datetime
    withdrawn_at: datetime | None


def fold(facts: Sequence[Fact]) -> SignOff | None:
    """The sign-off with its first withdrawal; None where nothing that stands signed off anything."""
    signed: tuple[Fact, ForecastSignedOff] | None = None
    withdrawn_at: datetime | None = None
    for fact in sorted(standing(facts).facts, key=folding_order):
        match fact.data:
            case ForecastSignedOff() as data if signed is None:
                signed = fact, data
            case SignOffWithdrawn() if withdrawn_at is None:
                withdrawn_at = folding_order(fact)[0]
    if signed is None:
        return None
    fact, its = signed
    return SignOff(fact.subject, fact.area, its, folding_order(fact)[0], withdrawn_at)
