"""Measures, gatherings, venues, notices, tickets and what steers the response that lie in the world of trials, and how
each of their routes is asked for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.accounts import clock
from lianfang.capabilities.command import facts as kinds
from lianfang.capabilities.command.facts.base import Unit
from lianfang.capabilities.command.facts.gatherings import GatheringKind
from lianfang.capabilities.command.facts.instructions import Addressee, InstructionKind
from lianfang.capabilities.command.facts.measures import MeasureKind, MeasureProgress, MeasureProgressed
from lianfang.capabilities.command.facts.venues import VenueKind
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

PARTS = ("notices", "tickets", "gatherings", "events")


def lie(spot: Spot) -> None:
    """One of each, with a word of a measure's unit that can be taken back."""
    later = datetime(2199, 1, 1, tzinfo=UTC)

    def fact(subject: str, data: FactData, minutes: int = 0, id: str = "") -> Fact:
        at = NOON + timedelta(minutes=minutes)
        its = spot.id(id) if id else log.new_id()
        return Fact.of(data, id=its, subject=spot.id(subject), area=spot.area, observed_at=at)

    measure = kinds.MeasureIssued(
        number=1, sort=MeasureKind.TRAVEL, zh="停止团组旅游", basis="预案", approver="指挥部", doc_no="1号",
        starts=NOON, ends=later, units=(Unit(code="health", zh="卫生健康局"),),
    )  # fmt: skip
    order = kinds.InstructionSent(
        sort=InstructionKind.ORDER, zh="通知", zh_text="请排查", issuer="指挥部", doc_no="1号",
        to=(Addressee(area=spot.area),), read_by=later,
    )  # fmt: skip
    mine = [
        fact("measure", measure),
        fact("measure", MeasureProgressed(unit="health", progress=MeasureProgress.UNDER_WAY), 1, "measure's word"),
        fact("party", kinds.GatheringDeclared(sort=GatheringKind.BANQUET, planned=later)),
        fact("site", kinds.VenueRegistered(sort=VenueKind.SCENIC, zh="公园")),
        fact("order", order),
        fact("joint", kinds.TicketOpened(department=spot.author, zh="道路不通", due=later)),
        fact("event going up", kinds.EventFound(zh="聚集性疫情", found=NOON)),
    ]
    outcomes = log.append(mine, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def command_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def asks() -> Any:
        return lambda w, s, r: Asked({}, {"area": s.area})

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def sends(**body: Any) -> Any:
        return lambda w, s, r: Asked(body={"area": s.area, **body})

    def listed(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json()[key] if answer.status_code == 200 else []
            return str(spot.id(what)) in {row["id"] for row in rows}

        return given

    def met(answer: Any, world: World, spot: Spot) -> bool:
        """What is another's is seen, and refused with the reason."""
        own = {"not_yours", "not_a_side"}
        return done(answer, world, spot) or (
            answer.status_code == 422 and {one.get("reason") for one in answer.json()["errors"]} <= own
        )

    soon = (clock.now() + timedelta(days=1)).isoformat()
    starts, new, api = "2020-01-27T00:00:00+08:00", str(UUID(int=78)), "/api/v1"
    unit = {"code": "health", "zh": "卫生健康局"}
    issue = {
        "basis": "预案", "approver": "指挥部", "doc_no": "5号", "starts": starts, "ends": soon,
        "measures": [{"number": 1, "sort": "travel", "zh": "停止团组旅游", "units": [unit]}],
    }  # fmt: skip
    tree = {"event": "ncov-2020", "zh": "指挥部", "doc_no": "2号", "starts": starts, "leads": [{"zh": "书记"}]}
    notice = {"id": new, "sort": "order", "zh": "通知", "zh_text": "请排查", "issuer": "指挥部", "doc_no": "3号"}
    override = {"strategy": "spread", "reason": "接壤", "doc_no": "4号", "starts": starts, "ends": soon}
    party = {"id": str(UUID(int=79)), "sort": "banquet", "planned": soon}
    return {
        f"GET {api}/measures": Probe(asks(), listed("measures", "measure"), by_author=False),
        f"POST {api}/measures": Probe(sends(**issue), done, by_author=False),
        f"GET {api}/measures/matrix": Probe(asks(), done, by_author=False),
        f"POST {api}/measures/{{id}}/act": Probe(
            to("measure", act="progress", unit="health", progress="done", evidence="已停业"), done, by_author=False
        ),
        f"POST {api}/command/{{id}}/retract": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("measure")}, body={"taken": str(s.id("measure's word")), "why": "mistaken"}
            ),
            met, by_author=False,
        ),
        f"GET {api}/public/measures": Probe(asks(), done, by_author=False),
        f"GET {api}/public/venues": Probe(asks(), done, by_author=False),
        f"GET {api}/gatherings": Probe(asks(), listed("gatherings", "party"), by_author=False),
        f"POST {api}/gatherings": Probe(sends(**party), done, by_author=False),
        f"POST {api}/gatherings/{{id}}/act": Probe(to("party", act="dissuaded"), done, by_author=False),
        f"GET {api}/venues": Probe(asks(), listed("venues", "site"), by_author=False),
        f"POST {api}/venues": Probe(
            sends(id=str(UUID(int=80)), sort="museum", zh="博物馆"), done, by_author=False
        ),
        f"POST {api}/venues/{{id}}/act": Probe(
            to("site", status="closed", starts=starts, doc_no="6号"), done, by_author=False
        ),
        f"GET {api}/instructions": Probe(asks(), listed("notices", "order"), by_author=False),
        f"POST {api}/instructions": Probe(
            lambda w, s, r: Asked(body={"area": s.area, **notice, "to": [{"area": s.area}]}), done, by_author=False
        ),
        f"POST {api}/instructions/{{id}}/answer": Probe(
            lambda w, s, r: Asked({"id": s.id("order")}, body={"to": {"area": s.area}}), done, by_author=False
        ),
        f"GET {api}/tickets": Probe(asks(), listed("tickets", "joint"), by_author=False),
        f"POST {api}/tickets": Probe(
            lambda w, s, r: Asked(
                body={"area": s.area, "id": str(UUID(int=81)), "department": s.author, "zh": "车辆不足"}
            ),
            _opened, by_author=False,
        ),
        f"POST {api}/tickets/{{id}}/confirm": Probe(to("joint", note="已通车"), met, by_author=False),
        f"GET {api}/public/risk-tips": Probe(asks(), done, by_author=False),
        f"GET {api}/command/board": Probe(asks(), _counted, by_author=False),
        f"GET {api}/strategy": Probe(asks(), done, by_author=False),
        f"POST {api}/strategy": Probe(sends(**override), done, by_author=False),
        f"GET {api}/headquarters": Probe(asks(), done, by_author=False),
        f"POST {api}/headquarters": Probe(sends(headquarters=tree), done, by_author=False),
        f"GET {api}/playbooks": Probe(asks(), done, by_author=False),
        f"POST {api}/playbooks": Probe(
            lambda w, s, r: Asked(body={"area": f"{s.area}001001", "playbook": "first_case"}), done, by_author=False
        ),
        f"GET {api}/event-reports": Probe(asks(), listed("events", "event going up"), by_author=False),
        f"POST {api}/event-reports": Probe(
            sends(id=str(UUID(int=82)), zh="聚集性疫情", found="2020-01-27T00:00:00+08:00"), done, by_author=False
        ),
        f"POST {api}/event-reports/{{id}}/act": Probe(to("event going up", to="county_health"), done, by_author=False),
    }  # fmt: skip


def _counted(answer: Any, world: World, spot: Spot) -> bool:
    """What lies here is counted: the notice that nobody has read, the ticket, the gathering, the event."""
    told = answer.json() if answer.status_code == 200 else {}
    return bool(told) and all(told[part]["of" if part == "notices" else "n"] for part in PARTS)


def _opened(answer: Any, world: World, spot: Spot) -> bool:
    """Opened, or refused since no account of the department's name does such things there."""
    return answer.status_code == 200 or (
        answer.status_code == 422 and {one["reason"] for one in answer.json()["errors"]} == {"not_a_doer"}
    )
