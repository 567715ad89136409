"""What a drill plays: where, how many, which disease, how people meet, what is done; from a TOML file or as usual.

``read`` refuses, with all reasons at once, before anything is made.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import numpy as np

from lianfang.capabilities.drills.rules import measures, places
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.errors import GENERATORS
from lianfang.capabilities.drills.rules.faults import Fault, Refused
from lianfang.capabilities.drills.rules.marginals import Table
from lianfang.capabilities.drills.rules.response import Response
from lianfang.capabilities.drills.rules.scenario_form import Reader, form
from lianfang.epi.simulate import outbreak, population
from lianfang.epi.simulate.outbreak import Course, Finding, Mixing, Outbreak, Parameters
from lianfang.epi.simulate.population import Doubles, Marginals, Population, Settlement, Travel
from lianfang.profiles.disease import NoEdition, NoProfile, profile

SECTIONS: Final = (
    "start", "delays", "course", "ages", "mixing", "finding", "travel", "origins", "importations", "settlement",
    "measures", "response",
)  # fmt: skip
MOST_IMPORTED: Final = 1000
"""Infected arrivals a day for 100,000 residents; more is a slip of the pen."""


@dataclass(frozen=True)
class Scenario:
    """All that a drill is made of. ``shares``: the weights of ``communities``, f8. ``shown``: every figure with its
    source."""

    area: str
    population: int
    days: int
    seed: int
    first_day: date
    disease: str
    edition: str
    communities: tuple[str, ...]
    shares: Doubles
    marginals: Marginals
    origins: tuple[str, ...]
    travel: Travel
    settlement: Settlement
    parameters: Parameters
    response: Response
    shown: dict[str, Any]

    def made(self) -> Population:
        """The people. Refused where they do not fit into the households of the table."""
        try:
            return population.make(
                self.population, self.marginals, self.shares, self.seed, self.days, self.travel, self.settlement
            )
        except ValueError as wrong:
            raise Refused([Fault("marginals", f"人口表不能成户:{wrong}", str(wrong))]) from wrong

    def run(self, people: Population) -> Outbreak:
        """The outbreak among them. Refused where the contacts cannot give the reproduction number."""
        try:
            return outbreak.run(people, self.parameters, self.days, self.seed)
        except ValueError as wrong:
            raise Refused([Fault("mixing.reproduction", f"接触太少:{wrong}", str(wrong))]) from wrong

    def drill(self, name: str) -> Drill:
        return Drill(
            name=name,
            area=self.area,
            communities=self.communities,
            first_day=self.first_day,
            days=self.days,
            seed=self.seed,
            disease=self.disease,
            edition=self.edition,
            origins=self.origins,
            scenario=self.shown,
            response=self.response,
        )


def read(
    text: str | None, *, area: str, population: int, days: int, seed: int, table: Table, memory_bytes: int
) -> Scenario:
    """The scenario of a text (None: the usual one) for an area, so many residents and days. Refused names every field
    that is wrong and why: unknown fields, impossible figures, more people than ``memory_bytes`` can hold, an area
    without people."""
    reader = Reader()
    given = reader.table(_parsed(text), "", SECTIONS)
    start = reader.table(given.get("start", {}), "start", ("disease", "first_day"))
    usual = form()["start"]
    disease = start.get("disease", usual["disease"])
    first_day = reader.day(start.get("first_day", usual["first_day"]), "start.first_day")
    _know(reader, disease, first_day, area)
    _fits(reader, population, days, seed, memory_bytes)
    communities, shares = places.shares(reader, area, table)
    parameters = _parameters(reader, given, population, days, first_day)
    travel, origins = _travel(reader, given)
    settlement = Settlement(**reader.section(given, "settlement"))
    response = _response(reader, given.get("response", {}))
    if reader.faults or reader.edition is None:
        raise Refused(reader.faults)
    asked = {"area": area, "population": population, "days": days, "seed": seed, "first_day": first_day.isoformat()}
    return Scenario(
        area=area,
        population=population,
        days=days,
        seed=seed,
        first_day=first_day,
        disease=disease,
        edition=reader.edition.code,
        communities=communities,
        shares=shares,
        marginals=table.marginals,
        origins=origins,
        travel=travel,
        settlement=settlement,
        parameters=parameters,
        response=response,
        shown={"asked": asked, "disease": disease, "population": list(table.sources), "figures": reader.shown},
    )


def _parsed(text: str | None) -> dict[str, Any]:
    try:
        return tomllib.loads((text or "").removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as wrong:
        raise Refused([Fault("scenario", f"不是TOML:{wrong}", f"this is no TOML: {wrong}")]) from wrong


def _know(reader: Reader, disease: object, first_day: date, area: str) -> None:
    try:
        reader.profile = profile(str(disease))
        reader.edition = reader.profile.in_force(first_day, area)
    except NoProfile as wrong:
        reader.refuse("start.disease", f"没有这个病种:{wrong}", str(wrong))
    except NoEdition as wrong:
        reader.refuse("start.first_day", f"这一天没有生效的方案:{wrong}", f"no edition is in force then: {wrong}")


def _fits(reader: Reader, population: int, days: int, seed: int, memory_bytes: int) -> None:
    limits = form()["limits"]
    reader.number(days, "days", {"least": 1, "most": limits["most_days"]})
    if type(days) is not int or type(seed) is not int:
        reader.refuse("days, seed", "应为整数", "write whole numbers")
    least, most = limits["least_population"], limits["most_population"]
    holds = memory_bytes // limits["bytes_per_person"]
    if type(population) is not int or not least <= population <= most:
        zh, en = f"应为{least}至{most}", f"is {population!r}: write a whole number from {least} to {most}"
        reader.refuse("population", zh, en)
    elif population > holds:
        zh, en = (
            f"可用内存约可容{holds}人，请减少人数",
            f"the memory that is allowed here holds about {holds} persons; ask for fewer",
        )
        reader.refuse("population", zh, f"is {population}: {en}")


def _parameters(reader: Reader, given: dict[str, Any], persons: int, days: int, first_day: date) -> Parameters:
    delays = reader.section(given, "delays")
    ages = reader.section(given, "ages")
    _check_ages(reader, ages)
    of_course = {one.name for one in fields(Course)}
    course = Course(
        **reader.section(given, "course"), **ages, **{name: law for name, law in delays.items() if name in of_course}
    )
    found = {name: law for name, law in delays.items() if name not in of_course}
    return Parameters(
        course=course,
        mixing=Mixing(**reader.section(given, "mixing"), weekday=first_day.weekday()),
        finding=Finding(**reader.section(given, "finding"), **found),
        importations=_importations(reader, given.get("importations", form()["importations"]), persons, days),
        measures=measures.read(reader, given.get("measures", form()["measures"])),
    )


def _check_ages(reader: Reader, ages: dict[str, tuple[Any, ...]]) -> None:
    first = ages["age_from"]
    if not first or first[0] != 0 or list(first) != sorted(set(first)):
        reader.refuse("ages.age_from", "应从0起递增", "write first years of age, ascending from 0")
    for name, values in ages.items():
        if len(values) != len(first):
            zh = f"应有{len(first)}个数,与age_from相同"
            en = f"has {len(values)} numbers: write {len(first)}, one for each of age_from"
            reader.refuse(f"ages.{name}", zh, en)


def _importations(reader: Reader, given: object, persons: int, days: int) -> tuple[float, ...]:
    """Expected infected arrivals of each day."""
    found = np.zeros(max(days, 0) if type(days) is int else 0)
    known = ("begins", "ends", "per_100k_day", "source", "doi", "status")
    for name, one in reader.tables(given, "importations"):
        period = reader.table(one, name, known)
        begins, ends = measures.period(reader, period, name)
        rate = period.get("per_100k_day")
        rate = reader.number(rate, f"{name}.per_100k_day", {"least": 0, "most": MOST_IMPORTED})
        found[int(begins) : int(min(ends, found.size))] += rate * persons / 100_000
        reader.shown[name] = {**one, "own": given is not form()["importations"]}
    return tuple(found.tolist())


def _travel(reader: Reader, given: dict[str, Any]) -> tuple[Travel, tuple[str, ...]]:
    figures = reader.section(given, "travel")
    codes, weights = places.origins(reader, given.get("origins", form()["origins"]))
    return Travel(**figures, origins=np.array(weights)), codes


def _response(reader: Reader, given: object) -> Response:
    """The workers: as usual but for what the scenario says."""
    usual, bounds = Response.usual(), Response.bounds()
    names = [one.name for one in fields(Response)]
    own = reader.table(given, "response", names)
    table = {name: own.get(name, getattr(usual, name)) for name in names}
    for name, (least, most) in bounds.items():
        whole = isinstance(getattr(usual, name), int)
        value = reader.number(table[name], f"response.{name}", {"least": least, "most": most})
        if whole and not isinstance(table[name], int):
            reader.refuse(f"response.{name}", "应为整数", f"is {table[name]!r}: write a whole number")
        table[name] = int(value) if whole else value
    made_up = table["made_up"]
    if not isinstance(made_up, list | tuple) or not made_up or not set(made_up) <= set(GENERATORS):
        known = ", ".join(GENERATORS)
        reader.refuse("response.made_up", f"应为{known}中的若干", f"is {made_up!r}: write a list of some of {known}")
        table["made_up"] = usual.made_up
    for name in names:
        reader.shown[f"response.{name}"] = {"value": table[name], "own": name in own}
    return Response.told(table)
