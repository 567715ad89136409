"""Endpoints of markets: what was inspected, sampled and done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.service.recording import made
from lianfang.capabilities.warning.facts import market as kinds
from lianfang.capabilities.warning.models import EnvironmentSampleRow, MarketRow
from lianfang.capabilities.warning.queries import market as queries
from lianfang.capabilities.warning.rules.grading import Title
from lianfang.capabilities.warning.rules.markets import market_policy
from lianfang.capabilities.warning.service import markets as service
from lianfang.capabilities.warning.state.market import WORDS
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router()
Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Word = Annotated[str, Field(max_length=64)]
Rows = Annotated[int, Field(ge=1, le=200)]
Codes = Annotated[list[Code], Field(max_length=64)]


class MarketActIn(Schema):
    """``at`` is when it happened (default: now); ``fact`` the sender's own id for it, by which sending it again is
    known."""

    model_config = ConfigDict(extra="forbid")

    at: Time | None = None
    fact: UUID | None = None


class MarketIn(MarketActIn):
    """With ``market``, the particulars of that one are replaced."""

    area: Word
    name: Annotated[str, Field(min_length=1, max_length=64)]
    market_kind: Code
    sells: Codes = Field(default_factory=list)
    stalls: Annotated[int, Field(ge=0, le=100_000)] | None = None
    market: UUID | None = None


class MarketFindingIn(Schema):
    model_config = ConfigDict(extra="forbid")

    item: Code
    met: bool | None


class MarketInspectionIn(MarketActIn):
    findings: Annotated[list[MarketFindingIn], Field(min_length=1, max_length=64)]


class MarketSampleIn(MarketActIn):
    disease: Code = "ncov-2020"
    point: Code
    number: Code | None = None
    laboratory: Code | None = None


class MarketResultIn(MarketActIn):
    sample: UUID
    test: Code
    result: Code
    ct: Annotated[float, Field(gt=0, lt=60)] | None = None


class MarketSequenceIn(MarketActIn):
    sample: UUID
    accession: Code
    archive: Code
    lineage: Code | None = None


class MarketMeasuresIn(MarketActIn):
    measures: Annotated[list[Code], Field(min_length=1, max_length=64)]


class MarketRetractIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID
    why: Why


class MarketMadeOut(Schema):
    id: UUID


class MarketFactOut(Schema):
    fact: UUID


class MarketWordOut(Schema):
    code: str
    zh: str
    en: str


class MarketTermsOut(Schema):
    kinds: list[MarketWordOut]
    goods: list[MarketWordOut]
    items: list[MarketWordOut]
    points: list[MarketWordOut]
    tests: list[MarketWordOut]
    results: list[MarketWordOut]
    measures: list[MarketWordOut]
    handle_h: int
    source: str


class MarketOut(Schema):
    """``unmet`` are items that the last inspection did not find met; ``unhandled`` counts positive samples after whose
    result nothing was done."""

    id: UUID
    area: str
    name: str
    kind: MarketWordOut
    sells: list[MarketWordOut]
    stalls: int | None
    registered_at: AwareDatetime
    inspected_at: AwareDatetime | None
    unmet: list[MarketWordOut]
    closed: bool
    positives: int
    unhandled: int


class MarketsOut(Schema):
    markets: list[MarketOut]
    after: str | None
    total: int


class MarketFindingOut(MarketWordOut):
    met: bool | None


class MarketInspectionOut(Schema):
    fact: UUID
    at: AwareDatetime
    author: str
    findings: list[MarketFindingOut]


class MarketHandledOut(Schema):
    fact: UUID
    at: AwareDatetime
    author: str
    measures: list[MarketWordOut]


class EnvironmentSampleOut(Schema):
    id: UUID
    disease: str
    point: MarketWordOut
    number: str | None
    laboratory: str | None
    sampled_at: AwareDatetime
    test: MarketWordOut | None
    result: MarketWordOut | None
    ct: float | None
    result_at: AwareDatetime | None
    accession: str | None


class MarketFaultOut(Schema):
    """A fact that contradicts what was before it and counts for nothing until it is put right."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


class MarketCardOut(MarketOut):
    inspections: list[MarketInspectionOut]
    samples: list[EnvironmentSampleOut]
    handled: list[MarketHandledOut]
    faults: list[MarketFaultOut]


@router.get("/markets", response={200: MarketsOut, **PROBLEMS}, operation_id="markets")
@answering
def markets(
    request: HttpRequest, area: Word = "", positive: bool = False, unmet: bool = False, after: Word = "",
    limit: Rows = 50,
) -> MarketsOut:  # fmt: skip
    """The markets of an area; ``positive``: with a positive environmental sample, ``unmet``: of which the last
    inspection found something not met."""
    found = queries.markets(request.viewer, area, positive=positive, unmet=unmet, after=after, limit=limit)
    return MarketsOut(markets=[MarketOut(**_told(row)) for row in found.rows], after=found.after, total=found.total)


@router.get("/markets/terms", response={200: MarketTermsOut}, operation_id="market_terms")
def market_terms(request: HttpRequest) -> MarketTermsOut:
    """What markets are inspected for, where they are sampled and what is done, by code."""
    policy = market_policy()
    lists = ("kinds", "goods", "items", "points", "tests", "results", "measures")
    told = {name: [_word(getattr(policy, name), code) for code in getattr(policy, name)] for name in lists}
    return MarketTermsOut(**told, handle_h=policy.handle_h, source=policy.source)


