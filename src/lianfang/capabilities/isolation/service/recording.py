"""How a fact is recorded: refused where it contradicts what is known, else appended with its registers following."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from pydantic import ValidationError

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, wrong_fields
from lianfang.capabilities.isolation.state import WORDS, Fault, when
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why

AHEAD: Final = timedelta(minutes=5)
"""How much a sender's clock may be fast."""
NEXT: Final = timedelta(microseconds=1)
Data = TypeVar("Data", bound=FactData)


class Folded(Protocol):
    @property
    def faults(self) -> tuple[Fault, ...]: ...


def made(kind: type[Data], **fields: Any) -> Data:
    """The fields of a fact. Raises Refused, field by field."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise Refused([_of_both(one) for one in wrong_fields(error)]) from None


def _of_both(one: Wrong) -> Wrong:
    """The one rule over two fields is that of an order's end."""
    if one.field:
        return one
    zh, en = "须晚于开始时间，请填写更晚的截止时间", "must be after the start: give a later end"
    return Wrong("end", "not_after_start", zh, en)


def fact_of(
    viewer: Viewer, data: FactData, *, subject: UUID, area: str, at: datetime | None, now: datetime,
    id: UUID | None = None, history: Sequence[Fact] = (),
) -> Fact:  # fmt: skip
    """A fact of the viewer's that happened at ``at``; by default now, and after all of ``history`` though another's
    clock is fast or this one stands. Raises Refused for a time to come."""
    if at is not None and at > now + AHEAD:
        raise Refused([Wrong("at", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time")])
    after = max((when(fact) for fact in history if when(fact) <= now + AHEAD), default=now - NEXT) + NEXT
    made_fact = Fact.of(data, id=id or log.new_id(), subject=subject, area=area, observed_at=at or max(now, after))
    return made_fact.model_copy(update={"author": viewer.author, "device": viewer.device})


def record(
    viewer: Viewer, history: Sequence[Fact], fact: Fact, fold: Callable[[Sequence[Fact]], Folded],
    words: Mapping[str, tuple[str, str]] = WORDS,
) -> bool:  # fmt: skip
    """Appends a fact where it contradicts nothing; False where the same fact is on record already.

    The subject is locked, and ``history`` are its facts; ``words`` says what each reason of a fault means. Raises
    Refused.
    """
    if any(one.id == fact.id for one in history):
        return False
    before = set(fold(history).faults)
    new = [one for one in fold([*history, fact]).faults if one not in before]
    if new:
        raise Refused([Wrong(one.field, one.reason, *words[one.reason]) for one in new])
    append(viewer, [fact])
    return True


def take_back(
    viewer: Viewer, history: Sequence[Fact], id: UUID, why: Why, fold: Callable[[Sequence[Fact]], Folded], *,
    area: str, at: datetime | None, now: datetime, fact: UUID | None = None,
    words: Mapping[str, tuple[str, str]] = WORDS,
) -> Fact:  # fmt: skip
    """Retracts one of a locked subject's facts, where nothing that follows would contradict the record without it.
    Raises Refused."""
    its = next((one for one in history if one.id == id and not isinstance(one.data, Retracted)), None)
    if its is None:
        raise Refused([Wrong("fact", "unknown_fact", "没有这条记录，请核对编号", "is no fact of this: correct the id")])
    made_fact = fact_of(
        viewer, Retracted(why=why), subject=its.subject, area=area, at=at, now=now, id=fact, history=history
    ).model_copy(update={"corrects": id})  # fmt: skip
    record(viewer, history, made_fact, fold, words)
    return made_fact


def append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    """Appends facts that were checked. Raises Refused for what the record does not take."""
    for start in range(0, len(facts), BATCH):
        for outcome in log.append(facts[start : start + BATCH], principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                field = outcome.reason.partition(":")[0].removeprefix("data.")
                raise Refused([Wrong(field, "not_taken", outcome.reason, outcome.reason)])


BATCH: Final = 1_000
