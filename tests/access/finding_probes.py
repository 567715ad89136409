"""Findings in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lianfang.capabilities.oversight.facts.findings import FindingRaised
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def rule_of(spot: Spot) -> str:
    """Whose own a finding is shows on a board of sums by its rule."""
    from tests.access.world import AUTHOR

    return "short" if spot.author == AUTHOR else "speed"


def lie(spot: Spot) -> None:
    """A finding about what somebody there recorded."""
    data = FindingRaised(
        rule=rule_of(spot), edition="2026-11", day=date(2020, 1, 28), evidence=(spot.id("visit"),),
        concerned=(spot.author,), seq=1,
    )  # fmt: skip
    one = Fact.of(data, id=log.new_id(), subject=spot.id("finding"), area=spot.area, observed_at=NOON)
    outcomes = log.append([one], principal=Principal("oversight", "oversight"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def finding_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def asks(world: World, spot: Spot, role: str) -> Asked:
        return Asked({}, {"area": spot.area})

    def sends(**body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id("finding")}, body=body)

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["findings"] if answer.status_code == 200 else []
        return str(spot.id("finding")) in {row["id"] for row in rows}

    def counted(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["rules"] if answer.status_code == 200 else []
        return any(row["findings"] for row in rows if row["code"] == rule_of(spot))

    def reached(answer: Any, world: World, spot: Spot) -> bool:
        """What nobody has closed, or somebody else has, is not opened again, and that is told."""
        wrong = answer.json()["errors"] if answer.status_code == 422 else []
        return answer.status_code == 200 or [one["reason"] for one in wrong] in (["not_closed"], ["not_yours"])

    api = "/api/v1/oversight"
    return {
        f"GET {api}/board": Probe(asks, counted),
        f"GET {api}/findings": Probe(asks, listed),
        f"GET {api}/findings/{{id}}": Probe(sends(), done),
        f"POST {api}/findings/{{id}}/close": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("finding")}, body={"id": str(log.new_id()), "outcome": "explained", "reason": "核实"}
            ),
            done, by_author=False,
        ),
        f"POST {api}/findings/{{id}}/reopen": Probe(
            lambda w, s, r: Asked({"id": s.id("finding")}, body={"id": str(log.new_id()), "why": "mistaken"}),
            reached, by_author=False,
        ),
    }  # fmt: skip