@router.get("/markets/{uuid:id}", response={200: MarketCardOut, **PROBLEMS}, operation_id="market")
@answering
def market(request: HttpRequest, id: UUID) -> MarketCardOut:
    """One market: its inspections, samples and what was done."""
    row, samples = queries.market(request.viewer, id)
    policy = market_policy()
    return MarketCardOut(
        **_told(row),
        inspections=[
            MarketInspectionOut(
                fact=one["fact"], at=one["at"], author=one["author"],
                findings=[
                    MarketFindingOut(**_word(policy.items, its["item"]).model_dump(), met=its["met"])
                    for its in one["findings"]
                ],
            )
            for one in row.inspections
        ],
        samples=[_sample(one) for one in samples],
        handled=[
            MarketHandledOut(
                fact=one["fact"], at=one["at"], author=one["author"],
                measures=[_word(policy.measures, code) for code in one["measures"]],
            )
            for one in row.handled
        ],
        faults=[
            MarketFaultOut(fact=fact, field=field, reason=reason, zh=WORDS[reason][0], en=WORDS[reason][1])
            for fact, field, reason in row.faults
        ],
    )  # fmt: skip


@router.post("/markets", response={200: MarketMadeOut, **PROBLEMS}, operation_id="register_market")
@answering
def register_market(request: HttpRequest, body: MarketIn) -> MarketMadeOut:
    """Registers a market, or replaces the particulars of one."""
    data = made(kinds.MarketRegistered, **body.model_dump(include={"name", "market_kind", "sells", "stalls"}))
    return MarketMadeOut(
        id=service.register(
            request.viewer, body.area, data, now=clock.now(), at=body.at, market_id=body.market, fact=body.fact
        )
    )


@router.post("/markets/{uuid:id}/inspections", response={200: MarketFactOut, **PROBLEMS}, operation_id="inspect_market")
@answering
def inspect_market(request: HttpRequest, id: UUID, body: MarketInspectionIn) -> MarketFactOut:
    """Records an inspection, item by item."""
    return _recorded(request, id, body, kinds.MarketInspected)


@router.post("/markets/{uuid:id}/samples", response={200: MarketFactOut, **PROBLEMS}, operation_id="sample_market")
@answering
def sample_market(request: HttpRequest, id: UUID, body: MarketSampleIn) -> MarketFactOut:
    """Records an environmental sample; the fact's id is the sample's."""
    return _recorded(request, id, body, kinds.MarketSampled)


@router.post("/markets/{uuid:id}/results", response={200: MarketFactOut, **PROBLEMS}, operation_id="test_market")
@answering
def test_market(request: HttpRequest, id: UUID, body: MarketResultIn) -> MarketFactOut:
    """Records a laboratory's result; a positive one raises a signal."""
    return _recorded(request, id, body, kinds.MarketTested)


@router.post("/markets/{uuid:id}/sequences", response={200: MarketFactOut, **PROBLEMS}, operation_id="sequence_market")
@answering
def sequence_market(request: HttpRequest, id: UUID, body: MarketSequenceIn) -> MarketFactOut:
    """Records the accession of a genome that was read from a positive sample."""
    return _recorded(request, id, body, kinds.MarketSequenced)


@router.post("/markets/{uuid:id}/measures", response={200: MarketFactOut, **PROBLEMS}, operation_id="handle_market")
@answering
def handle_market(request: HttpRequest, id: UUID, body: MarketMeasuresIn) -> MarketFactOut:
    """Records what was done with a market: disinfected, closed, reopened."""
    return _recorded(request, id, body, kinds.MarketHandled)


@router.post("/markets/{uuid:id}/retract", response={204: None, **PROBLEMS}, operation_id="retract_of_market")
@answering
def retract_of_market(request: HttpRequest, id: UUID, body: MarketRetractIn) -> Status[None]:
    """Takes something recorded of a market back."""
    service.retract(request.viewer, id, body.fact, body.why, now=clock.now())
    return Status(204, None)


def _recorded(request: HttpRequest, id: UUID, body: MarketActIn, kind: type[Any]) -> MarketFactOut:
    data = made(kind, **body.model_dump(exclude={"at", "fact"}))
    fact = service.record(request.viewer, id, data, now=clock.now(), at=body.at, fact=body.fact)
    return MarketFactOut(fact=fact)


def _word(words: Mapping[str, Title], code: str) -> MarketWordOut:
    """A code with its words; what another edition of the policy had stands as it is."""
    its = words.get(code)
    return MarketWordOut(code=code, zh=its.zh if its else code, en=its.en if its else code)


def _told(row: MarketRow) -> dict[str, Any]:
    policy = market_policy()
    return {
        "id": row.subject, "area": row.area, "name": row.name, "kind": _word(policy.kinds, row.market_kind),
        "sells": [_word(policy.goods, code) for code in row.sells], "stalls": row.stalls,
        "registered_at": row.registered_at, "inspected_at": row.inspected_at,
        "unmet": [_word(policy.items, code) for code in row.unmet], "closed": row.closed,
        "positives": row.positives, "unhandled": row.unhandled,
    }  # fmt: skip


def _sample(one: EnvironmentSampleRow) -> EnvironmentSampleOut:
    policy = market_policy()
    told = {name: getattr(one, name) for name in EnvironmentSampleOut.model_fields}
    return EnvironmentSampleOut(
        **{
            **told,
            "point": _word(policy.points, one.point),
            "test": _word(policy.tests, one.test) if one.test else None,
            "result": _word(policy.results, one.result) if one.result else None,
        }
    )
