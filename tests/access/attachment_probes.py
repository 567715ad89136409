"""Photographs that lie in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lianfang.accounts import clock
from lianfang.identity import attachments
from tests.access.made import viewer
from tests.identity.photographs import png

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def lie(spot: Spot) -> None:
    """A photograph of each class that there are photographs of; of those of before the keys may be gone."""
    author = viewer("inspector", spot.area, author=spot.author)
    for its in attachments.policy().photographs.classes:
        about, id = spot.id("pictured"), uuid4()
        spot.known_as(f"{its} photograph", id)
        attachments.add(author, id, png(), about=about, area=spot.area, data_class=its, now=clock.now())


def attachment_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done, purpose
    from tests.access.world import class_for

    def photograph(spot: Spot, role: str) -> dict[str, object]:
        return {"id": spot.id(f"{class_for(role, attachments.SEE)} photograph")}

    def adding(world: World, spot: Spot, role: str) -> Asked:
        query = {"about": str(spot.id("pictured")), "area": spot.area, "data_class": class_for(role, attachments.ADD)}
        return Asked({"id": spot.id("new photograph")}, query, png(), "image/png")

    def kept(answer: Any, world: World, spot: Spot) -> bool:
        """Under an id of the sender's own, for a division that the request names."""
        return answer.status_code == 200

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        return answer.status_code == 200 and answer.json() != []

    api = "/api/v1/attachments"
    return {
        f"GET {api}": Probe(lambda w, s, r: Asked(query={"about": str(s.id("pictured"))}), listed),
        f"POST {api}/{{id}}": Probe(adding, kept, by_author=False),
        f"GET {api}/{{id}}": Probe(lambda w, s, r: Asked(photograph(s, r), {"purpose": purpose(r)}), done),
        f"DELETE {api}/{{id}}": Probe(lambda w, s, r: Asked(photograph(s, r)), done),
    }
