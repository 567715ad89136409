"""Dispatches: planned, sent in one transaction, received with proof, taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.supplies.facts.dispatch import (
    Came,
    DispatchCancelled,
    DispatchPlanned,
    DispatchReceived,
    DispatchSent,
    Load,
)
from lianfang.capabilities.supplies.facts.stock import Outside, Part, Place, StockProcess
from lianfang.capabilities.supplies.models import DispatchRow, MovementRow
from lianfang.capabilities.supplies.queries import dispatch as queries
from lianfang.capabilities.supplies.service.recording import (
    MOVE,
    Taken,
    append,
    ask_back,
    fact_of,
    hold,
    made,
    moved,
    of_catalogue,
    on_record,
    store,
    take,
)
from lianfang.capabilities.supplies.service.stock import refuse_negative, retraction
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.supplies.state.dispatch import DispatchStage
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked


class Transfer(NamedTuple):
    """So much of an item, in its smallest unit, from one store to another."""

    source: UUID
    target: UUID
    item: UUID
    quantity: int


def propose_transfers(
    viewer: Viewer, lines: Iterable[Transfer], *, allocation: UUID, act: UUID, now: datetime
) -> list[UUID]:
    """Plans what a confirmed sharing comes to: a dispatch for each pair of stores, which is then sent. The same
    confirmation (``act``) again gives the same dispatches. Raises Forbidden, Refused."""
    loads: dict[tuple[UUID, UUID], dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for one in lines:
        loads[one.source, one.target][one.item] += one.quantity
    made_ids = []
    with seeing(viewer, MOVE):
        for (source, target), goods in loads.items():
            id = uuid5(act, f"{source}>{target}")
            _plan(viewer, id, source, target, goods, allocation, now)
            made_ids.append(id)
    return made_ids


def plan(
    viewer: Viewer, id: UUID, source: UUID, target: UUID, goods: Mapping[UUID, int], *, now: datetime,
    confirm: bool = False, at_once: bool = False,
) -> UUID:  # fmt: skip
    """Plans a dispatch, and sends it where it is to leave ``at_once``. Raises Forbidden, Refused."""
    with seeing(viewer, MOVE):
        for item, quantity in goods.items():
            ask_back(viewer, source, of_catalogue(viewer, item), StockProcess.TRANSFER, quantity, confirm, now)
        _plan(viewer, id, source, target, goods, None, now)
        if at_once:
            send(viewer, id, now=now)
    return id


def _plan(
    viewer: Viewer, id: UUID, source: UUID, target: UUID, goods: Mapping[UUID, int], allocation: UUID | None,
    now: datetime,
) -> None:  # fmt: skip
    if source == target:
        raise Refused([Wrong("target", "itself", "不能调拨给自己", "is the store itself: choose another")])
    locked(id)
    if on_record(id):
        return
    giving, taking = store(viewer, source, "source"), store(viewer, target, "target")
    for item in goods:
        of_catalogue(viewer, item)
    loads = tuple(Load(item=item, quantity=quantity) for item, quantity in goods.items())
    data = made(
        DispatchPlanned, source=source, target=target, target_area=taking.area, loads=loads, allocation=allocation
    )
    append(viewer, [fact_of(viewer, data, subject=id, area=giving.area, at=None, now=now)])


def send(viewer: Viewer, id: UUID, *, now: datetime) -> None:
    """It leaves: each lot is taken from the one store and added to what is on its way to the other, all of it in one
    transaction or nothing. Sent again, nothing happens. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = _held(viewer, id)
        if row.stage == DispatchStage.SENT:
            return
        require_over(viewer, MOVE, row.area)
        _refuse_unless(row, DispatchStage.PLANNED)
        giving = store(viewer, row.source, "source")
        hold(*((row.source, UUID(one["item"])) for one in row.loads))
        facts = [_of(viewer, row, DispatchSent(), now)]
        today = now.astimezone(CIVIL_TIME).date()
        for number, load in enumerate(row.loads):
            item = of_catalogue(viewer, UUID(load["item"]))
            lots = take(viewer, row.source, item, load["quantity"], process=StockProcess.TRANSFER, today=today)
            facts += moved(
                viewer, lots, id=uuid5(facts[0].id, str(number)), area=giving.area, at=None, now=now,
                item=item.subject, source=str(Place(row.source, Part.SHELF)), target=str(Place(row.target, Part.WAY)),
                source_area=row.area, target_area=row.target_area, process=StockProcess.TRANSFER, document=id,
            )  # fmt: skip
        append(viewer, facts)


