"""What a household's visits of a round come to, for the household and for each of its members (SCR-02 to SCR-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.screening.facts import Disposition, Outcome, Result, Seen
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.screening.state.household import Household, Span, Visit


class Status(StrEnum):
    """Where a household stands in a round. All but the last end its part."""

    DONE = "done"
    NOT_MET = "not_met"
    REFUSED = "refused"
    VACANT = "vacant"
    OPEN = "open"


class Standing(NamedTuple):
    """A household in a round. Of its members ``due``, ``seen`` were seen, ``away`` are away by what the household told,
    ``not_met`` have a follower after so many attempts, ``excused`` live where nobody opened; the rest are missing.
    ``unwell`` are of those seen."""

    round: UUID
    status: Status
    last: Outcome
    last_at: datetime
    visits: int
    due: int
    seen: int
    away: int
    not_met: int
    excused: int
    unwell: int
    person_times: int
    outsiders: int
    follower: str
    escalated_to: str
    without_evidence: int
    """Visits that nothing shows to have been made at the door."""

    @property
    def missing(self) -> int:
        return self.due - self.seen - self.away - self.not_met - self.excused


class Known(NamedTuple):
    """Somebody who lives or was met in a household. ``member`` is false of who left, or never joined."""

    person: UUID
    member: bool
    joined_at: datetime | None
    left_at: datetime | None
    came_from: str | None
    arrived: date | None
    unwell_at: datetime | None
    """When first found unwell."""
    disposition: Disposition | None
    disposed_at: datetime | None


SEEN = (Result.WELL, Result.UNWELL)


def ill(members: Sequence[Seen], at: datetime) -> set[UUID]:
    """Who of those whom a visit names was found unwell: said so, or a temperature or symptoms that say so."""
    least_c = policy.least_fever_c()  # below it, the edition of the day need not be looked for
    found = [
        one for one in members
        if one.result is Result.UNWELL or one.symptoms or (one.temp_c is not None and one.temp_c >= least_c)
    ]  # fmt: skip
    return {one.person for one in found if one.result in SEEN and _unwell(one, at)} if found else set()


def _unwell(one: Seen, at: datetime) -> bool:
    told = one.result is Result.UNWELL or bool(one.symptoms)
    return told or (one.temp_c is not None and one.temp_c >= policy.at(at).fever_c)


def standings(household: Household, rounds: Mapping[UUID, Span]) -> list[Standing]:
    """Where a household on the register stands in each round in which it was visited."""
    if household.place is None or household.registered_at is None:
        return []
    visits: dict[int, list[Visit]] = {}
    for visit in household.visits:
        if visit.counts:
            visits.setdefault(visit.data.round.int, []).append(visit)
    found = []
    for theirs in visits.values():
        round = theirs[0].data.round
        closed = rounds[round].closed_at
        if closed is None or household.registered_at <= closed:
            found.append(standing(round, theirs, household.members(closed)))
    return found


def standing(round: UUID, visits: Sequence[Visit], due: Sequence[UUID]) -> Standing:
    """Where a household stands in a round by its visits, in their order; ``due`` are its members."""
    last = visits[-1]
    found = [one.person.int for visit in visits for one in visit.data.members if one.result in SEEN]
    tally = _tally(visits, due, set(found))
    status = _status(visits, tally)
    given_up = status in (Status.NOT_MET, Status.REFUSED)
    seen, away, not_met = tally.count("seen"), tally.count("away"), tally.count("not_met")
    unwell = set[UUID]().union(*[ill(visit.data.members, visit.at) for visit in visits])
    return Standing(
        round, status, last.data.outcome, last.at, len(visits), len(due), seen, away, not_met,
        len(due) - seen - away - not_met if given_up else 0, len(unwell), len(found),
        max([visit.data.outsiders or 0 for visit in visits]), last.data.follower or "",
        last.data.escalated_to or "", len([visit for visit in visits if visit.data.evidence == "none"]),
    )  # fmt: skip


def _tally(visits: Sequence[Visit], due: Sequence[UUID], seen: set[int]) -> list[str]:
    """What ended each member's part of a round; empty while nothing did. ``seen`` are the numbers of their ids."""
    if seen.issuperset([person.int for person in due]):
        return ["seen"] * len(due)
    tries = _tries(visits)
    nobody = [(visit.at, Result.NOT_SEEN) for visit in visits if visit.data.outcome is Outcome.NOT_MET]
    followed = bool(visits[-1].data.follower)
    return [_ends(_Found(tuple(sorted([*tries.get(person, ()), *nobody])), followed)) for person in due]


