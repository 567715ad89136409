"""The table of signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model

from lianfang.capabilities.warning.facts.signal import Raised, Reviewed
from lianfang.capabilities.warning.state.signal import Signal, fold
from lianfang.facts.fact import Entry
from lianfang.facts.refold import SubjectRegister


def code(length: int = 64, **options: bool) -> models.CharField:
    return models.CharField(max_length=length, **options)


class SignalRow(models.Model):
    """A signal as ``state.signal`` folds it."""

    subject = models.UUIDField(primary_key=True)
    area = code()
    rule = code()
    rule_version = code()
    disease = code(null=True)
    key = code()
    raised_at = models.DateTimeField()
    seq = models.BigIntegerField()
    last_at = models.DateTimeField()
    last_seq = models.BigIntegerField()
    as_of = models.DateTimeField()
    count = models.IntegerField()
    triggers = ArrayField(code())
    subjects = ArrayField(models.UUIDField())
    evidence = models.JSONField()
    told = models.JSONField()
    status = code(16)
    waiting_since = models.DateTimeField(null=True)
    reviews = models.JSONField()
    reopened = models.BooleanField()
    raisings = ArrayField(models.UUIDField())

    class Meta:
        db_table = "warning_signal"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "last_at", "subject"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                name="warning_signal_area",
            ),
            models.Index(fields=["last_at", "subject"], name="warning_signal_last"),
        ]


class SignalRegister(SubjectRegister):
    """Signals, each a row."""

    name = "warning.signals"
    kinds = frozenset({Raised.kind, Reviewed.kind})
    models = (SignalRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[Model]:
        its = fold(entries)
        if its is not None:
            yield row_of(its)


def row_of(its: Signal) -> SignalRow:
    """A signal as the table keeps it."""
    told = dict(vars(its))
    told["evidence"] = [one.model_dump() for one in its.evidence]
    told["told"] = [one.model_dump(mode="json") for one in its.told]
    told["reviews"] = [{**one._asdict(), "fact": str(one.fact), "at": one.at.isoformat()} for one in its.reviews]
    for name in ("triggers", "subjects", "raisings"):
        told[name] = list(told[name])
    return SignalRow(**told)
