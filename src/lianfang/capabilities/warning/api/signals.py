"""Endpoints of signals: a list, one, its review, and how many of each rule there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import ConfigDict, Field

from lianfang.access.matrix import called
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.facts.signal import Outcome
from lianfang.capabilities.warning.models.signals import SignalRow
from lianfang.capabilities.warning.queries import signals as queries
from lianfang.capabilities.warning.queries.risk import sees_cases
from lianfang.capabilities.warning.rules.signals.policy import Words, policy
from lianfang.capabilities.warning.rules.signals.wording import spoken
from lianfang.capabilities.warning.service import reviewing
from lianfang.capabilities.warning.state.signal import Status
from lianfang.facts.fact import Time
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router()
Word = Annotated[str, Field(max_length=64)]
Mark = Annotated[str, Field(max_length=256)]
Rows = Annotated[int, Field(ge=1, le=500)]
Stands = Literal["open", "watched", "confirmed", "dismissed"]
Decides = Literal["dismissed", "watched", "confirmed", "reopened"]


class SignalWordOut(Schema):
    code: str
    zh: str
    en: str


class SignalEvidenceOut(SignalWordOut):
    """``value_zh`` and ``value_en`` are given where the value is a code that has words."""

    value: int | float | str | None
    value_zh: str | None
    value_en: str | None


class SignalToldOut(Schema):
    """A role over a division, and how many people were appointed to it."""

    role: str
    zh: str
    en: str
    area: str
    people: int


class SignalReviewOut(Schema):
    outcome: Decides
    zh: str
    en: str
    reason: str
    role: str
    role_zh: str
    role_en: str
    at: datetime
    seconds: int | None
    """From when the signal began to wait; None where it was not waiting."""


class SignalOut(Schema):
    """``subjects`` are empty for who sees no cases one by one; ``cases`` is how many they are."""

    id: UUID
    rule: str
    version: str
    zh: str
    en: str
    disease: str | None
    area: str
    key: str
    subjects: list[UUID]
    cases: int
    seq: int
    raised_at: datetime
    last_seq: int
    last_at: datetime
    as_of: datetime
    count: int
    status: Stands
    waiting_since: datetime | None
    evidence: list[SignalEvidenceOut]
    told: list[SignalToldOut]
    reviews: list[SignalReviewOut]
    reopened: bool


class SignalsOut(Schema):
    area: str
    known_at: datetime | None
    seq: int
    signals: list[SignalOut]
    after: str | None
    total: int


class SignalRuleOut(Schema):
    rule: str
    version: str
    zh: str
    en: str
    text_zh: str
    text_en: str
    since: date
    source: str
    open: int
    watched: int
    confirmed: int
    dismissed: int
    raised: int
    folded: int
    median_seconds: float | None


class SignalPartOut(Schema):
    area: str
    open: int
    signals: int


class SignalCountsOut(Schema):
    area: str
    since: datetime | None
    until: datetime | None
    known_at: datetime | None
    seq: int
    rules: list[SignalRuleOut]
    areas: list[SignalPartOut]
    statuses: list[SignalWordOut]
    outcomes: list[SignalWordOut]


class SignalReviewIn(Schema):
    model_config = ConfigDict(extra="forbid")

    outcome: Decides
    reason: Annotated[str, Field(max_length=1_000)]


@router.get("/warning/signals", response={200: SignalsOut, **PROBLEMS}, operation_id="signals")
@answering
def signals(
    request: HttpRequest,
    area: Word = "",
    status: Stands | None = None,
    rule: Word = "",
    since: Time | None = None,
    until: Time | None = None,
    known_at: Time | None = None,
    after: Mark = "",
    limit: Rows = 50,
) -> SignalsOut:
    """The signals of an area and below, the last raised first; as they were known at ``known_at``."""
    asked = queries.Asked(area, Status(status) if status else None, rule, since, until)
    found = queries.page(request.viewer, asked, known_at=known_at, after=after, limit=limit)
    named = sees_cases(request.viewer)
    return SignalsOut(
        area=area, known_at=known_at, seq=found.seq, signals=[_signal(row, named) for row in found.signals],
        after=found.after, total=found.total,
    )  # fmt: skip


@router.get("/warning/signals/{id}", response={200: SignalOut, **PROBLEMS}, operation_id="signal")
@answering
def signal(request: HttpRequest, id: UUID, known_at: Time | None = None) -> SignalOut:
    """A signal, as it was known at ``known_at``."""
    row = queries.one(request.viewer, id, known_at=known_at)
    return _signal(row, sees_cases(request.viewer))


@router.post("/warning/signals/{id}/review", response={200: SignalOut, **PROBLEMS}, operation_id="review_signal")
@answering
def review_signal(request: HttpRequest, id: UUID, body: SignalReviewIn) -> SignalOut:
    """Dismisses, watches, confirms or opens a signal again, with the reason."""
    reviewing.review(request.viewer, id, Outcome(body.outcome), body.reason, now=clock.now())
    return _signal(queries.one(request.viewer, id), sees_cases(request.viewer))


@router.get("/warning/counts", response={200: SignalCountsOut, **PROBLEMS}, operation_id="signal_counts")
@answering
def signal_counts(
    request: HttpRequest, area: Word, since: Time | None = None, until: Time | None = None,
    known_at: Time | None = None,
) -> SignalCountsOut:  # fmt: skip
    """How many signals of each rule an area has, where they stand and how long their reviews took; and how many each
    division right below it has; as they were known at ``known_at``."""
    counted, parts, seq = queries.counts(request.viewer, area, since=since, until=until, known_at=known_at)
    rules = [
        SignalRuleOut(
            rule=one.rule.id, version=one.rule.version, zh=one.rule.zh, en=one.rule.en, text_zh=one.rule.text_zh,
            text_en=one.rule.text_en, since=one.rule.since, source=one.rule.source, raised=one.raised,
            folded=one.folded, median_seconds=one.median_seconds,
            **{status.value: n for status, n in one.by_status.items()},
        )
        for one in counted
    ]  # fmt: skip
    return SignalCountsOut(
        area=area, since=since, until=until, known_at=known_at, seq=seq, rules=rules,
        areas=[SignalPartOut(**part._asdict()) for part in parts], statuses=_words(policy().statuses),
        outcomes=_words(policy().outcomes),
    )  # fmt: skip


def _signal(row: SignalRow, named: bool) -> SignalOut:
    its = policy()
    rule = its.rule(row.rule, row.rule_version)
    held = {
        name: getattr(row, name)
        for name in SignalOut.model_fields
        if name not in ("id", "version", "zh", "en", "subjects", "cases", "evidence", "told", "reviews")
    }
    return SignalOut(
        **held, id=row.subject, version=row.rule_version, zh=rule.zh if rule else row.rule,
        en=rule.en if rule else row.rule, subjects=row.subjects if named else [], cases=len(row.subjects),
        evidence=[_evidence(one["code"], one["value"], row.disease) for one in row.evidence],
        told=[_told(one) for one in row.told], reviews=[_review(one) for one in row.reviews],
    )  # fmt: skip


def _evidence(code: str, value: int | float | str | None, disease: str | None) -> SignalEvidenceOut:
    said = spoken(code, value, disease, current_gazetteer())
    words = {"value_zh": said.zh, "value_en": said.en} if said else {"value_zh": None, "value_en": None}
    return SignalEvidenceOut(**_word(policy().evidence, code), value=value, **words)


def _told(one: Mapping[str, object]) -> SignalToldOut:
    role, accounts = str(one["role"]), one["accounts"]
    assert isinstance(accounts, list)
    zh, en = called(role)
    return SignalToldOut(role=role, zh=zh, en=en, area=str(one["area"]), people=len(accounts))


def _review(one: Mapping[str, object]) -> SignalReviewOut:
    words, (zh, en) = policy().outcomes[str(one["outcome"])], called(str(one["role"]))
    kept = {name: one[name] for name in ("outcome", "reason", "role", "at", "seconds")}
    return SignalReviewOut(**kept, zh=words.zh, en=words.en, role_zh=zh, role_en=en)


def _words(table: Mapping[str, Words]) -> list[SignalWordOut]:
    return [SignalWordOut(**_word(table, code)) for code in table]


def _word(table: Mapping[str, Words], code: str) -> dict[str, str]:
    words = table.get(code)
    return {"code": code, "zh": words.zh if words else code, "en": words.en if words else code}
