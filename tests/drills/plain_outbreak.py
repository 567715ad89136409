"""The drills' outbreak, written plainly after its description: one infection after another, with Python's own dice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import exp, floor, inf
from random import Random

import numpy as np
from scipy.stats import gamma as gamma_law

from lianfang.epi.simulate.outbreak import COMMUNITY, HOUSEHOLD, SCHOOL, TRANSPORT, WORK, Course, Delay, Parameters
from lianfang.epi.simulate.population import Population

PER_DAY = 16  # steps of infectiousness


@dataclass
class Infection:
    """Times in days; ``found``: when somebody looks at the person, infinite: nobody does."""

    person: int
    infected: float
    begins: float
    infectious: float
    severity: int
    dies: bool
    end: float
    factor: float
    clinic: float
    screened: float
    follow: tuple[float, float, float, float]
    apart_sample: float
    apart_tested: float
    waits_apart: float
    reported: float = inf
    sampled: float = inf
    isolated: float = inf
    found: float = inf
    met: dict[tuple[int, int], list[float]] = field(default_factory=lambda: defaultdict(list))


class Plain:
    """One outbreak. ``infections``: all there were."""

    def __init__(self, people: Population, given: Parameters, days: int, scale: float, seed: int) -> None:
        self.people, self.given, self.days, self.scale, self.dice = people, given, days, scale, Random(seed)
        self.of: dict[int, Infection] = {}
        self.apart: dict[int, tuple[float, float]] = {}
        self.home: dict[int, bool] = {}
        self.infections: list[Infection] = []
        self.offset = [self.dice.random() for _ in range(people.first.size)]
        self.visited: dict[tuple[int, int], bool] = {}
        self.density = density(given.course)
        for day in range(days):
            self.arrive(day)
            self.meet(day)
            for one in self.infections:
                if day <= one.reported < day + 1:
                    self.trace(one, day)

    def wait(self, law: Delay) -> float:
        mean, sd = law.mean_days, law.sd_days
        if law.family == "fixed" or mean == 0:
            return mean
        variance = (sd / mean) ** 2
        if law.family == "gamma":
            return self.dice.gammavariate(1 / variance, mean * variance)
        assert law.family == "lognormal"
        spread = np.log1p(variance) ** 0.5
        return self.dice.lognormvariate(np.log(mean) - spread**2 / 2, spread)

    def age(self, person: int, row: tuple[float, ...]) -> float:
        ages = self.given.course.age_from
        return row[max(n for n, first in enumerate(ages) if first <= self.people.age[person])]

    def arrive(self, day: int) -> None:
        expected = self.given.importations[day] if day < len(self.given.importations) else 0
        for _ in range(poisson(self.dice, expected)):
            person = self.dice.randrange(self.people.age.size)
            if person not in self.of:
                incubation = self.wait(self.given.course.incubation)
                self.infect(person, day + self.dice.random() - incubation * self.dice.random(), incubation)

    def infect(self, person: int, at: float, incubation: float) -> None:
        course, finding, dice = self.given.course, self.given.finding, self.dice
        begins, severity = at + incubation, 0
        for share in (course.symptomatic, course.pneumonia, course.severe, course.critical):
            if dice.random() >= self.age(person, share):
                break
            severity += 1
        dies = severity == 4 and dice.random() < self.age(person, course.died)
        law = course.death if dies else course.recovery_severe if severity >= 3 else course.recovery
        end = begins + self.wait(law)
        seeks = severity > 0 and dice.random() < finding.seeks_care[severity - 1]
        again = 0
        while again < 5 and dice.random() >= finding.sensitivity:
            again += 1
        (tracing,) = self.given.measures.tracing
        one = Infection(
            person, at, begins, max(at + course.latent_least_days, begins - course.lead_days), severity, dies, end,
            dice.gammavariate(course.dispersion, 1 / course.dispersion)
            * (1 if severity else course.asymptomatic_factor),
            begins + self.wait(finding.onset_visit) if seeks else inf, inf,
            (self.wait(finding.visit_sample), sum(self.wait(finding.retest) for _ in range(again)),
             self.wait(finding.sample_result) + self.wait(finding.result_report), self.wait(finding.report_admission)),
            self.wait(tracing.onset_sample), dice.random(), dice.random(),
        )  # fmt: skip
        one.screened = self.round_finds(one)
        self.of[person] = one
        self.infections.append(one)
        self.find(one)

    def round_finds(self, one: Infection) -> float:
        if not one.severity:
            return inf
        for its in self.given.measures.screening:
            household = int(self.people.household[one.person])
            day = its.begins + its.round_days * self.offset[household]
            nth = 0
            while day < min(one.end, its.ends):
                seen = self.visited.setdefault((household, nth), self.dice.random() < its.coverage)
                if day >= one.begins and seen and self.dice.random() < its.told:
                    return day
                day, nth = day + its.round_days, nth + 1
        return inf

    def find(self, one: Infection) -> None:
        at, traced = min(one.clinic, one.screened), False
        begun, over = self.apart.get(one.person, (inf, -inf))
        (tracing,) = self.given.measures.tracing
        if one.severity and one.begins <= over:
            found = max(one.begins, begun) + one.apart_sample
        else:
            found = max(begun, over - 1)
            if one.apart_tested >= tracing.tested or found <= one.infectious:
                found = inf
        if found < at:
            at, traced = found, True
        if at >= one.end:
            return
        sample, again, report, admission = one.follow
        one.found, one.sampled = at, at + (0 if traced else sample) + again
        one.reported = one.sampled + report
        one.isolated = one.reported + admission
        for its in self.given.measures.isolation:
            if its.begins <= at < its.ends and one.waits_apart < its.share:
                one.isolated = at

    def away(self, person: int, at: float) -> bool:
        one = self.of.get(person)
        return one is not None and (at >= one.isolated or (one.dies and at >= one.end))

    def kept(self, person: int, at: float) -> int:
        """0 free, 1 with the household, 2 apart from all."""
        begun, over = self.apart.get(person, (inf, -inf))
        return (1 if self.home[person] else 2) if begun <= at < over else 0

    def contacts(self, setting: int, day: int) -> float:
        mixing = self.given.mixing
        if setting in (SCHOOL, WORK) and (mixing.weekday + day) % 7 in mixing.rest_days:
            return 0.0
        closed = [its for its in self.given.measures.limits if its.setting == setting and its.begins <= day < its.ends]
        return mixing.contacts[setting] * float(np.prod([its.keeps for its in closed]))

    def others(self, person: int, day: int) -> list[tuple[int, int]]:
        """Whom a person would meet on a day, and where."""
        people, dice = self.people, self.dice
        household = people.household[person]
        found = [(other, HOUSEHOLD) for other in range(people.first[household], people.first[household + 1])]
        for setting in (SCHOOL, WORK):
            members, size = company(people, person, setting)
            chance = self.contacts(setting, day) / (size - 1)
            found += [(other, setting) for other in members if dice.random() < chance]
        its = people.community[household]
        near = people.first[people.community_first[its]], people.first[people.community_first[its + 1]]
        for setting in (TRANSPORT, COMMUNITY):
            for _ in range(poisson(dice, self.contacts(setting, day))):
                far = dice.random() < self.given.mixing.far[setting]
                found.append((dice.randrange(people.age.size) if far else dice.randrange(*near), setting))
        return [(other, setting) for other, setting in found if other != person]

    def meet(self, day: int) -> None:
        caught = []
        for one in self.infections:
            if one.infectious >= day + 1 or one.isolated <= day or one.infectious + len(self.density) / PER_DAY < day:
                continue
            for other, setting in self.others(one.person, day):
                at = day + self.dice.random()
                if at < one.infectious or self.away(one.person, at) or self.away(other, at):
                    continue
                kept = self.kept(one.person, at), self.kept(other, at)
                if 2 in kept or (setting != HOUSEHOLD and any(kept)):
                    continue
                one.met[other, setting].append(at)
                step = int((at - one.infectious) * PER_DAY)
                if other in self.of or step >= len(self.density):
                    continue
                hazard = self.scale * self.given.mixing.weight[setting] * self.density[step] * one.factor
                if self.dice.random() < 1 - exp(-hazard * self.age(other, self.given.course.susceptibility)):
                    caught.append((at, other))
        for at, other in sorted(caught):
            if other not in self.of:
                self.infect(other, at, self.wait(self.given.course.incubation))

    def trace(self, one: Infection, day: int) -> None:
        (its,) = self.given.measures.tracing
        if not its.begins <= one.reported < its.ends:
            return
        since = (one.begins if one.severity else one.sampled) - its.days_before_onset
        after: dict[int, float] = {}
        for (other, setting), times in one.met.items():
            if self.dice.random() >= its.completeness[setting] or max(times) < since:
                continue
            found = one.reported + after.setdefault(other, self.wait(its.delay))
            begun, over = max(found, floor(one.reported) + 1.0), max(times) + its.quarantine_days
            ill = self.of.get(other)
            if over <= begun or (ill and ill.isolated <= begun):
                continue
            before = self.apart.get(other, (inf, -inf))
            longer = before[1] >= begun
            self.apart[other] = (min(before[0], begun), max(before[1], over)) if longer else (begun, over)
            self.home.setdefault(other, self.dice.random() < its.home)
            if ill and ill.found >= day + 1:
                self.find(ill)


def company(people: Population, person: int, setting: int) -> tuple[list[int], int]:
    """Those of a person's team or class, and how many stand together in one."""
    if setting == WORK:
        members, first, place, size = people.workers, people.workplace_first, people.workplace[person], people.team
    else:
        members, first, place, size = people.pupils, people.school_first, people.school[person], people.class_pupils
    if place < 0:
        return [], size
    here = members[first[place] : first[place + 1]].tolist()
    at = here.index(person) // size * size
    return here[at : at + size], size


