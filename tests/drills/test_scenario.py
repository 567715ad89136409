"""Scenarios: the usual one is cited figure by figure; a bad one is refused by field and reason before it runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lianfang.capabilities.drills.rules import marginals, scenario
from lianfang.capabilities.drills.rules.faults import Refused
from lianfang.capabilities.drills.rules.scenario import Scenario
from lianfang.capabilities.drills.rules.scenario_form import form
from lianfang.epi.simulate.outbreak import ALWAYS, SCHOOL, Delay
from lianfang.profiles.disease import profile

GIB = 1 << 30
TABLE = marginals.shipped("530100")


def read(text: str | None = None, **asked: Any) -> Scenario:
    assert TABLE is not None
    usual = {"area": "530100", "population": 5000, "days": 30, "seed": 1, "table": TABLE, "memory_bytes": 8 * GIB}
    return scenario.read(text, **{**usual, **asked})


def test_every_figure_of_the_usual_scenario_has_its_source_and_bounds() -> None:
    figures = [
        (f"{section}.{name}", one)
        for section in ("course", "ages", "mixing", "finding", "travel", "settlement", "delays")
        for name, one in form()[section].items()
    ]
    figures += [(f"{kind}.{name}", one) for kind, its in form()["kinds"].items() for name, one in its.items()]
    assert len(figures) > 45
    for name, one in figures:
        assert one["source"], name
        assert "family" in one or one["least"] < one["most"], name
    shown = read().shown["figures"]
    cited = [name for name, one in shown.items() if name.split(".")[0] not in ("response", "origins", "measures")]
    assert len(cited) > 40 and all(shown[name]["source"] for name in cited)


def test_what_the_profile_says_is_taken_from_it() -> None:
    found = read()
    edition = profile("ncov-2020").edition(found.edition)
    assert edition.holds(date(2020, 3, 9)) and edition.contact is not None
    (tracing,) = found.parameters.measures.tracing
    assert tracing.quarantine_days == edition.contact.whole_days == 14
    assert tracing.days_before_onset == edition.contact.days_before_onset == 2
    assert found.parameters.course.incubation.mean_days == 5.2
    earlier = read("[start]\nfirst_day = 2020-01-24\n")
    assert earlier.parameters.measures.tracing[0].days_before_onset == 0


def test_a_scenario_changes_only_what_it_names() -> None:
    text = """
        [mixing]
        reproduction = { value = 3, source = "an exercise" }
        [delays.onset_visit]
        mean_days = 2
        sd_days = 1
        [response]
        late = 0.5
        [[measures]]
        kind = "limit"
        setting = "school"
        begins = 3
        ends = 9
        [[importations]]
        begins = 2
        ends = 4
        per_100k_day = 10
    """
    found, usual = read(text), read()
    assert found.parameters.mixing.reproduction == 3 and found.parameters.finding.onset_visit == Delay("gamma", 2, 1)
    assert found.response.late == 0.5 and found.response.met == usual.response.met
    assert found.parameters.course == usual.parameters.course
    (limit,) = found.parameters.measures.limits
    assert (limit.begins, limit.ends, limit.setting, limit.keeps) == (3, 9, SCHOOL, 0)
    assert not found.parameters.measures.tracing
    assert found.parameters.importations[:6] == pytest.approx((0, 0, 0.5, 0.5, 0, 0))
    figures = found.shown["figures"]
    assert figures["mixing.reproduction"] == {"value": 3, "source": "an exercise", "own": True}
    assert figures["delays.onset_visit"]["source"] == "the scenario's own"
    assert not figures["mixing.contacts"]["own"]


def test_measures_stay_unless_they_end() -> None:
    assert read().parameters.measures.isolation[0].ends == ALWAYS


def test_a_smaller_area_has_its_own_divisions_and_people() -> None:
    county, town = read(area="530102"), read(area="530102001")
    assert len(county.communities) == 11 and {code[:6] for code in county.communities} == {"530102"}
    assert county.shares.sum() == pytest.approx(1_143_085)
    assert town.communities == ("530102001",) and town.shares.size == 1


def test_a_drill_of_the_usual_scenario_runs() -> None:
    found = read("[[importations]]\nbegins = 0\nends = 10\nper_100k_day = 100\n")
    people = found.made()
    assert people.community_first.size == len(found.communities) + 1 == 148
    assert found.run(people).person.size > 10
    assert found.drill("one").communities == found.communities


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("x = [", "scenario", "no TOML"),
        ("speed = 1", "speed", "not known"),
        ("[mixing]\nreprodution = 2", "mixing.reprodution", "there are reproduction"),
        ("[mixing]\nreproduction = 50", "mixing.reproduction", "from 0 to 20"),
        ("[mixing]\nreproduction = 'two'", "mixing.reproduction", "'two'"),
        ("[mixing]\nreproduction = true", "mixing.reproduction", "True"),
        ("[mixing]\nreproduction = nan", "mixing.reproduction", "nan"),
        ("[mixing]\nreproduction = { value = 2, why = 3 }", "mixing.reproduction.why", "not known"),
        ("[mixing]\ncontacts = [1, 2]", "mixing.contacts", "write 5"),
        ("[mixing]\ncontacts = 3", "mixing.contacts", "a list"),
        ("mixing = 3", "mixing", "no table"),
        ("[delays.onset_visit]\nmean_days = -1", "delays.onset_visit.mean_days", "from 0 to 90"),
        ("[delays.onset_visit]\nmean_days = 400", "delays.onset_visit.mean_days", "from 0 to 90"),
        ("[delays.onset_visit]\nsd_days = 0", "delays.onset_visit.sd_days", "more than 0"),
        ("[delays.onset_visit]\nsd_days = 20", "delays.onset_visit.sd_days", "3 times the mean"),
        ("[delays.onset_visit]\nfamily = 'cauchy'", "delays.onset_visit.family", "one of gamma"),
        ("[delays.onset_visit]\nfamily = 'fixed'\nsd_days = 1", "delays.onset_visit.sd_days", "leave it out"),
        ("[delays.onset_vist]\nmean_days = 1", "delays.onset_vist", "not known"),
        ("[course]\nlatent_least_days = 0", "course.latent_least_days", "from 1"),
        ("[ages]\nsevere = [0.1]", "ages.severe", "write 9"),
        ("[ages]\nage_from = [5, 10]", "ages.age_from", "ascending from 0"),
        ("[settlement]\nteam = 2.5", "settlement.team", "whole number"),
        ("[[measures]]\nkind = 'lockdown'", "measures.0.kind", "'lockdown'"),
        ("[[measures]]\nkind = 'tracing'\nbegins = 5\nends = 5", "measures.0.ends", "after 5"),
        ("[[measures]]\nkind = 'tracing'\nbegins = -1", "measures.0.begins", "0 its first"),
        ("[[measures]]\nkind = 'tracing'\ncoverage = 1", "measures.0.coverage", "not known"),
        ("[[measures]]\nkind = 'limit'\nsetting = 'home'", "measures.0.setting", "one of school"),
        ("[[importations]]\nbegins = 0\nper_100k_day = 1e9", "importations.0.per_100k_day", "from 0 to 1000"),
        ("[[origins]]\narea = '999999'", "origins.0.area", "a division"),
        ("origins = []", "origins", "at least one"),
        ("[start]\ndisease = 'plague'", "start.disease", "no profile"),
        ("[start]\nfirst_day = '2020-03-09'", "start.first_day", "without quotes"),
        ("[start]\nfirst_day = 2010-01-01", "start.first_day", "edition"),
        ("[response]\nlazy = 1", "response.lazy", "not known"),
        ("[response]\nlate = 2", "response.late", "from 0 to 1"),
        ("[response]\nmade_up = ['magic']", "response.made_up", "some of"),
    ],
)
def test_a_bad_scenario_is_refused_by_field_and_reason(text: str, field: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    faults = {fault.field: fault for fault in refused.value.faults}
    assert field in faults, faults
    assert reason in faults[field].en and faults[field].zh


@pytest.mark.parametrize(
    ("asked", "field", "reason"),
    [
        ({"area": "999999"}, "area", "no division"),
        ({"area": "150100"}, "area", "has nobody there"),
        ({"population": 10_000_000}, "population", "memory that is allowed here holds about 5726623"),
        ({"population": 0}, "population", "from 1000"),
        ({"days": 0}, "days", "from 1 to 366"),
        ({"days": 9999}, "days", "from 1 to 366"),
    ],
)
def test_what_cannot_be_made_is_refused(asked: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(**asked)
    (fault,) = [fault for fault in refused.value.faults if fault.field == field]
    assert reason in fault.en


def test_all_reasons_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read("[mixing]\nreproduction = -1\n[course]\nlead = 1\n", population=3)
    assert {fault.field for fault in refused.value.faults} == {"mixing.reproduction", "course.lead", "population"}


def test_the_form_is_no_scenario_of_limits() -> None:
    """What bounds a scenario cannot be changed by one."""
    with pytest.raises(Refused, match="limits: is not known"):
        read("[limits]\nmost_days = 9999\n")


def test_the_examples_of_the_document_are_read() -> None:
    text = (Path(__file__).parents[2] / "docs" / "drill-scenarios.md").read_text("utf-8")
    example, people = text.split("```toml\n")[1].split("```")[0], text.split("```csv\n")[1].split("```")[0]
    found = read(example, area="530102", table=marginals.read(people))
    assert found.parameters.measures.limits[0].far_only and found.shares.size == 11
