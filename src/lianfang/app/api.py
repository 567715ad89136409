"""The API root: every door to the record, under ``/api/v1``."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from lianfang.capabilities.bulletins.api import TitleOut, titles
from lianfang.capabilities.bulletins.api import router as bulletins
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.facts.api import router as facts
from lianfang.places.api import router as places

api = NinjaAPI(title="Lianfang 联防", version=version("lianfang"), docs_url=None, urls_namespace="api")
api.add_router("", bulletins)
api.add_router("", places)
api.add_router("", facts)

TITLES = {400: "Bad request", 401: "Not signed in", 403: "Forbidden", 404: "Not found", 422: "Not valid"}


class SessionOut(Schema):
    mode: str
    version: str
    signed_in_as: str | None
    languages: list[str]
    metrics: dict[str, TitleOut]


@api.get("/session", response=SessionOut, operation_id="session", tags=["session"])
def session(request: HttpRequest) -> SessionOut:
    """Who is signed in, and how this Lianfang runs."""
    principal = request.principal
    return SessionOut(
        mode="demo" if settings.DEMO else "service",
        version=api.version,
        signed_in_as=principal.author if principal else None,
        languages=["zh", "en"],
        metrics=titles(METRICS),
    )


def _problem(
    request: HttpRequest, status: int, detail: str, errors: list[dict[str, Any]] | None = None
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, str(error))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"loc": [str(part) for part in e["loc"]], "msg": e["msg"]} for e in error.errors]
    where = "; ".join(f"{'.'.join(e['loc'])}: {e['msg']}" for e in errors)
    return _problem(request, 422, where, errors)
