"""What is to be done about markets, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.capabilities.warning.models import EnvironmentSampleRow, MarketRow
from lianfang.capabilities.warning.rules.markets import Positive, disposals
from lianfang.capabilities.warning.state.market import POSITIVE

TASKS: Final = "tasks.read"


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """The disposal of markets after positive samples: see ``tasks.rules.Provider``. Raises Forbidden."""
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
