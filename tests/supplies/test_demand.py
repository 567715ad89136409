"""What stores need: by the patients of their hospital, the residents of their station, their staff and the forecast;
and for how many days they protect those who work there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.epi.scores.quantiles import LEVELS
from tests.access.made import FOREIGN, viewer
from tests.access.made import OWN as WUHUA
from tests.care import made as care
from tests.isolation.made import NOW, STAFF, Clock, Desk, a_person, a_station, an_order
from tests.supplies.stores import OFFICER, a_store, an_item, moved

DOCTOR = viewer("clinic_doctor", author="doctor")


def line(desk: Desk, store: str) -> dict[str, Any]:
    """The line of a store on the shortage board."""
    found = desk.get("/supplies/shortages", OFFICER).json()["lines"]
    return dict(next(one for one in found if one["store"] == store))


def protected(desk: Desk, who: Viewer = DOCTOR) -> list[dict[str, Any]]:
    answer = desk.get("/supplies/protection", who)
    assert answer.status_code == 200, answer.content
    return list(answer.json())


def test_cas_15_days_of_protection_follow_the_ledger_and_the_patients_of_the_hospital(desk: Desk, at: Clock) -> None:
    hospital = care.a_hospital(desk, {"isolation": 2, "icu": 1})
    item, drug = an_item(desk, norm="protective_set"), an_item(desk, line="medical", supply_class="drug", norm=None)
    store = a_store(desk, store_kind="hospital", serves=str(hospital))
    moved(desk, "receipt", store, item, 108)
    moved(desk, "receipt", store, drug, 9)
    (empty,) = protected(desk)
    assert (empty["days"], empty["status"]) == (None, "none"), "nobody is there to be cared for"
    for type in ("isolation", "isolation", "icu"):
        desk.done("/beds/claim", care.claim(hospital, type=type), care.OFFICER)
    moved(desk, "purchase", store, item, 500)
    (kept,) = protected(desk)
    assert (kept["facility"], kept["held"], kept["per_day"]) == (str(hospital), 108, 15 + 15 + 24)
    assert (kept["days"], kept["status"]) == (2.0, "short"), "what is on its way protects nobody yet"
    moved(desk, "use", store, item, 54)
    assert protected(desk)[0]["days"] == 1.0
    assert protected(desk, viewer("clinic_doctor", FOREIGN, author="far")) == []
    assert desk.get("/supplies/protection", viewer("grid_worker")).status_code == 403


def test_the_need_of_a_store_is_what_it_says_itself_before_what_the_record_has(desk: Desk, at: Clock) -> None:
    hospital, item = care.a_hospital(desk), an_item(desk)
    store = a_store(desk, store_kind="hospital", serves=str(hospital))
    moved(desk, "receipt", store, item, 100)
    desk.done("/beds/claim", care.claim(hospital), care.OFFICER)
    assert float(line(desk, store)["per_day_needed"]) == 1.0
    desk.done(f"/supplies/stores/{store}/demand", {"id": str(uuid4()), "beds": 4, "staff": 3}, OFFICER)
    assert float(line(desk, store)["per_day_needed"]) == 4 + 2 * 3


def test_the_residents_of_a_station_are_provided_for(desk: Desk, at: Clock) -> None:
    station, item = a_station(desk), an_item(desk)
    assert station in {one["id"] for one in desk.get("/supplies/stations", OFFICER).json()}
    assert {*desk.get("/supplies/stations", OFFICER).json()[0]} == {"id", "name", "area"}  # nobody who works there
    store = a_store(desk, store_kind="station", serves=station)
    moved(desk, "receipt", store, item, 5)
    order = desk.done("/isolation/orders", an_order(a_person(), station=station))["order"]
    assert line(desk, store)["status"] == "none", "on the way is not there"
    desk.done(f"/isolation/orders/{order}/received", {}, STAFF)
    desk.done(f"/isolation/orders/{order}/executed", {"station": station}, STAFF)
    assert (float(line(desk, store)["per_day_needed"]), line(desk, store)["days_ahead"]) == (1.0, 5.0)


@pytest.mark.parametrize(("expected", "times"), [(20, 2.0), (500, 4.0), (5, 0.5)])
def test_the_forecast_of_the_area_changes_the_need_within_its_bounds(
    desk: Desk, at: Clock, expected: int, times: float
) -> None:
    item, store = an_item(desk), a_store(desk)
    moved(desk, "receipt", store, item, 800)
    desk.done(f"/supplies/stores/{store}/demand", {"id": str(uuid4()), "beds": 100}, OFFICER)
    days = [{"q": [expected if level == 0.5 else 0 for level in LEVELS]} for _ in range(7)]
    data = {"forecast": {"days": days}, "series": {"confirmation": [{"n": 10}] * 7}}
    with seeing_all():
        EstimateRow.objects.create(
            disease="ncov-2020", area=WUHUA, as_of=NOW.date(), seq=1, version="1", computed_at=NOW, alarms=[], data=data
        )
    found = desk.get("/supplies/shortages", OFFICER).json()
    assert found["growth"] == [{"area": WUHUA, "times": times}]
    assert found["lines"][0]["days_ahead"] == 8 / times and found["lines"][0]["ends"] is not None


def test_a_store_that_holds_far_more_than_it_needs_while_another_is_short_is_told_of(desk: Desk, at: Clock) -> None:
    item, full, short = an_item(desk), a_store(desk), a_store(desk, name="医院库")
    moved(desk, "receipt", full, item, 1300)
    for store, staff in ((full, 10), (short, 100)):
        desk.done(f"/supplies/stores/{store}/demand", {"id": str(uuid4()), "staff": staff}, OFFICER)

    def hoards() -> list[tuple[str, float]]:
        flags = desk.get("/supplies/lines", OFFICER).json()["flags"]
        return [(one["store"], one["days"]) for one in flags if one["flag"] == "hoard"]

    assert hoards() == [(full, 65.0)]
    moved(desk, "loss", full, item, 100)
    assert hoards() == [], "sixty days are not more than sixty"
    moved(desk, "receipt", full, item, 100)
    moved(desk, "receipt", short, item, 1400)
    assert hoards() == [], "nobody is short"
