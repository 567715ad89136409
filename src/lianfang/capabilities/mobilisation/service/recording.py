"""What writing of mobilisation has in common: words checked against the policy, one fact of a locked subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.isolation.service.recording import Folded, fact_of, record, take_back
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.rules.policy import Policy, Words, in_force
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

_NOT_YOURS: Final = Wrong(
    "taken", "not_yours", "只能撤销本人登记的记录", "was recorded by somebody else: only who recorded it takes it back"
)
Fold = Callable[[Sequence[Fact]], Folded]


def policy(now: datetime) -> Policy:
    """The edition of a moment's day."""
    return in_force(now.astimezone(CIVIL_TIME).date())


def unknown(its: Policy, field: str, kind: Words, code: str | None) -> list[Wrong]:
    """That a code is none of the policy's; nothing where there is none or it is known."""
    if code is None or its.knows(kind, code):
        return []
    known = ", ".join(one.code for one in its.words(kind))
    return [Wrong(field, "unknown_word", f"可用：{known}", f"is none; there are: {known}")]


def refuse(wrong: Sequence[Wrong]) -> None:
    """Raises Refused where anything is wrong."""
    if wrong:
        raise Refused(wrong)


def begin(
    viewer: Viewer, action: str, data: FactData, *, id: UUID, area: str, now: datetime, fold: Fold,
    at: datetime | None = None,
) -> bool:  # fmt: skip
    """Records the first fact of a subject, whose id is the sender's; False where it was sent before. Raises Forbidden,
    Refused for an area that there is not, NotThere where the id is another's."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, action, area)
    with transaction.atomic():
        locked(id)
        history = facts_of(id)
        if any(one.author != viewer.author or one.kind != data.kind for one in history[:1]):
            raise NotThere
        if history:
            return False
        with seeing(viewer, action):
            one = fact_of(viewer, data, subject=id, area=area, at=at, now=now, id=id)
            return record(viewer, history, one, fold, state.WORDS)


def add(
    viewer: Viewer, action: str, data: FactData, *, id: UUID, area: str, now: datetime, fold: Fold,
    at: datetime | None = None, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records a further fact of a subject, which is locked and was found; returns the fact. Raises Refused."""
    history = facts_of(id)
    with seeing(viewer, action):
        one = fact_of(viewer, data, subject=id, area=area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, fold, state.WORDS)
    return one.id


def undo(
    viewer: Viewer, action: str, taken: UUID, why: Why, *, id: UUID, area: str, now: datetime, fold: Fold,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes one of a subject's facts back, for who recorded it; returns the retraction. Raises Refused."""
    history = facts_of(id)
    if any(one.id == taken and one.author != viewer.author for one in history):
        raise Refused([_NOT_YOURS])
    with seeing(viewer, action):
        return take_back(
            viewer, history, taken, why, fold, area=area, at=None, now=now, fact=fact, words=state.WORDS
        ).id  # fmt: skip


def facts_of(id: UUID) -> list[Fact]:
    """All facts of a subject, which is locked."""
    with seeing_all():
        return [entry.fact for entry in log.read(subjects=[id])]
