"""A made population: persons in households, at work and school, in hotels, returned from elsewhere. Arrays; the seed
is an argument, and the same seed makes the same population on any number of threads.

Index convention: a person, a household, a workplace, a school, a hotel, a grid is its place in its arrays. Persons are
sorted by household and households by community, so that the members of household h are
``first[h]:first[h + 1]`` and the households of community c are ``community_first[c]:community_first[c + 1]``.
Communities are places in the list of areas that the caller gave shares for. −1 stands for none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tiny = NDArray[np.int8]
Short = NDArray[np.int16]
Ints = NDArray[np.int32]
Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]

FEMALE, MALE = 0, 1
LARGEST = 10
"""The last class of household sizes: ten persons or more, made as ten."""


@dataclass(frozen=True)
class Marginals:
    """What is known of an area's people: shares and counts by class, not persons.

    ``household_shares``: of 1, 2 … 10 or more persons, f8 (10,), any positive sum. ``age_from`` and ``age_to``: the
    bands' first and last years of age, inclusive, i2 (A,), ascending without gaps from 0. ``persons``: counts or
    shares of females and males by band, f8 (2, A). ``at_work`` and ``at_school``: shares of each band that go to a
    workplace and to a school, 0 to 1, f8 (A,), together at most 1.
    """

    household_shares: Doubles
    age_from: Short
    age_to: Short
    persons: Doubles
    at_work: Doubles
    at_school: Doubles


@dataclass(frozen=True)
class Settlement:
    """How people live and work together: the sizes of what they share.

    ``grid_households`` and ``building_households``: households of a full grid and building. ``workplace_mean`` and
    ``workplace_spread``: mean persons of a workplace and the standard deviation of its logarithm. ``team``: those at a
    workplace who work side by side. ``school_pupils`` and ``class_pupils``: pupils of a school and a class.
    ``works_near`` and ``schools_near``: shares of workers and pupils who stay in their own community.
    """

    grid_households: int = 300
    building_households: int = 40
    workplace_mean: float = 20.0
    workplace_spread: float = 1.0
    team: int = 8
    school_pupils: int = 800
    class_pupils: int = 40
    works_near: float = 0.5
    schools_near: float = 0.8


@dataclass(frozen=True)
class Travel:
    """Who comes during the days of the drill.

    ``returnees``: residents who come home, as a share of all residents over all days. ``visitors``: visitors in hotels,
    likewise. ``origins``: weights of the places they come from, f8 (O,); the caller knows which place each is.
    ``hotel_guests``: mean guests of a hotel over all days. ``stay_days``: nights of a visitor.
    """

    returnees: float
    visitors: float
    origins: Doubles
    hotel_guests: int = 60
    stay_days: float = 3.0


@dataclass(frozen=True)
class Population:
    """Persons (N), households (H), communities (C), grids (G), workplaces (W), schools (S), hotels (T).

    Persons: ``household`` i4, ``age`` i2 in years, ``sex`` i1 (0 f, 1 m), ``workplace`` i4, ``school`` i4,
    ``arrived`` f4: the day, counted from the first as 0 with its fraction, on which a traveller comes (nan: was there
    all the time), ``leaves`` f4 (nan: stays), ``origin`` i2, the place in ``Travel.origins``.

    Households: ``first`` i4 (H + 1,), ``community`` i4, ``grid`` i4, ``building`` i2 within the grid, ``door`` i2
    within the building, ``hotel`` i4: −1, or the hotel whose guests these are (a party of visitors is a household of
    its own kind, with grid, building and door of the hotel −1).

    Communities: ``community_first`` i4 (C + 1,), into households. Grids: ``grid_community`` i4 (G,).

    Places: ``workplace_community``, ``school_community``, ``hotel_community`` i4. Their persons:
    ``workers[workplace_first[w]:workplace_first[w + 1]]``, i4, those of a team beside each other; and
    ``pupils[school_first[s]:school_first[s + 1]]``, those of a class beside each other. ``team`` and
    ``class_pupils``: how many stand together, counted from the beginning of each workplace and school.
    """

    household: Ints
    age: Short
    sex: Tiny
    workplace: Ints
    school: Ints
    arrived: Singles
    leaves: Singles
    origin: Short
    first: Ints
    community: Ints
    grid: Ints
    building: Short
    door: Short
    hotel: Ints
    community_first: Ints
    grid_community: Ints
    workplace_community: Ints
    school_community: Ints
    hotel_community: Ints
    workplace_first: Ints
    workers: Ints
    school_first: Ints
    pupils: Ints
    team: int
    class_pupils: int


def make(
    persons: int,
    marginals: Marginals,
    shares_of_communities: Doubles,
    seed: int,
    days: int = 0,
    travel: Travel | None = None,
    settlement: Settlement = Settlement(),
) -> Population:
    """A population of ``persons`` residents, and the visitors of ``travel`` besides.

    ``shares_of_communities``: the weights of the areas, f8 (C,), not negative, any positive sum. Ages and sexes are
    exactly those of ``marginals``, rounded to whole persons; sizes of households are drawn. ValueError where the
    children do not fit beside adults, or where the shares are no shares.
    """
    from lianfang.epi.simulate.population_make import made  # here, since a start must not wait for the compiler

    return made(persons, marginals, shares_of_communities, seed, days, travel, settlement)
