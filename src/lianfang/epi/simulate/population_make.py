"""Puts a made population together from what ``population_layout`` lays out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lianfang.epi.simulate import dice
from lianfang.epi.simulate import population_layout as layout
from lianfang.epi.simulate.population import (
    Doubles,
    Ints,
    Marginals,
    Population,
    Settlement,
    Short,
    Singles,
    Tiny,
    Travel,
)

_PARTY = np.array([0.5, 0.35, 0.15])
"""Visitors come alone, in twos and in threes."""


class _Residents(NamedTuple):
    sizes: Ints
    community: Ints
    age: Short
    sex: Tiny


class _Places(NamedTuple):
    of: Ints
    community: Ints
    first: Ints
    members: Ints


def made(
    persons: int,
    marginals: Marginals,
    shares: Doubles,
    seed: int,
    days: int,
    travel: Travel | None,
    settlement: Settlement,
) -> Population:
    """See ``population.make``."""
    if shares.size == 0 or not np.isfinite(shares).all() or (shares < 0).any() or shares.sum() <= 0:
        raise ValueError("shares of communities: give each a number of 0 or more, one of them above 0")
    home = _residents(persons, marginals, shares, seed)
    parties = _parties(persons, marginals, shares, seed, travel)
    sizes, community, of_hotel, order = _together(home, parties, settlement, travel)
    first = np.zeros(sizes.size + 1, np.int32)
    np.cumsum(sizes, out=first[1:])
    from_member = _members(np.concatenate([home.sizes, parties.sizes]), order)
    age = np.concatenate([home.age, parties.age])[from_member]
    sex = np.concatenate([home.sex, parties.sex])[from_member]
    household = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
    of_home = of_hotel < 0
    where, grids = _where(sizes, community, of_home, settlement)
    lives = of_home[household]
    arrived, leaves, origin = _journeys(seed, lives, first, household, days, travel)
    work = _workplaces(seed, age, marginals, community[household], lives, shares, settlement)
    school = _schools(seed, age, marginals, community[household], lives, shares, settlement)
    hotels = int(of_hotel.max(initial=-1)) + 1
    hotel_community = np.zeros(hotels, np.int32)
    hotel_community[of_hotel[~of_home]] = community[~of_home]
    return Population(
        household=household,
        age=age,
        sex=sex,
        workplace=work.of,
        school=school.of,
        arrived=arrived,
        leaves=leaves,
        origin=origin,
        first=first,
        community=community,
        grid=where[0],
        building=where[1],
        door=where[2],
        hotel=of_hotel,
        community_first=np.searchsorted(community, np.arange(shares.size + 1)).astype(np.int32),
        grid_community=grids,
        workplace_community=work.community,
        school_community=school.community,
        hotel_community=hotel_community,
        workplace_first=work.first,
        workers=work.members,
        school_first=school.first,
        pupils=school.members,
        team=settlement.team,
        class_pupils=settlement.class_pupils,
    )


def _residents(persons: int, marginals: Marginals, shares: Doubles, seed: int) -> _Residents:
    residents = layout.shared_out(persons, shares)
    sizes, community = layout.sized(dice.key(seed, "household size"), residents, marginals.household_shares)
    key = dice.key(seed, "household ages")
    age, sex = layout.given_ages(key, sizes, marginals.age_from, marginals.age_to, marginals.persons)
    return _Residents(sizes, community, age, sex)


def _parties(persons: int, marginals: Marginals, shares: Doubles, seed: int, travel: Travel | None) -> _Residents:
    """Visitors: adults of the area's ages, as for want of others', in parties."""
    visitors = round(persons * travel.visitors) if travel else 0
    per_community = layout.shared_out(visitors, shares)
    sizes, community = layout.sized(dice.key(seed, "visitors"), per_community, _PARTY)
    adults = np.clip(marginals.age_to.astype(np.float64) - layout.ADULT + 1, 0, None)
    width = (marginals.age_to - marginals.age_from + 1).astype(np.float64)
    weight = (marginals.persons * np.minimum(adults / width, 1.0)).ravel()
    who = np.arange(visitors)
    key = dice.key(seed, "visitors' ages")
    cell = np.searchsorted(np.cumsum(weight) / weight.sum(), dice.uniforms(key, who, 0, 0), side="right")
    sex, band = np.divmod(np.minimum(cell, weight.size - 1), marginals.age_from.size)
    low = np.maximum(marginals.age_from[band], layout.ADULT)
    years = (dice.uniforms(key, who, 0, 1) * (marginals.age_to[band] - low + 1)).astype(np.int16)
    return _Residents(sizes, community, (low + years).astype(np.int16), sex.astype(np.int8))


def _together(
    home: _Residents, parties: _Residents, settlement: Settlement, travel: Travel | None
) -> tuple[Ints, Ints, Ints, Ints]:
    """Sizes, communities and hotels of all households, by community with the parties last; and the order that does
    it."""
    guests = np.zeros(parties.sizes.size, np.int64)
    np.cumsum(parties.sizes[:-1], out=guests[1:])
    per_hotel = travel.hotel_guests if travel else 1
    new = np.ones(guests.size, bool)
    number = (
        guests - guests[np.searchsorted(parties.community, parties.community, side="left")] if guests.size else guests
    )
    hotel_within = number // per_hotel
    new[1:] = (parties.community[1:] != parties.community[:-1]) | (hotel_within[1:] != hotel_within[:-1])
    hotel = np.cumsum(new) - 1
    community = np.concatenate([home.community, parties.community])
    order = np.argsort(community, kind="stable").astype(np.int32)
    of_hotel = np.concatenate([np.full(home.sizes.size, -1, np.int32), hotel.astype(np.int32)])[order]
    return np.concatenate([home.sizes, parties.sizes])[order], community[order], of_hotel, order


def _members(sizes: Ints, order: Ints) -> Ints:
    """Where the persons of households in their new order stood before."""
    first = np.zeros(sizes.size, np.int64)
    np.cumsum(sizes[:-1], out=first[1:])
    now = sizes[order]
    begin = np.repeat(first[order], now)
    new_first = np.zeros(now.size, np.int64)
    np.cumsum(now[:-1], out=new_first[1:])
    return (begin + np.arange(begin.size) - np.repeat(new_first, now)).astype(np.int32)


def _where(
    sizes: Ints, community: Ints, of_home: np.ndarray, settlement: Settlement
) -> tuple[tuple[Ints, Short, Short], Ints]:
    """Grid, building and door of the households that are no visitors, −1 of these; and the communities of grids."""
    at = np.flatnonzero(of_home)
    grid, building, door, grids = layout.doors(
        sizes[at], community[at], settlement.grid_households, settlement.building_households
    )
    all_grid = np.full(sizes.size, -1, np.int32)
    all_building, all_door = np.full(sizes.size, -1, np.int16), np.full(sizes.size, -1, np.int16)
    all_grid[at], all_building[at], all_door[at] = grid, building, door
    return (all_grid, all_building, all_door), grids


def _journeys(
    seed: int, lives: np.ndarray, first: Ints, household: Ints, days: int, travel: Travel | None
) -> tuple[Singles, Singles, Short]:
    """Days of arrival and leaving, and origins. A party of visitors comes and leaves together."""
    n = lives.size
    arrived, leaves = np.full(n, np.nan, np.float32), np.full(n, np.nan, np.float32)
    origin = np.full(n, -1, np.int16)
    if travel is None:
        return arrived, leaves, origin
    key = dice.key(seed, "travel")
    person = np.arange(n)
    returns = lives & (dice.uniforms(key, person, 0, 0) < travel.returnees)
    who = np.where(lives, person, first[household])
    comes = returns | ~lives
    arrived[comes] = (days * dice.uniforms(key, who, 1, 0)).astype(np.float32)[comes]
    stay = 1.0 - np.log1p(-dice.uniforms(key, who, 1, 1)) * max(travel.stay_days - 1.0, 0.0)
    leaves[~lives] = (arrived + stay.astype(np.float32))[~lives]
    upto = np.cumsum(travel.origins) / travel.origins.sum()
    chosen = np.searchsorted(upto, dice.uniforms(key, who, 1, 2), side="right")
    origin[comes] = np.minimum(chosen, upto.size - 1).astype(np.int16)[comes]
    return arrived, leaves, origin


def _workplaces(
    seed: int, age: Short, marginals: Marginals, home: Ints, lives: np.ndarray, shares: Doubles, settlement: Settlement
) -> _Places:
    """Workers of each age's share: pupils are drawn before them, and nobody is both."""
    key = dice.key(seed, "going")
    upto = np.minimum(marginals.at_school + marginals.at_work, 1.0)
    both = layout.going(key, age, marginals.age_from, upto)
    school = layout.going(key, age, marginals.age_from, marginals.at_school)
    who = np.setdiff1d(both, school, assume_unique=True)
    who = who[lives[who]]
    key = dice.key(seed, "workplaces")
    to = layout.towards(key, who, home[who], settlement.works_near, shares)
    lot = dice.uniforms(key, who.astype(np.int64), 3, 0)
    order = np.lexsort((lot, to))
    first, community = layout.at_workplaces(key, to[order], settlement.workplace_mean, settlement.workplace_spread)
    return _placed(age.size, who[order], first, community)