class _Found(NamedTuple):
    """What came of each try to see somebody in a round, by time."""

    tries: tuple[tuple[datetime, Result], ...]
    followed: bool
    """Whether somebody was named who goes on."""


def _tries(visits: Sequence[Visit]) -> dict[UUID, list[tuple[datetime, Result]]]:
    """What visits tell of each person whom they name."""
    found: dict[UUID, list[tuple[datetime, Result]]] = {}
    for visit in visits:
        for one in visit.data.members:
            found.setdefault(one.person, []).append((visit.at, one.result))
    return found


def _ends(found: _Found) -> str:
    """What ended a person's part of a round: ``seen``, ``away``, ``not_met``; empty while nothing did."""
    results = [result for _, result in found.tries]
    if any(result in SEEN for result in results):
        return "seen"
    if not results:
        return ""
    its = policy.at(found.tries[-1][0])
    if results[-1] is Result.AWAY and its.away_ends:
        return "away"
    enough = attempts([at for at, _ in found.tries], its.attempt_gap_h) >= its.attempts
    return "not_met" if enough and found.followed else ""


def _status(visits: Sequence[Visit], tally: Sequence[str]) -> Status:
    """By what was met before the last word: who once was met is done when all members are. ``tally`` has what ended
    each member's part; where somebody lives, nobody is met without them and no home is vacant."""
    if tally and all(tally) and any([visit.data.outcome is Outcome.MET for visit in visits]):
        return Status.DONE
    last = visits[-1]
    its = policy.at(last.at)
    match last.data.outcome:
        case Outcome.VACANT if last.data.vacancy is not None and not tally:
            return Status.VACANT
        case Outcome.REFUSED if last.data.escalated_to:
            return Status.REFUSED
        case Outcome.NOT_MET if last.data.follower:
            tried = [visit.at for visit in visits if visit.data.outcome is Outcome.NOT_MET]
            return Status.NOT_MET if attempts(tried, its.attempt_gap_h) >= its.attempts else Status.OPEN
    return Status.OPEN


def attempts(times: Sequence[datetime], gap_h: int) -> int:
    """How many attempts visits are: one less than ``gap_h`` after the last that counted is none of its own."""
    counted, last = 0, None
    for at in sorted(times):
        if last is None or at - last >= timedelta(hours=gap_h):
            counted, last = counted + 1, at
    return counted


def known(household: Household) -> list[Known]:
    """Everybody who lives or lived there, or was met there."""
    people = {person.int: person for person in household.spells}
    since: dict[UUID, datetime] = {}
    for visit in household.visits:
        members = visit.data.members
        for one in members:
            people[one.person.int] = one.person
        for person in ill(members, visit.at):
            since.setdefault(person, visit.at)
    return [_known(household, people[id], since.get(people[id])) for id in sorted(people)]


def _known(household: Household, person: UUID, since: datetime | None) -> Known:
    spells = household.spells.get(person, ())
    last = spells[-1] if spells else None
    arranged = [one for one in household.disposals if one.person == person and since is not None and one.at >= since]
    return Known(
        person, last is not None and last.left is None, spells[0].joined if spells else None,
        last.left if last else None, last.came_from if last else None, last.arrived if last else None,
        since,
        arranged[-1].disposition if arranged else None, arranged[0].at if arranged else None,
    )  # fmt: skip
