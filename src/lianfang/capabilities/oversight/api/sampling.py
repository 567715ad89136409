"""Endpoints of what is drawn by lot."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.oversight.facts.sampling import MOST_DRAWN, RecallResult
from lianfang.capabilities.oversight.queries import sampling as queries
from lianfang.capabilities.oversight.service import sampling as service
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router(tags=["oversight"])
Area = Annotated[str, Field(max_length=64)]
Number = Annotated[int, Field(ge=1, le=MOST_DRAWN)]


class DrawnRecordOut(Schema):
    """A visit as it was recorded; ``known`` false: it was taken back since. ``own``: the answer is one's own."""

    record: UUID
    household: UUID | None
    label: str
    area: str
    at: AwareDatetime | None
    outcome: str
    known: bool
    result: RecallResult | None
    recall: UUID | None
    own: bool


class AgreementOut(Schema):
    """A share with its interval of 95 %."""

    share: float
    low: float
    high: float


class RecordDrawOut(Schema):
    """``frame`` records to draw from, each with ``probability``; ``seed`` from the chain at ``seq``. ``agreement``
    of those who were reached."""

    id: UUID
    area: str
    first: date
    last: date
    at: AwareDatetime
    frame: int
    probability: float
    seed: str
    seq: int
    counts: dict[RecallResult, int]
    agreement: AgreementOut | None
    records: list[DrawnRecordOut]


class DrawnSiteOut(Schema):
    post: UUID
    name: str
    area: str
    inspection: UUID | None
    on_site: bool | None


class SiteDrawOut(Schema):
    """``sites`` and ``seed`` are None until the ``day`` has come."""

    id: UUID
    area: str
    day: date
    at: AwareDatetime
    frame: int
    n: int
    probability: float
    seq: int
    seed: str | None
    sites: list[DrawnSiteOut] | None


class RecordDrawIn(Schema):
    """``id`` is the sender's own: sent again, the draw is the same."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area
    n: Number
    first: date
    last: date


class SiteDrawIn(Schema):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area
    n: Number
    day: date


class RecallIn(Schema):
    model_config = ConfigDict(extra="forbid")

    record: UUID
    result: RecallResult
    fact: UUID | None = None


class RecallUndoIn(Schema):
    model_config = ConfigDict(extra="forbid")

    taken: UUID
    why: Why = Why.MISTAKEN
    fact: UUID | None = None


class DrawMadeOut(Schema):
    id: UUID


@router.get("/sampling/records", response={200: list[RecordDrawOut], **PROBLEMS}, operation_id="record_draws")
@answering
def record_draws(request: HttpRequest, area: Area) -> list[RecordDrawOut]:
    """Draws of records of an area and below, with how far those who were asked again agree."""
    return [_records(one) for one in queries.record_draws(request.viewer, area)]


@router.post("/sampling/records", response={200: DrawMadeOut, **PROBLEMS}, operation_id="draw_records")
@answering
def draw_records(request: HttpRequest, body: RecordDrawIn) -> DrawMadeOut:
    """Draw visits of some days by lot."""
    told = body.model_dump()
    return DrawMadeOut(id=service.draw_records(request.viewer, now=clock.now(), **told))


@router.post("/sampling/records/{id}/recall", response={200: DrawMadeOut, **PROBLEMS}, operation_id="recall_record")
@answering
def recall_record(request: HttpRequest, id: UUID, body: RecallIn) -> DrawMadeOut:
    """What came of asking again."""
    service.recall(request.viewer, id, body.record, body.result, now=clock.now(), fact=body.fact)
    return DrawMadeOut(id=id)


@router.post("/sampling/records/{id}/undo", response={200: DrawMadeOut, **PROBLEMS}, operation_id="undo_recall")
@answering
def undo_recall(request: HttpRequest, id: UUID, body: RecallUndoIn) -> DrawMadeOut:
    """Take one's own answer back."""
    service.undo(request.viewer, id, body.taken, body.why, now=clock.now(), fact=body.fact)
    return DrawMadeOut(id=id)


@router.get("/sampling/sites", response={200: list[SiteDrawOut], **PROBLEMS}, operation_id="site_draws")
@answering
def site_draws(request: HttpRequest, area: Area) -> list[SiteDrawOut]:
    """Draws of places; which they are is told on the day."""
    return [_sites(one) for one in queries.site_draws(request.viewer, area, clock.now())]


@router.post("/sampling/sites", response={200: DrawMadeOut, **PROBLEMS}, operation_id="draw_sites")
@answering
def draw_sites(request: HttpRequest, body: SiteDrawIn) -> DrawMadeOut:
    """Draw open posts by lot, to be inspected on a day."""
    return DrawMadeOut(id=service.draw_sites(request.viewer, now=clock.now(), **body.model_dump()))


def _records(one: queries.RecordDraw) -> RecordDrawOut:
    row = one.row
    return RecordDrawOut(
        id=row.subject, area=row.area, first=row.first, last=row.last, at=row.at, frame=row.frame,
        probability=row.probability, seed=row.seed, seq=row.seq, counts=dict(one.counts),
        agreement=AgreementOut(**one.agreement._asdict()) if one.agreement else None,
        records=[DrawnRecordOut(**its._asdict()) for its in one.records],
    )  # fmt: skip


def _sites(one: queries.SiteDraw) -> SiteDrawOut:
    row, told = one.row, one.sites is not None
    return SiteDrawOut(
        id=row.subject, area=row.area, day=row.day, at=row.at, frame=row.frame, n=len(row.drawn),
        probability=row.probability, seq=row.seq, seed=row.seed if told else None,
        sites=[DrawnSiteOut(**its._asdict()) for its in one.sites or ()] if told else None,
    )  # fmt: skip
