"""Volunteers, teams, shifts, rotas and staff over HTTP: what is kept where, what is scarce, what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.app.api import api
from lianfang.capabilities.mobilisation.models import DutyRow
from lianfang.capabilities.mobilisation.service import shifts
from lianfang.facts.kinds import registry
from lianfang.facts.rebuild import assert_incremental_equals_refold
from lianfang.identity.models import Holding
from tests.access.made import FOREIGN, OWN, viewer
from tests.isolation.made import NOW, Clock, Desk
from tests.isolation.test_claims import at_once
from tests.mobilisation.test_calls import BUREAU, COORDINATOR, OFFICER, a_call, the

COMMUNITY, NEXT_DOOR = "530102001001", "530102001002"
CONSENT = "2020-01-28"


def a_volunteer(desk: Desk, area: str = COMMUNITY, who: Viewer = COORDINATOR, **other: Any) -> str:
    body = {"id": str(uuid4()), "area": area, "name": "某某", "phone": "13888880001", "consent": CONSENT, **other}
    return str(desk.done("/volunteers", body, who)["id"])


def a_shift(desk: Desk, area: str = COMMUNITY, **other: Any) -> list[str]:
    body = {
        "id": str(uuid4()), "area": area, "duty": "guard", "places": 1, "first": "2020-01-25", "since": "0800",
        "until": "1600", **other,
    }  # fmt: skip
    return [str(one) for one in desk.done("/shifts", body, COORDINATOR)["ids"]]


def take(desk: Desk, shift: str, person: str) -> None:
    desk.done(f"/shifts/{shift}/act", {"act": "take", "person": person}, COORDINATOR)


def on(desk: Desk, shift: str, first: str = "2020-01-25", days: int = 14) -> list[str]:
    found = desk.get("/shifts", COORDINATOR, area=OWN, first=first, days=days).json()["shifts"]
    return [str(one) for one in next(one for one in found if one["id"] == shift)["people"]]


def volunteers(desk: Desk, who: Viewer = COORDINATOR, **other: Any) -> list[dict[str, Any]]:
    return list(desk.done("/volunteers/list", {"area": OWN, **other}, who)["volunteers"])


def test_a_name_is_in_the_vault_alone_and_shown_for_a_purpose(desk: Desk, at: Clock) -> None:
    id = a_volunteer(desk, skills=["driving"])
    (row,) = volunteers(desk)
    assert (row["id"], row["skills"], row["consent"], row["shown"]) == (id, ["driving"], CONSENT, {})
    (row,) = volunteers(desk, purpose="volunteering")
    assert row["shown"] == {"name": "某某", "phones": ["13888880001"]}
    assert desk.refused("/volunteers/list", {"area": OWN, "purpose": "treatment"}, COORDINATOR) == [
        ("purpose", "not_yours")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM fact WHERE convert_from(body, 'UTF8') LIKE ANY (ARRAY['%某某%', '%13888880001%'])"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"consent": "1999"}, ("consent", "unknown_word")),
        ({"skills": ["joy"]}, ("skills", "unknown_word")),
        ({"phone": "12"}, ("phone", "phone_length")),
    ],
)
def test_vol_12_without_a_known_consent_nobody_is_signed_up(
    desk: Desk, at: Clock, other: dict[str, Any], wrong: tuple[str, str]
) -> None:
    body = {"id": str(uuid4()), "area": COMMUNITY, "name": "某某", "phone": "13888880001", "consent": CONSENT, **other}
    found = desk.refused("/volunteers", body, COORDINATOR)
    assert found[0][0] == wrong[0] and volunteers(desk) == []
    without = {name: value for name, value in body.items() if name != "consent"}
    assert desk.post("/volunteers", without, COORDINATOR).status_code == 422


def test_who_withdraws_has_no_duty_any_more_and_is_erased_in_time(desk: Desk, at: Clock) -> None:
    id = a_volunteer(desk)
    past, coming = a_shift(desk, first="2020-01-24", since="1200", until="1300"), a_shift(desk)
    take(desk, past[0], id)
    take(desk, coming[0], id)
    at.on(10)
    desk.done(f"/volunteers/{id}/withdraw", {}, COORDINATOR)
    assert on(desk, coming[0]) == [] and on(desk, past[0], first="2020-01-24") == [id]
    assert volunteers(desk) == []
    again = {"act": "take", "person": id}
    assert desk.refused(f"/shifts/{coming[0]}/act", again, COORDINATOR) == [("person", "withdrawn")]
    with seeing_all():
        (held,) = Holding.objects.filter(subject=id, data_class="volunteer")
    assert held.ends is not None and (held.due - held.ends).days == 30
    assert desk.refused(f"/volunteers/{id}/withdraw", {}, COORDINATOR) == [("person", "withdrawn")]
    a_volunteer(desk, id=id)
    assert [one["id"] for one in volunteers(desk)] == [id]


def test_vol_07_nobody_is_on_two_shifts_and_rest_is_kept(desk: Desk, at: Clock) -> None:
    id = a_volunteer(desk)
    night = a_shift(desk, first="2020-01-25", since="2000", until="0400")[0]
    take(desk, night, id)
    for area, first, since, until in (
        (COMMUNITY, "2020-01-25", "1400", "2100"),
        (NEXT_DOOR, "2020-01-26", "0200", "0900"),
        (NEXT_DOOR, "2020-01-26", "1130", "1700"),
    ):
        other = a_shift(desk, area, first=first, since=since, until=until)[0]
        body = {"act": "take", "person": id}
        assert desk.refused(f"/shifts/{other}/act", body, COORDINATOR) == [("person", "too_near")]
    rested = a_shift(desk, first="2020-01-26", since="1200", until="1700")[0]
    take(desk, rested, id)
    assert on(desk, rested) == [id]


def test_fifty_take_the_last_place_and_one_has_it(desk: Desk, at: Clock) -> None:
    (shift,) = a_shift(desk)
    people = [UUID(a_volunteer(desk)) for _ in range(10)]

    def taking(person: UUID) -> Any:
        return lambda: shifts.act(COORDINATOR, UUID(shift), "take", person=person, now=NOW)

    told = at_once(*(taking(people[n % 10]) for n in range(50)))
    assert told.count("done") == 1 and set(told) <= {"done", "full", "again"}
    assert len(on(desk, shift)) == 1
    assert_incremental_equals_refold()


def test_a_week_is_planned_proposed_changed_by_hand_and_confirmed_once(desk: Desk, at: Clock) -> None:
    people = [a_volunteer(desk) for _ in range(4)]
    days = a_shift(desk, days=7, places=2)
    ask = {"area": OWN, "first": "2020-01-25", "days": 7}
    plan = desk.done("/rota/propose", ask, COORDINATOR)
    assert (plan["filled"], plan["places"], plan["gap"]) == (14, 14, 0) and plan["longest"] == 32
    lines = [{"shift": one["shift"], "proposed": one["people"], "people": one["people"]} for one in plan["lines"]]
    lines[0]["people"] = [next(one for one in people if one not in lines[0]["people"])]
    body = {"id": str(uuid4()), "lines": lines}
    assert desk.done("/rota/confirm", body, COORDINATOR) == {"given": 13}
    assert desk.done("/rota/confirm", body, COORDINATOR) == {"given": 0}
    assert on(desk, days[0]) == lines[0]["people"]
    assert desk.refused("/rota/confirm", {**body, "id": str(uuid4())}, COORDINATOR) == [("person", "too_near")]
    full = {"id": str(uuid4()), "lines": [{**lines[1], "people": [a_volunteer(desk)]}]}
    assert desk.post("/rota/confirm", full, COORDINATOR).status_code == 409
    left = desk.done("/rota/propose", ask, COORDINATOR)
    assert (left["filled"], left["places"]) == (1, 1)


def test_what_was_changed_by_hand_is_checked_as_a_whole(desk: Desk, at: Clock) -> None:
    one, other = a_volunteer(desk), a_volunteer(desk, skills=["driving"])
    first, second = a_shift(desk)[0], a_shift(desk, NEXT_DOOR, skill="driving")[0]

    def confirm(*lines: tuple[str, str]) -> Any:
        told = [{"shift": shift, "proposed": [], "people": [person]} for shift, person in lines]
        return desk.refused("/rota/confirm", {"id": str(uuid4()), "lines": told}, COORDINATOR)

    assert confirm((first, other), (second, other)) == [("person", "too_near")]
    assert confirm((second, one)) == [("person", "not_able")]
    assert confirm((first, str(uuid4()))) == [("person", "not_signed_up")]
    assert on(desk, first) == [] == on(desk, second)


def test_a_shift_is_taken_back_given_up_and_cancelled(desk: Desk, at: Clock) -> None:
    id, (shift,) = a_volunteer(desk), a_shift(desk)
    fact = desk.done(f"/shifts/{shift}/act", {"act": "take", "person": id}, COORDINATOR)["id"]
    desk.done(f"/shifts/{shift}/retract", {"taken": fact, "why": "mistaken"}, COORDINATOR)
    assert on(desk, shift) == []
    take(desk, shift, id)
    desk.done(f"/shifts/{shift}/act", {"act": "give_up", "person": id}, COORDINATOR)
    desk.done(f"/shifts/{shift}/act", {"act": "cancel"}, COORDINATOR)
    body = {"act": "take", "person": id}
    assert desk.refused(f"/shifts/{shift}/act", body, COORDINATOR) == [("shift", "cancelled")]


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"zone": "Europe/Berlin", "first": "2020-03-29", "since": "0230"}, ("since", "no_such_time")),
        ({"zone": "Nowhere/Here"}, ("zone", "unknown_zone")),
        ({"since": "0800", "until": "0700"}, ("until", "too_long")),
        ({"duty": "joy"}, ("duty", "unknown_word")),
    ],
)
def test_a_shift_that_cannot_be_is_refused(
    desk: Desk, at: Clock, other: dict[str, Any], wrong: tuple[str, str]
) -> None:
    body = {"id": str(uuid4()), "area": COMMUNITY, "duty": "guard", "places": 1, "first": "2020-01-25",
            "since": "0800", "until": "1600", **other}  # fmt: skip
    assert desk.refused("/shifts", body, COORDINATOR) == [wrong]


def test_a_night_over_the_end_of_summer_time_is_an_hour_longer(desk: Desk, at: Clock) -> None:
    (shift,) = a_shift(desk, zone="Europe/Berlin", first="2020-10-24", since="2200", until="0600")
    with seeing_all():
        take(desk, shift, a_volunteer(desk))
        (duty,) = DutyRow.objects.filter(subject=shift)
    assert duty.ends - duty.starts == timedelta(hours=9)


def test_vol_08_who_is_on_duty_more_than_seven_days_in_a_row_is_warned_of(desk: Desk, at: Clock) -> None:
    id, rested = a_volunteer(desk), a_volunteer(desk)
    days = a_shift(desk, days=9, places=2)
    for shift in days:
        take(desk, shift, id)
    take(desk, days[0], rested)
    at.on(24 * 7)  # the 31st, 10:00: the seventh day has begun
    first, _ = volunteers(desk)
    assert (first["id"], first["days"], first["warned"]) == (id, 7, False)
    at.on(24)
    first, second = volunteers(desk)
    assert (first["id"], first["days"], first["warned"]) == (id, 8, True)
    assert (second["days"], second["warned"]) == (0, False)
    assert first["hours"] == 56  # of the first of the eight, what lies within the seven days


def test_matches_are_explained_confirmed_and_booked_once(desk: Desk, at: Clock) -> None:
    near, far = a_volunteer(desk, COMMUNITY), a_volunteer(desk, NEXT_DOOR)
    call = desk.done("/calls", a_call(area=COMMUNITY, heads=1), COORDINATOR)["id"]
    found = desk.get(f"/calls/{call}/matches", COORDINATOR).json()["matches"]
    assert [one["person"] for one in found] == [near, far] and found[0]["zh"].startswith("同社区")
    proposed = [one["person"] for one in found]
    body = {"proposed": proposed, "people": [far], "fact": str(uuid4())}
    for _ in range(2):  # sent again after a lost answer
        desk.done(f"/calls/{call}/send", body, COORDINATOR)
    assert the(desk, call)["coming"] == 1
    more = {"proposed": [], "people": [near]}
    assert desk.refused(f"/calls/{call}/send", more, COORDINATOR) == [("people", "too_many")]
    other = desk.done("/calls", a_call(area=COMMUNITY), COORDINATOR)["id"]
    assert desk.refused(f"/calls/{other}/send", {"proposed": [], "people": [far]}, COORDINATOR) == [
        ("person", "too_near")
    ]
    again = desk.get(f"/calls/{other}/matches", COORDINATOR).json()
    assert [one["person"] for one in again["matches"]] == [near] and again["left_out"]["too_near"] == 1


def test_vol_10_a_team_that_is_retasked_keeps_what_it_did(desk: Desk, at: Clock) -> None:
    body = {"id": str(uuid4()), "area": COMMUNITY, "zh": "先锋队", "function": "transport", "heads": 30,
            "qualifier": "at_least"}  # fmt: skip
    team, id = desk.done("/teams", body, COORDINATOR)["id"], a_volunteer(desk)
    desk.done(f"/teams/{team}/act", {"act": "join", "person": id}, COORDINATOR)
    at.on(1)
    desk.done(f"/teams/{team}/act", {"act": "task", "function": "emergency", "reason": "emergency"}, COORDINATOR)
    same = {"act": "task", "function": "emergency", "reason": "emergency"}
    assert desk.refused(f"/teams/{team}/act", same, COORDINATOR) == [("function", "no_change")]
    (row,) = desk.get("/teams", COORDINATOR, area=OWN).json()["teams"]
    assert [one["function"] for one in row["tasks"]] == ["transport", "emergency"] and row["function"] == "emergency"
    assert row["members"] == [id] and (row["heads"], row["qualifier"]) == (30, "at_least")
    desk.done(f"/teams/{team}/act", {"act": "dissolve"}, COORDINATOR)
    assert desk.refused(f"/teams/{team}/act", same, COORDINATOR) == [("team", "dissolved")]


def test_vol_04_three_thousand_two_hundred_teams_and_more_keep_their_qualifier(desk: Desk, at: Clock) -> None:
    desk.done("/teams/counts", {"area": OWN, "teams": 3200, "qualifier": "at_least"}, COORDINATOR)
    (told,) = desk.get("/teams", COORDINATOR, area=OWN).json()["told"]
    assert (told["teams"], told["qualifier"], told["function"]) == (3200, "at_least", "")


def test_vol_06_those_who_are_lent_are_summed_by_the_unit_that_lends_them(desk: Desk, at: Clock) -> None:
    def lent(unit: str, heads: int, area: str, first: str = "2020-01-20", last: str | None = None) -> str:
        body = {"id": str(uuid4()), "area": area, "unit": unit, "duty": "guard", "heads": heads, "first": first,
                "last": last}  # fmt: skip
        return str(desk.done("/secondments", body, COORDINATOR)["id"])

    tax = lent("税务局", 12, COMMUNITY)
    lent("税务局", 8, NEXT_DOOR)
    lent("教育局", 15, NEXT_DOOR)
    lent("教育局", 40, NEXT_DOOR, last="2020-01-22")
    lent("教育局", 40, NEXT_DOOR, first="2020-01-30")
    found = desk.get("/staff", COORDINATOR, area=OWN).json()
    assert found["by_unit"] == [{"unit": "税务局", "heads": 20}, {"unit": "教育局", "heads": 15}]
    assert found["seconded"] == 35 == sum(one["heads"] for one in found["by_unit"])
    assert desk.refused(f"/secondments/{tax}/end", {"last": "2020-01-19"}, COORDINATOR) == [
        ("last", "last_before_first")
    ]
    desk.done(f"/secondments/{tax}/end", {"last": "2020-01-23"}, COORDINATOR)
    assert desk.get("/staff", COORDINATOR, area=OWN).json()["seconded"] == 23


def test_vol_05_three_thousand_households_to_five_workers_is_six_hundred_and_red(desk: Desk, at: Clock) -> None:
    desk.done("/workload", {"area": COMMUNITY, "households": 3000, "workers": 5}, COORDINATOR)
    desk.done("/workload", {"area": NEXT_DOOR, "households": 3000, "workers": 10}, COORDINATOR)
    first, second = desk.get("/staff", COORDINATOR, area=OWN).json()["workloads"]
    assert (first["area"], first["ratio"], first["red"], first["missing"]) == (COMMUNITY, 600, True, 5)
    assert (second["ratio"], second["red"], second["missing"]) == (300, False, 0)
    lent = {
        "id": str(uuid4()),
        "area": COMMUNITY,
        "unit": "税务局",
        "duty": "visits",
        "heads": 5,
        "first": "2020-01-24",
    }
    desk.done("/secondments", lent, COORDINATOR)
    first = next(
        one for one in desk.get("/staff", COORDINATOR, area=OWN).json()["workloads"] if one["area"] == COMMUNITY
    )
    assert (first["ratio"], first["red"], first["seconded"]) == (300, False, 5)


def test_vol_08_what_those_on_duty_ask_for_is_settled(desk: Desk, at: Clock) -> None:
    body = {"id": str(uuid4()), "area": COMMUNITY, "category": "rest", "heads": 6, "urgent": True}
    desk.done("/staff-care", body, COORDINATOR)
    desk.done(f"/staff-care/{body['id']}/met", {"outcome": "given"}, COORDINATOR)
    (row,) = desk.get("/staff", COORDINATOR, area=OWN).json()["care"]
    assert row["outcome"] == "given" and row["met"] is not None
    assert desk.refused(f"/staff-care/{body['id']}/met", {"outcome": "given"}, COORDINATOR) == [("care", "met")]


def test_another_countys_hands_are_not_there(desk: Desk, at: Clock) -> None:
    id, (shift,) = a_volunteer(desk), a_shift(desk)
    stranger = viewer("volunteer_coordinator", FOREIGN, author="stranger")
    assert desk.post(f"/volunteers/{id}/withdraw", {}, stranger).status_code == 404
    assert desk.post(f"/shifts/{shift}/act", {"act": "cancel"}, stranger).status_code == 404
    assert volunteers(desk, stranger) == [] and desk.get("/teams", BUREAU, area=OWN).status_code == 403
    assert [one["id"] for one in volunteers(desk, OFFICER)] == [id]


POLITICAL = re.compile(
    r"(?i)political|party|party_member|ideolog|loyal|creed|religio|ethnic|hukou|政治|党员|党派|民族|宗教"
)


def test_vol_12_nothing_of_what_anybody_believes_has_a_field() -> None:
    """In no kind of fact, no table and no request or answer about volunteers, teams, rotas and calls."""
    of_ours = "lianfang.capabilities.mobilisation"
    names = {
        f"{cls.kind}.{field}"
        for cls in registry().classes.values()
        if cls.__module__.startswith(of_ours)
        for field in cls.model_json_schema()["properties"]
    }
    names |= {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_app_config("mobilisation").get_models()
        for field in model._meta.get_fields()
    }
    schema = api.get_openapi_schema()
    paths = [
        path
        for path, how in schema["paths"].items()
        if any("mobilisation" in (one.get("tags") or ()) for one in how.values())
    ]
    left = used_in({path: schema["paths"][path] for path in paths})
    seen = set[str]()
    while left:
        seen.add(name := left.pop())
        its = schema["components"]["schemas"][name]
        names |= {f"{name}.{field}" for field in its.get("properties", ())}
        left |= used_in(its) - seen
    assert len(paths) > 20 and len(names) > 150
    assert [name for name in sorted(names) if POLITICAL.search(name)] == []


def used_in(part: Any) -> set[str]:
    """The schemas that a part of the interface's description names."""
    return set(re.findall(r"#/components/schemas/(\w+)", repr(part)))
