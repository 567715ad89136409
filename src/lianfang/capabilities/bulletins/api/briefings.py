"""Endpoints of press conferences. No decision is made here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.bulletins.api.shapes import WrittenRecordedOut, WrittenTakeBackIn
from lianfang.capabilities.bulletins.facts.briefings import LINES, LONGEST_LINE
from lianfang.capabilities.bulletins.queries import briefings as queries
from lianfang.capabilities.bulletins.service import briefings as service
from lianfang.capabilities.bulletins.state.briefings import Question
from lianfang.facts.shape import Schema

router = Router(tags=["bulletins"])
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Lines = Annotated[list[Line], Field(min_length=LINES, max_length=LINES)]
Paragraph = Annotated[str, Field(max_length=2_000)]


class BriefingLineOut(Schema):
    """A press conference, in the list. ``notice`` is the draft that was issued."""

    subject: UUID
    area: str
    notice: UUID
    held_at: AwareDatetime
    held: bool
    questions: int
    answered: int


class BriefingAnswerOut(Schema):
    fact: UUID
    at: AwareDatetime
    zh: str
    en: str
    own: bool


class BriefingQuestionOut(Schema):
    """``answers``: the last one holds. Who asked is kept nowhere."""

    id: UUID
    at: AwareDatetime
    expected: bool
    zh: str
    en: str
    own: bool
    answers: list[BriefingAnswerOut]


class BriefingOut(Schema):
    """``held``: when it was said that it took place; null until then."""

    subject: UUID
    area: str
    notice: UUID
    held_at: AwareDatetime
    summary_zh: list[str]
    summary_en: list[str]
    prepared: UUID
    own: bool
    held: AwareDatetime | None
    held_fact: UUID | None
    questions: list[BriefingQuestionOut]


class BriefingIn(Schema):
    """``subject`` is the conference's id: of a new one the sender's own."""

    model_config = ConfigDict(extra="forbid")

    subject: UUID
    notice: UUID
    held_at: AwareDatetime
    summary_zh: Lines
    summary_en: Lines
    fact: UUID | None = None


class BriefingQuestionIn(Schema):
    model_config = ConfigDict(extra="forbid")

    expected: bool = False
    zh: Paragraph
    en: Paragraph = ""
    fact: UUID | None = None


class BriefingAnswerIn(Schema):
    model_config = ConfigDict(extra="forbid")

    question: UUID
    zh: Paragraph
    en: Paragraph = ""
    fact: UUID | None = None


class BriefingHeldIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


@router.get("/briefings", response={200: list[BriefingLineOut], **PROBLEMS}, operation_id="briefings")
@answering
def briefings(request: HttpRequest, area: Annotated[str, Query(max_length=64)] = "") -> list[BriefingLineOut]:
    """Press conferences of the viewer's divisions, the latest first; those that were held are the archive."""
    names = BriefingLineOut.model_fields
    return [
        BriefingLineOut(**{name: getattr(row, name) for name in names}) for row in queries.listed(request.viewer, area)
    ]


@router.post("/briefings", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="prepare_briefing")
@answering
def prepare_briefing(request: HttpRequest, body: BriefingIn) -> WrittenRecordedOut:
    """Prepare the pack of a press conference about an issued notice."""
    fields = body.model_dump(exclude={"subject", "fact"})
    return WrittenRecordedOut(
        fact=service.prepare(request.viewer, body.subject, fields, id=body.fact, now=clock.now())
    )  # fmt: skip


@router.get("/briefings/{id}", response={200: BriefingOut, **PROBLEMS}, operation_id="briefing")
@answering
def briefing(request: HttpRequest, id: UUID) -> BriefingOut:
    """A press conference with its pack, its questions and its answers."""
    its = queries.one(request.viewer, id)
    assert its.pack is not None and its.prepared is not None
    return BriefingOut(
        subject=id, area=its.area, notice=its.pack.notice, held_at=its.pack.held_at,
        summary_zh=list(its.pack.summary_zh), summary_en=list(its.pack.summary_en), prepared=its.prepared.fact,
        own=its.prepared.author == request.viewer.author, held=its.held and its.held.at,
        held_fact=its.held and its.held.fact,
        questions=[_question(one, request.viewer) for one in its.questions],
    )  # fmt: skip


@router.post("/briefings/{id}/ask", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="ask_briefing")
@answering
def ask_briefing(request: HttpRequest, id: UUID, body: BriefingQuestionIn) -> WrittenRecordedOut:
    """Keep a question that is expected, or was asked. Who asks is not kept."""
    fields = body.model_dump(exclude={"fact"})
    return WrittenRecordedOut(fact=service.ask(request.viewer, id, fields, id=body.fact, now=clock.now()))


@router.post("/briefings/{id}/answer", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="answer_briefing")
@answering
def answer_briefing(request: HttpRequest, id: UUID, body: BriefingAnswerIn) -> WrittenRecordedOut:
    """Keep what is answered to a question; earlier answers stay."""
    fields = body.model_dump(exclude={"fact"})
    return WrittenRecordedOut(fact=service.answer(request.viewer, id, fields, id=body.fact, now=clock.now()))


@router.post("/briefings/{id}/hold", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="hold_briefing")
@answering
def hold_briefing(request: HttpRequest, id: UUID, body: BriefingHeldIn) -> WrittenRecordedOut:
    """The conference took place: its pack is the archive's."""
    return WrittenRecordedOut(fact=service.hold(request.viewer, id, id=body.fact, now=clock.now()))


@router.post("/briefings/{id}/retract", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="retract_briefing")
@answering
def retract_briefing(request: HttpRequest, id: UUID, body: WrittenTakeBackIn) -> WrittenRecordedOut:
    """Take back what was recorded by mistake."""
    fact = service.retract(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


def _question(one: Question, viewer: Viewer) -> BriefingQuestionOut:
    return BriefingQuestionOut(
        id=one.id, at=one.at, expected=one.expected, zh=one.zh, en=one.en, own=one.author == viewer.author,
        answers=[
            BriefingAnswerOut(fact=its.fact, at=its.at, zh=its.zh, en=its.en, own=its.author == viewer.author)
            for its in one.answers
        ],
    )  # fmt: skip
