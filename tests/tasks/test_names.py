"""Whom a task of one's own is about: name, phone and address of exactly these people, until the task is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import fields
from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.identity import service as vault
from tests.access.made import OWN, viewer
from tests.checkpoints.desk import NOW, OTHER, WORKER, Desk, employed
from tests.record.trial.obligations import TOLD
from tests.tasks.test_lists import DAY, HOUR, due, of, path

STAFF = viewer("station_staff", author="staff-1")
KEPT = {"name": "观察者", "phones": ["13800138000"], "address": "翠湖南路8号"}
SECRET = ("E12345678", "1980-01-01", "contact", '"case"', "isolation")
"""What else is held of the person: document, birth date, and why."""


@pytest.fixture(autouse=True)
def nothing_told() -> Iterator[None]:
    TOLD.clear()
    yield
    TOLD.clear()


def observed(area: str = OWN) -> UUID:
    """Somebody who is held as a contact alone, and as a case."""
    id, who = uuid4(), viewer("epidemiologist", area)
    papers = [{"kind": "passport", "number": "E12345678", "country": "CHN"}]
    sent = {**KEPT, "id": str(id), "birth_date": "1980-01-01", "documents": papers, "area": area}
    assert vault.enter(who, [(1, {**sent, "data_class": "contact"})], now=NOW).faults == []
    vault.hold(who, id, {"area": area, "data_class": "case"}, now=NOW)
    return id


def person_of(data_class: str) -> UUID:
    id = uuid4()
    sent = {**KEPT, "id": str(id), "area": OWN, "data_class": data_class}
    assert vault.enter(viewer("grid_worker"), [(1, sent)], now=NOW).faults == []
    return id


def look(desk: Desk, one: Obligation, who: Viewer = WORKER, purpose: str = "follow_up") -> Any:
    """Who a task is about, as somebody is told."""
    asked = {"tasks": [{"id": str(one.task), "of": str(one.subject)}], "purpose": purpose}
    return desk.ok("/tasks/people", asked, who)["people"]


def looks() -> list[Any]:
    """The looks on record of which somebody was shown."""
    return [entry.fact.data for entry in log.read(kinds=["identity.shown"]) if entry.fact.data.people]


def test_who_checks_somebody_is_told_name_phone_and_address_and_nothing_else(desk: Desk) -> None:
    person = observed()
    one = due(person=person)
    shown = look(desk, one)
    assert list(shown) == [str(person)]
    told = shown[str(person)]
    assert {name: value for name, value in told["fields"].items() if value is not None} == KEPT
    assert (told["holdings"], told["texts"], told["masked"]) == ([], [], [])
    assert set(told["hidden"]) == {"document", "birth_date"}
    assert not [word for word in SECRET if word in str(told).replace("birth_date", "")]
    (on_record,) = looks()
    assert (set(on_record.fields), on_record.purpose, on_record.role) == (
        {"name", "phone", "address"}, "follow_up", "grid_worker",
    )  # fmt: skip


def test_nobody_elses_and_not_by_another_way(desk: Desk) -> None:
    person, other = observed(), observed()
    one, foreign = due(person=person), due(person=observed(OTHER), area=OTHER)
    elsewhere = due("case.investigate", person=other)  # not what the role does
    for not_mine in (foreign, elsewhere):
        assert look(desk, not_mine) == {}
    listed = desk.ok("/people/list", {"purpose": "follow_up"}, WORKER)
    assert (listed["people"], listed["total"]) == ([], 0)
    assert desk.post(f"/people/{person}/card", {"purpose": "follow_up"}, WORKER).status_code == 404
    asked = {"tasks": [{"id": str(one.task), "of": str(one.subject)}], "purpose": ""}
    assert desk.wrong("/tasks/people", asked, WORKER) == [("purpose", "missing")]
    assert desk.wrong("/tasks/people", {**asked, "purpose": "treatment"}, WORKER) == [("purpose", "not_yours")]
    for role in ("volunteer_coordinator", "counsellor", "inspector"):
        answer = desk.post("/tasks/people", {**asked, "purpose": "follow_up"}, viewer(role))
        assert KEPT["name"] not in answer.content.decode(), role
    assert looks() == []


def test_what_somebody_else_was_given_is_not_ones_own(desk: Desk) -> None:
    one = due(person=observed())
    first, second = employed("grid_worker", name="first"), employed("grid_worker", name="second")
    desk.ok(path(one, "assign"), of(one, to=first))
    assert look(desk, one, viewer("grid_worker", author=first))
    assert look(desk, one, viewer("grid_worker", author=second)) == {}
    desk.now += HOUR / 2
    desk.ok(path(one, "assign"), of(one, to=second))
    assert look(desk, one, viewer("grid_worker", author=first)) == {}
    assert look(desk, one, viewer("grid_worker", author=second))


def test_nobody_is_charged_with_whom_he_names_himself(desk: Desk) -> None:
    """Who visits says who was unwell, who asks says for whom: such a task opens nobody whom the role does not meet."""
    assert look(desk, due("screening.dispose", person=observed())) == {}
    need, staff = due("need.meet", person=observed()), employed("station_staff")
    desk.ok(path(need, "assign"), of(need, to=staff))
    assert look(desk, need, viewer("station_staff", author=staff)) == {}
    assert looks() == []
    met = person_of("screening")
    assert list(look(desk, due("screening.dispose", person=met))) == [str(met)], "whom the role meets it is told of"


def test_station_staff_are_told_only_of_what_they_were_given(desk: Desk) -> None:
    one, staff = due(person=observed()), employed("station_staff")
    assert look(desk, one, STAFF) == {}, "that a check lies in the county makes nobody the station's"
    desk.ok(path(one, "assign"), of(one, to=staff))
    assert look(desk, one, viewer("station_staff", author=staff))


def test_it_ends_with_the_task(desk: Desk) -> None:
    one = due(person=observed(), lapses=NOW + DAY)
    assert look(desk, one)
    TOLD[:] = [one._replace(done_at=NOW - HOUR / 2)]
    assert look(desk, one) == {}, "done"
    TOLD[:] = [one._replace(done_at=NOW - HOUR / 2), one._replace(slot="next", begins=NOW + 6 * HOUR)]
    assert look(desk, one), "and to be seen again within a day"
    TOLD[:] = [one]
    desk.now += 2 * DAY
    assert look(desk, one) == {}, "lapsed"
    TOLD[:] = []
    assert look(desk, one) == {}, "the observation is over"


def test_who_meets_the_person_anyhow_sees_what_the_role_sees(desk: Desk) -> None:
    person = observed()
    told = look(desk, due(person=person), viewer("epidemiologist"))[str(person)]
    assert told["fields"]["documents"] and {one["data_class"] for one in told["holdings"]} == {"contact", "case"}


def test_the_classes_are_those_of_the_matrix() -> None:
    for who in (WORKER, STAFF):
        assert set(fields(who, "people.charged")) == {"name", "phone", "address"}
