"""How a fact of screening is made and appended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import ValidationError

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, wrong_fields
from lianfang.capabilities.screening.state.parts import WORDS, when
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData

AHEAD: Final = timedelta(minutes=5)
"""How much a sender's clock may be fast."""
NEXT: Final = timedelta(microseconds=1)
BATCH: Final = 1_000
Data = TypeVar("Data", bound=FactData)


def made(kind: type[Data], **fields: Any) -> Data:
    """The fields of a fact. Raises Refused, field by field."""
    try:
        return kind(**fields)
    except ValidationError as error:
        raise Refused(wrong_fields(error)) from None


def refused(field: str, reason: str, zh: str = "", en: str = "") -> Refused:
    """One thing that is wrong, by its code or in its own words."""
    said = (zh, en) if zh else WORDS[reason]
    return Refused([Wrong(field, reason, *said)])


def fact_of(
    viewer: Viewer, data: FactData, *, subject: UUID, area: str, at: datetime | None, now: datetime,
    id: UUID | None = None, corrects: UUID | None = None, history: Iterable[Fact] = (),
) -> Fact:  # fmt: skip
    """A fact of the viewer's that happened at ``at``; by default now, and after all of ``history``. Raises Refused for
    a time to come."""
    if at is not None and at > now + AHEAD:
        raise refused("at", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time")
    after = max((when(fact) for fact in history if when(fact) <= now + AHEAD), default=now - NEXT) + NEXT
    return Fact.of(
        data, id=id or log.new_id(), subject=subject, area=area, observed_at=at or max(now, after), corrects=corrects
    )


def append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    """Appends facts that were checked. Raises Refused for what the record does not take."""
    for start in range(0, len(facts), BATCH):
        for outcome in log.append(facts[start : start + BATCH], principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                field = outcome.reason.partition(":")[0].removeprefix("data.")
                raise Refused([Wrong(field, "not_taken", outcome.reason, outcome.reason)])


def history(kinds: Iterable[str], *subjects: UUID) -> list[Fact]:
    """What is on record of subjects."""
    return [entry.fact for entry in log.read(kinds=frozenset(kinds), subjects=list(subjects))]
