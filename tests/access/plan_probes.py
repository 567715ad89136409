"""Response levels, command posts and plans in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from lianfang.capabilities.command import facts as kinds
from lianfang.capabilities.command.rules.plan_file import TEMPLATE_TOML
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def starts(spot: Spot) -> datetime:
    """When the level starts whom somebody has recorded: at each spot another moment."""
    return NOON - timedelta(days=4 if spot.author.endswith("1") else 3)


def lie(spot: Spot) -> None:
    """A level, a plan that can be activated for it, and a command post."""
    level = kinds.LevelDeclared(level=kinds.ResponseLevel.I, issuer="人民政府", doc_no="1号", starts=starts(spot))
    post = kinds.CommandPostEstablished(zh="指挥部", issuer="人民政府", doc_no="3号", starts=starts(spot))
    item = kinds.Item(code="hq", zh="值守", units=("health",), due_h=2, levels=(kinds.ResponseLevel.I,))
    plan = kinds.PlanIssued(
        code=spot.author, edition="1", zh="预案", issuer="人民政府", doc_no="1号", first=date(2020, 1, 1),
        last=date(2199, 12, 31), units=(kinds.Unit(code="health", zh="卫生健康局"),), items=(item,),
    )  # fmt: skip
    spot.known_as("plan", kinds.plan_id(spot.area, spot.author))
    told = [
        Fact.of(
            level, id=spot.id("level"), subject=kinds.response_id(spot.area), area=spot.area, observed_at=starts(spot)
        ),
        Fact.of(
            post,
            id=spot.id("command_post"),
            subject=kinds.command_post_id(spot.area),
            area=spot.area,
            observed_at=starts(spot),
        ),
        Fact.of(plan, id=log.new_id(), subject=spot.id("plan"), area=spot.area, observed_at=starts(spot)),
    ]
    outcomes = log.append(told, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def plan_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def asks(**query: str) -> Any:
        return lambda w, s, r: Asked({}, {"area": s.area, **query})

    def sends(what: str = "plan", **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"area": s.area, **body})

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["plans"] if answer.status_code == 200 else []
        return str(spot.id("plan")) in {row["id"] for row in rows}

    sure = {"issuer": "人民政府", "doc_no": "2号", "starts": "2020-01-27T00:00:00+08:00"}
    api = "/api/v1"
    return {
        f"GET {api}/response": Probe(asks(), done, by_author=False),
        f"POST {api}/response": Probe(sends(level="II", **sure), done, by_author=False),
        f"POST {api}/response/{{id}}/retract": Probe(sends("level", why="mistaken"), done, by_author=False),
        f"GET {api}/command-posts": Probe(asks(), done, by_author=False),
        f"POST {api}/command-posts": Probe(sends(zh="指挥部", **sure), done, by_author=False),
        f"POST {api}/command-posts/dissolve": Probe(
            sends(doc_no="4号", ends="2199-12-31T00:00:00+08:00"), done, by_author=False
        ),
        f"POST {api}/command-posts/retract": Probe(
            lambda w, s, r: Asked({}, body={"area": s.area, "taken": str(s.id("command_post")), "why": "mistaken"}),
            done, by_author=False,
        ),
        f"GET {api}/plans": Probe(asks(), listed, by_author=False),
        f"POST {api}/plans": Probe(sends(format="toml", text=TEMPLATE_TOML, trial=True), done, by_author=False),
        f"GET {api}/plans/{{id}}": Probe(lambda w, s, r: Asked({"id": s.id("plan")}), done, by_author=False),
        f"POST {api}/plans/{{id}}/activate": Probe(
            lambda w, s, r: Asked({"id": s.id("plan")}, body={}), done, by_author=False
        ),
        f"GET {api}/readiness": Probe(asks(), done, by_author=False),
        f"POST {api}/readiness": Probe(
            sends(item="roster", met=True, evidence="值班表"), done, by_author=False
        ),
    }  # fmt: skip
