"""Sets of measures compared: nothing assumed unsaid, never without the spread, from what the registers have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from lianfang.access.matrix import roles
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import About, Class
from lianfang.capabilities.drills.rules import whatif
from lianfang.capabilities.drills.rules.whatif_terms import terms
from lianfang.facts.fact import Days
from tests.access.made import FOREIGN, ROLES
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, START, WUHUA, act, hours, reported, viewer

ASSUMED = {code: one.value for code, one in terms().diseases[DISEASE].assumptions.items()}
ASSUMED |= {"observe_days": 14.0, "imports_per_day": 0.5}
GROWTH = whatif.Growth("reproduction", 2.2, 1.4, 3.9)
TRACED = whatif.Taken(-28, None, 0.8, 1.0, 0.9)
ISOLATED = whatif.Taken(-28, None, 1.0, 2.6, 0.9)


def known(n: int = 12, leaving: tuple[int, ...] = (0, 2, 3)) -> whatif.Known:
    cases = np.full((n, 6), np.nan)
    cases[:, 0], cases[:, 1] = -np.linspace(1, 12, n), -0.5
    cases[:, 4], cases[:, 5] = 0, 1
    return whatif.Known(cases, n, leaving)


def scenario(name: str = "now", growth: whatif.Growth = GROWTH, **measures: whatif.Taken) -> whatif.Scenario:
    return whatif.Scenario(name, growth, measures)  # type: ignore[arg-type]


def compared(*scenarios: whatif.Scenario, days: int = 14, **more: Any) -> list[whatif.Outcome]:
    return whatif.compare(
        known(), ASSUMED, scenarios, days=days, runs=100, seed=1, places=more.pop("places", {}), **more
    )


def wrong(*scenarios: whatif.Scenario, of: whatif.Known | None = None, **changed: Any) -> set[tuple[str, str]]:
    assumed = {**ASSUMED, **changed.pop("assumed", {})}
    for code in changed.pop("without", ()):
        del assumed[code]
    asked = {"days": 14, "runs": 100, **changed}
    found = whatif.faults(of or known(), assumed, scenarios or (scenario(),), **asked)
    return {(one.field, one.reason) for one in found}


def test_every_figure_has_bounds_and_a_source_and_lies_within() -> None:
    its = terms()
    codes = {one.code for one in its.assumptions}
    for name, disease in its.diseases.items():
        assert set(disease.assumptions) <= codes, name
        assert codes - set(disease.assumptions) == {"observe_days", "imports_per_day"}, "only the area's own"
        assert set(disease.measures) == {one.code for one in its.measures} == set(whatif.MEASURES)
        for one in its.assumptions:
            published = disease.assumptions.get(one.code)
            assert published is None or one.least <= published.value <= one.most, one.code
        for cited in (disease.reproduction, *disease.assumptions.values(), *disease.measures.values()):
            assert cited.source
            assert cited.doi or cited.source_zh, cited
    assert not wrong()


@pytest.mark.parametrize("code", [one.code for one in terms().assumptions])
def test_nothing_is_assumed_unsaid(code: str) -> None:
    assert wrong(without=[code]) == {(f"assumptions.{code}", "missing")}


def test_what_is_wrong_is_told_by_field() -> None:
    assert wrong(of=known(4)) == {("area", "too_few")}
    assert wrong(assumed={"dispersion": 0.0}) == {("assumptions.dispersion", "bounds")}
    assert wrong(assumed={"made_up": 1.0}) == {("assumptions.made_up", "unknown")}
    assert wrong(days=90, runs=1) == {("days", "bounds"), ("runs", "bounds")}
    assert wrong(*[scenario(f"{n}") for n in range(5)]) == {("scenarios", "how_many")}
    assert wrong(scenario("a"), scenario("a ")) == {("scenarios.1.name", "same_name")}
    growth = whatif.Growth("doubling_days", 0.1, 0.1, 0.1)
    assert ("scenarios.0.doubling_days", "bounds") in wrong(scenario(growth=growth))
    assert wrong(scenario(growth=GROWTH._replace(low=3.0))) == {("scenarios.0.reproduction", "interval")}
    assert wrong(scenario(tracing=TRACED._replace(share=1.5))) == {("scenarios.0.measures.tracing.share", "bounds")}
    assert wrong(scenario(tracing=TRACED._replace(delay=15))) == {("scenarios.0.measures.tracing.delay", "after_end")}
    assert wrong(scenario(closures=TRACED._replace(ends=-28))) == {("scenarios.0.measures.closures.ends", "order")}


def test_every_figure_comes_with_its_spread_and_the_difference_run_by_run() -> None:
    first, second = compared(
        scenario("open"), scenario("closed", closures=whatif.Taken(0, None, 1.0, 0.0, 1.0), isolation=ISOLATED)
    )
    assert first.against is None
    assert second.against is not None
    for figure in whatif.FIGURES:
        for spread in (*first.days[figure], *second.days[figure], first.whole[figure], second.whole[figure]):
            assert len(spread.at) == len(whatif.LEVELS)
            assert list(spread.at) == sorted(spread.at, key=lambda one: np.inf if one is None else one)
    assert second.against["found"].at[2] < 0  # type: ignore[operator]
    assert first.whole["found"].at[0] < first.whole["found"].at[4]  # type: ignore[operator]


def test_the_same_again_gives_the_same() -> None:
    assert compared(scenario(isolation=ISOLATED)) == compared(scenario(isolation=ISOLATED))


def test_a_scenario_compared_with_itself_differs_by_nothing() -> None:
    _, same = compared(scenario("a", tracing=TRACED), scenario("b", tracing=TRACED))
    assert same.against is not None
    assert {one for spread in same.against.values() for one in spread.at} == {0.0}


def test_contacts_on_record_leave_on_their_day() -> None:
    """Two leave on the second day and three on the third; nobody new is traced."""
    (found,) = compared(scenario())
    assert [spread.at for spread in found.days["observed"][:3]] == [(5.0,) * 5, (3.0,) * 5, (0.0,) * 5]


def test_staff_masks_and_sets_follow_from_beds_and_places() -> None:
    ratios = {
        "staff_bed": 0.5,
        "staff_critical_bed": 0.5,
        "staff_observed": 0.0,
        "masks_staff": 2.0,
        "masks_person": 1.0,
        "sets_bed": 3.0,
        "sets_critical_bed": 3.0,
        "suspected_per_case": 0.0,
    }
    (found,) = whatif.compare(
        known(leaving=()), {**ASSUMED, **ratios}, [scenario()], days=7, runs=100, seed=1, places={"beds": 0}
    )
    for beds, staff, masks in zip(found.days["beds"], found.days["staff"], found.days["masks"], strict=True):
        assert staff.at == tuple(np.ceil(one / 2) for one in beds.at if one is not None)
        assert masks.at >= tuple(2 * one for one in beds.at if one is not None)
    assert [one.at for one in found.days["sets"]] == [tuple(3 * n for n in beds.at if n) for beds in found.days["beds"]]
    assert found.full == {"beds": (1.0, 0)}


def test_whoever_is_suspected_needs_protection_too() -> None:
    """With no bed's and no place's, a day's sets are those of as many suspects as there are for what was found."""
    none = dict.fromkeys(("sets_bed", "sets_critical_bed", "sets_staff_observed"), 0.0)
    (found,) = whatif.compare(
        known(), {**ASSUMED, **none, "suspected_per_case": 2.0, "sets_suspected": 5.0}, [scenario()], days=7, runs=100,
        seed=1, places={},
    )  # fmt: skip
    assert [one.at for one in found.days["sets"]] == [
        tuple(10 * (n or 0) for n in day.at) for day in found.days["found"]
    ]
    assert found.whole["sets"].at[2] == 10 * (found.whole["found"].at[2] or 0) > 0


