"""Endpoints of what the public tells back. The open page asks two of them without signing in."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.bulletins.api.shapes import WrittenRecordedOut, WrittenTakeBackIn
from lianfang.capabilities.bulletins.facts.feedback import FeedbackOutcome, FeedbackTopic
from lianfang.capabilities.bulletins.queries import feedback as queries
from lianfang.capabilities.bulletins.service import feedback as service
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema

router = Router(tags=["bulletins"])
OPEN = {**PROBLEMS, 429: Problem}


class FeedbackIn(Schema):
    """``id`` is the sender's own, known to nobody else: the same sent twice is one."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Annotated[str, Field(min_length=1, max_length=64)]
    topic: FeedbackTopic
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]
    words: Annotated[str, Field(max_length=service.LONGEST)]


class FeedbackGivenOut(Schema):
    """``ticket`` is told here and nowhere else. The words are erased on ``erase_on``."""

    ticket: str
    due: AwareDatetime
    erase_on: date


class FeedbackTicketIn(Schema):
    model_config = ConfigDict(extra="forbid")

    ticket: Annotated[str, Field(min_length=1, max_length=32)]


class FeedbackStatusOut(Schema):
    """How far it is; ``outcome`` is null until it is answered."""

    topic: FeedbackTopic
    at: AwareDatetime
    due: AwareDatetime
    outcome: FeedbackOutcome | None
    answer: str
    answered_at: AwareDatetime | None


class FeedbackLineOut(FeedbackStatusOut):
    subject: UUID
    area: str
    lang: str
    erase_on: date
    fact: UUID | None
    own: bool


class FeedbackCardOut(FeedbackLineOut):
    """``words`` is null once they are erased."""

    words: str | None


class FeedbackAnswerIn(Schema):
    model_config = ConfigDict(extra="forbid")

    outcome: FeedbackOutcome
    answer: Annotated[str, Field(max_length=2_000)]
    fact: UUID | None = None


@router.post("/feedback", response={200: FeedbackGivenOut, **OPEN}, operation_id="give_feedback")
@answering
def give_feedback(request: HttpRequest, body: FeedbackIn) -> FeedbackGivenOut:
    """Tell something back without signing in: a question, an error, a complaint."""
    given = service.give(
        body.area, body.topic, body.lang, body.words, id=body.id, source=limits.address(request), now=clock.now()
    )
    return FeedbackGivenOut(**given._asdict())


@router.post("/feedback/status", response={200: FeedbackStatusOut, **OPEN}, operation_id="feedback_status")
@answering
def feedback_status(request: HttpRequest, body: FeedbackTicketIn) -> FeedbackStatusOut:
    """How far a feedback is, for whoever has its ticket number."""
    limits.take(limits.address(request), "feedback_status")
    row = queries.of_ticket(body.ticket)
    return FeedbackStatusOut(**{name: getattr(row, name) for name in FeedbackStatusOut.model_fields})


@router.get("/feedback", response={200: list[FeedbackLineOut], **PROBLEMS}, operation_id="feedback")
@answering
def feedback(request: HttpRequest, open_only: bool = False) -> list[FeedbackLineOut]:
    """What was told back in the viewer's divisions; the words are opened one by one."""
    rows = queries.listed(request.viewer, open_only=open_only)
    return [FeedbackLineOut(**_line(row, request.viewer.author)) for row in rows]


@router.get("/feedback/{id}", response={200: FeedbackCardOut, **PROBLEMS}, operation_id="feedback_card")
@answering
def feedback_card(request: HttpRequest, id: UUID) -> FeedbackCardOut:
    """A feedback with its words. The look is on record."""
    told = queries.one(request.viewer, id, clock.now())
    return FeedbackCardOut(**_line(told.row, request.viewer.author), words=told.words)


@router.post("/feedback/{id}/answer", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="answer_feedback")
@answering
def answer_feedback(request: HttpRequest, id: UUID, body: FeedbackAnswerIn) -> WrittenRecordedOut:
    """Answer a feedback."""
    fields = body.model_dump(include={"outcome", "answer"})
    return WrittenRecordedOut(fact=service.answer(request.viewer, id, fields, id=body.fact, now=clock.now()))


@router.post("/feedback/{id}/retract", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="retract_feedback")
@answering
def retract_feedback(request: HttpRequest, id: UUID, body: WrittenTakeBackIn) -> WrittenRecordedOut:
    """Take back an answer that was given by mistake."""
    fact = service.retract(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


def _line(row: object, author: str) -> dict[str, object]:
    names = [name for name in FeedbackLineOut.model_fields if name != "own"]
    return {**{name: getattr(row, name) for name in names}, "own": getattr(row, "author", "") == author}
