"""Made populations: who lives where with whom, as the table has it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.epi.simulate.population import Population, Settlement, make
from lianfang.epi.simulate.population_layout import shared_out
from tests.epi.simulate.people import MARGINALS, SHARES, TRAVEL, same

PERSONS = 20_000


@cache
def people(seed: int = 1) -> Population:
    return make(PERSONS, MARGINALS, SHARES, seed, 30, TRAVEL)


def residents(made: Population) -> np.ndarray:
    return np.flatnonzero(made.hotel[made.household] < 0)


def test_ages_and_sexes_are_those_of_the_table() -> None:
    made = people()
    at = residents(made)
    band = np.searchsorted(MARGINALS.age_from, made.age[at], side="right") - 1
    found = np.array([np.bincount(band[made.sex[at] == sex], minlength=4) for sex in (0, 1)])
    # rounding is by year of age: less than one person for each
    assert abs(found - PERSONS * MARGINALS.persons / MARGINALS.persons.sum()).max() < 91
    assert found.sum() == PERSONS


def test_people_are_shared_among_communities() -> None:
    made = people()
    at = residents(made)
    count = np.bincount(made.community[made.household[at]], minlength=4)
    assert count.tolist() == shared_out(PERSONS, SHARES).tolist() == [11_111, 0, 6_667, 2_222]


def test_households_are_of_the_sizes_of_the_table_and_have_an_adult() -> None:
    made = people()
    size = np.diff(made.first)
    homes = made.hotel < 0
    shares = np.bincount(size[homes], minlength=11)[1:] / homes.sum()
    assert abs(shares - MARGINALS.household_shares / MARGINALS.household_shares.sum()).max() < 0.015
    assert (np.maximum.reduceat(made.age, made.first[:-1]) >= 18).all()


def test_couples_are_of_like_age_and_children_younger() -> None:
    made = people()
    size = np.diff(made.first)
    four = made.first[:-1][(size == 4) & (made.hotel < 0)]
    assert np.median(abs(made.age[four].astype(int) - made.age[four + 1])) < 10
    assert (made.sex[four] != made.sex[four + 1]).mean() > 0.75
    with_child = made.age[four + 3] < 18
    assert np.median(made.age[four][with_child] - made.age[four + 3][with_child]) > 18


def test_persons_stand_by_household_and_households_by_community() -> None:
    made = people()
    assert (made.household == np.repeat(np.arange(made.community.size), np.diff(made.first))).all()
    assert (np.diff(made.community) >= 0).all()
    for c in range(4):
        its = made.community[made.community_first[c] : made.community_first[c + 1]]
        assert (its == c).all()
    homes = made.hotel < 0
    assert (made.grid_community[made.grid[homes]] == made.community[homes]).all()
    assert np.bincount(made.grid[homes]).max() <= Settlement().grid_households
    address = np.column_stack([made.grid, made.building, made.door])[homes]
    assert len(np.unique(address, axis=0)) == homes.sum()


def test_members_of_workplaces_and_schools() -> None:
    made = people()
    for of, members, first in (
        (made.workplace, made.workers, made.workplace_first),
        (made.school, made.pupils, made.school_first),
    ):
        assert np.array_equal(np.sort(members), np.flatnonzero(of >= 0))
        assert (of[members] == np.repeat(np.arange(first.size - 1), np.diff(first))).all()
        assert (np.diff(first) > 0).all()
    assert not ((made.workplace >= 0) & (made.school >= 0)).any()
    adults = (made.age >= 18) & (made.age < 60) & (made.hotel[made.household] < 0)
    assert abs((made.workplace[adults] >= 0).mean() - 0.8) < 0.02
    children = (made.age >= 6) & (made.age < 18)
    assert abs((made.school[children] >= 0).mean() - 0.97) < 0.02


def test_a_class_is_of_one_age_or_nearly() -> None:
    made = people()
    spread = [
        np.ptp(made.age[made.pupils[at : min(at + made.class_pupils, end)]])
        for begin, end in zip(made.school_first, made.school_first[1:], strict=False)
        for at in range(begin, end, made.class_pupils)
    ]
    assert np.median(spread) <= 2


def test_visitors_come_together_stay_in_hotels_and_do_not_work() -> None:
    made = people()
    guests = np.flatnonzero(made.hotel[made.household] >= 0)
    assert guests.size == round(PERSONS * TRAVEL.visitors)
    assert (made.workplace[guests] < 0).all() and (made.school[guests] < 0).all()
    assert (made.age[guests] >= 18).all()
    assert (made.arrived[guests] == made.arrived[made.first[made.household[guests]]]).all()
    assert (made.leaves[guests] >= made.arrived[guests] + 0.99).all()
    assert (made.hotel_community[made.hotel[made.household[guests]]] == made.community[made.household[guests]]).all()
    returned = np.isfinite(made.arrived) & (made.hotel[made.household] < 0)
    assert abs(returned.sum() / PERSONS - TRAVEL.returnees) < 0.005
    came = np.isfinite(made.arrived)
    assert (made.arrived[came] < 30).all() and (made.origin[~came] == -1).all()
    assert abs((made.origin[came] == 1).mean() - 0.75) < 0.07


def test_the_same_seed_makes_the_same_people_on_any_number_of_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: make(PERSONS, MARGINALS, SHARES, 1, 30, TRAVEL), range(4)))
    assert all(same(people(), one) for one in found)
    assert not same(people(), people(2))


def test_children_who_fit_beside_no_adult_are_refused() -> None:
    alone = replace(MARGINALS, household_shares=np.eye(10)[0])
    with pytest.raises(ValueError, match="households larger"):
        make(1000, alone, SHARES, 1)


@pytest.mark.parametrize("shares", [(0, 0), (1, -1), (float("nan"),), ()])
def test_shares_that_are_none_are_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="shares of communities"):
        make(1000, MARGINALS, np.array(shares, float), 1)


@given(st.integers(0, 10_000), st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda s: sum(s) > 1e-6))
def test_a_number_is_shared_out_whole_and_fairly(total: int, shares: list[float]) -> None:
    given_out = shared_out(total, np.array(shares))
    assert given_out.sum() == total
    assert (abs(given_out - total * np.array(shares) / sum(shares)) < 1 + 1e-6).all()


@settings(max_examples=25)
@given(st.integers(1, 400), st.integers(0, 2**40), st.lists(st.integers(0, 5), min_size=1, max_size=6).filter(any))
def test_small_populations_are_whole(persons: int, seed: int, shares: list[int]) -> None:
    fit = replace(MARGINALS, household_shares=np.eye(10)[4])
    made = make(persons, fit, np.array(shares, float), seed)
    assert made.age.size == persons == made.first[-1]
    assert made.community_first[-1] == made.community.size
