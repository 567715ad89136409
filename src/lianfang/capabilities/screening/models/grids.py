"""The registers of grids, of daily reports, of what others count, and of health education."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Duty
from lianfang.capabilities.screening.models.tables import by_area
from lianfang.capabilities.screening.state.grid import Grid, fold_grid
from lianfang.capabilities.screening.state.parts import Fault
from lianfang.capabilities.screening.state.round import fold_education, fold_reference, fold_report
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class GridRow(Model):
    """A grid; ``holder`` has it now. ``teams``: team, workers, since. ``faults``: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    name = models.CharField(max_length=32)
    site = models.CharField(max_length=16)
    registered_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=64)
    teams = models.JSONField()
    batch = models.UUIDField(null=True)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "screening_grid"
        indexes: ClassVar = [
            by_area("screening_grid_area", "subject"),
            models.Index(fields=["holder"], name="screening_grid_holder"),
        ]


class TenureRow(Model):
    """Who had a grid, or a building or unit of it, from when until when. ``number`` counts a grid's from 0."""

    pk = models.CompositePrimaryKey("subject", "number")
    subject = models.UUIDField()
    number = models.IntegerField()
    area = models.CharField(max_length=64)
    to = models.CharField(max_length=64)
    duty = models.CharField(max_length=32)
    building = models.CharField(max_length=32)
    unit = models.CharField(max_length=32)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    by = models.CharField(max_length=64)

    class Meta:
        db_table = "screening_tenure"
        indexes: ClassVar = [
            models.Index(fields=["to", "ends"], name="screening_tenure_to"),
            by_area("screening_tenure_area", "subject"),
        ]


class ReportRow(Model):
    """A unit's report of a day as last given; ``first_at`` is when it was first given."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    day = models.DateField()
    first_at = models.DateTimeField()
    at = models.DateTimeField()
    zero = models.BooleanField()
    households = models.IntegerField()
    from_listed = models.IntegerField()
    from_elsewhere = models.IntegerField()
    local = models.IntegerField()
    unwell = models.IntegerField()
    hospital = models.IntegerField()
    home = models.IntegerField()
    central = models.IntegerField()
    other = models.IntegerField()
    undisposed = models.IntegerField()
    reason = models.TextField(null=True)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "screening_report"
        indexes: ClassVar = [by_area("screening_report_area", "day")]


class ReferenceRow(Model):
    """How many households another source counts in a division."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    households = models.IntegerField()
    source = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "screening_reference"
        indexes: ClassVar = [by_area("screening_reference_area", "subject")]


class EducationRow(Model):
    """What every grid of a division is to tell its households until when."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    topic = models.CharField(max_length=64)
    said = models.TextField(null=True)
    at = models.DateTimeField()
    due = models.DateTimeField()

    class Meta:
        db_table = "screening_education"
        indexes: ClassVar = [by_area("screening_education_area", "due")]


def _facts(entries: Sequence[Entry]) -> list[Fact]:
    return [entry.fact for entry in entries]


def _told(faults: Sequence[Fault]) -> list[list[str]]:
    return [[str(one.fact), one.field, one.reason] for one in faults]


class GridRegister(SubjectRegister):
    name = "screening.grids"
    kinds = frozenset(
        {
            kinds.GridRegistered.kind, kinds.GridAssigned.kind, kinds.GridHandedOver.kind, kinds.TeamAttached.kind,
            kinds.TeamDetached.kind, Retracted.kind,
        }
    )  # fmt: skip
    models = (GridRow, TenureRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        one = fold_grid(_facts(entries))
        if one is not None:
            yield _grid(subject, one)
            for number, tenure in enumerate(one.tenures):
                parts: dict[str, Any] = tenure._asdict()
                parts |= {"building": tenure.building or "", "unit": tenure.unit or ""}
                yield TenureRow(subject=subject, number=number, area=one.area, **parts)


def _grid(subject: UUID, one: Grid) -> GridRow:
    holders = [tenure.to for tenure in one.tenures if tenure.duty is Duty.GRID_WORKER and tenure.ends is None]
    return GridRow(
        subject=subject, area=one.area, author=one.author, name=one.data.name if one.data else "",
        site=one.data.site if one.data else "", registered_at=one.registered_at,
        holder=holders[-1] if holders else "", teams=[[t.team, t.workers, t.since.isoformat()] for t in one.teams],
        batch=one.data.batch if one.data else None, faults=_told(one.faults), disputed=one.disputed,
    )  # fmt: skip


class ReportRegister(SubjectRegister):
    name = "screening.reports"
    kinds = frozenset({kinds.Reported.kind, Retracted.kind})
    models = (ReportRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ReportRow]:
        one = fold_report(_facts(entries))
        if one is not None:
            told = one.data.model_dump(exclude={"disposals"})
            disposed = one.data.disposals.model_dump()
            yield ReportRow(
                subject=subject, area=one.area, author=one.author, first_at=one.first_at, at=one.at,
                undisposed=disposed.pop("none"), faults=_told(one.faults), disputed=one.disputed, **told, **disposed,
            )  # fmt: skip


class ReferenceRegister(SubjectRegister):
    name = "screening.references"
    kinds = frozenset({kinds.ReferenceStated.kind, Retracted.kind})
    models = (ReferenceRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ReferenceRow]:
        one = fold_reference(_facts(entries))
        if one is not None:
            yield ReferenceRow(subject=subject, area=one.area, author=one.author, at=one.at, **one.data.model_dump())


class EducationRegister(SubjectRegister):
    name = "screening.education"
    kinds = frozenset({kinds.EducationAsked.kind, Retracted.kind})
    models = (EducationRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[EducationRow]:
        one = fold_education(_facts(entries))
        if one is not None:
            yield EducationRow(subject=subject, area=one.area, author=one.author, at=one.at, **one.data.model_dump())
