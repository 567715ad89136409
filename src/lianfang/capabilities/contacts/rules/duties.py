"""What is to be done about a contact by when. Two checks a day: R-CON; the hours of ``policy/contacts.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.rules.observing import Seen, Slot, Span, counts, is_due, slots_of, unwell
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.capabilities.contacts.state.contact import ZONE, day_of, edition_of, release_from
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.rules import Obligation

_OUTCOMES: Final = {one.value: one for one in Attempt}
_SEEN: Final = frozenset({Attempt.SEEN_WELL, Attempt.SEEN_UNWELL})


class Following(NamedTuple):
    """What the duties ask of a contact."""

    subject: UUID
    area: str
    author: str
    person: UUID | None
    disease: str
    edition: str
    status: str
    observed: bool
    registered_at: datetime
    traced_at: datetime | None
    informed_at: datetime | None
    referred_at: datetime | None
    ended_at: datetime | None
    due: date | None

    @property
    def span(self) -> Span:
        return Span(self.traced_at if self.observed else None, self.due, self.ended_at)


def contact_duties(
    its: Following, checks: Iterable[Seen], excluded_at: datetime | None, since: datetime, until: datetime
) -> list[Obligation]:
    """The duties about a contact that can be done before ``until`` and were either done after ``since``, or not done
    and not lapsed by then. ``excluded_at`` is when its last source was excluded, None where one is left."""
    if not its.observed:
        return []
    best = counts(checks)
    found = [
        _duty(its, *one)
        for one in (*_once(its, excluded_at), *_referrals(its, best.values()))
        if one.begins < until and (one.done_at is None or one.done_at > since)
    ]
    return [*found, *_checks(its, best, since, until)]


def missed_since(its: Following) -> datetime | None:
    """From when on it counts as missed that no household and no check has a record of a contact who is known; None
    where nobody is to be found."""
    if not its.observed or its.person is None or its.traced_at is None or its.ended_at is not None:
        return None
    return its.traced_at + timedelta(hours=policy().deadlines.find_h)


def find_duty(its: Following, missed: datetime) -> Obligation:
    """To find a contact whom nobody has seen (QA-02)."""
    return Obligation("contact.find", its.subject, its.area, missed, missed, person=its.person, author=its.author)


def resume_duty(
    contact: UUID, area: str, author: str, person: UUID | None, begins: datetime, last: date
) -> Obligation:  # fmt: skip
    """To observe a contact again until its ``last`` day, whose case is none any more since ``begins``."""
    due = begins + timedelta(hours=policy().deadlines.resume_h)
    over = release_from(last)
    return Obligation("contact.resume", contact, area, begins, due, person=person, lapses=over, author=author)


def generation_duty(case: UUID, area: str, author: str, person: UUID | None, begins: datetime) -> Obligation:
    """The answer to the first case of the second generation in a division."""
    due = begins + timedelta(hours=policy().second_generation.answer_h)
    return Obligation("contact.generation_two", case, area, begins, due, person=person, author=author)


def cluster_duty(case: UUID, area: str, author: str, person: UUID, begins: datetime, event_h: int) -> Obligation:
    """The report of a cluster as an event (R-REP-2). It is about the case that made it one, and made in another system:
    whoever has made it says so by hand."""
    due = begins + timedelta(hours=event_h)
    return Obligation("contact.cluster", case, area, begins, due, person=person, author=author)


class _Duty(NamedTuple):
    """A duty before anybody has asked whether it is of the days that are asked about: most are not."""

    rule: str
    begins: datetime
    hours: int
    done_at: datetime | None
    slot: str = ""


def _duty(its: Following, rule: str, begins: datetime, hours: int, done_at: datetime | None, slot: str) -> Obligation:
    due = begins + timedelta(hours=hours)
    return Obligation(rule, its.subject, its.area, begins, due, slot, its.person, done_at, author=its.author)


def _once(its: Following, excluded_at: datetime | None) -> Iterator[_Duty]:
    hours = policy().deadlines
    ended = its.ended_at
    yield _Duty("contact.trace", its.registered_at, hours.trace_h, _first(its.traced_at, ended))
    if its.traced_at is None:
        return
    yield _Duty("contact.inform", its.traced_at, hours.inform_h, _first(its.informed_at, ended))
    if its.due is not None:
        over = release_from(its.due)
        if ended is None or ended >= over:
            yield _Duty("contact.release", over, hours.release_h, ended)
    if excluded_at is not None and (ended is None or ended >= excluded_at):
        yield _Duty("contact.release_excluded", excluded_at, hours.release_excluded_h, ended)


def _referrals(its: Following, checks: Iterable[Seen]) -> Iterator[_Duty]:
    edition = edition_of(its.disease, its.edition)
    for check in checks:
        if unwell(check, edition.fever_c if edition else None):
            referred = its.referred_at if its.referred_at and its.referred_at >= check.at else None
            done = _first(referred, its.ended_at)
            yield _Duty("contact.refer", check.at, policy().deadlines.refer_h, done, f"{check.day}.{check.half}")


def _checks(
    its: Following, best: Mapping[tuple[date, str], Seen], since: datetime, until: datetime
) -> Iterator[Obligation]:
    span = its.span
    for slot, name, lapses in _slots(its.disease, its.edition, since, until):
        if not is_due(slot, span):
            continue
        check = best.get((slot.day, slot.half))
        outcome = _OUTCOMES[check.outcome] if check else None
        done_at = check.at if check and outcome in _SEEN else None
        if done_at is None or done_at > since:
            yield Obligation(
                "contact.check", its.subject, its.area, slot.begins, slot.ends, name, its.person, done_at, outcome,
                lapses, its.author,
            )  # fmt: skip


@lru_cache(256)
def _slots(disease: str, edition: str, since: datetime, until: datetime) -> tuple[tuple[Slot, str, datetime], ...]:
    """The slots that begin before ``until``, from the day of ``since`` on, each with its name and when it lapses."""
    first = day_of(since)
    return tuple(
        (slot, f"{day}.{slot.half}", datetime.combine(day + timedelta(1), time.min, ZONE))
        for day in (first + timedelta(n) for n in range((day_of(until) - first).days + 1))
        for slot in slots_of(disease, edition, day)
        if slot.begins < until
    )


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other
