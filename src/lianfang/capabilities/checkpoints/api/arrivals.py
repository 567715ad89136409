"""The shapes of arrivals and of the lists that announce them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from lianfang.accounts.refused import Wrong
from lianfang.capabilities.checkpoints import queries, rules, service
from lianfang.capabilities.checkpoints.api.common import (
    Area,
    ArrivalFaultOut,
    NamedPageIn,
    NamedPageOut,
    faults_out,
)
from lianfang.capabilities.checkpoints.facts import Conveyance
from lianfang.capabilities.checkpoints.state import Arrival
from lianfang.facts.fact import Code, Day, Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema


class ListingIn(Schema):
    """One row of a manifest. ``key_person`` left out: by the policy of the day."""

    person: UUID
    conveyance: Conveyance
    number: Code | None = None
    arrived: Time
    came_from: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.]+(-[\w.-]+)?$")] | None = None
    destination: Area
    key_person: bool | None = None


class ManifestIn(Schema):
    arrivals: Annotated[list[ListingIn], Field(min_length=1, max_length=service.MOST_AT_ONCE)]
    batch: UUID | None = None
    dry_run: bool = False


class RowErrorOut(Schema):
    row: int
    field: str
    reason: str
    zh: str
    en: str


class ListedOut(Schema):
    """What became of the rows, which count from 1: newly listed, listed before, wrong."""

    listed: dict[int, UUID]
    skipped: dict[int, UUID]
    errors: list[RowErrorOut]


class ArrivalWantedIn(Schema):
    """What a list is narrowed to. ``first`` and ``last`` are days of arrival; ``late``: not taken over in time;
    ``closed``: whose days are over, or are not."""

    area: Area = ""
    first: Day | None = None
    last: Day | None = None
    key_person: bool | None = None
    taken_over: bool | None = None
    late: bool = False
    number: Annotated[str, Field(max_length=64)] = ""
    conveyance: Conveyance | None = None
    came_from: Annotated[str, Field(max_length=64)] = ""
    batch: UUID | None = None
    person: UUID | None = None
    closed: bool | None = None

    def wanted(self) -> queries.Wanted:
        return queries.Wanted(**self.model_dump())


class ArrivalsIn(ArrivalWantedIn, NamedPageIn):
    def wanted(self) -> queries.Wanted:
        return queries.Wanted(**self.model_dump(exclude=set(NamedPageIn.model_fields)))


class ArrivalOut(Schema):
    id: UUID
    person: UUID
    area: str
    conveyance: Conveyance
    number: str | None
    arrived: AwareDatetime
    came_from: str | None
    key_person: bool
    batch: UUID | None
    hand_over_due: AwareDatetime
    by_unit: str
    taken_over_at: AwareDatetime | None
    watched_until: AwareDatetime | None
    """Until when a key person is measured; None of others."""
    ends: AwareDatetime
    """When it closes by itself."""
    assignee: str
    """Who measures a key person; empty: nobody yet."""
    unwell: bool
    """Whether the last measurement asked for a fever clinic."""
    faults: list[ArrivalFaultOut]
    disputed: bool


class ArrivalPageOut(NamedPageOut):
    arrivals: list[ArrivalOut]


class MeasureOut(Schema):
    fact: UUID
    day: date
    slot: str
    at: AwareDatetime
    by: str
    temp_c: float | None
    symptoms: list[str]
    unwell: bool


class SupplyOut(Schema):
    fact: UUID
    at: AwareDatetime
    by: str
    item: str


class SlotOut(Schema):
    code: str
    zh: str
    en: str
    begins: str
    ends: str


class ArrivalEntryOut(Schema):
    """One fact of the timeline: when it happened, when it became known, what it says."""

    id: UUID
    seq: int
    kind: str
    at: AwareDatetime
    received_at: AwareDatetime
    author: str
    corrects: UUID | None
    data: dict[str, Any]


class ArrivalCardOut(ArrivalOut):
    edition: str
    slots: list[SlotOut]
    measures: list[MeasureOut]
    supplies: list[SupplyOut]
    timeline: list[ArrivalEntryOut]


class ArrivalTakeIn(Schema):
    """``assignee``: who measures a key person; left out, whoever takes over, where that is their work."""

    by_unit: Code
    assignee: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]*$")] = ""


class MeasureIn(Schema):
    day: Day
    slot: Code
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    symptoms: Annotated[list[Code], Field(max_length=64)] = []  # noqa: RUF012
    at: Time | None = None


class SupplyIn(Schema):
    item: Code
    at: Time | None = None


class ArrivalCorrectIn(Schema):
    """Only what is given changes."""

    person: UUID | None = None
    conveyance: Conveyance | None = None
    number: Code | None = None
    arrived: Time | None = None
    came_from: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.]+(-[\w.-]+)?$")] | None = None
    destination: Area | None = None
    key_person: bool | None = None


class ArrivalRetractIn(Schema):
    fact: UUID
    why: Why


class ArrivalCountsOut(Schema):
    """``in_time`` + ``late`` = ``taken_over``; with ``waiting`` and ``overdue`` they make ``listed``. ``closed``: whose
    days are over."""

    listed: int
    taken_over: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    key_persons: int
    closed: int


def row_error_out(wrong: Wrong) -> RowErrorOut:
    return RowErrorOut(row=wrong.row or 0, field=wrong.field, reason=wrong.reason, zh=wrong.zh, en=wrong.en)


def arrival_out(id: UUID, one: Arrival, assignee: str) -> ArrivalOut:
    """An arrival as it stands."""
    return ArrivalOut(**_common(id, one, assignee))


def card_out(told: queries.Told, assignee: str) -> ArrivalCardOut:
    """An arrival with its measurements and its timeline."""
    one = told.state
    edition = rules.of_arrival(one)
    return ArrivalCardOut(
        **_common(told.subject, one, assignee),
        edition=edition.code,
        slots=[
            SlotOut(code=slot.code, zh=slot.zh, en=slot.en, begins=f"{slot.begins:%H:%M}", ends=f"{slot.ends:%H:%M}")
            for slot in edition.slots
        ],
        measures=[
            MeasureOut(
                fact=m.noted.fact, day=m.day, slot=m.slot, at=m.noted.at, by=m.noted.by, temp_c=m.temp_c,
                symptoms=list(m.symptoms), unwell=rules.unwell(m, edition),
            )
            for m in one.measures
        ],
        supplies=[SupplyOut(fact=s.noted.fact, at=s.noted.at, by=s.noted.by, item=s.item) for s in one.supplies],
        timeline=[
            ArrivalEntryOut(
                id=entry.fact.id, seq=entry.seq, kind=entry.fact.kind, at=entry.fact.observed_at,
                received_at=entry.received_at, author=entry.fact.author, corrects=entry.fact.corrects,
                data=entry.fact.data.model_dump(mode="json"),
            )
            for entry in told.timeline
        ],
    )  # fmt: skip


def _common(id: UUID, one: Arrival, assignee: str) -> dict[str, Any]:
    edition = rules.of_arrival(one)
    return {
        "id": id,
        "person": one.person,
        "area": one.destination,
        "conveyance": one.conveyance,
        "number": one.number,
        "arrived": one.arrived,
        "came_from": one.came_from,
        "key_person": one.key_person,
        "batch": one.batch,
        "hand_over_due": one.arrived + edition.hand_over,
        "by_unit": one.by_unit,
        "taken_over_at": one.taken_over.at if one.taken_over else None,
        "watched_until": rules.watched_until(one),
        "ends": rules.ends(one),
        "assignee": assignee,
        "unwell": bool(one.measures) and rules.unwell(one.measures[-1], edition),
        "faults": faults_out(one.faults),
        "disputed": one.disputed,
    }
