"""Signals that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianfang.capabilities.warning.facts.signal import Evidence, Raised
from lianfang.capabilities.warning.service.signals import AUTOMATIC
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def lie(spot: Spot) -> None:
    """A signal that waits for a review."""
    data = Raised(
        rule="generation", rule_version="1", disease="ncov-2020", key="-", triggers=("one",),
        subjects=(spot.id("case"),), as_of=NOON, seq=1, evidence=(Evidence(code="cases", value=1),),
    )  # fmt: skip
    fact = Fact.of(data, id=spot.id("raised signal"), subject=spot.id("signal"), area=spot.area, observed_at=NOON)
    (outcome,) = log.append([fact], principal=AUTOMATIC)
    assert outcome.status == "appended", outcome


def signal_probes() -> dict[str, Probe]:
    """By route. Counts are of whole areas, sums too: their own tests try them."""
    from tests.access.probes import Asked, Probe, done

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        found = answer.json()["signals"] if answer.status_code == 200 else []
        return str(spot.id("signal")) in [one["id"] for one in found]

    def reviewing(world: World, spot: Spot, role: str) -> Asked:
        return Asked({"id": spot.id("signal")}, body={"outcome": "watched", "reason": "待核实"})

    return {
        "GET /api/v1/warning/signals": Probe(lambda w, s, r: Asked(), listed),
        "GET /api/v1/warning/signals/{id}": Probe(lambda w, s, r: Asked({"id": s.id("signal")}), done),
        "POST /api/v1/warning/signals/{id}/review": Probe(reviewing, done),
    }
