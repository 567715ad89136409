"""Arrivals: one hand-over each (TRV-04), key persons measured twice a day by somebody who is assigned (SCR-13), and an
end that comes by itself (SCR-12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.checkpoints import rules
from lianfang.capabilities.checkpoints.facts import Conveyance
from lianfang.capabilities.checkpoints.state import Arrival
from lianfang.identity import service as vault
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, GRID, NOW, OFFICER, OTHER, WORKER, Desk, arrived, employed, person, row

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_trv_04_an_arrival_makes_one_hand_over_task_that_its_destination_closes_within_24_hours(desk: Desk) -> None:
    id = arrived(desk, key_person=False)
    (task,) = desk.read("/tasks")["tasks"]
    assert (task["rule"], task["of"], task["area"], task["state"]) == ("arrival.hand_over", id, GRID, "open")
    assert task["due"] == "2020-01-29T01:00:00Z"
    desk.now += HOUR
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "unit-1"}, WORKER)
    (done,) = desk.read("/tasks")["tasks"]
    assert (done["id"], done["state"], done["done_at"]) == (task["id"], "done", "2020-01-28T03:00:00Z")
    counts = desk.read("/arrivals/counts")
    assert (counts["listed"], counts["taken_over"], counts["in_time"], counts["late"]) == (1, 1, 1, 0)
    assert desk.wrong(f"/arrivals/{id}/acknowledge", {"by_unit": "unit-2"}, WORKER) == [("by_unit", "taken_over")]
    assert desk.read(f"/arrivals/{id}")["by_unit"] == "unit-1"


def test_trv_04_a_hand_over_that_nobody_makes_is_late_by_the_clock_and_climbs(desk: Desk) -> None:
    arrived(desk, key_person=False)
    seen = []
    for hours in (23, 24, 36, 48):
        desk.now = NOW - HOUR + hours * HOUR  # the arrival was an hour before
        (task,) = desk.read("/tasks")["tasks"]
        seen.append((hours, task["state"], task["climbed_to"]))
    assert seen == [(23, "open", None), (24, "open", None), (36, "late", "county"), (48, "late", "prefecture")]
    desk.now = NOW + 24 * HOUR
    assert desk.read("/tasks")["tasks"][0]["climbed_to"] == "town", "nobody has it: whoever is above is told at once"
    counts = desk.read("/arrivals/counts")
    assert (counts["overdue"], counts["waiting"]) == (1, 0)


def test_the_same_manifest_again_changes_nothing_and_a_wrong_row_hinders_no_other(desk: Desk) -> None:
    good, nobody = person(1), str(uuid4())
    rows = [
        row(good),
        row(person(2), destination="999999"),
        row(person(3), destination=OTHER),
        row(nobody),
        row(person(5), arrived="2020-02-28T09:00:00+08:00"),
        row(person(6), came_from="123456"),
        row(good),
        row(good, key_person=False),
    ]
    dry = desk.ok("/arrivals/import", {"arrivals": rows, "dry_run": True})
    assert desk.ok("/arrivals/list", {})["total"] == 0
    told = desk.ok("/arrivals/import", {"arrivals": rows})
    assert told == dry
    assert (list(told["listed"]), list(told["skipped"])) == (["1"], ["7"])
    assert [(one["row"], one["field"], one["reason"]) for one in told["errors"]] == [
        (2, "destination", "unknown_area"),
        (3, "destination", "outside_area"),
        (4, "person", "no_person"),
        (5, "arrived", "too_far"),
        (6, "came_from", "unknown_area"),
        (8, "person", "twice"),
    ]
    assert all(one["zh"] and one["en"] for one in told["errors"])
    again = desk.ok("/arrivals/import", {"arrivals": rows[:1]})
    assert (again["listed"], again["skipped"]) == ({}, told["listed"])
    assert desk.ok("/arrivals/list", {})["total"] == 1
    other = desk.ok("/arrivals/import", {"arrivals": [row(good, came_from="310000")]})
    assert [one["reason"] for one in other["errors"]] == ["listed_otherwise"]


def test_the_335_passengers_of_a_flight_have_one_hand_over_each_and_116_of_them_are_key_persons(desk: Desk) -> None:
    told = [(str(uuid4()), n) for n in range(335)]
    sent = [
        {"id": id, "name": f"旅客{n}", "area": COUNTY, "data_class": "returnee", "since": "2020-01-28", "documents": []}
        for id, n in told
    ]
    assert vault.enter(viewer("epidemiologist"), enumerate(sent, 1), now=NOW).entered == 335
    rows = [row(id, came_from="420100" if n < 116 else None) for id, n in told]
    listed = desk.ok("/arrivals/import", {"arrivals": rows})
    assert (len(set(listed["listed"].values())), listed["errors"]) == (335, [])
    counts = desk.read("/arrivals/counts")
    assert (counts["listed"], counts["waiting"], counts["key_persons"]) == (335, 335, 116)
    summary = desk.read("/tasks/summary")["by_rule"]
    assert (summary["arrival.hand_over"]["total"], summary["arrival.measure"]["total"]) == (335, 232)
    assert desk.ok("/arrivals/import", {"arrivals": rows})["listed"] == {}
    assert desk.read("/arrivals/counts") == counts


def test_scr_13_who_comes_from_a_listed_area_is_a_key_person_with_one_worker_and_two_slots_a_day(desk: Desk) -> None:
    id, worker = arrived(desk), employed("grid_worker")
    assert desk.tasks() == [
        ("arrival.measure", "2020-01-28.am", "open"),
        ("arrival.measure", "2020-01-28.pm", "ahead"),
        ("arrival.hand_over", "", "open"),
    ]
    assert desk.wrong(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}) == [("assignee", "needs_assignee")]
    stranger = {"by_unit": "u", "assignee": employed("grid_worker", OTHER)}
    assert desk.wrong(f"/arrivals/{id}/acknowledge", stranger) == [("to", "not_a_doer")]
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u", "assignee": worker})
    card = desk.read(f"/arrivals/{id}")
    assert (card["key_person"], card["assignee"], card["watched_until"]) == (True, worker, "2020-02-12T00:00:00+08:00")
    mine = desk.read("/tasks", viewer("grid_worker", author=worker))["tasks"]
    assert [(t["rule"], t["slot"]) for t in mine if t["assignee"] == worker] == [
        ("arrival.measure", "2020-01-28.am"),
        ("arrival.measure", "2020-01-28.pm"),
        ("arrival.supply", ""),
    ]
    others = desk.tasks(viewer("grid_worker", author="another"))
    assert others == [("arrival.hand_over", "", "done")], "what somebody has is on nobody else's list"
    for day in range(1, 15):
        slots = [s for r, s, _ in desk.tasks(query=f"&day=2020-{'01' if day < 4 else '02'}-{(27 + day) % 31 + 1:02d}")]
        assert sum(s.endswith((".am", ".pm")) for s in slots) >= 2, (day, slots)


def test_scr_13_a_missed_slot_is_told_to_the_assignee_then_to_the_town(desk: Desk) -> None:
    id = arrived(desk)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    seen = []
    for hours in (1, 2, 3, 4, 5, 14):
        desk.now = NOW + hours * HOUR
        day = desk.read("/tasks?day=2020-01-28", WORKER)["tasks"]
        (task,) = [t for t in day if t["slot"] == "2020-01-28.am"]
        seen.append((hours, task["state"], task["climbed_to"]))
    assert seen == [
        (1, "open", None),
        (2, "open", None),
        (3, "late", "assignee"),
        (4, "late", "town"),
        (5, "late", "town"),
        (14, "missed", "town"),
    ]
    assert "2020-01-28.am" not in [s for _, s, _ in desk.tasks(WORKER)], "a slot of yesterday cannot be made up today"
    counted = desk.read("/tasks/summary?day=2020-01-28&rule=arrival.measure")
    assert (counted["whole"]["due"], counted["whole"]["met"], counted["whole"]["completeness"]) == (2, 0, 0.0)


def test_scr_13_a_measurement_closes_its_slot_and_completeness_is_the_workers(desk: Desk) -> None:
    id = arrived(desk)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    desk.ok(f"/arrivals/{id}/measure", {"day": "2020-01-28", "slot": "am", "temp_c": 36.6}, WORKER)
    assert ("arrival.measure", "2020-01-28.am", "done") in desk.tasks(WORKER)
    desk.now += 5 * HOUR
    assert desk.wrong(f"/arrivals/{id}/measure", {"day": "2020-01-28", "slot": "night"}, WORKER) == [
        ("slot", "no_slot")
    ]
    other_day = {"day": "2020-01-27", "slot": "pm", "temp_c": 36.6}
    assert desk.wrong(f"/arrivals/{id}/measure", other_day, WORKER) == [("day", "other_day")]
    early = {"day": "2020-01-28", "slot": "pm", "temp_c": 36.6, "at": "2020-01-28T13:00:00+08:00"}
    assert desk.wrong(f"/arrivals/{id}/measure", early, WORKER) == [("slot", "before_slot")]
    ahead = {"day": "2020-01-28", "slot": "pm", "at": "2020-01-28T19:00:00+08:00"}
    assert desk.wrong(f"/arrivals/{id}/measure", ahead, WORKER) == [("at", "in_future")]
    desk.now = NOW + 14 * HOUR
    by = desk.read("/tasks/summary?day=2020-01-28&rule=arrival.measure")["by_assignee"]
    assert {who: (one["due"], one["met"], one["completeness"]) for who, one in by.items()} == {"worker-1": (2, 1, 0.5)}


def test_a_fever_is_brought_to_a_clinic_and_that_is_closed_by_hand(desk: Desk) -> None:
    id = arrived(desk)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    desk.ok(f"/arrivals/{id}/measure", {"day": "2020-01-28", "slot": "am", "temp_c": 37.3}, WORKER)
    (task,) = [t for t in desk.read("/tasks", WORKER)["tasks"] if t["rule"] == "arrival.refer"]
    assert (task["due"], task["assignee"]) == ("2020-01-28T04:00:00Z", "worker-1")
    assert desk.read(f"/arrivals/{id}")["unwell"] is True
    (measure,) = [t for t in desk.read("/tasks", WORKER)["tasks"] if t["slot"] == "2020-01-28.am" and t is not task][:1]
    assert measure["outcome"] == "seen_unwell"
    desk.now += HOUR
    desk.ok(f"/tasks/{task['id']}/done", {"of": id}, WORKER)
    desk.now += HOUR
    assert ("arrival.refer", "2020-01-28.am", "done") in desk.tasks(WORKER)
    desk.now += DAY
    assert "arrival.refer" not in [rule for rule, _, _ in desk.tasks(WORKER)]
    assert "arrival.refer" in [rule for rule, _, _ in desk.tasks(WORKER, "&day=2020-01-28")]


def test_a_corrected_listing_changes_the_list_at_once_and_what_was_done_stays_on_record(desk: Desk) -> None:
    id = arrived(desk)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    desk.ok(f"/arrivals/{id}/measure", {"day": "2020-01-28", "slot": "am", "temp_c": 36.6}, WORKER)
    desk.ok(f"/arrivals/{id}/correct", {"key_person": False})
    assert desk.tasks() == [("arrival.hand_over", "", "done")]
    card = desk.read(f"/arrivals/{id}")
    assert [m["temp_c"] for m in card["measures"]] == [36.6]
    assert [one["kind"] for one in card["timeline"]] == [
        "arrival.listed", "arrival.acknowledged", "arrival.measured", "arrival.listed",
    ]  # fmt: skip
    desk.ok(f"/arrivals/{id}/correct", {"key_person": True})
    assert ("arrival.measure", "2020-01-28.am", "done") in desk.tasks()


def test_another_destination_is_asked_for_the_hand_over_and_the_old_one_no_longer(desk: Desk) -> None:
    province = viewer("epidemiologist", "530000", author="province-1")
    id = arrived(desk, key_person=False)
    desk.ok(f"/arrivals/{id}/correct", {"destination": "530103"}, province)
    assert desk.tasks() == [] and desk.tasks(viewer("county_duty_officer", "530103")) == [
        ("arrival.hand_over", "", "open")
    ]
    assert desk.post(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER).status_code == 404


def test_a_record_that_is_taken_back_counts_for_nothing_and_stays_readable(desk: Desk) -> None:
    id = arrived(desk)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    desk.ok(f"/arrivals/{id}/measure", {"day": "2020-01-28", "slot": "am", "temp_c": 36.6}, WORKER)
    (measure,) = desk.read(f"/arrivals/{id}")["measures"]
    desk.ok(f"/arrivals/{id}/retract", {"fact": measure["fact"], "why": "mistaken"})
    assert ("arrival.measure", "2020-01-28.am", "open") in desk.tasks()
    assert len(desk.read(f"/arrivals/{id}")["timeline"]) == 4
    assert desk.wrong(f"/arrivals/{id}/retract", {"fact": str(uuid4()), "why": "mistaken"}) == [("fact", "no_fact")]
    (listed,) = [e["id"] for e in desk.read(f"/arrivals/{id}")["timeline"] if e["kind"] == "arrival.listed"]
    desk.ok(f"/arrivals/{id}/retract", {"fact": listed, "why": "trial"})
    assert desk.tasks() == [] and desk.ok("/arrivals/list", {})["total"] == 0


def test_the_card_as_it_was_and_as_it_was_known(desk: Desk) -> None:
    id = arrived(desk)
    desk.now += HOUR
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "u"}, WORKER)
    then = desk.read(f"/arrivals/{id}?as_of=2020-01-28T02:30:00Z")
    assert then["taken_over_at"] is None and desk.read(f"/arrivals/{id}")["taken_over_at"]


def test_names_are_shown_for_a_purpose_as_the_role_may_see_them(desk: Desk) -> None:
    arrived(desk)
    assert desk.ok("/arrivals/list", {})["people"] == {}
    assert desk.wrong("/arrivals/list", {"names": True}) == [("purpose", "missing")]
    assert desk.wrong("/arrivals/list", {"names": True, "purpose": "treatment"}) == [("purpose", "not_yours")]
    (shown,) = desk.ok("/arrivals/list", {"names": True, "purpose": "follow_up"}, WORKER)["people"].values()
    assert shown["fields"]["name"] == "王丁"[:1] + chr(0x4E00 + 1)
    (task, *_) = desk.read("/tasks", WORKER)["tasks"]
    asked = {"tasks": [{"id": task["id"], "of": task["of"]}], "purpose": "follow_up"}
    assert list(desk.ok("/tasks/people", asked, WORKER)["people"]) == [task["person"]]
    none = {"tasks": [{"id": str(uuid4()), "of": task["of"]}], "purpose": "follow_up"}
    assert desk.ok("/tasks/people", none, WORKER)["people"] == {}


def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk) -> None:
    rows = [row(person(n), arrived=f"2020-01-28T0{n % 3}:00:00+08:00", key_person=False) for n in range(1, 8)]
    listed = set(desk.ok("/arrivals/import", {"arrivals": rows})["listed"].values())
    for path, key in (("/arrivals/list", "arrivals"), ("/tasks", "tasks")):
        seen, after = [], ""
        while True:
            page = (
                desk.ok(path, {"limit": 3, "after": after})
                if key == "arrivals"
                else desk.read(f"/tasks?limit=3&after={after.replace('+', '%2B')}")
            )
            seen += [one["id" if key == "arrivals" else "of"] for one in page[key]]
            assert page["total"] == 7
            if page["next"] is None:
                break
            after = page["next"]
        assert len(seen) == 7 and set(seen) == listed
    assert desk.wrong("/arrivals/list", {"after": "x"}) == [("after", "no_place")]


def test_sums_alone_for_who_may_see_no_more(desk: Desk) -> None:
    arrived(desk)
    above = viewer("duty_officer", "530000", author="province-1")
    assert desk.read("/tasks", above) == {"tasks": [], "rules": {}, "names": {}, "next": None, "total": 0}
    counted = desk.read("/tasks/summary", above)
    assert counted["whole"]["total"] == 3 and counted["by_rule"]["arrival.hand_over"]["unassigned"] == 1
    assert desk.read("/arrivals/counts", above)["key_persons"] == 1
    assert desk.read(f"/arrivals/counts?area={COUNTY}", OFFICER)["key_persons"] == 1


def test_scr_12_an_arrival_closes_by_itself_when_its_days_are_over_whoever_it_was(desk: Desk) -> None:
    """Also one that nobody took over, which is no longer asked for then, and is still counted."""
    arrived_on = {"arrived": "2020-01-28T00:00:00+08:00", "key_person": False}
    key, other = arrived(desk, 1), arrived(desk, 2, **arrived_on)
    desk.ok(f"/arrivals/{other}/acknowledge", {"by_unit": "u"})
    assert desk.read(f"/arrivals/{other}")["watched_until"] is None
    ends = [desk.read(f"/arrivals/{id}")["ends"] for id in (key, other)]
    assert ends == ["2020-02-12T00:00:00+08:00"] * 2
    for now, open_, closed in (
        ("2020-02-11T23:59:59+08:00", {key, other}, set()),
        ("2020-02-12T00:00:00+08:00", set(), {key, other}),
    ):
        desk.now = datetime.fromisoformat(now)
        for over, expected in ((False, open_), (True, closed)):
            listed = desk.ok("/arrivals/list", {"closed": over})["arrivals"]
            assert {one["id"] for one in listed} == expected
        counted = desk.read("/arrivals/counts")
        assert (counted["closed"], counted["listed"], counted["overdue"]) == (len(closed), 2, 1)
    assert {one["id"] for one in desk.ok("/arrivals/list", {})["arrivals"]} == {key, other}
    tasks = {(rule, state) for rule, _, state in desk.tasks(query="&day=2020-02-13")}
    assert ("arrival.hand_over", "late") not in tasks and not [rule for rule, _ in tasks if rule == "arrival.measure"]


@given(st.integers(-60 * 1440, 120 * 1440), st.integers(0, 40 * 1440))
def test_scr_12_what_has_not_closed_is_what_the_list_looks_for(came: int, minutes: int) -> None:
    at = NOW + timedelta(minutes=came)
    one = Arrival("a", UUID(int=1), Conveyance.TRAIN, None, at, None, GRID, False, None, UUID(int=2))
    now = at + timedelta(minutes=minutes)
    spans = rules.going_on(now)
    assert any(since <= at and (until is None or at < until) for since, until in spans) is (now < rules.ends(one))
