"""Endpoints of the record: append a batch of facts, read the log. No decision is made here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import orjson
import psycopg
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import AfterValidator, AwareDatetime

from lianfang.facts import aside, log
from lianfang.facts.aside import AsideState, Found, Range
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Why
from lianfang.facts.log import Outcome, Principal, Status
from lianfang.facts.personal import TITLES, Personal
from lianfang.facts.sent import LARGEST_BATCH, LARGEST_BODY, LONGEST_FACT, May, NotAList, NotJson, Sent, from_json
from lianfang.facts.shape import Schema
from lianfang.sealing.box import Unreadable
from lianfang.sealing.errors import SealingError

router = Router(tags=["record"])

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _within_calendar(time: datetime) -> datetime:
    return min(max(time, EARLIEST), LATEST)


Time = Annotated[AwareDatetime, AfterValidator(_within_calendar)]
"""A moment that is asked about: the nearest one that PostgreSQL's calendar and Python's share, as nothing on record is
older or younger."""
MOST_READ = 1_000
Number = Annotated[int, Path(ge=1, lt=2**63)]


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


class PersonalOut(Schema):
    """Personal data that a field held: which class, never the data."""

    field: str
    of: Personal
    zh: str
    en: str


class AsideOut(Schema):
    """Something that was set aside. ``readable`` is false once its time was over and its bytes were erased."""

    number: int
    received_at: datetime
    author: str
    device: str
    fact: UUID | None
    kind: str
    area: str
    reason: str
    personal: list[PersonalOut]
    state: AsideState
    readable: bool


class AsidesOut(Schema):
    asides: list[AsideOut]
    before: int | None
    """Ask on with this; None at the end."""


class AsideShownOut(AsideOut):
    original: str | None
    """The bytes as they came, as text; None where they were erased."""


class CorrectIn(Schema):
    """The corrected fact, to be appended."""

    end: Literal["appended"]
    fact: dict[str, Any]


class DiscardIn(Schema):
    """Nothing is to be appended, and why."""

    end: Literal["discarded"]
    why: Why


class ResolvedOut(Schema):
    state: AsideState
    seq: int | None
    """Where the corrected fact stands in the record."""


LATER = "lianfang.later"
"""In a request as WSGI has it: true where who called the application appends what an ``Appending`` holds."""


class Appending(HttpResponse):
    """The answer to a batch that is still to be appended; it says so once ``tell`` has its outcomes."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(content_type="application/json")
        self.sent = sent

    def tell(self, outcomes: list[Outcome]) -> None:
        self.content = _dumped(_receipt(outcomes))


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
    403: "Forbidden",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    415: "Not application/json",
    422: "Not an array of facts",
    503: "Not available",
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
        return _problem(request, 401, "请先登录再上报。", "Sign in to append facts.")
    if request.content_type != "application/json":
        return _problem(request, 415, "请用application/json发送。", "Send application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _problem(
            request,
            413,
            f"一批最多{LARGEST_BODY}字节，请分批发送。",
            f"A batch has at most {LARGEST_BODY} bytes: send it in parts.",
        )
    try:
        area = getattr(getattr(request, "viewer", None), "area", "")
        sent = from_json(request.body, principal, may=_may_append(request), area=area)
        if request.META.get(LATER) and (sent.ready or sent.asides):
            return Appending(sent)
        outcomes = log.append_sent(sent)
    except NotJson as error:
        return _problem(request, 400, f"内容不是JSON：{error}。", f"The body is no JSON: {error}.")
    except NotAList as error:
        return _problem(request, 422, "一批应为事实的数组。", f"{error}.")
    except (log.TooLarge, RequestDataTooBig) as error:
        return _problem(request, 413, f"一批过大，请分批发送：{error}。", f"{error}: send it in parts.")
    except (OperationalError, psycopg.OperationalError) as error:
        if isinstance(error, psycopg.errors.DiskFull) or isinstance(error.__cause__, psycopg.errors.DiskFull):
            return _problem(
                request,
                507,
                "数据库磁盘已满，未保存任何内容，请稍后重发。",
                "The disk of the database is full. Nothing was kept: send the batch again later.",
            )
        return _problem(
            request, 503, "数据库没有响应，请稍后重发。", "The database does not answer. Send the batch again later."
        )
    except SealingError:
        return _problem(
            request,
            503,
            "密钥库没有响应，未保存任何内容，请稍后重发。",
            "The key store does not answer. Nothing was kept: send the batch again later.",
        )
    return _json(200, _receipt(outcomes))


@router.get("/facts", response={200: FactsOut, 401: Problem, 422: Problem}, operation_id="read_facts")
def read_facts(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_READ)] = MOST_READ,
) -> HttpResponse:
    """The facts after ``after`` that the viewer may read, by ``seq``, as they are stored, and where the record ends."""
    if getattr(request, "principal", None) is None:
        return _problem(request, 401, "请先登录再读取。", "Sign in to read facts.")
    kinds, area_from, area_to = _may_read(request)
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
        for row in log.stored(after, head.seq, kinds=kinds, areas=(area_from, area_to), limit=limit)
    ]
    return _json(200, {"facts": facts, "head": {"seq": head.seq, "chain": head.chain.hex()}})


