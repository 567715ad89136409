"""A team that helps elsewhere: sent once at a time, its health told each day, back, and its members observed."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.capabilities.mobilisation.queries.duties import obligations
from lianfang.capabilities.mobilisation.state import relief
from lianfang.facts import log
from tests.access.made import OWN, viewer
from tests.isolation.made import NOW, Clock, Desk

OFFICER = viewer("county_duty_officer", author="officer")
COORDINATOR = viewer("volunteer_coordinator", author="coordinator")
HUBEI = "420100"


def a_team(desk: Desk, members: int = 0, **other: Any) -> str:
    team = str(uuid4())
    body = {"id": team, "area": OWN, "zh": "首批医疗队", "function": "medical", "heads": 40, **other}
    desk.done("/teams", body, OFFICER)
    for n in range(members):
        person = str(uuid4())
        who = {"id": person, "area": OWN, "name": "某某", "phone": f"1388888000{n}", "consent": "2020-01-28"}
        desk.done("/volunteers", who, OFFICER)
        desk.done(f"/teams/{team}/act", {"act": "join", "person": person}, OFFICER)
    return team


def sent(desk: Desk, team: str, who: Viewer = OFFICER, **other: Any) -> str:
    id = str(uuid4())
    body = {"id": id, "team": team, "to": HUBEI, "heads": 40, "first": "2020-01-24", **other}
    desk.done("/relief", body, who)
    return id


def the_one(desk: Desk) -> Any:
    found = desk.get("/relief", OFFICER, area=OWN).json()
    assert found["total"] == 1
    return found["journeys"][0]


def test_vol_11_a_team_goes_is_well_comes_back_and_is_observed(desk: Desk, at: Clock) -> None:
    id = sent(desk, a_team(desk, members=2))
    assert desk.get("/relief", OFFICER, area=OWN).json()["away"] == 40
    desk.done(f"/relief/{id}/health", {"day": "2020-01-24", "well": 39, "unwell": 1}, COORDINATOR)
    at.on(72)
    desk.done(f"/relief/{id}/health", {"day": "2020-01-26", "well": 40, "unwell": 0}, COORDINATOR)
    one = the_one(desk)
    assert [(its["day"], its["unwell"]) for its in one["days"]] == [("2020-01-26", 0), ("2020-01-24", 1)]
    assert one["untold"] == ["2020-01-25"] and one["members"] == 2
    assert desk.refused(f"/relief/{id}/observe", {}, OFFICER) == [("relief", "not_back")]
    desk.done(f"/relief/{id}/return", {"last": "2020-01-27", "heads": 40}, OFFICER)
    assert desk.done(f"/relief/{id}/observe", {}, OFFICER) == {"ordered": 2}
    assert desk.done(f"/relief/{id}/observe", {}, OFFICER) == {"ordered": 0}, "sent again, it is the same"
    with seeing_all():
        orders = list(OrderRow.objects.filter(of=UUID(id)))
    assert {(its.order_class, its.mode, (its.end - its.start).days) for its in orders} == {("other", "central", 14)}
    one = the_one(desk)
    assert (one["observed"], one["back"], one["last"]) == (2, 40, "2020-01-27")
    assert desk.get("/relief", OFFICER, area=OWN).json()["away"] == 0


def test_what_cannot_be_is_refused(desk: Desk, at: Clock) -> None:
    team = a_team(desk)
    body = {"id": str(uuid4()), "team": team, "to": HUBEI, "heads": 41, "first": "2020-01-24"}
    assert desk.refused("/relief", body, OFFICER) == [("heads", "more_than_team")]
    assert desk.refused("/relief", {**body, "heads": 4, "to": "999999"}, OFFICER) == [("to", "unknown_area")]
    id = sent(desk, team)
    assert desk.refused("/relief", {**body, "heads": 4}, OFFICER) == [("team", "away")]
    health = f"/relief/{id}/health"
    assert desk.refused(health, {"day": "2020-01-24", "well": 40, "unwell": 1}, OFFICER) == [
        ("unwell", "more_than_left")
    ]
    assert desk.refused(health, {"day": "2020-01-23", "well": 1, "unwell": 1}, OFFICER) == [("day", "not_away")]
    assert desk.refused(health, {"day": "2020-01-25", "well": 1, "unwell": 1}, OFFICER) == [("day", "to_come")]
    assert desk.refused(f"/relief/{id}/return", {"last": "2020-01-23", "heads": 1}, OFFICER) == [
        ("last", "last_before_first")
    ]
    undo = the_one(desk)["undo"]
    taken = {"taken": undo, "why": "mistaken"}
    assert desk.refused(f"/relief/{id}/retract", taken, COORDINATOR) == [("taken", "not_yours")]
    desk.done(f"/relief/{id}/retract", taken, OFFICER)
    assert desk.get("/relief", OFFICER, area=OWN).json()["total"] == 0
    sent(desk, team)


def test_whoever_may_not_order_isolation_observes_nobody(desk: Desk, at: Clock) -> None:
    id = sent(desk, a_team(desk))
    desk.done(f"/relief/{id}/return", {"last": "2020-01-24", "heads": 40}, COORDINATOR)
    assert desk.post(f"/relief/{id}/observe", {}, COORDINATOR).status_code == 403
    assert desk.refused(f"/relief/{id}/observe", {}, OFFICER) == [("team", "no_members")]


def test_each_day_away_asks_for_its_health_and_the_return_for_observation(desk: Desk, at: Clock) -> None:
    id = sent(desk, a_team(desk))
    desk.done(f"/relief/{id}/health", {"day": "2020-01-24", "well": 40, "unwell": 0}, OFFICER)
    now = at.on(48)

    def asked() -> list[tuple[str, str, bool]]:
        found = obligations(OFFICER, NOW, now, [UUID(id)])
        return sorted((one.rule, one.slot, one.done_at is not None) for one in found)

    days = [("relief.health", "2020-01-24", True), *(("relief.health", f"2020-01-2{n}", False) for n in (5, 6))]
    assert [one for one in asked() if one[1] >= "2020-01-24"] == days
    desk.done(f"/relief/{id}/return", {"last": "2020-01-25", "heads": 40}, OFFICER)
    assert asked() == [*days[:2], ("relief.observe", "", False)]


def test_the_order_in_which_facts_come_does_not_matter(desk: Desk, at: Clock) -> None:
    id = sent(desk, a_team(desk))
    desk.done(f"/relief/{id}/health", {"day": "2020-01-24", "well": 40, "unwell": 0}, OFFICER)
    at.on(1)
    desk.done(f"/relief/{id}/health", {"day": "2020-01-24", "well": 38, "unwell": 2}, OFFICER)
    at.on(1)
    desk.done(f"/relief/{id}/return", {"last": "2020-01-24", "heads": 40}, OFFICER)
    facts = [entry.fact for entry in log.read(subjects=[UUID(id)])]
    folded = {repr(relief(order)) for order in permutations(facts)}
    assert len(folded) == 1
    (health,) = relief(facts).days.values()
    assert (health.well, health.unwell) == (38, 2)
    assert health.told < facts[2].observed_at, "when it was told first"
