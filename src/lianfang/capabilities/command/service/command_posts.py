"""Command posts: set up by an authority with a document, dissolved, and taken back where that was a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import CommandPostDissolved, CommandPostEstablished, command_post_id
from lianfang.capabilities.command.models import COMMAND_POST_KINDS
from lianfang.capabilities.command.service.levels import AUTHORITY, MANAGE
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

_NAMED: Final = Wrong("zh", "missing", "须写明指挥部名称，请填写", "is needed: name the command post")
_NONE: Final = Wrong(
    "ends",
    "nothing_to_dissolve",
    "当时没有指挥部，无须撤销",
    "no command post stands then: there is nothing to dissolve",
)


def establish(
    viewer: Viewer, area: str, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Records the command post of an area as an authority set it up. The same again is the same: nothing is recorded.
    Raises Forbidden, Refused."""
    if missing := [one for one in (_NAMED, *AUTHORITY) if not str(fields.get(one.field) or "").strip()]:
        raise Refused(missing)
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(CommandPostEstablished, **fields)
    with transaction.atomic():
        history = _history(area)
        before = next((one for one in history if one.data == data and _stands(history, one.id)), None)
        return before.id if before else _append(viewer, area, data, history, now, fact)


def dissolve(
    viewer: Viewer, area: str, doc_no: str, ends: datetime, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Records that the command post of an area was dissolved. Raises Forbidden, Refused where none stands then."""
    if not doc_no.strip():
        raise Refused([one for one in AUTHORITY if one.field == "doc_no"])
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(CommandPostDissolved, doc_no=doc_no, ends=ends)
    with transaction.atomic():
        history = _history(area)
        if fact is not None and any(one.id == fact for one in history):
            return fact
        if not any(one.starts < ends and (one.ends is None or ends < one.ends) for one in state.command_posts(history)):
            raise Refused([_NONE])
        return _append(viewer, area, data, history, now, fact)


def retract(viewer: Viewer, area: str, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what was recorded by mistake, a command post or that it was dissolved. Raises Forbidden, NotThere,
    this also of an area that is another's."""
    require(viewer, MANAGE)
    if not reaches(viewer, MANAGE, area):
        raise NotThere
    with transaction.atomic():
        history = _history(area)
        if fact is not None and any(one.id == fact for one in history):
            return fact
        if not _stands(history, taken):
            raise NotThere
        return _append(viewer, area, Retracted(why=why), history, now, fact, corrects=taken)


def _stands(history: list[Fact], id: UUID) -> bool:
    """It is told of what the area has now: neither taken back nor replaced."""
    return any(id in (one.fact, one.dissolved) for one in state.command_posts(history))


def _append(
    viewer: Viewer, area: str, data: FactData, history: list[Fact], now: datetime, id: UUID | None,
    corrects: UUID | None = None,
) -> UUID:  # fmt: skip
    with seeing(viewer, MANAGE):
        one = fact_of(
            viewer, data, subject=command_post_id(area), area=area, at=None, now=now, id=id, history=history
        )  # fmt: skip
        append(viewer, [one.model_copy(update={"corrects": corrects})])
    return one.id


def _history(area: str) -> list[Fact]:
    """The facts of an area's command posts, which nobody else adds to meanwhile."""
    subject = command_post_id(area)
    locked(subject)
    with seeing_all():
        return [entry.fact for entry in log.read(kinds=COMMAND_POST_KINDS, subjects=[subject])]
