"""Health education and answers to claims: published, replaced, withdrawn by officers. What is public says no name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.bulletins.facts.library import (
    ClaimAnswered,
    ClaimWithdrawn,
    HealthItemPublished,
    HealthItemWithdrawn,
)
from lianfang.capabilities.bulletins.models.library import ClaimRegister, HealthItemRegister
from lianfang.capabilities.bulletins.queries.library import EDIT, history
from lianfang.capabilities.bulletins.rules.lint import Level, lint
from lianfang.capabilities.bulletins.state.library import WORDS, claim, item
from lianfang.capabilities.isolation.service.recording import Folded, fact_of, made, record, take_back
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas


class _Theme(NamedTuple):
    """One of the two kinds of things that are edited here."""

    kinds: frozenset[str]
    fold: Callable[[Sequence[Fact]], Folded]


ITEMS: Final = _Theme(HealthItemRegister.kinds, item)
CLAIMS: Final = _Theme(ClaimRegister.kinds, claim)


def publish(
    viewer: Viewer, area: str, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime
) -> UUID:
    """Publishes a version of an item of health education; of a new item ``subject`` is the sender's own id. Raises
    Forbidden, NotThere, Refused."""
    data = made(HealthItemPublished, **fields)
    _refuse_unfit(data, ("title", "text", "source"), now)
    return _begun(viewer, ITEMS, area, subject, data, id, now)


def answer(
    viewer: Viewer, area: str, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime
) -> UUID:
    """Answers a claim that goes round, or answers it anew. Raises Forbidden, NotThere, Refused."""
    data = made(ClaimAnswered, **fields)
    if bool(data.claim_en.strip()) != bool(data.answer_en.strip()):
        zh, en = "英文须同时填写说法与回应，或都不填", "in English give both the claim and the answer, or neither"
        raise Refused([Wrong("answer_en", "both_or_neither", zh, en)])
    _refuse_unfit(data, ("claim_zh", "answer_zh", "claim_en", "answer_en", "evidence"), now)
    return _begun(viewer, CLAIMS, area, subject, data, id, now)


def withdraw_item(viewer: Viewer, subject: UUID, lang: str, reason: str, *, id: UUID | None, now: datetime) -> UUID:
    """An item is not valid any more, in one language. Raises Forbidden, NotThere, Refused."""
    data = made(HealthItemWithdrawn, lang=lang, reason=reason)
    _refuse_unfit(data, ("reason",), now)
    return _continued(viewer, ITEMS, subject, data, id, now)


def withdraw_claim(viewer: Viewer, subject: UUID, reason: str, *, id: UUID | None, now: datetime) -> UUID:
    """An answer does not hold any more. Raises Forbidden, NotThere, Refused."""
    data = made(ClaimWithdrawn, reason=reason)
    _refuse_unfit(data, ("reason",), now)
    return _continued(viewer, CLAIMS, subject, data, id, now)


def take_item_back(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back what was published or withdrawn by mistake. Raises Forbidden, NotThere, Refused."""
    return _taken(viewer, ITEMS, subject, taken, why, id, now)


def take_claim_back(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back an answer or a withdrawal that was recorded by mistake. Raises Forbidden, NotThere, Refused."""
    return _taken(viewer, CLAIMS, subject, taken, why, id, now)


def _refuse_unfit(data: FactData, names: Sequence[str], now: datetime) -> None:
    """Refuses names, numbers and addresses of persons, and whatever else no public text may hold; and a day ahead."""
    wrong = [
        Wrong(name, one.rule, one.zh, one.en)
        for name in names
        for one in lint(getattr(data, name))
        if one.level is Level.BLOCKS
    ]  # fmt: skip
    day = getattr(data, "day", None)
    if day is not None and day > now.astimezone(CIVIL_TIME).date():
        wrong.append(Wrong("day", "in_future", "晚于今天，请核对日期", "lies ahead: correct the day"))
    if wrong:
        raise Refused(wrong)


def _begun(
    viewer: Viewer, theme: _Theme, area: str, subject: UUID, data: FactData, id: UUID | None, now: datetime
) -> UUID:
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, EDIT, area)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, EDIT):
            told = history(subject, theme.kinds)
            if told and told[0].area != area:
                raise NotThere
            one = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=id, history=told)
            record(viewer, told, one, theme.fold, WORDS)
    return one.id


def _continued(viewer: Viewer, theme: _Theme, subject: UUID, data: FactData, id: UUID | None, now: datetime) -> UUID:
    require(viewer, EDIT)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, EDIT):
            told = _mine(viewer, theme, subject)
            one = fact_of(viewer, data, subject=subject, area=told[0].area, at=None, now=now, id=id, history=told)
            record(viewer, told, one, theme.fold, WORDS)
    return one.id


def _taken(viewer: Viewer, theme: _Theme, subject: UUID, taken: UUID, why: Why, id: UUID | None, now: datetime) -> UUID:
    require(viewer, EDIT)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, EDIT):
            told = _mine(viewer, theme, subject)
            if all(one.id != taken for one in told):
                raise NotThere
            return take_back(
                viewer, told, taken, why, theme.fold, area=told[0].area, at=None, now=now, fact=id, words=WORDS
            ).id


def _mine(viewer: Viewer, theme: _Theme, subject: UUID) -> list[Fact]:
    """The facts of what the viewer may edit. Raises NotThere."""
    told = history(subject, theme.kinds)
    if not told or not reaches(viewer, EDIT, told[0].area):
        raise NotThere
    return told
