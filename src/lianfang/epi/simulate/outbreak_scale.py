"""How catching one contact has to be for a stated reproduction number. The factor of infectiousness follows a gamma
law of mean 1 and shape k, so that a hazard h infects with 1 − (1 + h/k)^−k on average (Lloyd-Smith JO and others,
2005, doi:10.1038/nature04153)."""

from __future__ import annotations

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate.outbreak import COMMUNITY, HOUSEHOLD, SCHOOL, TRANSPORT, WORK, Mixing
from lianfang.epi.simulate.outbreak_tables import GRID_PER_DAY, Laws, Who
from lianfang.epi.simulate.population import Doubles, Ints

SAMPLE = 20_000
_HALVINGS = 50


@compiled
def infects(hazard: float, laws: Laws, symptomatic: float) -> float:
    """The chance to infect one with that hazard, over the factor and over having symptoms."""
    k = laws.dispersion
    with_symptoms = 1.0 - (1.0 + hazard / k) ** -k
    without = 1.0 - (1.0 + laws.asymptomatic * hazard / k) ** -k
    return float(symptomatic * with_symptoms + (1.0 - symptomatic) * without)


@compiled
def among(
    members: Ints, begin: int, end: int, j: int, hazard: float, who: Who, laws: Laws, symptomatic: float
) -> float:
    """Expected infections by j among the members of a team or class."""
    found = 0.0
    for at in range(begin, end):
        if members[at] != j:
            found += infects(hazard * laws.by_age[0, who.people[members[at]].age], laws, symptomatic)
    return found


@compiled
def passing(weight: Doubles, contacts: Doubles, hazard: float, laws: Laws, symptomatic: float) -> float:
    """Expected infections among those whom one meets once, over all days; ``hazard`` of a contact of weight 1."""
    found = 0.0
    for setting in (TRANSPORT, COMMUNITY):
        for density in laws.density:
            found += contacts[setting] * infects(hazard * weight[setting] * density, laws, symptomatic)
    return found / GRID_PER_DAY


@compiled
def expected(who: Who, laws: Laws, weight: Doubles, contacts: Doubles, scale: float, step: int) -> float:
    """Persons infected by one, a mean over every ``step``-th person weighted by susceptibility, in a population that
    nobody has infected yet, without measures. ``contacts``: a day on average, of all days."""
    total, weights, mean = 0.0, 0.0, 0.0
    for j in range(0, who.people.size, step):
        mean += laws.by_age[0, who.people[j].age]
        weights += 1.0
    mean, weights = scale * mean / weights, 0.0
    ill, well = passing(weight, contacts, mean, laws, 1.0), passing(weight, contacts, mean, laws, 0.0)
    for j in range(0, who.people.size, step):
        own, symptomatic = laws.by_age[0, who.people[j].age], laws.by_age[1, who.people[j].age]
        found = 0.0
        for other in range(who.first[who.people[j].household], who.first[who.people[j].household + 1]):
            if other != j:
                hazard = scale * weight[HOUSEHOLD] * laws.by_age[0, who.people[other].age]
                found += infects(hazard, laws, symptomatic)
        if who.people[j].workplace >= 0 and who.team > 1:
            begin, end = who.workplace_first[who.people[j].workplace], who.workplace_first[who.people[j].workplace + 1]
            low = begin + (who.people[j].in_work - begin) // who.team * who.team
            hazard = scale * weight[WORK] * contacts[WORK] / (who.team - 1)
            found += among(who.workers, low, min(low + who.team, end), j, hazard, who, laws, symptomatic)
        if who.people[j].school >= 0 and who.class_pupils > 1:
            begin, end = who.school_first[who.people[j].school], who.school_first[who.people[j].school + 1]
            low = begin + (who.people[j].in_school - begin) // who.class_pupils * who.class_pupils
            hazard = scale * weight[SCHOOL] * contacts[SCHOOL] / (who.class_pupils - 1)
            found += among(who.pupils, low, min(low + who.class_pupils, end), j, hazard, who, laws, symptomatic)
        found += symptomatic * ill + (1.0 - symptomatic) * well
        total += own * found
        weights += own
    return total / weights


def scaled(who: Who, laws: Laws, mixing: Mixing) -> float:
    """The hazard of one contact of weight 1 with one of mean infectiousness, over all days of it. ValueError where
    people meet too few others for the reproduction number."""
    weight, contacts = np.array(mixing.weight, np.float64), np.array(mixing.contacts, np.float64)
    contacts[[SCHOOL, WORK]] *= 1.0 - len(mixing.rest_days) / 7.0
    step = max(who.people.size // SAMPLE, 1)
    low, high = 0.0, 1.0
    while expected(who, laws, weight, contacts, high, step) < mixing.reproduction:
        low, high = high, 2.0 * high
        if high > 1e6:
            raise ValueError(
                f"reproduction: {mixing.reproduction} cannot be reached: make contacts or their weights larger"
            )
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if expected(who, laws, weight, contacts, middle, step) < mixing.reproduction:
            low = middle
        else:
            high = middle
    return high
