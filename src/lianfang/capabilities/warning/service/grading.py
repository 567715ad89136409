"""A person's decision on what a county or community counts as, with what the rule said then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.cases.service.recording import append
from lianfang.capabilities.warning.facts.grade import AreaGraded, Scheme
from lianfang.capabilities.warning.facts.signal import Evidence
from lianfang.capabilities.warning.models import GradeRow
from lianfang.capabilities.warning.queries.risk import Asked, community_history, county_history
from lianfang.capabilities.warning.rules.grading import community_policy, county_policy, day_of, graded_id
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked

ACTION: Final = "warning.review"


def decide(
    viewer: Viewer, scheme: Scheme, area: str, *, disease: str, to: str, reason: str, until: date, now: datetime,
    id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records that an area counts as something until the end of a day; returns the fact's id. Raises Forbidden, and
    Refused field by field."""
    require_over(viewer, ACTION, area)
    asked = Asked(area, disease)
    history = county_history if scheme is Scheme.COUNTY else community_history
    found = history(viewer, asked, now=now).grades
    place = next(one for one in found.places if one.area == area)
    grades = county_policy().levels if scheme is Scheme.COUNTY else community_policy().classes
    wrong = []
    if to not in grades:
        there = ", ".join(grades)
        wrong.append(Wrong("to", "unknown", f"没有代码{to}，可用：{there}", f"there is no {to}; there are: {there}"))
    if until < day_of(now):
        wrong.append(Wrong("until", "past", "早于今天，请填写以后的日期", "is past: give a later day"))
    if not reason.strip():
        wrong.append(Wrong("reason", "empty", "请写明理由", "say why"))
    if wrong:
        raise Refused(wrong)
    graded = place.graded
    told = tuple(
        Evidence(code=one.code, value=one.value)
        for one in graded.evidence
        if not isinstance(one.value, datetime)  # a moment follows from the cases, which are on record
    )
    data = AreaGraded(
        scheme=scheme, disease=disease, to=to, until=until, reason=reason.strip(), role=viewer.role,
        edition=found.edition.code if found.edition else None, computed=graded.to, step=graded.step or "no_edition",
        asks=graded.asks, evidence=told, as_of=now, seq=found.at.seq,
    )  # fmt: skip
    subject, fact = graded_id(scheme, area, disease), id or log.new_id()
    with seeing(viewer, ACTION):
        locked(subject)
        append(viewer, [Fact.of(data, id=fact, subject=subject, area=area, observed_at=now)])
    return fact


def retract(viewer: Viewer, id: UUID, why: Why, *, now: datetime) -> None:
    """Takes a decision back. Raises Forbidden, NotThere."""
    with seeing(viewer, ACTION):
        row = visible(viewer, ACTION, GradeRow.objects.filter(fact=id)).first()
        if row is None:
            raise NotThere
        locked(row.subject)
        fact = Fact.of(Retracted(why=why), id=log.new_id(), subject=row.subject, area=row.area, observed_at=now)
        append(viewer, [fact.model_copy(update={"corrects": id})])
