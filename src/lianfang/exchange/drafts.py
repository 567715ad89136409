"""A row as facts that may be recorded, before anything is. Pure: ids follow from the list and the row, so that a list
that was cut short can be run again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.exchange.dates import Span
from lianfang.exchange.faults import Fault, fault
from lianfang.facts.fact import Days, Fact, FactData, canonical
from lianfang.facts.kinds import registry
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, profile, profiles

ZONE: Final = timezone(timedelta(hours=8))
NOON: Final = time(12)
"""What is told by the day alone stands at noon of that day; several things of one row, a second apart."""


@dataclass(slots=True)
class Draft:
    """What a row comes to. ``named``: whether the vault is to hold who it is. Its facts are of ``subject`` and
    ``person``, also where these turn out to be others than the row's own. Packed, they take a fifth of the memory."""

    row: int
    subject: UUID
    area: str
    disease: str = ""
    number: str = ""
    person: UUID | None = None
    named: bool = False
    faults: list[Fault] = field(default_factory=list)
    onset: Span | None = None
    infected_by: Any = None
    linked_to: Any = None
    count: int = 0
    _made: list[Fact] = field(default_factory=list)
    _packed: tuple[bytes, ...] = ()

    @property
    def facts(self) -> list[Fact]:
        """What is to be recorded, ``count`` facts."""
        return [self._own(fact) for fact in ([registry().read(one) for one in self._packed] or self._made)]

    @facts.setter
    def facts(self, made: list[Fact]) -> None:
        self._made, self._packed, self.count = made, (), len(made)

    def pack(self) -> None:
        """Keeps the facts as bytes until they are asked for."""
        if self._made:
            self._packed, self._made = tuple(map(canonical, self._made)), []

    def _own(self, fact: Fact) -> Fact:
        """A fact of the subject and the person that the row is about by now."""
        changed: dict[str, Any] = {} if fact.subject == self.subject else {"subject": self.subject}
        of_person = self.person is not None and "person" in type(fact.data).model_fields
        if of_person and fact.data.person != self.person:  # type: ignore[attr-defined]  # it has the field
            changed["data"] = fact.data.model_copy(update={"person": self.person})
        return fact.model_copy(update=changed) if changed else fact

    @property
    def good(self) -> bool:
        return all(one.note for one in self.faults)


class Maker:
    """Makes the facts of one row, each with the id that its place gives it; none of them after ``until``, when the list
    was sent: what is of that day stands in the last minute before it."""

    def __init__(self, listed: UUID, row: int, subject: UUID, area: str, until: datetime | None = None) -> None:
        self.listed, self.row, self.subject, self.area, self.until = listed, row, subject, area, until
        self.made: list[Fact] = []

    def add(self, data: FactData, day: date | datetime, order: int, *, subject: UUID | None = None) -> Fact:
        """A fact of a day, ``order`` seconds after its noon; or of a time, as it is."""
        at = day if isinstance(day, datetime) else self._noon(day) + timedelta(seconds=order)
        id = id_of(self.listed, self.row, f"{data.kind}.{len(self.made)}")
        fact = Fact.of(data, id=id, subject=subject or self.subject, area=self.area, observed_at=at)
        self.made.append(fact)
        return fact

    def _noon(self, day: date) -> datetime:
        noon = datetime.combine(day, NOON, ZONE)
        if self.until is None or day != self.until.astimezone(ZONE).date():
            return noon
        return min(noon, self.until - timedelta(minutes=1))


def id_of(listed: UUID, row: int, what: str) -> UUID:
    """The id of a thing that a row makes: the same however often the list is run."""
    return uuid5(listed, f"{row}|{what}")


def days(span: Span, end: date) -> Days:
    """A span as facts have it; an open end is ``end``, or the beginning where that is later."""
    assert span.earliest is not None
    return Days(earliest=span.earliest, latest=span.latest or max(end, span.earliest))


@lru_cache(4096)
def edition_on(disease: str, day: date, area: str) -> Edition | None:
    """The edition in force; before there was one, the first of all: whoever was found before it was judged by it later.
    None after the last one has ended."""
    known = profile(disease)
    try:
        return known.in_force(day, area)
    except NoEdition:
        first = min((one for one in known.editions if not one.area), key=lambda one: (one.begins, one.code))
        return first if day < first.begins else None


def disease_fault(row: int, disease: str) -> Fault | None:
    """What is wrong with the code of a disease."""
    try:
        profile(disease)
    except NoProfile:
        return fault(row, "disease", "no_disease", known=", ".join(one.code for one in profiles()))
    return None
