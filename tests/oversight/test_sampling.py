"""Records and places drawn by lot: who drew cannot choose, anybody can draw again, nobody knows the place before."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.rows import seeing_all
from lianfang.capabilities.oversight.rules.sampling import draw, seed_of, wilson
from lianfang.capabilities.screening.models import VisitRow
from lianfang.facts import log
from tests.access.made import FOREIGN, OWN, viewer
from tests.screening.made import CHIEF, INSPECTOR, STRANGER, Desk, at, desk

__all__ = ["at", "desk"]
DAYS = {"first": "2020-01-27", "last": "2020-01-28"}


def visited(desk: Desk, n: int) -> None:
    grid, first = desk.grid(), desk.round()
    for door in range(n):
        home = desk.household(grid, str(101 + door))
        desk.visit(home, first, outcome="not_met", follower="team-2")


def drawn(desk: Desk, n: int) -> dict[str, Any]:
    id = str(uuid4())
    sent = {"id": id, "area": OWN, "n": n, **DAYS}
    assert desk.done("/sampling/records", sent, INSPECTOR) == {"id": id}
    desk.done("/sampling/records", sent, INSPECTOR)
    (found,) = [one for one in desk.told("/sampling/records", INSPECTOR, area=OWN) if one["id"] == id]
    return found


def test_qa_07_a_draw_of_records_is_drawn_again_from_what_is_on_record(desk: Desk) -> None:
    visited(desk, 6)
    with seeing_all():
        frame = list(VisitRow.objects.values_list("fact", flat=True))
    its = drawn(desk, 3)
    assert (its["frame"], its["probability"], len(its["records"])) == (6, 0.5, 3)
    assert its["seed"] == seed_of(log.chain_at(its["seq"]), OWN, "visit.made")
    again = draw(frame, 3, its["seed"])
    assert [UUID(one["record"]) for one in its["records"]] == list(again.drawn)
    assert drawn(desk, 3)["seed"] != its["seed"]


def test_qa_07_what_those_asked_again_say_gives_a_share_with_its_interval(desk: Desk) -> None:
    visited(desk, 4)
    its = drawn(desk, 4)
    records = [one["record"] for one in its["records"]]
    path = f"/sampling/records/{its['id']}"
    for record, result in zip(records, ["agrees", "agrees", "disagrees", "not_reached"], strict=True):
        desk.done(f"{path}/recall", {"record": record, "result": result}, INSPECTOR)
    (told,) = desk.told("/sampling/records", INSPECTOR, area=OWN)
    assert told["counts"] == {"agrees": 2, "disagrees": 1, "not_reached": 1}
    assert [round(told["agreement"][name], 4) for name in ("share", "low", "high")] == [0.6667, 0.2077, 0.9385]
    assert desk.refused(f"{path}/recall", {"record": str(uuid4()), "result": "agrees"}, INSPECTOR) == [
        ("record", "not_drawn")
    ]
    taken = next(one["recall"] for one in told["records"] if one["result"] == "disagrees")
    other = viewer("inspector", author="other")
    assert desk.refused(f"{path}/undo", {"taken": taken}, other) == [("taken", "not_yours")]
    desk.done(f"{path}/undo", {"taken": taken}, INSPECTOR)
    (told,) = desk.told("/sampling/records", INSPECTOR, area=OWN)
    assert (told["agreement"]["share"], told["counts"]["disagrees"]) == (1.0, 0)
    assert desk.post(f"{path}/recall", {"record": records[0], "result": "agrees"}, CHIEF).status_code == 403
    foreign = viewer("inspector", FOREIGN, author="foreign")
    assert desk.post(f"{path}/recall", {"record": records[0], "result": "agrees"}, foreign).status_code == 404


def test_qa_08_nobody_knows_the_places_before_their_day(desk: Desk) -> None:
    places = ({"name": f"卡点{n}", "place_type": "road_gate", "town": OWN, "lead": "街道办事处"} for n in range(4))
    posts = {desk.done("/posts", one)["id"] for one in places}
    sent = {"id": str(uuid4()), "area": OWN, "n": 2, "day": "2020-01-29"}
    desk.done("/sampling/sites", sent, INSPECTOR)
    (before,) = desk.told("/sampling/sites", INSPECTOR, area=OWN)
    assert (before["frame"], before["n"], before["probability"]) == (4, 2, 0.5)
    assert (before["sites"], before["seed"]) == (None, None)
    told = {one["fact"]["kind"] for one in desk.told("/facts", INSPECTOR)["facts"]}
    assert "post.opened" in told and "sampling.sites_drawn" not in told
    desk.at.on(24)
    (on_the_day,) = desk.told("/sampling/sites", INSPECTOR, area=OWN)
    its = [UUID(one["post"]) for one in on_the_day["sites"]]
    assert its == list(draw([UUID(one) for one in posts], 2, on_the_day["seed"]).drawn)
    desk.done("/inspections", {"post": str(its[0]), "mode": "phone"}, INSPECTOR)
    (told,) = desk.told("/sampling/sites", INSPECTOR, area=OWN)
    assert [one["on_site"] for one in told["sites"]] == [False, None]


def test_what_cannot_be_drawn_is_refused(desk: Desk) -> None:
    its = {"id": str(uuid4()), "area": OWN, "n": 3}
    assert desk.refused("/sampling/records", {**its, **DAYS}, INSPECTOR) == [("area", "nothing_to_draw")]
    late = {**its, "first": "2020-01-28", "last": "2020-01-29"}
    assert desk.refused("/sampling/records", late, INSPECTOR) == [("first", "out_of_range")]
    assert desk.refused("/sampling/sites", {**its, "day": "2020-01-27"}, INSPECTOR) == [("day", "out_of_range")]
    assert desk.post("/sampling/sites", {**its, "day": "2020-01-29"}, STRANGER).status_code == 403
    assert desk.post("/sampling/sites", {**its, "area": FOREIGN, "day": "2020-01-29"}, INSPECTOR).status_code == 403


def test_each_has_the_same_chance() -> None:
    """Of a thousand draws of 5 of 20 each is drawn about 250 times: within four standard deviations."""
    frame = [UUID(int=n) for n in range(20)]
    times = dict.fromkeys(frame, 0)
    for n in range(1_000):
        for one in draw(frame, 5, seed_of(str(n), "", "")).drawn:
            times[one] += 1
    assert all(abs(n - 250) < 4 * (1_000 * 0.25 * 0.75) ** 0.5 for n in times.values())


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_wilsons_interval_is_as_published(hits: int, n: int, low: float, high: float) -> None:
    """81 of 263 and 15 of 148: Newcombe 1998, table I, method 3 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857)."""
    found = wilson(hits, n)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert wilson(0, 0) is None
