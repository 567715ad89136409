"""Hospitals and their wards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.care.facts import HospitalClosed, HospitalRegistered, HospitalWardOpened
from lianfang.capabilities.care.state.hospitals import hospital
from lianfang.capabilities.isolation.models import Contradiction, fault_row
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

HOSPITAL_KINDS = frozenset(one.kind for one in (HospitalRegistered, HospitalClosed, HospitalWardOpened, Retracted))


def area_index(name: str, *more: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(
        fields=["area", *more], opclasses=["varchar_pattern_ops", *(["uuid_ops"] * len(more))], name=name
    )


class HospitalRow(models.Model):
    """A hospital as it stands now. ``code`` is the one that cases have it by."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    zh = models.CharField(max_length=64)
    en = models.CharField(max_length=64)
    level = models.CharField(max_length=16)
    designated = models.BooleanField()
    severe = models.BooleanField()
    specialties = models.JSONField()
    registered = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    disputed = models.BooleanField()

    class Meta:
        db_table = "care_hospital"
        indexes: ClassVar = [
            area_index("care_hospital_area", "subject"),
            models.Index(fields=["code"], name="care_hospital_code"),
        ]


class HospitalWardRow(models.Model):
    """A ward of a hospital."""

    pk = models.CompositePrimaryKey("subject", "ward")
    subject = models.UUIDField()
    ward = models.CharField(max_length=64)
    area = models.CharField(max_length=64)
    zh = models.CharField(max_length=64)
    en = models.CharField(max_length=64)

    class Meta:
        db_table = "care_ward"
        indexes: ClassVar = [area_index("care_ward_area")]


class HospitalFaultRow(Contradiction):
    """A fact about a hospital that contradicts what else is on record."""

    class Meta:
        db_table = "care_hospital_fault"
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="care_hospital_fault_of"),
            area_index("care_hospital_fault_area"),
        ]


class HospitalRegister(SubjectRegister):
    """Hospitals with their wards."""

    name = "care.hospitals"
    kinds = HOSPITAL_KINDS
    models = (HospitalRow, HospitalWardRow, HospitalFaultRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        facts = {entry.fact.id: entry.fact for entry in entries}
        folded = hospital(list(facts.values()))
        yield from (fault_row(HospitalFaultRow, subject, facts[one.fact], one) for one in folded.faults)
        if folded.data is None:
            return
        data = {**folded.data.model_dump(), "specialties": list(folded.data.specialties)}
        yield HospitalRow(
            subject=subject, area=folded.area, author=folded.author, **data, registered=folded.registered,
            closed=folded.closed, disputed=folded.disputed,
        )  # fmt: skip
        for ward in folded.wards:
            yield HospitalWardRow(subject=subject, area=folded.area, **ward._asdict())