def receive(viewer: Viewer, id: UUID, came: Sequence[Came] | None, *, now: datetime) -> None:
    """The store that it was for says what came: None where all of it did. What is missing is booked as lost on the
    way. Received again, nothing happens. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = _held(viewer, id)
        if row.stage == DispatchStage.RECEIVED:
            return
        require_over(viewer, MOVE, row.target_area)
        _refuse_unless(row, DispatchStage.SENT)
        sent = {(one.item, one.lot): one.sent for one in queries.carried(viewer, [id])[id]}
        found = dict(sent) if came is None else _came(sent, came)
        hold(*((row.target, item) for item, _ in sent))
        its = DispatchReceived(
            came=tuple(Came(item=item, lot=lot or None, quantity=n) for (item, lot), n in found.items())
        )  # fmt: skip
        facts = [_of(viewer, row, its, now)]
        way, shelf = str(Place(row.target, Part.WAY)), str(Place(row.target, Part.SHELF))
        for number, ((item, lot), quantity) in enumerate(sent.items()):
            arrived = found[item, lot]
            ends: list[tuple[StockProcess, str, str | None, int]] = [
                (StockProcess.RECEIPT, shelf, row.target_area, arrived),
                (StockProcess.LOSS, Outside.LOST, None, quantity - arrived),
            ]
            for process, target, target_area, of in ends:
                if of:
                    facts += moved(
                        viewer, [Taken(lot, of)], id=uuid5(facts[0].id, f"{number}{process}"), area=row.target_area,
                        at=None, now=now, item=item, source=way, target=target, source_area=row.target_area,
                        target_area=target_area, process=process, document=id,
                    )  # fmt: skip
        append(viewer, facts)


def _came(sent: Mapping[tuple[UUID, str], int], came: Sequence[Came]) -> dict[tuple[UUID, str], int]:
    """What came of each lot that was sent; of what is not named nothing did. Raises Refused."""
    found = dict.fromkeys(sent, 0)
    for one in came:
        key = (one.item, one.lot or "")
        if key not in sent:
            zh, en = "不在发出的物资中；另外收到的请单独登记收货", "was not sent: record what came besides as a receipt"
            raise Refused([Wrong("came", "not_sent", zh, en)])
        found[key] += one.quantity
        if found[key] > sent[key]:
            zh, en = f"超过发出的数量{sent[key]}", f"is more than the {sent[key]} that were sent"
            raise Refused([Wrong("came", "above_sent", zh, en)])
    return found


def cancel(viewer: Viewer, id: UUID, *, now: datetime) -> None:
    """A dispatch that has not left is not sent. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = _held(viewer, id)
        if row.stage == DispatchStage.CANCELLED:
            return
        require_over(viewer, MOVE, row.area)
        _refuse_unless(row, DispatchStage.PLANNED)
        append(viewer, [_of(viewer, row, DispatchCancelled(), now)])


def cancel_planned(viewer: Viewer, allocation: UUID, *, now: datetime) -> None:
    """What a sharing had planned and has not left is not sent. Raises Forbidden, Refused."""
    with seeing(viewer, MOVE):
        rows = DispatchRow.objects.filter(allocation=allocation, stage=DispatchStage.PLANNED)
        ids = list(rows.order_by("subject").values_list("subject", flat=True))
    for id in ids:
        cancel(viewer, id, now=now)


def take_back(viewer: Viewer, id: UUID, why: Why, *, now: datetime) -> None:
    """Takes the last step of a dispatch back, with what it moved: a receipt, then the sending, then a cancelling.
    Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = _held(viewer, id)
        kind, processes, area = _UNDONE.get(DispatchStage(row.stage), (None, (), ""))
        if kind is None:
            zh, en = "尚未发出，请直接取消", "was not sent yet: cancel it"
            raise Refused([Wrong("dispatch", "not_sent_yet", zh, en)])
        require_over(viewer, MOVE, getattr(row, area))
        hold(*((place, UUID(one["item"])) for one in row.loads for place in (row.source, row.target)))
        rows = list(MovementRow.objects.filter(document=id, process__in=processes))
        refuse_negative(rows)
        act = next(
            entry.fact
            for entry in reversed(list(log.read(kinds={kind.kind}, subjects=[id])))
            if isinstance(entry.fact.data, kind)
        )
        undo = fact_of(viewer, Retracted(why=why), subject=id, area=row.area, at=None, now=max(now, act.observed_at))
        facts = [undo.model_copy(update={"corrects": act.id})]
        append(viewer, [*facts, *(retraction(viewer, one, why, now) for one in rows)])


_UNDONE: Final[dict[DispatchStage, tuple[type[FactData], tuple[StockProcess, ...], str]]] = {
    DispatchStage.RECEIVED: (DispatchReceived, (StockProcess.RECEIPT, StockProcess.LOSS), "target_area"),
    DispatchStage.SENT: (DispatchSent, (StockProcess.TRANSFER,), "area"),
    DispatchStage.CANCELLED: (DispatchCancelled, (), "area"),
}


def _held(viewer: Viewer, id: UUID) -> DispatchRow:
    """A dispatch, held until the transaction ends. Raises NotThere."""
    queries.located(viewer, MOVE, id)
    locked(id)
    return queries.located(viewer, MOVE, id)


def _refuse_unless(row: DispatchRow, stage: DispatchStage) -> None:
    if row.stage != stage:
        zh, en = _STAGES[DispatchStage(row.stage)]
        raise Refused([Wrong("dispatch", "not_now", zh, en)])


_STAGES: Final = {
    DispatchStage.PLANNED: ("尚未发出，请先发出", "was not sent yet: send it first"),
    DispatchStage.SENT: ("已发出，在途", "has left already"),
    DispatchStage.RECEIVED: ("已收到，不能再改", "was received already"),
    DispatchStage.CANCELLED: ("已取消", "was cancelled"),
}


def _of(viewer: Viewer, row: DispatchRow, data: FactData, now: datetime) -> Fact:
    """A fact about a dispatch, after those on record."""
    history = [entry.fact for entry in log.read(subjects=[row.subject])]
    return fact_of(viewer, data, subject=row.subject, area=row.area, at=None, now=now, history=history)
