"""What the public reads and tells back, in the world of trials; and how its routes are asked for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.capabilities.bulletins.facts.feedback import FeedbackReceived
from lianfang.capabilities.bulletins.facts.library import ClaimAnswered, HealthItemPublished
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

ITEM: dict[str, Any] = {
    "lang": "zh", "title": "怎样洗手", "text": "流水搓洗二十秒。", "source": "疾控中心", "edition": "1",
    "day": "2020-01-20",
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "verdict": "false", "claim_zh": "熏醋能预防。", "answer_zh": "不能。", "evidence": "疾控中心问答",
    "link": "https://example.org/a", "day": "2020-01-20",
}  # fmt: skip


def lie(spot: Spot) -> None:
    """An item, a claim and a feedback."""
    received = FeedbackReceived(
        topic="care", lang="zh", words=UUID(int=1), due=NOON + timedelta(days=3), erase_on=date(2020, 3, 28)
    )
    told = {
        "health item": HealthItemPublished.model_validate(ITEM), "claim": ClaimAnswered.model_validate(CLAIM),
        "feedback": received,
    }  # fmt: skip
    facts = [
        Fact.of(data, id=spot.id(f"{what} fact"), subject=spot.id(what), area=spot.area, observed_at=NOON)
        for what, data in told.items()
    ]
    outcomes = log.append(facts, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def library_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def there(what: str) -> Any:
        def given(answer: Any, world: World, spot: Spot) -> bool:
            rows = answer.json() if answer.status_code == 200 else []
            return str(spot.id(what)) in {row["subject"] for row in rows}

        return given

    def asks() -> Any:
        return lambda w, s, r: Asked()

    def sends(body: dict[str, Any]) -> Any:
        return lambda w, s, r: Asked({}, body={**body, "subject": str(log.new_id()), "area": s.area})

    def acts(what: str, **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def takes(what: str) -> Any:
        return lambda w, s, r: Asked(
            {"id": s.id(what)}, body={"taken": str(s.id(f"{what} fact")), "why": "mistaken"}
        )  # fmt: skip

    api = "/api/v1"
    found = {
        f"GET {api}/library": (asks(), there("health item")),
        f"POST {api}/library": (sends(ITEM), done),
        f"POST {api}/library/{{id}}/withdraw": (acts("health item", lang="zh", reason="有新版"), done),
        f"POST {api}/library/{{id}}/retract": (takes("health item"), done),
        f"GET {api}/claims": (asks(), there("claim")),
        f"POST {api}/claims": (sends(CLAIM), done),
        f"POST {api}/claims/{{id}}/withdraw": (acts("claim", reason="已更新"), done),
        f"POST {api}/claims/{{id}}/retract": (takes("claim"), done),
        f"GET {api}/feedback": (asks(), there("feedback")),
        f"GET {api}/feedback/{{id}}": (lambda w, s, r: Asked({"id": s.id("feedback")}), done),
        f"POST {api}/feedback/{{id}}/answer": (acts("feedback", outcome="answered", answer="已更正。"), done),
    }
    return {route: Probe(asks, given, by_author=False) for route, (asks, given) in found.items()}
