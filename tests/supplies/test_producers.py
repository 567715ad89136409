"""Producers, hands, support, prices and projects through their routes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.mobilisation.facts.people import Function, TeamFormed, TeamJoined
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, NOW, OFFICER, OTHER, Desk, employed
from tests.supplies.shelves import CITY, DEPARTMENT, LOGISTICS, mask, new, producer

DAY = "2020-01-28"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_log_08_a_producer_goes_back_to_work_and_lacks_650_000_a_day(desk: Desk) -> None:
    item = mask()
    first, second = producer(desk, item), producer(desk, item, 10_000, name="二厂")
    desk.ok(f"/producers/{first}/work", {"fact": new(), "working": "full", "since": "2020-01-27"}, LOGISTICS)
    asked = {"fact": new(), "item": str(item), "since": DAY, "per_day": 700_000}
    desk.ok(f"/producers/{first}/demand", asked, LOGISTICS)
    desk.ok(f"/producers/{first}/output", {"fact": new(), "item": str(item), "day": DAY, "quantity": 48_000}, LOGISTICS)
    board = desk.read(f"/producers?area={CITY}", LOGISTICS)
    making = next(one for one in board["producers"] if one["id"] == first)["makes"][0]
    assert (making["gap"], making["made"]) == ({"gap": 650_000, "factor": 14.0}, {"day": DAY, "n": 48_000})
    assert (board["restart"]["share"], board["restart"]["most"], board["restart"]["silent"]) == (0.5, False, 1)
    desk.ok(f"/producers/{second}/work", {"fact": new(), "working": "part", "since": DAY}, LOGISTICS)
    board = desk.read(f"/producers?area={CITY}", LOGISTICS)
    assert board["restart"]["most"] is True
    assert [one["back"] for one in board["curve"][-3:]] == [0, 1, 2]  # by date: 26, 27 and 28 January


def test_log_02_five_producers_say_where_they_stand_and_what_they_make_is_a_series(desk: Desk) -> None:
    item = mask()
    said = {"一厂": "stopped", "二厂": "part", "三厂": "full", "四厂": "full", "五厂": None}
    ids = {name: producer(desk, item, name=name) for name in said}
    for name, working in said.items():
        if working:
            desk.ok(f"/producers/{ids[name]}/work", {"fact": new(), "working": working, "since": DAY}, LOGISTICS)
    for day, quantity in (("2020-01-26", 10_000), ("2020-01-27", 0), (DAY, 48_000)):
        told = {"fact": new(), "item": str(item), "day": day, "quantity": quantity}
        desk.ok(f"/producers/{ids['三厂']}/output", told, LOGISTICS)
    board = desk.read(f"/producers?area={CITY}", LOGISTICS)
    assert {one["name"]: one["working"] for one in board["producers"]} == said
    (making,) = next(one for one in board["producers"] if one["id"] == ids["三厂"])["makes"]
    assert [(one["day"], one["n"]) for one in making["output"]][-3:] == [
        ("2020-01-26", 10_000), ("2020-01-27", 0), (DAY, 48_000),
    ]  # fmt: skip
    assert (board["restart"]["back"], board["restart"]["of"], board["restart"]["most"]) == (3, 5, True)


def test_nobody_reports_what_is_not_made_or_lies_ahead_or_another_area(desk: Desk) -> None:
    item, id = mask(), ""
    id = producer(desk, item)
    output = {"fact": new(), "item": str(mask("other")), "day": DAY, "quantity": 1}
    assert desk.wrong(f"/producers/{id}/output", output, LOGISTICS) == [("item", "not_made")]
    output |= {"item": str(item), "day": "2020-01-29"}
    assert desk.wrong(f"/producers/{id}/output", output, LOGISTICS) == [("day", "in_future")]
    elsewhere = viewer("logistics_officer", OTHER)
    assert desk.post(f"/producers/{id}/output", output | {"day": DAY}, elsewhere).status_code == 404
    assert desk.read("/producers", elsewhere)["producers"] == []


def test_what_was_told_by_mistake_is_taken_back_where_it_was_told(desk: Desk) -> None:
    id = producer(desk, mask())
    fact = new()
    told = {"fact": fact, "working": "stopped", "since": DAY}
    for _ in range(2):  # sent again after a lost answer it is on record once
        desk.ok(f"/producers/{id}/work", told, LOGISTICS)
    taken = {"taken": fact, "why": "mistaken", "fact": new()}
    elsewhere = viewer("logistics_officer", OTHER)
    assert desk.post(f"/production/{id}/retract", taken, elsewhere).status_code == 404
    desk.ok(f"/production/{id}/retract", taken, LOGISTICS)
    assert desk.read("/producers", LOGISTICS)["producers"][0]["working"] is None


def team(members: list[UUID], area: str = COUNTY) -> str:
    id = log.new_id()
    said = [TeamFormed(zh="志愿服务队", function=Function.SERVICE), *(TeamJoined(person=one) for one in members)]
    facts = [Fact.of(one, id=log.new_id(), subject=id, area=area, observed_at=NOW) for one in said]
    log.append(facts, principal=Principal("author-1", "device-1"))
    return str(id)


def test_log_09_120_hands_in_four_groups_and_nobody_on_two_shifts(desk: Desk) -> None:
    id, people = producer(desk, mask()), [UUID(int=n + 1) for n in range(130)]
    teams = [team(people[:70]), team(people[60:])]  # ten are in both
    begins = NOW + timedelta(hours=6)
    ask = {
        "id": new(), "producer": id, "people": 120, "groups": 4, "begins": begins.isoformat(),
        "ends": (begins + timedelta(hours=8)).isoformat(),
    }  # fmt: skip
    first = desk.ok("/labour", ask, LOGISTICS)["id"]
    shown = desk.ok(f"/labour/{first}/give", {"fact": new(), "teams": teams}, LOGISTICS)
    assert (shown["groups"], shown["missing"], shown["done"]) == ([30, 30, 30, 30], 0, False)
    assert desk.read("/labour", LOGISTICS)["requests"][0]["going"] == 0
    desk.ok(f"/labour/{first}/give", {"fact": new(), "teams": teams, "confirm": 120}, LOGISTICS)
    assert desk.read("/labour", LOGISTICS)["requests"][0]["given"] == [30, 30, 30, 30]
    second = desk.ok("/labour", ask | {"id": new(), "people": 40, "groups": 1}, LOGISTICS)["id"]
    shown = desk.ok(f"/labour/{second}/give", {"fact": new(), "teams": teams}, LOGISTICS)
    assert (shown["groups"], shown["missing"], shown["busy"]) == ([10], 30, 120)
    late = {"fact": new(), "teams": teams, "confirm": 40}
    assert desk.post(f"/labour/{second}/give", late, LOGISTICS).status_code == 409


def test_log_01_a_need_that_is_open_for_more_than_48_hours_climbs_until_it_is_solved(desk: Desk) -> None:
    id = producer(desk, mask())
    need = {"id": new(), "area": COUNTY, "category": "material", "producer": id, "zh": "熔喷布不足"}
    ticket = desk.ok("/support", need, LOGISTICS)["id"]
    desk.now = NOW + timedelta(hours=47)
    assert ("support.solve", "", "open") in desk.tasks(OFFICER)
    assert desk.read("/support", OFFICER)["late"] == 0
    desk.now = NOW + timedelta(hours=49)
    assert desk.read("/support", OFFICER)["tickets"][0]["late"] is True
    assert ("support.solve", "", "late") in desk.tasks(OFFICER)
    desk.ok(f"/support/{ticket}/take", {"fact": new()}, DEPARTMENT)
    assert desk.wrong(f"/support/{ticket}/take", {"fact": new()}, DEPARTMENT) == [("ticket", "taken")]
    desk.ok(f"/support/{ticket}/close", {"fact": new(), "outcome": "solved"}, DEPARTMENT)
    assert desk.read("/support", OFFICER)["tickets"] == []
    assert desk.read("/support?state=closed", OFFICER)["tickets"][0]["outcome"] == "solved"


def test_log_01_a_need_is_its_departments_and_due_when_it_says(desk: Desk) -> None:
    owner = employed("responding_department")
    department = viewer("responding_department", CITY, author=owner)
    id, due = producer(desk, mask()), NOW + timedelta(hours=5)
    for category in ("material", "labour", "transport", "restart"):
        need = {"id": new(), "area": COUNTY, "category": category, "producer": id, "owner": owner}
        desk.ok("/support", need | ({"due": due.isoformat()} if category == "transport" else {}), LOGISTICS)
    assert [one[0] for one in desk.tasks(department)] == ["support.solve"] * 4
    tickets = desk.read("/support", LOGISTICS)["tickets"]
    assert {one["owner"] for one in tickets} == {"responding_department"}  # by the name of the account
    assert (tickets[0]["category"], datetime.fromisoformat(tickets[0]["due"])) == ("transport", due)
    strange = need | {"id": new(), "owner": "nobody"}
    assert desk.wrong("/support", strange, LOGISTICS) == [("to", "not_a_doer")]


def test_log_01_and_12_the_four_needs_are_of_producers_and_the_others_of_facilities(desk: Desk) -> None:
    water = {"id": new(), "area": COUNTY, "category": "water", "facility": "第一人民医院"}
    desk.ok("/support", water, LOGISTICS)
    ticket = desk.read("/support", DEPARTMENT)["tickets"][0]
    due = datetime.fromisoformat(ticket["due"]) - datetime.fromisoformat(ticket["at"])
    assert (ticket["of"], due) == ("第一人民医院", timedelta(hours=12))
    fact = new()
    desk.ok(f"/support/{ticket['id']}/take", {"fact": fact}, DEPARTMENT)
    desk.ok(f"/support/{ticket['id']}/retract", {"taken": fact, "why": "mistaken", "fact": new()}, DEPARTMENT)
    assert desk.read("/support", DEPARTMENT)["tickets"][0]["taken"] is None
    assert desk.wrong("/support", water | {"id": new(), "category": "labour"}, LOGISTICS)
    assert desk.wrong("/support", water | {"id": new(), "facility": ""}, LOGISTICS)


def price(day: str, fen: int | None, **more: str) -> dict[str, object]:
    return {"fact": new(), "area": COUNTY, "outlet": "便民超市", "good": "pork", "day": day, "fen": fen, **more}


def test_log_07_a_price_far_from_its_base_is_told_of_first(desk: Desk) -> None:
    for day in ("2020-01-19", "2020-01-20", "2020-01-21"):
        desk.ok("/prices", price(day, 2_000), LOGISTICS)
        desk.ok("/prices", price(day, 300) | {"good": "cabbage"}, LOGISTICS)
    desk.ok("/prices", price(DAY, 2_600), LOGISTICS)
    desk.ok("/prices", price(DAY, 310) | {"good": "cabbage"}, LOGISTICS)
    found = desk.read("/prices", LOGISTICS)
    told = [(one["good"], one["alert"], round(one["change"], 3)) for one in found["prices"]]
    assert (found["alerts"], told) == (1, [("pork", "up", 0.3), ("cabbage", None, 0.033)])
    desk.ok("/prices", price(DAY, None, supply="out"), LOGISTICS)
    found = desk.read("/prices", LOGISTICS)
    assert (found["alerts"], found["out"]) == (0, 1)
    assert desk.wrong("/prices", price(DAY, None), LOGISTICS) == [("fen", "missing")]
    assert desk.wrong("/prices", price("2020-01-29", 1), LOGISTICS) == [("day", "in_future")]


def test_log_10_4_800_parts_in_six_stages_against_24_hours(desk: Desk) -> None:
    names = ("layout", "cutting", "making", "grinding", "coating", "dispatch")
    steps = [{"code": one, "zh": one, "en": one} for one in names]
    body = {
        "id": new(), "area": COUNTY, "zh": "医院钢结构加工", "en": "steel parts of a hospital", "parts": 4_800,
        "steps": steps, "begins": NOW.isoformat(), "due": (NOW + timedelta(hours=24)).isoformat(),
    }  # fmt: skip
    id = desk.ok("/projects", body, LOGISTICS)["id"]
    for minute, one in enumerate(names):
        desk.now = NOW + timedelta(hours=11, minutes=minute)
        desk.ok(f"/projects/{id}/progress", {"fact": new(), "step": one, "done": 2_400}, LOGISTICS)
    early = {"fact": new(), "step": "coating", "done": 2_401}
    assert desk.wrong(f"/projects/{id}/progress", early, LOGISTICS) == [("done", "out_of_order")]
    desk.now = NOW + timedelta(hours=12)
    found = desk.read("/projects", OFFICER)["projects"][0]
    assert (found["left"], found["ideal"], found["hours_left"], found["standing"]) == (2_400, 2_400, 12, "on_time")
    assert [one["done"] for one in found["steps"]] == [2_400] * 6
