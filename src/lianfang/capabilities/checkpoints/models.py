"""Read tables of arrivals and of people who want to come home: disposable, refolded from the record. No names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import models

from lianfang.capabilities.checkpoints import facts as kinds
from lianfang.capabilities.checkpoints import rules
from lianfang.capabilities.checkpoints.facts import Conveyance
from lianfang.capabilities.checkpoints.state import (
    Arrival,
    Estimate,
    Fault,
    Flight,
    Help,
    Measure,
    Noted,
    Stranded,
    Supply,
    fold_arrival,
    fold_estimate,
    fold_flight,
    fold_help,
    fold_stranded,
)
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


def _by_area(table: str, *columns: str) -> models.Index:
    """An index by division, in the order of bytes (see access.rows), then by columns of ids or times."""
    classes = {"subject": "uuid_ops"}
    return models.Index(
        fields=["area", *columns],
        opclasses=["varchar_pattern_ops", *(classes.get(one, "timestamptz_ops") for one in columns)],
        name=f"{table}_area",
    )


class Subject(models.Model):
    """What every one of these rows has. ``faults`` are facts that were not applied: fact, field, reason."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        abstract = True


class FlightRow(Subject):
    """A flight as last planned."""

    conveyance = models.CharField(max_length=16)
    number = models.CharField(max_length=64)
    operator = models.CharField(max_length=64)
    route = models.JSONField()
    departs = models.DateTimeField(null=True)
    seats = models.IntegerField()
    planned_at = models.DateTimeField()

    class Meta:
        db_table = "checkpoints_flight"
        indexes: ClassVar = [_by_area("checkpoints_flight", "subject")]


class StrandedRow(Subject):
    """Somebody who asked to be brought home. The subject is the person."""

    place = models.CharField(max_length=64)
    family = models.UUIDField(null=True)
    registered_at = models.DateTimeField()
    seat = models.CharField(max_length=16)
    flight = models.UUIDField(null=True)

    class Meta:
        db_table = "checkpoints_stranded"
        indexes: ClassVar = [
            _by_area("checkpoints_stranded", "subject"),
            models.Index(fields=["flight"], name="checkpoints_stranded_flight"),
            models.Index(fields=["family"], name="checkpoints_stranded_family"),
        ]


class EstimateRow(Subject):
    """How many are stranded somewhere, as last said."""

    place = models.CharField(max_length=64)
    people = models.IntegerField()
    about = models.BooleanField()
    stated_at = models.DateTimeField()

    class Meta:
        db_table = "checkpoints_estimate"
        indexes: ClassVar = [_by_area("checkpoints_estimate", "subject")]


class HelpRow(Subject):
    """A call for help from abroad."""

    person = models.UUIDField()
    family = models.IntegerField()
    needs = models.JSONField()
    place = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "checkpoints_help"
        indexes: ClassVar = [
            _by_area("checkpoints_help", "subject"),
            models.Index(fields=["person"], name="checkpoints_help_person"),
        ]


class ArrivalRow(Subject):
    """Somebody who arrived. ``watched_until`` is the end of the watch over a key person, none for others."""

    person = models.UUIDField()
    conveyance = models.CharField(max_length=16)
    number = models.CharField(max_length=64, null=True)
    arrived = models.DateTimeField()
    came_from = models.CharField(max_length=64, null=True)
    key_person = models.BooleanField()
    batch = models.UUIDField(null=True)
    listing = models.UUIDField()
    by_unit = models.CharField(max_length=64)
    taken_over = models.JSONField(null=True)
    taken_over_at = models.DateTimeField(null=True)
    hand_over_due = models.DateTimeField()
    watched_until = models.DateTimeField(null=True)
    measures = models.JSONField()
    supplies = models.JSONField()
    active_until = models.DateTimeField(null=True)
    """From then on it asks for nothing any more; none while it does."""

    class Meta:
        db_table = "checkpoints_arrival"
        indexes: ClassVar = [
            _by_area("checkpoints_arrival", "arrived", "subject"),
            models.Index(fields=["-arrived", "subject"], name="checkpoints_arrival_newest"),
            models.Index(fields=["person"], name="checkpoints_arrival_person"),
            models.Index(fields=["batch"], name="checkpoints_arrival_batch"),
        ]

    def state(self) -> Arrival:
        """The arrival, as the fold has it."""
        its = arrival_of(*(getattr(self, name) for name in (*COLUMNS, *LISTS)))
        return its._replace(disputed=self.disputed)


COLUMNS: Final = (
    "author", "person", "conveyance", "number", "arrived", "came_from", "area", "key_person", "batch", "listing",
    "by_unit",
)  # fmt: skip
LISTS: Final = ("taken_over", "measures", "supplies", "faults")
"""The columns of an arrival, in its order; of the second an empty one may stand as None."""


