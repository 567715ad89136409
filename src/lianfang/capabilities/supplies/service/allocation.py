"""The sharing of what is scarce: proposed by the rule, changed by hand, confirmed by a person, then dispatched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.supplies.facts.allocation import (
    Given,
    Line,
    Portion,
    SharingChanged,
    SharingConfirmed,
    SharingDropped,
    SharingProposed,
    Wanted,
)
from lianfang.capabilities.supplies.models import AllocationRow
from lianfang.capabilities.supplies.queries import allocation as queries
from lianfang.capabilities.supplies.queries.stock import balances
from lianfang.capabilities.supplies.rules.allocate import Plan, allocate
from lianfang.capabilities.supplies.rules.production import in_force
from lianfang.capabilities.supplies.service.dispatch import Transfer, propose_transfers
from lianfang.capabilities.supplies.service.production import found, recorded
from lianfang.capabilities.supplies.service.recording import append, fact_of, hold, made, of_catalogue, on_record
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.supplies.state.allocation import Phase, Way
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.lock import locked

SHARE: Final = "supplies.share"


def propose(
    viewer: Viewer, area: str, items: Sequence[UUID], *, days: int | None = None, id: UUID, now: datetime
) -> UUID:  # fmt: skip
    """Records how items could be shared in an area by the rule, with all that the rule went by: one plan, whatever goes
    the same way goes together. Sent again, nothing is reckoned anew. Raises Forbidden, Refused."""
    found(viewer, SHARE, area)
    its = in_force(now.astimezone(CIVIL_TIME).date())
    ahead = days or its.share_days
    with seeing(viewer, SHARE):
        locked(id)
        if on_record(id):
            return id
        rows = [of_catalogue(viewer, item, "items") for item in dict.fromkeys(items)]
    portions = tuple(
        _portion(item, ground, allocate(ground.stores, ground.places, ground.km, limit_s=its.solve_s))
        for item, ground in queries.ground(viewer, area, rows, ahead, its, now=now).items()
    )
    data = made(SharingProposed, edition=its.code, days=ahead, portions=portions)
    with seeing(viewer, SHARE):
        locked(id)
        if not on_record(id):
            append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def _portion(item: UUID, ground: queries.Ground, plan: Plan) -> Portion:
    rows = {one.id: n for n, one in enumerate(ground.stores)}
    columns = {one.id: n for n, one in enumerate(ground.places)}
    places = {one.id: one for one in ground.places}
    return Portion(
        item=item, level=plan.level, gap=min(1.0, plan.gap),
        stores=tuple(Given(store=one.id, stock=one.stock, reserve=one.reserve) for one in ground.stores),
        places=tuple(
            Wanted(place=one.place, need=its.need, has=its.has, floor=its.floor, heads=its.heads, why=one.why,
                   by_rule=one.by_rule)
            for one in plan.shares
            for its in [places[one.place]]
        ),
        lines=tuple(
            Line(
                store=one.store, place=one.place, quantity=one.amount, nearest=one.nearest,
                km=int(ground.km[rows[one.store], columns[one.place]]),
            )
            for one in plan.lines
        ),
    )  # fmt: skip


def change(
    viewer: Viewer, id: UUID, way: Way, quantity: int, why: str, *, fact: UUID, now: datetime
) -> UUID:  # fmt: skip
    """Somebody changes by hand what of an item a store sends to a place, never beyond what it may give. Raises
    Forbidden, Refused, NotThere, Changed."""
    with seeing(viewer, SHARE):
        locked(id)
        row = queries.located(viewer, SHARE, id)
        if _told(id, fact):
            return fact
        _refuse_decided(row)
        item, store, place = way
        portion = next((one for one in row.proposed().portions if one.item == item), None)
        if portion is None:
            raise Refused([Wrong("item", "unknown", "不在本方案之内，请核对", "is not in this plan: correct it")])
        if store not in {one.store for one in portion.stores} or place not in {one.place for one in portion.places}:
            raise Refused(
                [Wrong("store", "unknown", "不在本方案之内，请核对", "or the place is not in this plan: correct it")]
            )
        data = made(SharingChanged, item=item, store=store, place=place, quantity=quantity, why=why)
        _refuse_above(portion, ways(row) | {way: quantity})
        return recorded(viewer, data, id, row.area, now, fact)


def confirm(viewer: Viewer, id: UUID, *, edits: int, fact: UUID, now: datetime) -> list[UUID]:
    """A person confirms a sharing as it stands, with so many ``edits`` as were shown: a dispatch for each pair of a
    store and a place. The stock is held meanwhile, and has to be there still. Raises Forbidden, Refused, NotThere,
    Changed."""
    with seeing(viewer, SHARE):
        locked(id)
        row = queries.located(viewer, SHARE, id)
        again = _told(id, fact)
        if not again:
            _refuse_decided(row)
        if len(row.edits) != edits:
            raise Changed("方案已有调整，请重新查看", "the plan was changed meanwhile: look at it again")
        amounts = ways(row)
        if not again:
            hold(*{(store, item) for item, store, _ in amounts})
            _refuse_gone(viewer, row, amounts, now)
            recorded(viewer, SharingConfirmed(), id, row.area, now, fact)
        lines = [Transfer(store, place, item, quantity) for (item, store, place), quantity in amounts.items()]
        return propose_transfers(viewer, lines, allocation=id, act=fact, now=now)


def drop(viewer: Viewer, id: UUID, *, fact: UUID, now: datetime) -> UUID:
    """A sharing is not carried out. Raises Forbidden, NotThere, Changed."""
    return _decide(viewer, id, SharingDropped(), fact, now)


def _decide(viewer: Viewer, id: UUID, data: FactData, fact: UUID, now: datetime) -> UUID:
    with seeing(viewer, SHARE):
        locked(id)
        row = queries.located(viewer, SHARE, id)
        if not _told(id, fact):
            _refuse_decided(row)
        return recorded(viewer, data, id, row.area, now, fact)


def ways(row: AllocationRow) -> dict[Way, int]:
    """What goes each way as a sharing stands, nought left out."""
    return {(UUID(item), UUID(store), UUID(place)): n for item, store, place, n in row.amounts if n}


def _told(id: UUID, fact: UUID) -> bool:
    return any(entry.fact.id == fact for entry in log.read(subjects=[id]))


def _refuse_decided(row: AllocationRow) -> None:
    if row.phase != Phase.PROPOSED:
        raise Changed("方案已确认或已作废", "the plan was confirmed or dropped already")


def _sent(amounts: Mapping[Way, int]) -> Counter[tuple[UUID, UUID]]:
    """By item and store."""
    sums = Counter[tuple[UUID, UUID]]()
    for (item, store, _), quantity in amounts.items():
        sums[item, store] += quantity
    return sums


def _refuse_above(portion: Portion, amounts: Mapping[Way, int]) -> None:
    sums = _sent(amounts)
    for one in portion.stores:
        most, sent = max(0, one.stock - one.reserve), sums[portion.item, one.store]
        if sent > most:
            zh = f"超过该仓库可调出的数量：最多{most}，现为{sent}（已扣除储备{one.reserve}）"
            en = f"is beyond what the store may give: {sent} of at most {most} (it keeps {one.reserve})"
            raise Refused([Wrong("quantity", "above_available", zh, en)])


def _refuse_gone(viewer: Viewer, row: AllocationRow, amounts: Mapping[Way, int], now: datetime) -> None:
    """What is to be given has to lie there still, beyond the reserve."""
    sums, portions = _sent(amounts), row.proposed().portions
    lying = {
        (one.item, one.store): one.shelf
        for one in balances(viewer, row.area, [portion.item for portion in portions], now=now)
    }
    for portion in portions:
        for one in portion.stores:
            key = (portion.item, one.store)
            if sums[key] > max(0, lying.get(key, 0) - one.reserve):
                raise Changed("库存已有变化，请重新提出方案", "the stock has changed: propose it again")
