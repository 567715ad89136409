"""What a community does after the first case confirmed among those who stay in it; nothing of it names the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import queries
from lianfang.capabilities.cases.facts import About, Class
from lianfang.capabilities.cases.rules.first_case import Confirmed, community_of, first_cases
from lianfang.capabilities.screening.service.registering import register_grid
from lianfang.capabilities.tasks.rules import policy
from tests.cases.desk import Desk
from tests.cases.made import QILIN, START, WUHUA, act, hours, reported, viewer

COMMUNITY = f"{WUHUA}001003"
RULES = ["community.answers", "community.counselling", "community.guard", "community.notice"]
DAY = timedelta(days=1)


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def confirmed(after: float, stay: str | None = COMMUNITY, **more: Any) -> UUID:
    return reported(Class.CONFIRMED, at=hours(after), about=About(stay=stay), **more)


def told(who: Viewer | None = None, at: datetime = START) -> list[tuple[str, datetime]]:
    """What the communities of somebody's divisions are asked for on a day."""
    found = queries.obligations(who or viewer(), at, at + DAY)
    return sorted((one.rule, one.due) for one in found if one.rule.startswith("community."))


def test_the_first_confirmed_case_of_a_community_asks_for_four_things_once(database: Database) -> None:
    reported(about=About(stay=COMMUNITY))
    assert told() == [], "nobody is confirmed"
    confirmed(1)
    asked = [("community.answers", hours(25)), ("community.counselling", hours(25)), ("community.guard", hours(3)),
             ("community.notice", hours(13))]  # fmt: skip
    assert told() == asked
    confirmed(2)
    confirmed(3, stay=f"{COMMUNITY}1")
    assert told() == asked, "the next ones, and one in a grid of it, ask for nothing more"
    confirmed(4, stay=f"{WUHUA}001004")
    assert [rule for rule, _ in told()] == sorted(RULES * 2), "another community has its own first"
    assert told(at=START + 15 * DAY) == [], "it is over after the days of the policy"


def test_they_lie_where_the_case_stays_whoever_is_responsible_for_it(database: Database) -> None:
    confirmed(1, stay=f"{QILIN}001003")
    assert told() == []
    assert [rule for rule, _ in told(viewer(area=QILIN))] == RULES


def test_an_excluded_case_was_none_and_the_next_one_is_a_first(database: Database) -> None:
    first = confirmed(1)
    ids = {one.task for one in queries.obligations(viewer(), START, hours(24)) if one.rule in RULES}
    act(first, kinds.Classified, at=hours(5), to="excluded", basis="other_diagnosis")
    assert told() == []
    confirmed(6)
    anew = {one.task for one in queries.obligations(viewer(), START, hours(24)) if one.rule in RULES}
    assert len(anew) == 4 and not anew & ids, "what was done then does not close it"
    assert dict(told())["community.guard"] == hours(8)


def test_who_stays_on_is_first_when_the_one_before_is_excluded_and_what_was_done_stays_done(desk: Desk) -> None:
    first = confirmed(1)
    confirmed(2)
    desk.now, desk.who = hours(3), viewer("county_duty_officer", author="officer")
    (guard,) = [one for one in desk.get("tasks", limit=500)["tasks"] if one["rule"] == "community.guard"]
    desk.post(f"tasks/{guard['id']}/done", {"of": guard["of"]})
    act(first, kinds.Classified, at=hours(4), to="excluded", basis="other_diagnosis")
    desk.now = hours(5)
    (after,) = [one for one in desk.get("tasks", limit=500)["tasks"] if one["rule"] == "community.guard"]
    assert (after["id"], after["state"]) == (guard["id"], "done")


def test_every_grid_has_its_notice(database: Database) -> None:
    chief = viewer("county_duty_officer", author="chief")
    named = [{"community": COMMUNITY, "name": name, "site": "community"} for name in ("g1", "g2")]
    grids = [register_grid(chief, fields, now=START) for fields in named]
    confirmed(1)
    told = [one for one in queries.obligations(chief, START, hours(24)) if one.rule == "community.notice"]
    assert {one.subject for one in told} == set(grids) and {one.area for one in told} == {COMMUNITY}
    worker = viewer("grid_worker", f"{WUHUA}001", author="somebody else")
    mine = [one.rule for one in queries.obligations(worker, START, hours(24))]
    assert "community.notice" not in mine, "whoever has the grid brings it"


def test_nothing_that_a_grid_worker_is_told_names_the_case(desk: Desk) -> None:
    cases = [confirmed(1, number="YN-0001"), confirmed(2, number="YN-0002")]
    cards = [desk.get(f"cases/{case}") for case in cases]
    people = {UUID(card["person"]) for card in cards}
    desk.now, desk.who = hours(3), viewer("grid_worker", f"{WUHUA}001", author="worker")
    answer = desk.asked("get", "tasks", data={"limit": 500})
    text, tasks = answer.content.decode(), answer.json()["tasks"]
    assert {one["rule"] for one in tasks} == {"community.notice", "community.answers"}
    assert all(one["person"] is None and one["area"] == COMMUNITY for one in tasks)
    names = [*cases, *people, *(id.hex for id in (*cases, *people)), "YN-000", "cdc-1"]
    assert not [name for name in names if str(name) in text]
    asked = {"tasks": [{"id": one["id"], "of": one["of"]} for one in tasks], "purpose": "follow_up"}
    assert desk.post("tasks/people", asked) == {"people": {}}
    assert all(title["say"]["zh"] and title["say"]["en"] for title in answer.json()["rules"].values())


@pytest.mark.parametrize("stay", [None, WUHUA, f"{WUHUA}001", f"{WUHUA}001000", f"{WUHUA}-高新区"])
def test_where_no_community_is_known_it_is_asked_for_and_none_is_guessed(database: Database, stay: str | None) -> None:
    case = confirmed(1, stay=stay)
    assert told() == []
    (asked,) = [one for one in queries.obligations(viewer(), START, hours(24)) if one.rule == "case.locate"]
    assert (asked.subject, asked.area, asked.due) == (case, WUHUA, hours(3))
    act(case, kinds.Described, at=hours(2), about={"stay": COMMUNITY})
    assert [rule for rule, _ in told()] == RULES
    assert "case.locate" not in {one.rule for one in queries.obligations(viewer(), START, hours(24))}


def test_each_is_somebodys_to_do_and_has_a_text() -> None:
    for code in RULES:
        rule = policy().rule(code)
        assert rule.by_hand and not rule.charges and rule.say and all(rule.say), code
    assert "counsellor" in policy().rule("community.counselling").does


times = st.integers(0, 40).map(lambda n: START + n * timedelta(hours=1))
cases = st.builds(
    Confirmed, st.sampled_from(["ncov-2020", "sars-2003"]), st.sampled_from([COMMUNITY, f"{COMMUNITY}001", WUHUA]),
    times, st.none() | times,
)  # fmt: skip


@given(st.lists(cases, max_size=8), st.randoms(use_true_random=False))
def test_one_first_case_a_community_and_disease_in_any_order(told: list[Confirmed], dice: Any) -> None:
    found = sorted(first_cases(told))
    assert len({one.id for one in found}) == len(found)
    standing = {(one.disease, community_of(one.stay)) for one in told if not one.excluded_at and community_of(one.stay)}
    assert len(found) == len(standing)
    dice.shuffle(told)
    assert sorted(first_cases(told)) == found
