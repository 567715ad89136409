"""Press conferences and events told outside the country in the world of trials; and how their routes are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
AT = NOON.isoformat()
LINES: dict[str, Any] = {"summary_zh": ["甲。", "乙。", "丙。"], "summary_en": ["One.", "Two.", "Three."]}
JUDGED: list[dict[str, Any]] = [
    {"criterion": one, "met": one in ("serious", "unusual"), "why": "新发传染病"}
    for one in ("serious", "unusual", "spread", "restrictions")
]
EVENT: dict[str, Any] = {
    "disease": DISEASE, "title_zh": "新型冠状病毒感染的肺炎", "title_en": "Novel coronavirus pneumonia", "known_at": AT,
    "judged": JUDGED,
}  # fmt: skip


def lie(spot: Spot) -> None:
    """A notice that was issued, a conference about it with a question, and an event of which somebody was told."""
    desk = viewer("county_duty_officer", spot.area, author=spot.author)
    day = NOON.date() - timedelta(days=30 if spot.author.endswith("1") else 31)
    contents = count(desk, spot.area, cutoff(DAILY).window(day), disease=DISEASE, now=NOON).contents
    notice, draft = kinds.issue_id(spot.area, DISEASE, contents.as_of), spot.id("issued")
    _tell(spot, notice, kinds.BulletinDrafted(contents=contents), draft, by="drafting-desk")
    _tell(spot, notice, kinds.BulletinChecked(draft=draft))
    _tell(spot, notice, kinds.BulletinApproved(draft=draft), by="another-desk")
    _tell(spot, notice, kinds.BulletinIssued(draft=draft, number=1, contents=contents))
    held = spot.id("briefing")
    _tell(spot, held, kinds.BriefingPrepared(notice=draft, held_at=NOON, **LINES), spot.id("briefing fact"))
    _tell(spot, held, kinds.BriefingAsked(expected=True, zh="是否有社区传播？"), spot.id("question"))
    event = spot.id("event")
    assessed = kinds.ExternalAssessed.model_validate({**EVENT, "edition": "ihr2005"})
    _tell(spot, event, assessed, spot.id("event fact"))
    told = kinds.ExternalNotified(to="focal_point", channel="mail", notice=draft)
    _tell(spot, event, told, spot.id("told"))


def _tell(spot: Spot, subject: UUID, data: FactData, id: UUID | None = None, by: str = "") -> None:
    fact = Fact.of(data, id=id or log.new_id(), subject=subject, area=spot.area, observed_at=NOON)
    (outcome,) = log.append([fact], principal=Principal(by or spot.author, "device-1"))
    assert outcome.status == "appended", outcome


def press_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def listed(what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            return str(spot.id(what)) in {row["subject"] for row in rows}

        return given

    def asks(what: str, **query: str) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, query)

    def acts(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def about(what: str, key: str, of: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body={key: str(s.id(of)), **body})

    def prepares(w: World, s: Spot, r: str) -> Asked:
        return Asked({}, body={"subject": str(log.new_id()), "notice": str(s.id("issued")), "held_at": AT, **LINES})

    def assesses(w: World, s: Spot, r: str) -> Asked:
        return Asked({}, body={"subject": str(log.new_id()), "area": s.area, **EVENT})

    api = "/api/v1"
    found = {
        f"GET {api}/issues/{{id}}/briefing-lines": (asks("issued"), done),
        f"GET {api}/briefings": (lambda w, s, r: Asked(), listed("briefing")),
        f"POST {api}/briefings": (prepares, done),
        f"GET {api}/briefings/{{id}}": (asks("briefing"), done),
        f"GET {api}/briefings/{{id}}/file": (asks("briefing", format="txt"), done),
        f"POST {api}/briefings/{{id}}/ask": (acts("briefing", zh="何时公布病例活动轨迹？"), done),
        f"POST {api}/briefings/{{id}}/answer": (about("briefing", "question", "question", zh="目前没有。"), done),
        f"POST {api}/briefings/{{id}}/hold": (acts("briefing"), done),
        f"POST {api}/briefings/{{id}}/retract": (about("briefing", "taken", "question", why="mistaken"), done),
        f"GET {api}/external": (lambda w, s, r: Asked(), listed("event")),
        f"POST {api}/external": (assesses, done),
        f"GET {api}/external/{{id}}": (asks("event"), done),
        f"GET {api}/external/{{id}}/file": (asks("event", format="txt"), done),
        f"POST {api}/external/{{id}}/notify": (about("event", "notice", "issued", to="who", channel="mail"), done),
        f"POST {api}/external/{{id}}/acknowledge": (about("event", "notification", "told"), done),
        f"POST {api}/external/{{id}}/retract": (about("event", "taken", "told", why="mistaken"), done),
    }
    return {route: Probe(asked, given, by_author=False) for route, (asked, given) in found.items()}
