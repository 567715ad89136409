"""A joint ticket folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lianfang.capabilities.command.facts.tickets import Side, TicketConfirmed, TicketOpened
from lianfang.capabilities.command.state.held import Act, Held, held
from lianfang.facts.fact import Fact

TICKET_KINDS: Final = (TicketOpened, TicketConfirmed)


def ticket(facts: Sequence[Fact]) -> Held[TicketOpened]:
    """The ticket whose facts these are, in whatever order they are given."""
    return held(facts, TicketOpened, TICKET_KINDS[1:], _objection)


def confirmed(one: Held[TicketOpened], side: Side) -> Act | None:
    """When a side first confirmed."""
    return next((act for act in one.acts if act.data.side is side), None)


def closed(one: Held[TicketOpened]) -> datetime | None:
    """When the second of both sides had confirmed; None while one of them has not."""
    both = [confirmed(one, side) for side in Side]
    return max(act.at for act in both if act) if all(both) else None


def _objection(before: Held[TicketOpened], fact: Fact) -> tuple[str, str] | None:
    if isinstance(fact.data, TicketConfirmed):
        if closed(before) is not None:
            return "side", "closed"
        if confirmed(before, fact.data.side):
            return "side", "again"
    return None