def _schools(
    seed: int, age: Short, marginals: Marginals, home: Ints, lives: np.ndarray, shares: Doubles, settlement: Settlement
) -> _Places:
    """Pupils: those of a school by age, so that a class is of one age or nearly."""
    who = layout.going(dice.key(seed, "going"), age, marginals.age_from, marginals.at_school)
    who = who[lives[who]]
    key = dice.key(seed, "schools")
    to = layout.towards(key, who, home[who], settlement.schools_near, shares)
    per_community = np.bincount(to, minlength=shares.size)
    schools = np.maximum(np.rint(per_community / settlement.school_pupils), per_community > 0).astype(np.int64)
    before = np.concatenate([[0], np.cumsum(schools)])
    which = before[to] + (dice.uniforms(key, who.astype(np.int64), 3, 0) * schools[to]).astype(np.int64)
    order = np.lexsort((who, age[who], which))
    first = np.searchsorted(which[order], np.arange(before[-1] + 1)).astype(np.int32)
    community = np.repeat(np.arange(shares.size, dtype=np.int32), schools)
    return _placed(age.size, who[order], first, community)


def _placed(n: int, members: Ints, first: Ints, community: Ints) -> _Places:
    of = np.full(n, -1, np.int32)
    of[members] = np.repeat(np.arange(community.size, dtype=np.int32), np.diff(first))
    return _Places(of, community, first, members.astype(np.int32))
