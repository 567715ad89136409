"""Health education and answers to claims: published, replaced, withdrawn by officers. What is public says no name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.bulletins.facts.library import (
    ClaimAnswered,
    ClaimWithdrawn,
    HealthItemPublished,
    HealthItemWithdrawn,
)
from lianfang.capabilities.bulletins.models.library import ClaimRegister, HealthItemRegister
from lianfang.capabilities.bulletins.queries.library import EDIT, history
from lianfang.capabilities.bulletins.rules.lint import Level, lint
from lianfang.capabilities.bulletins.service.editing import Theme
from lianfang.capabilities.bulletins.state.library import WORDS, claim, item
from lianfang.capabilities.isolation.service.recording import made
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why
from lianfang.identity.areas import known_areas

_ITEMS: Final = Theme(EDIT, partial(history, kinds=HealthItemRegister.kinds), item, WORDS)
_CLAIMS: Final = Theme(EDIT, partial(history, kinds=ClaimRegister.kinds), claim, WORDS)


def publish(
    viewer: Viewer, area: str, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime
) -> UUID:
    """Publishes a version of an item of health education; of a new item ``subject`` is the sender's own id. Raises
    Forbidden, NotThere, Refused."""
    data = made(HealthItemPublished, **fields)
    _refuse_unfit(data, ("title", "text", "source"), now)
    return _begun(viewer, _ITEMS, area, subject, data, id, now)


def answer(
    viewer: Viewer, area: str, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime
) -> UUID:
    """Answers a claim that goes round, or answers it anew. Raises Forbidden, NotThere, Refused."""
    data = made(ClaimAnswered, **fields)
    if bool(data.claim_en.strip()) != bool(data.answer_en.strip()):
        zh, en = "英文须同时填写说法与回应，或都不填", "in English give both the claim and the answer, or neither"
        raise Refused([Wrong("answer_en", "both_or_neither", zh, en)])
    _refuse_unfit(data, ("claim_zh", "answer_zh", "claim_en", "answer_en", "evidence"), now)
    return _begun(viewer, _CLAIMS, area, subject, data, id, now)


def withdraw_item(viewer: Viewer, subject: UUID, lang: str, reason: str, *, id: UUID | None, now: datetime) -> UUID:
    """An item is not valid any more, in one language. Raises Forbidden, NotThere, Refused."""
    data = made(HealthItemWithdrawn, lang=lang, reason=reason)
    _refuse_unfit(data, ("reason",), now)
    return _ITEMS.go_on(viewer, subject, data, id=id, now=now)


def withdraw_claim(viewer: Viewer, subject: UUID, reason: str, *, id: UUID | None, now: datetime) -> UUID:
    """An answer does not hold any more. Raises Forbidden, NotThere, Refused."""
    data = made(ClaimWithdrawn, reason=reason)
    _refuse_unfit(data, ("reason",), now)
    return _CLAIMS.go_on(viewer, subject, data, id=id, now=now)


def take_item_back(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back what was published or withdrawn by mistake. Raises Forbidden, NotThere, Refused."""
    return _ITEMS.retract(viewer, subject, taken, why, id=id, now=now)


def take_claim_back(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back an answer or a withdrawal that was recorded by mistake. Raises Forbidden, NotThere, Refused."""
    return _CLAIMS.retract(viewer, subject, taken, why, id=id, now=now)


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
    viewer: Viewer, theme: Theme, area: str, subject: UUID, data: FactData, id: UUID | None, now: datetime
) -> UUID:
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, EDIT, area)
    return theme.begin(viewer, area, subject, data, id=id, now=now)
