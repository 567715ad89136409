"""How a fact of triage, referrals, teams and protection is recorded: refused where it contradicts what is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.care.state.folding import WORDS, Fault
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked

__all__ = ["append", "fact_of", "made", "record", "take_back", "told"]


class Folded(Protocol):
    @property
    def faults(self) -> tuple[Fault, ...]: ...


Fold = Callable[[Sequence[Fact]], Folded]


def told(kinds: Collection[str], subject: UUID) -> list[Fact]:
    """All facts of these kinds about a subject, which nobody else adds to meanwhile."""
    locked(subject)
    return [entry.fact for entry in log.read(kinds=frozenset(kinds), subjects=[subject])]


def record(viewer: Viewer, history: Sequence[Fact], fact: Fact, fold: Fold) -> bool:
    """Appends a fact of a locked subject where it contradicts nothing; False where it is on record already. Raises
    Refused."""
    if any(one.id == fact.id for one in history):
        return False
    before = set(fold(history).faults)
    if new := [one for one in fold([*history, fact]).faults if one not in before]:
        raise Refused([Wrong(one.field, one.reason, *WORDS[one.reason]) for one in new])
    append(viewer, [fact])
    return True


def take_back(
    viewer: Viewer, history: Sequence[Fact], taken: UUID, why: Why, fold: Fold, *, now: datetime,
    id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Retracts one of a locked subject's facts, where nothing that follows would contradict the record without it;
    returns the retraction. Raises Refused."""
    its = next((one for one in history if one.id == taken and not isinstance(one.data, Retracted)), None)
    if its is None:
        raise Refused([Wrong("fact", "unknown_fact", "没有这条记录，请核对编号", "is no fact of this: correct the id")])
    one = fact_of(
        viewer, Retracted(why=why), subject=its.subject, area=its.area, at=None, now=now, id=id, history=history
    )  # fmt: skip
    record(viewer, history, one.model_copy(update={"corrects": taken}), fold)
    return one.id
