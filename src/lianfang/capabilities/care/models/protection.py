"""Read tables of the protection of staff: disposable. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.care.facts.protection import ExposureClosed, ProtectionStated, StaffExposed
from lianfang.capabilities.care.models.hospitals import area_index
from lianfang.capabilities.care.state.folding import rows_of
from lianfang.capabilities.care.state.protection import exposure, protection
from lianfang.capabilities.gates.models.tables import Subject
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

PROTECTION_KINDS = frozenset({ProtectionStated.kind, Retracted.kind})
EXPOSURE_KINDS = frozenset(one.kind for one in (StaffExposed, ExposureClosed, Retracted))


class ProtectionRow(Subject):
    """How much of an item a facility last said to have."""

    facility = models.UUIDField()
    item = models.CharField(max_length=64)
    stock = models.IntegerField()
    used_per_day = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "care_protection"
        indexes: ClassVar = [area_index("care_protection_area", "subject")]


class ProtectionRegister(SubjectRegister):
    """Items of protection at facilities, a row each."""

    name = "care.protection"
    kinds = PROTECTION_KINDS
    models = (ProtectionRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = protection([entry.fact for entry in entries])
        if its.data is not None:
            yield ProtectionRow(
                subject=subject, area=its.area, author=its.author, at=its.at, faults=rows_of(its.faults),
                disputed=its.disputed, **its.data.model_dump(),
            )  # fmt: skip


class ExposureRow(Subject):
    """An exposure of somebody of the staff."""

    facility = models.UUIDField()
    how = models.CharField(max_length=16)
    high_risk = models.BooleanField()
    at = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, null=True)

    class Meta:
        db_table = "care_exposure"
        indexes: ClassVar = [area_index("care_exposure_area", "subject")]


class ExposureRegister(SubjectRegister):
    """Exposures of staff, a row each."""

    name = "care.exposures"
    kinds = EXPOSURE_KINDS
    models = (ExposureRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = exposure([entry.fact for entry in entries])
        if its.data is not None:
            yield ExposureRow(
                subject=subject, area=its.area, author=its.author, at=its.at, closed=its.closed, outcome=its.outcome,
                faults=rows_of(its.faults), disputed=its.disputed, **its.data.model_dump(),
            )  # fmt: skip
