"""Endpoints of needs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import can
from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation.api.forms import (
    ActIn,
    After,
    Area,
    Code,
    IsolationRetractedOut,
    IsolationRetractIn,
    Limit,
    Text,
    Time,
)
from lianfang.capabilities.isolation.queries import needs as queries
from lianfang.capabilities.isolation.queries.orders import PAGE
from lianfang.capabilities.isolation.service import needs as service
from lianfang.facts.shape import Schema

router = Router(tags=["isolation"])


class NeedIn(ActIn):
    """``words`` go to the vault; the record has the category alone."""

    person: UUID
    category: Code
    urgent: bool = False
    due: Time | None = None
    words: Text = ""


class MetIn(ActIn):
    outcome: Code


class IsolationWordsIn(Schema):
    purpose: Code


class IsolationWordsOut(Schema):
    words: str


class NeedOut(Schema):
    """``acknowledged_by``: the name of who has taken it on, for those who answer needs; empty for everybody else."""

    id: UUID
    person: UUID
    order: UUID | None
    area: str
    category: str
    urgent: bool
    asked: AwareDatetime
    due: AwareDatetime
    words: UUID | None
    acknowledged: AwareDatetime | None
    acknowledged_by: str
    met: AwareDatetime | None
    outcome: str | None
    faults: int


class NeedsOut(Schema):
    needs: list[NeedOut]
    total: int
    next: str | None


class NeedMadeOut(Schema):
    id: UUID


@router.get("/needs", response={200: NeedsOut, **PROBLEMS}, operation_id="needs")
@answering
def needs(
    request: HttpRequest, area: Area = "", category: Annotated[str, Field(max_length=64)] = "", open: bool = False,
    person: UUID | None = None, after: After = "", limit: Limit = PAGE,
) -> NeedsOut:  # fmt: skip
    """What people under observation ask for, the newest first; with ``open`` those not met yet, the first to be met
    first. Needs for counselling are shown to those who answer them, and to nobody else."""
    page = queries.page(
        request.viewer, area=area, category=category, open_only=open, person=person, after=after, limit=limit
    )
    takers = {row.acknowledged_by for row in page.rows} if can(request.viewer, "needs.answer") else set()
    names = {code: code for code in takers} | names_of(takers)
    apart = ("id", "due", "acknowledged_by")
    found = [
        NeedOut(
            id=row.subject, due=queries.due(row), acknowledged_by=names.get(row.acknowledged_by, ""),
            **{name: getattr(row, name) for name in NeedOut.model_fields if name not in apart},
        )
        for row in page.rows
    ]  # fmt: skip
    return NeedsOut(needs=found, total=page.total, next=page.after)


@router.post("/needs", response={200: NeedMadeOut, **PROBLEMS}, operation_id="ask_need")
@answering
def ask(request: HttpRequest, body: NeedIn) -> NeedMadeOut:
    """Ask for something on behalf of somebody under observation, or for oneself."""
    fields = body.fields()
    words = fields.pop("words")
    return NeedMadeOut(id=service.ask(request.viewer, fields, words=words, now=clock.now(), **body.told()))


@router.post("/needs/{id}/words", response={200: IsolationWordsOut, **PROBLEMS}, operation_id="need_words")
@answering
def words(request: HttpRequest, id: UUID, body: IsolationWordsIn) -> IsolationWordsOut:
    """What was said of a need, for those who answer it; the look is on record first."""
    limits.take(request.viewer, "look")
    return IsolationWordsOut(words=queries.words(request.viewer, id, purpose=body.purpose, now=clock.now()))


@router.post("/needs/{id}/acknowledge", response={200: NeedMadeOut, **PROBLEMS}, operation_id="acknowledge_need")
@answering
def acknowledge(request: HttpRequest, id: UUID, body: ActIn) -> NeedMadeOut:
    """Take a need on."""
    service.acknowledge(request.viewer, id, now=clock.now(), **body.told())
    return NeedMadeOut(id=id)


@router.post("/needs/{id}/met", response={200: NeedMadeOut, **PROBLEMS}, operation_id="need_met")
@answering
def met(request: HttpRequest, id: UUID, body: MetIn) -> NeedMadeOut:
    """What came of a need."""
    service.meet(request.viewer, id, outcome=body.outcome, now=clock.now(), **body.told())
    return NeedMadeOut(id=id)


@router.post("/needs/{id}/retract", response={200: IsolationRetractedOut, **PROBLEMS}, operation_id="retract_of_need")
@answering
def retract(request: HttpRequest, id: UUID, body: IsolationRetractIn) -> IsolationRetractedOut:
    """Take a fact back; taking the retraction back makes it hold again."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), **body.told())
    return IsolationRetractedOut(id=made)
