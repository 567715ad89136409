"""How each route is asked for the things of one place, and how one sees that it gave or changed them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

from lianfang.access.matrix import matrix
from lianfang.capabilities.tasks.facts import task_id
from tests.access import work
from tests.access.attachment_probes import attachment_probes
from tests.access.bed_probes import bed_probes
from tests.access.burden_probes import burden_probes
from tests.access.case_probes import case_probes
from tests.access.command_probes import command_probes
from tests.access.contact_probes import contact_probes
from tests.access.errand_probes import errand_probes
from tests.access.find_probes import find_probes
from tests.access.finding_probes import finding_probes
from tests.access.gate_probes import gate_probes
from tests.access.hands_probes import hands_probes
from tests.access.isolation_probes import isolation_probes
from tests.access.issue_probes import issue_probes
from tests.access.library_probes import library_probes
from tests.access.list_probes import list_probes
from tests.access.made import NOON, OWN
from tests.access.place_probes import place_probes
from tests.access.plan_probes import plan_probes
from tests.access.press_probes import press_probes
from tests.access.production_probes import production_probes
from tests.access.screening_probes import screening_probes
from tests.access.signal_probes import signal_probes
from tests.access.stock_probes import stock_probes
from tests.access.triage_probes import triage_probes
from tests.access.world import AUTHOR, NOWHERE, ONE, Spot, World, a_fact, class_for, person

Answer = Any
"""Django's test response."""


class Asked(NamedTuple):
    """A request: what stands in the address for ``{…}``, the query, and the body."""

    parts: dict[str, object] = {}  # noqa: RUF012  # never written to
    query: dict[str, str] = {}  # noqa: RUF012
    body: Any = None
    content_type: str = "application/json"


class Probe(NamedTuple):
    """``asks(world, spot, role)`` is the request for what lies at a spot; ``given(answer, world, spot)`` whether the
    answer gives it or says that it was done. ``action`` decides in place of the route's, where the body does."""

    asks: Callable[[World, Spot, str], Asked]
    given: Callable[[Answer, World, Spot], bool]
    action: str | None = None
    by_author: bool = True
    """Whether a scope of one's own work tells the viewer's things from others'."""
    own_always: bool = False
    """Whether what one has sent oneself stays one's own wherever it was sent for."""


def done(answer: Answer, world: World, spot: Spot) -> bool:
    return answer.status_code in (200, 204)


def purpose(role: str) -> str:
    """A purpose that the role may name; any other for a role that may name none."""
    return next(iter(matrix().roles[role].purposes), "oversight")


def of_area(world: World, spot: Spot, role: str) -> Asked:
    return Asked({"code": spot.area}, {"metric": "confirmed_cum"})


def of_figure(world: World, spot: Spot, role: str) -> Asked:
    return Asked({"code": spot.area, "key": "households"})


def of_person(**body: Any) -> Callable[[World, Spot, str], Asked]:
    return lambda world, spot, role: Asked({"id": spot.id("person")}, body=body)


def with_purpose(**body: Any) -> Callable[[World, Spot, str], Asked]:
    return lambda world, spot, role: Asked({"id": spot.id("person")}, body={**body, "purpose": purpose(role)})


def listed(answer: Answer, world: World, spot: Spot) -> bool:
    return answer.status_code == 200 and str(spot.id("person")) in [one["id"] for one in answer.json()["people"]]


def _watched(answer: Answer, world: World, spot: Spot) -> bool:
    """Whether the line that was opened tells of what changes at the spot."""
    ranges = answer.sight.ranges.values() if answer.status_code == 200 else ()
    return any(first <= spot.area < after for first, after in ranges)


def _ids(answer: Answer) -> list[str]:
    return [one["id"] for one in answer.json()] if answer.status_code == 200 else []


