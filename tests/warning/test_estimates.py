"""Estimates from the record: both clocks, the two routes, and what the daily run keeps."""

from __future__ import annotations

from typing import Any

import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.warning.models import EstimateRow
from lianfang.capabilities.warning.service import daily
from tests.cases.desk import Desk
from tests.cases.made import QILIN, YUNNAN, act, hours, onset, reported


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a province; the record's clock is the desk's too."""
    made = Desk(monkeypatch, "duty_officer", YUNNAN)
    monkeypatch.setattr("lianfang.facts.clock.now", lambda: made.now)
    return made


def days(curve: list[dict[str, Any]]) -> dict[str, int]:
    return {one["day"]: one["n"] for one in curve if one["n"]}


def test_cases_stand_on_the_days_of_both_clocks(desk: Desk) -> None:
    """Confirmed on the evening of the 28th and known on the 29th: as of the 28th it is told once the 29th is known, and
    was not that night. A suspected case is none, whoever falls ill after ``as_of`` is not told."""
    late = reported(Class.SUSPECTED, about=onset("2020-01-25"))
    act(late, kinds.Classified, at=hours(1), to="confirmed", basis="laboratory")
    desk.now = hours(20)
    reported(Class.CONFIRMED, at=hours(10), about=onset("2020-01-26"), area=QILIN, now=desk.now)
    reported(Class.CONFIRMED, at=hours(19), about=onset("2020-01-29"), now=desk.now)
    reported(Class.SUSPECTED, about=onset("2020-01-27"))
    desk.now = hours(48)
    told = desk.get("warning/estimates", area=YUNNAN)
    assert (told["as_of"], told["nowcast"]["refused"], told["forecast"]["refused"]["code"]) == (
        "2020-01-29",
        None,
        "few",
    )
    assert days(told["series"]["onset"]) == {"2020-01-25": 1, "2020-01-26": 1, "2020-01-29": 1}
    assert days(told["series"]["report"]) == {"2020-01-28": 2, "2020-01-29": 1}
    assert days(told["series"]["confirmation"]) == {"2020-01-28": 2, "2020-01-29": 1}
    before = desk.get("warning/estimates", area=YUNNAN, as_of="2020-01-28")
    assert days(before["series"]["onset"]) == {"2020-01-25": 1, "2020-01-26": 1}
    that_night = desk.get("warning/estimates", area=YUNNAN, known_at=hours(18).isoformat())
    assert (that_night["as_of"], days(that_night["series"]["onset"])) == ("2020-01-28", {"2020-01-25": 1})
    assert that_night["seq"] < told["seq"]
    below = desk.get("warning/series", area=YUNNAN, by="confirmation", days=7)["parts"]
    assert {one["zh"]: days(one["days"]) for one in below if days(one["days"])} == {
        "昆明市": {"2020-01-28": 1, "2020-01-29": 1},
        "曲靖市": {"2020-01-28": 1},
    }
    assert all(len(one["days"]) == 7 and not one["alarms"] for one in below)


def test_a_day_that_is_not_over_and_an_unknown_disease_are_refused(desk: Desk) -> None:
    desk.now = hours(48)
    (wrong,) = desk.get("warning/estimates", 422, area=YUNNAN, as_of="2020-01-30")["errors"]
    assert wrong["field"] == "as_of" and "2020-01-29" in str(wrong)
    (wrong,) = desk.get("warning/series", 422, area=YUNNAN, disease="no-such")["errors"]
    assert wrong["field"] == "disease"
    desk.get("warning/estimates", 403, area="150000")
    told = desk.get("warning/estimates", area=YUNNAN, disease="ebola")
    assert told["rt"]["refused"]["code"] == "serial" or told["nowcast"]["refused"]["code"] == "empty"


def test_the_daily_run_keeps_every_division_with_cases_once(desk: Desk) -> None:
    """Of the county, its prefecture, the province and the country; again from the same record it keeps nothing new, and
    what it keeps is what the interface tells."""
    reported(Class.CONFIRMED, about=onset("2020-01-25"))
    desk.now = hours(48)
    assert daily.due(desk.now)
    assert (daily.run(desk.now), daily.run(desk.now)) == (4, 0) and not daily.due(desk.now)
    told = desk.get("warning/estimates", area=YUNNAN)
    with seeing_all():
        rows = {row.area: row for row in EstimateRow.objects.all()}
    assert set(rows) == {"530102", "530100", "530000", "100000"}
    assert {name: told[name] for name in rows[YUNNAN].data} == rows[YUNNAN].data
    desk.now = hours(50)
    reported(Class.CONFIRMED, area=QILIN, now=desk.now)
    assert daily.run(desk.now) == 4
