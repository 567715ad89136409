"""The API root: every door to the record, under ``/api/v1``."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from lianfang.access.api import router as access
from lianfang.accounts import invalid
from lianfang.accounts.api import router as accounts
from lianfang.accounts.api_accounts import router as administration
from lianfang.accounts.api_devices import router as devices
from lianfang.accounts.limits import TooMany
from lianfang.accounts.signed_in import StateOut, state
from lianfang.accounts.words import language
from lianfang.app import pages
from lianfang.app.answers import Answers
from lianfang.app.command.api import router as steering
from lianfang.app.find.api import router as find
from lianfang.app.home.api import router as home
from lianfang.app.indicators.api import router as indicators
from lianfang.app.live.api import router as live
from lianfang.app.publication.api import router as publication
from lianfang.app.publication.api_press import router as press
from lianfang.capabilities.bulletins.api import TitleOut, titles
from lianfang.capabilities.bulletins.api import router as bulletins
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.care.api import router as care
from lianfang.capabilities.cases.api import router as cases
from lianfang.capabilities.checkpoints.api import router as checkpoints
from lianfang.capabilities.command.api import router as command
from lianfang.capabilities.contacts.api import router as contacts
from lianfang.capabilities.drills.api import router as drills
from lianfang.capabilities.gates.api import router as gates
from lianfang.capabilities.isolation.api import router as isolation
from lianfang.capabilities.mobilisation.api import router as mobilisation
from lianfang.capabilities.oversight.api import router as oversight
from lianfang.capabilities.screening.api import router as screening
from lianfang.capabilities.supplies.api import router as supplies
from lianfang.capabilities.tasks.api import router as tasks
from lianfang.capabilities.warning.api import router as warning
from lianfang.exchange.api import router as exchange
from lianfang.facts.api import router as facts
from lianfang.identity.api import router as people
from lianfang.identity.api_attachments import router as attachments
from lianfang.identity.api_export import router as exports
from lianfang.identity.api_life import router as life
from lianfang.identity.api_own import router as own
from lianfang.places.api import router as places

PROBLEM = "application/problem+json"


class RecordAPI(NinjaAPI):
    """An API whose every error is a problem (RFC 9457), and whose schema says so."""

    _schema: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The schema, made once: it takes seconds, and is asked for without signing in."""
        if self._schema is None:
            self._schema = self.make_schema(**options)
        return self._schema

    def make_schema(self, **options: Any) -> OpenAPISchema:
        """The schema anew."""
        schema = super().get_openapi_schema(**options)
        problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
        for path in schema["paths"].values():
            for operation in path.values():
                answers = operation["responses"] = _once(operation["responses"])
                for status in ANYWHERE:
                    answers.setdefault(status, {"description": TITLES[status]})
                for status in [s for s in answers if int(s) >= 400]:
                    answers[status]["content"] = {PROBLEM: problem}
        return schema


def _once(answers: dict[Any, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The answers by status. A route that gives a file beside JSON names its status twice, once as a text."""
    held: dict[int, dict[str, Any]] = {}
    for status, answer in answers.items():
        one = held.setdefault(int(status), {"description": "OK"})
        content = {**one.get("content", {}), **answer.get("content", {})}
        one.update(answer, **({"content": content} if content else {}))
    return held


class SessionOut(StateOut):
    metrics: dict[str, TitleOut]


@accounts.get("/session", response=SessionOut, operation_id="session")
def session(request: HttpRequest) -> SessionOut:
    """Who is signed in, wearing which hat, and how this Lianfang runs."""
    return SessionOut(**state(request).model_dump(), metrics=titles(METRICS))


api = RecordAPI(
    title="Lianfang 联防", version=version("lianfang"), docs_url=None, urls_namespace="api", renderer=Answers()
)
for capability in (
    bulletins,
    tasks,
    checkpoints,
    screening,
    gates,
    cases,
    contacts,
    isolation,
    care,
    mobilisation,
    oversight,
    command,
    warning,
    supplies,
    drills,
    exchange,
    home,
    indicators,
    find,
    live,
    steering,
    publication,
    press,
):
    api.add_router("", capability)
api.add_router("", places)
api.add_router("", facts)
api.add_router("", access)
api.add_router("", accounts)
api.add_router("", administration)
api.add_router("", devices)
api.add_router("", life)
api.add_router("", own)
api.add_router("", attachments)
api.add_router("", exports)  # before people: people/{id} takes people/export too
api.add_router("", people)

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Forbidden",
    404: "Not found",
    408: "Too slow",
    409: "Conflict",
    410: "Gone",
    411: "Length required",
    412: "Another appointment is worn",
    413: "Too large",
    414: "Address too long",
    415: "Not this type",
    422: "Not valid",
    429: "Too many",
    500: "Failed",
    501: "No such method",
    502: "Another service failed",
    503: "Not available",
}
# What a door may answer before any route is asked.
ANYWHERE = (400, 401, 403, 408, 411, 412, 413, 414, 415, 422, 429, 501, 503)


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
    response["Content-Type"] = PROBLEM
    return response


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error of ours: the user gets a number to tell us, the log the rest."""
    logging.getLogger(__name__).error("unforeseen error", exc_info=error)
    said = pages.failed(request.request_id)
    return _problem(request, 500, pages.spoken(request.headers.get("Accept-Language", ""), said))


@api.exception_handler(InterfaceError)
@api.exception_handler(OperationalError)
@api.exception_handler(psycopg.OperationalError)
def _no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away: told in a line, to be tried again."""
    connection.close_if_unusable_or_obsolete()
    logging.getLogger(__name__).error("no database", exc_info=error)
    return _problem(request, 503, "The database cannot be reached now. Try again in a moment.")


@api.exception_handler(DataError)
@api.exception_handler(psycopg.DataError)
def _not_storable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A value that passes for its type and that the database does not know: a time with an offset of 21 hours."""
    logging.getLogger(__name__).warning("not storable", exc_info=error)
    return _problem(request, 422, "A value lies outside of what can be stored. Check times, offsets and characters.")


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return _problem(request, 413, f"The request is too large: {limit} MiB at most. Send it in parts.")


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    response = _problem(request, 429, error.to(request))
    response["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, str(error))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    english = language(request) == "en"
    errors = [{"loc": [str(part) for part in one["loc"]], "msg": invalid.told(one)[english]} for one in error.errors]
    within, between = (": ", "; ") if english else ("：", "；")
    where = between.join(f"{'.'.join(one['loc'])}{within}{one['msg']}" for one in errors)
    return _problem(request, 422, where, errors)
