"""Samples by number, assessments, saved views, and what is to be done about cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber, Substr

from lianfang.access.matrix import require
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.models import AssessmentRow, CaseRow, SampleRow, ViewRow
from lianfang.capabilities.cases.queries.first_case import first_case_duties
from lianfang.capabilities.cases.queries.listing import known_range
from lianfang.capabilities.cases.rules.obligations import Case, event
from lianfang.capabilities.cases.rules.obligations import obligations as follow
from lianfang.capabilities.tasks.queries.rows import tuples
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts.refold import among
from lianfang.places.spans import END
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, profile

MOST_SAMPLES: Final = 200
MOST_ASSESSMENTS: Final = 200
COUNTY: Final = 6
"""Digits of a county's code."""
_COLUMNS: Final = (
    "disease", "edition", "outcome", "batch", "subject", "area", "author", "person", "to", "source", "reported_at",
    "checked_at", "investigated_at", "suspected_at", "confirmed_at", "admitted_at", "designated", "sampled_at",
    "source_at",
)  # fmt: skip
"""What obligations follow from."""


def samples(viewer: Viewer, *, number: str = "", laboratory: str = "", waiting: bool | None = None) -> list[SampleRow]:
    """Samples by the beginning of their number, by laboratory, and those that wait for a result or that have one; the
    newest first. For who records samples: it tells nothing else of the case. Raises Forbidden."""
    with seeing(viewer, "cases.sample"):
        rows = visible(viewer, "cases.sample", SampleRow.objects.all(), own=Q(author__in=own_work(viewer).authors))
        if number:
            rows = rows.filter(number__bytes_from=number, number__bytes_before=number + END)
        if laboratory:
            rows = rows.filter(laboratory=laboratory)
        if waiting is not None:
            rows = rows.filter(result__isnull=waiting)
        return list(rows.order_by("-sampled_at", "id")[:MOST_SAMPLES])


def assessments(viewer: Viewer, *, area: str = "", disease: str = "") -> list[AssessmentRow]:
    """The assessments of an area and below, the newest first. Sums they are in themselves: who sees counts sees them.
    Raises Forbidden, Refused."""
    with seeing(viewer, "cases.read"):
        rows = in_range(viewer, AssessmentRow.objects.all())
        if area:
            area_from, area_to = known_range(area)
            rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)
        if disease:
            rows = rows.filter(disease=disease)
        return list(rows.order_by("-at", "subject")[:MOST_ASSESSMENTS])


def views(viewer: Viewer, room: str = "") -> list[ViewRow]:
    """The viewer's own saved views, of one room or of all. Raises Forbidden."""
    require(viewer, "cases.read")
    rows = ViewRow.objects.filter(author=viewer.author)
    return list((rows.filter(room=room) if room else rows).order_by("room", "name"))


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """What is to be done about the cases of the viewer's divisions, and in communities that have their first: see
    ``tasks.rules.Provider``."""
    firsts = _first_of_counties(viewer)
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, CaseRow.objects.filter(reported_at__lt=until))
        lately = _lately(since) | Q(subject__in=among(firsts))
        rows = rows.filter(subject__in=among(of)) if of is not None else rows.filter(lately)
        found = tuples(rows, *_COLUMNS)
    for disease, edition, outcome, batch, *told in found:
        subject, area, author, person, to, source, *times = told
        case = Case(
            subject, area, author, person, Class(to), InfectionSource(source),
            outcome is None and to != Class.EXCLUDED, *times, batch is not None,
        )  # fmt: skip
        its = _edition(disease, edition)
        for one in (*follow(case, its), *(event(case, its) if subject in firsts else ())):
            if one.begins < until and (one.done_at is None or one.done_at > since):
                yield one
    yield from (one for one in first_case_duties(viewer, since, of) if one.begins < until)


def _first_of_counties(viewer: Viewer) -> frozenset[UUID]:
    """The case that was confirmed first in each county that the viewer's divisions lie in or hold, of each disease.
    What was revised away was none."""
    confirmed = CaseRow.objects.filter(confirmed_at__isnull=False).exclude(to=Class.EXCLUDED)
    with seeing_all():  # a town's first may be its county's second
        if len(viewer.area) > COUNTY:
            confirmed = confirmed.filter(area__startswith=viewer.area[:COUNTY])
        else:
            confirmed = in_range(viewer, confirmed)
        county = [Substr("area", 1, COUNTY), F("disease")]
        place = Window(RowNumber(), partition_by=county, order_by=["confirmed_at", "subject"])
        return frozenset(confirmed.annotate(place=place).filter(place=1).values_list("subject", flat=True))


def _lately(since: datetime) -> Q:
    """Cases that may have something open, or done after ``since``."""
    going_on = Q(outcome=None) & ~Q(to=Class.EXCLUDED)
    untraced = Q(source=InfectionSource.UNKNOWN, confirmed_at__isnull=False)
    times = ("checked_at", "investigated_at", "sampled_at", "admitted_at", "source_at")
    done = Q()
    for name in times:
        done |= Q(**{f"{name}__gt": since})
    return going_on | untraced | done


@cache
def _edition(disease: str, code: str) -> Edition | None:
    try:
        return profile(disease).edition(code)
    except (NoProfile, NoEdition):
        return None
