"""Notices of ours in the world of trials, one at each step of its way; and how their routes are asked for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lianfang.app.publication.compose import count
from lianfang.capabilities.bulletins import facts as kinds
from lianfang.capabilities.bulletins.rules.cutoffs import DAILY, cutoff
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import NOON, viewer

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

DISEASE = "ncov-2020"
STEPS = ("drafted", "checked", "approved")
"""Of each spot one notice that has come so far."""


def lie(spot: Spot) -> None:
    """A notice at each step, each of another day."""
    desk = viewer("county_duty_officer", spot.area, author=spot.author)
    ago = 2 if spot.author.endswith("1") else 6
    for at, step in enumerate(STEPS):
        day = NOON.date() - timedelta(days=ago + at)
        contents = count(desk, spot.area, cutoff(DAILY).window(day), disease=DISEASE, now=NOON).contents
        id, by = spot.id(f"issue {step}"), "drafting-desk"
        _tell(spot, contents, id, kinds.BulletinDrafted(contents=contents), by)
        if step in ("checked", "approved"):
            _tell(spot, contents, log.new_id(), kinds.BulletinChecked(draft=id), by)
        if step == "approved":
            _tell(spot, contents, log.new_id(), kinds.BulletinApproved(draft=id), "another-desk")


def _tell(spot: Spot, contents: kinds.Contents, id: Any, data: FactData, by: str) -> None:
    subject = kinds.issue_id(spot.area, DISEASE, contents.as_of)
    fact = Fact.of(data, id=id, subject=subject, area=spot.area, observed_at=NOON)
    (outcome,) = log.append([fact], principal=Principal(by, "device-1"))
    assert outcome.status == "appended", outcome


def issue_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def asks(step: str = "drafted") -> Any:
        return lambda w, s, r: Asked({"id": s.id(f"issue {step}")})

    def sends(step: str = "drafted", **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(f"issue {step}")}, body=body)

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json() if answer.status_code == 200 else []
        return str(spot.id("issue drafted")) in {row["draft"] for row in rows}

    day, notes = str(date(2020, 1, 10)), [{"code": "unreported", "note": "已催报"}]
    api = "/api/v1/issues"
    return {
        "GET /api/v1/areas/{code}/issue": Probe(
            lambda w, s, r: Asked({"code": s.area}, {"day": day}), done, by_author=False
        ),
        f"GET {api}": Probe(lambda w, s, r: Asked({}, {"area": s.area}), listed, by_author=False),
        f"POST {api}": Probe(lambda w, s, r: Asked({}, body={"area": s.area, "day": day}), done, by_author=False),
        f"GET {api}/{{id}}": Probe(asks(), done, by_author=False),
        f"GET {api}/{{id}}/findings": Probe(asks(), done, by_author=False),
        f"GET {api}/{{id}}/verify": Probe(asks(), done, by_author=False),
        f"GET {api}/{{id}}/late": Probe(asks(), done, by_author=False),
        f"GET {api}/{{id}}/file": Probe(
            lambda w, s, r: Asked({"id": s.id("issue drafted")}, {"format": "txt"}), done, by_author=False
        ),
        f"POST {api}/{{id}}/check": Probe(sends(notes=notes), done, by_author=False),
        f"POST {api}/{{id}}/approve": Probe(sends("checked"), done, by_author=False),
        f"POST {api}/{{id}}/issue": Probe(sends("approved"), done, by_author=False),
        f"POST {api}/{{id}}/return": Probe(sends(reason="待核"), done, by_author=False),
        f"POST {api}/{{id}}/retract": Probe(
            lambda w, s, r: Asked(
                {"id": s.id("issue drafted")}, body={"taken": str(s.id("issue drafted")), "why": "mistaken"}
            ),
            done,
            by_author=False,
        ),
    }  # fmt: skip
