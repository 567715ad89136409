"""A notice of ours on its way to the public: drafted, checked, approved by another person, issued, revised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.bulletins.facts import (
    BulletinApproved,
    BulletinChecked,
    BulletinDrafted,
    BulletinIssued,
    BulletinReturned,
    Contents,
    Noted,
    issue_id,
)
from lianfang.capabilities.bulletins.queries.issues import COMPOSE, history, one
from lianfang.capabilities.bulletins.rules.findings import Finding, unanswered
from lianfang.capabilities.bulletins.service.fitting import refuse_unfit
from lianfang.capabilities.bulletins.state.issues import WORDS, Draft, Notice, notice
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked


def draft(
    viewer: Viewer, contents: Contents, *, revises: UUID | None, note: str | None, id: UUID | None, now: datetime
) -> UUID:
    """Keeps a draft; the same again is the same. Raises Forbidden, Refused."""
    require_over(viewer, COMPOSE, contents.area_code)
    refuse_unfit({"note": note or ""})
    if not contents.record.figures:
        raise Refused([Wrong("day", "nothing_counted", "当日没有可写的数字", "has no figure that could be stated")])
    data = made(BulletinDrafted, contents=contents, revises=revises, note=note)
    subject = issue_id(contents.area_code, contents.disease, contents.as_of)
    with transaction.atomic():
        return _recorded(viewer, subject, contents.area_code, data, id, now)


def check(
    viewer: Viewer, draft: UUID, notes: Sequence[Noted], found: Sequence[Finding], *, id: UUID | None, now: datetime
) -> UUID:
    """The draft was gone through: nothing of ``found`` blocks it, each of its warnings has a note. Raises Forbidden,
    NotThere, Refused."""
    _mine(viewer, draft)
    for noted in notes:
        refuse_unfit({"notes": noted.note})
    open_ones = unanswered(found, notes)
    if open_ones:
        raise Refused(
            [
                Wrong(
                    "draft" if one.blocks else "notes",
                    one.code,
                    f"{one.zh}；{'须先更正记录再拟稿' if one.blocks else '须写明说明'}",
                    f"{one.en}: {'correct the record and draft anew' if one.blocks else 'it needs a note'}",
                )
                for one in open_ones
            ]
        )
    return _act(viewer, draft, made(BulletinChecked, draft=draft, notes=tuple(notes)), id, now)


def send_back(viewer: Viewer, draft: UUID, reason: str, *, id: UUID | None, now: datetime) -> UUID:
    """The draft is not issued as it is. Raises Forbidden, NotThere, Refused."""
    refuse_unfit({"reason": reason})
    return _act(viewer, draft, made(BulletinReturned, draft=draft, reason=reason), id, now)


def approve(viewer: Viewer, draft: UUID, *, id: UUID | None, now: datetime) -> UUID:
    """Approves a draft of somebody else. Raises Forbidden, NotThere, Refused."""
    return _act(viewer, draft, made(BulletinApproved, draft=draft), id, now)


def issue(viewer: Viewer, draft: UUID, *, id: UUID | None, now: datetime) -> UUID:
    """Makes an approved draft public. Raises Forbidden, NotThere, Refused."""
    folded, its = _mine(viewer, draft)
    number = 1 + max((before.number or 0 for before in folded.drafts), default=0)
    data = made(
        BulletinIssued, draft=draft, number=its.number or number, contents=its.data.contents, revises=its.data.revises,
        note=its.data.note,
    )  # fmt: skip
    return _act(viewer, draft, data, id, now)


def withdraw(viewer: Viewer, draft: UUID, fact: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back an act about a draft, the draft itself too, that nothing rests on yet. Raises Forbidden, NotThere,
    Refused."""
    folded, its = _mine(viewer, draft)
    contents = its.data.contents
    subject = issue_id(contents.area_code, contents.disease, contents.as_of)
    if its.issued:
        raise Refused([Wrong("draft", "issued", *WORDS["issued"])])
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, COMPOSE):
            told = history(subject)
            if all(one.id != fact for one in told):
                raise NotThere
            return take_back(
                viewer, told, fact, why, notice, area=folded.area, at=None, now=now, fact=id, words=WORDS
            ).id  # fmt: skip


def _mine(viewer: Viewer, draft: UUID) -> tuple[Notice, Draft]:
    require(viewer, COMPOSE)
    folded, its = one(viewer, draft)
    if not reaches(viewer, COMPOSE, folded.area):
        raise NotThere
    return folded, its


def _act(viewer: Viewer, draft: UUID, data: FactData, id: UUID | None, now: datetime) -> UUID:
    folded, its = _mine(viewer, draft)
    contents = its.data.contents
    with transaction.atomic():
        subject = issue_id(contents.area_code, contents.disease, contents.as_of)
        return _recorded(viewer, subject, folded.area, data, id, now)


def _recorded(viewer: Viewer, subject: UUID, area: str, data: FactData, id: UUID | None, now: datetime) -> UUID:
    locked(subject)
    with seeing(viewer, COMPOSE):
        told: list[Fact] = history(subject)
        fact = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=id, history=told)
        record(viewer, told, fact, notice, WORDS)
    return fact.id
