"""Stores with their stock that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from lianfang.capabilities.supplies import facts as kinds
from lianfang.capabilities.supplies.facts.dispatch import Load
from lianfang.capabilities.supplies.facts.stock import CountedLine, Part, Place
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

STAGES = ("planned dispatch", "sent dispatch", "received dispatch")


def lie(spot: Spot) -> None:
    """Two stores with stock, an empty one and one of a hospital, dispatches between them in each stage, and a
    stocktake."""
    store, other, item = spot.id("store"), spot.id("other store"), spot.id("item")
    shelf, way = Place(store, Part.SHELF), Place(other, Part.WAY)

    def fact(subject: UUID, data: FactData, minutes: int = 0, id: UUID | None = None) -> Fact:
        at = NOON + timedelta(minutes=minutes)
        return Fact.of(data, id=id or log.new_id(), subject=subject, area=spot.area, observed_at=at)

    def moved(source: object, target: object, quantity: int, process: str, **more: Any) -> FactData:
        ends = {"source_area": isinstance(source, Place), "target_area": isinstance(target, Place)}
        areas = {name: spot.area for name, inside in ends.items() if inside}
        of = {"item": item, "quantity": quantity, "process": process, **areas, **more}
        return kinds.Moved(source=str(source), target=str(target), **of)

    listed = kinds.ItemListed(
        code=item.hex[:12], zh="口罩", en="masks", supply_class="protection", line="staff", unit="piece", unit_zh="只",
        unit_en="pieces",
    )  # fmt: skip
    opened = kinds.StoreOpened(name="物资库", store_kind="warehouse")
    serving = kinds.StoreOpened(name="药械库", store_kind="hospital", serves=spot.id("hospital"))
    loads = (Load(item=item, quantity=3),)
    planned = kinds.DispatchPlanned(source=store, target=other, target_area=spot.area, loads=loads)
    counted = kinds.Counted(store=store, lines=(CountedLine(item=item, found=91, expected=91),))
    facts = [
        fact(item, listed), *(fact(spot.id(one), opened) for one in ("store", "other store", "empty store")),
        fact(spot.id("hospital store"), serving),
        fact(uuid4(), moved("donor", Place(spot.id("hospital store"), Part.SHELF), 7, "receipt"), 1),
        fact(uuid4(), moved("donor", shelf, 100, "receipt"), 1),
        fact(spot.id("movement"), moved(shelf, "used", 1, "use"), 2), fact(spot.id("stocktake"), counted, 4),
    ]  # fmt: skip
    for stage, name in enumerate(STAGES):
        id = spot.id(name)
        facts.append(fact(id, planned, 1))
        if stage > 0:
            facts.append(fact(id, kinds.DispatchSent(), 2))
            facts.append(fact(uuid4(), moved(shelf, way, 3, "transfer", document=id), 2))
        if stage > 1:
            facts.append(fact(id, kinds.DispatchReceived(came=()), 3))
            facts.append(fact(uuid4(), moved(way, str(other), 3, "receipt", document=id, target_area=spot.area), 3))
    outcomes = log.append(facts, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def stock_probes() -> dict[str, Probe]:
    """By route. The catalogue is the same for all."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def told(key: str, of: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in [row[of] for row in rows]

        return given

    def sending(body: Any) -> Any:
        return lambda w, s, r: Asked(body={"id": str(uuid4()), **body(s)})

    def protected(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json() if answer.status_code == 200 else []
        return str(spot.id("hospital")) in [row["facility"] for row in rows]

    def stations(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json() if answer.status_code == 200 else []
        return str(spot.id("station")) in [row["id"] for row in rows]

    def counted(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and answer.json()["counted"] == 1

    def listing(spot: Spot) -> dict[str, Any]:
        return {
            "area": spot.area, "code": uuid4().hex[:12], "zh": "口罩", "en": "masks", "supply_class": "protection",
            "line": "staff", "unit": "piece", "unit_zh": "只", "unit_en": "pieces",
        }  # fmt: skip

    def line(spot: Spot) -> dict[str, Any]:
        return {"item": str(spot.id("item")), "amount": 5, "lot": "NEW"}

    def goods(spot: Spot) -> dict[str, Any]:
        loads = [{"item": str(spot.id("item")), "quantity": 3}]
        return {"source": str(spot.id("store")), "target": str(spot.id("other store")), "loads": loads}

    def at(spot: Spot) -> dict[str, Any]:
        return {"store": str(spot.id("store"))}

    everywhere = {"by_author": False}
    mistaken = {"why": "mistaken"}
    found = {
        "POST /api/v1/supplies/items": Probe(sending(listing), done, **everywhere),
        "GET /api/v1/supplies/stations": Probe(lambda w, s, r: Asked(), stations, **everywhere),
        "GET /api/v1/supplies/stores": Probe(lambda w, s, r: Asked(), told("stores", "id", "store")),
        "POST /api/v1/supplies/stores": Probe(
            sending(lambda s: {"area": s.area, "name": "新库", "store_kind": "warehouse"}), done, **everywhere
        ),
        "GET /api/v1/supplies/stores/{id}": Probe(to("store"), done),
        "POST /api/v1/supplies/stores/{id}/close": Probe(to("empty store"), done),
        "POST /api/v1/supplies/stores/{id}/demand": Probe(
            lambda w, s, r: Asked({"id": s.id("store")}, body={"id": str(uuid4()), "staff": 5}), done
        ),
        "POST /api/v1/supplies/movements": Probe(
            sending(lambda s: {"process": "use", "item": str(s.id("item")), "amount": 1, **at(s)}), done
        ),
        "POST /api/v1/supplies/movements/{id}/retract": Probe(to("movement", **mistaken), done),
        "GET /api/v1/supplies/shortages": Probe(lambda w, s, r: Asked(), told("lines", "store", "store")),
        "GET /api/v1/supplies/protection": Probe(lambda w, s, r: Asked(), protected, **everywhere),
        "GET /api/v1/supplies/dispatches": Probe(lambda w, s, r: Asked(), told("dispatches", "id", "sent dispatch")),
        "POST /api/v1/supplies/dispatches": Probe(sending(goods), done),
        "POST /api/v1/supplies/dispatches/{id}/send": Probe(to("planned dispatch"), done),
        "POST /api/v1/supplies/dispatches/{id}/receive": Probe(to("sent dispatch"), done),
        "POST /api/v1/supplies/dispatches/{id}/cancel": Probe(to("planned dispatch"), done),
        "POST /api/v1/supplies/dispatches/{id}/retract": Probe(to("received dispatch", **mistaken), done),
        "POST /api/v1/supplies/stocktakes": Probe(sending(lambda s: {"lines": [line(s)], **at(s)}), counted),
        "POST /api/v1/supplies/stocktakes/import": Probe(
            sending(lambda s: {"rows": [{**line(s), "item": s.id("item").hex[:12]}], **at(s)}), counted
        ),
        "POST /api/v1/supplies/stocktakes/{id}/retract": Probe(to("stocktake", **mistaken), done),
    }
    return found
