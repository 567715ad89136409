"""Endpoints of health education and answers to claims, for who edits them. No decision is made here."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.bulletins.api.shapes import WrittenRecordedOut, WrittenTakeBackIn
from lianfang.capabilities.bulletins.facts.library import LONGEST, ClaimVerdict
from lianfang.capabilities.bulletins.queries import library as queries
from lianfang.capabilities.bulletins.service import library as service
from lianfang.facts.shape import Schema

router = Router(tags=["bulletins"])
Area = Annotated[str, Field(min_length=1, max_length=64)]
Within = Annotated[str, Query(max_length=64)]
Lang = Annotated[str, Field(min_length=1, max_length=24)]
Line = Annotated[str, Field(max_length=500)]
Paragraph = Annotated[str, Field(max_length=2_000)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]


class HealthItemOut(Schema):
    """A version of an item in one language; ``fact`` published it or, where it was withdrawn, withdrew it."""

    fact: UUID
    subject: UUID
    area: str
    lang: str
    title: str
    text: str
    source: str
    link: str
    edition: str
    day: date
    at: AwareDatetime
    in_force: bool
    withdrawn: AwareDatetime | None
    reason: str
    own: bool


class HealthItemIn(Schema):
    """``subject`` is the item's id: of a new item the sender's own."""

    model_config = ConfigDict(extra="forbid")

    subject: UUID
    area: Area
    lang: Lang
    title: Line
    text: Annotated[str, Field(max_length=LONGEST)]
    source: Line
    link: Line = ""
    edition: Annotated[str, Field(max_length=32)]
    day: Day
    fact: UUID | None = None


class HealthItemEndIn(Schema):
    model_config = ConfigDict(extra="forbid")

    lang: Lang
    reason: Paragraph
    fact: UUID | None = None


class ClaimOut(Schema):
    """A claim that goes round and what is found about it; ``fact`` says so or, where that was withdrawn, withdrew it.
    Who made it is asked nowhere."""

    fact: UUID
    subject: UUID
    area: str
    verdict: ClaimVerdict
    claim_zh: str
    answer_zh: str
    claim_en: str
    answer_en: str
    evidence: str
    link: str
    day: date
    at: AwareDatetime
    withdrawn: AwareDatetime | None
    reason: str
    own: bool


class ClaimIn(Schema):
    model_config = ConfigDict(extra="forbid")

    subject: UUID
    area: Area
    verdict: ClaimVerdict
    claim_zh: Paragraph
    answer_zh: Paragraph
    claim_en: Paragraph = ""
    answer_en: Paragraph = ""
    evidence: Line
    link: Line
    day: Day
    fact: UUID | None = None


class ClaimEndIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: Paragraph
    fact: UUID | None = None


@router.get("/library", response={200: list[HealthItemOut], **PROBLEMS}, operation_id="health_items")
@answering
def health_items(request: HttpRequest, area: Within = "") -> list[HealthItemOut]:
    """Health education of the viewer's divisions, every version, the newest first."""
    author = request.viewer.author
    return [
        HealthItemOut(**_of(row, HealthItemOut), own=row.author == author)
        for row in queries.items(request.viewer, area)
    ]


@router.post("/library", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="publish_health_item")
@answering
def publish_health_item(request: HttpRequest, body: HealthItemIn) -> WrittenRecordedOut:
    """Publish a version of an item in one language."""
    fields = body.model_dump(exclude={"subject", "area", "fact"})
    fact = service.publish(request.viewer, body.area, body.subject, fields, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.post("/library/{id}/withdraw", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="end_health_item")
@answering
def end_health_item(request: HttpRequest, id: UUID, body: HealthItemEndIn) -> WrittenRecordedOut:
    """Withdraw an item that is not valid any more, in one language."""
    fact = service.withdraw_item(request.viewer, id, body.lang, body.reason, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.post(
    "/library/{id}/retract", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="retract_health_item"
)
@answering
def retract_health_item(request: HttpRequest, id: UUID, body: WrittenTakeBackIn) -> WrittenRecordedOut:
    """Take back what was published or withdrawn by mistake."""
    fact = service.take_item_back(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.get("/claims", response={200: list[ClaimOut], **PROBLEMS}, operation_id="claims")
@answering
def claims(request: HttpRequest, area: Within = "") -> list[ClaimOut]:
    """Answers to claims of the viewer's divisions, the newest first."""
    author = request.viewer.author
    return [ClaimOut(**_of(row, ClaimOut), own=row.author == author) for row in queries.claims(request.viewer, area)]


@router.post("/claims", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="answer_claim")
@answering
def answer_claim(request: HttpRequest, body: ClaimIn) -> WrittenRecordedOut:
    """Answer a claim that goes round, or answer it anew. Who made it is not asked."""
    fields = body.model_dump(exclude={"subject", "area", "fact"})
    fact = service.answer(request.viewer, body.area, body.subject, fields, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.post("/claims/{id}/withdraw", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="end_claim")
@answering
def end_claim(request: HttpRequest, id: UUID, body: ClaimEndIn) -> WrittenRecordedOut:
    """Withdraw an answer that does not hold any more."""
    fact = service.withdraw_claim(request.viewer, id, body.reason, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


@router.post("/claims/{id}/retract", response={200: WrittenRecordedOut, **PROBLEMS}, operation_id="retract_claim")
@answering
def retract_claim(request: HttpRequest, id: UUID, body: WrittenTakeBackIn) -> WrittenRecordedOut:
    """Take back an answer or a withdrawal that was recorded by mistake."""
    fact = service.take_claim_back(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return WrittenRecordedOut(fact=fact)


def _of(row: object, shape: type[Schema]) -> dict[str, object]:
    return {name: getattr(row, name) for name in shape.model_fields if name != "own"}
