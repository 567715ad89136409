"""Endpoints of the record: append a batch of facts, read the log. No decision is made here."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import orjson
import psycopg
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Outcome, Principal, Status
from lianfang.facts.sent import LARGEST_BATCH, LARGEST_BODY, LONGEST_FACT, NotAList, NotJson

router = Router(tags=["record"])

MOST_READ = 1_000


class Problem(Schema):
    """An error as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[dict[str, Any], ...] = ()


class AppendedOut(Schema):
    index: int
    id: UUID
    seq: int


class SkippedOut(AppendedOut):
    reason: str


class SetAsideOut(Schema):
    index: int
    id: UUID | None
    reason: str


class HeadOut(Schema):
    seq: int
    chain: str


class ReceiptOut(Schema):
    """What became of each fact of a batch, by its index in it."""

    appended: list[AppendedOut]
    skipped: list[SkippedOut]
    set_aside: list[SetAsideOut]


class StoredOut(Schema):
    seq: int
    received_at: AwareDatetime
    salt: str
    digest: str
    chain: str
    fact: dict[str, Any]


class FactsOut(Schema):
    facts: list[StoredOut]
    head: HeadOut


def _fact_schema() -> dict[str, Any]:
    """A fact as it is sent; its ``data`` are the kind's own."""
    schema = Fact.model_json_schema()
    schema.pop("$defs", None)
    schema["properties"]["clock_offset"] = {"type": ["number", "null"], "description": "Seconds."}
    schema["properties"]["data"] = {"type": "object", "description": "The kind's own fields."}
    return schema


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "array",
                    "maxItems": LARGEST_BATCH,
                    # Anything is taken: what is no valid fact is set aside, and the rest of the batch is not hindered.
                    "items": {"anyOf": [_fact_schema(), {}]},
                    "description": f"Facts; at most {LARGEST_BATCH} and {LARGEST_BODY} bytes, one fact {LONGEST_FACT}.",
                }
            }
        },
    }
}
_TITLES = {
    400: "Not JSON",
    401: "Not signed in",
    413: "Too large",
    415: "Not application/json",
    422: "Not an array of facts",
    503: "No database",
    507: "Disk full",
}


@router.post(
    "/facts",
    response={200: ReceiptOut, **dict.fromkeys((400, 401, 413, 415, 422, 503, 507), Problem)},
    openapi_extra=_BODY,
    operation_id="append_facts",
)
def append_facts(request: HttpRequest) -> HttpResponse:
    """Append a batch. Sent again, it changes nothing: facts that are held already are skipped.

    Facts that are not valid, or have the id of another, are set aside with the reason, to be seen to; the others are
    appended. When the answer is an error, nothing of the batch was kept.
    """
    principal: Principal | None = getattr(request, "principal", None)
    if principal is None:
        return _problem(401, "Sign in to append facts.")
    if request.content_type != "application/json":
        return _problem(415, "Send application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _problem(413, f"A batch has at most {LARGEST_BODY} bytes: send it in parts.")
    try:
        outcomes = log.append_json(request.body, principal=principal)
    except NotJson as error:
        return _problem(400, f"The body is no JSON: {error}.")
    except NotAList as error:
        return _problem(422, f"{error}.")
    except (log.TooLarge, RequestDataTooBig) as error:
        return _problem(413, f"{error}: send it in parts.")
    except (OperationalError, psycopg.OperationalError) as error:
        if isinstance(error, psycopg.errors.DiskFull) or isinstance(error.__cause__, psycopg.errors.DiskFull):
            return _problem(507, "The disk of the database is full. Nothing was kept: send the batch again later.")
        return _problem(503, "The database does not answer. Send the batch again later.")
    return _json(200, _receipt(outcomes))


@router.get("/facts", response={200: FactsOut, 401: Problem, 422: Problem}, operation_id="read_facts")
def read_facts(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_READ)] = MOST_READ,
) -> HttpResponse:
    """The facts after ``after``, by ``seq``, as they are stored, and where the record ends."""
    if getattr(request, "principal", None) is None:
        return _problem(401, "Sign in to read facts.")
    head = log.head()
    facts = [
        {
            "seq": row.seq,
            "received_at": row.received_at,
            "salt": row.salt.hex(),
            "digest": row.digest.hex(),
            "chain": row.chain.hex(),
            "fact": orjson.Fragment(row.body),
        }
        for row in log.stored(after, head.seq, limit=limit)
    ]
    return _json(200, {"facts": facts, "head": {"seq": head.seq, "chain": head.chain.hex()}})


def _receipt(outcomes: list[Outcome]) -> dict[str, list[dict[str, Any]]]:
    receipt: dict[str, list[dict[str, Any]]] = {"appended": [], "skipped": [], "set_aside": []}
    for index, id_, status, seq, reason in outcomes:
        one: dict[str, Any] = {"index": index, "id": id_}
        if status is not Status.SET_ASIDE:
            one["seq"] = seq
        if status is not Status.APPENDED:
            one["reason"] = reason
        receipt[status].append(one)
    return receipt


def _json(status: int, body: object, content_type: str = "application/json") -> HttpResponse:
    return HttpResponse(orjson.dumps(body, option=orjson.OPT_UTC_Z), status=status, content_type=content_type)


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail, "errors": []}
    return _json(status, body, "application/problem+json")
