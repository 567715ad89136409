"""What is done about a finding: those whom it concerns say how it was and put it right, somebody else looks again, and
whoever made an act takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.capabilities.oversight.facts.findings import (
    FindingClosed,
    FindingOutcome,
    FindingRechecked,
    FindingRectified,
    FindingStated,
)
from lianfang.capabilities.oversight.models import steps_of
from lianfang.capabilities.oversight.queries.findings import ANSWER, READ, REVIEW, located
from lianfang.capabilities.oversight.state import findings as state
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity import attachments

_NOT_YOURS: Final = Wrong(
    "taken", "not_yours", "只能撤销本人登记的记录", "was recorded by somebody else: only who recorded it takes it back"
)
_NO_STEP: Final = Wrong("taken", "unknown_fact", "没有这条记录，请核对编号", "is no act about this: correct the id")
_NOT_SEEN: Final = Wrong(
    "outcome", "not_rechecked", "“已整改”由复查得出：先登记整改，再由他人复查",
    "follows from a second look: have it put right, then look again",
)  # fmt: skip


def close(
    viewer: Viewer, id: UUID, outcome: FindingOutcome, reason: str, *, now: datetime, fact: UUID | None = None
) -> None:  # fmt: skip
    """Says that a finding was so for a good reason, or was not so. Raises Forbidden, NotThere, Refused."""
    if outcome is FindingOutcome.SETTLED:
        raise Refused([_NOT_SEEN])
    _add(viewer, REVIEW, id, made(FindingClosed, outcome=outcome, reason=reason), now, fact)


def rectify(
    viewer: Viewer, id: UUID, said: str, photo: UUID | None, *, now: datetime, fact: UUID | None = None
) -> None:  # fmt: skip
    """Says what was put right. Raises Forbidden, NotThere, Refused."""
    _add(viewer, ANSWER, id, made(FindingRectified, said=said, photo=photo), now, fact)


def recheck(
    viewer: Viewer, id: UUID, in_order: bool, said: str, *, now: datetime, fact: UUID | None = None
) -> None:  # fmt: skip
    """Somebody else looked again: in order, it is closed. Raises Forbidden, NotThere, Refused."""
    _add(viewer, REVIEW, id, made(FindingRechecked, in_order=in_order, said=said), now, fact)


def state_case(viewer: Viewer, id: UUID, said: str, *, now: datetime, fact: UUID | None = None) -> None:
    """Whom a finding concerns says how it was. Raises Forbidden, NotThere, Refused."""
    _add(viewer, ANSWER, id, made(FindingStated, said=said), now, fact)


def _add(viewer: Viewer, action: str, id: UUID, data: FactData, now: datetime, fact: UUID | None) -> None:
    """Sent again under its ``fact``, nothing more is recorded."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, action):
            area = located(viewer, action, id).area
            history = facts_of(id)
            if isinstance(data, FindingRectified) and data.photo and all(one.id != fact for one in history):
                attachments.refuse_unknown(viewer, data.photo, about=id)
            one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
            record(viewer, history, one, state.finding, state.WORDS)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> None:
    """Takes an act about a finding back, for who made it and where nothing followed that needs it; sent again, nothing
    more is recorded. Raises Forbidden, NotThere, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, READ):
            row = located(viewer, READ, id)
            history = facts_of(id)
            if any(one.id == fact for one in history):
                return
            its = next((one for one in steps_of(row) if one.fact == taken), None)
            if its is None:
                raise Refused([_NO_STEP])
            if its.author != viewer.author:
                raise Refused([_NOT_YOURS])
            take_back(
                viewer, history, taken, why, state.finding, area=row.area, at=None, now=now, fact=fact,
                words=state.WORDS,
            )  # fmt: skip


def facts_of(id: UUID) -> list[Fact]:
    """All facts of a finding, which is locked."""
    return [entry.fact for entry in log.read(subjects=[id])]
