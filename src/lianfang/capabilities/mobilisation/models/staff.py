"""Seconded staff, workloads, and what those on duty ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.staff import (
    SecondmentBegan,
    SecondmentEnded,
    StaffCareAsked,
    StaffCareMet,
    WorkloadStated,
)
from lianfang.capabilities.mobilisation.models._columns import area_index
from lianfang.facts.fact import Entry, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister


class SecondmentRow(models.Model):
    """People whom a unit lends to the area, from ``first`` to ``last``; None while nobody knows."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    unit = models.TextField()
    duty = models.CharField(max_length=64)
    heads = models.IntegerField()
    first = models.DateField()
    last = models.DateField(null=True)

    class Meta:
        db_table = "mobilisation_secondment"
        indexes: ClassVar = [area_index("mobilisation_secondment")]


class SecondmentRegister(SubjectRegister):
    """Who was lent where."""

    name = "mobilisation.secondments"
    kinds = frozenset({SecondmentBegan.kind, SecondmentEnded.kind, Retracted.kind})
    models = (SecondmentRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.secondment([entry.fact for entry in entries])
        if one.data is not None:
            yield SecondmentRow(
                subject=subject, area=one.area, author=one.author, unit=one.data.unit, duty=one.data.duty,
                heads=one.data.heads, first=one.data.first, last=one.last,
            )  # fmt: skip


class WorkloadRow(models.Model):
    """What was last said of an area's households and its own workers."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    fact = models.UUIDField()
    households = models.IntegerField()
    workers = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "mobilisation_workload"
        indexes: ClassVar = [area_index("mobilisation_workload")]


class WorkloadRegister(SubjectRegister):
    """How much each area has to do with how many hands."""

    name = "mobilisation.workloads"
    kinds = frozenset({WorkloadStated.kind, Retracted.kind})
    models = (WorkloadRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        for fact in standing(entry.fact for entry in entries).facts[-1:]:
            assert isinstance(fact.data, WorkloadStated)
            yield WorkloadRow(
                subject=subject, area=fact.area, author=fact.author, fact=fact.id, **fact.data.model_dump(),
                at=folding_order(fact)[0],
            )  # fmt: skip


class StaffCareRow(models.Model):
    """What those on duty asked for."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    person = models.UUIDField(null=True)
    heads = models.IntegerField()
    urgent = models.BooleanField()
    asked = models.DateTimeField()
    met = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=64)

    class Meta:
        db_table = "mobilisation_staff_care"
        indexes: ClassVar = [area_index("mobilisation_staff_care")]


class StaffCareRegister(SubjectRegister):
    """Requests of those on duty."""

    name = "mobilisation.staff_care"
    kinds = frozenset({StaffCareAsked.kind, StaffCareMet.kind, Retracted.kind})
    models = (StaffCareRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = state.care([entry.fact for entry in entries])
        if one.data is not None:
            yield StaffCareRow(
                subject=subject, area=one.area, author=one.author, **one.data.model_dump(), asked=one.asked,
                met=one.met, outcome=one.outcome,
            )  # fmt: skip
