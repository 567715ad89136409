"""Endpoints of limits on entry to communities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Router, Status
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.matrix import called
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.api.risk import GradeWordOut
from lianfang.capabilities.warning.queries import restrictions as queries
from lianfang.capabilities.warning.queries.restrictions import Stands
from lianfang.capabilities.warning.rules.grading import community_policy
from lianfang.capabilities.warning.rules.restriction import restriction_policy
from lianfang.capabilities.warning.service import restricting as service
from lianfang.capabilities.warning.state.restriction import LimitState, Said
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router()
Word = Annotated[str, Field(max_length=64)]
Reason = Annotated[str, Field(max_length=1_000)]


class LimitSaidOut(Schema):
    """In which role somebody said so, why, and when."""

    role: str
    role_zh: str
    role_en: str
    reason: str
    at: AwareDatetime


class LimitOut(Schema):
    """``counted_as``: the class of the community when it was ordered, None where that was open."""

    id: UUID
    area: str
    zh: str
    en: str
    disease: str
    until: date
    counted_as: str | None
    state: LimitState
    state_zh: str
    state_en: str
    ordered: LimitSaidOut
    decided: LimitSaidOut | None
    lifted: LimitSaidOut | None


class LimitsOut(Schema):
    """``needs``: the class under which no approval is needed; ``never``: those under which nobody can limit entry;
    ``most_days`` and ``last_day``: how long one lasts."""

    area: str
    needs: GradeWordOut
    never: list[GradeWordOut]
    most_days: int
    last_day: date
    source: str
    limits: list[LimitOut]


class LimitIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Word
    disease: Word = "ncov-2020"
    until: date
    necessity: Reason
    id: UUID | None = None


class LimitDecisionIn(Schema):
    model_config = ConfigDict(extra="forbid")

    approved: bool
    reason: Reason


class LimitLiftIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: Reason


class LimitMadeOut(Schema):
    id: UUID


@router.get("/warning/limits", response={200: LimitsOut, **PROBLEMS}, operation_id="limits")
@answering
def limits(request: HttpRequest, area: Word) -> LimitsOut:
    """The limits on entry to communities of an area: asked for, in force, refused, lifted, ended."""
    now, its = clock.now(), restriction_policy()
    found = queries.restrictions(request.viewer, area, now=now)
    return LimitsOut(
        area=area, needs=_class(its.needs), never=[_class(one) for one in its.never], most_days=its.most_days,
        last_day=its.last_day(localdate(now)), source=its.source, limits=[_limit(one) for one in found],
    )  # fmt: skip


@router.post("/warning/limits", response={200: LimitMadeOut, **PROBLEMS}, operation_id="limit_entry")
@answering
def limit_entry(request: HttpRequest, body: LimitIn) -> LimitMadeOut:
    """Limits entry to a community until the end of a day: in force at once where its class allows it, otherwise once
    somebody above approves. It ends by itself."""
    return LimitMadeOut(id=service.order(request.viewer, **body.model_dump(), now=clock.now()))


@router.post("/warning/limits/{uuid:id}/decide", response={204: None, **PROBLEMS}, operation_id="decide_limit")
@answering
def decide_limit(request: HttpRequest, id: UUID, body: LimitDecisionIn) -> Status[None]:
    """Approves a limit that was asked for, or does not, with the reason."""
    service.decide(request.viewer, id, body.approved, body.reason, now=clock.now())
    return Status(204, None)


@router.post("/warning/limits/{uuid:id}/lift", response={204: None, **PROBLEMS}, operation_id="lift_limit")
@answering
def lift_limit(request: HttpRequest, id: UUID, body: LimitLiftIn) -> Status[None]:
    """Ends a limit before its day, with the reason."""
    service.lift(request.viewer, id, body.reason, now=clock.now())
    return Status(204, None)


def _class(code: str) -> GradeWordOut:
    its = community_policy().classes[code]
    return GradeWordOut(code=code, zh=its.zh, en=its.en)


def _limit(of: Stands) -> LimitOut:
    one, state = of
    division, words = current_gazetteer().division(one.area), restriction_policy().states[state]
    return LimitOut(
        id=one.subject, area=one.area, zh=division.name if division else one.area,
        en=(division.en or division.pinyin) if division else one.area, disease=one.data.disease, until=one.data.until,
        counted_as=one.data.counted_as, state=state, state_zh=words.zh, state_en=words.en,
        **{name: _said(getattr(one, name)) for name in ("ordered", "decided", "lifted")},
    )  # fmt: skip


def _said(of: Said | None) -> dict[str, Any] | None:
    if of is None:
        return None
    zh, en = called(of.role)
    return {"role": of.role, "role_zh": zh, "role_en": en, "reason": of.reason, "at": of.at}
