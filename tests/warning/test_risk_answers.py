"""Grades and spread over HTTP: a county and a community with two tied cases, as of both clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import About, Class, Classified, InfectionSource, SourceDetermined
from lianfang.capabilities.contacts import service as contacts
from lianfang.capabilities.contacts.facts import Certainty
from lianfang.facts import log
from lianfang.facts.fact import Days
from tests.cases.desk import Desk
from tests.cases.made import QILIN, WUHUA, YUNNAN, act, hours, reported, viewer

COMMUNITY = "530102001001"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def _confirmed(day: int, source: InfectionSource | None = None, **fields: str) -> UUID:
    at = hours(24 * day)
    about = About(onset=Days.exactly((at - timedelta(days=2)).date()), stay=COMMUNITY)
    case = reported(Class.CONFIRMED, about=about, at=at)
    if source:
        act(case, SourceDetermined, at=at + timedelta(hours=1), source=source, **fields)
    return case


def _now() -> datetime:
    """When the last fact came in."""
    return max(entry.received_at for entry in log.read())


def test_a_county_and_a_community_are_graded_as_of_both_clocks(desk: Desk) -> None:
    first = _confirmed(0, InfectionSource.IMPORTED, came_from="420100")
    known = _now()
    second = _confirmed(2, InfectionSource.LOCAL)
    untied, desk.now = _now(), hours(24 * 22)
    link = contacts.Link(first, second, Certainty.CERTAIN)
    contacts.link_many(viewer(), [link], at=hours(60), now=hours(60))
    desk.post("warning/grades", {
        "scheme": "community", "area": COMMUNITY, "to": "9", "reason": " ", "until": "2020-01-01",
    }, status=422)  # fmt: skip
    told = desk.get("warning/communities", area=WUHUA)
    (one,) = told["areas"]
    assert (one["area"], one["level"], [a["code"] for a in one["asks"]]) == (COMMUNITY, "2b", ["quiet"])
    assert told["counts"] == {"1": 0, "2a": 0, "2b": 1, "3": 0, "none": 0} and told["unplaced"] == 0
    evidence = {e["code"]: e for e in one["evidence"]}
    assert evidence["largest_outbreak"]["cases"] == [str(first), str(second)]
    then = desk.get("warning/communities", area=WUHUA, known_at=known.isoformat())
    assert [(one["area"], one["level"]) for one in then["areas"]] == [(COMMUNITY, "2a")]
    unlinked = desk.get("warning/communities", area=WUHUA, known_at=untied.isoformat(), as_of=hours(60).isoformat())
    assert [(one["level"], one["asks"][0]["code"]) for one in unlinked["areas"]] == [("2a", "separate")]

    made = desk.post("warning/grades", {
        "scheme": "community", "area": COMMUNITY, "to": "1", "reason": "连续14天无新发", "until": "2020-03-31",
    })  # fmt: skip
    desk.now += timedelta(minutes=1)
    history = desk.get(f"warning/communities/{COMMUNITY}")
    assert history["now"]["level"] == "1" and history["now"]["step"]["code"] == "decided"
    assert [turn["level"] for turn in history["history"]] == ["2a", "2b", "2b"]
    assert history["decisions"][0]["computed"] == "2b"
    desk.asked(
        "post", f"warning/grades/{made['id']}/retract", data='{"why":"mistaken"}', content_type="application/json"
    )
    assert desk.get(f"warning/communities/{COMMUNITY}")["now"]["level"] == "2b"

    risk = desk.get("warning/risk", area=WUHUA)
    assert [(one["area"], one["level"], one["step"]["code"]) for one in risk["areas"]] == [
        (WUHUA, "low", "none_lately")
    ]
    early = desk.get("warning/risk", area=WUHUA, as_of=hours(72).isoformat())
    assert early["edition"] is None and early["areas"][0]["level"] is None
    tried = desk.get(f"warning/risk/{WUHUA}", edition="2020-02-17")
    assert [turn["level"] for turn in tried["history"]] == ["low", "medium", "low"]
    assert desk.get("warning/risk", area=QILIN, status=403)


def test_spread_tells_when_each_area_was_reached_and_from_where(desk: Desk) -> None:
    _confirmed(0, InfectionSource.IMPORTED, came_from="420100")
    gone = _confirmed(1)
    act(gone, Classified, at=hours(100), to=Class.EXCLUDED, edition="ncov-2020-v3", basis="expert")
    desk.who, desk.now = viewer("duty_officer", YUNNAN), hours(120)
    told = desk.get("warning/spread", area=YUNNAN, days=7)
    assert (told["level"], [one["area"] for one in told["first"]]) == ("prefecture", ["530100"])
    assert [(day["day"], len(day["newly"])) for day in told["days"] if day["newly"]] == [("2020-01-28", 1)]
    assert [(f["came_from"]["area"], f["to"]["area"], f["cases"]) for f in told["matrix"]] == [("420000", "530100", 1)]
    assert told["sources"]["unknown"] == 0  # the second case was excluded
    assert desk.get("warning/spread", area=YUNNAN, as_of=hours(50).isoformat())["sources"]["unknown"] == 1

    lost = _confirmed(3)
    template = desk.get("warning/assessment", area=YUNNAN)
    lines = {one["code"]: [line["en"] for line in one["lines"]] for one in template["sections"]}
    assert lines["tracing"] == [
        "1 confirmed cases of unknown source; for 1 of them a task to trace it is open, 0 are overdue",
        "cases of unknown source without a task to trace it: 0",
    ]
    assert lines["exposure"][1] == "1 imported, 0 local, 0 linked to an import, 1 of unknown source"
    assert template["untraced"] is None  # this officer sees sums
    desk.who = viewer()
    (traced,) = desk.get("warning/assessment", area=WUHUA)["untraced"]
    assert (traced["case"], traced["due"][:10]) == (str(lost), "2020-02-03")  # 72 hours
