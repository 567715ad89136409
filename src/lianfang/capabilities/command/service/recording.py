"""What writing of command has in common: one fact of a locked subject, checked against what is held."""

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
from lianfang.capabilities.command.state.words import WORDS
from lianfang.capabilities.isolation.service.recording import Folded, fact_of, record, take_back
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

Fold = Callable[[Sequence[Fact]], Folded]
REPORT: Final = "measures.report"
NOT_YOURS: Final = Wrong(
    "taken", "not_yours", "只能撤销本人登记的记录", "was recorded by somebody else: only who recorded it takes it back"
)


def require_area(viewer: Viewer, action: str, area: str) -> None:
    """Raises Forbidden; Refused for an area that there is not."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, action, area)


def require_words(**words: str) -> None:
    """Raises Refused for what was left empty."""
    wrong = [
        Wrong(field, "missing", "须填写", "is needed: fill it in") for field, text in words.items() if not text.strip()
    ]
    if wrong:
        raise Refused(wrong)


def begin(
    viewer: Viewer, action: str, data: FactData, *, id: UUID, area: str, now: datetime, fold: Fold,
    fact: UUID | None = None, at: datetime | None = None,
) -> bool:  # fmt: skip
    """Records the first fact of a subject; False where it is on record already. Raises Forbidden, Refused, NotThere
    where the id is of something else."""
    require_area(viewer, action, area)
    with transaction.atomic():
        locked(id)
        history = facts_of(id)
        if any(one.kind != data.kind or one.area != area for one in history[:1]):
            raise NotThere
        if history:
            return False
        with seeing(viewer, action):
            one = fact_of(viewer, data, subject=id, area=area, at=at, now=now, id=fact or id)
            return record(viewer, history, one, fold, WORDS)


def add(
    viewer: Viewer, action: str, data: FactData, *, id: UUID, area: str, now: datetime, fold: Fold,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records a further fact of a subject that was found; returns the fact. Raises Refused."""
    with transaction.atomic():
        locked(id)
        history = facts_of(id)
        with seeing(viewer, action):
            one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
            record(viewer, history, one, fold, WORDS)
    return one.id


def undo(
    viewer: Viewer, action: str, taken: UUID, why: Why, *, id: UUID, area: str, now: datetime, fold: Fold,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes one of a subject's facts back, for who recorded it; returns the retraction. Raises Refused."""
    with transaction.atomic():
        locked(id)
        history = facts_of(id)
        if any(one.id == taken and one.author != viewer.author for one in history):
            raise Refused([NOT_YOURS])
        with seeing(viewer, action):
            return take_back(
                viewer, history, taken, why, fold, area=area, at=None, now=now, fact=fact, words=WORDS
            ).id  # fmt: skip


def facts_of(id: UUID) -> list[Fact]:
    """All facts of a subject."""
    with seeing_all():
        return [entry.fact for entry in log.read(subjects=[id])]
