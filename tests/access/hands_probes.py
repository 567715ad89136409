"""Calls for hands, volunteers, teams, shifts and staff that lie in the world of trials, and how each of their routes is
asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.accounts import clock
from lianfang.capabilities.mobilisation import facts as kinds
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def lie(spot: Spot) -> None:
    """A call to whoever has placed it, with an answer, a volunteer, a team, a shift to come, somebody who is lent, and
    what those on duty ask for."""
    soon = clock.now() + timedelta(days=1)

    def fact(subject: str, data: FactData, minutes: int = 0, id: str = "") -> Fact:
        at = NOON + timedelta(minutes=minutes)
        its = spot.id(id) if id else log.new_id()
        return Fact.of(data, id=its, subject=spot.id(subject), area=spot.area, observed_at=at)

    placed = kinds.CallPlaced(need="guard", heads=3, starts=soon, departments=(spot.author,), answer_by=soon)
    answered = kinds.CallAnswered(department=spot.author, heads=1, arrives=soon)
    shift = kinds.ShiftPlanned(duty="guard", starts=soon, ends=soon + timedelta(hours=8), places=3)
    team = kinds.TeamFormed(zh="先锋队", function=kinds.Function.SERVICE)
    lent = kinds.SecondmentBegan(unit="税务局", duty="guard", heads=2, first=NOON.date())
    away = kinds.ReliefSent(team=spot.id("away"), to="420100", heads=5, first=NOON.date())
    back = kinds.ReliefReturned(last=NOON.date(), heads=5)
    joined = kinds.TeamJoined(person=spot.id("person"))
    mine = [
        fact("whistle", placed), fact("whistle", answered, 1, "whistle's answer"),
        fact("person", kinds.VolunteerSignedUp(consent="2020-01-28")),
        fact("team", team, id="team's fact"), fact("shift to come", shift, id="shift's fact"),
        fact("lent", lent, id="lent's fact"),
        fact("away", team), fact("free", team), fact("away", joined, 1),
        fact("journey", away, id="journey's fact"), fact("journey home", away), fact("journey home", back, 1),
        fact("staff care", kinds.StaffCareAsked(category="rest")),
    ]  # fmt: skip
    outcomes = log.append(mine, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def hands_probes() -> dict[str, Probe]:
    """By route. The terms are the same for all."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def taking(what: str, fact: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"taken": str(s.id(fact)), "why": "mistaken"})

    def sends(**body: Any) -> Any:
        return lambda w, s, r: Asked(body={"area": s.area, **body})

    def listed(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in {row["id"] for row in rows}

        return given

    def met(answer: Any, world: World, spot: Spot) -> bool:
        """What is another's is seen, and refused with the reason."""
        own = {"not_caller", "not_yours"}
        return done(answer, world, spot) or (
            answer.status_code == 422 and {one.get("reason") for one in answer.json()["errors"]} <= own
        )

    soon = clock.now() + timedelta(days=1)
    new, day, today = str(UUID(int=77)), soon.date().isoformat(), clock.now().date().isoformat()
    whistle = {"id": new, "need": "guard", "heads": 2, "starts": soon.isoformat(), "departments": ["a-1"]}
    shift = {"id": new, "duty": "guard", "places": 1, "first": day, "since": "0800", "until": "1600"}
    lent = {"id": new, "unit": "教育局", "duty": "guard", "heads": 1, "first": day}
    signed = {"id": new, "name": "某某", "phone": "13888880001", "consent": "2020-01-28"}
    journey = {"id": new, "to": "420100", "heads": 1, "first": day}
    hours = {"first": day, "windows": [{"days": [1], "since": "0800", "until": "1200"}]}
    api = "/api/v1"
    return {
        f"GET {api}/calls": Probe(lambda w, s, r: Asked({}, {"area": s.area}), listed("calls", "whistle")),
        f"POST {api}/calls": Probe(sends(**whistle), done, by_author=False),
        f"GET {api}/calls/departments": Probe(lambda w, s, r: Asked({}, {"area": s.area}), done, by_author=False),
        f"GET {api}/calls/{{id}}": Probe(to("whistle"), done),
        f"POST {api}/calls/{{id}}/answer": Probe(to("whistle", heads=2, arrives=soon.isoformat()), done),
        f"POST {api}/calls/{{id}}/decline": Probe(to("whistle", reason="no_staff"), done),
        f"POST {api}/calls/{{id}}/close": Probe(to("whistle", outcome="met"), met),
        f"POST {api}/calls/{{id}}/retract": Probe(taking("whistle", "whistle's answer"), met),
        f"GET {api}/calls/{{id}}/matches": Probe(to("whistle"), done),
        f"POST {api}/calls/{{id}}/send": Probe(
            lambda w, s, r: Asked({"id": s.id("whistle")}, body={"proposed": [], "people": [str(s.id("person"))]}), done
        ),
        f"POST {api}/volunteers/list": Probe(sends(), listed("volunteers", "person")),
        f"GET {api}/volunteers/accounts": Probe(lambda w, s, r: Asked({}, {"area": s.area}), done, by_author=False),
        f"POST {api}/volunteers": Probe(sends(**signed), done, by_author=False),
        f"POST {api}/volunteers/{{id}}/available": Probe(to("person", **hours), done),
        f"POST {api}/volunteers/{{id}}/withdraw": Probe(to("person"), done),
        f"GET {api}/teams": Probe(lambda w, s, r: Asked({}, {"area": s.area}), listed("teams", "team")),
        f"POST {api}/teams": Probe(sends(id=new, zh="服务队", function="service"), done, by_author=False),
        f"POST {api}/teams/counts": Probe(sends(teams=3200, qualifier="at_least"), done, by_author=False),
        f"POST {api}/teams/{{id}}/act": Probe(to("team", act="dissolve"), done),
        f"POST {api}/teams/{{id}}/retract": Probe(taking("team", "team's fact"), met),
        f"GET {api}/shifts": Probe(
            lambda w, s, r: Asked({}, {"area": s.area, "first": today}), listed("shifts", "shift to come")
        ),
        f"POST {api}/shifts": Probe(sends(**shift), done, by_author=False),
        f"POST {api}/shifts/{{id}}/act": Probe(to("shift to come", act="cancel"), done),
        f"POST {api}/shifts/{{id}}/retract": Probe(taking("shift to come", "shift's fact"), met),
        f"POST {api}/rota/propose": Probe(sends(first=day), done, by_author=False),
        f"POST {api}/rota/confirm": Probe(
            lambda w, s, r: Asked(body={"id": new, "lines": [
                {"shift": str(s.id("shift to come")), "proposed": [], "people": [str(s.id("person"))]}
            ]}), done,
        ),
        f"GET {api}/staff": Probe(lambda w, s, r: Asked({}, {"area": s.area}), listed("secondments", "lent")),
        f"POST {api}/secondments": Probe(sends(**lent), done, by_author=False),
        f"POST {api}/secondments/{{id}}/end": Probe(to("lent", last=day), done),
        f"POST {api}/secondments/{{id}}/retract": Probe(taking("lent", "lent's fact"), met),
        f"POST {api}/workload": Probe(sends(households=3000, workers=5), done, by_author=False),
        f"GET {api}/relief": Probe(lambda w, s, r: Asked({}, {"area": s.area}), listed("journeys", "journey")),
        f"POST {api}/relief": Probe(
            lambda w, s, r: Asked(body={"team": str(s.id("free")), **journey}), done,
        ),
        f"POST {api}/relief/{{id}}/health": Probe(to("journey", day=today, well=4, unwell=1), done),
        f"POST {api}/relief/{{id}}/return": Probe(to("journey", last=today, heads=5), done),
        f"POST {api}/relief/{{id}}/observe": Probe(to("journey home"), done),
        f"POST {api}/relief/{{id}}/retract": Probe(taking("journey", "journey's fact"), met),
        f"POST {api}/staff-care": Probe(sends(id=new, category="rest"), done, by_author=False),
        f"POST {api}/staff-care/{{id}}/met": Probe(to("staff care", outcome="given"), done),
    }  # fmt: skip
