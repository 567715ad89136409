"""Forms and draws in the world of trials, and how each of their routes is asked for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from lianfang.capabilities.oversight.facts import forms, sampling
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from tests.access.made import NOON

if TYPE_CHECKING:
    from tests.access.probes import Probe
    from tests.access.world import Spot, World

DAY = date(2020, 1, 28)
SEED = "ab" * 32
_TOMORROW = str(datetime.now(UTC).date() + timedelta(days=2))


def lie(spot: Spot) -> None:
    """A form, and a draw of records."""
    form = forms.FormRegistered(
        code=spot.author, zh="总结", basis="office_document", doc_no="1号", purpose="了解情况", ends=date(2199, 12, 31),
        minutes=5, times_a_day=1, fields=(forms.AskedField(code=f"x{spot.author}", zh="事项"),),
    )  # fmt: skip
    spot.known_as("asked_form", forms.form_id(spot.area, spot.author))
    draw = sampling.RecordsDrawn(
        of="visit.made", first=DAY, last=DAY, frame=1, seed=SEED, seq=0, probability=1, drawn=(spot.id("recalled"),)
    )
    answer = sampling.Recalled(record=spot.id("recalled"), result=sampling.RecallResult.AGREES)
    told = [
        (form, log.new_id(), spot.id("asked_form")),
        (draw, log.new_id(), spot.id("draw")),
        (answer, spot.id("recall"), spot.id("draw")),
    ]
    facts = [
        Fact.of(data, id=id, subject=subject, area=spot.area, observed_at=NOON) for data, id, subject in told
    ]  # fmt: skip
    outcomes = log.append(facts, principal=Principal(spot.author, "device-1"))
    assert {one.status for one in outcomes} == {"appended"}, outcomes


def burden_probes() -> dict[str, Probe]:
    """By route."""
    from tests.access.probes import Asked, Probe, done

    def asks(**query: str) -> Any:
        return lambda w, s, r: Asked({}, {"area": s.area, **query})

    def sends(what: str = "draw", **body: Any) -> Any:
        return lambda w, s, r: Asked({"id": s.id(what)}, body=body)

    def over(**body: Any) -> Any:
        return lambda w, s, r: Asked({}, body={"area": s.area, **body})

    def drawn(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json() if answer.status_code == 200 else []
        return str(spot.id("draw")) in {row["id"] for row in rows}

    def listed(answer: Any, world: World, spot: Spot) -> bool:
        rows = answer.json()["forms"] if answer.status_code == 200 else []
        return str(spot.id("asked_form")) in {row["id"] for row in rows}

    def reached(answer: Any, world: World, spot: Spot) -> bool:
        """Somebody else's is not taken back, and that it is another's is told."""
        wrong = answer.json()["errors"] if answer.status_code == 422 else []
        return answer.status_code == 200 or [one["reason"] for one in wrong] == ["not_yours"]

    field = {"code": "y1", "zh": "事项"}
    form = {
        "code": "new", "zh": "总结", "basis": "office_document", "doc_no": "2号", "purpose": "了解情况",
        "ends": "2199-12-31", "minutes": 5, "times_a_day": 1, "fields": [field],
    }  # fmt: skip
    api = "/api/v1"
    return {
        f"GET {api}/burden": Probe(asks(), done, by_author=False),
        f"GET {api}/burden/forms": Probe(asks(), listed, by_author=False),
        f"POST {api}/burden/forms": Probe(over(**form), done, by_author=False),
        f"POST {api}/burden/forms/{{id}}/withdraw": Probe(sends("asked_form"), reached, by_author=False),
        f"POST {api}/burden/suspend": Probe(over(reason="减负"), done, by_author=False),
        f"POST {api}/burden/resume": Probe(over(), done, by_author=False),
        f"GET {api}/sampling/records": Probe(asks(), drawn, by_author=False),
        f"POST {api}/sampling/records": Probe(
            lambda w, s, r: Asked(
                {}, body={"id": str(s.id("draw")), "area": s.area, "n": 1, "first": str(DAY), "last": str(DAY)}
            ),
            done, by_author=False,
        ),
        f"POST {api}/sampling/records/{{id}}/recall": Probe(
            lambda w, s, r: Asked({"id": s.id("draw")}, body={"record": str(s.id("recalled")), "result": "agrees"}),
            done, by_author=False,
        ),
        f"POST {api}/sampling/records/{{id}}/undo": Probe(
            lambda w, s, r: Asked({"id": s.id("draw")}, body={"taken": str(s.id("recall"))}),
            reached, by_author=False,
        ),
        f"GET {api}/inspections/undone": Probe(asks(), done, by_author=False),
        f"GET {api}/sampling/sites": Probe(asks(), done, by_author=False),
        f"POST {api}/sampling/sites": Probe(
            lambda w, s, r: Asked({}, body={"id": str(s.id("draw")), "area": s.area, "n": 1, "day": _TOMORROW}),
            done, by_author=False,
        ),
    }  # fmt: skip