@router.get("/facts/aside", response={200: AsidesOut, 401: Problem, 422: Problem}, operation_id="list_asides")
def list_asides(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    every: bool = False,
) -> HttpResponse | AsidesOut:
    """What was set aside and nobody has dealt with yet, latest first; with ``every``, what was dealt with too."""
    seen_by = _range(request)
    if seen_by is None:
        return _problem(request, 401, "请先登录。", "Sign in to see what was set aside.")
    found = aside.listed(seen_by, before=before, every=every)
    more = len(found) == aside.MOST_LISTED
    return AsidesOut(asides=[AsideOut(**_aside(one)) for one in found], before=found[-1].row.number if more else None)


@router.get(
    "/facts/aside/{number}",
    response={200: AsideShownOut, **dict.fromkeys((401, 403, 404, 409, 422, 503), Problem)},
    operation_id="show_aside",
)
def show_aside(
    request: HttpRequest, number: Number, purpose: Annotated[str, Query(pattern=r"^[a-z_]{1,64}$")] = "correction"
) -> HttpResponse | AsideShownOut:
    """Something that was set aside, with its original bytes. The look is recorded: they may name people."""
    seen_by = _range(request)
    if seen_by is None:
        return _problem(request, 401, "请先登录。", "Sign in to see what was set aside.")
    if purpose not in getattr(request, "purposes", ()):
        return _problem(request, 403, "您的角色没有此用途。", "This purpose is not one of your role's.")
    try:
        role = request.viewer.role
        shown = aside.show(number, seen_by, principal=request.principal, purpose=purpose, role=role)
    except aside.Unknown:
        return _problem(request, 404, "没有这个编号的记录。", "There is nothing of this number here.")
    except Unreadable:
        return _problem(
            request, 409, "内容已被改动或截断，无法读取。", "It was altered or cut short and cannot be read."
        )
    except SealingError:
        return _problem(request, 503, "密钥库没有响应。", "The key store does not answer.")
    original = None if shown.original is None else shown.original.decode("utf-8", "replace")
    return AsideShownOut(**_aside(shown.found), original=original)


@router.post(
    "/facts/aside/{number}/resolve",
    response={200: ResolvedOut, 401: Problem, 404: Problem, 409: Problem, 422: Problem},
    operation_id="resolve_aside",
)
def resolve_aside(request: HttpRequest, number: Number, body: CorrectIn | DiscardIn) -> HttpResponse | ResolvedOut:
    """Append the corrected fact in its place, or discard it with the reason. Both are recorded."""
    seen_by = _range(request)
    if seen_by is None:
        return _problem(request, 401, "请先登录。", "Sign in to deal with what was set aside.")
    try:
        if isinstance(body, CorrectIn):
            try:
                sent = orjson.dumps(body.fact)
            except TypeError as error:  # a number beyond 64 bits, or nesting beyond any fact's
                return _problem(request, 422, f"事实无法读取：{error}。", f"The fact cannot be read: {error}.")
            outcome = aside.correct(number, seen_by, sent, principal=request.principal, may=_may_append(request))
            return ResolvedOut(state=AsideState.APPENDED, seq=outcome.seq)
        aside.discard(number, seen_by, body.why, principal=request.principal)
        return ResolvedOut(state=AsideState.DISCARDED, seq=None)
    except aside.Unknown:
        return _problem(request, 404, "没有这个编号的记录。", "There is nothing of this number here.")
    except aside.Resolved as error:
        return _problem(request, 409, "已有人处理过。", f"Somebody has dealt with it: {error}.")
    except aside.NotFit as error:
        return _problem(
            request, 409, f"更正后的事实仍不能入账：{error}。", f"The corrected fact cannot be appended: {error}."
        )


class Reading(NamedTuple):
    """Which facts the viewer may read: of these kinds, from areas between two codes."""

    kinds: frozenset[str]
    area_from: str
    area_to: str


def _may_append(request: HttpRequest) -> May:
    """The guard's answer for each fact; without a guard, nobody may append."""
    may: May = getattr(request, "may_append", lambda facts: ["kind: not yours to append"] * len(facts))
    return may


def _may_read(request: HttpRequest) -> Reading:
    """The guard's answer; without a guard, nothing may be read."""
    return Reading(*getattr(request, "may_read", (frozenset(), "", "")))


def _range(request: HttpRequest) -> Range | None:
    principal: Principal | None = getattr(request, "principal", None)
    if principal is None:
        return None
    reading = _may_read(request)
    return Range(principal.author, reading.area_from, reading.area_to)


def _aside(found: Found) -> dict[str, Any]:
    row = found.row
    return {
        **{name: getattr(row, name) for name in row._fields if name != "id"},
        "state": found.state,
        "readable": found.readable,
        "personal": [
            {"field": field, "of": of, "zh": TITLES[of][0], "en": TITLES[of][1]} for field, of in found.personal
        ],
    }


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


def _dumped(body: object) -> bytes:
    return orjson.dumps(body, option=orjson.OPT_UTC_Z)


def _json(status: int, body: object, content_type: str = "application/json") -> HttpResponse:
    return HttpResponse(_dumped(body), status=status, content_type=content_type)


def _problem(request: HttpRequest, status: int, zh: str, en: str) -> HttpResponse:
    """An error in the language that was asked for: English where the request asks for it first."""
    detail = en if request.headers.get("Accept-Language", "").lower().startswith("en") else zh
    body = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail, "errors": []}
    return _json(status, body, "application/problem+json")
