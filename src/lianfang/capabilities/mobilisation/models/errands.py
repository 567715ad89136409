"""The register of residents' orders: disposable, refolded from the record. No names, and no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from lianfang.capabilities.mobilisation.facts.errands import ErrandPlaced
from lianfang.capabilities.mobilisation.state.errands import STEPS, Errand, ErrandStage, errand
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

KINDS: Final = frozenset(one.kind for one in (*STEPS, Retracted))


class ErrandRow(models.Model):
    """An order as it stands. ``faults`` are facts that were not applied: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    rank = models.IntegerField()
    contactless = models.BooleanField()
    goods = models.BooleanField()
    by_worker = models.BooleanField()
    words = models.UUIDField(null=True)
    stage = models.CharField(max_length=16)
    placed = models.DateTimeField()
    carrier = models.CharField(max_length=64)
    accepted = models.DateTimeField(null=True)
    picked_up = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)
    at_door = models.BooleanField(null=True)
    closed = models.DateTimeField(null=True)
    tries = models.IntegerField()
    failed_for = models.CharField(max_length=64)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "mobilisation_errand"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "stage", "subject"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "uuid_ops"],
                name="mobilisation_errand_area",
            ),
            models.Index(fields=["person"], name="mobilisation_errand_person"),
            models.Index(fields=["carrier", "stage"], name="mobilisation_errand_carrier"),
        ]

    def state(self) -> Errand:
        """The order, as the fold has it, without its faults."""
        data = ErrandPlaced(**{name: getattr(self, name) for name in ErrandPlaced.model_fields})
        names = [name for name in Errand._fields if name not in ("data", "stage", "faults")]
        return Errand(data=data, stage=ErrandStage(self.stage), **{name: getattr(self, name) for name in names})


class ErrandRegister(SubjectRegister):
    """Orders, a row each."""

    name = "mobilisation.errands"
    kinds = KINDS
    models = (ErrandRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        its = errand([entry.fact for entry in entries])
        if its.data is None:
            return
        values = its._asdict() | {"faults": [[str(one.fact), one.field, one.reason] for one in its.faults]}
        del values["data"]
        yield ErrandRow(subject=subject, **its.data.model_dump(), **values)
