"""The fold of one signal: how often and of what it was raised, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar
from uuid import UUID

from lianfang.capabilities.warning.facts.signal import Evidence, Outcome, Raised, Reviewed, Told
from lianfang.facts.fact import Entry, folding_order

Some = TypeVar("Some", str, UUID)


class Status(StrEnum):
    """Where a signal stands."""

    OPEN = "open"  # nobody has reviewed it, or it was opened again
    WATCHED = "watched"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Review(NamedTuple):
    """What somebody decided, and how many seconds after the signal had been waiting for it; None where it was not
    waiting: a decision in place of another."""

    fact: UUID
    outcome: Outcome
    reason: str
    author: str
    role: str
    at: datetime
    seconds: int | None


@dataclass(frozen=True)
class Signal:
    """``raised_at`` and ``seq`` are of the first time, ``last_at`` and ``last_seq`` of the last; ``evidence`` and
    ``told`` are the last's. ``count``: at how many times it was raised. ``seq``: up to which fact the rules had
    looked."""

    subject: UUID
    area: str
    rule: str
    rule_version: str
    disease: str | None
    key: str
    raised_at: datetime
    seq: int
    last_at: datetime
    last_seq: int
    as_of: datetime
    count: int
    triggers: tuple[str, ...]
    subjects: tuple[UUID, ...]
    evidence: tuple[Evidence, ...]
    told: tuple[Told, ...]
    status: Status
    waiting_since: datetime | None
    """Since when it waits for a review; None where it has one that holds."""
    reviews: tuple[Review, ...]
    reopened: bool
    """Whether it was raised again, or opened again, after a review."""
    raisings: tuple[UUID, ...]
    """The facts that raised it."""


def fold(entries: Sequence[Entry]) -> Signal | None:
    """What the facts of one signal come to, in whatever order they are given; None where nothing raised it.

    A signal that was dismissed and is raised again of something new is open again; one that is watched or confirmed
    stays so, with the higher count.
    """
    facts = sorted((entry.fact for entry in entries), key=folding_order)
    raisings = [(fact, fact.data) for fact in facts if isinstance(fact.data, Raised)]
    if not raisings:
        return None
    (first, told), (last, newest) = raisings[0], raisings[-1]
    status, waiting, reopened = Status.OPEN, first.observed_at, False
    reviews: list[Review] = []
    since: datetime | None = waiting
    for fact in facts:
        match fact.data:
            case Raised() if status is Status.DISMISSED:
                status, since, reopened = Status.OPEN, fact.observed_at, True
            case Reviewed(outcome=outcome, reason=reason, role=role):
                waited = None if since is None else int((fact.observed_at - since).total_seconds())
                if outcome is Outcome.REOPENED:
                    reopened, since, waited = True, fact.observed_at, None
                    status = Status.OPEN
                else:
                    status, since = Status(outcome), None
                reviews.append(Review(fact.id, outcome, reason, fact.author, role, fact.observed_at, waited))
            case _:
                pass
    return Signal(
        subject=first.subject, area=first.area, rule=told.rule, rule_version=newest.rule_version,
        disease=told.disease, key=told.key, raised_at=first.observed_at, seq=told.seq, last_at=last.observed_at,
        last_seq=newest.seq, as_of=newest.as_of, count=len({fact.observed_at for fact, _ in raisings}),
        triggers=_each(one for _, its in raisings for one in its.triggers),
        subjects=_each(one for _, its in raisings for one in its.subjects),
        evidence=newest.evidence, told=newest.told, status=status, waiting_since=since, reviews=tuple(reviews),
        reopened=reopened, raisings=tuple(fact.id for fact, _ in raisings),
    )  # fmt: skip


def _each(of: Iterable[Some]) -> tuple[Some, ...]:
    """Each once, in the order in which they came."""
    return tuple(dict.fromkeys(of))
