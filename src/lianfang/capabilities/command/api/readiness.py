"""Endpoints of readiness."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command.api.levels import Area
from lianfang.capabilities.command.queries import readiness as queries
from lianfang.capabilities.command.rules.readiness import policy
from lianfang.capabilities.command.service import readiness as service
from lianfang.facts.shape import Schema

router = Router(tags=["command"])


class ReadinessAskedOut(Schema):
    """An item of readiness; ``stated``: whether somebody says how it stands, or a register tells alone."""

    code: str
    zh: str
    en: str
    stated: bool


class ReadinessItemOut(Schema):
    """``met`` is None where nobody knows. ``basis``: what it rests on."""

    code: str
    met: bool | None
    basis: Literal["register", "stated", "out_of_date", "nothing"]
    evidence: str
    at: AwareDatetime | None


class ReadinessPlanOut(Schema):
    id: UUID
    zh: str
    en: str
    edition: str
    last: date
    current: bool


class ReadinessLineOut(Schema):
    """Readiness lies between ``low`` and ``high`` (shares from 0 to 1), which meet where all items are known."""

    area: str
    zh: str
    en: str
    plan: ReadinessPlanOut | None
    low: float
    high: float
    known: int
    items: list[ReadinessItemOut]


class ReadinessOut(Schema):
    """``without``: the areas that have no plan in force."""

    area: str
    below: Literal["county", "town"]
    at: AwareDatetime
    edition: str
    since: date
    source: str
    source_zh: str
    valid_days: int
    asked: list[ReadinessAskedOut]
    without: list[str]
    areas: list[ReadinessLineOut]


class ReadinessSayIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    item: Annotated[str, Field(max_length=64)]
    met: bool
    evidence: Annotated[str, Field(max_length=500)] = ""
    fact: UUID | None = None


class ReadinessSaidOut(Schema):
    fact: UUID


@router.get("/readiness", response={200: ReadinessOut, **PROBLEMS}, operation_id="readiness")
@answering
def readiness(
    request: HttpRequest, area: Area, below: Annotated[Literal["county", "town"], Query()] = "county"
) -> ReadinessOut:
    """How ready the counties or towns of an area are, and which of them have no plan in force."""
    now, its = clock.now(), policy()
    found = queries.register(request.viewer, area, below, now)
    return ReadinessOut(
        area=area, below=below, at=now, edition=its.edition, since=its.since, source=its.source,
        source_zh=its.source_zh,
        valid_days=its.valid_days, without=list(found.without),
        asked=[ReadinessAskedOut(code=a.code, zh=a.zh, en=a.en, stated=its.stated(a.code)) for a in its.items],
        areas=[_line(one) for one in found.lines],
    )  # fmt: skip


@router.post("/readiness", response={200: ReadinessSaidOut, **PROBLEMS}, operation_id="state_readiness")
@answering
def state_readiness(request: HttpRequest, body: ReadinessSayIn) -> ReadinessSaidOut:
    """State whether an area has what an item asks for; in order only with what shows it."""
    fact = service.say(
        request.viewer, body.area, body.item, met=body.met, evidence=body.evidence, now=clock.now(), fact=body.fact
    )  # fmt: skip
    return ReadinessSaidOut(fact=fact)


def _line(one: queries.Line) -> ReadinessLineOut:
    division, ready = one.division, one.readiness
    return ReadinessLineOut(
        area=division.code, zh=division.name, en=division.en or division.pinyin or division.name,
        plan=ReadinessPlanOut(**one.plan._asdict()) if one.plan else None, low=ready.low, high=ready.high,
        known=ready.known, items=[ReadinessItemOut(**item._asdict()) for item in ready.items],
    )  # fmt: skip
