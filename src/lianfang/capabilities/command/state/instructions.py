"""A notice folded from the facts about it: what each addressee has read and done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts.instructions import (
    Addressee,
    DeliveryReason,
    InstructionActed,
    InstructionDelivered,
    InstructionRead,
    InstructionSent,
)
from lianfang.capabilities.command.state.held import Held, held
from lianfang.facts.fact import Fact

INSTRUCTION_KINDS: Final = (InstructionSent, InstructionDelivered, InstructionRead, InstructionActed)


class Receipt(NamedTuple):
    """What became of a notice with one addressee. Who acts has read it."""

    to: Addressee
    read: datetime | None
    acted: datetime | None
    note: str
    fact: UUID | None
    """What it said last."""
    by: str = ""
    """Who said so."""


class Delivery(NamedTuple):
    """What became of telling a channel: after ``tries`` it took it or not, the last at ``at``."""

    channel: str
    reason: DeliveryReason
    to: tuple[Addressee, ...]
    at: datetime
    taken: bool
    tries: int


def instruction(facts: Sequence[Fact]) -> Held[InstructionSent]:
    """The notice whose facts these are, in whatever order they are given."""
    return held(facts, InstructionSent, INSTRUCTION_KINDS[1:], _objection)


def receipts(one: Held[InstructionSent]) -> tuple[Receipt, ...]:
    """One for each addressee, in the order of the notice."""
    found = {to.token: Receipt(to, None, None, "", None) for to in (one.data.to if one.data else ())}
    for act in one.acts:
        if isinstance(act.data, InstructionRead):
            its = found[act.data.to.token]
            found[act.data.to.token] = its._replace(read=its.read or act.at, fact=act.fact, by=act.author)
        elif isinstance(act.data, InstructionActed):
            its = found[act.data.to.token]
            found[act.data.to.token] = its._replace(
                read=its.read or act.at, acted=its.acted or act.at, note=act.data.note, fact=act.fact, by=act.author
            )
    return tuple(found.values())


def deliveries(one: Held[InstructionSent]) -> tuple[Delivery, ...]:
    """One for each channel and reason, in the order in which they were first tried."""
    found: dict[tuple[str, DeliveryReason], Delivery] = {}
    for act in one.acts:
        if isinstance(its := act.data, InstructionDelivered):
            key = its.channel, its.reason
            tries = found[key].tries + 1 if key in found else 1
            found[key] = Delivery(*key, its.to, act.at, its.taken, tries)
    return tuple(found.values())


def _objection(before: Held[InstructionSent], fact: Fact) -> tuple[str, str] | None:
    assert before.data is not None
    known = {to.token for to in before.data.to}
    if isinstance(fact.data, InstructionRead | InstructionActed) and fact.data.to.token not in known:
        return "to", "not_addressed"
    return None
