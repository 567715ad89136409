"""Markets, a person's decision on a county, a limit that awaits approval and a forecast that was signed off in the
world of trials, and how each of their routes is asked for them. Grades and spread are sums of whole areas: their own
tests try them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lianfang.accounts import clock
from lianfang.capabilities.warning.facts import grade, market, restriction, sign_off
from lianfang.capabilities.warning.rules.grading import day_of, graded_id
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

DISEASE = "ncov-2020"


def lie(spot: Spot) -> None:
    """A market with a sample that was positive at the second test; a county and a community of which somebody
    decided."""
    now = clock.now()

    def fact(name: str, data: FactData, minutes: int, subject: str = "market") -> Fact:
        at = now - timedelta(minutes=30 - minutes)
        return Fact.of(data, id=spot.id(name), subject=spot.id(subject), area=spot.area, observed_at=at)

    decided = grade.AreaGraded(
        scheme=grade.Scheme.COUNTY, disease=DISEASE, to="high", until=day_of(now), reason="待核实",
        role="epidemiologist",
        edition=None, computed=None, step="no_edition", as_of=now, seq=1,
    )  # fmt: skip
    community = f"{spot.area}001001"
    a_case = decided.model_copy(update={"scheme": grade.Scheme.COMMUNITY, "to": "2a"})
    asked = restriction.EntryLimited(
        disease=DISEASE, until=day_of(now), necessity="必要", role="county_duty_officer", counted_as=None, as_of=now,
        seq=1,
    )  # fmt: skip
    quoted = sign_off.ForecastSignedOff(
        disease=DISEASE, as_of=day_of(now), known_at=None, seq=1, edition="1", digest="d", reason="核对",
        until=day_of(now), role="duty_officer",
    )  # fmt: skip
    told = [
        fact("registered market", market.MarketRegistered(name="市场", market_kind="farmers_market"), 0),
        fact("market sample", market.MarketSampled(disease=DISEASE, point="board"), 1),
        fact(
            "first result of market",
            market.MarketTested(sample=spot.id("market sample"), test="pcr", result="indeterminate"),
            2,
        ),
        fact(
            "result of market", market.MarketTested(sample=spot.id("market sample"), test="pcr", result="positive"), 3
        ),
        fact("grade", decided, 3).model_copy(update={"subject": graded_id("county", f"{spot.area}", DISEASE)}),
        fact("community's grade", a_case, 3).model_copy(
            update={"subject": graded_id("community", community, DISEASE), "area": community}
        ),
        fact("sign-off", quoted, 0, "sign-off"),
    ]
    # whoever asks for a limit does not approve it
    outcomes = log.append([fact("limit", asked, 0, "limit")], principal=Principal("limits", "device-1"))
    outcomes += log.append(told, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def place_probes() -> dict[str, Probe]:
    """By route. The terms are the same for all."""
    from tests.access.probes import Asked, Probe, done

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        found = answer.json()["markets"] if answer.status_code == 200 else []
        return str(spot.id("market")) in [one["id"] for one in found]

    def acting(**body: Any) -> Any:
        def asks(world: World, spot: Spot, role: str) -> Asked:
            told = {name: str(spot.id(value)) if name in ("sample", "fact") else value for name, value in body.items()}
            return Asked({"id": spot.id("market")}, body=told)

        return asks

    def decides(world: World, spot: Spot, role: str) -> Asked:
        day = day_of(clock.now()).isoformat()
        return Asked(body={"scheme": "county", "area": spot.area, "to": "low", "reason": "待核实", "until": day})

    def limits(world: World, spot: Spot, role: str) -> Asked:
        day = day_of(clock.now()).isoformat()
        return Asked(body={"area": f"{spot.area}001001", "until": day, "necessity": "必要"})

    def listed_limits(answer: Any, world: World, spot: Spot) -> bool:
        found = answer.json()["limits"] if answer.status_code == 200 else []
        return str(spot.id("limit")) in [one["id"] for one in found]

    def limiting(**body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id("limit")}, body={"reason": "必要", **body})

    def signs(world: World, spot: Spot, role: str) -> Asked:
        return Asked(body={"area": spot.area, "as_of": "2020-01-20", "digest": "d", "reason": "核对"})

    def without_cases(answer: Any, world: World, spot: Spot) -> bool:
        """Let through to the forecast, of which there is none."""
        return answer.status_code == 422 and answer.json()["errors"][0]["reason"] == "no_forecast"

    registered = {"name": "市场", "market_kind": "bazaar"}
    acts = {
        "inspections": acting(findings=[{"item": "waste", "met": True}]),
        "samples": acting(point="board"),
        "sequences": acting(sample="market sample", accession="A1", archive="genbank"),
        "results": acting(sample="market sample", test="pcr", result="positive"),
        "measures": acting(measures=["disinfected"]),
        "retract": acting(fact="first result of market", why="mistaken"),
    }
    probes = {
        "GET /api/v1/markets": Probe(lambda w, s, r: Asked(query={"limit": "200"}), listed, by_author=False),
        "GET /api/v1/markets/{id}": Probe(lambda w, s, r: Asked({"id": s.id("market")}), done, by_author=False),
        "POST /api/v1/markets": Probe(
            lambda w, s, r: Asked(body={**registered, "area": s.area}), done, by_author=False
        ),
        "GET /api/v1/warning/limits": Probe(
            lambda w, s, r: Asked(query={"area": s.area}), listed_limits, by_author=False
        ),
        "POST /api/v1/warning/limits": Probe(limits, done, by_author=False),
        "POST /api/v1/warning/limits/{id}/decide": Probe(limiting(approved=True), done, by_author=False),
        "POST /api/v1/warning/limits/{id}/lift": Probe(limiting(), done, by_author=False),
        "POST /api/v1/warning/forecasts/sign-off": Probe(signs, without_cases, by_author=False),
        "POST /api/v1/warning/forecasts/{id}/withdraw": Probe(
            lambda w, s, r: Asked({"id": s.id("sign-off")}, body={"reason": "核对"}), done, by_author=False
        ),
        "POST /api/v1/warning/grades": Probe(decides, done, by_author=False),
        "POST /api/v1/warning/grades/{id}/retract": Probe(
            lambda w, s, r: Asked({"id": s.id("grade")}, body={"why": "mistaken"}), done, by_author=False
        ),
    }
    return probes | {
        f"POST /api/v1/markets/{{id}}/{act}": Probe(asks, done, by_author=False) for act, asks in acts.items()
    }