def test_a_doubling_time_that_the_user_set_becomes_what_one_infects() -> None:
    growth = whatif.Growth("doubling_days", 4.0, 3.0, 6.0)
    value, low, high = whatif.reproductions(growth, ASSUMED)
    assert 1 < low < value < high
    (found,) = compared(scenario(growth=growth))
    assert found.reproduction == value


def test_what_grows_beyond_is_open_upwards_and_never_cut() -> None:
    growth = whatif.Growth("reproduction", 3.0, 1.5, 6.0)
    (found,) = compared(scenario(growth=growth), days=40)
    assert found.broken > 10
    assert found.whole["found"].at[4] is None
    assert found.days["found"][0].at[4] is not None, "the first days are known"


def outbreak(n: int = 12) -> None:
    """Confirmed cases of two counties' prefecture with onset in the days before."""
    for number in range(n):
        onset = (START - timedelta(days=2 + number % 8)).date()
        case = reported(Class.CONFIRMED, about=About(onset=Days.exactly(onset)), at=START - timedelta(hours=number))
        if number % 2:
            act(case, kinds.Admitted, at=START, hospital="h-1", designated=True)


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def body(**changed: Any) -> dict[str, Any]:
    taken = {"isolation": ISOLATED._asdict(), "tracing": TRACED._asdict()}
    growth = {"reproduction": 2.2, "low": 1.4, "high": 3.9}
    scenarios = [
        {"name": "now", "growth": growth, "measures": taken},
        {"name": "none", "growth": growth, "measures": {}},
    ]
    asked = {"area": WUHUA, "disease": DISEASE, "days": 14, "runs": 100, "seed": 1, "assumptions": ASSUMED}
    return {**asked, "scenarios": scenarios, **changed}


