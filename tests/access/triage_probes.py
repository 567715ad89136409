"""Visits to a fever clinic, referrals, expert teams and protection in the world of trials, and how each of their routes
is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lianfang.accounts import clock
from lianfang.capabilities.care import facts as kinds
from lianfang.capabilities.care.facts.protection import protection_id
from lianfang.capabilities.care.facts.referrals import service_id
from lianfang.capabilities.gates.facts import PostOpened
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal

if TYPE_CHECKING:
    from uuid import UUID

    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def lie(spot: Spot) -> None:
    """A fever clinic with visits and what it said of itself, a referral to it that waits and one that was received, an
    expert team of the viewer's of trials that was asked, an exposure."""
    from tests.access.world import AUTHOR

    begins = clock.now() - timedelta(minutes=30)
    clinic = spot.id("fever clinic")
    told: list[Fact] = []

    def tell(subject: UUID, data: FactData, id: str = "") -> None:
        its = spot.id(id) if id else log.new_id()
        at = begins + timedelta(minutes=len(told))
        told.append(Fact.of(data, id=its, subject=subject, area=spot.area, observed_at=at))

    opened = PostOpened(
        name=f"clinic {spot.author}", kind_of="clinic", place_type="fever_clinic", town=spot.area, lead="医院",
        telephone="087165324888",
    )  # fmt: skip
    tell(clinic, opened)
    made = kinds.Triaged(clinic=clinic, came="walk_in", way="fever_clinic", temp_c=38.1, history="none")
    for what in ("clinic visit", "other clinic visit"):
        tell(spot.id(what), made, f"{what} made")
    sent = kinds.ReferralSent(to=clinic, to_area=spot.area, origin="community", reason="fever")
    for what in ("referral", "received referral"):
        tell(spot.id(what), sent, f"{what} sent")
    tell(spot.id("received referral"), kinds.ReferralReceived())
    tell(service_id(clinic), kinds.ServiceStated(facility=clinic, general="normal"), "clinic service")
    team = kinds.ExpertTeamFormed(zh="专家组", level="county", members=(AUTHOR,), headcount=1)
    for what in ("expert team", "idle expert team"):
        tell(spot.id(what), team, f"{what} formed")
    for what in ("consultation", "other consultation"):
        asked = kinds.ConsultationAsked(team=spot.id("expert team"), case=spot.id("case"), question="treatment")
        tell(spot.id(what), asked, f"{what} asked")
    stated = kinds.ProtectionStated(facility=clinic, item="n95", stock=100, used_per_day=10)
    tell(protection_id(clinic, "n95"), stated, "protection stated")
    for what in ("exposure", "other exposure"):
        exposed = kinds.StaffExposed(facility=clinic, how="splash", high_risk=True)
        tell(spot.id(what), exposed, f"{what} told")
    outcomes = log.append(told, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def triage_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def to(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def back(what: str, fact: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={"fact": str(s.id(fact)), "why": "mistaken"})

    def new(**body: Any) -> Any:
        def asks(w: World, s: Spot, r: str) -> Any:
            at = {"clinic": s.id("fever clinic"), "team": s.id("expert team"), "case": s.id("case"), "area": s.area}
            said = {
                key: str(at[value]) if isinstance(value, str) and value in at else value for key, value in body.items()
            }
            return Asked(body={"id": str(uuid4()), **said})

        return asks

    def said(**body: Any) -> Any:
        def asks(w: World, s: Spot, r: str) -> Any:
            its = {key: str(s.id(value[1:])) if str(value).startswith("@") else value for key, value in body.items()}
            return Asked(body=its)

        return asks

    def told(key: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            rows = rows[key] if rows and key else rows
            return str(spot.id(what)) in {row["id"] for row in rows}

        return given

    def own(answer: Any, world: World, spot: Spot) -> bool:
        """What somebody else has sent is seen, and refused with the reason."""
        return done(answer, world, spot) or (
            answer.status_code == 422 and {one["reason"] for one in answer.json()["errors"]} == {"not_yours"}
        )

    def plainly(asks: Any, given: Any = done) -> Probe:
        return Probe(asks, given, by_author=False)

    door = {"came": "walk_in", "way": "fever_clinic", "temp_c": 36.6, "history": "none"}

    def corrected(w: World, s: Spot, r: str) -> Any:
        return Asked({"id": s.id("clinic visit")}, body={**door, "clinic": str(s.id("fever clinic"))})

    def assigned(w: World, s: Spot, r: str) -> Any:
        return Asked({"id": s.id("expert team")}, body={"hospital": str(s.id("fever clinic")), "first": "2020-01-20"})

    api = "/api/v1"
    plain = {
        f"GET {api}/triage": (lambda w, s, r: Asked(), told("visits", "clinic visit")),
        f"POST {api}/triage": (new(clinic="clinic", twin=True, **door), done),
        f"POST {api}/triage/{{id}}/correct": (corrected, done),
        f"POST {api}/triage/{{id}}/seen": (to("clinic visit"), done),
        f"POST {api}/triage/{{id}}/consult": (to("clinic visit", conclusion="observe"), done),
        f"POST {api}/triage/{{id}}/end": (to("clinic visit", outcome="admitted"), done),
        f"POST {api}/triage/{{id}}/retract": (back("other clinic visit", "other clinic visit made"), done),
        f"POST {api}/referrals": (new(area="area", to="clinic", origin="community", reason="fever"), done),
        f"POST {api}/referrals/{{id}}/receive": (to("referral"), done),
        f"POST {api}/referrals/{{id}}/close": (to("received referral", outcome="observed"), done),
        f"GET {api}/facilities": (lambda w, s, r: Asked(), told("", "fever clinic")),
        f"POST {api}/facilities/service": (said(facility="@fever clinic", general="limited"), done),
        f"POST {api}/facilities/{{id}}/retract": (back("fever clinic", "clinic service"), done),
        f"GET {api}/experts": (lambda w, s, r: Asked(), told("teams", "expert team")),
        f"POST {api}/experts": (new(area="area", zh="组", level="county", members=["a"], headcount=1), done),
        f"POST {api}/experts/{{id}}/assign": (assigned, done),
        f"POST {api}/experts/{{id}}/dissolve": (to("idle expert team"), done),
        f"POST {api}/experts/{{id}}/retract": (back("idle expert team", "idle expert team formed"), done),
        f"POST {api}/consultations": (new(team="team", case="case", question="discharge"), done),
        f"POST {api}/consultations/{{id}}/answer": (to("consultation", advice=["continue"]), done),
        f"POST {api}/consultations/{{id}}/retract": (back("other consultation", "other consultation asked"), done),
        f"GET {api}/protection": (lambda w, s, r: Asked(), told("facilities", "fever clinic")),
        f"POST {api}/protection": (said(facility="@fever clinic", item="n95", stock=90, used_per_day=10), done),
        f"POST {api}/protection/retract": (
            said(facility="@fever clinic", item="n95", fact="@protection stated", why="mistaken"), done,
        ),
        f"POST {api}/exposures": (new(facility="clinic", how="needle", high_risk=False), done),
        f"POST {api}/exposures/{{id}}/close": (to("exposure", outcome="well"), done),
        f"POST {api}/exposures/{{id}}/retract": (back("other exposure", "other exposure told"), done),
    }  # fmt: skip
    return {route: plainly(*of) for route, of in plain.items()} | {
        f"GET {api}/referrals": Probe(lambda w, s, r: Asked(), told("", "referral")),
        f"POST {api}/referrals/{{id}}/retract": Probe(back("referral", "referral sent"), own, "referrals.read"),
    }
