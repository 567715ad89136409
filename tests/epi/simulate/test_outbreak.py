"""Outbreaks on made populations: times in order, nobody met who is away, known limits, measures that do as they say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lianfang.epi.simulate.outbreak import (
    ASYMPTOMATIC,
    COMMUNITY,
    DIED,
    IMPORTED,
    OPEN,
    SCHOOL,
    SCREENED,
    TRACED,
    TRANSPORT,
    WORK,
    Delay,
    Isolation,
    Limit,
    Measures,
    Mixing,
    Outbreak,
    Parameters,
    run,
)
from lianfang.epi.simulate.outbreak_tables import quantiles
from lianfang.epi.simulate.population import Population, make
from tests.epi.simulate.people import (
    ALL_MEASURES,
    COURSE,
    FINDING,
    MARGINALS,
    MIXING,
    SHARES,
    TRACING,
    TRAVEL,
    same,
)
from tests.epi.simulate.spread import final_size

DAYS = 50


@cache
def people() -> Population:
    return make(20_000, MARGINALS, SHARES, 1, DAYS, TRAVEL)


@cache
def played(measures: Measures = ALL_MEASURES, seed: int = 1, arrivals: float = 2.0) -> Outbreak:
    return run(people(), Parameters(COURSE, MIXING, FINDING, (arrivals,) * 20, measures), DAYS, seed)


BOTH = pytest.mark.parametrize("measures", [Measures(), ALL_MEASURES], ids=["none", "all"])


@BOTH
def test_times_are_in_their_order(measures: Measures) -> None:
    found = played(measures)
    assert found.person.size > 300 and (np.diff(found.infected) >= 0).all()
    times = (found.infectious, found.infected, found.visit, found.sampled, found.resulted, found.reported)
    for earlier, later in ((1, 0), (1, 2), (2, 3), (3, 4), (4, 5)):
        known = np.isfinite(times[later])
        assert (times[earlier][known] <= times[later][known]).all()
        assert (times[later][known] < DAYS).all()
    in_hospital = np.isfinite(found.admitted)
    assert (found.reported[in_hospital] <= found.admitted[in_hospital]).all()
    assert (found.isolated[in_hospital] <= found.admitted[in_hospital]).all()
    assert not (found.ended[in_hospital] < found.admitted[in_hospital]).any()
    assert (np.isnan(found.ended) == (found.outcome == OPEN)).all()
    assert np.isnan(found.onset[found.severity == ASYMPTOMATIC]).all()


@BOTH
def test_everybody_is_infected_once_by_one_who_can(measures: Measures) -> None:
    found = played(measures)
    assert np.unique(found.person).size == found.person.size
    local = np.flatnonzero(found.infector >= 0)
    assert (found.setting[local] != IMPORTED).all() and (found.setting[found.infector < 0] == IMPORTED).all()
    by = found.infector[local]
    t = found.infected[local]
    assert (t >= found.infectious[by]).all() and (t <= found.infectious[by] + COURSE.infectious_most_days).all()
    assert not (t >= found.isolated[by]).any()
    died = found.outcome[by] == DIED
    assert (t[died] < found.ended[by][died]).all()


@BOTH
def test_an_infection_came_where_the_two_could_meet(measures: Measures) -> None:
    found, made = played(measures), people()
    at = np.flatnonzero(found.infector >= 0)
    one, other, where = found.person[at], found.person[found.infector[at]], found.setting[at]
    for setting, place in ((0, made.household), (SCHOOL, made.school), (WORK, made.workplace)):
        here = where == setting
        assert here.any()
        assert (place[one[here]] == place[other[here]]).all()
    for person in (one, other):
        assert not (found.infected[at] < made.arrived[person]).any()
        assert not (found.infected[at] > made.leaves[person]).any()


@BOTH
def test_contacts_are_those_of_the_reported_and_hold_all_whom_they_infected(measures: Measures) -> None:
    found = played(measures)
    assert np.isfinite(found.reported[found.contact_infection]).all()
    assert (found.contact_person != found.person[found.contact_infection]).all()
    assert not (found.contact_last >= found.isolated[found.contact_infection] + 1e-4).any()
    rows = set(
        zip(
            found.contact_infection.tolist(),
            found.contact_person.tolist(),
            found.contact_setting.tolist(),
            strict=True,
        )
    )
    assert len(rows) == found.contact_person.size
    for i in np.flatnonzero(found.infector >= 0):
        by = int(found.infector[i])
        if np.isfinite(found.reported[by]):
            assert (by, int(found.person[i]), int(found.setting[i])) in rows


def test_who_is_set_apart_infects_nobody_outside_and_those_apart_from_all_nobody() -> None:
    found = played()
    stays: dict[int, list[tuple[float, float, int]]] = {}
    for row in np.flatnonzero(np.isfinite(found.quarantined)):
        end = found.released[row] if np.isfinite(found.released[row]) else DAYS
        stay = (float(found.quarantined[row]), float(end), int(found.at_home[row]))
        stays.setdefault(int(found.contact_person[row]), []).append(stay)
    checked = 0
    for i in np.flatnonzero(found.infector >= 0):
        for person in (int(found.person[i]), int(found.person[found.infector[i]])):
            for begin, end, at_home in stays.get(person, ()):
                if begin <= found.infected[i] < end - 1e-3:
                    checked += 1
                    assert at_home == 1 and found.setting[i] == 0
    assert checked > 0


def test_contacts_are_sought_as_completely_as_stated_and_kept_as_long() -> None:
    found = played()
    sought = found.reported[found.contact_infection] >= TRACING.begins
    since = np.where(np.isnan(found.onset), found.sampled, found.onset)[found.contact_infection]
    due = sought & (found.contact_last >= since - TRACING.days_before_onset)
    due &= found.reported[found.contact_infection] < DAYS - 8  # found by the last day, however late
    for setting, share in enumerate(TRACING.completeness):
        its = due & (found.contact_setting == setting)
        deviation = 4 * np.sqrt(share * (1 - share) / its.sum()) + 1e-9
        assert abs(np.isfinite(found.traced[its]).mean() - share) <= deviation
    assert not np.isfinite(found.traced[~sought]).any()
    assert (found.traced >= found.reported[found.contact_infection]).all() or np.isnan(found.traced).any()
    whole = np.isfinite(found.released) & ~np.isin(found.contact_person, found.person)
    kept = found.released[whole] - found.contact_last[whole]
    assert whole.any() and np.allclose(kept, TRACING.quarantine_days, atol=1e-3)
    assert (np.floor(found.quarantined) > found.reported[found.contact_infection] - 1).sum() == np.isfinite(
        found.quarantined
    ).sum()


def test_limits_close_what_they_say_from_their_day_on() -> None:
    free, limited = played(Measures()), played(Measures(limits=(Limit(20, 30, SCHOOL, 0.0),)))
    of_school = limited.infected[limited.setting == SCHOOL]
    assert ((of_school < 20) | (of_school >= 30)).all()
    closed = free.infected[free.setting == SCHOOL]
    assert ((closed >= 20) & (closed < 30)).any()
    far = played(Measures(limits=(Limit(0, 999, TRANSPORT, 0.0, far_only=True),)))
    near = np.flatnonzero(far.setting == TRANSPORT)
    community = people().community[people().household]
    assert near.size > 5
    assert (community[far.person[near]] == community[far.person[far.infector[near]]]).all()


def test_measures_find_more_and_leave_fewer_infected() -> None:
    free, acted = played(Measures()), played()
    assert acted.person.size < 0.7 * free.person.size
    assert np.isin((TRACED, SCREENED), acted.found_by).all() and not np.isin((TRACED, SCREENED), free.found_by).any()
    assert (acted.found_by > 0).mean() > 1.2 * (free.found_by > 0).mean()


def test_totals_by_day_are_those_of_the_infections() -> None:
    found = played()
    assert found.infections.sum() == (found.infected >= 0).sum()
    assert found.reports.sum() == np.isfinite(found.reported).sum()
    assert found.deaths.sum() == (found.outcome == DIED).sum()
    last = np.isfinite(found.admitted) & np.isnan(found.ended)
    assert found.in_hospital[-1] == last.sum()
    still = np.isfinite(found.quarantined) & np.isnan(found.released)
    assert found.in_quarantine[-1] == np.unique(found.contact_person[still]).size


def test_the_same_seed_makes_the_same_outbreak_on_any_number_of_threads() -> None:
    given = Parameters(COURSE, MIXING, FINDING, (2.0,) * 20, ALL_MEASURES)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: run(people(), given, DAYS, 1), range(4)))
    assert all(same(played(), one) for one in found)
    assert not same(played(), played(seed=2))


def test_what_is_done_later_does_not_change_what_was_before() -> None:
    late = played(Measures(isolation=(Isolation(30, 999, 1.0),)))
    free = played(Measures())
    assert np.array_equal(late.infections[:30], free.infections[:30])
    assert not np.array_equal(late.infections, free.infections)


def alike() -> tuple[Population, Mixing]:
    """People who differ in nothing, live alone and meet ten others at random a day."""
    alone = replace(MARGINALS, household_shares=np.eye(10)[0], persons=MARGINALS.persons * [0, 0, 1, 1])
    return make(30_000, alone, SHARES, 1), Mixing(2.0, (0, 0, 0, 0, 10), (0, 0, 0, 0, 1), (0, 0, 0, 0, 1.0), 0)


def test_the_final_size_among_people_alike_is_the_known_one() -> None:
    """Kermack and McKendrick: the share z with z = 1 − exp(−R z), here with R 2."""
    made, mixing = alike()
    course = replace(
        COURSE, dispersion=1000.0, asymptomatic_factor=1.0, susceptibility=(1, 1, 1), symptomatic=(0, 0, 0)
    )
    share = [
        run(made, Parameters(course, mixing, FINDING, (6.0,) * 5), 180, seed).person.size / 30_000 for seed in (1, 2, 3)
    ]
    assert np.mean(share) == pytest.approx(final_size(2.0, 0.001), rel=0.01)


def test_one_infects_as_many_as_the_reproduction_number_says() -> None:
    """Of arrivals who are infectious from onset on, so that nothing of it is spent before they come."""
    made = make(60_000, MARGINALS, SHARES, 1)
    course = replace(COURSE, lead_days=0.0, dispersion=5.0)
    finding = replace(FINDING, seeks_care=(0, 0, 0, 0))
    by: list[int] = []
    for seed in range(6):
        found = run(made, Parameters(course, MIXING, finding, (30.0,)), 40, seed)
        count = np.bincount(found.infector[found.infector >= 0], minlength=found.person.size)
        by += count[found.setting == IMPORTED].tolist()
    deviation = np.std(by) / np.sqrt(len(by))
    # a little less: who is infected by another first is infected no more
    assert MIXING.reproduction - 3.5 * deviation - 0.1 < np.mean(by) < MIXING.reproduction + 3 * deviation


def test_a_number_that_contacts_cannot_give_is_refused() -> None:
    made, mixing = alike()
    nobody = replace(mixing, contacts=(0, 0, 0, 0, 0))
    with pytest.raises(ValueError, match="reproduction"):
        run(made, Parameters(COURSE, nobody, FINDING, (1.0,)), 10, 1)


@pytest.mark.parametrize("family", ["gamma", "lognormal", "weibull"])
@pytest.mark.parametrize(("mean", "sd"), [(5.2, 3.9), (0.3, 0.2), (17.8, 8.0)])
def test_laws_of_waiting_have_their_mean_and_spread(family: str, mean: float, sd: float) -> None:
    table = quantiles(Delay(family, mean, sd))  # type: ignore[arg-type]
    middle = (table[1:] + table[:-1]) / 2
    assert (np.diff(table) > 0).all()
    assert middle.mean() == pytest.approx(mean, rel=0.005)
    assert middle.std() == pytest.approx(sd, rel=0.02)


def test_without_arrivals_nothing_happens() -> None:
    found = played(Measures(), arrivals=0.0)
    assert found.person.size == 0 == found.contact_person.size
    assert found.infections.sum() == 0 and found.infections.size == DAYS


def test_contacts_elsewhere_are_as_frequent_as_stated() -> None:
    found, made = played(Measures()), people()
    community = made.community[made.household]
    rows = found.contact_setting == COMMUNITY
    own = community[found.person[found.contact_infection[rows]]]
    apart = (own != community[found.contact_person[rows]]).mean()
    same_by_chance = ((np.bincount(community) / community.size)[own]).mean()
    assert apart == pytest.approx(0.2 * (1 - same_by_chance), abs=0.02)