def _text(world: World, spot: Spot, role: str) -> Asked:
    written = matrix().roles[role].rights.get("people.write")
    its = "counselling" if written and "counselling" in written.fields else "note"
    return Asked({"id": spot.id("person")}, body={"text_class": its, "text": "…"})


def _merge(world: World, spot: Spot, role: str) -> Asked:
    return Asked(body={"keep": str(spot.id("twin")), "other": str(spot.id("person"))})


def _glass(world: World, spot: Spot, role: str) -> Asked:
    body = {"purpose": purpose(role), "break_glass": {"reason": "taken ill in the street, name unknown"}}
    return Asked({"id": spot.id("person")}, body=body)


def _sheet(world: World, spot: Spot, role: str) -> Asked:
    query = {"area": spot.area, "data_class": class_for(role, "people.enter"), "basis": "consent"}
    return Asked(query=query, body=f"name\r\n{ONE['name']}\r\n".encode(), content_type="text/csv")


def _device(world: World, spot: Spot, role: str) -> Asked:
    body = {"title": "kiosk", "role": "checkpoint_staff", "area": spot.area, "post": "p-2"}
    return Asked(body=body)


def _fact(world: World, spot: Spot, role: str) -> Asked:
    fact = a_fact(spot).model_dump(mode="json", exclude={"author", "device"})
    return Asked(body=[fact])


def _fact_read(answer: Answer, world: World, spot: Spot) -> bool:
    facts = answer.json()["facts"] if answer.status_code == 200 else []
    return any(one["fact"]["area"] == spot.area and one["fact"]["kind"] == "bulletin.received" for one in facts)


def _named(answer: Answer, what: str, key: str, value: object) -> bool:
    return answer.status_code == 200 and str(value) in [str(one[key]) for one in answer.json()[what]]


def _task(spot: Spot, rule: str = "arrival.hand_over") -> dict[str, str]:
    """A task that nobody has."""
    return {"id": str(task_id(rule, spot.id(work.FREE))), "of": str(spot.id(work.FREE))}


def _about(spot: Spot, rule: str, **body: str) -> Asked:
    task = _task(spot, rule)
    return Asked({"id": task["id"]}, body={"of": task["of"], **body})


