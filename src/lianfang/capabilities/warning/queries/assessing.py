"""What a risk assessment of an area is made of: figures as of a moment and as known at a time, and whether each case of
unknown source is being traced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max

from lianfang.access.matrix import require_over
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases import queries as cases
from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.contacts.models import Edge, Node
from lianfang.capabilities.tasks.facts import task_id
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.queries.confirmed import Known, Moment, counted_in
from lianfang.capabilities.warning.queries.risk import Asked, Grades, communities, counties, sees_cases, shown
from lianfang.capabilities.warning.queries.spread import reach
from lianfang.capabilities.warning.rules.assessing import Filled, filled, template
from lianfang.capabilities.warning.rules.pack.contents import Chains

TRACE: Final = "case.trace_source"
CHAINS: Final = "contacts.read"


class Traced(NamedTuple):
    """A confirmed case of unknown source, and the task to trace it: when that is due; None where there is none."""

    case: UUID
    area: str
    confirmed_at: datetime
    task: UUID
    due: datetime | None


class Assessment(NamedTuple):
    """``untraced`` are the cases of unknown source, None for a viewer who sees sums only; ``chains`` are None of an
    earlier state of the record, for they are kept as they stand."""

    at: Moment
    sections: tuple[Filled, ...]
    untraced: tuple[Traced, ...] | None
    chains: Chains | None


def assessment(viewer: Viewer, asked: Asked, *, now: datetime) -> Assessment:
    """The template for an area, filled in. Raises Forbidden, Refused."""
    days = template().days
    risk, classes = counties(viewer, asked, now=now), communities(viewer, asked, now=now)
    told = reach(
        viewer, asked.area, disease=asked.disease, days=days, as_of=asked.as_of, known_at=asked.known_at, now=now
    )
    at = risk.at
    counted = cases.counts(
        viewer, asked.area, disease=asked.disease, as_of=at.as_of, since=at.as_of - timedelta(days),
        known_at=asked.known_at,
    )  # fmt: skip
    known = counted_in(viewer, range_of(asked.area), asked.disease, at)
    untraced = [one for one in known if one.source is InfectionSource.UNKNOWN]
    traced = _traced(viewer, untraced, now)
    figures = {
        **counted.whole.stocks, **counted.whole.flows, **{one.value: n for one, n in told.sources.items()},
        "days": days, "reached": len(told.spread.first), "newly": sum(len(day.newly) for day in told.spread.days),
        **{f"class_{code}": _at(classes, code) for code in ("2a", "2b", "3")},
        **{level: _at(risk, level) for level in ("low", "medium", "high")}, "ungraded": _at(risk, None),
        "asks": sum(bool(one.graded.asks) for one in classes.places), "untraced": len(untraced),
        "open": sum(one.due is not None for one in traced), "untasked": sum(one.due is None for one in traced),
        "overdue": sum(one.due is not None and one.due < now for one in traced),
    }  # fmt: skip
    seen = shown(viewer, known)
    listed = tuple(one for one in traced if one.case in seen) if sees_cases(viewer) else None
    return Assessment(at, tuple(filled(figures)), listed, None if at.past else chains(viewer, asked, at))


def chains(viewer: Viewer, asked: Asked, at: Moment) -> Chains:
    """The cases of an area that were reported before a moment and that links tie to others, as sums. Raises Forbidden,
    Refused."""
    area_from, area_to = range_of(asked.area)
    require_over(viewer, CHAINS, asked.area)
    with seeing(viewer, CHAINS):
        tied = in_range(viewer, Node.objects.filter(disease=asked.disease, reported_at__lt=at.as_of, size__gt=1))
        tied = tied.filter(area__bytes_from=area_from, area__bytes_before=area_to)
        sums = tied.aggregate(
            cases=Count("subject"), chains=Count("component", distinct=True), generation=Max(F("generation"))
        )
        links = Edge.objects.filter(subject__in=tied.values("subject")).count()
    return Chains(sums["cases"], links, sums["chains"], sums["generation"] or 0)


def _at(grades: Grades, level: str | None) -> int:
    return sum(one.graded.to == level for one in grades.places)


def _traced(viewer: Viewer, untraced: Collection[Known], now: datetime) -> list[Traced]:
    """The cases, each with its open task of now, by when that is due."""
    open_ = {
        one.subject: one.due
        for one in cases.obligations(viewer, now, now, [one.case for one in untraced])
        if one.rule == TRACE and one.done_at is None
    }
    found = [
        Traced(one.case, one.area, one.confirmed_at, task_id(TRACE, one.case), open_.get(one.case)) for one in untraced
    ]
    return sorted(found, key=lambda one: (one.due is not None, one.due or now, one.case))
