"""Findings are closed by whoever has looked, and opened again by whoever closed them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.capabilities.oversight.facts.findings import FindingClosed, FindingOutcome
from lianfang.capabilities.oversight.queries.findings import REVIEW, located
from lianfang.capabilities.oversight.state import findings as state
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked

_NOT_YOURS = Wrong(
    "taken", "not_yours", "只能撤销本人登记的记录", "was recorded by somebody else: only who recorded it takes it back"
)

_NOT_CLOSED = Wrong("id", "not_closed", "此项问题尚未办结", "is not closed: there is nothing to take back")


def close(
    viewer: Viewer, id: UUID, outcome: FindingOutcome, reason: str, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Says what came of a finding; sent again under its ``fact``, nothing more is recorded. Raises Forbidden, NotThere,
    Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, REVIEW):
            area = located(viewer, REVIEW, id).area
            history = facts_of(id)
            data = made(FindingClosed, outcome=outcome, reason=reason)
            one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
            record(viewer, history, one, state.finding, state.WORDS)
            return one.id


def reopen(viewer: Viewer, id: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes the decision back, for who made it. Raises Forbidden, NotThere, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, REVIEW):
            row = located(viewer, REVIEW, id)
            if row.closed is None:
                raise Refused([_NOT_CLOSED])
            if row.closed_by != viewer.author:
                raise Refused([_NOT_YOURS])
            return take_back(
                viewer, facts_of(id), row.closed, why, state.finding, area=row.area, at=None, now=now, fact=fact,
                words=state.WORDS,
            ).id  # fmt: skip


def facts_of(id: UUID) -> list[Fact]:
    """All facts of a finding, which is locked."""
    return [entry.fact for entry in log.read(subjects=[id])]
