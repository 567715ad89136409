"""The demonstration's households: what was reported of them is what the record comes to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings

from lianfang.accounts import demo
from lianfang.app.demo import screening
from lianfang.app.serve import load_demo
from lianfang.capabilities.screening.facts import round_id
from lianfang.capabilities.screening.queries import coverage as ledgers
from lianfang.capabilities.screening.queries import daily as reports
from lianfang.capabilities.screening.queries.rounds import rounds
from lianfang.capabilities.screening.rules.daily import Reporting
from tests.access.made import viewer

CITY, SITE = "530100", "530103001003"
CENTRE = viewer("epidemiologist", CITY, author="centre")


@pytest.fixture
def demonstration(database: object) -> object:
    with override_settings(DEMO=True):
        load_demo()
        yield


def test_what_is_told_of_households_is_what_the_record_comes_to(demonstration: object) -> None:
    first, second = (ledgers.coverage(CENTRE, CITY, round_id(CITY, number)) for number in (1, 2))
    (closed,) = (one for one in rounds(CENTRE, CITY) if one.row.number == 1)
    assert closed.row.closed == {
        name: getattr(first.whole, "registered" if name == "households" else "due" if name == "members" else name)
        for name in closed.row.closed
    }
    assert (first.whole.missing, first.whole.unseen, first.faults, first.unplaced, closed.reopened) == (0, 0, 0, 0, 0)
    assert min(first.whole.refused, first.whole.not_met, first.whole.vacant, second.whole.missing) > 0
    assert (
        second.round is not None and second.round.closed_at is None and second.checks == dict.fromkeys(second.checks, 0)
    )
    assert ledgers.coverage(viewer("duty_officer", "100000")).whole[:6] == second.whole[:6]

    states = set()
    for day in (date(2020, 1, 25) + timedelta(days=n) for n in range(5)):
        for unit in reports.daily(CENTRE, day, CITY, now=demo.MORNING).units:
            told = reports.counted(CENTRE, unit.area, day)
            states.add(unit.state)
            if unit.report is None:
                assert (unit.area, day.day, len(told.undisposed)) == (SITE, 29, 1)
                continue
            its = unit.report
            assert (its.households, its.unwell, its.undisposed) == (told.figures.households, told.figures.unwell.n, 0)
            assert told.figures.person_times == {
                one: type(n)(getattr(its, one.value)) for one, n in told.figures.person_times.items()
            }
            assert told.undisposed == () and told.unresolved == ()
    assert states == {Reporting.REPORTED, Reporting.ZERO, Reporting.LATE, Reporting.NOT_REPORTED}


def test_everybody_named_lives_there() -> None:
    living = {person for home in screening.homes() for person in home.people}
    named = [one["id"] for one in screening.people()]
    assert len(set(named)) == len(named) and set(named) <= living
