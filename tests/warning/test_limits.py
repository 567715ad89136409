"""Limits on entry to a community: at once where the disease spreads in it, else with an approval; never for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import About, Class, InfectionSource, SourceDetermined
from lianfang.capabilities.warning.queries.obligations import obligations
from lianfang.facts.fact import Days
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.cases.desk import Desk
from tests.cases.made import KUNMING, QILIN, START, WUHUA, act, hours, reported, viewer

COMMUNITY = "530102001001"
ABOVE = "duty_officer"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a county, in which a case was confirmed whose source nobody found."""
    made = Desk(monkeypatch, "county_duty_officer")
    confirmed(0)
    made.now = hours(2)
    return made


def confirmed(after: float) -> None:
    at = hours(after)
    case = reported(Class.CONFIRMED, about=About(onset=Days.exactly(at.date()), stay=COMMUNITY), at=at)
    act(case, SourceDetermined, at=at + timedelta(hours=1), source=InfectionSource.UNKNOWN)


def limit(desk: Desk, until: str = "2020-02-05", status: int = 200, **but: Any) -> Any:
    body = {"area": COMMUNITY, "until": until, "necessity": "小区只留一个出入口，登记测温", **but}
    return desk.post("warning/limits", body, status)


def decide(desk: Desk, id: str, act: str = "decide", **body: Any) -> int:
    sent = orjson.dumps({"reason": "经研判同意", **body})
    answer = desk.asked("post", f"warning/limits/{id}/{act}", data=sent, content_type="application/json")
    assert_incremental_equals_refold()
    return int(answer.status_code)


def states(desk: Desk) -> list[tuple[str, str | None]]:
    return [(one["state"], one["counted_as"]) for one in desk.get("warning/limits", area=WUHUA)["limits"]]


def test_where_there_is_no_spread_somebody_above_approves(desk: Desk) -> None:
    asked = limit(desk)["id"]
    assert states(desk) == [("asked", "2a")]
    assert decide(desk, asked, approved=True) == 403  # nobody approves what he asks for, and a county not at all
    desk.who = viewer(ABOVE, KUNMING, author=desk.who.author)
    assert decide(desk, asked, approved=True) == 422
    desk.who = viewer(ABOVE, QILIN, author="other")
    assert decide(desk, asked, approved=True) == 404
    desk.who = viewer(ABOVE, KUNMING, author="other")
    assert decide(desk, asked, approved=True, reason=" ") == 422
    assert (decide(desk, asked, approved=True), decide(desk, asked, approved=False)) == (204, 422)
    assert states(desk) == [("in_force", "2a")]
    desk.now = hours(24 * 9)  # 6 February
    assert states(desk) == [("ended", "2a")]
    assert decide(desk, asked, "lift") == 422


def test_where_no_case_was_found_it_is_refused_and_nobody_can_approve_it(desk: Desk) -> None:
    free = "530102001002"
    (told,) = limit(desk, area=free, status=422)["errors"]
    assert (told["field"], told["reason"]) == ("area", "class_forbids") and "class 1" in told["msg"]
    assert states(desk) == []
    body = {"scheme": "community", "area": free, "to": "2a", "reason": "病例在核实", "until": "2020-02-05"}
    desk.post("warning/grades", body)
    limit(desk, area=free)
    assert states(desk) == [("asked", "2a")]


def test_where_the_disease_spreads_it_is_in_force_at_once_and_can_be_lifted(desk: Desk) -> None:
    confirmed(24)
    desk.now = hours(26)
    ordered = limit(desk)["id"]
    assert states(desk) == [("in_force", "3")]
    assert (decide(desk, ordered, "lift"), decide(desk, ordered, "lift")) == (204, 422)
    (one,) = desk.get("warning/limits", area=WUHUA)["limits"]
    assert (one["state"], one["lifted"]["reason"], one["decided"]) == ("lifted", "经研判同意", None)


def test_a_refused_one_is_not_in_force_and_none_is_without_an_end_or_a_reason(desk: Desk) -> None:
    asked = limit(desk)["id"]
    desk.who = viewer(ABOVE, KUNMING, author="other")
    assert decide(desk, asked, approved=False) == 204
    assert states(desk) == [("refused", "2a")]
    wrong = limit(desk, until="2020-02-11", status=422, necessity=" ")["errors"]
    assert [(one["field"], one["reason"]) for one in wrong] == [("until", "too_long"), ("necessity", "empty")]
    assert [one["reason"] for one in limit(desk, until="2020-01-27", status=422)["errors"]] == ["past"]
    assert limit(desk, until="2020-02-10")["id"]  # the fourteenth day
    desk.who = viewer("epidemiologist")
    limit(desk, status=403)


def test_what_the_rule_leaves_open_is_a_task_until_somebody_decides(desk: Desk) -> None:
    """A second case that is tied to nobody, its source still sought: the text does not say what the community is."""
    case = reported(Class.CONFIRMED, about=About(onset=Days.exactly(START.date()), stay=COMMUNITY), at=hours(5))
    desk.now = hours(6)

    def tasks() -> list[tuple[str, bool]]:
        found = obligations(viewer(), hours(0), desk.now)
        return [(one.rule, one.done_at is not None) for one in found if one.area == COMMUNITY]

    assert case and tasks() == [("community.decide_class", False)]
    body = {"scheme": "community", "area": COMMUNITY, "to": "2a", "reason": "来源在查", "until": "2020-02-05"}
    desk.post("warning/grades", body)
    desk.now = hours(7)
    assert tasks() == [("community.decide_class", True)]
