"""How the palette is asked for what lies in the world of trials, and how one sees that it has found it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World


def find_probes() -> dict[str, Probe]:
    """By what is looked for: the right to see it decides, for one of the route alone finds nothing but divisions."""
    from tests.access.probes import Asked, Probe

    def probe(part: str, text: str, what: str, action: str) -> Probe:
        def asks(world: World, spot: Spot, role: str) -> Asked:
            return Asked(body={"text": text, "limit": 20})

        def found(answer: Any, world: World, spot: Spot) -> bool:
            return answer.status_code == 200 and str(spot.id(what)) in [one["id"] for one in answer.json()[part]]

        return Probe(asks, found, action)

    return {
        "POST /api/v1/find (grid)": probe("places", "visited", "visited grid", "screening.read"),
        "POST /api/v1/find (post)": probe("places", "post author", "post", "gates.read"),
        "POST /api/v1/find (station)": probe("places", "liuyanzhan", "station", "stations.read"),
        "POST /api/v1/find (case)": probe("numbered", "N-5", "case", "cases.read"),
    }
