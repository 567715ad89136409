"""A small area and a disease for tests of made populations and outbreaks; the figures are nobody's."""

from __future__ import annotations

from typing import Any

import numpy as np

from lianfang.epi.simulate.outbreak import (
    Course,
    Delay,
    Finding,
    Isolation,
    Limit,
    Measures,
    Mixing,
    Screening,
    Tracing,
)
from lianfang.epi.simulate.population import Marginals, Travel

MARGINALS = Marginals(
    household_shares=np.array([30.0, 28, 22, 12, 5, 2, 0.6, 0.2, 0.1, 0.1]),
    age_from=np.array([0, 6, 18, 60], np.int16),
    age_to=np.array([5, 17, 59, 90], np.int16),
    persons=np.array([[5.0, 12, 62, 20], [5.5, 13, 64, 18]]),
    at_work=np.array([0.0, 0, 0.8, 0.2]),
    at_school=np.array([0.4, 0.97, 0.05, 0]),
)
SHARES = np.array([5.0, 0, 3, 1])
TRAVEL = Travel(returnees=0.02, visitors=0.03, origins=np.array([1.0, 3]))
COURSE = Course(
    incubation=Delay("lognormal", 5.2, 3.9),
    lead_days=2.3,
    infectious_shape=2.1,
    infectious_mean_days=3.0,
    infectious_most_days=14.0,
    latent_least_days=1.0,
    dispersion=0.58,
    asymptomatic_factor=0.5,
    age_from=(0, 20, 60),
    susceptibility=(0.4, 0.8, 0.8),
    symptomatic=(0.3, 0.6, 0.7),
    pneumonia=(0.3, 0.5, 0.6),
    severe=(0.1, 0.3, 0.4),
    critical=(0.1, 0.3, 0.5),
    died=(0.5, 0.5, 0.5),
    recovery=Delay("gamma", 14, 5),
    recovery_severe=Delay("gamma", 25, 8),
    death=Delay("gamma", 17.8, 8),
)
MIXING = Mixing(2.5, (0, 10, 6, 2, 5), (4, 1, 1, 0.5, 0.5), (0, 0, 0, 0.5, 0.2), weekday=0)
FINDING = Finding(
    seeks_care=(0.6, 0.9, 1, 1),
    onset_visit=Delay("gamma", 4, 3),
    visit_sample=Delay("gamma", 0.4, 0.2),
    sample_result=Delay("gamma", 0.5, 0.3),
    result_report=Delay("gamma", 0.1, 0.05),
    report_admission=Delay("gamma", 0.2, 0.1),
    sensitivity=0.7,
    retest=Delay("fixed", 1.0),
)
TRACING = Tracing(
    begins=5,
    ends=999,
    completeness=(1, 0.9, 0.8, 0.2, 0.3),
    delay=Delay("gamma", 1, 0.5),
    days_before_onset=2,
    quarantine_days=14,
    home=0.4,
    onset_sample=Delay("gamma", 0.5, 0.3),
    tested=1.0,
)
ALL_MEASURES = Measures(
    isolation=(Isolation(5, 999, 0.9),),
    tracing=(TRACING,),
    screening=(Screening(12, 999, 7, 0.9, 0.8),),
    limits=(Limit(20, 999, 1, 0.0), Limit(20, 999, 3, 0.0, far_only=True)),
)


def same(one: Any, other: Any) -> bool:
    """Whether two populations or outbreaks have the same bytes in every array."""
    return all(
        np.asarray(getattr(one, name)).tobytes() == np.asarray(getattr(other, name)).tobytes()
        for name in one.__dataclass_fields__
    )
