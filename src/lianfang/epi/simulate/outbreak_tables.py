"""What the kernels of an outbreak read: laws as tables, measures by day, who lives and works with whom. Arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, gamma, lgamma, log, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincinv, ndtri

from lianfang.epi.simulate import dice
from lianfang.epi.simulate.outbreak import (
    SCHOOL,
    WORK,
    Course,
    Delay,
    Measures,
    Parameters,
)
from lianfang.epi.simulate.population import Doubles, Ints, Population

Records = NDArray[Any]

STEPS = 1024
"""A law is kept as its quantiles at so many even steps; the outermost half step on either side stands for its tail."""
OLDEST = 130
GRID_PER_DAY = 16
INCUBATION, RECOVERY, RECOVERY_SEVERE, DEATH, VISIT, SAMPLE, RESULT, REPORT, ADMISSION, RETEST = range(10)


PERSON = np.dtype(
    [
        ("household", np.int32),
        ("workplace", np.int32),
        ("school", np.int32),
        ("in_work", np.int32),
        ("in_school", np.int32),
        ("infection", np.int32),
        ("arrived", np.float32),
        ("leaves", np.float32),
        ("apart_from", np.float32),
        ("apart_to", np.float32),
        ("last_row", np.int32),
        ("age", np.int16),
        ("apart_by", np.int8),
    ],
    align=True,
)
"""A person: as in ``Population``; ``in_work`` and ``in_school``: their place among ``workers`` and ``pupils``; their
``infection``; in quarantine ``apart_from``, ``apart_to`` (nan: never) and the tracing that did it; the ``last_row`` of
their contacts."""


class Who(NamedTuple):
    """The population, as kernels read it; see ``Population``. ``people``: records of PERSON."""

    people: Records
    first: Ints
    community: Ints
    hotel: Ints
    community_first: Ints
    workplace_first: Ints
    workers: Ints
    school_first: Ints
    pupils: Ints
    team: int
    class_pupils: int


class Laws(NamedTuple):
    """The course of the disease and how it is found. ``delays``: quantiles, f8 (laws, STEPS + 1)."""

    delays: Doubles
    density: Doubles
    by_age: Doubles
    lead: float
    latent: float
    most: float
    dispersion: float
    asymptomatic: float
    seeks: Doubles
    sensitivity: float


class Means(NamedTuple):
    """Contacts and measures. By setting and day, (5, D): ``contacts`` of a person and ``far``, the share of them
    elsewhere. Measures one a row: isolation (begins, ends, share), screening (begins, ends, round, coverage, told),
    tracing (begins, ends, completeness by setting, days before, quarantine, home, tested) with its laws of delay."""

    weight: Doubles
    contacts: Doubles
    far: Doubles
    isolation: Doubles
    screening: Doubles
    tracing: Doubles
    found_after: Doubles
    sampled_after: Doubles
    importations: Doubles


class Keys(NamedTuple):
    """A key for each purpose."""

    course: np.uint64
    factor: np.uint64
    finding: np.uint64
    retests: np.uint64
    rounds: np.uint64
    tracing: np.uint64
    meeting: np.uint64
    importing: np.uint64


def keys(seed: int) -> Keys:
    return Keys(*(dice.key(seed, f"outbreak {purpose}") for purpose in Keys._fields))


def quantiles(delay: Delay) -> Doubles:
    """The law as its quantiles, f8 (STEPS + 1,)."""
    at = np.linspace(0.0, 1.0, STEPS + 1)
    at[0], at[-1] = 0.25 / STEPS, 1.0 - 0.25 / STEPS
    mean, sd = delay.mean_days, delay.sd_days
    if delay.family == "fixed" or mean == 0.0:
        return np.full(STEPS + 1, mean)
    variance = (sd / mean) ** 2
    if delay.family == "gamma":
        return np.asarray(gammaincinv(1.0 / variance, at) * mean * variance)
    if delay.family == "lognormal":
        spread = sqrt(log(1.0 + variance))
        return np.asarray(mean * np.exp(spread * ndtri(at) - spread * spread / 2.0))
    shape = _weibull_shape(variance)
    return np.asarray(mean / gamma(1.0 + 1.0 / shape) * (-np.log1p(-at)) ** (1.0 / shape))


def _weibull_shape(variance: float) -> float:
    """The shape whose variance is so many times the squared mean: the smaller it is, the larger."""
    low, high = 0.1, 200.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if exp(lgamma(1.0 + 2.0 / middle) - 2.0 * lgamma(1.0 + 1.0 / middle)) - 1.0 > variance:
            low = middle
        else:
            high = middle
    return high


def who(population: Population) -> Who:
    people = np.zeros(population.age.size, PERSON)
    for name in ("household", "workplace", "school", "arrived", "leaves", "age"):
        people[name] = getattr(population, name)
    people["infection"] = people["last_row"] = -1
    people["apart_from"] = people["apart_to"] = np.nan
    people["in_work"][population.workers] = np.arange(population.workers.size)
    people["in_school"][population.pupils] = np.arange(population.pupils.size)
    taken = {name: getattr(population, name) for name in Who._fields if name != "people"}
    return Who(people=people, **taken)


def laws(parameters: Parameters) -> Laws:
    course, finding = parameters.course, parameters.finding
    delays = (
        course.incubation,
        course.recovery,
        course.recovery_severe,
        course.death,
        finding.onset_visit,
        finding.visit_sample,
        finding.sample_result,
        finding.result_report,
        finding.report_admission,
        finding.retest,
    )
    return Laws(
        delays=np.array([quantiles(one) for one in delays]),
        density=_density(course),
        by_age=_by_age(course),
        lead=course.lead_days,
        latent=course.latent_least_days,
        most=course.infectious_most_days,
        dispersion=course.dispersion,
        asymptomatic=course.asymptomatic_factor,
        seeks=np.array(finding.seeks_care, np.float64),
        sensitivity=finding.sensitivity,
    )


def _density(course: Course) -> Doubles:
    """Infectiousness a day at each sixteenth of a day from its beginning; its integral is 1."""
    steps = int(course.infectious_most_days * GRID_PER_DAY)
    rate = course.infectious_shape / course.infectious_mean_days
    upto = gammainc(course.infectious_shape, np.arange(steps + 1) / GRID_PER_DAY * rate)
    return np.asarray(np.diff(upto) / upto[-1] * GRID_PER_DAY)


def _by_age(course: Course) -> Doubles:
    """By year of age, (6, OLDEST + 1): susceptibility, symptoms, pneumonia, severe, critical, died."""
    band = np.searchsorted(course.age_from, np.arange(OLDEST + 1), side="right") - 1
    rows = (
        course.susceptibility,
        course.symptomatic,
        course.pneumonia,
        course.severe,
        course.critical,
        course.died,
    )
    return np.array(rows, np.float64)[:, band]


def means(parameters: Parameters, days: int) -> Means:
    mixing, measures = parameters.mixing, parameters.measures
    contacts = np.repeat(np.array(mixing.contacts, np.float64)[:, None], days, axis=1)
    far = np.repeat(np.array(mixing.far, np.float64)[:, None], days, axis=1)
    rests = np.isin((mixing.weekday + np.arange(days)) % 7, mixing.rest_days)
    contacts[SCHOOL, rests] = contacts[WORK, rests] = 0.0
    _limit(contacts, far, measures)
    importations = np.zeros(days)
    given = np.asarray(parameters.importations[:days])
    importations[: given.size] = given
    return Means(
        weight=np.array(mixing.weight, np.float64),
        contacts=contacts,
        far=far,
        isolation=_rows([(m.begins, m.ends, m.share) for m in measures.isolation], 3),
        screening=_rows([(m.begins, m.ends, m.round_days, m.coverage, m.told) for m in measures.screening], 5),
        tracing=_rows(
            [
                (m.begins, m.ends, *m.completeness, m.days_before_onset, m.quarantine_days, m.home, m.tested)
                for m in measures.tracing
            ],
            11,
        ),
        found_after=_rows([quantiles(m.delay) for m in measures.tracing], STEPS + 1),
        sampled_after=_rows([quantiles(m.onset_sample) for m in measures.tracing], STEPS + 1),
        importations=importations,
    )


def _limit(contacts: Doubles, far: Doubles, measures: Measures) -> None:
    """Takes the limits off contacts by day. Without contacts elsewhere, those near by stay as many as they were."""
    day = np.arange(contacts.shape[1])
    for limit in measures.limits:
        on = (day >= limit.begins) & (day < limit.ends)
        if limit.far_only:
            away = far[limit.setting, on]
            left = 1.0 - away * (1.0 - limit.keeps)
            far[limit.setting, on] = np.divide(away * limit.keeps, left, out=np.zeros_like(left), where=left > 0)
            contacts[limit.setting, on] *= left
        else:
            contacts[limit.setting, on] *= limit.keeps


def _rows(rows: Sequence[ArrayLike], width: int) -> Doubles:
    return np.array(rows, np.float64).reshape(len(rows), width)
