"""Endpoints of grades: counties, communities, and a person's decision on one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.matrix import called
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.facts.grade import Scheme
from lianfang.capabilities.warning.queries import risk as queries
from lianfang.capabilities.warning.queries.risk import Asked, GradedArea, Grades, History
from lianfang.capabilities.warning.rules.grading import (
    CommunityPolicy,
    CountyPolicy,
    Edition,
    Evidence,
    Graded,
    Turn,
    community_policy,
    county_policy,
)
from lianfang.capabilities.warning.service import grading as service
from lianfang.capabilities.warning.state.grade import Decision
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router()
Word = Annotated[str, Field(max_length=64)]
Reason = Annotated[str, Field(max_length=1_000)]
Policy = CountyPolicy | CommunityPolicy


class GradeWordOut(Schema):
    code: str
    zh: str
    en: str


class GradeLevelOut(GradeWordOut):
    """A level or class, with the strategy that goes with it."""

    strategy_zh: str
    strategy_en: str


class GradeEditionOut(GradeWordOut):
    begins: date
    ends: date | None
    source: str


class GradeEvidenceOut(GradeWordOut):
    """A number, a moment or a code; the cases are told to who sees cases one by one."""

    value: int | str | None
    cases: list[UUID]


class GradeDecisionOut(Schema):
    id: UUID
    to: str
    reason: str
    at: AwareDatetime
    until: date
    role: str
    role_zh: str
    role_en: str
    computed: str | None
    """What the rule said when it was decided."""
    seq: int


class GradeStandsOut(Schema):
    """``level`` is None where the rule leaves it open; ``asks`` is what it leaves to a person."""

    level: str | None
    step: GradeWordOut | None
    evidence: list[GradeEvidenceOut]
    asks: list[GradeWordOut]


class GradedAreaOut(GradeStandsOut):
    area: str
    zh: str
    en: str
    decision: GradeDecisionOut | None


class GradeTurnOut(GradeStandsOut):
    at: AwareDatetime


class GradeHeadOut(Schema):
    area: str
    disease: str
    as_of: AwareDatetime
    known_at: AwareDatetime | None
    seq: int
    edition: GradeEditionOut | None
    editions: list[GradeEditionOut]
    levels: list[GradeLevelOut]


class GradedAreasOut(GradeHeadOut):
    """``counts``: how many areas are at each level, ``none`` where it is open; ``unplaced``: cases of which the county
    or community is not known."""

    areas: list[GradedAreaOut]
    counts: dict[str, int]
    unplaced: int


class GradeHistoryOut(GradeHeadOut):
    now: GradedAreaOut
    history: list[GradeTurnOut]
    decisions: list[GradeDecisionOut]


class GradeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    scheme: Scheme
    area: Word
    disease: Word = "ncov-2020"
    to: Word
    reason: Reason
    until: date
    id: UUID | None = None


class GradeRetractIn(Schema):
    model_config = ConfigDict(extra="forbid")

    why: Why


class GradeMadeOut(Schema):
    id: UUID


@router.get("/warning/risk", response={200: GradedAreasOut, **PROBLEMS}, operation_id="county_risk")
@answering
def county_risk(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", edition: Word = "", as_of: Time | None = None,
    known_at: Time | None = None,
) -> GradedAreasOut:  # fmt: skip
    """The risk of each county of an area, low, medium or high, with what it rests on, as of a moment and as known at a
    time. ``edition`` tries another one than was in force."""
    asked = Asked(area, disease, edition, as_of, known_at)
    return _areas(asked, queries.counties(request.viewer, asked, now=clock.now()), county_policy())


@router.get("/warning/risk/{area}", response={200: GradeHistoryOut, **PROBLEMS}, operation_id="county_risk_history")
@answering
def county_risk_history(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", edition: Word = "", as_of: Time | None = None,
    known_at: Time | None = None,
) -> GradeHistoryOut:  # fmt: skip
    """One county: its level, each turn of it with the evidence, and what persons decided."""
    asked = Asked(area, disease, edition, as_of, known_at)
    return _history(asked, queries.county_history(request.viewer, asked, now=clock.now()), county_policy())


@router.get("/warning/communities", response={200: GradedAreasOut, **PROBLEMS}, operation_id="communities")
@answering
def communities(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", edition: Word = "", as_of: Time | None = None,
    known_at: Time | None = None,
) -> GradedAreasOut:  # fmt: skip
    """What each community in which a case was confirmed counts as; all others are of class 1."""
    asked = Asked(area, disease, edition, as_of, known_at)
    return _areas(asked, queries.communities(request.viewer, asked, now=clock.now()), community_policy())


@router.get(
    "/warning/communities/{area}", response={200: GradeHistoryOut, **PROBLEMS}, operation_id="community_history"
)
@answering
def community_history(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", edition: Word = "", as_of: Time | None = None,
    known_at: Time | None = None,
) -> GradeHistoryOut:  # fmt: skip
    """One community: its class, each turn of it with the evidence, and what persons decided."""
    asked = Asked(area, disease, edition, as_of, known_at)
    return _history(asked, queries.community_history(request.viewer, asked, now=clock.now()), community_policy())


@router.post("/warning/grades", response={200: GradeMadeOut, **PROBLEMS}, operation_id="decide_grade")
@answering
def decide_grade(request: HttpRequest, body: GradeIn) -> GradeMadeOut:
    """What a person decides that a county or community counts as until a day, with the reason; what the rule said then
    is kept with it. It ends before that day where a case is confirmed there."""
    told = body.model_dump(exclude={"scheme", "area"})
    return GradeMadeOut(id=service.decide(request.viewer, body.scheme, body.area, **told, now=clock.now()))


@router.post("/warning/grades/{uuid:id}/retract", response={204: None, **PROBLEMS}, operation_id="retract_grade")
@answering
def retract_grade(request: HttpRequest, id: UUID, body: GradeRetractIn) -> Status[None]:
    """Takes a decision back."""
    service.retract(request.viewer, id, body.why, now=clock.now())
    return Status(204, None)


def _areas(asked: Asked, grades: Grades, policy: Policy) -> GradedAreasOut:
    levels = _levels(policy)
    counts = {code: sum(one.graded.to == code for one in grades.places) for code in levels}
    counts["none"] = sum(one.graded.to is None for one in grades.places)
    areas = [_area(one, policy, grades.shown) for one in grades.places]
    return GradedAreasOut(**_head(asked, grades, policy), areas=areas, counts=counts, unplaced=grades.unplaced)


def _history(asked: Asked, history: History, policy: Policy) -> GradeHistoryOut:
    grades = history.grades
    return GradeHistoryOut(
        **_head(asked, grades, policy),
        now=_area(next(one for one in grades.places if one.area == asked.area), policy, grades.shown),
        history=[_turn(one, policy, grades.shown) for one in history.turns],
        decisions=[_decision(one) for one in history.decisions],
    )


def _levels(policy: Policy) -> Mapping[str, Any]:
    return policy.levels if isinstance(policy, CountyPolicy) else policy.classes


def _head(asked: Asked, grades: Grades, policy: Policy) -> dict[str, Any]:
    return {
        "area": asked.area, "disease": asked.disease, "as_of": asked.as_of or clock.now(), "known_at": asked.known_at,
        "seq": grades.at.seq, "edition": _edition(grades.edition) if grades.edition else None,
        "editions": [_edition(one) for one in policy.edition if asked.disease in one.diseases],
        "levels": [GradeLevelOut(code=code, **one.model_dump()) for code, one in _levels(policy).items()],
    }  # fmt: skip


def _edition(one: Edition) -> GradeEditionOut:
    return GradeEditionOut(**{name: getattr(one, name) for name in GradeEditionOut.model_fields})


def _area(one: GradedArea, policy: Policy, shown: Collection[UUID]) -> GradedAreaOut:
    division = current_gazetteer().division(one.area)
    return GradedAreaOut(
        area=one.area, zh=division.name if division else one.area,
        en=(division.en or division.pinyin) if division else one.area,
        decision=_decision(one.decision) if one.decision else None, **_stands(one.graded, policy, shown),
    )  # fmt: skip


def _turn(one: Turn, policy: Policy, shown: Collection[UUID]) -> GradeTurnOut:
    return GradeTurnOut(at=one.at, **_stands(one.graded, policy, shown))


def _stands(graded: Graded, policy: Policy, shown: Collection[UUID]) -> dict[str, Any]:
    step = policy.steps.get(graded.step)
    return {
        "level": graded.to,
        "step": GradeWordOut(code=graded.step, zh=step.zh, en=step.en) if step else None,
        "evidence": [_evidence(one, policy, shown) for one in graded.evidence],
        "asks": [GradeWordOut(code=code, zh=policy.asks[code].zh, en=policy.asks[code].en) for code in graded.asks],
    }


def _evidence(one: Evidence, policy: Policy, shown: Collection[UUID]) -> GradeEvidenceOut:
    word = policy.evidence[one.code]
    value = one.value.isoformat() if isinstance(one.value, datetime) else one.value
    cases = [case for case in one.cases if case in shown]
    return GradeEvidenceOut(code=one.code, zh=word.zh, en=word.en, value=value, cases=cases)


def _decision(one: Decision) -> GradeDecisionOut:
    zh, en = called(one.role)
    return GradeDecisionOut(
        id=one.fact, to=one.to, reason=one.reason, at=one.at, until=one.until, role=one.role,
        role_zh=zh, role_en=en, computed=one.data.computed, seq=one.data.seq,
    )  # fmt: skip
