"""Endpoints of how items are shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.supplies.api.producers import item_out
from lianfang.capabilities.supplies.api.production_forms import (
    Area,
    BeginIn,
    Count,
    ItemNameOut,
    ProductionIdOut,
    TellIn,
    Words,
)
from lianfang.capabilities.supplies.facts.allocation import MOST_ITEMS, Portion, Wanted
from lianfang.capabilities.supplies.models import StoreRow
from lianfang.capabilities.supplies.queries import allocation as queries
from lianfang.capabilities.supplies.rules.allocate import RULES
from lianfang.capabilities.supplies.rules.explain import RULE, SOURCE, lasting, of_line, of_place
from lianfang.capabilities.supplies.service import allocation as service
from lianfang.capabilities.supplies.state.allocation import Phase, Way
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])
MOST_DAYS = 60


class AllocationListedOut(Schema):
    """A sharing in a list: of which items, from how many stores, to how many places; how much is given where it is of
    one item, None otherwise: quantities of different items do not add up."""

    id: UUID
    area: str
    items: list[ItemNameOut]
    at: AwareDatetime
    author: str
    phase: Phase
    decided: AwareDatetime | None
    stores: int
    places: int
    given: int | None
    edits: int


class AllocationsOut(Schema):
    allocations: list[AllocationListedOut]


class SharingStoreOut(Schema):
    """A store that gives: what it had, what it keeps, what goes from it as the plan stands."""

    id: UUID
    name: str
    en: str
    area: str
    at: tuple[float, float] | None
    stock: int
    reserve: int
    sent: int


class SharingPlaceOut(Schema):
    """A place in need: what it needs and had, what the rule proposed, what it gets as the plan stands (``amount``) and
    why, and what it would get under each of ``rules``. ``before`` and ``after`` are days that its stock lasts."""

    id: UUID
    name: str
    en: str
    area: str
    at: tuple[float, float] | None
    need: int
    has: int
    floor: int
    heads: int | None
    proposed: int
    amount: int
    before: float
    after: float
    why_zh: str
    why_en: str
    by_rule: list[int | None]


class SharingLineOut(Schema):
    """What goes from a store to a place as the plan stands, what was proposed, and why."""

    store: UUID
    place: UUID
    quantity: int
    proposed: int
    km: int | None
    why_zh: str
    why_en: str


class SharingItemOut(Schema):
    """An item of a sharing: what can be given, what is missing, what goes as the plan stands, to how many places, and
    how often it was changed by hand. ``level`` is the lowest share of its need that a place had after the proposal."""

    id: UUID
    item: ItemNameOut | None
    available: int
    need: int
    given: int
    places: int
    level: float | None
    edits: int


class SharingEditOut(Schema):
    fact: UUID
    item: UUID
    store: UUID
    place: UUID
    before: int
    quantity: int
    why: str
    author: str
    at: AwareDatetime


class AllocationOut(Schema):
    """How items are shared: all of them in ``items``, and one of them in full, ``of``. ``gap`` at most could be saved
    of its way, as is proven. ``rules``: the names of what ``by_rule`` tells, the own first. ``changed`` counts what was
    changed by hand in all of it, ``edits`` are those of the one item."""

    id: UUID
    area: str
    items: list[SharingItemOut]
    of: SharingItemOut
    at: AwareDatetime
    author: str
    phase: Phase
    decided: AwareDatetime | None
    decided_by: str
    edition: str
    days: int
    gap: float
    unit_km: int
    rule_zh: str
    rule_en: str
    source: str
    rules: list[str]
    stores: list[SharingStoreOut]
    places: list[SharingPlaceOut]
    lines: list[SharingLineOut]
    edits: list[SharingEditOut]
    changed: int


class AllocationIn(BeginIn):
    """``days`` to look ahead; by default those of the policy."""

    items: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ITEMS)]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None


class AllocationChangeIn(TellIn):
    item: UUID
    store: UUID
    place: UUID
    quantity: Count
    why: Words


class AllocationConfirmIn(TellIn):
    """``edits``: how many changes by hand were shown."""

    edits: Annotated[int, Field(ge=0, le=100_000)]


class AllocationConfirmedOut(Schema):
    """The dispatches that carry it out."""

    id: UUID
    dispatches: list[UUID]


@router.get("/allocations", response={200: AllocationsOut, **PROBLEMS}, operation_id="allocations")
@answering
def allocations(request: HttpRequest, area: Area = "") -> AllocationsOut:
    """How items were and could be shared in an area, the newest first."""
    return AllocationsOut(allocations=[_listed(one) for one in queries.allocations(request.viewer, area)])


@router.post("/allocations", response={200: ProductionIdOut, **PROBLEMS}, operation_id="propose_allocation")
@answering
def propose(request: HttpRequest, body: AllocationIn) -> ProductionIdOut:
    """Propose how items could be shared in an area: one plan of all of them."""
    made = service.propose(request.viewer, body.area, body.items, days=body.days, id=body.id, now=clock.now())
    return ProductionIdOut(id=made)


@router.get("/allocations/{id}", response={200: AllocationOut, **PROBLEMS}, operation_id="allocation")
@answering
def allocation(request: HttpRequest, id: UUID, item: UUID | None = None) -> AllocationOut:
    """A sharing, and of one of its items who gets how much from where and why, what other rules would give, and what
    was changed by hand; of the first where none is named."""
    return _shown(queries.card(request.viewer, id, item))


@router.post("/allocations/{id}/change", response={200: ProductionIdOut, **PROBLEMS}, operation_id="change_allocation")
@answering
def change(request: HttpRequest, id: UUID, body: AllocationChangeIn) -> ProductionIdOut:
    """Change by hand what of an item a store sends to a place, and say why."""
    way = (body.item, body.store, body.place)
    made = service.change(request.viewer, id, way, body.quantity, body.why, fact=body.fact, now=clock.now())
    return ProductionIdOut(id=made)


@router.post(
    "/allocations/{id}/confirm", response={200: AllocationConfirmedOut, **PROBLEMS}, operation_id="confirm_allocation"
)
@answering
def confirm(request: HttpRequest, id: UUID, body: AllocationConfirmIn) -> AllocationConfirmedOut:
    """Confirm a sharing as it stands: its dispatches are planned."""
    made = service.confirm(request.viewer, id, edits=body.edits, fact=body.fact, now=clock.now())
    return AllocationConfirmedOut(id=id, dispatches=made)


@router.post("/allocations/{id}/drop", response={200: ProductionIdOut, **PROBLEMS}, operation_id="drop_allocation")
@answering
def drop(request: HttpRequest, id: UUID, body: TellIn) -> ProductionIdOut:
    """Say that a sharing is not carried out."""
    return ProductionIdOut(id=service.drop(request.viewer, id, fact=body.fact, now=clock.now()))


def _listed(one: queries.Listed) -> AllocationListedOut:
    row, ways = one.row, service.ways(one.row)
    return AllocationListedOut(
        id=row.subject, area=row.area, items=[item_out(its) for its in one.items], at=row.at, author=row.author,
        phase=Phase(row.phase), decided=row.decided, stores=len({store for _, store, _ in ways}),
        places=len({place for *_, place in ways}), given=sum(ways.values()) if len(row.items) == 1 else None,
        edits=len(row.edits),
    )  # fmt: skip


def _shown(card: queries.Card) -> AllocationOut:
    row, its, ways = card.row, card.portion, service.ways(card.row)
    items = {one.item: _item(card, one, ways) for one in card.proposal.portions}
    own = {(store, place): n for (item, store, place), n in ways.items() if item == its.item}
    km = {(one.store, one.place): one.km for one in its.lines}
    edits = [one for one in row.edits if one["item"] == str(its.item)]
    names = names_of({one["author"] for one in edits})
    return AllocationOut(
        id=row.subject, area=row.area, items=list(items.values()), of=items[its.item], at=row.at, author=row.author,
        phase=Phase(row.phase), decided=row.decided, decided_by=row.decided_by, edition=card.proposal.edition,
        days=card.proposal.days, gap=its.gap, unit_km=sum(km.get(way, 0) * quantity for way, quantity in own.items()),
        rule_zh=RULE[0], rule_en=RULE[1], source=SOURCE, rules=list(RULES),
        stores=[
            SharingStoreOut(
                **_where(card, one.store), stock=one.stock, reserve=one.reserve,
                sent=sum(quantity for (store, _), quantity in own.items() if store == one.store),
            )
            for one in its.stores
        ],
        places=[_place(card, one, own) for one in its.places], lines=_lines(card, own),
        edits=[SharingEditOut(**one | {"author": names.get(one["author"], one["author"])}) for one in edits],
        changed=len(row.edits),
    )  # fmt: skip


def _item(card: queries.Card, one: Portion, ways: Mapping[Way, int]) -> SharingItemOut:
    goes = {place: n for (item, _, place), n in ways.items() if item == one.item}
    row = card.items.get(str(one.item))
    return SharingItemOut(
        id=one.item, item=item_out(row) if row else None,
        available=sum(max(0, its.stock - its.reserve) for its in one.stores),
        need=sum(max(0, its.need - its.has) for its in one.places),
        given=sum(n for (item, *_), n in ways.items() if item == one.item), places=len(goes), level=one.level,
        edits=sum(its["item"] == str(one.item) for its in card.row.edits),
    )  # fmt: skip


def _where(card: queries.Card, id: UUID) -> dict[str, object]:
    row: StoreRow | None = card.stores.get(id)
    if row is None:
        return {"id": id, "name": "", "en": "", "area": "", "at": None}
    return {
        "id": id, "name": row.name, "en": row.en or row.name, "area": row.area, "at": card.positions.get(row.area),
    }  # fmt: skip


def _place(card: queries.Card, one: Wanted, ways: Mapping[tuple[UUID, UUID], int]) -> SharingPlaceOut:
    amount, days = sum(quantity for (_, place), quantity in ways.items() if place == one.place), card.proposal.days
    row = card.items.get(str(card.portion.item))
    zh, en = of_place(one, amount, days, (row.unit_zh, row.unit_en) if row else ("", ""))
    return SharingPlaceOut(
        **_where(card, one.place), need=one.need, has=one.has, floor=one.floor, heads=one.heads,
        proposed=one.by_rule[0] or 0, amount=amount, **lasting(one, amount, days)._asdict(), why_zh=zh,
        why_en=en, by_rule=list(one.by_rule),
    )  # fmt: skip


def _lines(card: queries.Card, ways: Mapping[tuple[UUID, UUID], int]) -> list[SharingLineOut]:
    proposed = {(one.store, one.place): one for one in card.portion.lines}
    found = []
    for way in sorted({*ways, *proposed}):
        line, quantity = proposed.get(way), ways.get(way, 0)
        store, place = (_names(card, id) for id in way)
        zh, en = of_line(line, quantity, (store, place))
        found.append(
            SharingLineOut(
                store=way[0], place=way[1], quantity=quantity, proposed=line.quantity if line else 0,
                km=line.km if line else None, why_zh=zh, why_en=en,
            )
        )  # fmt: skip
    return found


def _names(card: queries.Card, id: UUID) -> tuple[str, str]:
    row = card.stores.get(id)
    return (row.name, row.en or row.name) if row else ("", "")
