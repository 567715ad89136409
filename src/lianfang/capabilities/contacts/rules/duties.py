"""What is to be done about a contact by when. Two checks a day: R-CON; the hours of ``policy/contacts.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.rules.observing import Seen, Span, counts, due_slots, unwell
from lianfang.capabilities.contacts.rules.policy import policy
from lianfang.capabilities.contacts.state.contact import ZONE, day_of, edition_of, release_from
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.rules import Obligation


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
    its: Following, checks: Sequence[Seen], excluded_at: datetime | None, since: datetime, until: datetime
) -> list[Obligation]:
    """The duties about a contact that can be done before ``until`` and were either done after ``since``, or not done
    and not lapsed by then. ``excluded_at`` is when its last source was excluded, None where one is left."""
    if not its.observed:
        return []
    found = [*_once(its, excluded_at), *_referrals(its, checks), *_checks(its, checks, since, until)]
    return [
        one
        for one in found
        if one.begins < until and (one.done_at > since if one.done_at else one.lapses is None or one.lapses > since)
    ]


def generation_duty(case: UUID, area: str, author: str, person: UUID | None, begins: datetime) -> Obligation:
    """The answer to the first case of the second generation in a division."""
    due = begins + timedelta(hours=policy().second_generation.answer_h)
    return Obligation("contact.generation_two", case, area, begins, due, person=person, author=author)


def _duty(
    its: Following, rule: str, begins: datetime, due: datetime, done_at: datetime | None, slot: str = ""
) -> Obligation:
    return Obligation(rule, its.subject, its.area, begins, due, slot, its.person, done_at, author=its.author)


def _once(its: Following, excluded_at: datetime | None) -> Iterator[Obligation]:
    hours = policy().deadlines
    ended = its.ended_at
    due = its.registered_at + timedelta(hours=hours.trace_h)
    yield _duty(its, "contact.trace", its.registered_at, due, _first(its.traced_at, ended))
    if its.traced_at is None:
        return
    due = its.traced_at + timedelta(hours=hours.inform_h)
    yield _duty(its, "contact.inform", its.traced_at, due, _first(its.informed_at, ended))
    if its.due is not None:
        over = release_from(its.due)
        if ended is None or ended >= over:
            yield _duty(its, "contact.release", over, over + timedelta(hours=hours.release_h), ended)
    if excluded_at is not None and (ended is None or ended >= excluded_at):
        due = excluded_at + timedelta(hours=hours.release_excluded_h)
        yield _duty(its, "contact.release_excluded", excluded_at, due, ended)


def _referrals(its: Following, checks: Iterable[Seen]) -> Iterator[Obligation]:
    edition = edition_of(its.disease, its.edition)
    allowed = timedelta(hours=policy().deadlines.refer_h)
    for (day, half), check in counts(checks).items():
        if unwell(check, edition.fever_c if edition else None):
            referred = its.referred_at if its.referred_at and its.referred_at >= check.at else None
            done = _first(referred, its.ended_at)
            yield _duty(its, "contact.refer", check.at, check.at + allowed, done, f"{day}.{half}")


def _checks(its: Following, checks: Iterable[Seen], since: datetime, until: datetime) -> Iterator[Obligation]:
    best = counts(checks)
    for slot in due_slots(its.disease, its.edition, its.span, day_of(since), day_of(until)):
        check = best.get((slot.day, slot.half))
        outcome = Attempt(check.outcome) if check else None
        seen = check is not None and outcome in (Attempt.SEEN_WELL, Attempt.SEEN_UNWELL)
        yield Obligation(
            "contact.check", its.subject, its.area, slot.begins, slot.ends, f"{slot.day}.{slot.half}", its.person,
            check.at if check and seen else None, outcome,
            datetime.combine(slot.day + timedelta(1), time.min, ZONE), its.author,
        )  # fmt: skip


def _first(*times: datetime | None) -> datetime | None:
    return min((one for one in times if one is not None), default=None)
