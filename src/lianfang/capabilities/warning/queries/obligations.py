"""What is to be done about markets and classes of communities, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.capabilities.warning.facts.grade import Scheme
from lianfang.capabilities.warning.models import EnvironmentSampleRow, MarketRow
from lianfang.capabilities.warning.queries.risk import Asked, with_cases
from lianfang.capabilities.warning.rules.community import left_open
from lianfang.capabilities.warning.rules.grading import community_policy, graded_id
from lianfang.capabilities.warning.rules.markets import Positive, disposals
from lianfang.capabilities.warning.state.market import POSITIVE

TASKS: Final = "tasks.read"
GRADES: Final = "warning.read"


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """The disposal of markets after positive samples, and what the rule of classes leaves to a person: see
    ``tasks.rules.Provider``. Raises Forbidden."""
    yield from _open_grades(viewer, since, until, of)
    positive = EnvironmentSampleRow.objects.filter(result=POSITIVE, result_at__lt=until)
    with seeing(viewer, TASKS):
        rows = in_range(viewer, MarketRow.objects.filter(Exists(positive.filter(subject=OuterRef("subject")))))
        markets = {row.subject: row for row in (rows if of is None else rows.filter(subject__in=list(of)))}
        samples = list(positive.filter(subject__in=list(markets)).values_list("subject", "id", "result_at"))
    for subject, row in markets.items():
        found = [Positive(id, at) for market, id, at in samples if market == subject]
        handled = [datetime.fromisoformat(one["at"]) for one in row.handled]
        for one in disposals(subject, row.area, row.author, found, handled):
            if one.done_at is None or one.done_at > since:
                yield one


def _open_grades(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:  # fmt: skip
    """Communities of which the rule leaves something to a person, or of which somebody decided since."""
    if not can(viewer, GRADES) or not viewer.area:
        return
    for disease in dict.fromkeys(disease for one in community_policy().edition for disease in one.diseases):
        grades = with_cases(viewer, Asked(viewer.area, disease, as_of=until), now=until)
        for one in grades.places:
            subject = graded_id(Scheme.COMMUNITY, one.area, disease)
            if grades.edition is None or (of is not None and subject not in of):
                continue
            decided = one.decision and one.decision.at
            task = left_open(subject, one.area, one.graded, decided, grades.edition)
            if task is not None and (task.done_at is None or task.done_at > since):
                yield task
