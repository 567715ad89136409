"""An outbreak on a made population, person by person: who infects whom where, what is seen of it and when.

Times are days from the first day's midnight, with their fraction; nan: never. A person is their place in the
population, an infection its place in the outbreak, −1 none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lianfang.epi.simulate.population import Doubles, Ints, Population, Singles, Tiny

HOUSEHOLD, SCHOOL, WORK, TRANSPORT, COMMUNITY, IMPORTED = range(6)
SETTINGS = ("household", "school", "work", "transport", "community", "imported")
ASYMPTOMATIC, MILD, ORDINARY, SEVERE, CRITICAL = range(5)
SEVERITIES = ("asymptomatic", "mild", "ordinary", "severe", "critical")
OPEN, RECOVERED, DIED = range(3)
OUTCOMES = ("open", "recovered", "died")
UNFOUND, CLINIC, TRACED, SCREENED = range(4)
FOUND_BY = ("unfound", "clinic", "contact_follow_up", "screening")
ALWAYS = float("inf")


@dataclass(frozen=True)
class Delay:
    """A law of waiting times in days. ``family``: gamma, lognormal, weibull or fixed (then ``sd_days`` is 0)."""

    family: Literal["gamma", "lognormal", "weibull", "fixed"]
    mean_days: float
    sd_days: float = 0.0


@dataclass(frozen=True)
class Course:
    """The course of the disease.

    ``incubation``: infection to onset; of those without symptoms, to the day on which symptoms would have begun.
    Infectiousness follows a gamma law shifted to begin ``lead_days`` before onset, with ``infectious_shape`` and
    ``infectious_mean_days`` from that beginning, cut off after ``infectious_most_days``; never before
    ``latent_least_days`` from infection. ``dispersion``: k of the gamma law of persons' infectiousness (small: few
    infect many). ``asymptomatic_factor``: their infectiousness as a share of that of others.

    By ``age_from`` (first years of the bands, ascending from 0), each as long as it: ``susceptibility`` relative,
    ``symptomatic`` the share with symptoms, ``pneumonia`` of those with symptoms (ordinary or worse), ``severe`` of
    those with pneumonia, ``critical`` of the severe, ``died`` of the critical. ``recovery``: onset to the end of
    illness when not severe, ``recovery_severe`` when severe or critical, ``death``: onset to death.
    """

    incubation: Delay
    lead_days: float
    infectious_shape: float
    infectious_mean_days: float
    infectious_most_days: float
    latent_least_days: float
    dispersion: float
    asymptomatic_factor: float
    age_from: tuple[int, ...]
    susceptibility: tuple[float, ...]
    symptomatic: tuple[float, ...]
    pneumonia: tuple[float, ...]
    severe: tuple[float, ...]
    critical: tuple[float, ...]
    died: tuple[float, ...]
    recovery: Delay
    recovery_severe: Delay
    death: Delay


@dataclass(frozen=True)
class Mixing:
    """Contacts of a person on a day, and how they weigh.

    ``reproduction``: persons infected by one in an untouched population, all settings without measures. By setting
    (household, school, work, transport, community): ``contacts`` a day (household: not used, all members meet), and
    ``weight`` of one contact relative to others. ``far``: share of transport and community contacts outside the own
    community. ``weekday``: of the first day, 0 Monday; schools and workplaces rest on ``rest_days``.
    """

    reproduction: float
    contacts: tuple[float, float, float, float, float]
    weight: tuple[float, float, float, float, float]
    far: tuple[float, float, float, float, float]
    weekday: int
    rest_days: tuple[int, ...] = (5, 6)


@dataclass(frozen=True)
class Finding:
    """How an ill person is found without further measures, and how fast.

    ``seeks_care``: shares of the mild, ordinary, severe, critical that go to a clinic. ``onset_visit``,
    ``visit_sample``, ``sample_result``, ``result_report``, ``report_admission``: delays. ``sensitivity`` of one
    sample; a false negative is sampled again after a ``retest`` delay.
    """

    seeks_care: tuple[float, float, float, float]
    onset_visit: Delay
    visit_sample: Delay
    sample_result: Delay
    result_report: Delay
    report_admission: Delay
    sensitivity: float
    retest: Delay


@dataclass(frozen=True)
class Isolation:
    """From ``begins`` on, until before ``ends``: who is sampled waits apart (``share`` of them); all others until
    admission."""

    begins: float
    ends: float
    share: float


@dataclass(frozen=True)
class Tracing:
    """Contacts of the reported are sought: ``completeness`` by setting (household, school, work, transport, community),
    found after ``delay`` from the report, kept in quarantine for ``quarantine_days`` after the last contact; in it a
    share ``home`` stays with the household, others apart. ``days_before_onset``: contacts from then on. Who falls ill
    in it is sampled after ``onset_sample``; ``tested``: share of the others that is sampled when it ends."""

    begins: float
    ends: float
    completeness: tuple[float, float, float, float, float]
    delay: Delay
    days_before_onset: float
    quarantine_days: float
    home: float
    onset_sample: Delay
    tested: float


@dataclass(frozen=True)
class Screening:
    """Every household is visited once in ``round_days``: ``coverage`` of households, ``told`` of the ill say so."""

    begins: float
    ends: float
    round_days: float
    coverage: float
    told: float


@dataclass(frozen=True)
class Limit:
    """Contacts of one setting are multiplied by ``keeps`` (0 closed). ``far`` only: contacts outside the own
    community."""

    begins: float
    ends: float
    setting: int
    keeps: float
    far_only: bool = False


@dataclass(frozen=True)
class Measures:
    """What is done, each with its first day and the day before which it ends."""

    isolation: tuple[Isolation, ...] = ()
    tracing: tuple[Tracing, ...] = ()
    screening: tuple[Screening, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Parameters:
    """All that a run needs besides the population. ``importations``: expected infected arrivals by day."""

    course: Course
    mixing: Mixing
    finding: Finding
    importations: tuple[float, ...]
    measures: Measures = field(default_factory=Measures)


@dataclass(frozen=True)
class Outbreak:
    """Infections (K) sorted by ``infected``, contacts (M) sorted by infection and person, and days (D).

    Infections: ``person`` i4; ``infector`` i4, the infection it comes from; ``setting`` i1 (SETTINGS); times f8:
    ``infected`` (before 0 for arrivals), ``infectious``, ``onset`` (nan without symptoms), ``visit``, ``sampled`` (of
    the sample that was positive), ``resulted``, ``reported``, ``isolated``, ``admitted``, ``ended``; ``severity`` i1
    (SEVERITIES), ``outcome`` i1 (OUTCOMES), ``found_by`` i1 (FOUND_BY). Times after the last day are kept as nan, and
    what has not ended is open.

    Contacts of infections that were reported or are infectious: ``contact_infection`` i4, ``contact_person`` i4,
    ``contact_setting`` i1, f4 ``contact_last``: the last contact; ``traced``, ``quarantined``, ``released``;
    ``at_home`` i1 (1 quarantine with the household, 0 apart, −1 none). One row for an infection, person and setting.

    Days: ``infections``, ``onsets``, ``reports``, ``in_quarantine``, ``in_hospital``, ``deaths`` i4 (D,).
    """

    person: Ints
    infector: Ints
    setting: Tiny
    infected: Doubles
    infectious: Doubles
    onset: Doubles
    visit: Doubles
    sampled: Doubles
    resulted: Doubles
    reported: Doubles
    isolated: Doubles
    admitted: Doubles
    ended: Doubles
    severity: Tiny
    outcome: Tiny
    found_by: Tiny
    contact_infection: Ints
    contact_person: Ints
    contact_setting: Tiny
    contact_last: Singles
    traced: Singles
    quarantined: Singles
    released: Singles
    at_home: Tiny
    infections: Ints
    onsets: Ints
    reports: Ints
    in_quarantine: Ints
    in_hospital: Ints
    deaths: Ints


def run(population: Population, parameters: Parameters, days: int, seed: int) -> Outbreak:
    """The outbreak of ``days`` days. The same arguments make the same arrays, on any number of threads.

    Within a day times are exact; who is traced on a day is set apart from the next midnight on. A person is infected
    once. ValueError where the reproduction number cannot be reached with the contacts given.
    """
    from lianfang.epi.simulate.outbreak_run import ran  # here, since a start must not wait for the compiler

    return ran(population, parameters, days, seed)
