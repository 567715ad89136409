"""A contact's facts become its observation: who, since when, until when, and where it stands.

Times are those of ``fact.folding_order``; days are civil days of ``ZONE``, as the profiles' are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.facts import (
    Close,
    Converted,
    Exposed,
    Exposure,
    HandedOver,
    Informed,
    Judged,
    Referred,
    Release,
    Released,
    Shortened,
    Traced,
)
from lianfang.capabilities.contacts.state.faults import Fault, Reason, fault
from lianfang.capabilities.contacts.state.keeping import keeping_exposure, related
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, profile

ZONE: Final = timezone(timedelta(hours=8))
LAST_MINUTE: Final = timedelta(hours=23, minutes=59)
"""The end of a day belongs to that day: what ends with it may be written down from its last minute on."""


class Status(StrEnum):
    """Where a contact stands; at any time each is in exactly one."""

    TO_TRACE = "to_trace"  # registered, and not found yet
    OBSERVING = "observing"
    RELEASED = "released"
    CONVERTED = "converted"  # became a case
    TRANSFERRED = "transferred"  # to where this record does not reach
    LOST = "lost"
    DIED = "died"


OPEN: Final = frozenset({Status.TO_TRACE, Status.OBSERVING})
ENDS: Final = {
    Release.COMPLETED: Status.RELEASED,
    Release.SOURCE_EXCLUDED: Status.RELEASED,
    Release.NOT_CLOSE: Status.RELEASED,
    Release.TRANSFERRED_OUT: Status.TRANSFERRED,
    Release.LOST: Status.LOST,
    Release.DIED: Status.DIED,
}


class Told(NamedTuple):
    """An exposure as it was told. ``due`` is the last day of observation that follows from it; None where no edition
    says how long. ``close`` is None where nothing was said of how close the contact was."""

    fact: UUID
    at: datetime
    exposure: Exposure
    edition: str
    due: date | None
    close: bool | None
    stands: bool
    """False where it was corrected or taken back since."""


class Spell(NamedTuple):
    """A time in one status under one division, half-open; ``ends`` is None for the last."""

    status: Status
    area: str
    begins: datetime
    ends: datetime | None
    traced: bool


@dataclass(frozen=True)
class Contact:
    """A contact as its facts have it. ``due`` is the last day of observation, which holds; ``due_by_rule`` what follows
    from the exposures that stand: it is earlier where an exposure was corrected and nobody has decided to shorten.
    ``edition`` is that of the exposure which lasts longest."""

    subject: UUID
    area: str
    author: str
    disease: str
    edition: str
    registered_at: datetime
    person: UUID | None = None
    number: str | None = None
    batch: UUID | None = None
    exposures: tuple[Told, ...] = ()
    status: Status = Status.TO_TRACE
    traced_at: datetime | None = None
    informed_at: datetime | None = None
    referred_at: datetime | None = None
    ended_at: datetime | None = None
    reason: Release | None = None
    to: str | None = None
    case: UUID | None = None
    judged: Close | None = None
    shortened: date | None = None
    spells: tuple[Spell, ...] = ()
    faults: tuple[Fault, ...] = ()
    disputed: bool = False

    @property
    def standing(self) -> tuple[Told, ...]:
        return tuple(told for told in self.exposures if told.stands)

    @property
    def close(self) -> Close | None:
        """What the contact counts as: as somebody judged, else by the edition; None where nobody said how close."""
        if self.judged is not None:
            return self.judged
        said = {told.close for told in self.standing}
        if True in said:
            return Close.CLOSE
        return None if None in said else Close.GENERAL

    @property
    def observed(self) -> bool:
        """Whether it is put under observation: until somebody says how close it was, it is."""
        return self.close in (Close.CLOSE, None)

    @property
    def due(self) -> date | None:
        return _latest((self.shortened, *(told.due for told in self.exposures)))

    @property
    def due_by_rule(self) -> date | None:
        return _latest(told.due for told in self.standing)


def fold(facts: Sequence[Fact]) -> Contact | None:
    """The contact that its facts tell of; None where no exposure stands. Checks are not folded here.

    A corrected exposure takes the place of what it corrects: what followed is judged by what is known now. The last
    exposure is not taken back while other facts rest on it.
    """
    facts, refused = keeping_exposure(facts)
    held = standing(facts)
    stand = {fact.id for fact in held.facts if isinstance(fact.data, Exposed)}
    if not stand:
        return None
    known = {fact.id: fact for fact in facts}
    exposed = sorted((f for f in known.values() if isinstance(f.data, Exposed)), key=lambda f: _place(f, known))
    first = next(fact for fact in exposed if fact.id in stand)
    folding = _Folding(first, _place(exposed[0], known)[0], disputed=bool(held.disputed), faults=refused)
    folding.take(first)
    others = [*(f for f in held.facts if f.id not in stand), *(f for f in exposed if f is not first)]
    for fact in sorted(others, key=lambda f: _place(f, known)):
        folding.take(fact, stands=fact.id in stand or not isinstance(fact.data, Exposed))
    return folding.done()


def _place(fact: Fact, known: Mapping[UUID, Fact]) -> tuple[datetime, str, int, UUID]:
    """Where a fact stands in the order of folding: an exposure where the first telling of it did."""
    seen = {fact.id}
    while isinstance(fact.data, Exposed) and (before := known.get(fact.corrects or fact.id)) and before.id not in seen:
        seen.add(before.id)
        fact = before
    return folding_order(fact)


def day_of(at: datetime) -> date:
    """The civil day of a time."""
    return at.astimezone(ZONE).date()


def release_from(due: date) -> datetime:
    """From when an observation whose last day is ``due`` can be completed: the end of that day."""
    return datetime.combine(due, datetime.min.time(), ZONE) + LAST_MINUTE


@lru_cache(256)
def edition_of(disease: str, code: str) -> Edition | None:
    """The edition of a disease; None where there is none."""
    try:
        return profile(disease).edition(code)
    except (NoProfile, NoEdition):
        return None


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


@dataclass
class _Folding:
    """The contact as it comes about, fact by fact."""

    first: Fact
    registered_at: datetime
    disputed: bool
    contact: Contact = field(init=False)
    faults: list[Fault] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    owners: set[str] = field(init=False)

    def __post_init__(self) -> None:
        data = self.first.data
        assert isinstance(data, Exposed)
        self.owners = {self.first.area}
        self.contact = Contact(
            subject=self.first.subject, area=self.first.area, author=self.first.author, disease=data.disease,
            edition=data.edition, registered_at=self.registered_at, person=data.person, number=data.number,
            batch=data.batch,
        )  # fmt: skip

    def take(self, fact: Fact, *, stands: bool = True) -> None:
        """Applies a fact, or notes why it cannot be applied."""
        before = self.contact
        if not self.spells:
            self._spell(self.registered_at)
        if not any(related(fact.area, owner) for owner in self.owners):
            self._fault(fact, "area", "not_responsible", area=fact.area)
            return
        match fact.data:
            case Exposed():
                self._exposed(fact, fact.data, stands)
            case Traced():
                self._traced(fact, fact.data)
            case Converted():
                self._converted(fact, fact.data)
            case Released():
                self._released(fact, fact.data)
            case Informed() | Judged() | Referred() | Shortened() | HandedOver():
                if self._open(fact):
                    self._during(fact)
        if (before.status, before.area) != (self.contact.status, self.contact.area):
            self._spell(_at(fact))

    def done(self) -> Contact:
        lasting = max(
            (one for one in self.contact.standing if one.due), key=lambda one: (one.due, one.at), default=None
        )
        return replace(
            self.contact, edition=lasting.edition if lasting else self.contact.edition, spells=tuple(self.spells),
            faults=tuple(self.faults), disputed=self.disputed,
        )  # fmt: skip

    def _with(self, **changes: Any) -> None:
        self.contact = replace(self.contact, **changes)

    def _spell(self, at: datetime) -> None:
        if self.spells:
            last = self.spells.pop()
            at = max(at, last.begins)
            if last.begins < at:
                self.spells.append(last._replace(ends=at))
        its = self.contact
        self.spells.append(Spell(its.status, its.area, at, None, its.traced_at is not None))

    def _fault(self, fact: Fact, name: str, reason: Reason, **told: object) -> None:
        self.faults.append(fault(fact.id, name, reason, **told))

    def _open(self, fact: Fact) -> bool:
        """Whether the observation goes on; a fault where it has ended."""
        if self.contact.status in OPEN:
            return True
        assert self.contact.ended_at is not None
        self._fault(fact, "observed_at", "ended", day=day_of(self.contact.ended_at))
        return False

    def _exposed(self, fact: Fact, data: Exposed, stands: bool) -> None:
        its, exposure = self.contact, data.exposure
        edition = edition_of(data.disease, data.edition)
        due, close = None, None
        if edition is None or edition.contact is None:
            self._fault(fact, "edition", "no_such_edition", what=f"{data.disease} {data.edition}")
        else:
            due = exposure.last + timedelta(edition.contact.whole_days)
            close = self._close(fact, exposure, edition)
        if not stands:  # what was said once still holds the last day, until somebody decides to shorten it
            if data.disease == its.disease and exposure.last <= day_of(_at(fact)):
                self._with(exposures=(*its.exposures, self._told(fact, data, due, close, stands)))
            return
        if data.disease != its.disease:
            self._fault(fact, "disease", "another_disease", what=its.disease)
        elif exposure.last > day_of(_at(fact)):
            self._fault(fact, "exposure.last", "in_future", day=exposure.last, told=day_of(_at(fact)))
            if fact is self.first:  # shown, but nothing follows from it
                self._with(exposures=(self._told(fact, data, None, close, stands),))
        elif data.person is not None and its.person is not None and data.person != its.person:
            self._fault(fact, "person", "another_person")
        elif self._open(fact):
            told = self._told(fact, data, due, close, stands)
            self._with(exposures=(*its.exposures, told), person=its.person or data.person)

    @staticmethod
    def _told(fact: Fact, data: Exposed, due: date | None, close: bool | None, stands: bool) -> Told:
        extends = None if data.exposure.protected else due  # what was met under protection does not prolong
        return Told(fact.id, _at(fact), data.exposure, data.edition, extends, close, stands)

    def _close(self, fact: Fact, exposure: Exposure, edition: Edition) -> bool | None:
        if exposure.protected:
            return False
        if not exposure.closeness:
            return None
        try:
            return edition.close(exposure.closeness)
        except ValueError:
            assert edition.contact is not None
            known = ", ".join(item.code for item in edition.contact.closeness)
            self._fault(fact, "exposure.closeness", "no_such_closeness", known=known)
            return None

    def _traced(self, fact: Fact, data: Traced) -> None:
        its = self.contact
        if its.status is not Status.LOST and not self._open(fact):
            return
        if its.person is not None and its.person != data.person:
            self._fault(fact, "person", "another_person")
            return
        self._with(person=data.person, traced_at=its.traced_at or _at(fact), status=Status.OBSERVING, ended_at=None,
                   reason=None)  # fmt: skip

    def _during(self, fact: Fact) -> None:
        """What is recorded of a contact under observation."""
        its, at = self.contact, _at(fact)
        match fact.data:
            case Informed():
                if its.person is None:
                    self._fault(fact, "person", "nobody_known")
                else:  # who was told was found
                    traced = its.traced_at or at
                    self._with(informed_at=its.informed_at or at, traced_at=traced, status=Status.OBSERVING)
            case Judged(close=close):
                self._with(judged=close)
            case Referred():
                if its.traced_at is None:
                    self._fault(fact, "kind", "not_traced")
                else:
                    self._with(referred_at=at)
            case Shortened(due=due):
                self._shortened(fact, due)
            case HandedOver(to=to):
                if to == its.area:
                    self._fault(fact, "to", "same_area")
                else:
                    self.owners.add(to)
                    self._with(area=to)

    def _shortened(self, fact: Fact, due: date) -> None:
        its = self.contact
        holds, by_rule = its.due, its.due_by_rule
        if holds is None or by_rule is None:
            self._fault(fact, "due", "no_due")
        elif due >= holds:
            self._fault(fact, "due", "not_shorter", due=holds)
        elif due < by_rule:
            self._fault(fact, "due", "too_short", due=by_rule)
        else:  # what was said before counts no longer for the last day, unless it stands
            told = tuple(one if one.stands else one._replace(due=None) for one in its.exposures)
            self._with(shortened=due, exposures=told)

    def _converted(self, fact: Fact, data: Converted) -> None:
        its = self.contact
        if its.case is not None:
            if its.case != data.case:
                self._fault(fact, "case", "became_another", what=its.case)
            return
        self._with(case=data.case, status=Status.CONVERTED, ended_at=_at(fact), reason=None,
                   traced_at=its.traced_at or _at(fact))  # fmt: skip

    def _released(self, fact: Fact, data: Released) -> None:
        its, at = self.contact, _at(fact)
        if not self._open(fact):
            return
        if data.reason is Release.COMPLETED and its.traced_at is None:
            self._fault(fact, "reason", "not_traced")
        elif data.reason is Release.COMPLETED and (its.due is None or at < release_from(its.due)):
            self._fault(fact, "observed_at", "too_early", due=its.due)
        elif data.reason is Release.NOT_CLOSE and its.observed:
            self._fault(fact, "reason", "still_close")
        elif data.reason is Release.TRANSFERRED_OUT and data.to is None:
            self._fault(fact, "to", "no_destination")
        else:
            self._with(status=ENDS[data.reason], ended_at=at, reason=data.reason, to=data.to)


def _at(fact: Fact) -> datetime:
    return folding_order(fact)[0]
