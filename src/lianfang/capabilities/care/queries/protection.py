"""For how many days facilities can protect their staff, and who was exposed or fell ill."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.figures import countable
from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models.protection import ExposureRow, ProtectionRow
from lianfang.capabilities.care.queries.facilities import Facility, facilities
from lianfang.capabilities.care.rules.protection import Supply, days_left, protection_policy, supply
from lianfang.capabilities.cases.models import CaseRow

READ: Final = "protection.read"
REPORT: Final = "protection.report"
MOST: Final = 500


class Stock(NamedTuple):
    """What a facility has of an item: ``days`` as it is used, None where none is."""

    row: ProtectionRow
    days: float | None
    supply: Supply


class Protected(NamedTuple):
    """A facility with its items, the shortest first; without any, nothing was told."""

    facility: Facility
    stocks: list[Stock]


class ProtectionBoard(NamedTuple):
    """``infected``: staff whose exposure ended so; ``cases``: confirmed cases among staff, None where the viewer may
    not count cases."""

    facilities: list[Protected]
    exposures: list[ExposureRow]
    infected: int
    cases: int | None


def board(viewer: Viewer, now: datetime) -> ProtectionBoard:
    """The facilities of the viewer's divisions, the shortest of protection first. Raises Forbidden."""
    its = protection_policy(now)
    with seeing(viewer, READ):
        told: dict[UUID, list[Stock]] = defaultdict(list)
        for row in visible(viewer, READ, ProtectionRow.objects.all()).order_by("item"):
            days = days_left(row.stock, row.used_per_day)
            told[row.facility].append(Stock(row, days, supply(days, its)))
        found = [Protected(one, sorted(told[one.id], key=_shortest)) for one in facilities(viewer)]
        exposures = visible(viewer, READ, ExposureRow.objects.all())
        infected = exposures.filter(outcome="infected").count()
        rows = list(exposures.order_by("-at", "subject")[:MOST])
    ordered = sorted(found, key=lambda one: _shortest(one.stocks[0]) if one.stocks else float("inf"))
    return ProtectionBoard(ordered, rows, infected, _cases(viewer))


def _shortest(one: Stock) -> float:
    return float("inf") if one.days is None else one.days


def _cases(viewer: Viewer) -> int | None:
    if scope(viewer, "cases.read") not in (Scope.AGGREGATE, Scope.SUBTREE, Scope.ALL):
        return None
    with seeing(viewer, "cases.read"):
        rows = countable(viewer, "cases.read", CaseRow.objects.filter(health_worker=True, to="confirmed"))
        return int(rows.count())


def exposure(viewer: Viewer, action: str, id: UUID) -> ExposureRow:
    """An exposure that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, ExposureRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row
