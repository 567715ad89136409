"""Markets and the samples taken in them."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused
from lianfang.capabilities.tasks.queries import NO_PLACE, range_of
from lianfang.capabilities.warning.models import EnvironmentSampleRow, MarketRow

READ: Final = "markets.read"


class Markets(NamedTuple):
    """A page of markets by id; ``after`` leads to the next, ``total`` counts the whole list."""

    rows: tuple[MarketRow, ...]
    after: str | None
    total: int


class MarketCard(NamedTuple):
    row: MarketRow
    samples: tuple[EnvironmentSampleRow, ...]


def markets(
    viewer: Viewer, area: str = "", *, positive: bool = False, unmet: bool = False, after: str = "", limit: int = 50
) -> Markets:
    """The markets of an area; ``positive``: with a positive sample, ``unmet``: of which the last inspection found
    something not met. Raises Forbidden, Refused."""
    area_from, area_to = range_of(area)
    with seeing(viewer, READ):
        rows = visible(viewer, READ, MarketRow.objects.filter(area__bytes_from=area_from, area__bytes_before=area_to))
        rows = rows.filter(positives__gt=0) if positive else rows
        rows = rows.exclude(unmet=[]) if unmet else rows
        total = rows.count()
        if after:
            try:
                rows = rows.filter(subject__gt=UUID(after))
            except ValueError:
                raise Refused([NO_PLACE]) from None
        found = tuple(rows.order_by("subject")[: limit + 1])
    shown = found[:limit]
    return Markets(shown, str(shown[-1].subject) if len(found) > len(shown) else None, total)


def market(viewer: Viewer, id: UUID, action: str = READ) -> MarketCard:
    """One market. Raises Forbidden, NotThere."""
    with seeing(viewer, action):
        row = visible(viewer, action, MarketRow.objects.filter(subject=id)).first()
        if row is None:
            raise NotThere
        samples = visible(viewer, action, EnvironmentSampleRow.objects.filter(subject=id))
        return MarketCard(row, tuple(samples.order_by("sampled_at", "id")))
