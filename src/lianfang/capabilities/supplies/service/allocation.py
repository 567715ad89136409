"""The sharing of what is scarce: proposed by the rule, changed by hand, confirmed by a person, then dispatched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.supplies.facts.allocation import (
    Given,
    Line,
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
from lianfang.capabilities.supplies.state.allocation import Phase
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.lock import locked

SHARE: Final = "supplies.share"


def propose(viewer: Viewer, area: str, item: UUID, *, days: int | None = None, id: UUID, now: datetime) -> UUID:
    """Records how an item could be shared in an area by the rule, with all that the rule went by. Sent again, nothing
    is reckoned anew. Raises Forbidden, Refused."""
    found(viewer, SHARE, area)
    its = in_force(now.astimezone(CIVIL_TIME).date())
    ahead = days or its.share_days
    with seeing(viewer, SHARE):
        locked(id)
        if on_record(id):
            return id
        row = of_catalogue(viewer, item)
    ground = queries.ground(viewer, area, row, ahead, its, now=now)
    plan = allocate(ground.stores, ground.places, ground.km, limit_s=its.solve_s)
    data = _proposal(item, its.code, ahead, ground, plan)
    with seeing(viewer, SHARE):
        locked(id)
        if not on_record(id):
            append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def _proposal(item: UUID, edition: str, days: int, ground: queries.Ground, plan: Plan) -> SharingProposed:
    rows = {one.id: n for n, one in enumerate(ground.stores)}
    columns = {one.id: n for n, one in enumerate(ground.places)}
    places = {one.id: one for one in ground.places}
    return made(
        SharingProposed, item=item, edition=edition, days=days, level=plan.level, gap=min(1.0, plan.gap),
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
    viewer: Viewer, id: UUID, store: UUID, place: UUID, quantity: int, why: str, *, fact: UUID, now: datetime
) -> UUID:  # fmt: skip
    """Somebody changes by hand what a store sends to a place, never beyond what it may give. Raises Forbidden, Refused,
    NotThere, Changed."""
    with seeing(viewer, SHARE):
        locked(id)
        row = queries.located(viewer, SHARE, id)
        if _told(id, fact):
            return fact
        _refuse_decided(row)
        proposal = row.proposed()
        if store not in {one.store for one in proposal.stores} or place not in {one.place for one in proposal.places}:
            raise Refused(
                [Wrong("store", "unknown", "不在本方案之内，请核对", "or the place is not in this plan: correct it")]
            )
        data = made(SharingChanged, store=store, place=place, quantity=quantity, why=why)
        amounts = ways(row) | {(store, place): quantity}
        _refuse_above(proposal, amounts)
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
            hold(*((store, row.item) for store in {store for store, _ in amounts}))
            _refuse_gone(viewer, row, amounts, now)
            recorded(viewer, SharingConfirmed(), id, row.area, now, fact)
        lines = [Transfer(store, place, row.item, quantity) for (store, place), quantity in amounts.items()]
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


def ways(row: AllocationRow) -> dict[tuple[UUID, UUID], int]:
    """What goes each way as a sharing stands, nought left out."""
    return {(UUID(store), UUID(place)): quantity for store, place, quantity in row.amounts if quantity}


def _told(id: UUID, fact: UUID) -> bool:
    return any(entry.fact.id == fact for entry in log.read(subjects=[id]))


def _refuse_decided(row: AllocationRow) -> None:
    if row.phase != Phase.PROPOSED:
        raise Changed("方案已确认或已作废", "the plan was confirmed or dropped already")


def _refuse_above(proposal: SharingProposed, amounts: Mapping[tuple[UUID, UUID], int]) -> None:
    sums = Counter[UUID]()
    for (store, _), quantity in amounts.items():
        sums[store] += quantity
    for one in proposal.stores:
        most = max(0, one.stock - one.reserve)
        if sums[one.store] > most:
            zh = f"超过该仓库可调出的数量：最多{most}，现为{sums[one.store]}（已扣除储备{one.reserve}）"
            en = f"is beyond what the store may give: {sums[one.store]} of at most {most} (it keeps {one.reserve})"
            raise Refused([Wrong("quantity", "above_available", zh, en)])


def _refuse_gone(viewer: Viewer, row: AllocationRow, amounts: Mapping[tuple[UUID, UUID], int], now: datetime) -> None:
    """What is to be given has to lie there still, beyond the reserve."""
    sums = Counter[UUID]()
    for (store, _), quantity in amounts.items():
        sums[store] += quantity
    lying = {one.store: one.shelf for one in balances(viewer, row.area, [row.item], now=now)}
    for one in row.proposed().stores:
        if sums[one.store] > max(0, lying.get(one.store, 0) - one.reserve):
            raise Changed("库存已有变化，请重新提出方案", "the stock has changed: propose it again")
