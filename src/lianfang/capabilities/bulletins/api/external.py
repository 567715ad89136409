"""Endpoints of what is told outside the country. No decision is made here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.bulletins.api.shapes import WrittenRecordedOut, WrittenTakeBackIn
from lianfang.capabilities.bulletins.facts.external import Criterion
from lianfang.capabilities.bulletins.models.briefings import ExternalRow
from lianfang.capabilities.bulletins.queries import external as queries
from lianfang.capabilities.bulletins.rules.external import (
    Clock,
    assessed_in_time,
    channels,
    due,
    has_to_be_told,
    instrument_of,
    recipients,
    told_at,
)
from lianfang.capabilities.bulletins.rules.external import clock as clock_of
from lianfang.capabilities.bulletins.service import external as service
from lianfang.facts.shape import Schema

router = Router(tags=["bulletins"])
Word = Annotated[str, Field(min_length=1, max_length=64)]
Title = Annotated[str, Field(max_length=200)]
Paragraph = Annotated[str, Field(max_length=2_000)]
Reference = Annotated[str, Field(max_length=64)]


class ExternalNamedOut(Schema):
    code: str
    zh: str
    en: str


class ExternalRecipientOut(ExternalNamedOut):
    """``ends_clock``: telling them is what the hours are counted for; ``named``: which one is said in words."""

    ends_clock: bool
    named: bool


class ExternalInstrumentOut(Schema):
    """The edition of the decision instrument that is in force, and who may be told by which way."""

    code: str
    needed: int
    assess_h: int
    notify_h: int
    source: str
    source_zh: str
    criteria: list[ExternalNamedOut]
    listed: list[ExternalNamedOut]
    recipients: list[ExternalRecipientOut]
    channels: list[ExternalNamedOut]


class ExternalLineOut(Schema):
    """An event, in the log. ``due``: until when it has to be told; null where it does not have to be."""

    subject: UUID
    area: str
    disease: str
    title_zh: str
    title_en: str
    known_at: AwareDatetime
    assessed_at: AwareDatetime
    due: AwareDatetime | None
    told_at: AwareDatetime | None
    notifications: int
    acknowledged: int
    clock: Clock


class ExternalJudgedOut(Schema):
    criterion: Criterion
    met: bool
    why: str


class ExternalAssessmentOut(Schema):
    """``told``: whether the event has to be told."""

    fact: UUID
    at: AwareDatetime
    own: bool
    edition: str
    listed: str | None
    judged: list[ExternalJudgedOut]
    told: bool


class ExternalNotificationOut(Schema):
    """Who was told, with the figures of ``notice``, a draft that was issued."""

    fact: UUID
    at: AwareDatetime
    own: bool
    to: str
    named: str
    channel: str
    notice: UUID
    reference: str
    words_zh: str
    words_en: str
    acknowledged_at: AwareDatetime | None
    acknowledged_fact: UUID | None
    acknowledged_reference: str


class ExternalOut(Schema):
    """An event with all of its assessments, the last one holding, and who was told."""

    subject: UUID
    area: str
    disease: str
    title_zh: str
    title_en: str
    known_at: AwareDatetime
    assessed_in_time: bool
    due: AwareDatetime | None
    told_at: AwareDatetime | None
    clock: Clock
    assessments: list[ExternalAssessmentOut]
    notifications: list[ExternalNotificationOut]


class ExternalJudgedIn(Schema):
    model_config = ConfigDict(extra="forbid")

    criterion: Criterion
    met: bool
    why: Paragraph


class ExternalAssessIn(Schema):
    """``subject`` is the event's id: of a new one the sender's own."""

    model_config = ConfigDict(extra="forbid")

    subject: UUID
    area: Word
    disease: Word
    title_zh: Title
    title_en: Title
    known_at: AwareDatetime
    listed: Word | None = None
    judged: Annotated[list[ExternalJudgedIn], Field(min_length=1, max_length=4)]
    fact: UUID | None = None


class ExternalNotifyIn(Schema):
    model_config = ConfigDict(extra="forbid")

    to: Word
    named: Annotated[str, Field(max_length=120)] = ""
    channel: Word
    notice: UUID
    reference: Reference = ""
    words_zh: Paragraph = ""
    words_en: Paragraph = ""
    fact: UUID | None = None


class ExternalAcknowledgeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    notification: UUID
    reference: Reference = ""
    fact: UUID | None = None


@router.get(
    "/external-instrument", response={200: ExternalInstrumentOut, **PROBLEMS}, operation_id="external_instrument"
)
@answering
def external_instrument(request: HttpRequest) -> ExternalInstrumentOut:
    """The decision instrument in force, by the policy: four questions, diseases always told, hours, recipients."""
    by = instrument_of(clock.now())
    return ExternalInstrumentOut(
        **{name: getattr(by, name) for name in ("code", "needed", "assess_h", "notify_h", "source", "source_zh")},
        criteria=[ExternalNamedOut(**one._asdict()) for one in by.criteria],
        listed=[ExternalNamedOut(**one._asdict()) for one in by.listed],
        recipients=[ExternalRecipientOut(**one._asdict()) for one in recipients().values()],
        channels=[ExternalNamedOut(**one._asdict()) for one in channels().values()],
    )


@router.get("/external", response={200: list[ExternalLineOut], **PROBLEMS}, operation_id="external_events")
@answering
def external_events(request: HttpRequest, area: Annotated[str, Query(max_length=64)] = "") -> list[ExternalLineOut]:
    """The log of what was told outside the country, the event that was assessed last first."""
    now = clock.now()
    return [_line(row, clock_of(row.due, row.told_at, now)) for row in queries.listed(request.viewer, area)]


@router.post("/external", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="assess_external")
@answering
def assess_external(request: HttpRequest, body: ExternalAssessIn) -> WrittenRecordedOut:
    """Assess an event by the decision instrument, or assess it anew."""
    fields = body.model_dump(exclude={"subject", "area", "fact"})
    fact = service.assess(request.viewer, body.area, body.subject, fields, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.get("/external/{id}", response={200: ExternalOut, **PROBLEMS}, operation_id="external_event")
@answering
def external_event(request: HttpRequest, id: UUID) -> ExternalOut:
    """An event with its assessments and who was told."""
    its = queries.one(request.viewer, id)
    assert its.holding is not None
    author, data = request.viewer.author, its.holding.data
    ends, told = due(its), told_at(its)
    return ExternalOut(
        subject=id, area=its.area, disease=data.disease, title_zh=data.title_zh, title_en=data.title_en,
        known_at=data.known_at, assessed_in_time=assessed_in_time(its), due=ends, told_at=told,
        clock=clock_of(ends, told, clock.now()),
        assessments=[
            ExternalAssessmentOut(
                fact=one.fact, at=one.at, own=one.author == author, told=has_to_be_told(one.data),
                **one.data.model_dump(include={"edition", "listed", "judged"}),
            )
            for one in its.assessments
        ],
        notifications=[
            ExternalNotificationOut(
                fact=one.fact, at=one.at, own=one.author == author, acknowledged_at=one.acknowledged_at,
                acknowledged_fact=one.acknowledged_by, acknowledged_reference=one.reference, **one.data.model_dump(),
            )
            for one in its.notifications
        ],
    )  # fmt: skip


@router.post("/external/{id}/notify", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="notify_external")
@answering
def notify_external(request: HttpRequest, id: UUID, body: ExternalNotifyIn) -> WrittenRecordedOut:
    """Record who was told, with the sums of an issued notice."""
    fields = body.model_dump(exclude={"fact"})
    return WrittenRecordedOut(fact=service.notify(request.viewer, id, fields, id=body.fact, now=clock.now()))


@router.post(
    "/external/{id}/acknowledge", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="acknowledge_external"
)
@answering
def acknowledge_external(request: HttpRequest, id: UUID, body: ExternalAcknowledgeIn) -> WrittenRecordedOut:
    """Record that who was told has confirmed it."""
    fields = body.model_dump(exclude={"fact"})
    return WrittenRecordedOut(fact=service.acknowledge(request.viewer, id, fields, id=body.fact, now=clock.now()))


@router.post("/external/{id}/retract", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="retract_external")
@answering
def retract_external(request: HttpRequest, id: UUID, body: WrittenTakeBackIn) -> WrittenRecordedOut:
    """Take back what was recorded by mistake."""
    fact = service.retract(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


def _line(row: ExternalRow, at: Clock) -> ExternalLineOut:
    return ExternalLineOut(
        **{name: getattr(row, name) for name in ExternalLineOut.model_fields if name != "clock"}, clock=at
    )  # fmt: skip
