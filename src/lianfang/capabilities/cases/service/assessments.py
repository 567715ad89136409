"""Assessments of risk: what was known, how likely, how grave, what is to be done."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.facts import RiskAssessed
from lianfang.capabilities.cases.rules.policy import ahead
from lianfang.capabilities.cases.rules.risk import risk
from lianfang.capabilities.cases.service.recording import append, known_profile
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.areas import known_areas

ACTION = "cases.investigate"


def assess(
    viewer: Viewer,
    *,
    area: str,
    disease: str,
    as_of: datetime,
    likelihood: str,
    consequence: str,
    level: str | None,
    basis: str,
    measures: str,
    place: str | None,
    next_due: date | None,
    now: datetime,
    id: UUID | None = None,
) -> UUID:
    """Records an assessment on what is known now of an area as of a moment; returns the assessment's id. ``level`` is
    by default the one that follows from likelihood and consequence; another one is the assessors' to give.

    Raises Forbidden, Refused.
    """
    if not known_areas()(area):
        raise Refused([Wrong("area", "unknown_area", f"没有区划{area}", f"there is no division {area}")])
    require_over(viewer, ACTION, area)
    known_profile(disease)
    policy = risk()
    wrong = [
        Wrong(
            field,
            "unknown",
            f"没有代码{code}，可用：{', '.join(known)}",
            f"there is no {code}; there are: {', '.join(known)}",
        )
        for field, code, known in (
            ("likelihood", likelihood, policy.likelihoods),
            ("consequence", consequence, policy.consequences),
            ("level", level, policy.levels),
        )
        if code is not None and code not in known
    ]
    if as_of > now + ahead():
        wrong.append(Wrong("as_of", "in_future", "晚于现在", "lies ahead of the present"))
    if next_due is not None and next_due < as_of.date():
        wrong.append(Wrong("next_due", "before", "早于评估时点", "is before what is assessed"))
    if wrong:
        raise Refused(wrong)
    data = RiskAssessed(
        disease=disease, as_of=as_of, seq=log.head().seq, likelihood=likelihood, consequence=consequence,
        level=level or policy.level(likelihood, consequence), basis=basis, measures=measures, place=place,
        next_due=next_due,
    )  # fmt: skip
    subject = id or log.new_id()
    with seeing(viewer, ACTION):
        append(viewer, [Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=now)])
    return subject
