"""Stock: items listed, stores opened, and what comes, goes, is used and lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.supplies.facts.demand import DemandStated
from lianfang.capabilities.supplies.facts.stock import (
    ItemListed,
    LotListed,
    Outside,
    Part,
    Place,
    StockProcess,
    StoreClosed,
    StoreOpened,
    lot_id,
    place_of,
)
from lianfang.capabilities.supplies.models import BalanceRow, DispatchRow, ItemRow, MovementRow
from lianfang.capabilities.supplies.queries import stock as queries
from lianfang.capabilities.supplies.service.recording import (
    MANAGE,
    MOST_LOTS,
    MOVE,
    OVERTAKING,
    Taken,
    append,
    ask_back,
    fact_of,
    hold,
    made,
    moved,
    of_catalogue,
    on_record,
    smallest,
    store,
    take,
)
from lianfang.capabilities.supplies.state import CIVIL_TIME, effects
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

CATALOGUE: Final = UUID("2d5a1d84-6a55-5f0c-8a43-0e7f3c1f9b02")
"""Held while the catalogue is changed: no code is given to two items."""


class Act(NamedTuple):
    """What somebody says of stock. ``origin`` is where it comes from: the supplier, a donor or, with ``document``, a
    purchase that was on its way; the shelf or what was handed out."""

    id: UUID
    process: StockProcess
    store: UUID
    item: UUID
    amount: Decimal
    unit: str | None = None
    lot: str | None = None
    expires: date | None = None
    origin: str = ""
    document: UUID | None = None
    late: bool = False
    confirm: bool = False


def list_item(viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Puts an item into the catalogue, or changes what is told of it. What one unit holds is not changed while it is
    held anywhere: what was counted in it would mean something else. Raises Forbidden, Refused, NotThere."""
    require_over(viewer, MANAGE, area)
    data = made(ItemListed, **fields)
    with seeing(viewer, MANAGE):
        locked(CATALOGUE)
        before = ItemRow.objects.filter(subject=id).first()
        if before is not None:
            require_over(viewer, MANAGE, before.area)
            if before.unit != data.unit:
                zh, en = "最小单位不能更改，请另列一种物资", "cannot be changed: list another item"
                raise Refused([Wrong("unit", "unit_changed", zh, en)])
        if ItemRow.objects.filter(code=data.code).exclude(subject=id).exists():
            raise Refused([Wrong("code", "twice", "此编码已有物资使用", "is the code of another item")])
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def open_store(viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Opens a store, or changes what is told of it; where it is stays as it is. Raises Forbidden, Refused, NotThere."""
    require_over(viewer, MANAGE, area)
    data = made(StoreOpened, **fields)
    if not known_areas()(area):
        raise Refused([no_area()])
    with seeing(viewer, MANAGE):
        locked(id)
        if on_record(id) and queries.located(viewer, MANAGE, id).area != area:
            raise Refused([Wrong("area", "moved", "仓库所在地区不能更改", "of a store cannot be changed")])
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def close_store(viewer: Viewer, id: UUID, *, now: datetime) -> None:
    """Closes a store that is empty, and that nothing is on its way to. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        row = queries.located(viewer, MANAGE, id)
        rows = BalanceRow.objects.filter(store=id)
        hold(*((id, item) for item in rows.values_list("item", flat=True)))
        if any(one.shelf or one.way or one.out for one in rows.all()):
            zh, en = "仍有库存、在途或已发放未用的物资", "still has stock, or something is on its way to it"
            raise Refused([Wrong("store", "not_empty", zh, en)])
        if row.closed is None:
            append(viewer, [fact_of(viewer, StoreClosed(), subject=id, area=row.area, at=None, now=now)])


def state_demand(viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, fact: UUID, now: datetime) -> None:
    """A store says for whom it provides. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        row = queries.located(viewer, MOVE, id)
        data = made(DemandStated, **fields)
        append(viewer, [fact_of(viewer, data, subject=id, area=row.area, at=None, now=now, id=fact)])


def move(viewer: Viewer, act: Act, *, now: datetime, at: datetime | None = None) -> UUID:
    """Records that something was ordered, came, was handed out, was used or lost. Sent again with the same id, it is
    recorded once. Raises Forbidden, Refused."""
    if act.late and act.process not in OVERTAKING:
        zh, en = "只有已发生的收货、使用与损失可以事后补报", "only what has happened is sent afterwards"
        raise Refused([Wrong("late", "not_late", zh, en)])
    source, target = _ends(act)
    with seeing(viewer, MOVE):
        place, item = store(viewer, act.store), of_catalogue(viewer, act.item)
        hold((act.store, act.item))
        if on_record(act.id):
            return act.id
        quantity = smallest(item, act.amount, act.unit)
        if not quantity:
            raise Refused([Wrong("amount", "nothing", "数量须大于零", "must be more than nothing")])
        confirmed = ask_back(viewer, act.store, item, act.process, quantity, act.confirm, now)
        giving, taking = place_of(source), place_of(target)
        if giving is None:
            lots = [Taken(act.lot or "", quantity)]
        elif giving.part is Part.WAY:
            _refuse_above_ordered(viewer, act, item, quantity)
            lots = [Taken(act.lot or "", quantity)]
        else:
            lots = take(
                viewer, act.store, item, quantity, part=giving.part, lot=act.lot, process=act.process,
                today=now.astimezone(CIVIL_TIME).date(), late=act.late,
            )  # fmt: skip
        fields = {
            "item": act.item, "source": source, "target": target, "process": act.process, "unit": act.unit,
            "late": act.late, "confirmed": confirmed, "source_area": place.area if giving else None,
            "target_area": place.area if taking else None, "document": _document(act),
            "lot_read": giving is not None and giving.part is Part.WAY and bool(act.lot),
        }  # fmt: skip
        facts = [*_lot_told(viewer, act, place.area, now)]
        facts += moved(viewer, lots, id=act.id, area=place.area, at=at, now=now, **fields)
        append(viewer, facts)
    return act.id


def _ends(act: Act) -> tuple[str, str]:
    """The accounts between which an act moves. Raises Refused."""
    shelf, way, out = (str(Place(act.store, part)) for part in (Part.SHELF, Part.WAY, Part.OUT))
    ends: dict[tuple[StockProcess, str], tuple[str, str]] = {
        (StockProcess.PURCHASE, ""): (Outside.SUPPLIER, way),
        (StockProcess.RECEIPT, ""): (way if act.document else Outside.SUPPLIER, shelf),
        (StockProcess.RECEIPT, Outside.DONOR): (Outside.DONOR, shelf),
        (StockProcess.ISSUE, ""): (shelf, out),
        (StockProcess.USE, ""): (shelf, Outside.USED),
        (StockProcess.USE, Part.OUT): (out, Outside.USED),
        (StockProcess.LOSS, ""): (shelf, Outside.LOST),
        (StockProcess.LOSS, Part.OUT): (out, Outside.LOST),
    }
    found = ends.get((act.process, act.origin))
    if found is None:
        zh, en = "这种登记没有这个来源", "is no origin of what is recorded"
        raise Refused([Wrong("origin", "no_origin", zh, en)])
    return found


def _document(act: Act) -> UUID | None:
    """A purchase is its own document, which its receipts name."""
    return (
        act.id
        if act.process is StockProcess.PURCHASE
        else act.document
        if act.process is StockProcess.RECEIPT
        else None
    )


def _refuse_above_ordered(viewer: Viewer, act: Act, item: ItemRow, quantity: int) -> None:
    order = next((one for one in queries.orders(viewer, act.store) if one.id == act.document), None)
    if order is None or order.item != act.item:
        zh, en = "没有这笔未到货的采购", "is no purchase of this item that is on its way"
        raise Refused([Wrong("document", "unknown_order", zh, en)])
    if quantity > order.open:
        zh = f"超过这笔采购未到的数量：未到{order.open}{item.unit_zh}；多到的请另登记收货"
        en = f"is more than is still to come: {order.open} {item.unit_en}; record what came beyond it as a receipt"
        raise Refused([Wrong("amount", "above_ordered", zh, en)])


def _lot_told(viewer: Viewer, act: Act, area: str, now: datetime) -> list[Fact]:
    """The last day of a lot that comes in, where it was not known; what is known of it is not contradicted."""
    if act.process is not StockProcess.RECEIPT or act.expires is None:
        return []
    if not act.lot:
        zh, en = "填写有效期须同时填写批号", "is needed where a last day is told"
        raise Refused([Wrong("lot", "missing", zh, en)])
    before = queries.lots_end(viewer, [act.item]).get((act.item, act.lot))
    if before == act.expires:
        return []
    if before is not None:
        zh, en = f"此批号已登记的有效期为{before}", f"is another than what is on record of this lot: {before}"
        raise Refused([Wrong("expires", "other_day", zh, en)])
    subject = lot_id(act.item, act.lot)
    data = LotListed(item=act.item, lot=act.lot, expires=act.expires)
    return [fact_of(viewer, data, subject=subject, area=area, at=None, now=now)]


def take_back(viewer: Viewer, id: UUID, why: Why, *, now: datetime) -> None:
    """Takes an act back, all its lots, where nothing has followed from it: no balance falls below nothing. Of a
    dispatch or a stocktake the whole is taken back there. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MOVE):
        rows = _act_rows(viewer, id)
        pairs = {(effect.store, row.item) for row in rows for effect in effects(row)}
        hold(*pairs)
        rows = _act_rows(viewer, id)
        if any(row.process in (StockProcess.TRANSFER, StockProcess.COUNT) or _of_dispatch(row) for row in rows):
            zh, en = "属于调运或盘点，请在那里撤销", "is of a dispatch or a stocktake: take that back"
            raise Refused([Wrong("movement", "of_document", zh, en)])
        if any(row.process == StockProcess.PURCHASE for row in rows) and _received(rows):
            raise Refused([_FOLLOWED])
        refuse_negative(rows)
        append(viewer, [retraction(viewer, row, why, now) for row in rows])


