"""What the endpoints of this room share: fields, and the errors of its services as answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field
from ninja.errors import HttpError, ValidationError

from lianfang.accounts import devices, onetime, service, signed_in
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema

Short = Field(max_length=64)
Secret = Field(min_length=1, max_length=200)

ANSWERS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)
STATUS = {
    service.NotFound: 404,
    onetime.Spent: 400,
    devices.Refused: 403,
    devices.Revoked: 410,
    signed_in.SignInFirst: 401,
}


class EndedOut(Schema):
    ended: int


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """Errors of the services as answers."""
    try:
        yield
    except service.NotValid as error:
        raise ValidationError([{"loc": ["body", error.field], "msg": error.to(request)}]) from None
    except tuple(STATUS) as error:
        raise HttpError(STATUS[type(error)], error.to(request)) from None


def page(request: HttpRequest, fragment: str, path: str = "") -> str:
    """An address of a page. What stands behind # is sent to no server."""
    origin = settings.PAGE.geturl() if settings.ENCRYPTED else f"http://{request.get_host()}/"
    return f"{origin}{path}#{fragment}"
