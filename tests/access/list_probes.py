"""Lists that lie in the world of trials, and how their routes and those of the forms are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianfang.access.rows import seeing_all
from lianfang.exchange.models import FaultRow, List, State
from lianfang.exchange.store import sealed
from tests.access.made import NOON, viewer

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

BODY = b"case,date of report\r\nL-1,2020-01-28\r\n"
MAPPING = {
    "kind": "cases",
    "columns": {"case": "number", "date of report": "reported"},
    "constants": {"disease": "ncov-2020", "class": "suspected"},
}


def lie(spot: Spot) -> None:
    """A list that waits to be run, and one that was recorded, of which something was told."""
    who = viewer("epidemiologist", spot.area, author=spot.author)
    told = {"area": who.area, "author": who.author, "device": who.device, "role": who.role, "kind": "cases"}
    told |= {"content_type": "text/csv", "rows": 1, "sent_at": NOON}
    with seeing_all():
        waiting = spot.id("list")
        List.objects.create(id=waiting, state=State.SENT, sealed=sealed(waiting, BODY), **told)
        List.objects.create(id=spot.id("done list"), state=State.DONE, dry=False, **told)
        FaultRow.objects.create(
            list=spot.id("done list"), n=0, area=spot.area, row=2, field="onset", reason="no_date", note=False, zh="…",
            en="…",
        )  # fmt: skip


def list_probes() -> dict[str, Probe]:
    """By route. Templates and mappings of one's own are nobody else's to see; daily forms are sums of whole areas."""
    from tests.access.probes import Asked, Probe, done, purpose

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        found = answer.json()["lists"] if answer.status_code == 200 else []
        return str(spot.id("list")) in [one["id"] for one in found]

    def taken_back(answer: Any, world: World, spot: Spot) -> bool:
        """Only who has sent a list takes it back: another of the division is told so, and no stranger."""
        return bool(answer.status_code in (200, 409))

    def card(world: World, spot: Spot, role: str) -> Asked:
        return Asked({"form": "report-card"}, {"subject": str(spot.id("case"))})

    def named(world: World, spot: Spot, role: str) -> Asked:
        body = {"subject": str(spot.id("case")), "purpose": purpose(role)}
        return Asked({"form": "report-card"}, body=body)

    run = {"mapping": MAPPING, "dry": True}

    def seen(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and answer.json()["list"]["area"] == spot.area

    return {
        "POST /api/v1/lists/preview": Probe(
            lambda w, s, r: Asked(body=BODY, content_type="text/csv"), seen, by_author=False
        ),
        "POST /api/v1/lists/run": Probe(
            lambda w, s, r: Asked(body={"id": str(s.id("list")), **run}), done, by_author=False
        ),
        "GET /api/v1/lists": Probe(lambda w, s, r: Asked(), listed, by_author=False),
        "GET /api/v1/lists/{id}": Probe(lambda w, s, r: Asked({"id": s.id("list")}), done, by_author=False),
        "GET /api/v1/lists/{id}/errors": Probe(
            lambda w, s, r: Asked({"id": s.id("done list")}),
            lambda a, w, s: a.status_code == 200 and a.json()["faults"] != [],
            by_author=False,
        ),
        "POST /api/v1/lists/{id}/words": Probe(
            lambda w, s, r: Asked({"id": s.id("list")}, body={"mapping": MAPPING}), done, by_author=False
        ),
        "POST /api/v1/lists/{id}/undo": Probe(
            lambda w, s, r: Asked({"id": s.id("done list")}), taken_back, by_author=False
        ),
        "GET /api/v1/forms/{form}": Probe(card, done, by_author=False),
        "POST /api/v1/forms/{form}": Probe(named, done, by_author=False),
    }
