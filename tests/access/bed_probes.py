"""Hospitals, beds, stays and transfers in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from lianfang.accounts import clock
from lianfang.capabilities.care import facts as kinds
from lianfang.capabilities.cases.facts import Class, Reported
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

STAGES = ("requested", "approved", "departed")


def lie(spot: Spot) -> None:
    """A hospital with patients, one of whom is to be moved at each stage of it; another with beds, and an empty one."""
    begins = clock.now() - timedelta(minutes=50)
    told: list[Fact] = []

    def tell(subject: UUID, data: FactData, id: str = "") -> None:
        its = spot.id(id) if id else log.new_id()
        at = begins + timedelta(seconds=len(told))
        told.append(Fact.of(data, id=its, subject=subject, area=spot.area, observed_at=at))

    def bed(hospital: str, name: str) -> UUID:
        opened = kinds.BedOpened(
            hospital=spot.id(hospital), ward="w", number=name.replace(" ", "-"), type=kinds.BedType.ISOLATION,
            first=begins.date() - timedelta(days=1),
        )  # fmt: skip
        tell(spot.id(name), opened)
        return spot.id(name)

    for name in ("hospital", "other hospital", "empty hospital"):
        data = kinds.HospitalRegistered(
            code=f"{name.split()[0]}-{str(spot.id(name))[:13]}", zh="医院", level=kinds.HospitalLevel.TERTIARY,
            designated=True, severe=True,
        )  # fmt: skip
        tell(spot.id(name), data, f"{name} registered")
    for name in ("free bed", "closable bed"):
        bed("other hospital", name)
    for name in ("lain", "other lain", *STAGES):
        stay = kinds.BedOccupied(stay=spot.id(f"{name} stay"), person=spot.id(f"{name} patient"))
        tell(bed("hospital", f"{name} bed"), stay, f"{name} told")
    offline = kinds.BedOccupiedOffline(stay=spot.id("clash stay"), person=spot.id("clash patient"))
    tell(spot.id("lain bed"), offline, "clash")
    reported = Reported(
        person=spot.id("waiting patient"), disease="ncov-2020", edition="ncov-2020-v3", as_class=Class.SUSPECTED
    )  # fmt: skip
    tell(spot.id("waiting case"), reported)
    for n, stage in enumerate(STAGES):
        transfer = spot.id(f"{stage} transfer")
        asked = kinds.TransferRequested(
            person=spot.id(f"{stage} patient"), case=None, bed=spot.id(f"{stage} bed"), stay=spot.id(f"{stage} stay"),
            hospital=spot.id("hospital"), to_hospital=spot.id("other hospital"), to_area=spot.area,
            type=kinds.BedType.ISOLATION, severe=False, reason=kinds.TransferReason.FULL,
        )  # fmt: skip
        tell(transfer, asked)
        if n:
            to, stay = bed("other hospital", f"{stage} kept bed"), spot.id(f"{stage} kept stay")
            tell(transfer, kinds.TransferApproved(bed=to, stay=stay))
            tell(to, kinds.BedReserved(stay=stay, person=spot.id(f"{stage} patient"), transfer=transfer))
        if n > 1:
            tell(transfer, kinds.TransferDeparted())
    outcomes = log.append(told, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def bed_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def of(what: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)})

    def told(key: str, what: str, id: str = "id") -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in {row[id] for row in rows}

        return given

    def registered(w: World, s: Spot, r: str) -> Any:
        body = {"id": str(uuid4()), "area": s.area, "code": f"new-{uuid4()}"[:30], "zh": "新医院", "level": "primary"}
        return Asked(body=body)

    def claimed(w: World, s: Spot, r: str) -> Any:
        body = {"hospital": str(s.id("other hospital")), "type": "isolation", "stay": str(uuid4())}
        return Asked(body={**body, "person": str(uuid4()), "bed": str(s.id("free bed"))})

    def released(w: World, s: Spot, r: str) -> Any:
        return Asked({"id": s.id("lain bed")}, body={"stay": str(s.id("lain stay")), "reason": "left"})

    def moved(w: World, s: Spot, r: str) -> Any:
        body = {"id": str(uuid4()), "bed": str(s.id("other lain bed")), "stay": str(s.id("other lain stay"))}
        return Asked(body={**body, "to": str(s.id("other hospital")), "type": "isolation", "reason": "full"})

    def taken_back(what: str, fact: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"fact": str(s.id(fact)), "why": "mistaken"})

    def of_area(w: World, s: Spot, r: str) -> Any:
        return Asked(body={"area": s.area})

    def confirmed(w: World, s: Spot, r: str) -> Any:
        return Asked(body={"area": s.area, "plan": str(uuid4()), "digest": "looked at long ago", "changes": []})

    def looked_at(answer: Any, world: World, spot: Spot) -> bool:
        """What is confirmed is held against what would be proposed now: it was somebody who may."""
        return answer.status_code in (200, 409)

    def counted(w: World, s: Spot, r: str) -> Any:
        return Asked(query={"hospital": str(s.id("hospital"))})

    def waiting(w: World, s: Spot, r: str) -> Any:
        return Asked(query={"area": s.area})

    beds = {"ward": "w", "numbers": ["new-1"], "type": "icu", "first": "2020-01-20"}
    api = "/api/v1"
    plain = {
        f"GET {api}/hospitals": (lambda w, s, r: Asked(), told("hospitals", "hospital")),
        f"GET {api}/hospitals/census": (counted, done),
        f"POST {api}/hospitals": (registered, done),
        f"GET {api}/hospitals/{{id}}": (of("hospital"), done),
        f"POST {api}/hospitals/{{id}}/close": (to("empty hospital"), done),
        f"POST {api}/hospitals/{{id}}/wards": (to("hospital", ward="w", zh="病区"), done),
        f"POST {api}/hospitals/{{id}}/beds": (to("hospital", **beds), done),
        f"POST {api}/hospitals/{{id}}/retract": (taken_back("empty hospital", "empty hospital registered"), done),
        f"GET {api}/hospitals/{{id}}/stays": (of("hospital"), told("stays", "lain stay", "stay")),
        f"POST {api}/beds/{{id}}/close": (to("closable bed"), done),
        f"GET {api}/beds/clashes": (waiting, told("clashes", "clash", "fact")),
        f"GET {api}/beds/{{id}}/stays": (of("lain bed"), told("stays", "lain stay", "stay")),
        f"POST {api}/beds/claim": (claimed, done),
        f"POST {api}/beds/{{id}}/release": (released, done),
        f"POST {api}/beds/{{id}}/retract": (taken_back("other lain bed", "other lain told"), done),
        f"GET {api}/waiting": (waiting, told("waiting", "waiting case", "case")),
        f"POST {api}/waiting/assign": (of_area, done),
        f"POST {api}/waiting/confirm": (confirmed, looked_at),
        f"GET {api}/transfers": (lambda w, s, r: Asked(), told("transfers", "requested transfer")),
        f"POST {api}/transfers": (moved, done),
        f"GET {api}/transfers/{{id}}": (of("requested transfer"), done),
        f"POST {api}/transfers/{{id}}/approve": (to("requested transfer", stay=str(uuid4())), done),
        f"POST {api}/transfers/{{id}}/decline": (to("requested transfer", reason="no_bed"), done),
        f"POST {api}/transfers/{{id}}/depart": (to("approved transfer"), done),
        f"POST {api}/transfers/{{id}}/receive": (to("departed transfer"), done),
        f"POST {api}/transfers/{{id}}/cancel": (to("approved transfer", reason="not_needed"), done),
    }  # fmt: skip
    return {name: Probe(asks, given, by_author=False) for name, (asks, given) in plain.items()}
