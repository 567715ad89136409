"""What is looked at besides the cases of each division: people with symptoms, and neighbouring counties together."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.cases import service
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.gates.models import EncounterRow
from lianfang.capabilities.warning.queries.alarms import alarmed, checkpoints, clinics
from lianfang.capabilities.warning.queries.picture import picture
from lianfang.capabilities.warning.rules.alarms import across, of_counts, words
from lianfang.capabilities.warning.rules.series_estimates import Span
from lianfang.capabilities.warning.rules.series_terms import Break, terms
from lianfang.capabilities.warning.rules.signals.policy import policy
from lianfang.capabilities.warning.service import daily
from lianfang.places.queries import centres
from tests.cases.made import DISEASE, QILIN, START, WUHUA, entered, hours, viewer

DAYS = terms().course.days
TODAY = date(2020, 1, 28)
SPAN = Span(TODAY.toordinal() - DAYS + 1, TODAY.toordinal(), TODAY.toordinal())
KUNMING = ("530102", "530103", "530111", "530112")
"""Counties side by side."""
FAR = "533103"
GRID = np.array([(102.7 + n % 4 / 5, 25.0 + n // 4 / 5) for n in range(12)])


class Clock:
    """When facts come in."""

    now = START


@pytest.fixture
def record(database: Database, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("lianfang.facts.clock.now", lambda: clock.now)
    return clock


def report(clock: Clock, as_class: Class, area: str, days_before: int, found_by: str) -> None:
    who, at = viewer(area=area), START - timedelta(days=days_before)
    clock.now = at
    about = {"onset": {"earliest": at.date(), "latest": at.date()}, "found_by": found_by}
    card = service.Card(person=entered(area, who), disease=DISEASE, as_class=as_class, area=area, at=at, about=about)
    service.report(who, card, now=at)


def test_a_day_with_many_is_an_alarm_and_a_usual_one_is_none() -> None:
    counts = np.random.default_rng(1).poisson(2.0, (12, DAYS)).astype(float)
    counts[3, -1] = 19
    raised = [one for one in of_counts(counts, [f"5301{n:02}" for n in range(12)], SPAN) if one.day == TODAY]
    assert {one.area for one in raised} == {"530103"}
    assert {one.detector for one in raised} == {"ears-c1", "ears-c2", "cusum"} and raised[0].observed == 19


def test_neighbours_are_found_together_and_a_break_is_none() -> None:
    """Two cases more a day in each of four neighbours; a county whose place nobody knows stands alone; a day on which
    another definition came into force is passed over."""
    counts = np.random.default_rng(2).poisson(0.3, (12, DAYS)).astype(float)
    counts[11, :] += 1
    codes, unbroken = [f"5301{n:02}" for n in range(12)], [()] * 12
    assert not list(across(counts, codes, GRID, SPAN, unbroken))
    counts[[0, 1, 4, 5], -3:] += 2
    (raised,) = across(counts, codes, GRID, SPAN, unbroken)
    assert set(raised.places) >= {"530100", "530101", "530104", "530105"} and raised.area == raised.places[0]
    assert raised.day == TODAY and raised.observed > 2 * (raised.expected or 0) and raised.recurs_days == 1000
    unknown = GRID.copy()
    unknown[:] = np.nan
    assert all(len(one.places) == 1 for one in across(counts, codes, unknown, SPAN, unbroken))
    calm = np.random.default_rng(2).poisson(0.3, (12, DAYS)).astype(float)
    calm[2, -1] = 60
    broken = Break(disease=DISEASE, area="530102", day=TODAY, zh="变", en="change", source="here")
    assert not list(across(calm, codes, GRID, SPAN, [(broken,) if n == 2 else () for n in range(12)]))


def test_counties_have_a_middle(record: Clock) -> None:
    found = centres([WUHUA, QILIN, "no-such"])
    east, north = found[WUHUA]
    assert 102.4 < east < 102.9 and 24.9 < north < 25.3 and 103.6 < found[QILIN][0] < 104.2


def test_the_daily_run_keeps_alarms_and_rules_see_them(record: Clock) -> None:
    """A clinic that reports nine on a day after weeks without any, and neighbours with two confirmed each on the last
    days, beside a far county with one every other day."""
    for _ in range(9):
        report(record, Class.SUSPECTED, WUHUA, 0, "clinic")
    report(record, Class.SUSPECTED, WUHUA, 0, "contact_follow_up")
    for area in KUNMING:
        for ago in (0, 0, 1):
            report(record, Class.CONFIRMED, area, ago, "contact_follow_up")
    for ago in range(3, 27, 2):
        report(record, Class.CONFIRMED, FAR, ago, "contact_follow_up")
    assert daily.run(hours(16)) > 0 and not daily.run(hours(16))
    with seeing_all():
        raised = list(alarmed(TODAY - timedelta(30), TODAY))
        seen = picture(hours(16), policy()).watched
    assert set(seen) == set(raised)
    (scanned,) = (one for one in raised if one.source == "scan")
    its = scanned.alarm
    assert set(its.places) == set(KUNMING) and scanned.disease == DISEASE
    assert (its.observed, its.day, its.since) == (12, TODAY, TODAY - timedelta(1))
    of_clinics = [(one.disease, one.alarm) for one in raised if one.source == "clinic"]
    assert {(its.area, its.observed, its.day, none) for none, its in of_clinics} == {(WUHUA, 9, TODAY, None)}
    assert all(words(one.source) for one in raised) and words(its.detector)


def test_alarms_of_no_case_are_due_too(record: Clock) -> None:
    assert daily.due(hours(16)) and not daily.run(hours(16)) and not daily.due(hours(16)) and daily.due(hours(40))


def test_people_with_symptoms_are_counted_by_county_and_day(record: Clock) -> None:
    with seeing_all():
        for area, day, held in ((WUHUA, TODAY, True), ("530102001", TODAY, True), (QILIN, TODAY, False)):
            EncounterRow.objects.create(
                subject=uuid4(), area=area, author="desk", faults=[], disputed=False, day=day, symptoms=[],
                refused=False, declared=False, taken_up_by="", held_since=hours(3) if held else None,
            )  # fmt: skip
        found, none = checkpoints(SPAN), clinics(SPAN)
    assert found.counties == [WUHUA] and found.counts[0].nonzero()[0].tolist() == [DAYS - 1] and found.counts.sum() == 2
    assert none.counties == [] and none.counts.shape == (0, DAYS)
