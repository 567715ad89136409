"""Support: asked for by producers and facilities, taken on by a department, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.supplies.facts.support import SupportAsked, SupportClosed, SupportOutcome, SupportTaken
from lianfang.capabilities.supplies.models import ProducerRow, SupportRow
from lianfang.capabilities.supplies.queries.support import RULE
from lianfang.capabilities.supplies.service.production import found, located, recorded
from lianfang.capabilities.supplies.service.recording import append, fact_of, made, on_record
from lianfang.capabilities.tasks import service as tasks
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.lock import locked

ASK: Final = "support.ask"
ANSWER: Final = "support.answer"
PRODUCERS: Final = "production.read"


def ask(viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Records what a producer or a facility needs. Raises Forbidden, Refused, NotThere."""
    data = made(SupportAsked, **fields)
    if data.producer is not None:
        with seeing(viewer, PRODUCERS):
            area = located(viewer, PRODUCERS, ProducerRow, data.producer).area
    found(viewer, ASK, area)
    with seeing(viewer, ASK):
        locked(id)
        if not on_record(id):
            given = tasks.give(viewer, data.owner, id, [RULE], area, now=now) if data.owner else []
            append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now), *given])
    return id


def take(viewer: Viewer, id: UUID, *, fact: UUID, now: datetime) -> UUID:
    """Somebody takes a ticket on. Raises Forbidden, Refused, NotThere."""
    return _answer(viewer, id, SupportTaken(), fact, now)


def close(viewer: Viewer, id: UUID, outcome: SupportOutcome, *, fact: UUID, now: datetime) -> UUID:
    """What came of a ticket. Raises Forbidden, Refused, NotThere."""
    return _answer(viewer, id, SupportClosed(outcome=outcome), fact, now)


def _answer(viewer: Viewer, id: UUID, data: FactData, fact: UUID, now: datetime) -> UUID:
    with seeing(viewer, ANSWER):
        locked(id)
        row: SupportRow = located(viewer, ANSWER, SupportRow, id)
        if any(entry.fact.id == fact for entry in log.read(subjects=[id])):
            return fact
        if row.closed is not None:
            raise Refused([Wrong("ticket", "closed", "已办结，不必重复", "is closed already: nothing more is needed")])
        if isinstance(data, SupportTaken) and row.taken is not None:
            raise Refused([Wrong("ticket", "taken", "已有单位受理", "is taken on already")])
        return recorded(viewer, data, id, row.area, now, fact)
