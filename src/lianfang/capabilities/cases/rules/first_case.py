"""What a community does when the first case among those who stay in it is confirmed, and by when.

Nothing of it names the case: a task is about the community, has no person, and is nobody's own entry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.cases.rules.policy import policy
from lianfang.capabilities.tasks.rules import Obligation

NOTICE: Final = "community.notice"
LOCATE: Final = "case.locate"
_NAMES: Final = UUID("7b0f2f0c-5c1f-5d53-9a8e-3f5a4f0a2c66")
_COMMUNITY: Final = re.compile(r"\d{9}(?!000)\d{3}")
"""Twelve digits: six of the county, three of the town, three of the community. Of a grid, there are more."""


class Confirmed(NamedTuple):
    """A case that was confirmed at some time; ``excluded_at`` where it turned out to be none."""

    disease: str
    stay: str
    confirmed_at: datetime
    excluded_at: datetime | None


class FirstCase(NamedTuple):
    """That a community has its first case of a disease. ``id`` follows from the community alone."""

    id: UUID
    community: str
    at: datetime


def community_of(stay: str | None) -> str | None:
    """The community of a place of stay; None where only a town, a county or nothing is known."""
    found = _COMMUNITY.match(stay or "")
    return found.group() if found else None


def horizon() -> timedelta:
    """For how long after its confirmation a first case is answered."""
    return timedelta(hours=policy()["first_case"]["lapses_h"])


def first_case_id(disease: str, community: str, before: int = 0) -> UUID:
    """The id of a first case: it follows from the community, not from the case. ``before``: so many that were taken for
    the first before had been excluded by then."""
    return uuid5(_NAMES, f"{disease}|{community}|{before}")


def first_cases(cases: Iterable[Confirmed]) -> Iterator[FirstCase]:
    """The first case of each community and disease. A case that is told of later and was confirmed earlier changes only
    the time; the first after one that had been excluded is another first."""
    told: dict[tuple[str, str], list[Confirmed]] = defaultdict(list)
    for one in cases:
        if community := community_of(one.stay):
            told[one.disease, community].append(one)
    for (disease, community), its in told.items():
        at = min((one.confirmed_at for one in its if one.excluded_at is None), default=None)
        if at is not None:
            before = sum(one.excluded_at is not None and one.excluded_at <= at for one in its)
            yield FirstCase(first_case_id(disease, community, before), community, at)


def answers(first: FirstCase, grids: Collection[UUID]) -> Iterator[Obligation]:
    """What the community does. The notice is brought to the doors of each of its grids; of the community as a whole
    where it has none on the register."""
    lapses = first.at + horizon()
    for rule, hours in policy()["first_case"]["due_h"].items():
        due = first.at + timedelta(hours=hours)
        if rule == NOTICE and grids:
            for grid in grids:
                yield Obligation(rule, grid, first.community, first.at, due, slot=str(first.id), lapses=lapses)
        else:
            yield Obligation(rule, first.id, first.community, first.at, due, lapses=lapses)


def unlocated(case: UUID, area: str, author: str, person: UUID, confirmed_at: datetime) -> Obligation:
    """To find out in which community a confirmed case stays, for whoever investigates it."""
    due = confirmed_at + timedelta(hours=policy()["first_case"]["locate_h"])
    return Obligation(
        LOCATE, case, area, confirmed_at, due, person=person, author=author, lapses=confirmed_at + horizon()
    )
