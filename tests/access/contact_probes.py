"""Contacts that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.capabilities.contacts.facts import Exposed, Exposure, Traced
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import NOON, OWN, viewer

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def whom(spot: Spot) -> UUID:
    """Who is under observation: in one place the resident of trials, who sees the own things."""
    return UUID(int=1) if (spot.area, spot.author) == (OWN, "author-1") else spot.id("twin")


def lie(spot: Spot) -> None:
    """A contact under observation; its exposure was corrected to be earlier, so that the observation may be
    shortened."""
    who = viewer("epidemiologist", spot.area, author=spot.author)
    subject, told, better = spot.id("contact"), spot.id("exposure"), spot.id("corrected exposure")

    def fact(data: Any, id: UUID, hours: int, corrects: UUID | None = None) -> Fact:
        at = NOON + timedelta(hours=hours)
        return Fact.of(data, id=id, subject=subject, area=spot.area, observed_at=at, corrects=corrects)

    def exposed(last: date) -> Exposed:
        exposure = Exposure(source=None, last=last, setting="household", closeness=("live_together",))
        return Exposed(disease="ncov-2020", edition="ncov-2020-v2", person=whom(spot), exposure=exposure)

    facts = [
        fact(exposed(date(2020, 1, 25)), told, 0),
        fact(Traced(person=whom(spot)), spot.id("tracing"), 1),
        fact(exposed(date(2020, 1, 22)), better, 2, told),
    ]
    outcomes = log.append(facts, principal=who.principal)
    assert {one.status for one in outcomes} == {"appended"}, outcomes


EXPOSURE = {"source": None, "last": "2020-01-24", "setting": "household", "closeness": ["live_together"]}
FELL_ILL = {"at": (NOON + timedelta(days=1)).isoformat()}
ACTS: dict[str, Any] = {
    "trace": lambda spot: {"person": str(whom(spot))},
    "inform": lambda spot: {},
    "judge": lambda spot: {"close": "general", "basis": "expert"},
    "refer": lambda spot: {"to": "clinic-1"},
    "convert": lambda spot: {"case": str(spot.id("case"))} if whom(spot) == spot.id("twin") else FELL_ILL,
    "release": lambda spot: {"reason": "completed"},
    "shorten": lambda spot: {"due": "2020-02-06", "basis": "expert"},
    "hand-over": lambda spot: {"to": "530103"},
    "correct": lambda spot: {"fact": str(spot.id("corrected exposure")), "exposure": EXPOSURE},
    "retract": lambda spot: {"fact": str(spot.id("tracing")), "why": "mistaken"},
}


def contact_probes() -> dict[str, Probe]:
    """By route. Counts and alerts are of whole areas, sums too: their own tests try them."""
    from tests.access.probes import Asked, Probe, done
    from tests.access.world import SPOTS

    def act(name: str) -> Probe:
        return Probe(lambda w, s, r: Asked({"id": s.id("contact")}, body=ACTS[name](s)), done)

    def told(*keys: str, what: str = "contact") -> Any:
        """Whether a list of the answer, down the first key, has the thing."""

        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            rows = rows[keys[0]] if rows and keys[0] else rows
            for key in keys[1:]:
                rows = [row[key] for row in rows]
            return str(spot.id(what)) in rows

        return given

    def taken(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and bool(answer.json()["taken"])

    def reached(answer: Any, world: World, spot: Spot) -> bool:
        """The case was reached, whether or not a link to it had been told before."""
        untold = answer.status_code == 422 and answer.json()["errors"][0].get("reason") == "not_linked"
        return untold or done(answer, world, spot)

    def another(spot: Spot) -> str:
        return str(next(one for one in SPOTS if one != spot).id("case"))

    def exposing(world: World, spot: Spot, role: str) -> Asked:
        body = {"person": str(spot.id("person")), "disease": "ncov-2020", "edition": "ncov-2020-v2", "area": spot.area}
        return Asked(body={**body, "exposure": EXPOSURE})

    def checking(world: World, spot: Spot, role: str) -> Asked:
        check = {"contact": str(spot.id("contact")), "day": "2020-01-29", "half": "am", "outcome": "seen_well"}
        return Asked(body={"checks": [check]})

    def linking(world: World, spot: Spot, role: str) -> Asked:
        return Asked(body={"links": [{"infector": another(spot), "infectee": str(spot.id("case"))}]})

    def clustering(world: World, spot: Spot, role: str) -> Asked:
        body = {"disease": "ncov-2020", "setting": "household", "linked": True, "area": spot.area}
        return Asked(body={**body, "cases": [another(spot)]})

    many = {"contacts": [], "reason": "completed"}
    found = {f"POST /api/v1/contacts/{{id}}/{name}": act(name) for name in ACTS}
    return found | {
        "POST /api/v1/contacts": Probe(exposing, done, by_author=False),
        "POST /api/v1/contacts/list": Probe(lambda w, s, r: Asked(), told("contacts", "contact")),
        "GET /api/v1/contacts/board": Probe(
            lambda w, s, r: Asked(query={"day": "2020-01-29"}), told("contacts", "contact", "contact")
        ),
        "GET /api/v1/contacts/checks": Probe(
            lambda w, s, r: Asked(query={"day": "2020-01-29"}), told("contacts", "contact")
        ),
        "GET /api/v1/contacts/proposals": Probe(lambda w, s, r: Asked(), told("contacts", "contact", "contact")),
        "POST /api/v1/contacts/checks": Probe(checking, taken),
        "POST /api/v1/contacts/release": Probe(
            lambda w, s, r: Asked(body={**many, "contacts": [str(s.id("contact"))]}), told("released")
        ),
        "GET /api/v1/contacts/{id}": Probe(lambda w, s, r: Asked({"id": s.id("contact")}), done),
        "GET /api/v1/transmission/graph": Probe(lambda w, s, r: Asked(), told("nodes", "id", what="case")),
        "POST /api/v1/transmission/links": Probe(linking, taken),
        "POST /api/v1/transmission/unlink": Probe(
            lambda w, s, r: Asked(body={"infector": another(s), "infectee": str(s.id("case")), "basis": "expert"}),
            reached,
        ),
        "POST /api/v1/clusters": Probe(clustering, done, by_author=False),
    }
