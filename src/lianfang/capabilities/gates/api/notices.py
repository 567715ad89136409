"""Endpoints of notices to posts, and of inspections."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.gates.api.forms import Area, Code, GateActIn, GateMadeOut, Text
from lianfang.capabilities.gates.facts import InspectionMode, Step
from lianfang.capabilities.gates.queries import notices as queries
from lianfang.capabilities.gates.service import notices as service
from lianfang.facts.shape import Schema

router = Router(tags=["gates"])


class PostNoticeIn(Schema):
    """The same ``group`` again reaches those posts only that have no copy yet."""

    model_config = ConfigDict(extra="forbid")

    posts: Annotated[list[UUID], Field(max_length=service.MOST_POSTS)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    text: Text
    group: UUID | None = None


class PostNoticesMadeOut(Schema):
    notices: list[UUID]


class PostNoticeOut(Schema):
    """A copy of a notice, with when the post had it, read it and did what it says."""

    id: UUID
    group: UUID
    post: UUID
    area: str
    title: str
    text: str
    sent: AwareDatetime
    delivered: AwareDatetime | None
    read: AwareDatetime | None
    acted: AwareDatetime | None
    author: str


class ReceiptIn(GateActIn):
    step: Step


class FindingIn(Schema):
    model_config = ConfigDict(extra="forbid")

    item: Code
    said: Text | None = None
    photo: UUID | None = None


class InspectionIn(GateActIn):
    """Of a ``post``, or of the gates of a community (``area``). On site needs the ``code`` that hangs there."""

    post: UUID | None = None
    area: Area = ""
    mode: InspectionMode
    code: Annotated[str, Field(max_length=200)] = ""
    findings: Annotated[list[FindingIn], Field(max_length=20)] = Field(default_factory=list)
    inspection: UUID | None = None


class GateFindingOut(Schema):
    """``answer`` and ``evidence`` are the words and the photograph of those who put it right."""

    item: str
    said: str | None
    photo: UUID | None
    since: AwareDatetime
    rectified: AwareDatetime | None
    answer: str | None
    evidence: UUID | None
    rechecked: AwareDatetime | None
    in_order: bool | None


class InspectionStatementOut(Schema):
    at: AwareDatetime
    said: str


class InspectionOut(Schema):
    """``statements``: what those who were inspected say."""

    id: UUID
    post: UUID | None
    area: str
    mode: InspectionMode
    checked_in: bool
    at: AwareDatetime
    author: str
    open_items: int
    found: list[GateFindingOut]
    statements: list[InspectionStatementOut]


class InspectionDimensionOut(Schema):
    """A part of the work: inspections that found nothing wrong there, findings, and how many of them are open."""

    code: str
    in_order: int
    found: int
    open: int


class InspectionsOut(Schema):
    """``on_site`` and ``by_phone`` count all inspections that were asked for."""

    inspections: list[InspectionOut]
    on_site: int
    by_phone: int
    dimensions: list[InspectionDimensionOut]


class RectifyIn(GateActIn):
    item: Code
    said: Text | None = None
    photo: UUID | None = None


class RecheckIn(GateActIn):
    item: Code
    rectified: bool


class InspectionStatementIn(GateActIn):
    said: Annotated[str, Field(min_length=1, max_length=1_000)]


@router.get("/posts/notices", response={200: list[PostNoticeOut], **PROBLEMS}, operation_id="post_notices")
@answering
def notices(
    request: HttpRequest, area: Area = "", post: UUID | None = None, group: UUID | None = None, unread: bool = False
) -> list[PostNoticeOut]:
    """Notices to the posts that one sees, the newest first, with their receipts."""
    found = queries.notices(request.viewer, post=post, group=group, unread=unread, area=area)
    return [PostNoticeOut(**_values(PostNoticeOut, one)) for one in found]


@router.post("/posts/notices", response={200: PostNoticesMadeOut, **PROBLEMS}, operation_id="send_post_notice")
@answering
def send(request: HttpRequest, body: PostNoticeIn) -> PostNoticesMadeOut:
    """Send a notice to posts."""
    made = service.send(request.viewer, body.posts, body.title, body.text, now=clock.now(), group=body.group)
    return PostNoticesMadeOut(notices=made)


@router.post("/posts/notices/{id}/receipt", response={200: GateMadeOut, **PROBLEMS}, operation_id="receipt_of_notice")
@answering
def receipt(request: HttpRequest, id: UUID, body: ReceiptIn) -> GateMadeOut:
    """The post has it, has read it, has done what it says."""
    service.receive(request.viewer, id, body.step, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.get("/inspections", response={200: InspectionsOut, **PROBLEMS}, operation_id="inspections")
@answering
def inspections(
    request: HttpRequest, area: Area = "", post: UUID | None = None, open: bool = False
) -> InspectionsOut:  # fmt: skip
    """Inspections, the newest first; how many were made on site and how many by telephone."""
    found = queries.inspections(request.viewer, post=post, open_only=open, area=area)
    return InspectionsOut(
        inspections=[InspectionOut(**_values(InspectionOut, one)) for one in found.rows], on_site=found.on_site,
        by_phone=found.by_phone,
        dimensions=[InspectionDimensionOut(**one._asdict()) for one in found.dimensions],
    )  # fmt: skip


@router.post("/inspections", response={200: GateMadeOut, **PROBLEMS}, operation_id="make_inspection")
@answering
def inspect(request: HttpRequest, body: InspectionIn) -> GateMadeOut:
    """Record an inspection with what it found; each finding is to be put right and looked at again."""
    made = service.inspect(
        request.viewer, body.fields("area", "code", "inspection"), area=body.area, code=body.code, now=clock.now(),
        inspection=body.inspection, **body.told(),
    )  # fmt: skip
    return GateMadeOut(id=made)


@router.post("/inspections/{id}/rectify", response={200: GateMadeOut, **PROBLEMS}, operation_id="rectify_finding")
@answering
def rectify(request: HttpRequest, id: UUID, body: RectifyIn) -> GateMadeOut:
    """What was found was put right."""
    service.rectify(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/inspections/{id}/recheck", response={200: GateMadeOut, **PROBLEMS}, operation_id="recheck_finding")
@answering
def recheck(request: HttpRequest, id: UUID, body: RecheckIn) -> GateMadeOut:
    """Somebody looked again whether it was."""
    service.recheck(request.viewer, id, body.item, body.rectified, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/inspections/{id}/statement", response={200: GateMadeOut, **PROBLEMS}, operation_id="state_of_inspection")
@answering
def statement(request: HttpRequest, id: UUID, body: InspectionStatementIn) -> GateMadeOut:
    """Those who were inspected add how it was."""
    service.state_case(request.viewer, id, body.said, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


def _values(model: type[Schema], row: object) -> dict[str, Any]:
    return {name: getattr(row, "subject" if name == "id" else name) for name in model.model_fields}
