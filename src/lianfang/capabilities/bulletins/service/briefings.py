"""A press conference: its pack prepared from an issued notice, questions and answers kept, held and archived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.bulletins.facts.briefings import (
    BriefingAnswered,
    BriefingAsked,
    BriefingGiven,
    BriefingPrepared,
)
from lianfang.capabilities.bulletins.queries import issues
from lianfang.capabilities.bulletins.queries.briefings import history
from lianfang.capabilities.bulletins.queries.issues import COMPOSE
from lianfang.capabilities.bulletins.service.fitting import refuse_unfit
from lianfang.capabilities.bulletins.state.briefings import WORDS, briefing
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked


def prepare(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Prepares the pack of a conference about an issued notice; of a new one ``subject`` is the sender's own id.
    Raises Forbidden, NotThere, Refused."""
    data = made(BriefingPrepared, **fields)
    for name in ("summary_zh", "summary_en"):
        refuse_unfit({name: "\n".join(getattr(data, name))})
    folded, its = issues.one(viewer, data.notice)
    if its.number is None:
        zh, en = "须先发布通报，再准备发布会材料", "was not issued yet: a pack stands on an issued notice"
        raise Refused([Wrong("notice", "not_issued", zh, en)])
    if not reaches(viewer, COMPOSE, folded.area):
        raise NotThere
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, COMPOSE):
            told = history(subject)
            if told and told[0].area != folded.area:
                raise NotThere
            return _recorded(viewer, subject, folded.area, data, told, id, now)


def ask(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Keeps a question, without who asked it. Raises Forbidden, NotThere, Refused."""
    data = made(BriefingAsked, **fields)
    refuse_unfit({"zh": data.zh, "en": data.en})
    return _continued(viewer, subject, data, id, now)


def answer(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Keeps what is answered to a question. Raises Forbidden, NotThere, Refused."""
    data = made(BriefingAnswered, **fields)
    refuse_unfit({"zh": data.zh, "en": data.en})
    return _continued(viewer, subject, data, id, now)


def hold(viewer: Viewer, subject: UUID, *, id: UUID | None, now: datetime) -> UUID:
    """The conference took place. Raises Forbidden, NotThere, Refused."""
    return _continued(viewer, subject, made(BriefingGiven), id, now)


def retract(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back what was recorded by mistake and nothing rests on. Raises Forbidden, NotThere, Refused."""
    require(viewer, COMPOSE)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, COMPOSE):
            told = _mine(viewer, subject)
            if all(one.id != taken for one in told):
                raise NotThere
            return take_back(
                viewer, told, taken, why, briefing, area=told[0].area, at=None, now=now, fact=id, words=WORDS
            ).id


def _continued(viewer: Viewer, subject: UUID, data: FactData, id: UUID | None, now: datetime) -> UUID:
    require(viewer, COMPOSE)
    with transaction.atomic():
        locked(subject)
        with seeing(viewer, COMPOSE):
            told = _mine(viewer, subject)
            return _recorded(viewer, subject, told[0].area, data, told, id, now)


def _recorded(
    viewer: Viewer, subject: UUID, area: str, data: FactData, told: list[Fact], id: UUID | None, now: datetime
) -> UUID:
    fact = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=id, history=told)
    record(viewer, told, fact, briefing, WORDS)
    return fact.id


def _mine(viewer: Viewer, subject: UUID) -> list[Fact]:
    """The facts of a conference that the viewer may go on with. Raises NotThere."""
    told = history(subject)
    if not told or not reaches(viewer, COMPOSE, told[0].area):
        raise NotThere
    return told