def arrival_of(*columns: Any) -> Arrival:
    """The arrival of a row's columns."""
    one = Arrival(*columns)
    return one._replace(
        conveyance=Conveyance(one.conveyance),
        taken_over=_noted(one.taken_over) if one.taken_over else None,
        measures=tuple(
            Measure(_noted(noted), date.fromisoformat(day), slot, temp_c, tuple(symptoms))
            for noted, day, slot, temp_c, symptoms in one.measures or ()
        ),
        supplies=tuple(Supply(_noted(noted), item) for noted, item in one.supplies or ()),
        faults=tuple(Fault(UUID(fact), field, reason) for fact, field, reason in one.faults or ()),
    )


def _noted(told: Sequence[str]) -> Noted:
    fact, at, by = told
    return Noted(UUID(fact), datetime.fromisoformat(at), by)


def _told(noted: Noted) -> list[str]:
    return [str(noted.fact), noted.at.isoformat(), noted.by]


def _common(subject: UUID, area: str, author: str, faults: Sequence[Fault], disputed: bool) -> dict[str, Any]:
    told = [[str(one.fact), one.field, one.reason] for one in faults]
    return {"subject": subject, "area": area, "author": author, "faults": told, "disputed": disputed}


class FlightRegister(SubjectRegister):
    name = "checkpoints.flights"
    kinds = frozenset({kinds.FlightPlanned.kind, Retracted.kind})
    models = (FlightRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[FlightRow]:
        one: Flight | None = fold_flight([entry.fact for entry in entries])
        if one:
            plan = one.plan
            yield FlightRow(
                **_common(subject, one.area, one.author, one.faults, one.disputed),
                conveyance=plan.conveyance, number=plan.number or "", operator=plan.operator or "",
                route=list(plan.route), departs=plan.departs, seats=plan.seats, planned_at=one.planned_at,
            )  # fmt: skip


class StrandedRegister(SubjectRegister):
    name = "checkpoints.stranded"
    kinds = frozenset({kinds.StrandedRegistered.kind, kinds.SeatSettled.kind, Retracted.kind})
    models = (StrandedRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[StrandedRow]:
        one: Stranded | None = fold_stranded([entry.fact for entry in entries])
        if one:
            yield StrandedRow(
                **_common(subject, one.area, one.author, one.faults, one.disputed),
                place=one.place, family=one.family, registered_at=one.registered_at, seat=one.seat, flight=one.flight,
            )  # fmt: skip


class EstimateRegister(SubjectRegister):
    name = "checkpoints.estimates"
    kinds = frozenset({kinds.StrandedEstimated.kind, Retracted.kind})
    models = (EstimateRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[EstimateRow]:
        one: Estimate | None = fold_estimate([entry.fact for entry in entries])
        if one:
            yield EstimateRow(
                **_common(subject, one.area, one.author, one.faults, one.disputed),
                place=one.place, people=one.people, about=one.about, stated_at=one.stated_at,
            )  # fmt: skip


class HelpRegister(SubjectRegister):
    name = "checkpoints.help"
    kinds = frozenset({kinds.HelpAsked.kind, kinds.HelpAnswered.kind, Retracted.kind})
    models = (HelpRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[HelpRow]:
        one: Help | None = fold_help([entry.fact for entry in entries])
        if one:
            yield HelpRow(
                **_common(subject, one.area, one.author, one.faults, one.disputed),
                person=one.asked.person, family=one.asked.family, needs=list(one.asked.needs), place=one.asked.place,
                asked_at=one.asked_at, state=one.state, answered_at=one.answered_at,
            )  # fmt: skip


class ArrivalRegister(SubjectRegister):
    """Every arrival with what was done since, a row each: a key person has two measurements a day for two weeks."""

    name = "checkpoints.arrivals"
    kinds = frozenset(
        {
            kinds.ArrivalListed.kind, kinds.ArrivalAcknowledged.kind, kinds.ArrivalMeasured.kind,
            kinds.MedicineSupplied.kind, Retracted.kind,
        }
    )  # fmt: skip
    models = (ArrivalRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[ArrivalRow]:
        one = fold_arrival([entry.fact for entry in entries])
        if one:
            yield _arrival(subject, one)


def _arrival(subject: UUID, one: Arrival) -> ArrivalRow:
    return ArrivalRow(
        **_common(subject, one.destination, one.author, rules.faults(one), one.disputed),
        person=one.person, conveyance=one.conveyance, number=one.number, arrived=one.arrived, came_from=one.came_from,
        key_person=one.key_person, batch=one.batch, listing=one.listing, by_unit=one.by_unit,
        taken_over=_told(one.taken_over) if one.taken_over else None,
        taken_over_at=one.taken_over.at if one.taken_over else None,
        hand_over_due=one.arrived + rules.of_arrival(one).hand_over,
        watched_until=rules.watched_until(one),
        active_until=rules.active_until(one),
        measures=[[_told(m.noted), m.day.isoformat(), m.slot, m.temp_c, list(m.symptoms)] for m in one.measures],
        supplies=[[_told(s.noted), s.item] for s in one.supplies],
    )  # fmt: skip
