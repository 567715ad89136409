"""The system day: what a role opens Lianfang with, what came, what is late, and what to do first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lianfang.access.matrix import roles
from lianfang.app.home.day import Due, Stands, SystemDay, days, following, parse, told
from lianfang.capabilities.tasks.rules import policy
from tests.access.made import OWN, viewer
from tests.checkpoints.desk import NOW, OTHER, Desk, employed
from tests.record.trial.obligations import TOLD
from tests.tasks.test_lists import due, of, path

HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2020, 1, 27, 16, tzinfo=UTC)
"""Of 28 January 2020 in China."""


OPENS = {
    "tasks": "tasks.read",
    "samples": "cases.sample",
    "stations": "stations.read",
    "coverage": "screening.read",
    "assessment": "warning.read",
    "figures": "bulletins.read",
    "needs": "needs.read",
    "retention": "retention.read",
}
"""What a role needs to enter the room that a moment leads to."""


def a_day(*moments: dict[str, Any]) -> SystemDay:
    table = {"code": "d", "begins": date(2020, 1, 1), "source": "a test", "source_zh": "试"}
    plain = {"zh": "…", "en": "…", "roles": ["inspector"], "room": "tasks"}
    return parse({"days": [{**table, "moments": [{**plain, **one} for one in moments]}]})[0]


def stand(
    now: datetime,
    day: SystemDay,
    *tasks: Due,
    notices: dict[datetime, int] | None = None,
    shifts: dict[datetime, tuple[int, int]] | None = None,
) -> list[Any]:
    found = told(day.of("inspector"), MIDNIGHT, now, tasks, notices or {}, 2, shifts or {})
    return [(one.moment.code, one.due, one.done, str(one.stands)) for one in found]


def test_what_falls_due_belongs_to_the_next_moment_of_its_rule() -> None:
    day = a_day(
        {"code": "pm", "at": "24:00", "rules": ["contact.check"]},
        {"code": "am", "at": "12:00", "rules": ["contact.check"]},
        {"code": "clock", "at": "06:00"},
    )
    at = [Due("contact.check", MIDNIGHT + hours * HOUR, hours == 12) for hours in (11, 12, 13, 24, 25)]
    other = Due("station.log", MIDNIGHT + 11 * HOUR, False)
    morning = [("clock", None, None, "passed"), ("am", 2, 1, "ahead"), ("pm", 2, 0, "ahead")]
    assert stand(MIDNIGHT + 8 * HOUR, day, *at, other) == morning
    evening = [("clock", None, None, "passed"), ("am", 2, 1, "late"), ("pm", 2, 0, "ahead")]
    assert stand(MIDNIGHT + 12 * HOUR, day, *at, other) == evening
    assert stand(MIDNIGHT + 12 * HOUR, day, at[1])[1] == ("am", 1, 1, "came")
    assert stand(MIDNIGHT + 12 * HOUR, day)[1] == ("am", 0, 0, "passed"), "nothing was due: not the same as all came"


def test_a_cut_off_waits_for_its_notices_and_then_is_late() -> None:
    day = a_day({"code": "cut", "at": "09:00", "notices": True, "within_h": 1})
    nine = MIDNIGHT + 9 * HOUR
    assert stand(nine - HOUR, day) == [("cut", 2, 0, Stands.AHEAD)]
    assert stand(nine, day, notices={nine: 1}) == [("cut", 2, 1, Stands.WAITED_FOR)]
    assert stand(nine + HOUR, day, notices={nine: 1}) == [("cut", 2, 1, Stands.LATE)]
    assert stand(nine + HOUR, day, notices={nine: 2}) == [("cut", 2, 2, Stands.CAME)]


def test_a_handover_came_where_a_shift_is_on_at_every_post() -> None:
    day = a_day({"code": "shift", "at": "16:00", "shifts": True})
    four = MIDNIGHT + 16 * HOUR
    assert stand(four - HOUR, day, shifts={four: (2, 1)}) == [("shift", 2, 1, Stands.AHEAD)]
    assert stand(four, day, shifts={four: (2, 1)}) == [("shift", 2, 1, Stands.LATE)]
    assert stand(four, day, shifts={four: (2, 2)}) == [("shift", 2, 2, Stands.CAME)]
    assert stand(four, day) == [("shift", 0, 0, Stands.PASSED)], "no post is open: not the same as all are staffed"


def test_the_late_list_counts_what_is_late_by_then_and_not_done() -> None:
    day = a_day({"code": "late", "at": "08:30", "late_list": True})
    tasks = [Due("case.verify", MIDNIGHT - HOUR, False), Due("case.verify", MIDNIGHT + HOUR, True)]
    assert stand(MIDNIGHT + 9 * HOUR, day, *tasks) == [("late", 1, 0, "late")]
    assert stand(MIDNIGHT + 9 * HOUR, day, tasks[1]) == [("late", 0, 0, "passed")]


def test_after_the_last_moment_comes_the_first_of_tomorrow() -> None:
    moments = a_day({"code": "one", "at": "08:00"}, {"code": "two", "at": "20:00"}).of("inspector")
    for now, code, at in ((7, "one", 8), (8, "two", 20), (20, "one", 32), (30, "one", 32)):
        after = following(moments, MIDNIGHT, MIDNIGHT + now * HOUR)
        assert after and (after[0].code, after[1]) == (code, MIDNIGHT + at * HOUR)
    assert following((), MIDNIGHT, MIDNIGHT) is None


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ({"at": "24:01"}, "at"),
        ({"at": "08:00", "rules": ["case.verify"], "notices": True}, "name one"),
        ({"at": "08:00", "within_h": 1}, "within_h is for notices"),
        ({"at": "08:00", "colour": "red"}, "colour"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(moment: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        a_day({"code": "x", **moment})
    with pytest.raises(ValueError, match="x stands twice"):
        a_day({"code": "x", "at": "08:00"}, {"code": "x", "at": "09:00"})


def test_the_policy_names_roles_and_rules_that_there_are() -> None:
    for day in days():
        for one in day.moments:
            assert one.roles <= set(roles()), one.code
            assert set(one.rules) <= set(policy().rules), one.code
            if opens := OPENS.get(one.room):
                assert all(opens in roles()[role].rights for role in one.roles), one.code


def test_the_first_page_holds_the_own_tasks_by_deadline_and_the_day(desk: Desk) -> None:
    later, elsewhere = due("screening.refusal", area=OWN), due("screening.refusal", area=OTHER)
    TOLD.append(late := later._replace(subject=elsewhere.subject, due=NOW - 2 * HOUR))
    page = desk.read("/home")
    assert [(one["first"]["id"], one["n"], one["late"]) for one in page["tasks"]] == [(str(late.task), 2, 1)]
    assert page["rules"]["screening.refusal"]["en"]
    assert page["own"] == {"late": 1, "open": 1} == page["standing"]
    at = {one["code"]: one["stands"] for one in page["moments"]}
    assert (at["late_list"], at["cut_12"]) == ("late", "ahead")
    assert page["next"]["code"] == "cut_12"
    assert [one["at"] for one in page["moments"]] == sorted(one["at"] for one in page["moments"])


def test_who_has_what_is_to_be_done_is_named_on_the_first_page_as_in_the_list(desk: Desk) -> None:
    one, worker = due("screening.refusal", area=OWN), employed("grid_worker", name="示例网格员")
    desk.ok(path(one, "assign"), of(one, to=worker))
    who = viewer("grid_worker", author=worker)
    assert desk.read("/home", who)["names"] == {worker: "示例网格员"} == desk.read("/tasks", who)["names"]


def test_who_counts_sees_sums_and_who_has_no_tasks_sees_the_clock(desk: Desk) -> None:
    due("contact.check", area=OWN)
    sums = desk.read("/home", viewer("duty_officer"))
    assert (sums["tasks"], sums["sums_only"], sums["standing"]) == ([], True, {"open": 1})
    clock = desk.read("/home", viewer("logistics_officer"))
    assert (clock["tasks"], clock["next"]["code"]) == ([], "allocate")
    assert desk.read("/home", viewer("administrator"))["standing"] is None
    nobody = desk.read("/home", viewer("public"))
    assert (nobody["moments"], nobody["next"], nobody["tasks"]) == ([], None, [])