def test_from_todays_registers_forward_over_http(desk: Desk) -> None:
    outbreak()
    desk.now = hours(1)
    today = desk.get("what-if/today", area=WUHUA, disease=DISEASE)
    assert (today["cases"], today["recent"], today["in_hospital"]) == (12, 12, 6)
    assert sum(one["cases"] for one in today["onsets"]) == 12
    assert today["beds"]["stations"] == 0
    assert today["own"]["report_mean_days"]["n"] == 12
    assert today["own"]["observe_days"]["value"] == 14
    found = desk.post("what-if/compare", body())
    assert [one["name"] for one in found["outcomes"]] == ["now", "none"]
    assert len(found["dates"]) == len(found["outcomes"][0]["days"]["found"]) == 14
    assert found["dates"][0] == "2020-01-29"
    assert found["outcomes"][0]["full"] == [], "of beds of which none is on record nothing is said"
    used = {one["code"]: one["basis"] for one in found["used"]}
    assert used["dispersion"] == "published"
    assert used["observe_days"] == "own"
    assert used["imports_per_day"] == "chosen"
    assert desk.post("what-if/compare", body()) == found, "nothing is stored and nothing is drawn anew"


def test_too_few_cases_are_refused_with_the_reason(desk: Desk) -> None:
    outbreak(4)
    refused = desk.post("what-if/compare", body(), 422)
    assert [(one["field"], one["reason"]) for one in refused["errors"]] == [("area", "too_few")]
    assert "4 cases" in refused["detail"]


def test_growth_is_said_in_one_way(desk: Desk) -> None:
    outbreak(6)
    for growth in ({}, {"reproduction": 2.0, "doubling_days": 3.0}, {"reproduction": 2.0, "low": 1.0}):
        desk.post("what-if/compare", body(scenarios=[{"name": "a", "growth": growth, "measures": {}}]), 422)
    desk.post("what-if/compare", body(scenarios=[{"name": "a", "growth": {"doubling_days": 3.0}, "measures": {}}]))
    desk.get("what-if/today", 422, area=WUHUA, disease="measles")
    desk.get("what-if/today", 422, area="999999", disease=DISEASE)


def test_only_sums_of_ones_own_divisions_are_told(desk: Desk) -> None:
    reported(Class.CONFIRMED)
    for role in (name for name in ROLES if roles()[name].appointed):
        may = "whatif.compare" in roles()[role].rights
        assert not may or {"cases.read", "contacts.read", "stations.read"} <= set(roles()[role].rights)
        desk.who = viewer(role, WUHUA)
        told = desk.get("what-if/today", 200 if may else 403, area=WUHUA, disease=DISEASE)
        assert not may or told["cases"] == 1, role
        desk.get("what-if/today", 403, area=FOREIGN, disease=DISEASE)
        desk.get("what-if/today", 403, area=KUNMING, disease=DISEASE)
