"""A press conference: its pack prepared from an issued notice, questions and answers kept, held and archived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import reaches
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
from lianfang.capabilities.bulletins.service.editing import Theme
from lianfang.capabilities.bulletins.service.fitting import refuse_unfit
from lianfang.capabilities.bulletins.state.briefings import WORDS, briefing
from lianfang.capabilities.isolation.service.recording import made
from lianfang.facts.facts import Why

_CONFERENCES: Final = Theme(COMPOSE, history, briefing, WORDS)


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
    return _CONFERENCES.begin(viewer, folded.area, subject, data, id=id, now=now)


def ask(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Keeps a question, without who asked it. Raises Forbidden, NotThere, Refused."""
    data = made(BriefingAsked, **fields)
    refuse_unfit({"zh": data.zh, "en": data.en})
    return _CONFERENCES.go_on(viewer, subject, data, id=id, now=now)


def answer(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Keeps what is answered to a question. Raises Forbidden, NotThere, Refused."""
    data = made(BriefingAnswered, **fields)
    refuse_unfit({"zh": data.zh, "en": data.en})
    return _CONFERENCES.go_on(viewer, subject, data, id=id, now=now)


def hold(viewer: Viewer, subject: UUID, *, id: UUID | None, now: datetime) -> UUID:
    """The conference took place. Raises Forbidden, NotThere, Refused."""
    return _CONFERENCES.go_on(viewer, subject, made(BriefingGiven), id=id, now=now)


def retract(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back what was recorded by mistake and nothing rests on. Raises Forbidden, NotThere, Refused."""
    return _CONFERENCES.retract(viewer, subject, taken, why, id=id, now=now)
