"""Endpoints of a person's own page. No decision is made here."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock, limits
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity import own, terms
from lianfang.identity.api_life import (
    Before,
    LooksOut,
    SourcedOut,
    WordOut,
    area_word,
    basis_word,
    looks_out,
    refuse,
    titled,
)
from lianfang.identity.entry import Content
from lianfang.identity.models import Holding
from lianfang.identity.refusals import Faulty, NoPerson

router = Router(tags=["people"])


class OwnCodeOut(Schema):
    """A code for the person's own page: told once, used once."""

    code: str
    expires: AwareDatetime


class OwnDocumentOut(Schema):
    kind: str
    country: str
    number: str


class OwnFieldsOut(Schema):
    name: str
    sex: str
    birth_date: date | None
    documents: list[OwnDocumentOut]
    phones: list[str]
    address: str


class OwnHoldingOut(Schema):
    """Why, where and until when. ``due`` is the day on which it is erased; none while that is not known."""

    data_class: WordOut
    basis: WordOut
    area: WordOut
    since: date
    ends: date | None
    due: date | None
    days: int
    counts_from: Literal["since", "ends"]


class OwnTextOut(Schema):
    """``text`` is told where it is the person's own."""

    text_class: Literal["note", "counselling", "statement"]
    area: WordOut
    at: AwareDatetime
    text: str | None


class RestrictionOut(Schema):
    kind: str
    area: WordOut
    basis: str
    approver: str
    start: AwareDatetime
    end: AwareDatetime


class MineOut(Schema):
    """All that is held of the one who asks. ``fields`` is none where it was altered and cannot be opened; ``merged`` is
    what is held under further pseudonyms that were found to be the same person."""

    fields: OwnFieldsOut | None
    merged: list[OwnFieldsOut]
    holdings: list[OwnHoldingOut]
    texts: list[OwnTextOut]
    restrictions: list[RestrictionOut]
    looks: LooksOut
    rights: list[SourcedOut]
    complaints: list[SourcedOut]


class OwnStatementIn(Schema):
    text: str = Field(max_length=10_000, pattern=r"\S")


class OwnStatementOut(Schema):
    id: UUID


@router.post("/people/{id}/own-code", response={200: OwnCodeOut, 404: Problem}, operation_id="own_code")
def own_code(request: HttpRequest, id: UUID) -> OwnCodeOut:
    """A code that opens the person's own page once. Give it to the person only: making it is a look at everything."""
    limits.take(request.viewer, "invite")
    try:
        made = own.code(request.viewer, id, now=clock.now())
    except NoPerson as error:
        refuse(request, error)
    return OwnCodeOut(code=made.secret, expires=made.expires)


@router.get("/mine", response={200: MineOut, 404: Problem}, operation_id="mine")
def mine(request: HttpRequest, before: Before = None) -> MineOut:
    """What is held of the one who came by an own code: all of it, why, until when, and who looked."""
    limits.take(str(request.viewer.subject), "look")
    try:
        found = own.own(request.viewer, now=clock.now(), before=before)
    except NoPerson as error:
        refuse(request, error)
    policy = own.policy()
    seen = looks_out(found.looks)
    if not policy.officers_by_code:
        for look in seen.looks:
            look.author = ""
    return MineOut(
        fields=_own_fields(found.contents[0]) if found.contents else None,
        merged=[_own_fields(one) for one in found.contents[1:]],
        holdings=[_own_holding(one) for one in found.holdings],
        texts=[
            OwnTextOut(text_class=one.text_class, area=area_word(one.area), at=one.at, text=one.text)
            for one in found.texts
        ],
        restrictions=[RestrictionOut(**{**one._asdict(), "area": area_word(one.area)}) for one in found.restrictions],
        looks=seen,
        rights=[_word(one) for one in policy.rights],
        complaints=[_word(one) for one in policy.complaints],
    )


@router.post(
    "/mine/statement", response={200: OwnStatementOut, **dict.fromkeys((404, 422), Problem)}, operation_id="state"
)
def state(request: HttpRequest, body: OwnStatementIn) -> OwnStatementOut:
    """A statement of one's own, which the units that hold one read."""
    limits.take(str(request.viewer.subject), "statement")
    try:
        return OwnStatementOut(id=own.state(request.viewer, body.text, now=clock.now()))
    except (NoPerson, Faulty) as error:
        refuse(request, error)


def _word(one: own.Word) -> SourcedOut:
    return SourcedOut(id=one.code, zh=one.zh, en=one.en, source=one.source, source_zh=one.source_zh)


def _own_fields(content: Content) -> OwnFieldsOut:
    return OwnFieldsOut(
        name=content.name,
        sex=content.sex,
        birth_date=content.birth_date,
        documents=[OwnDocumentOut(kind=kind, country=country, number=n) for kind, country, n in content.documents],
        phones=content.phones,
        address=content.address,
    )


def _own_holding(one: Holding) -> OwnHoldingOut:
    known = terms.classes()
    its = known.get(one.data_class) or known["other"]
    return OwnHoldingOut(
        data_class=WordOut(**titled(one.data_class, its)),
        basis=basis_word(one.basis),
        area=area_word(one.area),
        since=one.since,
        ends=one.ends,
        due=one.due,
        days=its.days,
        counts_from=its.counts_from,
    )
