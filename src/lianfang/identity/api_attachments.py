"""Endpoints of photographs. No decision is made here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from inspect import signature
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from ninja.errors import HttpError
from pydantic import AwareDatetime

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.facts.shape import Schema
from lianfang.identity import attachments
from lianfang.identity.attachments_content import MEDIA_TYPES
from lianfang.identity.refusals import NotYourPurpose
from lianfang.identity.vault import Altered, KeyMissing
from lianfang.sealing.errors import SealingError

router = Router(tags=["attachments"])

Code = Annotated[str, Query(max_length=64)]
_STATUS: dict[type[Exception], int] = {NotYourPurpose: 403, Altered: 409, KeyMissing: 409, SealingError: 503}
_BYTES = {name: {"schema": {"type": "string", "format": "binary"}} for name in MEDIA_TYPES}
_TAKES = {"requestBody": {"required": True, "content": _BYTES}}
_GIVES = {"responses": {"200": {"description": "The photograph.", "content": _BYTES}}}


class AttachmentKeptOut(Schema):
    """``due`` is the day on which it is erased."""

    id: UUID
    due: date


class AttachmentOut(AttachmentKeptOut):
    about: UUID
    area: str
    data_class: str
    media_type: str
    at: AwareDatetime


def _refusing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Tells what the vault refuses."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except tuple(_STATUS) as error:
            status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
            told = error.to(request) if isinstance(error, NotYourPurpose | Altered | KeyMissing) else str(error)
            raise HttpError(status, told) from error

    answered.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]  # ninja reads the types there
    return answered


@router.post(
    "/attachments/{id}",
    response={200: AttachmentKeptOut, **PROBLEMS},
    openapi_extra=_TAKES,
    operation_id="add_attachment",
)
@_refusing
@answering
def add(
    request: HttpRequest, id: UUID, about: UUID, area: Code, data_class: Code
) -> AttachmentKeptOut:  # fmt: skip
    """Keep a photograph of a thing (``about``); the body is its bytes. Sent again under its id, nothing changes."""
    limits.take(request.viewer, "attachment")
    due = attachments.add(
        request.viewer, id, request.body, about=about, area=area, data_class=data_class, now=clock.now()
    )
    return AttachmentKeptOut(id=id, due=due)


@router.get("/attachments", response={200: list[AttachmentOut], **PROBLEMS}, operation_id="attachments")
@answering
def listed(request: HttpRequest, about: UUID) -> list[AttachmentOut]:
    """The photographs of a thing, without their bytes."""
    return [AttachmentOut(**one._asdict()) for one in attachments.listed(request.viewer, about)]


@router.get("/attachments/{id}", response=PROBLEMS, openapi_extra=_GIVES, operation_id="attachment")
@_refusing
@answering
def opened(request: HttpRequest, id: UUID, purpose: Code) -> HttpResponse:
    """A photograph. The look goes on record first."""
    limits.take(request.viewer, "look")
    found = attachments.opened(request.viewer, id, purpose=purpose, now=clock.now())
    return HttpResponse(found.content, content_type=found.media_type)


@router.delete("/attachments/{id}", response={204: None, **PROBLEMS}, operation_id="remove_attachment")
@_refusing
@answering
def removed(request: HttpRequest, id: UUID) -> Status[None]:
    """Erase a photograph before its day, for good."""
    attachments.remove(request.viewer, id, now=clock.now())
    return Status(204, None)
