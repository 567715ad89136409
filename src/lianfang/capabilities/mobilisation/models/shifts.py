"""Shifts, and who is on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.models._columns import area_index, told
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class ShiftRow(models.Model):
    """A shift with how many places of it are taken."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    duty = models.CharField(max_length=64)
    skill = models.CharField(max_length=64)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    zone = models.CharField(max_length=64)
    places = models.IntegerField()
    taken = models.IntegerField()
    team = models.UUIDField(null=True)
    call = models.UUIDField(null=True)
    planned = models.DateTimeField()
    cancelled = models.DateTimeField(null=True)
    faults = models.JSONField()

    class Meta:
        db_table = "mobilisation_shift"
        indexes: ClassVar = [
            area_index("mobilisation_shift"),
            models.Index(fields=["starts"], name="mobilisation_shift_starts"),
        ]


class DutyRow(models.Model):
    """Somebody on a shift, from ``starts`` to ``ends`` as worked or, until that is known, as planned."""

    pk = models.CompositePrimaryKey("subject", "person")
    subject = models.UUIDField()
    person = models.UUIDField()
    area = models.CharField(max_length=64)
    zone = models.CharField(max_length=64)
    duty = models.CharField(max_length=64)
    fact = models.UUIDField()
    at = models.DateTimeField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    worked = models.BooleanField()

    class Meta:
        db_table = "mobilisation_duty"
        indexes: ClassVar = [
            area_index("mobilisation_duty"),
            models.Index(fields=["person", "starts"], name="mobilisation_duty_of"),
        ]


class ShiftRegister(SubjectRegister):
    """Every shift with who is on it."""

    name = "mobilisation.shifts"
    kinds = frozenset({*(one.kind for one in state.SHIFT_KINDS), Retracted.kind})
    models = (ShiftRow, DutyRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.shift([entry.fact for entry in entries])
        if one.data is None:
            return
        its = one.data
        yield ShiftRow(
            subject=subject, area=one.area, author=one.author, duty=its.duty, skill=its.skill or "", starts=its.starts,
            ends=its.ends, zone=its.zone, places=its.places, taken=len(one.duties), team=its.team, call=its.call,
            planned=one.planned, cancelled=one.cancelled, faults=told(one.faults),
        )  # fmt: skip
        for duty in one.duties:
            yield DutyRow(subject=subject, area=one.area, zone=its.zone, duty=its.duty, **duty._asdict())
