"""Orders, stations and needs that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.accounts import clock
from lianfang.capabilities.isolation import facts as kinds
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from lianfang.identity import service as vault
from tests.access.made import NOON, OWN, viewer

if TYPE_CHECKING:
    from tests.access.probes import Asked, Probe
    from tests.access.world import Spot, World

DUTIES = {"lead": "a-1", "clinician": "a-2", "disinfection": "a-3", "logistics": "a-4"}
SPAN = {"start": NOON.isoformat(), "end": (NOON + timedelta(days=14)).isoformat()}
GROUND: dict[str, Any] = {
    "order_class": "other", "reason": "flight TR188", "of": str(UUID(int=5)), "disease": "ncov-2020",
    "edition": "ncov-2020-v2", "basis": "infectious_disease", **SPAN,
}  # fmt: skip


def whom(spot: Spot) -> UUID:
    """Who is under observation: in one place the resident of trials, who sees the own things."""
    return UUID(int=1) if (spot.area, spot.author) == (OWN, "author-1") else spot.id("person")


def lie(spot: Spot) -> None:
    """An order that nobody has carried out, one that somebody else has, a station with a bed and one without, needs for
    food with their words, calls for counselling, and a fact that contradicts the record."""
    from tests.access.world import hold

    doctor = viewer("counsellor", spot.area, author=spot.author)
    desk = viewer("epidemiologist", spot.area, author=spot.author)
    if whom(spot) != spot.id("person"):
        resident = {"id": whom(spot), "name": "观察者", "area": spot.area, "data_class": "isolation"}
        assert vault.enter(desk, [(1, resident)], now=NOON).faults == []
        with seeing_all():
            hold(whom(spot), spot.area, spot.author, "counselling")
    note = vault.write(desk, whom(spot), "note", "无糖的饼干", now=NOON)
    call = vault.write(doctor, whom(spot), "counselling", "睡不着", now=NOON)

    def fact(subject: str, data: FactData, minutes: int = 0, id: str = "") -> Fact:
        about = whom(spot) if subject == "person" else spot.id(subject)
        return Fact.of(
            data, id=spot.id(id) if id else log.new_id(), subject=about, area=spot.area,
            observed_at=NOON + timedelta(minutes=minutes),
        )  # fmt: skip

    def ordered(order: str) -> FactData:
        return kinds.Ordered(order=spot.id(order), mode="central", approver="a-1", **GROUND)

    def asked(category: str, words: UUID) -> FactData:
        return kinds.NeedAsked(person=whom(spot), order=None, category=category, words=words)

    opened = kinds.StationOpened(name="留验站", town=spot.area, capacity=5, **DUTIES)
    bed = kinds.WardOpened(ward="w", beds=2, temporary=True, first=NOON.date())
    mine = [
        fact("person", ordered("order"), id="order's fact"), fact("twin", ordered("executed order")),
        fact("station", opened),
        fact("station", bed, 1, "bed's fact"), fact("empty station", opened), fact("need", asked("food", note)),
        fact("call", asked("counselling", call)), fact("taken need", asked("food", note)),
        fact("taken call", asked("counselling", call)),
        fact("person", kinds.OrderVerified(order=UUID(int=6), as_ordered=True), 3, "contradiction"),
    ]  # fmt: skip
    others = [fact("twin", kinds.OrderExecuted(order=spot.id("executed order")), 2)]
    others += [
        fact(what, kinds.NeedAcknowledged(), 4, f"taking of {what}") for what in ("taken need", "taken call")
    ]  # fmt: skip
    for author, facts in ((spot.author, mine), ("somebody", others)):
        outcomes = log.append(facts, principal=Principal(author, "device-1"))
        assert {one.status for one in outcomes} == {"appended"}, outcomes


def _need(spot: Spot, role: str) -> UUID:
    """A need of the kind that the role meets."""
    return spot.id("call" if role == "counsellor" else "need")


def _retracting(world: World, spot: Spot, role: str) -> Asked:
    from tests.access.probes import Asked

    what = "taken call" if role == "counsellor" else "taken need"
    return Asked({"id": spot.id(what)}, body={"fact": str(spot.id(f"taking of {what}")), "why": "mistaken"})


def isolation_probes() -> dict[str, Probe]:
    """By route. Sums of whole areas and the terms are tried by tests of their own."""
    from tests.access.probes import Asked, Probe, done, purpose

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def taking(what: str, fact: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"fact": str(s.id(fact)), "why": "mistaken"})

    def told(key: str, of: str, *whats: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            rows = rows[key] if rows and key else rows
            return bool({str(spot.id(what)) for what in whats} & {row[of] for row in rows})

        return given

    def ordering(world: World, spot: Spot, role: str) -> Asked:
        body = {**GROUND, "person": str(spot.id("condemned")), "area": spot.area, "mode": "central"}
        return Asked(body=body)

    def allocating(world: World, spot: Spot, role: str) -> Asked:
        people, stations = [{"person": str(spot.id("condemned"))}], [{"station": str(spot.id("station"))}]
        return Asked(body={**GROUND, "people": people, "stations": stations, "batch": str(UUID(int=7))})

    def placed(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and len(answer.json()["placed"]) == 1

    def opening(spot: Spot) -> dict[str, Any]:
        return {"name": "新站", "town": spot.area, "capacity": 3, **DUTIES}

    def imported(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and answer.json()["opened"] == 1

    asking = {"category": "food"}
    later = (clock.now() + timedelta(days=9)).isoformat()
    changed = {"mode": "hospital", "reason": "clinical", "end": later}
    home = {"suitable": True, "reason": "clinical", "end": later, "community": "530102001"}
    acts = {
        "received": ("order", {}), "executed": ("order", {}), "verified": ("executed order", {"as_ordered": True}),
        "change-mode": ("order", changed), "downgrade": ("order", home),
        "extend": ("order", {"reason": "exposure", "end": (NOON + timedelta(days=20)).isoformat()}),
        "lift": ("order", {"reason": "not_close"}),
    }  # fmt: skip
    stations = {
        "close": ("empty station", {}), "ward": ("station", {"ward": "x", "beds": 1, "temporary": True}),
        "log": ("station", {"day": NOON.date().isoformat(), "on_duty": 1, "residents": 0}),
        "round": ("station", {"residents": 0}),
    }  # fmt: skip
    stations["ward"][1]["first"] = NOON.date().isoformat()
    found = {
        f"POST /api/v1/isolation/orders/{{id}}/{name}": Probe(to(at, **body), done) for name, (at, body) in acts.items()
    }
    found |= {
        f"POST /api/v1/stations/{{id}}/{name}": Probe(to(at, **body), done) for name, (at, body) in stations.items()
    }
    return found | {
        "POST /api/v1/isolation/orders": Probe(ordering, done, by_author=False),
        "POST /api/v1/isolation/orders/list": Probe(lambda w, s, r: Asked(), told("orders", "order", "order")),
        "GET /api/v1/isolation/orders/{id}": Probe(to("order"), done),
        "GET /api/v1/isolation/faults": Probe(lambda w, s, r: Asked(), told("", "fact", "contradiction")),
        "POST /api/v1/isolation/orders/{id}/retract": Probe(taking("order", "order's fact"), done),
        "POST /api/v1/isolation/allocate": Probe(allocating, placed, by_author=False),
        "GET /api/v1/stations": Probe(lambda w, s, r: Asked(), told("stations", "id", "station")),
        "POST /api/v1/stations": Probe(lambda w, s, r: Asked(body=opening(s)), done, by_author=False),
        "POST /api/v1/stations/import": Probe(
            lambda w, s, r: Asked(body={"rows": [opening(s)]}), imported, by_author=False
        ),
        "GET /api/v1/stations/{id}": Probe(to("station"), done),
        "POST /api/v1/stations/{id}/retract": Probe(taking("station", "bed's fact"), done),
        "GET /api/v1/needs": Probe(lambda w, s, r: Asked(), told("needs", "id", "need", "call")),
        "POST /api/v1/needs": Probe(
            lambda w, s, r: Asked(body={"person": str(whom(s)), **asking}), done
        ),
        "POST /api/v1/needs/{id}/words": Probe(
            lambda w, s, r: Asked({"id": _need(s, r)}, body={"purpose": purpose(r)}), done
        ),
        "POST /api/v1/needs/{id}/acknowledge": Probe(lambda w, s, r: Asked({"id": _need(s, r)}), done),
        "POST /api/v1/needs/{id}/met": Probe(
            lambda w, s, r: Asked({"id": _need(s, r)}, body={"outcome": "given"}), done
        ),
        "POST /api/v1/needs/{id}/retract": Probe(_retracting, done),
    }  # fmt: skip
