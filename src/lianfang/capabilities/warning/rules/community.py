"""What a community counts as: no case, a case, an outbreak, spread (``policy/community.toml``).

Days are those of confirmation: the text counts cases that are found. A class once reached stays until a person decides,
because the text does not say when a community goes back; whatever it leaves open is asked of a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.rules.clustering import Dated, densest
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.capabilities.warning.rules.grading import (
    CommunityEdition,
    Evidence,
    Graded,
    Turn,
    community_policy,
    day_of,
    turns,
    whole_days,
)

DECIDE: Final = "community.decide_class"
"""The rule of ``tasks.toml``."""


class Resident(NamedTuple):
    """A confirmed case among those who live in a community. ``unknown``: nobody found out where the infection came
    from; before ``settles_at`` it is still sought, after that it counts as unknown."""

    case: UUID
    confirmed_at: datetime
    unknown: bool
    settles_at: datetime


def community(
    cases: Collection[Resident], groups: Sequence[Collection[UUID]], as_of: datetime, edition: CommunityEdition
) -> Graded:
    """The class of a community before ``as_of``. ``groups``: cases tied by contact or by one exposure, each of two or
    more; a case in none of them is sporadic."""
    seen = sorted((one for one in cases if one.confirmed_at < as_of), key=lambda one: (one.confirmed_at, one.case))
    if not seen:
        return Graded("1", "none", (Evidence("confirmed", 0),))
    outbreaks = _outbreaks(seen, groups, edition)
    tied = {case for group in groups if len(group) > 1 for case in group}
    sporadic = [one for one in seen if one.case not in tied and one.unknown]
    unknown = _within([one for one in sporadic if one.settles_at <= as_of], edition)
    maybe = _within(sporadic, edition)
    open_ = tuple(one.case for one in sporadic if one.settles_at > as_of)
    told = [
        Evidence("confirmed", len(seen), tuple(one.case for one in seen)),
        Evidence("last_new", seen[-1].confirmed_at), Evidence("outbreaks", len(outbreaks)),
        Evidence("unknown", len(unknown), unknown), Evidence("undetermined", len(open_), open_),
    ]  # fmt: skip
    if outbreaks:
        largest = max(outbreaks, key=len)
        told.append(Evidence("largest_outbreak", len(largest), largest))
    quiet = ("quiet",) if seen[-1].confirmed_at < whole_days(as_of, edition.days) else ()
    if len(unknown) >= edition.unknown_least:
        return Graded("3", "unknown_twice", tuple(told), quiet)
    asks = ("undetermined",) if len(maybe) >= edition.unknown_least else ()
    if outbreaks:
        large = len(outbreaks) >= edition.ask_outbreaks or max(map(len, outbreaks)) >= edition.ask_size
        return Graded("2b", "outbreak", tuple(told), (*asks, *(("many",) if large else ()), *quiet))
    separate = ("separate",) if len(seen) > 1 and not asks else ()
    return Graded("2a", "case", tuple(told), (*asks, *separate, *quiet))


def history(
    cases: Collection[Resident], groups: Sequence[Collection[UUID]], until: datetime, edition: CommunityEdition
) -> list[Turn]:
    """When the class of a community turned, from what is known now; a turn is told as of the moment after which it
    holds."""
    after = timedelta(microseconds=1)
    moments: set[datetime] = {until}
    for one in cases:
        moments |= {one.confirmed_at + after, one.settles_at, whole_days(one.confirmed_at, -edition.days - 1)}
    return turns(lambda at: community(cases, groups, at, edition), moments, until)


def left_open(
    subject: UUID, area: str, graded: Graded, decided_at: datetime | None, edition: CommunityEdition
) -> Obligation | None:  # fmt: skip
    """That a person decides on a community of which the rule leaves something open, since its last case, or since it
    has been quiet; done by the decision that holds. None where there is nothing to decide."""
    last = next((one.value for one in graded.evidence if one.code == "last_new"), None)
    if not isinstance(last, datetime) or not (graded.asks or decided_at):
        return None
    begins = whole_days(last, -edition.days - 1) if graded.asks == ("quiet",) else last
    due = begins + timedelta(hours=community_policy().decide_h)
    return Obligation(DECIDE, subject, area, begins, due, done_at=decided_at)


def _outbreaks(
    seen: Iterable[Resident], groups: Sequence[Collection[UUID]], edition: CommunityEdition
) -> list[tuple[UUID, ...]]:
    known = {one.case: one for one in seen}
    windows = (_within([known[case] for case in group if case in known], edition) for group in groups)
    return [window for window in windows if len(window) >= edition.outbreak_least]


def _within(cases: Iterable[Resident], edition: CommunityEdition) -> tuple[UUID, ...]:
    """The cases of the days within which most were confirmed."""
    window = densest((Dated(one.case, day_of(one.confirmed_at)) for one in cases), edition.days)
    return window.cases if window else ()
