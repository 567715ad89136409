"""Contacts whom nobody has found: in no household's record and in no check a day after they were known (QA-02)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.contacts import queries
from lianfang.capabilities.contacts.facts import Checked, Released, Traced
from lianfang.capabilities.screening.facts import MemberJoined
from lianfang.capabilities.tasks.facts import Attempt
from tests.contacts.world import FOREIGN, append, at, entered, expose, fact, on, report, tracer

DAY = timedelta(hours=24)


def missed(until: Any, who: Any = None) -> dict[UUID, Any]:
    told = queries.obligations(who or tracer(), at(1), until)
    return {one.subject: one for one in told if one.rule == "contact.find"}


def checked(contact: UUID, outcome: str) -> Checked:
    return Checked(
        day=on(26), half="am", by="worker", outcome=Attempt(outcome), temp_c=36.5 if outcome == "seen_well" else None
    )


@pytest.fixture
def known(database: Database) -> tuple[UUID, UUID]:
    """A contact who was traced on the 25th at nine, and the person."""
    person = entered()
    made = expose(report(at(24)), on(24), at(25), person=person)
    return made.contact, person


def test_whoever_is_in_no_record_after_a_day_is_on_the_list_at_once_late(known: tuple[UUID, UUID]) -> None:
    contact, person = known
    assert missed(at(25) + DAY) == {}
    one = missed(at(25) + DAY + timedelta(seconds=1))[contact]
    assert (one.begins, one.due, one.person, one.done_at, one.lapses) == (
        at(25) + DAY,
        at(25) + DAY,
        person,
        None,
        None,
    )
    assert missed(at(28), tracer(FOREIGN)) == {}


@pytest.mark.parametrize(("outcome", "found"), [("seen_well", True), ("seen_unwell", True), ("not_found", False)])
def test_who_was_seen_is_found_and_who_was_looked_for_in_vain_is_not(
    known: tuple[UUID, UUID], outcome: str, found: bool
) -> None:
    contact, _ = known
    append([fact(checked(contact, outcome), contact, at(26))])
    assert (missed(at(29)) == {}) is found
    later = {one.subject for one in queries.obligations(tracer(), at(28), at(29)) if one.rule == "contact.find"}
    assert (later == set()) is found, "also where only the last days are asked about"


def test_a_record_at_a_door_of_another_county_counts(known: tuple[UUID, UUID]) -> None:
    _, person = known
    append([fact(MemberJoined(person=person), uuid4(), at(26), FOREIGN)], tracer(FOREIGN))
    assert missed(at(29)) == {}


def test_whose_observation_is_over_is_not_looked_for(known: tuple[UUID, UUID]) -> None:
    contact, _ = known
    append([fact(Released(reason="lost"), contact, at(27))])
    assert missed(at(29)) == {}


def test_of_whom_nobody_knows_where_tracing_is_what_is_asked_for(database: Database) -> None:
    person = entered()
    made = expose(report(at(24)), on(24), at(25), person=person, traced=False)
    assert missed(at(29)) == {}
    append([fact(Traced(person=person), made.contact, at(28))])
    assert missed(at(29)) == {} and set(missed(at(30))) == {made.contact}
