"""The table of dispatches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.supplies.facts.dispatch import (
    DispatchCancelled,
    DispatchPlanned,
    DispatchReceived,
    DispatchSent,
)
from lianfang.capabilities.supplies.state.dispatch import dispatch
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

DISPATCH_KINDS = frozenset(
    one.kind for one in (DispatchPlanned, DispatchSent, DispatchReceived, DispatchCancelled, Retracted)
)


class DispatchRow(Model):
    """A dispatch as it stands: seen where either of its stores is."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    target_area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    source = models.UUIDField()
    target = models.UUIDField()
    loads = models.JSONField()
    allocation = models.UUIDField(null=True)
    stage = models.CharField(max_length=16)
    planned = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=64)
    received = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=64)
    faults = models.IntegerField()

    class Meta:
        db_table = "supplies_dispatch"
        indexes: ClassVar = [
            models.Index(fields=["-planned", "subject"], name="supplies_dispatch_newest"),
            models.Index(fields=["stage", "-planned"], name="supplies_dispatch_stage"),
            models.Index(fields=["target"], name="supplies_dispatch_target"),
        ]


class DispatchRegister(SubjectRegister):
    """Dispatches, a row each."""

    name = "supplies.dispatches"
    kinds = DISPATCH_KINDS
    models = (DispatchRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = dispatch([entry.fact for entry in entries])
        if its.plan is None:
            return
        yield DispatchRow(
            subject=subject, area=its.area, target_area=its.plan.target_area, author=its.author,
            source=its.plan.source, target=its.plan.target, loads=its.plan.model_dump(mode="json")["loads"],
            allocation=its.plan.allocation, stage=its.stage, planned=its.planned, sent=its.sent, sent_by=its.sent_by,
            received=its.received, received_by=its.received_by, faults=len(its.faults),
        )  # fmt: skip