PROBES: dict[str, Probe] = {
    "GET /api/v1/areas": Probe(
        of_area, lambda a, w, s: a.status_code == 200 and s.area in [one["code"] for one in a.json()], by_author=False
    ),
    "GET /api/v1/areas/{code}/situation": Probe(of_area, done, by_author=False),
    "GET /api/v1/areas/{code}/history": Probe(
        of_area, lambda a, w, s: a.status_code == 200 and a.json() != [], by_author=False
    ),
    "GET /api/v1/areas/{code}/bulletin": Probe(of_area, done, by_author=False),
    "GET /api/v1/areas/{code}/indicators": Probe(of_area, done, by_author=False),
    "GET /api/v1/areas/{code}/indicators/{key}/days": Probe(of_figure, done, by_author=False),
    "GET /api/v1/areas/{code}/indicators/{key}/facts": Probe(of_figure, done, by_author=False),
    "POST /api/v1/facts": Probe(
        _fact, lambda a, w, s: a.status_code == 200 and a.json()["appended"] != [], "bulletins.receive", by_author=False
    ),
    "GET /api/v1/facts": Probe(lambda w, s, r: Asked(), _fact_read, by_author=False),
    "GET /api/v1/facts/aside": Probe(
        lambda w, s, r: Asked(),
        lambda a, w, s: _named(a, "asides", "number", w.asides.get(s, 2**40)),
        own_always=True,
    ),
    "GET /api/v1/facts/aside/{number}": Probe(
        lambda w, s, r: Asked({"number": w.asides.get(s, 2**40)}, {"purpose": purpose(r)}), done, own_always=True
    ),
    "POST /api/v1/facts/aside/{number}/resolve": Probe(
        lambda w, s, r: Asked({"number": w.asides.get(s, 2**40)}, body={"end": "discarded", "why": "mistaken"}),
        done,
        own_always=True,
    ),
    "GET /api/v1/accounts": Probe(lambda w, s, r: Asked(), lambda a, w, s: str(w.accounts[s]) in _ids(a)),
    "GET /api/v1/accounts/acts": Probe(
        lambda w, s, r: Asked(), lambda a, w, s: _named(a, "acts", "target", w.accounts.get(s, s.id("a")))
    ),
    "POST /api/v1/accounts": Probe(
        lambda w, s, r: Asked(body={"username": "new.one", "display_name": "New", "area": s.area}), done
    ),
    "PATCH /api/v1/accounts/{id}": Probe(
        lambda w, s, r: Asked({"id": w.accounts.get(s, s.id("a"))}, body={"display_name": "Other"}), done
    ),
    "POST /api/v1/accounts/{id}/link": Probe(
        lambda w, s, r: Asked({"id": w.accounts.get(s, s.id("a"))}, body={"second_factor": False}), done
    ),
    "POST /api/v1/accounts/{id}/sign-out": Probe(lambda w, s, r: Asked({"id": w.accounts.get(s, s.id("a"))}), done),
    "POST /api/v1/accounts/{id}/appointments": Probe(
        lambda w, s, r: Asked({"id": w.accounts.get(s, s.id("a"))}, body={"role": "inspector", "area": OWN}), done
    ),
    "DELETE /api/v1/appointments/{id}": Probe(lambda w, s, r: Asked({"id": w.appointments.get(s, s.id("a"))}), done),
    "GET /api/v1/devices": Probe(lambda w, s, r: Asked(), lambda a, w, s: str(w.devices[s]) in _ids(a)),
    "POST /api/v1/devices": Probe(_device, done),
    "POST /api/v1/devices/{id}/revoke": Probe(lambda w, s, r: Asked({"id": w.devices.get(s, s.id("a"))}), done),
    "POST /api/v1/people": Probe(
        lambda w, s, r: Asked(body={"people": [{**person(s, "new", class_for(r, "people.enter")), "documents": []}]}),
        lambda a, w, s: a.status_code == 200 and a.json()["entered"] == 1,
    ),
    "POST /api/v1/people/import": Probe(
        _sheet, lambda a, w, s: a.status_code == 200 and a.json()["entered"] == 1, by_author=False
    ),
    "POST /api/v1/people/find": Probe(
        lambda w, s, r: Asked(body={"document": str(ONE["documents"][0]["number"]), "purpose": purpose(r)}), listed
    ),
    "POST /api/v1/people/list": Probe(lambda w, s, r: Asked(body={"purpose": purpose(r)}), listed),
    "POST /api/v1/people/{id}/card": Probe(with_purpose(), done),
    "POST /api/v1/people/{id}/card (break glass)": Probe(_glass, done, "people.break_glass"),
    "PUT /api/v1/people/{id}": Probe(with_purpose(name="欧阳更正"), done),
    "POST /api/v1/people/{id}/holdings": Probe(
        lambda w, s, r: Asked(
            {"id": s.id("person")}, body={"area": OWN, "data_class": class_for(r, "people.hold"), "since": "2020-01-28"}
        ),
        done,
    ),
    "POST /api/v1/people/{id}/holdings/{hid}/end": Probe(
        lambda w, s, r: Asked(
            {"id": s.id("person"), "hid": w.holdings.get((s, class_for(r, "people.hold")), s.id("h"))},
            body={"ends": f"{NOON:%Y-%m-%d}"},
        ),
        done,
    ),
    "POST /api/v1/people/{id}/texts": Probe(_text, done),
    "POST /api/v1/people/merge": Probe(_merge, done),
    "POST /api/v1/people/{id}/erase": Probe(  # keys are gone for good, whatever is taken back
        lambda w, s, r: Asked(
            {"id": s.id("condemned")}, body={"reason_code": "subject_request", "basis": "subject_request"}
        ),
        done,
    ),
    "POST /api/v1/people/{id}/own-code": Probe(of_person(), done),
    "GET /api/v1/people/{id}/looks": Probe(of_person(), done),
    "GET /api/v1/looks": Probe(
        lambda w, s, r: Asked(query={"only": "break_glass"}),
        lambda a, w, s: a.status_code == 200 and str(w.glasses[s]) in [one["fact"] for one in a.json()["broken"]],
    ),
    "POST /api/v1/looks/{fact}/review": Probe(
        lambda w, s, r: Asked({"fact": w.glasses.get(s, s.id("g"))}, body={"outcome": "justified"}), done
    ),
    "POST /api/v1/looks/{fact}/reason": Probe(
        lambda w, s, r: Asked({"fact": w.glasses.get(s, s.id("g"))}, body={"purpose": purpose(r)}), done
    ),
    "GET /api/v1/live": Probe(lambda w, s, r: Asked(), _watched, by_author=False),
    "GET /api/v1/tasks": Probe(
        lambda w, s, r: Asked(query={"rule": work.rule_of(r)}),
        lambda a, w, s: _named(a, "tasks", "of", s.id(work.ASSIGNED)),
    ),
    "GET /api/v1/tasks/assignees": Probe(
        lambda w, s, r: Asked(query={"rule": "arrival.hand_over", "area": s.area}),
        lambda a, w, s: a.status_code == 200 and str(w.accounts[s]) in [one["code"] for one in a.json()],
        by_author=False,
    ),
    "POST /api/v1/tasks/assign": Probe(
        lambda w, s, r: Asked(body={"tasks": [_task(s)], "to": str(w.accounts[s])}), done, by_author=False
    ),
    "POST /api/v1/tasks/hand-over": Probe(
        lambda w, s, r: Asked(body={"giver": work.giver(s), "to": str(w.accounts[s]), "area": s.area}),
        lambda a, w, s: a.status_code == 200 and a.json()["changed"] != [],
        by_author=False,
    ),
    "POST /api/v1/tasks/{id}/assign": Probe(
        lambda w, s, r: Asked(
            {"id": _task(s)["id"]}, body={"of": _task(s)["of"], "to": str(w.accounts.get(s, s.id("a")))}
        ),
        done,
        by_author=False,
    ),
    "POST /api/v1/tasks/{id}/acknowledge": Probe(lambda w, s, r: _about(s, work.rule_of(r)), done, by_author=False),
    "POST /api/v1/tasks/{id}/attempt": Probe(
        lambda w, s, r: _about(s, work.rule_of(r), outcome="not_found"), done, by_author=False
    ),
    "POST /api/v1/tasks/{id}/done": Probe(
        lambda w, s, r: _about(s, work.by_hand(r)),
        lambda a, w, s: done(a, w, s) or (a.status_code == 422 and "by_record" in a.content.decode()),
        by_author=False,
    ),
    "GET /api/v1/flights": Probe(
        lambda w, s, r: Asked(), lambda a, w, s: _named(a, "flights", "id", s.id("flight")), by_author=False
    ),
    "POST /api/v1/flights": Probe(
        lambda w, s, r: Asked(body={"area": s.area, "route": ["岘港", "广州"], "seats": 3}), done, by_author=False
    ),
    "POST /api/v1/stranded/list": Probe(
        lambda w, s, r: Asked(), lambda a, w, s: _named(a, "stranded", "person", work.whose(s))
    ),
    "POST /api/v1/stranded": Probe(
        lambda w, s, r: Asked(body={"area": s.area, "person": str(s.id("twin")), "place": "岘港"}),
        done,
        by_author=False,
    ),
    "POST /api/v1/stranded/estimate": Probe(
        lambda w, s, r: Asked(body={"area": s.area, "place": "岘港", "people": 400, "about": True}),
        done,
        by_author=False,
    ),
    "GET /api/v1/stranded/seating": Probe(
        lambda w, s, r: Asked(),
        lambda a, w, s: a.status_code == 200 and str(work.whose(s)) in a.content.decode(),
        by_author=False,
    ),
    "POST /api/v1/stranded/seating/confirm": Probe(
        lambda w, s, r: Asked(body={"id": str(uuid4()), "area": s.area, "digest": "looked at long ago"}),
        # Held against what would be proposed now: it was somebody who may.
        lambda a, w, s: a.status_code in (200, 409),
        by_author=False,
    ),
    "POST /api/v1/flights/{id}/landed": Probe(
        lambda w, s, r: Asked({"id": s.id("flight")}, body={"arrived": NOON.isoformat()}), done, by_author=False
    ),
    "POST /api/v1/stranded/{person}/seat": Probe(
        lambda w, s, r: Asked({"person": work.whose(s)}, body={"seat": "declined"}), done, by_author=False
    ),
    "POST /api/v1/help/list": Probe(lambda w, s, r: Asked(), lambda a, w, s: _named(a, "calls", "id", s.id("call"))),
    "POST /api/v1/help": Probe(
        lambda w, s, r: Asked(body={"area": s.area, "person": str(s.id("twin")), "place": "岘港"}),
        done,
        by_author=False,
    ),
    "POST /api/v1/help/{id}/answer": Probe(
        lambda w, s, r: Asked({"id": s.id("call")}, body={"state": "taken_up"}), done, by_author=False
    ),
    "POST /api/v1/arrivals/import": Probe(
        lambda w, s, r: Asked(body=work.manifest(s)),
        lambda a, w, s: a.status_code == 200 and a.json()["listed"] != {},
        by_author=False,
    ),
    "POST /api/v1/arrivals/list": Probe(
        lambda w, s, r: Asked(), lambda a, w, s: _named(a, "arrivals", "id", s.id("arrival")), by_author=False
    ),
    "GET /api/v1/arrivals/{id}": Probe(lambda w, s, r: Asked({"id": s.id("arrival")}), done, by_author=False),
    "POST /api/v1/arrivals/{id}/acknowledge": Probe(
        lambda w, s, r: Asked({"id": s.id("arrival")}, body={"by_unit": "u-1"}), done, by_author=False
    ),
    "POST /api/v1/arrivals/{id}/measure": Probe(
        lambda w, s, r: Asked({"id": s.id("key")}, body=work.slot_of_yesterday()), done, by_author=False
    ),
    "POST /api/v1/arrivals/{id}/supply": Probe(
        lambda w, s, r: Asked({"id": s.id("key")}, body={"item": "m-1"}), done, by_author=False
    ),
    "POST /api/v1/arrivals/{id}/correct": Probe(
        lambda w, s, r: Asked({"id": s.id("arrival")}, body={"number": "X1"}), done, by_author=False
    ),
    "POST /api/v1/arrivals/{id}/retract": Probe(
        lambda w, s, r: Asked(
            {"id": s.id("arrival")}, body={"fact": str(s.id("arrival's listing")), "why": "mistaken"}
        ),
        done,
        by_author=False,
    ),
}
"""By route; a second probe of a route has a word in brackets after it."""
PROBES |= case_probes()
PROBES |= contact_probes()
PROBES |= gate_probes() | hands_probes() | screening_probes()
PROBES |= isolation_probes() | errand_probes() | issue_probes() | plan_probes() | command_probes()
PROBES |= stock_probes() | production_probes()
PROBES |= triage_probes()
PROBES |= library_probes() | press_probes()
PROBES |= bed_probes() | burden_probes() | finding_probes()
PROBES |= list_probes() | attachment_probes() | signal_probes() | place_probes() | find_probes()


def route_of(name: str) -> str:
    return name.partition(" (")[0]


__all__ = ["AUTHOR", "NOWHERE", "PROBES", "Asked", "Probe", "route_of"]
