"""Estimates from the record: both clocks, the two routes, and what the daily run keeps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.warning.models import EstimateRow, SignalRow
from lianfang.capabilities.warning.service import daily
from lianfang.capabilities.warning.service.keeping import clear
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


def test_infections_come_before_onsets_by_the_incubation(desk: Desk) -> None:
    """Twelve fell ill on one day, and none in the weeks after: infected before it, most some five days."""
    for _ in range(12):
        reported(Class.CONFIRMED, about=onset("2020-01-20"))
    desk.now = hours(24 * 21)
    told = desk.get("warning/infections", area=YUNNAN)
    middle = told["levels"].index(0.5)
    by_day = {one["day"]: one["q"][middle] for one in told["days"]}
    assert told["refused"] is None and told["median_days"] == 5.1 and "Lauer" in told["source"]
    assert sum(by_day.values()) == pytest.approx(12, abs=4) and "infected" in told["reading"]["en"]
    assert "2020-01-13" <= max(by_day, key=lambda day: by_day[day]) <= "2020-01-18"
    assert all(0.1 <= one["share"] <= 1 for one in told["days"]) and max(by_day) < told["as_of"]
    assert desk.get("warning/infections", area=YUNNAN, disease="h7n9")["refused"]["code"] == "incubation"
    assert desk.get("warning/infections", area=YUNNAN, disease="ebola")["refused"]["code"] == "empty"
    desk.get("warning/infections", 403, area="150000")


def test_of_old_estimates_the_last_and_those_that_a_signal_stands_on_stay(desk: Desk) -> None:
    alarm = {"detector": "ears-c1", "day": "2020-01-20", "observed": 5, "expected": 1.0, "upper": 2.0}
    told = dict(disease="ncov-2020", area=QILIN, version="2020-01-30", data={})
    with seeing_all():
        for day, alarms in enumerate([[], [alarm], [alarm], [alarm | {"day": "2020-01-21"}], [], []], 20):
            EstimateRow.objects.create(
                as_of=date(2020, 1, day), seq=day, computed_at=hours(24 * (day - 28)), alarms=alarms, **told
            )
        blank = dict(told=[], evidence=[], reviews=[], subjects=[], raisings=[], count=1, status="new", reopened=False)
        SignalRow.objects.create(
            subject=uuid4(), area=QILIN, disease="ncov-2020", rule="aberration", rule_version="1", key="ears-c1",
            triggers=["2020-01-20"], raised_at=hours(0), last_at=hours(0), as_of=hours(0), seq=1, last_seq=1, **blank,
        )  # fmt: skip
        assert clear(hours(24 * 2)) == 2
        assert sorted(EstimateRow.objects.values_list("seq", flat=True)) == [21, 23, 24, 25]
        assert clear(hours(24 * 9)) == 2 and EstimateRow.objects.filter(seq__in=[21, 25]).count() == 2
