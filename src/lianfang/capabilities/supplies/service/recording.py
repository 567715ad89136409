"""What writing about stock has in common: locks, what is there, what is asked back, and facts of movements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.supplies.facts.stock import MOST, Moved, Part, StockProcess
from lianfang.capabilities.supplies.models import ItemRow, StoreRow
from lianfang.capabilities.supplies.queries import stock as queries
from lianfang.capabilities.supplies.rules.policy import in_force
from lianfang.capabilities.supplies.rules.quantity import in_smallest, unusual, usual
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

__all__ = ["Taken", "append", "fact_of", "hold", "made", "moved", "of_catalogue", "on_record", "store", "take"]

MOVE: Final = "supplies.move"
MANAGE: Final = "supplies.manage"
MOST_LOTS: Final = 50
"""Of which one act takes."""
OVERTAKING: Final = frozenset({StockProcess.USE, StockProcess.LOSS, StockProcess.RECEIPT})
"""What has happened is on record though it comes late and the stock is short; what is promised never is."""


class Taken(NamedTuple):
    """So much of a lot."""

    lot: str
    quantity: int


def hold(*pairs: tuple[UUID, UUID]) -> None:
    """Holds the stock of some items in some stores until the transaction ends: of two who take the last, one waits."""
    locked(*(uuid5(store, str(item)) for store, item in pairs))


def on_record(subject: UUID) -> bool:
    """Whether anything of a subject is on record: an act that is sent again is not done again."""
    return next(log.read(subjects=[subject], limit=1), None) is not None


def store(viewer: Viewer, id: UUID, field: str = "store", *, action: str = MOVE) -> StoreRow:
    """A store that is open; within ``seeing``. Raises Refused."""
    try:
        row = queries.located(viewer, action, id)
    except NotThere:
        wrong = Wrong(field, "unknown_store", "没有这个仓库，请核对", "is no store that is known: correct it")
        raise Refused([wrong]) from None
    if row.closed is not None:
        raise Refused([Wrong(field, "closed", "仓库已关闭，请另选", "is closed: choose another")])
    return row


def of_catalogue(viewer: Viewer, id: UUID, field: str = "item") -> ItemRow:
    """An item; within ``seeing``. Raises Refused."""
    try:
        return queries.item(viewer, id)
    except NotThere:
        wrong = Wrong(field, "unknown_item", "目录中没有这种物资，请核对", "is not in the catalogue: list it first")
        raise Refused([wrong]) from None


def smallest(item: ItemRow, amount: Decimal, unit: str | None) -> int:
    """An amount as sent in the smallest unit. Raises Refused."""
    holds = queries.units_of(item).get(unit or item.unit)
    if holds is None:
        known = "、".join(queries.units_of(item))
        wrong = Wrong("unit", "unknown_unit", f"可用的单位：{known}", f"is none of its units: {known}")
        raise Refused([wrong])
    quantity = in_smallest(amount, holds)
    if quantity is None:
        zh = f"换算后不是整数个{item.unit_zh}，请核对数量与单位"
        raise Refused([Wrong("amount", "not_whole", zh, f"is no whole number of {item.unit_en}: correct it")])
    if not 0 <= quantity <= MOST:
        raise Refused([Wrong("amount", "too_many", "数量过大，请核对", "is beyond what is held: correct it")])
    return quantity


def ask_back(
    viewer: Viewer, place: UUID, item: ItemRow, process: StockProcess, quantity: int, confirmed: bool, now: datetime
) -> bool:
    """Whether a quantity is unusual and was confirmed. Raises Refused with the usual one where it was not."""
    policy = in_force(now.astimezone(CIVIL_TIME).date())
    usually = usual(queries.quantities_before(viewer, place, item.subject, process, now), policy.usual_from)
    if usually is None or not unusual(quantity, usually, policy.unusual_times):
        return False
    if not confirmed:
        zh = (
            f"与平常相差很大：本次{quantity}{item.unit_zh}，平常约{usually}{item.unit_zh}。请核对单位，无误请确认后再报"
        )
        en = (
            f"is far from the usual: {quantity} {item.unit_en}, and {usually} before. Look at the unit; confirm it and "
            "send it again if it is right"
        )
        raise Refused([Wrong("amount", "unusual", zh, en)])
    return True


def take(
    viewer: Viewer, place: UUID, item: ItemRow, quantity: int, *, part: Part = Part.SHELF, lot: str | None = None,
    process: StockProcess, today: date, late: bool = False,
) -> list[Taken]:  # fmt: skip
    """Of which lots a quantity is taken: those that end first before the others, or the one that is named. The stock is
    held. What is past its last day is only thrown away. Where ``late``, what is not there is taken all the same, of the
    last of them. Raises Refused."""
    lots = queries.shelf(viewer, place, item.subject, part)
    if lot is not None:
        lots = [one for one in lots if one[0] == lot]
    if process is not StockProcess.LOSS and not late:
        ended = [one for one in lots if one[1] is not None and one[1] < today and one[2] > 0]
        lots = [one for one in lots if one not in ended]
        if ended and sum(max(one[2], 0) for one in lots) < quantity:
            _refuse_ended(item, ended, sum(max(one[2], 0) for one in lots))
    taken: list[Taken] = []
    rest = quantity
    for name, _, there in lots:
        if rest and there > 0:
            taken.append(Taken(name, min(rest, there)))
            rest -= taken[-1].quantity
    if rest and not late:
        _refuse_short(item, quantity - rest, quantity, part)
    if rest:
        last = taken.pop() if taken else Taken(lot if lot is not None else (lots[-1][0] if lots else ""), 0)
        taken.append(Taken(last.lot, last.quantity + rest))
    if len(taken) > MOST_LOTS:
        zh, en = f"一次最多{MOST_LOTS}个批号，请分次登记", f"is of more than {MOST_LOTS} lots: record it in parts"
        raise Refused([Wrong("amount", "too_many_lots", zh, en)])
    return taken


def _refuse_short(item: ItemRow, there: int, wanted: int, part: Part) -> None:
    what = {
        Part.SHELF: ("库存", "in stock"), Part.WAY: ("在途", "on its way"), Part.OUT: ("已发放未用", "handed out"),
    }[part]  # fmt: skip
    zh = f"超过{what[0]}：{what[0]}{there}{item.unit_zh}，本次{wanted}{item.unit_zh}"
    en = f"is more than there is: {there} {item.unit_en} {what[1]}, and {wanted} asked for"
    raise Refused([Wrong("amount", "short", zh, en)])


def _refuse_ended(item: ItemRow, ended: Sequence[tuple[str, date | None, int]], there: int) -> None:
    last = min(one[1] for one in ended if one[1] is not None)
    zh = f"批号{'、'.join(one[0] for one in ended)}已过期（最早{last}），只能报损；未过期的有{there}{item.unit_zh}"
    en = (
        f"needs a lot past its last day ({', '.join(one[0] for one in ended)}, from {last} on), which can only be "
        f"thrown away; of others there are {there} {item.unit_en}"
    )
    raise Refused([Wrong("lot", "expired", zh, en)])


def moved(
    viewer: Viewer, lots: Iterable[Taken], *, id: UUID, area: str, at: datetime | None, now: datetime, **fields: Any
) -> Iterator[Fact]:
    """The facts of a movement, one for each lot; the first has the id of the act."""
    for number, one in enumerate(lots):
        subject = uuid5(id, str(number)) if number else id
        data = made(Moved, lot=one.lot or None, quantity=one.quantity, **fields)
        yield fact_of(viewer, data, subject=subject, area=area, at=at, now=now, id=uuid5(subject, "moved"))
