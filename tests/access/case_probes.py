"""Cases that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lianfang.access.rows import seeing_all
from lianfang.capabilities.cases import service
from lianfang.capabilities.cases.facts import About, Admitted, Class, Sampled
from lianfang.capabilities.cases.models import ViewRow
from lianfang.facts.fact import Days
from tests.access.made import NOON, viewer

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

ABOUT = About(onset=Days.exactly((NOON - timedelta(days=3)).date()), history=(), clinical=())
"""Of somebody who meets no definition, so that a review finds a difference."""


def lie(spot: Spot) -> None:
    """A suspected case in hospital, with a sample; and a view of its author's."""
    who = viewer("epidemiologist", spot.area, author=spot.author)
    card = service.Card(
        person=spot.id("twin"), disease="ncov-2020", as_class=Class.SUSPECTED, area=spot.area, at=NOON, about=ABOUT,
        case=spot.id("case"), id=spot.id("case's report"), number=f"N-{spot.area}",
    )  # fmt: skip
    service.report(who, card, now=NOON)
    later = NOON + timedelta(hours=1)
    sample = {"material": "throat_swab", "number": "S-1"}
    service.record(who, spot.id("case"), Sampled, sample, at=later, now=later, id=spot.id("sample"))
    stay = {"hospital": "h-1", "designated": True}
    service.record(who, spot.id("case"), Admitted, stay, at=later, now=later, id=spot.id("admission"))
    with seeing_all():
        ViewRow.objects.create(id=spot.id("view"), author=spot.author, room="cases", name=spot.area, shown={})


ACTS: dict[str, Any] = {
    "correct": {"as_class": "suspected", "severity": "mild"},
    "describe": {"about": {"sex": "male"}},
    "investigate": {},
    "classify": {"to": "excluded", "basis": "tests_negative"},
    "assess-severity": {"severity": "severe"},
    "determine-source": {"source": "local"},
    "isolate": {"where": "hospital"},
    "admit": {"hospital": "h-2", "designated": True},
    "treat": {},
    "discharge": {"reason": "moved"},
    "end": {"outcome": "died"},
    "hand-over": {"to": "530103"},
    "sample": {"material": "sputum"},
    "receive-sample": {"laboratory": "lab-1"},
    "test": {"test": "pcr", "result": "negative"},
    "sequence": {"accession": "EPI-1", "archive": "gisaid"},
}
OF_SAMPLE = ("receive-sample", "test", "sequence")


def case_probes() -> dict[str, Probe]:
    """By route. Counts and assessments are of whole areas, sums too: their own tests try them."""
    from tests.access.probes import Asked, Probe, done

    def act(name: str) -> Probe:
        def asks(world: World, spot: Spot, role: str) -> Asked:
            of = {"sample": str(spot.id("sample"))} if name in OF_SAMPLE else {}
            of |= {"corrects": str(spot.id("case's report"))} if name == "correct" else {}
            return Asked({"id": spot.id("case")}, body=ACTS[name] | of)

        # Who may report may begin a case; with a card that stands goes on who sees the case.
        return Probe(asks, done, action="cases.read" if name == "correct" else None)

    def told(key: str, field: str, what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            if answer.status_code != 200:
                return False
            found = answer.json()
            return str(spot.id(what)) in [one[field] for one in (found[key] if key else found)]

        return given

    def report(world: World, spot: Spot, role: str) -> Asked:
        card = {"person": str(spot.id("person")), "disease": "ncov-2020", "as_class": "suspected", "area": spot.area}
        return Asked(body={**card, "observed_at": NOON.isoformat()})

    def file(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and str(spot.id("case")).encode() in b"".join(answer.streaming_content)

    risk = {
        "disease": "ncov-2020", "as_of": NOON.isoformat(), "likelihood": "likely", "consequence": "major",
        "basis": "…", "measures": "…",
    }  # fmt: skip
    found = {f"POST /api/v1/cases/{{id}}/{name}": act(name) for name in ACTS}
    return found | {
        "POST /api/v1/cases": Probe(report, done, by_author=False),
        "POST /api/v1/cases/list": Probe(lambda w, s, r: Asked(body={"text": "N-"}), told("cases", "subject", "case")),
        "POST /api/v1/cases/export": Probe(lambda w, s, r: Asked(body={"columns": ["subject"]}), file),
        "GET /api/v1/cases/{id}": Probe(lambda w, s, r: Asked({"id": s.id("case")}), done),
        "POST /api/v1/cases/review": Probe(
            lambda w, s, r: Asked(body={"disease": "ncov-2020", "edition": "ncov-2020-v2"}),
            told("differences", "case", "case"),
        ),
        "POST /api/v1/cases/{id}/retract": Probe(
            lambda w, s, r: Asked({"id": s.id("case")}, body={"fact": str(s.id("admission")), "why": "mistaken"}),
            done,
            "cases.care",
        ),
        "GET /api/v1/samples": Probe(lambda w, s, r: Asked(query={"number": "S-"}), told("", "id", "sample")),
        "POST /api/v1/assessments": Probe(lambda w, s, r: Asked(body={**risk, "area": s.area}), done, by_author=False),
        "GET /api/v1/views": Probe(lambda w, s, r: Asked(), done, "session.own"),
        "POST /api/v1/views": Probe(
            lambda w, s, r: Asked(body={"room": "cases", "name": f"{uuid4()}", "shown": {}}), done, "session.own"
        ),
    }
