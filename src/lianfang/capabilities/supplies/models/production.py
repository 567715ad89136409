"""The tables of producers, of hands and support that are asked for, of prices and of emergency projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.supplies.facts.prices import PriceReported
from lianfang.capabilities.supplies.facts.producers import LABOUR_KINDS, PRODUCER_KINDS
from lianfang.capabilities.supplies.facts.projects import PROJECT_KINDS
from lianfang.capabilities.supplies.facts.support import SUPPORT_KINDS
from lianfang.capabilities.supplies.state.producers import hands, producer
from lianfang.capabilities.supplies.state.projects import project
from lianfang.capabilities.supplies.state.support import ticket
from lianfang.facts.fact import Entry, FactData
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister


def _kinds(declared: Iterable[type[FactData]]) -> frozenset[str]:
    return frozenset({*(one.kind for one in declared), Retracted.kind})


def _area_index(name: str, second: str = "subject", of: str = "uuid_ops") -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(fields=["area", second], opclasses=["varchar_pattern_ops", of], name=name)


Series = Mapping[date, Any]


def _kept(series: Series) -> list[list[Any]]:
    """A series as a row keeps it: day and value, by day."""
    return [[day.isoformat(), series[day]] for day in sorted(series)]


def series(kept: Sequence[Sequence[Any]]) -> dict[date, Any]:
    """A series as a row has kept it."""
    return {date.fromisoformat(day): value for day, value in kept}


class ProducerRow(Model):
    """A producer. ``makes``: item and what a usual day makes of it; ``work``, and ``output`` and ``demand`` by item: a
    day and its value; ``reported``: a day, and when something was first told of its output."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    en = models.CharField(max_length=64)
    makes = models.JSONField()
    work = models.JSONField()
    output = models.JSONField()
    demand = models.JSONField()
    reported = models.JSONField()

    class Meta:
        db_table = "supplies_producer"
        indexes: ClassVar = [_area_index("supplies_producer_area")]


class ProducerRegister(SubjectRegister):
    """Producers, a row each."""

    name = "supplies.producers"
    kinds = _kinds(PRODUCER_KINDS)
    models = (ProducerRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = producer([entry.fact for entry in entries])
        if its.listed is None:
            return
        yield ProducerRow(
            subject=subject, area=its.area, author=its.author, name=its.listed.name, en=its.listed.en,
            makes=[[str(one.item), one.per_day] for one in its.listed.makes], work=_kept(its.work),
            output={str(item): _kept(days) for item, days in its.output.items()},
            demand={str(item): _kept(days) for item, days in its.demand.items()},
            reported=[[day.isoformat(), its.reported[day].isoformat()] for day in sorted(its.reported)],
        )  # fmt: skip


class LabourRow(Model):
    """Hands that a producer asks for; ``given`` are the groups of those who go."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    producer = models.UUIDField()
    people = models.IntegerField()
    groups = models.IntegerField()
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    given = models.JSONField()
    given_at = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=64)

    class Meta:
        db_table = "supplies_labour"
        indexes: ClassVar = [
            _area_index("supplies_labour_area"),
            models.Index(fields=["ends"], name="supplies_labour_ends"),
        ]


class LabourRegister(SubjectRegister):
    """Requests for hands, a row each."""

    name = "supplies.labour"
    kinds = _kinds(LABOUR_KINDS)
    models = (LabourRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = hands([entry.fact for entry in entries])
        if its.asked is not None:
            yield LabourRow(
                subject=subject, area=its.area, author=its.author, **its.asked.model_dump(),
                given=[[str(one) for one in group] for group in its.groups], given_at=its.given, given_by=its.given_by,
            )  # fmt: skip


class SupportRow(Model):
    """A ticket of support; ``due`` is what was told, None where the policy says it."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    category = models.CharField(max_length=16)
    producer = models.UUIDField(null=True)
    facility = models.CharField(max_length=64)
    owner = models.CharField(max_length=64, null=True)
    due = models.DateTimeField(null=True)
    zh = models.TextField()
    at = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=64)
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, null=True)
    faults = models.IntegerField()

    class Meta:
        db_table = "supplies_support"
        indexes: ClassVar = [_area_index("supplies_support_area")]


class SupportRegister(SubjectRegister):
    """Tickets of support, a row each."""

    name = "supplies.support"
    kinds = _kinds(SUPPORT_KINDS)
    models = (SupportRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = ticket([entry.fact for entry in entries])
        if its.asked is not None:
            yield SupportRow(
                subject=subject, area=its.area, author=its.author, **its.asked.model_dump(), at=its.at,
                taken=its.taken, taken_by=its.taken_by, closed=its.closed, outcome=its.outcome, faults=its.faults,
            )  # fmt: skip


class PriceRow(Model):
    """The price of a good in a shop on a day."""

    pk = models.CompositePrimaryKey("subject", "day")
    subject = models.UUIDField()
    day = models.DateField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    outlet = models.CharField(max_length=64)
    good = models.CharField(max_length=64)
    fen = models.IntegerField(null=True)
    supply = models.CharField(max_length=16)

    class Meta:
        db_table = "supplies_price"
        indexes: ClassVar = [_area_index("supplies_price_area", "day", "date_ops")]


class PriceRegister(SubjectRegister):
    """Prices, a row for each day of a good in a shop."""

    name = "supplies.prices"
    kinds = _kinds([PriceReported])
    models = (PriceRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        found: dict[date, PriceRow] = {}
        for fact in standing(entry.fact for entry in entries).facts:
            assert isinstance(fact.data, PriceReported)
            found[fact.data.day] = PriceRow(
                subject=subject, area=fact.area, author=fact.author, **fact.data.model_dump()
            )
        return found.values()


class ProjectRow(Model):
    """An emergency project. ``steps``: its stages in order; ``done``: by stage when and how many parts were through."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    zh = models.TextField()
    en = models.TextField()
    parts = models.IntegerField()
    steps = models.JSONField()
    begins = models.DateTimeField()
    due = models.DateTimeField()
    done = models.JSONField()

    class Meta:
        db_table = "supplies_project"
        indexes: ClassVar = [_area_index("supplies_project_area")]

    def told(self) -> dict[str, list[tuple[datetime, int]]]:
        """``done`` with its moments."""
        return {step: [(datetime.fromisoformat(at), n) for at, n in told] for step, told in self.done.items()}


class ProjectRegister(SubjectRegister):
    """Emergency projects, a row each."""

    name = "supplies.projects"
    kinds = _kinds(PROJECT_KINDS)
    models = (ProjectRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = project([entry.fact for entry in entries])
        if its.opened is None:
            return
        told = its.opened
        yield ProjectRow(
            subject=subject, area=its.area, author=its.author, zh=told.zh, en=told.en, parts=told.parts,
            steps=[one.model_dump() for one in told.steps], begins=told.begins, due=told.due,
            done={step: [[at.isoformat(), n] for at, n in counts] for step, counts in its.done.items()},
        )  # fmt: skip
