"""How contacts are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lianfang.accounts.refused import Wrong
from lianfang.accounts.roster import names_of
from lianfang.capabilities.contacts.api.forms import (
    ContactCardOut,
    ContactEntryOut,
    ContactFaultOut,
    ContactLineOut,
    ContactOut,
    ContactPartOut,
    ContactPersonOut,
    ContactProposalOut,
    ContactStateOut,
    ContactTallyOut,
    ContactToldOut,
    ContactWrongOut,
    DayOut,
    HalfOut,
    SourceOut,
    ToCheckOut,
)
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.queries.board import Line
from lianfang.capabilities.contacts.queries.card import Card
from lianfang.capabilities.contacts.queries.days import Day
from lianfang.capabilities.contacts.rules.counting import Tally
from lianfang.capabilities.contacts.rules.observing import completeness
from lianfang.capabilities.contacts.rules.proposals import Proposal
from lianfang.capabilities.contacts.state.contact import Contact, Status, release_from
from lianfang.identity.queries import Person

_FACT_FIELDS = {"id", "kind", "area", "observed_at", "author", "corrects", "cause"}


def state(contact: Contact) -> ContactStateOut:
    """Where a contact stands."""
    return ContactStateOut(**_state(contact))


def _state(its: Contact | ContactRow) -> dict[str, Any]:
    return {
        "contact": its.subject,
        "status": its.status,
        "close": its.close,
        "observed": its.observed,
        "due": its.due,
        "release_from": release_from(its.due) if its.due else None,
        "case": its.case,
    }


def line(row: ContactRow, now: datetime) -> ContactOut:
    """A line of a list."""
    age = (now - row.registered_at).total_seconds() / 3600 if row.status == Status.TO_TRACE else None
    named = {
        name: getattr(row, name)
        for name in ContactOut.model_fields
        if name not in ("contact", "release_from", "owner", "age_hours", "faults", "case")
    }
    return ContactOut(
        **{**named, **_state(row)}, owner=row.author, faults=len(row.faults),
        age_hours=None if age is None else round(max(age, 0), 1),
    )  # fmt: skip


def of_contact(its: Contact, now: datetime) -> ContactOut:
    """A line of what was folded for one card."""
    exposures = [told.exposure for told in its.standing]
    row = ContactRow(
        **{name: getattr(its, name) for name in _SAME},
        settings=sorted({one.setting for one in exposures}),
        conveyances=sorted({one.conveyance for one in exposures if one.conveyance}),
        first_exposed=min(one.last for one in exposures),
        last_exposed=max(one.last for one in exposures),
        exposures=len(exposures),
        faults=list(its.faults),
    )
    return line(row, now)


_SAME = (
    "subject", "area", "author", "disease", "edition", "person", "number", "batch", "status", "close", "observed",
    "registered_at", "traced_at", "informed_at", "referred_at", "ended_at", "reason", "to", "case", "due",
    "due_by_rule", "disputed",
)  # fmt: skip


def days(found: Iterable[Day]) -> list[DayOut]:
    return [
        DayOut(
            day=one.day,
            number=one.number,
            halves=[
                HalfOut(
                    half=half.half, cell=half.cell, temp_c=half.check.temp_c if half.check else None,
                    symptoms=list(half.check.symptoms) if half.check else [], at=half.check.at if half.check else None,
                    late=half.late,
                )
                for half in one.halves
            ],
        )
        for one in found
    ]  # fmt: skip


def lines(found: Iterable[Line], now: datetime) -> list[ContactLineOut]:
    return [ContactLineOut(contact=line(one.contact, now), days=days(one.days)) for one in found]


def to_check(found: Iterable[Line], day: date) -> list[ToCheckOut]:
    """Whom to check on a day."""
    return [
        ToCheckOut(
            contact=one.contact.subject, person=one.contact.person, area=one.contact.area, due=one.contact.due,
            halves=[half for its in days(one.days) if its.day == day for half in its.halves],
        )
        for one in found
    ]  # fmt: skip


def proposals(found: Iterable[Proposal]) -> list[ContactProposalOut]:
    return [ContactProposalOut(what=one.what, due=one.due, cases=list(one.cases)) for one in found]


def people(found: Mapping[UUID, Person]) -> list[ContactPersonOut]:
    """The people of a page, as far as the viewer may see them, by the ids that contacts have."""
    return [
        ContactPersonOut(id=id, shown=dict(one.shown), masked=list(one.masked), hidden=list(one.hidden))
        for id, one in found.items()
    ]


def wrong(found: Iterable[Wrong]) -> list[ContactWrongOut]:
    return [ContactWrongOut(**one._asdict()) for one in found]


def card(found: Card, now: datetime) -> ContactCardOut:
    its = found.contact
    due, seen = completeness(half.cell for day in found.days for half in day.halves)
    return ContactCardOut(
        contact=of_contact(its, now),
        exposures=[
            ContactToldOut(
                fact=told.fact, at=told.at, exposure=told.exposure, edition=told.edition, due=told.due,
                close=told.close,
                source=_source(found, told.exposure.source),
            )
            for told in its.standing
        ],
        days=days(found.days),
        slots_due=due,
        slots_seen=seen,
        slots_late=sum(half.late for day in found.days for half in day.halves),
        proposals=proposals(found.proposals),
        faults=[ContactFaultOut(**one._asdict()) for one in its.faults],
        timeline=[
            ContactEntryOut(
                seq=entry.seq, received_at=entry.received_at, stands=entry.fact.id in found.stands,
                data=entry.fact.data.model_dump(mode="json"),
                **{name: getattr(entry.fact, name) for name in _FACT_FIELDS},
            )
            for entry in found.entries
        ],
        names=names_of(entry.fact.author for entry in found.entries),
    )  # fmt: skip


def _source(found: Card, case: object) -> SourceOut | None:
    its = next((one for one in found.sources.values() if one.case == case), None)
    if its is None:
        return None
    return SourceOut(case=its.case, number=its.number, as_class=its.as_class, outside_window=its.outside)


def part(area: str, stock: Tally, flows: dict[str, int] | None) -> ContactPartOut:
    return ContactPartOut(area=area, stock=tally(stock), flows=flows)


def tally(its: Tally) -> ContactTallyOut:
    return ContactTallyOut(
        registered=its.traced + its.to_trace + its.untraced_ended, traced=its.traced, to_trace=its.to_trace,
        untraced_ended=its.untraced_ended, moved_out=its.moved_out, holds=its.holds, **its.stocks,
    )  # fmt: skip
