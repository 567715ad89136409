"""Findings in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lianfang.capabilities.oversight.facts import FindingRaised, FindingRectified, FindingStated
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
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
    """A finding about what somebody there recorded, with his or her word; and one that was put right."""
    data = FindingRaised(
        rule=rule_of(spot), edition="2026-11", day=date(2020, 1, 28), evidence=(spot.id("visit"),),
        concerned=(spot.author,), seq=1,
    )  # fmt: skip
    kept = [
        _fact(spot, "finding", data), _fact(spot, "mended finding", data),
        _fact(spot, "mended finding", FindingRectified(said="已补记")),
    ]  # fmt: skip
    _append(kept, "oversight")
    _append([_fact(spot, "finding", FindingStated(said="已核对"), "statement of finding")], spot.author)


def _fact(spot: Spot, subject: str, data: FactData, id: str = "") -> Fact:
    its = spot.id(id) if id else log.new_id()
    return Fact.of(data, id=its, subject=spot.id(subject), area=spot.area, observed_at=NOON)


def _append(facts: list[Fact], author: str) -> None:
    outcomes = log.append(facts, principal=Principal(author, author))
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
        """What somebody else has said is not taken back, and that is told."""
        wrong = answer.json()["errors"] if answer.status_code == 422 else []
        return answer.status_code == 200 or [one["reason"] for one in wrong] == ["not_yours"]

    def placed(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["places"] if answer.status_code == 200 else []
        return str(spot.id("post")) in {row["id"] for row in rows}

    def acts(of: str = "finding", **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(of)}, body={"id": str(log.new_id()), **body})

    api = "/api/v1/oversight"
    return {
        f"GET {api}/board": Probe(asks, counted),
        f"GET {api}/findings": Probe(asks, listed),
        f"GET {api}/findings/{{id}}": Probe(sends(), done),
        f"GET {api}/loop": Probe(asks, done, by_author=False),
        f"POST {api}/findings/{{id}}/close": Probe(acts(outcome="explained", reason="核实"), done, by_author=False),
        f"POST {api}/findings/{{id}}/rectify": Probe(acts(said="已补记"), done),
        f"POST {api}/findings/{{id}}/statement": Probe(acts(said="当时断网"), done),
        f"POST {api}/findings/{{id}}/recheck": Probe(
            acts("mended finding", in_order=True, said="齐全"), done, by_author=False
        ),
        f"POST {api}/findings/{{id}}/retract": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("finding")}, body={"id": str(log.new_id()), "taken": str(s.id("statement of finding"))}
            ),
            reached,
        ),
        "GET /api/v1/field/inspections": Probe(lambda w, s, r: Asked(), placed, by_author=False),
    }  # fmt: skip
