"""Transfers between hospitals, and confirmed plans of who gets a bed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.care.facts import (
    AssignmentConfirmed,
    TransferApproved,
    TransferCancelled,
    TransferDeclined,
    TransferDeparted,
    TransferReceived,
    TransferRequested,
)
from lianfang.capabilities.care.models.hospitals import area_index
from lianfang.capabilities.care.state.transfers import TransferStage, transfer
from lianfang.capabilities.isolation.models import Contradiction, fault_row
from lianfang.capabilities.isolation.state import when
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister

TRANSFER_KINDS = frozenset(
    one.kind
    for one in (
        TransferRequested, TransferApproved, TransferDeclined, TransferDeparted, TransferReceived, TransferCancelled,
        Retracted,
    )
)  # fmt: skip
ASSIGNMENT_KINDS = frozenset({AssignmentConfirmed.kind, Retracted.kind})


class TransferRow(models.Model):
    """A transfer as it stands, once for each of its two divisions: whoever may see one side sees it."""

    pk = models.CompositePrimaryKey("subject", "side")
    subject = models.UUIDField()
    side = models.CharField(max_length=4)
    """``from``, where the patient lies, or ``to``."""
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    person = models.UUIDField()
    case = models.UUIDField(null=True)
    from_bed = models.UUIDField()
    from_stay = models.UUIDField()
    hospital = models.UUIDField()
    to_hospital = models.UUIDField()
    from_area = models.CharField(max_length=64)
    to_area = models.CharField(max_length=64)
    type = models.CharField(max_length=16)
    severe = models.BooleanField()
    why = models.CharField(max_length=16)
    stage = models.CharField(max_length=16)
    requested = models.DateTimeField()
    approved = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64)
    departed = models.DateTimeField(null=True)
    received = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    """Declined or called off."""
    reason = models.CharField(max_length=16, null=True)
    bed = models.UUIDField(null=True)
    stay = models.UUIDField(null=True)
    disputed = models.BooleanField()

    class Meta:
        db_table = "care_transfer"
        indexes: ClassVar = [
            area_index("care_transfer_area", "subject"),
            models.Index(fields=["case"], name="care_transfer_case", condition=models.Q(case__isnull=False)),
        ]


class TransferFaultRow(Contradiction):
    """A fact about a transfer that was out of turn."""

    class Meta:
        db_table = "care_transfer_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="care_transfer_fault_of"),
            area_index("care_transfer_fault_area"),
        ]


class TransferRegister(SubjectRegister):
    """Transfers, seen from both sides."""

    name = "care.transfers"
    kinds = TRANSFER_KINDS
    models = (TransferRow, TransferFaultRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        facts = {entry.fact.id: entry.fact for entry in entries}
        its = transfer(list(facts.values()))
        yield from (fault_row(TransferFaultRow, subject, facts[one.fact], one) for one in its.faults)
        data = its.data
        if data is None:
            return
        for side, area in (("from", its.area), ("to", data.to_area)):
            yield TransferRow(
                subject=subject, side=side, area=area, author=its.by[TransferStage.REQUESTED], person=data.person,
                case=data.case, from_bed=data.bed, from_stay=data.stay, hospital=data.hospital,
                to_hospital=data.to_hospital, from_area=its.area, to_area=data.to_area, type=data.type,
                severe=data.severe, why=data.reason, stage=its.stage, requested=its.at[TransferStage.REQUESTED],
                approved=its.at.get(TransferStage.APPROVED), approved_by=its.by.get(TransferStage.APPROVED, ""),
                departed=its.at.get(TransferStage.DEPARTED), received=its.at.get(TransferStage.RECEIVED),
                ended=its.at.get(TransferStage.DECLINED) or its.at.get(TransferStage.CANCELLED), reason=its.reason,
                bed=its.bed, stay=its.stay, disputed=its.disputed,
            )  # fmt: skip


class AssignmentRow(models.Model):
    """A plan that was confirmed: of each case the hospital that was proposed and the one that was chosen."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    at = models.DateTimeField()
    edition = models.CharField(max_length=64)
    lines = models.JSONField()
    changed = models.IntegerField()
    """Lines where the choice is another than the proposal."""

    class Meta:
        db_table = "care_assignment"
        indexes: ClassVar = [area_index("care_assignment_area", "subject")]


class AssignmentRegister(SubjectRegister):
    """Confirmed plans, a row each."""

    name = "care.assignments"
    kinds = ASSIGNMENT_KINDS
    models = (AssignmentRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        for fact in standing([entry.fact for entry in entries]).facts[-1:]:
            data = fact.data
            assert isinstance(data, AssignmentConfirmed)
            yield AssignmentRow(
                subject=subject, area=fact.area, author=fact.author, at=when(fact), edition=data.edition,
                lines=[one.model_dump(mode="json") for one in data.lines],
                changed=sum(one.proposed != one.chosen for one in data.lines),
            )  # fmt: skip
