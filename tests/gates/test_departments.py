"""Each department sees its own stations alone, and what is to be done there; a county sees those that lie in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianfang.access.rows import seeing_all
from lianfang.capabilities.gates.models import DepartmentRow
from lianfang.capabilities.gates.queries import obligations
from tests.access.made import FOREIGN, viewer
from tests.gates.made import NOW, OFFICER, STRANGER, WUHUA, Clock, Desk, meet

RAILWAY = viewer("responding_department", author="railway")
RAIL_STAFF = viewer("checkpoint_staff", author="rail-staff")
ALL = ("railway", "aviation", "transport", "customs")


@pytest.fixture
def stations(desk: Desk, at: Clock) -> dict[str, str]:
    """A station of each department, in one county, and a road's point of the county's own."""
    made = {
        one: desk.done(
            "/posts",
            {
                "name": f"{one} station", "kind_of": "station", "department": one, "place_type": "railway_station",
                "town": WUHUA, "lead": "lead",
            },
        )["id"]
        for one in ALL
    }  # fmt: skip
    road = {"name": "road", "place_type": "road_gate", "town": WUHUA, "lead": "lead"}
    return {**made, "": desk.done("/posts", road)["id"]}


def seat(desk: Desk, account: str, department: str = "railway", who: Any = OFFICER, area: str = WUHUA) -> None:
    desk.done("/posts/departments", {"account": account, "department": department, "area": area}, who)


def shown(desk: Desk, who: Any) -> set[str | None]:
    return {one["department"] for one in desk.seen("/posts", who)["posts"]}


def tasks(who: Any, at: Clock) -> set[Any]:
    found = obligations(who, at.now - timedelta(days=1), at.now + timedelta(hours=1))
    return {(one.rule, str(one.subject)) for one in found}


def test_the_county_sees_all_and_each_department_its_own(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    for one in ALL:
        seat(desk, one, one)
        assert shown(desk, viewer("responding_department", author=one)) == {one}
        assert desk.seen("/posts", OFFICER, department=one)["total"] == 1
    assert shown(desk, OFFICER) == {*ALL, None} and shown(desk, STRANGER) == set()


def test_a_seat_of_another_county_counts_for_nothing(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    seat(desk, "railway")
    seat(desk, "railway", "customs", STRANGER, FOREIGN)
    assert shown(desk, RAILWAY) == {"railway"}
    with seeing_all():
        rows = DepartmentRow.objects.values_list("area", "department").order_by("area")
        assert sorted(rows) == sorted([(WUHUA, "railway"), (FOREIGN, "customs")])
    assert (
        desk.post(
            "/posts/departments", {"account": "railway", "department": "customs", "area": WUHUA}, STRANGER
        ).status_code
        == 403
    )
    assert shown(desk, RAILWAY) == {"railway"}
    seat(desk, "railway", "customs")
    assert shown(desk, RAILWAY) == {"customs"}


def test_a_seat_of_another_county_given_first_hinders_nobody(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    seat(desk, "railway", "customs", STRANGER, FOREIGN)
    assert shown(desk, RAILWAY) == set()
    seat(desk, "railway")
    assert shown(desk, RAILWAY) == {"railway"}


def test_the_nearest_division_says_which_department(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    prefecture = viewer("county_duty_officer", "530100", author="prefecture")
    seat(desk, "railway", "aviation", prefecture, "530100")
    assert shown(desk, viewer("responding_department", author="railway")) == {"aviation"}
    seat(desk, "railway")
    assert shown(desk, RAILWAY) == {"railway"}


def test_nobody_of_a_department_writes_at_anothers_station(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    seat(desk, "railway")
    seat(desk, "rail-staff")
    during = {"begins": NOW, "ends": NOW + timedelta(hours=8), "staff": ["rail-staff"]}
    for one, id in stations.items():
        own = one == "railway"
        said = [desk.post(f"/posts/{id}/shifts", during, RAILWAY).status_code]
        said += [desk.post(f"/posts/{id}/encounters", {"temp_c": 36.5}, RAIL_STAFF).status_code]
        said += [desk.post(f"/posts/{id}/vehicles", {"vehicle_type": "car", "occupants": 1}, RAIL_STAFF).status_code]
        said += [desk.get(f"/posts/{id}", RAILWAY).status_code]
        assert said == [200 if own else 404] * 4, one
    assert desk.post(f"/posts/{stations['railway']}/close", {}, RAILWAY).status_code == 403


def test_nobody_of_a_department_sees_whom_anothers_station_met(desk: Desk, at: Clock, stations: dict[str, str]) -> None:
    seat(desk, "rail-staff")
    other = viewer("checkpoint_staff", author="customs-staff")
    met = meet(desk, stations["customs"], other)
    car = desk.done(f"/posts/{stations['customs']}/vehicles", {"vehicle_type": "car", "occupants": 1}, other)
    assert desk.seen(f"/posts/{stations['customs']}/vehicles", other)
    assert desk.seen(f"/posts/{stations['customs']}/vehicles", RAIL_STAFF) == []
    assert desk.post(f"/vehicles/{car['id']}/pass", {}, RAIL_STAFF).status_code == 404
    assert desk.post(f"/encounters/{met['id']}/hold", {}, RAIL_STAFF).status_code == 404


def test_what_is_to_be_done_is_told_to_the_department_whose_station_it_is(
    desk: Desk, at: Clock, stations: dict[str, str]
) -> None:
    desk.done("/posts/notices", {"title": "测温", "text": "逢人必测", "posts": list(stations.values())})
    finding = {"mode": "phone", "findings": [{"item": "unstaffed"}]}
    for id in stations.values():
        desk.done("/inspections", {**finding, "post": id}, OFFICER)
    at.on(13)
    assert tasks(RAILWAY, at) == set()
    seat(desk, "railway")
    railway = stations["railway"]
    its = {("post.staff", railway), ("post.treat", railway)}
    its |= {("post.notice", one["id"]) for one in desk.seen("/posts/notices", post=railway)}
    its |= {("gate.rectify", one["id"]) for one in desk.seen("/inspections", post=railway)["inspections"]}
    assert len(its) == 4 and tasks(RAILWAY, at) == its
    assert {one for _, one in tasks(OFFICER, at)} >= set(stations.values())
