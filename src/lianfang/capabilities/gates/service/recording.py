"""How a fact of a gate is recorded: refused where it contradicts what is known, else appended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from pydantic import ValidationError

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area, wrong_fields
from lianfang.capabilities.checkpoints.state import Fault
from lianfang.capabilities.gates.rules.policy import code_of, words
from lianfang.capabilities.gates.state import WORDS, when
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.identity.areas import known_areas

AHEAD: Final = timedelta(minutes=5)
"""How much a sender's clock may be fast."""
NEXT: Final = timedelta(microseconds=1)
BATCH: Final = 1_000
Data = TypeVar("Data", bound=FactData)


class Folded(Protocol):
    @property
    def faults(self) -> tuple[Fault, ...]: ...


Fold = Callable[[Sequence[Fact]], Folded]


def made(kind: type[Data], fields: Mapping[str, Any]) -> Data:
    """The fields of a fact. Raises Refused, field by field."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise Refused(wrong_fields(error)) from None


def fact_of(
    viewer: Viewer, data: FactData, *, subject: UUID, area: str, now: datetime, at: datetime | None = None,
    id: UUID | None = None, cause: tuple[UUID, ...] = (), history: Sequence[Fact] = (),
) -> Fact:  # fmt: skip
    """A fact of the viewer's that happened at ``at``; by default now, and after all of ``history`` though another's
    clock is fast or this one stands. Raises Refused for a time to come."""
    if at is not None and at > now + AHEAD:
        raise Refused([Wrong("at", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time")])
    after = max((when(fact) for fact in history if when(fact) <= now + AHEAD), default=now - NEXT) + NEXT
    one = Fact.of(
        data, id=id or log.new_id(), subject=subject, area=area, observed_at=at or max(now, after), cause=cause
    )
    return one.model_copy(update={"author": viewer.author, "device": viewer.device})


def record(viewer: Viewer, history: Sequence[Fact], facts: Sequence[Fact], fold: Fold) -> None:
    """Appends facts of one locked subject, whose facts ``history`` are, where they contradict nothing; what is on
    record is passed over. Raises Refused."""
    known = {one.id for one in history}
    new = [one for one in facts if one.id not in known]
    if not new:
        return
    before = set(fold(history).faults)
    fresh = [one for one in fold([*history, *new]).faults if one not in before]
    # What another division had sent is no fault of who records now.
    if fresh := [one for one in fresh if one.reason != "not_responsible" or one.fact not in known]:
        raise Refused([Wrong(one.field, one.reason, *WORDS[one.reason]) for one in fresh])
    append(viewer, new)


def take_back(
    viewer: Viewer, history: Sequence[Fact], taken: UUID, why: Why, fold: Fold, *, area: str, now: datetime,
    at: datetime | None = None, id: UUID | None = None,
) -> Fact:  # fmt: skip
    """Retracts one of a locked subject's facts, where nothing that follows would contradict the record without it.
    Raises Refused."""
    its = next((one for one in history if one.id == taken and not isinstance(one.data, Retracted)), None)
    if its is None:
        raise Refused([Wrong("fact", "unknown_fact", "没有这条记录，请核对编号", "is no fact of this: correct the id")])
    one = fact_of(viewer, Retracted(why=why), subject=its.subject, area=area, now=now, at=at, id=id, history=history)
    one = one.model_copy(update={"corrects": taken})
    record(viewer, history, [one], fold)
    return one


def append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    """Appends facts that were checked. Raises Refused for what the record does not take."""
    for start in range(0, len(facts), BATCH):
        for outcome in log.append(facts[start : start + BATCH], principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                field = outcome.reason.partition(":")[0].removeprefix("data.")
                raise Refused([Wrong(field, "not_taken", outcome.reason, outcome.reason)])


def told(kinds: frozenset[str], subject: UUID) -> list[Fact]:
    """All facts of these kinds about a subject."""
    return [entry.fact for entry in log.read(kinds=kinds, subjects=[subject])]


def coded(vocabulary: str, field: str, said: str | None) -> str | None:
    """The code of a word as it was written; None where there is none. Raises Refused for one that nobody knows."""
    if not (said or "").strip():
        return None
    found = code_of(vocabulary, str(said))
    if found is None:
        its = words(vocabulary)
        zh, en = "、".join(one.zh for one in its.values()), ", ".join(its)
        raise Refused([Wrong(field, "unknown_word", f"没有这一项，可用：{zh}", f"is none; there are: {en}")])
    return found


def refuse_no_area(**areas: str | None) -> None:
    """Raises Refused for codes of divisions that there are not, by field; of a country two letters are enough."""
    known = known_areas()
    if wrong := [no_area(field) for field, code in areas.items() if code and len(code) > 2 and not known(code)]:
        raise Refused(wrong)
