"""Dispatches: what one store sends to another, and how far it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.supplies.facts.stock import StockProcess
from lianfang.capabilities.supplies.models import DispatchRow, MovementRow, StoreRow
from lianfang.capabilities.supplies.queries.stock import READ
from lianfang.capabilities.supplies.state.dispatch import DispatchStage
from lianfang.capabilities.tasks import queries as tasks

MOST: Final = 200


class Lot(NamedTuple):
    """What was sent of a lot, and what came of it; ``lost`` on the way."""

    item: UUID
    lot: str
    sent: int
    received: int
    lost: int


NAMELESS: Final = ("", "")


class Listed(NamedTuple):
    """A dispatch; ``gives`` and ``takes`` where the viewer may send or receive it. The name of a store that the viewer
    does not see is told too, in Chinese and in English: it is who sends to one, or whom one sends to."""

    row: DispatchRow
    source: tuple[str, str]
    target: tuple[str, str]
    lots: tuple[Lot, ...]
    gives: bool
    takes: bool


def seen(viewer: Viewer, action: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The dispatches from or to the viewer's stores."""
    return visible(viewer, action, rows) | visible(viewer, action, rows, "target_area")


def located(viewer: Viewer, action: str, id: UUID) -> DispatchRow:
    """A dispatch that an action reaches; within ``seeing``. Raises NotThere."""
    row: DispatchRow | None = seen(viewer, action, DispatchRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def dispatches(viewer: Viewer, area: str = "", *, stage: DispatchStage | None = None) -> list[Listed]:
    """The newest dispatches from or to an area. Raises Forbidden, Refused."""
    first, last = tasks.range_of(area)
    with seeing(viewer, READ):
        rows = seen(viewer, READ, DispatchRow.objects.all())
        if stage is not None:
            rows = rows.filter(stage=stage)
        if area:
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last) | rows.filter(
                target_area__bytes_from=first, target_area__bytes_before=last
            )
        return _told(viewer, list(rows.order_by("-planned", "subject")[:MOST]))


def one(viewer: Viewer, id: UUID) -> Listed:
    """A dispatch. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        return _told(viewer, [located(viewer, READ, id)])[0]


def _told(viewer: Viewer, rows: list[DispatchRow]) -> list[Listed]:
    lots = carried(viewer, [row.subject for row in rows])
    names = _names({one for row in rows for one in (row.source, row.target)})
    return [
        Listed(
            row, names.get(row.source, NAMELESS), names.get(row.target, NAMELESS), tuple(lots[row.subject]),
            viewer.area_from <= row.area < viewer.area_to, viewer.area_from <= row.target_area < viewer.area_to,
        )
        for row in rows
    ]  # fmt: skip


def _names(ids: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """What stores are called, in Chinese and in English, where there is such a name."""
    rows = StoreRow.objects.filter(subject__in=list(ids))
    return {row.subject: (row.name, row.en or row.name) for row in rows.only("subject", "name", "en")}


_SIDES: Final = {StockProcess.TRANSFER: 0, StockProcess.RECEIPT: 1, StockProcess.LOSS: 2}


def carried(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, list[Lot]]:
    """What was sent with some dispatches, by item and lot. Within ``seeing``."""
    sums: dict[tuple[UUID, UUID, str], list[int]] = {}
    for row in MovementRow.objects.filter(document__in=list(ids)).order_by("item", "lot"):
        sums.setdefault((row.document, row.item, row.lot), [0, 0, 0])[_SIDES[StockProcess(row.process)]] += row.quantity
    found: dict[UUID, list[Lot]] = defaultdict(list)
    for (document, item, lot), (sent, received, lost) in sums.items():
        found[document].append(Lot(item, lot, sent, received, lost))
    return found
