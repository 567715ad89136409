"""Runs an outbreak and puts its arrays in order."""

from __future__ import annotations

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import outbreak_kernel as kernel
from lianfang.epi.simulate import outbreak_tables as tables
from lianfang.epi.simulate.outbreak import ASYMPTOMATIC, DIED, OPEN, UNFOUND, Outbreak, Parameters
from lianfang.epi.simulate.outbreak_course import INFECTION
from lianfang.epi.simulate.outbreak_scale import scaled
from lianfang.epi.simulate.outbreak_tables import Keys, Means, Records, Who
from lianfang.epi.simulate.population import Doubles, Ints, Population, Singles, Tiny

_TIMES = ("infectious", "onset", "visit", "sampled", "resulted", "reported", "isolated", "admitted", "ended")


def ran(population: Population, parameters: Parameters, days: int, seed: int) -> Outbreak:
    """See ``outbreak.run``."""
    who, laws, means = tables.who(population), tables.laws(parameters), tables.means(parameters, days)
    key = tables.keys(seed)
    scale = scaled(who, laws, parameters.mixing) if parameters.mixing.reproduction > 0 else 0.0
    comers, comes = _comers(population, days)
    scratch = np.zeros(_meetings(population, parameters), kernel.ROW)
    infections, rows = np.empty(1 << 10, INFECTION), np.empty(1 << 16, kernel.ROW)
    infections, rows = kernel.spread(who, laws, means, key, scale, infections, rows, comers, comes, scratch)
    order = np.argsort(infections["infected"], kind="stable")
    found = {name: infections[name][order] for name in INFECTION.names or ()}
    place = np.empty(order.size, np.int32)
    place[order] = np.arange(order.size)
    by = found["infector"]
    found["infector"][by >= 0] = place[by[by >= 0]]
    contacts = _contacts(who, means, key, infections, rows, place, days)
    return _outbreak(found, contacts, days)


def _meetings(population: Population, parameters: Parameters) -> int:
    """More than anybody meets in a day: those at home, of a team and class, and five times the others, and some."""
    known = int(np.diff(population.first).max(initial=0)) + population.team + population.class_pupils
    return known + int(5 * sum(parameters.mixing.contacts[3:])) + 200


def _comers(population: Population, days: int) -> tuple[Ints, Ints]:
    """Travellers by the day of their arrival, and where each day's begin."""
    comers = np.flatnonzero(population.arrived < days)
    day = np.floor(population.arrived[comers])
    order = np.argsort(day, kind="stable")
    return comers[order].astype(np.int32), np.searchsorted(day[order], np.arange(days + 1)).astype(np.int32)


@compiled
def _sought(
    who: Who, means: Means, key: Keys, infections: Records, rows: Records, days: int
) -> tuple[Singles, Singles, Singles, Tiny]:
    """When each contact was traced, quarantined, released, and whether at home."""
    size = rows.size
    traced, begun = np.full(size, np.nan, np.float32), np.full(size, np.nan, np.float32)
    ended, home = np.full(size, np.nan, np.float32), np.full(size, -1, np.int8)
    for r in range(size):
        i, j, t = rows[r].infection, rows[r].person, rows[r].time
        m = kernel.tracing_of(means, infections[i].reported)
        if m < 0 or t < kernel.counts_from(means, infections, m, i):
            continue
        at = kernel.found_at(means, key, m, i, j, rows[r].setting, infections[i].reported)
        if not at < days:
            continue
        traced[r] = at
        begins, ends = max(at, np.floor(infections[i].reported) + 1.0), t + means.tracing[m, 8]
        k = who.people[j].infection
        if k >= 0 and infections[k].isolated < ends:
            ends = infections[k].isolated
        if ends <= begins or begins >= days:
            continue
        begun[r] = begins
        ended[r] = ends if ends < days else np.nan
        home[r] = 1 if kernel.at_home(means, key, m, j) else 0
    return traced, begun, ended, home


def _contacts(
    who: Who, means: Means, key: Keys, infections: Records, rows: Records, place: Ints, days: int
) -> dict[str, np.ndarray]:
    """The contacts of infections reported by the last day: the last meeting of each infection, person and setting."""
    known = rows[infections["reported"][rows["infection"]] < days]
    one = (place[known["infection"]].astype(np.int64) * who.people.size + known["person"]) * 8 + known["setting"]
    order = np.lexsort((known["time"], one))
    ends = np.ones(order.size, bool)
    ends[:-1] = one[order][1:] != one[order][:-1]
    last = known[order[ends]]
    traced, begun, ended, home = _sought(who, means, key, infections, last, days)
    return {
        "contact_infection": place[last["infection"]],
        "contact_person": last["person"].copy(),
        "contact_setting": last["setting"].copy(),
        "contact_last": last["time"].copy(),
        "traced": traced,
        "quarantined": begun,
        "released": ended,
        "at_home": home,
    }


def _outbreak(found: dict[str, np.ndarray], contacts: dict[str, np.ndarray], days: int) -> Outbreak:
    begins, end, dies = found.pop("begins"), found.pop("end"), found["outcome"] == DIED
    del found["factor"]
    found["onset"] = np.where(found["severity"] > ASYMPTOMATIC, begins, np.nan)
    # who is in hospital leaves it a day after admission at the soonest
    found["ended"] = np.where(dies, end, np.fmax(end, found["admitted"] + 1.0))
    found["outcome"][~(found["ended"] < days)] = OPEN
    for name in _TIMES:
        found[name][~(found[name] < days)] = np.nan
    found["found_by"][np.isnan(found["visit"])] = UNFOUND
    died = found["outcome"] == DIED
    return Outbreak(
        **found,
        **contacts,
        infections=_by_day(found["infected"], days),
        onsets=_by_day(found["onset"], days),
        reports=_by_day(found["reported"], days),
        in_quarantine=_present(contacts["contact_person"], contacts["quarantined"], contacts["released"], days),
        in_hospital=_present(np.arange(died.size), found["admitted"], found["ended"], days),
        deaths=_by_day(found["ended"][died], days),
    )


def _by_day(times: Doubles, days: int) -> Ints:
    """Events of each day; those before the first day are of none."""
    day = np.floor(times[times >= 0]).astype(np.int64)
    return np.bincount(day, minlength=days).astype(np.int32)


def _present(person: Ints, begun: Singles | Doubles, ended: Singles | Doubles, days: int) -> Ints:
    """Persons within a stay at the end of each day, each once."""
    stays = np.flatnonzero(~np.isnan(begun))
    count = np.zeros(days, np.int32)
    order = stays[np.lexsort((begun[stays], person[stays]))]
    last = np.where(np.isnan(ended[order]), days, np.floor(ended[order]))
    _count(person[order], np.floor(begun[order]).astype(np.int32), last.astype(np.int32), count)
    return count


@compiled
def _count(person: Ints, first: Ints, last: Ints, count: Ints) -> None:
    """Adds the days from ``first`` to before ``last`` of each person's stays, by person and beginning, to ``count``."""
    upto = 0
    for s in range(person.size):
        if s == 0 or person[s] != person[s - 1]:
            upto = 0
        for day in range(max(first[s], upto), last[s]):
            count[day] += 1
        upto = max(upto, last[s])
