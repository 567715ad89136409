"""Notices with their receipts, and joint tickets, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.command.facts.instructions import Addressee, DeliveryReason, receipt_id
from lianfang.capabilities.command.facts.tickets import Side
from lianfang.capabilities.command.models.columns import HeldRow, area_index, founded, said_last
from lianfang.capabilities.command.state import instructions, tickets
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

INSTRUCTION_KINDS = frozenset({*(one.kind for one in instructions.INSTRUCTION_KINDS), Retracted.kind})
TICKET_KINDS = frozenset({*(one.kind for one in tickets.TICKET_KINDS), Retracted.kind})


class InstructionRow(HeldRow):
    """A notice. ``channels`` has what became of telling each channel of the operator's."""

    channels = models.JSONField()

    class Meta:
        db_table = "command_instruction"
        indexes: ClassVar = [area_index("command_instruction_area")]

    def deliveries(self) -> list[instructions.Delivery]:
        """As the fold has them."""
        return [
            instructions.Delivery(
                one["channel"], DeliveryReason(one["reason"]), tuple(Addressee(**to) for to in one["to"]),
                datetime.fromisoformat(one["at"]), one["taken"], one["tries"],
            )
            for one in self.channels
        ]  # fmt: skip


class ReceiptRow(models.Model):
    """What became of a notice with one addressee; ``area`` is the addressee's own."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    account = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    """Who sent it."""
    began = models.DateTimeField()
    read_by = models.DateTimeField()
    act_by = models.DateTimeField(null=True)
    read = models.DateTimeField(null=True)
    acted = models.DateTimeField(null=True)
    note = models.TextField()
    fact = models.UUIDField(null=True)
    by = models.CharField(max_length=64)
    """Who said so last."""

    class Meta:
        db_table = "command_receipt"
        indexes: ClassVar = [
            area_index("command_receipt_area"),
            models.Index(fields=["subject"], name="command_receipt_of"),
        ]

    @property
    def token(self) -> str:
        """Which of the notice's addressees it is of."""
        return Addressee(area=self.area, account=self.account or None).token


class InstructionRegister(SubjectRegister):
    """Every notice with a receipt for each addressee."""

    name = "command.instructions"
    kinds = INSTRUCTION_KINDS
    models = (InstructionRow, ReceiptRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = instructions.instruction([entry.fact for entry in entries])
        if one.data is None:
            return
        yield InstructionRow(**founded(subject, one), channels=[_told(its) for its in instructions.deliveries(one)])
        for its in instructions.receipts(one):
            yield ReceiptRow(
                id=receipt_id(subject, its.to.token), subject=subject, area=its.to.area, account=its.to.account or "",
                author=one.author, began=one.began, read_by=one.data.read_by, act_by=one.data.act_by, read=its.read,
                acted=its.acted, note=its.note, fact=its.fact, by=its.by,
            )  # fmt: skip


def _told(one: instructions.Delivery) -> dict[str, Any]:
    to = [its.model_dump(exclude_none=True) for its in one.to]
    return {**one._asdict(), "to": to, "at": one.at.astimezone(UTC).isoformat()}


class TicketRow(HeldRow):
    """A joint ticket: when each side confirmed, and when it was closed by that."""

    department = models.CharField(max_length=64)
    due = models.DateTimeField()
    by_department = models.DateTimeField(null=True)
    by_place = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    last = models.UUIDField()
    last_by = models.CharField(max_length=64)

    class Meta:
        db_table = "command_ticket"
        indexes: ClassVar = [area_index("command_ticket_area")]


class TicketRegister(SubjectRegister):
    """Every joint ticket."""

    name = "command.tickets"
    kinds = TICKET_KINDS
    models = (TicketRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[TicketRow]:
        one = tickets.ticket([entry.fact for entry in entries])
        if one.data is None:
            return
        said = {side: tickets.confirmed(one, side) for side in Side}
        yield TicketRow(
            **founded(subject, one), department=one.data.department, due=one.data.due, closed=tickets.closed(one),
            **{f"by_{side}": act.at if act else None for side, act in said.items()},
            **said_last(one),
        )  # fmt: skip
