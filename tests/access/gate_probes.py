"""Posts, vehicles, encounters, notices and inspections that lie in the world of trials, and how each of their routes is
asked for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.accounts import clock
from lianfang.capabilities.gates import facts as kinds
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

PARTICULARS: dict[str, Any] = {"place_type": "road_gate", "lead": "街道办事处"}


def lie(spot: Spot) -> None:
    """A post with a shift of whoever has entered it, one to close, a vehicle whose rider was met, somebody who is held
    and somebody who is not, somebody who asked to be called, a notice, an inspection whose finding is open and one
    whose finding was put right."""
    now = clock.now()
    post = spot.id("post")

    def fact(subject: str, data: FactData, minutes: int = 0, id: str = "") -> Fact:
        at = now - timedelta(minutes=30 - minutes)
        its = spot.id(id) if id else log.new_id()
        return Fact.of(data, id=its, subject=spot.id(subject), area=spot.area, observed_at=at)

    mine = []
    for what in ("post", "empty post"):
        opened = kinds.PostOpened(name=f"{what} {spot.author}", kind_of="point", town=spot.area, **PARTICULARS)
        shift = kinds.ShiftPlanned(begins=now, ends=now + timedelta(hours=1), staff=(spot.author,))
        mine += [fact(what, opened), fact(what, shift, 1)]
    aired = kinds.Treated(measure="ventilation", room="all", minutes=30, operator=spot.author)
    found = (kinds.Finding(item="unstaffed"),)
    inspected = kinds.Inspected(post=post, mode="phone", checked_in=False, findings=found)
    mine += [
        fact("post", aired, 2, "airing"),
        fact("vehicle", kinds.VehicleStopped(post=post, vehicle_type="car", occupants=1), 3),
        fact("rider", kinds.Screened(post=post, vehicle=spot.id("vehicle"), temp_c=36.5), 4),
        fact("well", kinds.Screened(post=post, temp_c=36.5), 4, "screening"),
        fact("feverish", kinds.Screened(post=post, temp_c=38.5), 4),
        fact("notice", kinds.NoticeSent(post=post, group=spot.id("group"), title="测温", text="逢人必测"), 5),
        fact("inspection", inspected, 5), fact("mended inspection", inspected, 5),
        fact("seat", kinds.DepartmentSeated(account=str(spot.id("rail account")), department="railway"), 5),
        fact("call", kinds.CallAsked(symptoms=("fever",), language="zh", erase_on=now.date() + timedelta(days=7)), 6),
    ]  # fmt: skip
    mended = [fact("mended inspection", kinds.Rectified(item="unstaffed"), 6)]
    for facts, author in ((mine, spot.author), (mended, "mender-1")):
        outcomes = log.append(facts, principal=Principal(author, "device-1"))
        assert {one.status for one in outcomes} == {"appended"}, outcomes


def gate_probes() -> dict[str, Probe]:
    """By route. The terms are the same for all."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def told(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            rows = rows[key] if rows and key else rows
            return str(spot.id(what)) in {row["id"] for row in rows}

        return given

    def seated(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["seats"] if answer.status_code == 200 else []
        return str(spot.id("rail account")) in {row["account"] for row in rows}

    def opening(spot: Spot) -> dict[str, Any]:
        return {"name": "新卡点", "town": spot.area, **PARTICULARS}

    def imported(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and answer.json()["opened"] == 1

    def sent(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and len(answer.json()["notices"]) == 1

    def during() -> dict[str, str]:
        now: datetime = clock.now()
        return {"begins": now.isoformat(), "ends": (now + timedelta(hours=1)).isoformat()}

    notice = {"title": "消毒", "text": "每日消毒", "group": str(UUID(int=8))}
    api = "/api/v1"
    return {
        f"GET {api}/field/post": Probe(lambda w, s, r: Asked(), told("posts", "post")),
        f"GET {api}/care/calls": Probe(lambda w, s, r: Asked(), told("", "call")),
        f"GET {api}/posts": Probe(lambda w, s, r: Asked(), told("posts", "post")),
        f"GET {api}/posts/code": Probe(lambda w, s, r: Asked(query={"post": str(s.id("post"))}), done),
        f"GET {api}/posts/notices": Probe(lambda w, s, r: Asked(), told("", "notice")),
        f"POST {api}/posts/notices": Probe(
            lambda w, s, r: Asked(body={**notice, "posts": [str(s.id("post"))]}), sent, by_author=False
        ),
        f"POST {api}/posts/notices/{{id}}/receipt": Probe(to("notice", step="read"), done),
        f"POST {api}/posts": Probe(lambda w, s, r: Asked(body=opening(s)), done, by_author=False),
        f"POST {api}/posts/import": Probe(
            lambda w, s, r: Asked(body={"rows": [opening(s)]}), imported, by_author=False
        ),
        f"GET {api}/posts/departments": Probe(lambda w, s, r: Asked(), seated),
        f"POST {api}/posts/departments": Probe(
            lambda w, s, r: Asked(body={"account": "a-9", "department": "铁路", "area": s.area}), done, by_author=False
        ),
        f"GET {api}/posts/{{id}}": Probe(to("post"), done),
        f"POST {api}/posts/{{id}}/close": Probe(to("empty post"), done),
        f"POST {api}/posts/{{id}}/shifts": Probe(lambda w, s, r: Asked({"id": s.id("post")}, body=during()), done),
        f"POST {api}/posts/{{id}}/counts": Probe(
            lambda w, s, r: Asked({"id": s.id("post")}, body={**during(), "passed": 2, "checked": 2}), done
        ),
        f"POST {api}/posts/{{id}}/treatments": Probe(to("post", measure="ventilation", room="all", minutes=9), done),
        f"POST {api}/posts/{{id}}/retract": Probe(
            lambda w, s, r: Asked({"id": s.id("post")}, body={"fact": str(s.id("airing")), "why": "mistaken"}), done
        ),
        f"GET {api}/posts/{{id}}/vehicles": Probe(to("post"), told("", "vehicle")),
        f"POST {api}/posts/{{id}}/vehicles": Probe(to("post", vehicle_type="car", occupants=1), done),
        f"POST {api}/posts/{{id}}/encounters": Probe(to("post", temp_c=36.5), done),
        f"POST {api}/vehicles/{{id}}/pass": Probe(to("vehicle"), done),
        f"POST {api}/encounters/{{id}}/hold": Probe(to("well"), done),
        f"POST {api}/encounters/{{id}}/retract": Probe(
            lambda w, s, r: Asked({"id": s.id("well")}, body={"fact": str(s.id("screening")), "why": "mistaken"}),
            done,
            "gates.screen",
        ),
        f"GET {api}/holds": Probe(lambda w, s, r: Asked(), told("holds", "feverish")),
        f"GET {api}/holds/{{id}}": Probe(to("feverish"), done),
        f"POST {api}/holds/{{id}}/take-up": Probe(to("feverish"), done),
        f"POST {api}/holds/{{id}}/transfer": Probe(to("feverish", to="clinic-1"), done),
        f"POST {api}/holds/{{id}}/end": Probe(to("feverish", outcome="not_suspected"), done),
        f"GET {api}/inspections": Probe(lambda w, s, r: Asked(), told("inspections", "inspection")),
        f"POST {api}/inspections": Probe(
            lambda w, s, r: Asked(body={"area": s.area, "mode": "phone"}), done, by_author=False
        ),
        f"POST {api}/inspections/{{id}}/rectify": Probe(to("inspection", item="unstaffed"), done),
        f"POST {api}/inspections/{{id}}/statement": Probe(to("inspection", said="已加派人手"), done),
        f"POST {api}/inspections/{{id}}/recheck": Probe(
            to("mended inspection", item="unstaffed", rectified=True), done
        ),
    }  # fmt: skip