def _act_rows(viewer: Viewer, id: UUID) -> list[MovementRow]:
    """The movements of an act, by lot. Raises NotThere."""
    ids = [id, *(uuid5(id, str(number)) for number in range(1, MOST_LOTS))]
    rows = list(visible(viewer, MOVE, MovementRow.objects.filter(subject__in=ids), "source_area"))
    rows += visible(viewer, MOVE, MovementRow.objects.filter(subject__in=ids, source_area=None), "target_area")
    if not rows:
        raise NotThere
    return rows


def _of_dispatch(row: MovementRow) -> bool:
    return row.document is not None and DispatchRow.objects.filter(subject=row.document).exists()


def _received(rows: Sequence[MovementRow]) -> bool:
    documents = [row.document for row in rows]
    return MovementRow.objects.filter(document__in=documents).exclude(process=StockProcess.PURCHASE).exists()


def refuse_negative(rows: Sequence[MovementRow]) -> None:
    """Raises Refused where taking movements back would leave less than nothing anywhere that they added to."""
    without: dict[tuple[UUID, UUID, str, str], int] = defaultdict(int)
    for row in rows:
        for effect in effects(row):
            if effect.column in set(Part):
                without[effect.store, row.item, effect.lot, effect.column] -= effect.adds
    with seeing_all():  # of a dispatch the other store may lie elsewhere
        for (place, item, lot, column), adds in without.items():
            there = BalanceRow.objects.filter(store=place, item=item, lot=lot).values_list(column, flat=True).first()
            if adds < 0 and (there or 0) + adds < 0:
                raise Refused([_FOLLOWED])


def retraction(viewer: Viewer, row: MovementRow, why: Why, now: datetime) -> Fact:
    """The fact that takes a movement back."""
    area = row.source_area or row.target_area
    fact = fact_of(viewer, Retracted(why=why), subject=row.subject, area=area, at=None, now=max(now, row.at))
    return fact.model_copy(update={"corrects": row.fact})


_FOLLOWED: Final = Wrong(
    "movement", "followed", "这批物资已有后续使用或发出，不能撤销",
    "cannot be taken back: what it brought has gone on since",
)  # fmt: skip
