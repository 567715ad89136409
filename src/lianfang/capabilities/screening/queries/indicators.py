"""The indicators of household screening, as the ledger of coverage has them, and the households behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.figures import PresentFigures, Shown
from lianfang.access.viewer import Viewer
from lianfang.capabilities.screening.models import HouseholdRow, OutcomeRow
from lianfang.capabilities.screening.queries.coverage import ledgers
from lianfang.capabilities.screening.queries.own import READ, shown, summed, within
from lianfang.capabilities.screening.queries.rounds import current
from lianfang.capabilities.screening.rules.indicators import DECLARED, TITLES
from lianfang.capabilities.screening.rules.outcomes import Status
from lianfang.facts import steps
from lianfang.facts.indicator import Asked, Behind, Indicator, Item


def _ledger(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    """What each division counts; without a round nothing can be covered."""
    _, round, _, parts, _ = ledgers(viewer, asked.area)
    told = {"households": [Item(None, part.code, part.ledger.registered) for part in parts]}
    if round is not None:
        done = [Item(None, part.code, part.ledger.done) for part in parts]
        told |= {"households_covered": done, "household_coverage": done}
    return {key: told[key] for key in keys if key in told}


def _seen(viewer: Viewer, households: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = shown(viewer, HouseholdRow.objects.filter(subject__in=list(households)))
    return {subject: Shown(subject) for subject in rows.values_list("subject", flat=True)}


def _rows(viewer: Viewer, asked: Asked, key: str) -> QuerySet[Any]:
    round = current(viewer, asked.area)
    if key == "households":
        rows = HouseholdRow.objects.filter(grid__isnull=False)
        late = Q(registered_at__gt=round.closed_at) if round and round.closed_at else None
        rows = rows.exclude(late) if late is not None else rows
    else:
        rows = OutcomeRow.objects.filter(round=round.subject if round else None, status=Status.DONE)
    return within(summed(viewer, rows), asked.area)


@dataclass(frozen=True)
class _Households(PresentFigures):
    """Counted by the ledger, opened down to the households."""

    def _page(self, viewer: Viewer, asked: Asked, one: Indicator, masked: bool, after: str, limit: int) -> Behind:
        if masked:
            return super()._page(viewer, asked, one, masked, after, limit)
        return steps.page(_rows(viewer, asked, one.key), None, masked=False, after=after, limit=limit)


INDICATORS: Final = _Households(
    declared=DECLARED, identities=(), titles=TITLES, read=READ, card="household", seen=_seen, counted=_ledger
)
