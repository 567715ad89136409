"""Series of areas and what is estimated from them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.cases.rules.counting import middle
from lianfang.capabilities.warning.rules.series import Case, table, triangles
from lianfang.capabilities.warning.rules.series_estimates import Span, alarms, breaks, outlook, series, span
from lianfang.capabilities.warning.rules.series_terms import terms
from lianfang.capabilities.warning.rules.series_told import Estimated, told

DISEASE, FIRST = "ncov-2020", date(2020, 1, 1)
DAYS = st.integers(0, 30)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    some = []
    for _ in range(draw(st.integers(0, 30))):
        onset, report = draw(DAYS), draw(DAYS)
        counted = report + draw(st.integers(0, 9))
        known = counted + draw(st.integers(0, 9))
        place = draw(st.integers(0, 2))
        some.append(Case(place, on(onset) if draw(st.booleans()) else None, on(report), on(counted), on(known)))
    return some


@given(cases(), st.integers(5, 40))
def test_the_triangle_and_the_curves_hold_the_same_cases(some: list[Case], last: int) -> None:
    """Every case known by then is on the curve of each of its days, and in the triangle where its onset is known."""
    of = Span(FIRST.toordinal(), on(last).toordinal(), on(last).toordinal())
    found, its = series(table(some), 3, of), triangles(table(some), 3, of.first, of.last, 21)
    for place in range(3):
        here = [one for one in some if one.place == place and one.known <= on(last)]
        for name, days in (
            ("onset", [one.onset for one in here]),
            ("report", [one.report for one in here]),
            ("confirmation", [one.confirmation for one in here]),
        ):
            expected = [sum(day == on(n) for day in days) for n in range(last + 1)]
            assert getattr(found, name)[place].tolist() == expected
        assert found.unknown_onset[place] == sum(one.onset is None for one in here)
    complete = np.arange(last + 1) <= last - 20
    assert (np.nansum(its, 2)[:, complete] == found.onset[:, complete]).all()
    assert (np.nansum(its, 2) <= found.onset).all()


def test_an_onset_known_to_a_range_counts_in_its_middle() -> None:
    assert middle(on(1), on(4)) == on(2) and middle(None, on(4)) == on(4) and middle(None, None) is None


def outbreak(growth: float, place: int, days: int = 60) -> list[Case]:
    """Cases that grow or shrink, each known so many days after its onset."""
    dice = np.random.default_rng(place)
    some = []
    for day in range(days):
        for _ in range(dice.poisson(6 * np.exp(growth * (day - days / 2)))):
            report = day + 1 + int(dice.gamma(2, 1.5))
            some.append(Case(place, on(day), on(report), on(report + 1), on(report + 1)))
    return some


def test_a_division_is_told_the_same_alone_as_among_others() -> None:
    last = on(59)
    of = span(last, last)
    one, other = outbreak(0.04, 0), outbreak(-0.04, 1)
    both = outlook(table(one + other), 3, of, DISEASE, [])
    alone = outlook(table(one), 1, of, DISEASE, [])
    assert both is not None and alone is not None
    for part, same in ((both.now, alone.now), (both.reproduction, alone.reproduction), (both.ahead, alone.ahead)):
        np.testing.assert_allclose(part.quantiles[0], same.quantiles[0], rtol=1e-9)
    assert both.below_one[0, -9] < 0.1 and both.below_one[1, -9] > 0.9
    assert {both.now.refused[2], both.reproduction.refused[2], both.ahead.refused[2]} == {"empty"}


def test_what_is_told_says_why_it_is_not() -> None:
    of = span(on(59), on(59))
    some = table(outbreak(0.0, 0))
    its = series(some, 2, of)
    for disease, reason in ((DISEASE, "empty"), ("ebola", "serial")):
        found = outlook(some, 2, of, disease, []) if reason == "empty" else None
        answer = told(Estimated(of, disease, its, found, alarms(its.confirmation, of, [[], []]), [[], []]), 1)
        assert answer["nowcast"]["refused"]["code"] == reason and not answer["nowcast"]["days"]
        assert answer["forecast"]["skill"] is None
    answer = told(Estimated(of, DISEASE, its, outlook(some, 2, of, DISEASE, []), [[], []], [[], []]), 0)
    assert len(answer["nowcast"]["days"]) == 60 and len(answer["forecast"]["days"]) == 14
    assert answer["forecast"]["skill"]["origins"] and answer["rt"]["si_mean"] == 7.5
    assert all(len(one["q"]) == len(answer["rt"]["levels"]) == 7 for one in answer["rt"]["days"])


def test_no_alarm_is_told_of_the_day_of_a_declared_break() -> None:
    """Hubei's 12 February stands out, is told of without a break, and hides nothing that comes later."""
    of = span(date(2020, 2, 20), date(2020, 2, 20))
    hubei = breaks(DISEASE, lambda area: area == "420000")
    assert [one.day for one in hubei] == [date(2020, 2, 12)] and not breaks(DISEASE, lambda area: area == "530000")
    confirmed = np.random.default_rng(4).poisson(9, (1, terms().course.days)).astype(float)
    confirmed[0, -9], confirmed[0, -3] = 400, 60
    days = [{date.fromordinal(one.day) for one in alarms(confirmed, of, [broken])[0]} for broken in ([], hubei)]
    assert date(2020, 2, 12) in days[0] and date(2020, 2, 12) not in days[1]
    assert date(2020, 2, 18) in days[1]
