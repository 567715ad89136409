"""Residents' orders that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lianfang.capabilities.mobilisation.facts import errands as kinds
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.isolation_probes import whom
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Asked, Probe
    from tests.access.world import Spot, World

OPEN = {False: "errand", True: "errand to talk"}
CARRIED = {False: "carried errand", True: "carried errand to talk"}
"""What lies there, of goods and, true, for counselling."""


def lie(spot: Spot) -> None:
    """Orders that nobody has, and orders that the viewer of trials has taken, whoever placed them."""
    from tests.access.world import AUTHOR

    def fact(what: str, data: FactData, minutes: int, id: str = "") -> Fact:
        return Fact.of(
            data, id=spot.id(id) if id else log.new_id(), subject=spot.id(what), area=spot.area,
            observed_at=NOON + timedelta(minutes=minutes),
        )  # fmt: skip

    def placed(talk: bool) -> FactData:
        category = "counselling" if talk else "repair"
        return kinds.ErrandPlaced(
            person=whom(spot), category=category, rank=2, contactless=True, goods=False, by_worker=False
        )

    mine = [fact(what[talk], placed(talk), 0) for what in (OPEN, CARRIED) for talk in (False, True)]
    taken = [
        fact(what, kinds.ErrandAccepted(carrier=AUTHOR), 1, f"taking of {what}") for what in CARRIED.values()
    ]  # fmt: skip
    for author, facts in ((spot.author, mine), (AUTHOR, taken)):
        outcomes = log.append(facts, principal=Principal(author, "device-1"))
        assert {one.status for one in outcomes} == {"appended"}, outcomes


def errand_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done, purpose

    def to(what: dict[bool, str], **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what[r == "counsellor"])}, body=body)

    def placing(world: World, spot: Spot, role: str) -> Asked:
        return Asked(body={"id": str(uuid4()), "person": str(whom(spot)), "category": "other"})

    def retracting(world: World, spot: Spot, role: str) -> Asked:
        what = CARRIED[role == "counsellor"]
        body = {"fact": str(spot.id(f"taking of {what}")), "why": "mistaken"}
        return Asked({"id": spot.id(what)}, body=body)

    def told(key: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return bool({str(spot.id(what)) for what in OPEN.values()} & {row["id"] for row in rows})

        return given

    return {
        "GET /api/v1/errands": Probe(lambda w, s, r: Asked(), told("errands")),
        "POST /api/v1/errands": Probe(placing, done),
        "POST /api/v1/errands/{id}/door": Probe(
            lambda w, s, r: Asked({"id": s.id(OPEN[r == "counsellor"])}, body={"purpose": purpose(r)}), done
        ),
        "GET /api/v1/errands/{id}/matches": Probe(to(OPEN), done),
        "POST /api/v1/errands/{id}/accept": Probe(to(OPEN), done),
        "POST /api/v1/errands/{id}/carry": Probe(to(CARRIED, step="delivered"), done),
        "POST /api/v1/errands/{id}/close": Probe(to(OPEN, how="cancelled"), done),
        "POST /api/v1/errands/{id}/retract": Probe(retracting, done),
        "GET /api/v1/field/errands": Probe(lambda w, s, r: Asked(), told("open")),
    }  # fmt: skip
