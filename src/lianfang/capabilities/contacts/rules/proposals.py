"""What Lianfang proposes of a contact; a person decides. Release and exclusion: R-CON (end of the last day; a suspected
source excluded, unless there was another exposure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.state.contact import OPEN, Status, release_from


class Propose(StrEnum):
    RELEASE = "release"  # the last day is over
    SOURCE_EXCLUDED = "source_excluded"  # and nobody else exposed the contact
    SHORTEN = "shorten"  # the exposures that are left end the observation earlier
    NOT_CLOSE = "not_close"  # registered, and no close contact
    REFER = "refer"  # unwell, and not sent to a fever clinic since
    CHECK_WINDOW = "check_window"  # the exposure lies outside the infectious days of its source
    RESUME = "resume"  # the case that the contact became is none any more: observe again until the last day


class Proposal(NamedTuple):
    """``due`` is the last day that would hold; ``cases`` the sources that it rests on."""

    what: Propose
    due: date | None = None
    cases: tuple[UUID, ...] = ()


class Exposed(NamedTuple):
    """An exposure that stands, and what its source counts as now; ``outside`` where it lies outside its window."""

    source: UUID | None
    as_class: str | None
    due: date | None
    protected: bool
    outside: bool


class Held(NamedTuple):
    """What the proposals ask of a contact; ``no_case`` is the case that it became, where that was excluded or taken
    back."""

    status: str
    observed: bool
    due: date | None
    referred_at: datetime | None
    no_case: UUID | None = None


def proposals(
    held: Held, exposures: Sequence[Exposed], unwell: Iterable[datetime], now: datetime
) -> tuple[Proposal, ...]:
    """What to propose at a time; nothing once the observation has ended, unless it ended with a case that is none.
    ``unwell`` are the times of checks that ask for a referral."""
    if held.status == Status.CONVERTED and held.no_case is not None:
        return (Proposal(Propose.RESUME, held.due, (held.no_case,)),)
    if held.status not in OPEN:
        return ()
    found = []
    counting = [one for one in exposures if not one.protected]
    left = [one for one in counting if one.as_class != Class.EXCLUDED]
    excluded = tuple(sorted({one.source for one in counting if one.source and one.as_class == Class.EXCLUDED}))
    if counting and not left:
        found.append(Proposal(Propose.SOURCE_EXCLUDED, cases=excluded))
    elif not held.observed:
        found.append(Proposal(Propose.NOT_CLOSE))
    by_rule = max((one.due for one in left if one.due), default=None)
    if left and held.due and by_rule and by_rule < held.due:
        found.append(Proposal(Propose.SHORTEN, by_rule, excluded))
    if held.status == Status.OBSERVING and held.due and now >= release_from(held.due):
        found.append(Proposal(Propose.RELEASE, held.due))
    if any(held.referred_at is None or at > held.referred_at for at in unwell):
        found.append(Proposal(Propose.REFER))
    if out := tuple(sorted({one.source for one in left if one.source and one.outside})):
        found.append(Proposal(Propose.CHECK_WINDOW, cases=out))
    return tuple(found)
