"""Endpoints of looks, retention, erasure and the own page. No decision is made here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NoReturn
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import AwareDatetime, Field

from lianfang.access.matrix import Title, matrix
from lianfang.accounts import clock, limits
from lianfang.accounts.words import Told
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity import erasure, glass, looks, report, terms
from lianfang.identity.attachments import PHOTOGRAPH
from lianfang.identity.facts import Act, Outcome, Reason
from lianfang.identity.models_life import SET_ASIDE
from lianfang.identity.refusals import Faulty, NoPerson, NotYourPurpose
from lianfang.identity.retention import open_too_long
from lianfang.places.queries import current_gazetteer

router = Router(tags=["people"])

_MOST = report.MOST
Before = Annotated[int | None, Query(ge=1, lt=2**63)]
Limit = Annotated[int, Query(ge=1, le=_MOST)]


class WordOut(Schema):
    """A code with its titles."""

    id: str
    zh: str
    en: str


class EraseIn(Schema):
    reason_code: Literal[Reason.ORDER, Reason.SUBJECT_REQUEST, Reason.ENTERED_IN_ERROR]
    basis: str = Field(max_length=64)


class ErasedOut(Schema):
    persons: int
    encounters: int


class LookOut(Schema):
    """One look. ``author`` is an account's or a device's code; empty where it is not told."""

    seq: int
    fact: UUID
    at: AwareDatetime
    author: str
    role: WordOut
    area: WordOut
    post: str
    purpose: WordOut
    act: Act
    fields: list[WordOut]
    people: int
    break_glass: bool


class LooksOut(Schema):
    """The newest first; ``next`` is the ``before`` of what follows."""

    looks: list[LookOut]
    next: int | None


class GlassReviewOut(Schema):
    at: AwareDatetime
    author: str
    outcome: Outcome


class BrokenOut(Schema):
    """One breaking of the glass; ``review`` is the last one."""

    seq: int
    fact: UUID
    at: AwareDatetime
    author: str
    role: WordOut
    area: WordOut
    post: str
    purpose: WordOut
    people: int
    review: GlassReviewOut | None


class RecentOut(LooksOut):
    """Looks of an area, or, with ``only=break_glass``, what broke the glass."""

    broken: list[BrokenOut]


class GlassReviewIn(Schema):
    outcome: Outcome


class GlassReviewedOut(Schema):
    fact: UUID


class GlassReasonIn(Schema):
    purpose: str = Field(max_length=64)


class GivenOut(Schema):
    person: UUID
    text: str


class GivenReasonsOut(Schema):
    reasons: list[GivenOut]


class SourcedOut(WordOut):
    """What has a source: in English, and in Chinese."""

    source: str
    source_zh: str


class RetentionClassOut(SourcedOut):
    """``counts_from``: the days count from when a holding began, or from when it ended."""

    days: int
    counts_from: Literal["since", "ends"]
    basis: WordOut


class RetentionKeptOut(SourcedOut):
    days: int


class OpenTooLongOut(Schema):
    """Holdings in one's own divisions that have had no end for longer than the policy lets pass unseen."""

    data_class: WordOut
    holdings: int
    oldest: date


class RetentionOut(Schema):
    valid_from: date
    published: str
    classes: list[RetentionClassOut]
    bases: list[SourcedOut]
    kept: list[RetentionKeptOut]
    ends_within_days: int
    open_days: int
    open_too_long: list[OpenTooLongOut]


@router.post(
    "/people/{id}/erase",
    response={200: ErasedOut, **dict.fromkeys((404, 409, 422), Problem)},
    operation_id="erase_person",
)
def erase_person(request: HttpRequest, id: UUID, body: EraseIn) -> ErasedOut:
    """Erase a person for good: the key, what is held under it, and every encounter of the person."""
    try:
        gone = erasure.erase(request.viewer, id, Reason(body.reason_code), body.basis, now=clock.now())
    except (NoPerson, erasure.HeldElsewhere, erasure.NoBasis, erasure.OwnGlass, erasure.NotReviewed) as error:
        refuse(request, error)
    return ErasedOut(**gone._asdict())


@router.get("/people/{id}/looks", response={200: LooksOut, 404: Problem}, operation_id="person_looks")
def person_looks(request: HttpRequest, id: UUID, before: Before = None, limit: Limit = _MOST) -> LooksOut:
    """Who looked at a person, in which role, for what: the person's access report."""
    limits.take(request.viewer, "look")
    try:
        return looks_out(report.looks_at(request.viewer, id, before=before, limit=limit))
    except NoPerson as error:
        refuse(request, error)


@router.get("/looks", response=RecentOut, operation_id="looks")
def recent_looks(
    request: HttpRequest,
    only: Literal["break_glass"] | None = None,
    before: Before = None,
    limit: Limit = _MOST,
) -> RecentOut:
    """The looks by those of one's area, the newest first; or what broke the glass."""
    if only is None:
        found = looks_out(report.recent(request.viewer, before=before, limit=limit))
        return RecentOut(looks=found.looks, next=found.next, broken=[])
    broken = report.broken(request.viewer, before=before, limit=limit)
    following = broken[-1].seq if len(broken) == limit else None
    return RecentOut(looks=[], next=following, broken=[_broken(one) for one in broken])


