"""Read tables of forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.oversight.facts.forms import FormRegistered, FormsResumed, FormsSuspended
from lianfang.capabilities.oversight.state import forms as state
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class FormRow(models.Model):
    """A form that an office asks for, as it was registered last."""

    subject = models.UUIDField(primary_key=True)
    fact = models.UUIDField()
    area = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    zh = models.TextField()
    en = models.TextField()
    basis = models.CharField(max_length=64)
    doc_no = models.TextField()
    purpose = models.TextField()
    ends = models.DateField()
    minutes = models.IntegerField()
    times_a_day = models.FloatField()
    fields = models.JSONField()
    at = models.DateTimeField()
    author = models.CharField(max_length=64)
    disputed = models.BooleanField()

    class Meta:
        db_table = "oversight_form"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="oversight_form_area"
            )
        ]


class FormRegister(SubjectRegister):
    """Every form that an office asks for."""

    name = "oversight.forms"
    kinds = frozenset({FormRegistered.kind, Retracted.kind})
    models = (FormRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[FormRow]:
        its = state.form([entry.fact for entry in entries])
        if its.data is not None:
            yield FormRow(
                subject=subject, fact=its.fact, area=its.area, at=its.at, author=its.author, disputed=its.disputed,
                **its.data.model_dump(mode="json", exclude={"ends"}), ends=its.data.ends,
            )  # fmt: skip


class RestingRow(models.Model):
    """An area whose forms rest, but for those that a law requires."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    reason = models.TextField()
    since = models.DateTimeField()
    author = models.CharField(max_length=64)

    class Meta:
        db_table = "oversight_resting"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="oversight_resting_area"
            )
        ]


class RestingRegister(SubjectRegister):
    """The areas whose forms rest."""

    name = "oversight.resting"
    kinds = frozenset({FormsSuspended.kind, FormsResumed.kind, Retracted.kind})
    models = (RestingRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[RestingRow]:
        its = state.resting([entry.fact for entry in entries])
        if its.suspended is not None:
            yield RestingRow(
                subject=subject, area=its.area, reason=its.suspended.reason, since=its.at, author=its.author
            )
