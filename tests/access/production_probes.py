"""Producers, hands, support, prices, projects and a sharing that lie in the world of trials, and how each of their
routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lianfang.accounts import clock
from lianfang.capabilities.mobilisation.facts.people import TeamFormed
from lianfang.capabilities.supplies import facts as kinds
from lianfang.capabilities.supplies.facts.allocation import Given, Line, Portion, Wanted
from lianfang.capabilities.supplies.facts.prices import price_id
from lianfang.capabilities.supplies.facts.producers import Product
from lianfang.capabilities.supplies.facts.projects import Step
from lianfang.capabilities.supplies.facts.stock import Part, Place
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

DAY = "2020-01-28"


def lie(spot: Spot) -> None:
    """One of each, beside the stores that ``stock_probes`` has laid: three sharings that are not decided."""
    item = spot.id("item")
    product = Product(item=item, per_day=50_000)
    begins = clock.now()
    shift = {"begins": begins, "ends": begins + timedelta(hours=8)}
    step = Step(code="cutting", zh="下料", en="cutting")
    spot.known_as("price", price_id(spot.area, spot.author, "pork"))
    told: list[tuple[str, FactData]] = [
        ("producer", kinds.ProducerListed(name="口罩厂", makes=(product,))),
        ("labour", kinds.HandsAsked(producer=spot.id("producer"), people=4, groups=2, **shift)),
        (
            "project",
            kinds.ProjectOpened(zh="加工", en="parts", parts=9, steps=(step,), begins=begins, due=shift["ends"]),
        ),
        ("price", kinds.PriceReported(outlet=spot.author, good="pork", day=DAY, fen=2_000)),
    ]
    water = kinds.SupportAsked(category="water", facility="医院")
    told += [(name, water) for name in ("support", "taken support", "its support", "mistaken support")]
    store, place = spot.id("store"), spot.id("other store")
    portion = Portion(
        item=item, stores=(Given(store=store, stock=50, reserve=5),),
        places=(Wanted(place=place, need=9, has=0, floor=1, why="full", by_rule=(9, 9, None, 9)),),
        lines=(Line(store=store, place=place, quantity=9, km=0, nearest=True),), level=1.0, gap=0.0,
    )  # fmt: skip
    proposed = kinds.SharingProposed(edition="2020-01", days=7, portions=(portion,))
    told += [
        (name, proposed) for name in ("allocation", "changed allocation", "confirmed allocation", "dropped allocation")
    ]
    told += [("labour team", TeamFormed(zh="志愿服务队", function="service"))]
    told += [("needy store", kinds.StoreOpened(name="医院库", store_kind="hospital"))]
    facts = [
        Fact.of(
            data, id=spot.id(f"{name} told"), subject=spot.id(name), area=spot.area,
            observed_at=NOON + timedelta(minutes=n),
        )
        for n, (name, data) in enumerate(told)
    ]  # fmt: skip
    shelf = str(Place(spot.id("needy store"), Part.SHELF))
    ends: dict[str, Any] = {"item": item, "quantity": 7}
    facts += [
        Fact.of(data, id=log.new_id(), subject=uuid4(), area=spot.area, observed_at=begins - timedelta(days=1))
        for data in (
            kinds.Moved(source="donor", target=shelf, target_area=spot.area, process="receipt", **ends),
            kinds.Moved(source=shelf, target="used", source_area=spot.area, process="use", **ends),
        )
    ]
    outcomes = log.append(facts, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def production_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"fact": str(uuid4()), **body})

    def told(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in [row["id"] for row in rows]

        return given

    def priced(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["prices"] if answer.status_code == 200 else []
        return spot.author in [row["outlet"] for row in rows if row["area"] == spot.area]

    def sending(body: Any) -> Any:
        return lambda w, s, r: Asked(body={"id": str(uuid4()), "area": s.area, **body(s)})

    def items(spot: Spot) -> dict[str, Any]:
        return {"item": str(spot.id("item"))}

    everywhere: dict[str, Any] = {"by_author": False}
    shift = {"begins": "2020-01-28T20:00:00+08:00", "ends": "2020-01-29T04:00:00+08:00"}
    api = "/api/v1"
    asks = lambda w, s, r: Asked(query={"day": DAY})  # noqa: E731  # as short as the others
    made = {"name": "二厂"}
    project = {"zh": "加工", "en": "parts", "parts": 9, "steps": [{"code": "a", "zh": "a", "en": "a"}]}
    return {
        f"GET {api}/producers": Probe(asks, told("producers", "producer")),
        f"POST {api}/producers": Probe(
            sending(lambda s: {**made, "makes": [{**items(s), "per_day": 5}]}), done, **everywhere
        ),
        f"POST {api}/producers/{{id}}/work": Probe(to("producer", working="full", since=DAY), done),
        f"POST {api}/producers/{{id}}/output": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("producer")}, body={"fact": str(uuid4()), "day": DAY, "quantity": 5, **items(s)}
            ),
            done,
        ),
        f"POST {api}/producers/{{id}}/demand": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("producer")}, body={"fact": str(uuid4()), "since": DAY, "per_day": 5, **items(s)}
            ),
            done,
        ),
        f"POST {api}/production/{{id}}/retract": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("project")},
                body={"taken": str(s.id("project told")), "why": "mistaken", "fact": str(uuid4())},
            ),
            done,
        ),
        f"GET {api}/labour": Probe(lambda w, s, r: Asked(), told("requests", "labour")),
        f"POST {api}/labour": Probe(
            lambda w, s, r: Asked(
                body={"id": str(uuid4()), "producer": str(s.id("producer")), "people": 4, "groups": 2, **shift}
            ),
            done,
        ),
        f"POST {api}/labour/{{id}}/give": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("labour")}, body={"fact": str(uuid4()), "teams": [str(s.id("labour team"))]}
            ),
            done,
        ),
        f"GET {api}/prices": Probe(asks, priced),
        f"POST {api}/prices": Probe(
            lambda w, s, r: Asked(
                body={"fact": str(uuid4()), "area": s.area, "outlet": "店", "good": "pork", "day": DAY, "fen": 9}
            ),
            done, **everywhere,
        ),
        f"GET {api}/projects": Probe(lambda w, s, r: Asked(), told("projects", "project")),
        f"POST {api}/projects": Probe(sending(lambda s: {**project, **shift_of()}), done, **everywhere),
        f"POST {api}/projects/{{id}}/progress": Probe(to("project", step="cutting", done=1), done),
        f"GET {api}/support": Probe(lambda w, s, r: Asked(), told("tickets", "its support")),
        f"POST {api}/support": Probe(
            sending(lambda s: {"category": "power", "facility": "医院"}), done, **everywhere
        ),
        f"POST {api}/support/{{id}}/take": Probe(to("taken support"), done),
        f"POST {api}/support/{{id}}/close": Probe(to("support", outcome="solved"), done),
        f"POST {api}/support/{{id}}/retract": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("mistaken support")},
                body={"taken": str(s.id("mistaken support told")), "why": "mistaken", "fact": str(uuid4())},
            ),
            done,
        ),
        f"GET {api}/allocations": Probe(lambda w, s, r: Asked(), told("allocations", "allocation")),
        f"POST {api}/allocations": Probe(
            sending(lambda s: {"items": [items(s)["item"]]}), done, **everywhere
        ),
        f"GET {api}/allocations/{{id}}": Probe(to("allocation"), done),
        f"POST {api}/allocations/{{id}}/change": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("changed allocation")},
                body={
                    "fact": str(uuid4()), "store": str(s.id("store")), "place": str(s.id("other store")),
                    "quantity": 3, "why": "先少发", **items(s),
                },
            ),
            done,
        ),
        f"POST {api}/allocations/{{id}}/confirm": Probe(to("confirmed allocation", edits=0), done),
        f"POST {api}/allocations/{{id}}/drop": Probe(to("dropped allocation"), done),
    }  # fmt: skip


def shift_of() -> dict[str, str]:
    return {"begins": "2020-01-28T20:00:00+08:00", "due": "2020-01-29T20:00:00+08:00"}