@router.post(
    "/looks/{fact}/review",
    response={200: GlassReviewedOut, **dict.fromkeys((404, 409), Problem)},
    operation_id="review_look",
)
def review_look(request: HttpRequest, fact: UUID, body: GlassReviewIn) -> GlassReviewedOut:
    """Record what was found of a broken glass. Not by the one who broke it."""
    try:
        return GlassReviewedOut(fact=glass.review(request.viewer, fact, body.outcome, now=clock.now()))
    except (glass.NoGlass, glass.OwnGlass) as error:
        refuse(request, error)


@router.post(
    "/looks/{fact}/reason",
    response={200: GivenReasonsOut, **dict.fromkeys((404, 422), Problem)},
    operation_id="look_reason",
)
def look_reason(request: HttpRequest, fact: UUID, body: GlassReasonIn) -> GivenReasonsOut:
    """The reason that was given for breaking the glass. To read it is a look at the person."""
    try:
        given = glass.reasons(request.viewer, fact)
        people = [one.subject for one in given]
        looks.record(request.viewer, people, ["text"], Act.DISPLAY, body.purpose, now=clock.now())
    except (glass.NoGlass, NotYourPurpose) as error:
        refuse(request, error)
    return GivenReasonsOut(reasons=[GivenOut(person=one.subject, text=one.text) for one in given])


def _sources(one: terms.Titled) -> dict[str, str]:
    return {"source": one.source, "source_zh": one.source_zh}


@router.get("/retention", response=RetentionOut, operation_id="retention")
def retention(request: HttpRequest) -> RetentionOut:
    """How long what is held, and on which basis."""
    found = terms.policy()
    return RetentionOut(
        valid_from=found.valid_from,
        published=found.published,
        classes=[
            RetentionClassOut(
                **titled(name, one),
                days=one.days,
                counts_from=one.counts_from,
                basis=basis_word(one.basis),
                **_sources(one),
            )
            for name, one in found.classes.items()
        ],
        bases=[SourcedOut(**titled(name, one), **_sources(one)) for name, one in found.bases.items()],
        kept=[
            RetentionKeptOut(**titled(name, one), days=one.days, **_sources(one)) for name, one in found.kept.items()
        ],
        ends_within_days=found.review.ends_within_days,
        open_days=found.review.open_days,
        open_too_long=[
            OpenTooLongOut(
                data_class=WordOut(**titled(one.data_class, found.classes[one.data_class])),
                holdings=one.holdings,
                oldest=one.oldest,
            )
            for one in open_too_long(request.viewer, localdate(clock.now()))
        ],
    )


def word(id: str, known: Mapping[str, Title]) -> WordOut:
    """A code with its titles; one that is known no more is its own."""
    one = known.get(id)
    return WordOut(id=id, zh=one.zh, en=one.en) if one else WordOut(id=id, zh=id, en=id)


def role_word(id: str) -> WordOut:
    one = matrix().roles.get(id)
    return WordOut(id=id, zh=one.zh, en=one.en) if one else WordOut(id=id, zh=id, en=id)


def area_word(code: str) -> WordOut:
    found = current_gazetteer().division(code)
    return WordOut(id=code, zh=found.name, en=found.en or found.pinyin) if found else WordOut(id=code, zh=code, en=code)


_STATUS: dict[type[Told], int] = {
    NoPerson: 404,
    glass.NoGlass: 404,
    erasure.HeldElsewhere: 409,
    erasure.OwnGlass: 409,
    erasure.NotReviewed: 409,
    glass.OwnGlass: 409,
    erasure.NoBasis: 422,
    Faulty: 422,
    NotYourPurpose: 422,
}


def refuse(request: HttpRequest, error: Told) -> NoReturn:
    raise HttpError(_STATUS[type(error)], error.to(request)) from error


def looks_out(found: report.Looks) -> LooksOut:
    return LooksOut(looks=[_look(one) for one in found.looks], next=found.next)


_OTHER = {
    SET_ASIDE: Title("未能入账的原始报文", "what was set aside, as it was sent"),
    PHOTOGRAPH: Title("现场照片", "a photograph of a place"),
}


def _look(one: report.LookAt) -> LookOut:
    known = matrix()
    return LookOut(
        **{
            **one._asdict(),
            "role": role_word(one.role),
            "area": area_word(one.area),
            "purpose": word(one.purpose, known.purposes),
            "fields": [word(name, {**known.field_classes, **_OTHER}) for name in one.fields],
        }
    )


def _broken(one: report.Broken) -> BrokenOut:
    review = GlassReviewOut(**one.review._asdict()) if one.review else None
    told = {
        "role": role_word(one.role),
        "area": area_word(one.area),
        "purpose": word(one.purpose, matrix().purposes),
        "review": review,
    }
    return BrokenOut(**{**one._asdict(), **told})


def titled(name: str, one: terms.Titled) -> dict[str, str]:
    return {"id": name, "zh": one.zh, "en": one.en}


def basis_word(name: str) -> WordOut:
    one = terms.bases().get(name)
    return WordOut(**titled(name, one)) if one else WordOut(id=name, zh=name, en=name)