def density(course: Course) -> list[float]:
    """Infectiousness a day from its beginning on, of integral 1."""
    rate = course.infectious_shape / course.infectious_mean_days
    at = np.arange(int(course.infectious_most_days * PER_DAY) + 1) / PER_DAY
    upto = gamma_law.cdf(at, course.infectious_shape, scale=1 / rate)
    return list(np.diff(upto) / upto[-1] * PER_DAY)


def poisson(dice: Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count, left = count + 1, left + dice.expovariate(1)
    return count


def scaled(people: Population, given: Parameters) -> float:
    """The hazard of one contact at which a person infects as many as stated, in a population that nobody has infected
    and without measures: by halving, from the pairs of persons who live, work and learn together."""
    course, mixing = given.course, given.mixing
    band = np.searchsorted(course.age_from, people.age, side="right") - 1
    taken, ill = np.array(course.susceptibility)[band], np.array(course.symptomatic)[band]
    one, other, weight = [], [], []
    working = 1 - len(mixing.rest_days) / 7
    for person in range(people.age.size):
        household = people.household[person]
        for setting in (HOUSEHOLD, SCHOOL, WORK):
            if setting == HOUSEHOLD:
                its, each = range(people.first[household], people.first[household + 1]), mixing.weight[HOUSEHOLD]
            else:
                its, size = company(people, person, setting)
                each = mixing.weight[setting] * mixing.contacts[setting] * working / (size - 1)
            one += [person] * (len(its) - (person in its))
            other += [its_other for its_other in its if its_other != person]
            weight += [each] * (len(its) - (person in its))
    pairs, known, hazards = np.array(one), np.array(other), np.array(weight)
    steps = np.array(density(course))

    def infects(hazard: np.ndarray, symptomatic: np.ndarray) -> np.ndarray:
        k, less = course.dispersion, course.asymptomatic_factor
        return symptomatic * (1 - (1 + hazard / k) ** -k) + (1 - symptomatic) * (1 - (1 + less * hazard / k) ** -k)

    def expected(scale: float) -> float:
        known_here = np.bincount(pairs, infects(scale * hazards * taken[known], ill[pairs]), people.age.size)
        passing = np.zeros(people.age.size)
        for setting in (TRANSPORT, COMMUNITY):
            hazard = scale * taken.mean() * mixing.weight[setting] * steps
            each = infects(hazard[:, None], np.unique(ill)[None, :]).sum(0) * mixing.contacts[setting] / PER_DAY
            passing += each[np.searchsorted(np.unique(ill), ill)]
        return float(np.average(known_here + passing, weights=taken))

    low, high = 0.0, 100.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if expected(middle) < mixing.reproduction else (low, middle)
    return high
