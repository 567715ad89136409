"""Every class of personal data × role: what a role may not see is in no answer, what it may not write is not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lianfang.access.matrix import Sight, can, data_classes, fields, matrix, roles, routes, shape
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.app.database import Database
from lianfang.capabilities.tasks.rules import Obligation, policy
from lianfang.identity import masks, service
from lianfang.identity.models import Holding
from tests.access.asking import ask
from tests.access.counted import TRIED
from tests.access.made import DAILY, NOON, OWN, ROLES, viewer
from tests.access.probes import PROBES, Asked, purpose, route_of
from tests.access.routes import served
from tests.access.world import ALSO, AUTHOR, Spot, World, class_for, hold, make
from tests.daily import some_of
from tests.record.trial.obligations import TOLD

NAME, DOCUMENT, PHONE = "钱塘江畔", "K98765432", "13987654321"
ADDRESS, BORN = "翠湖南路二百零八号", "1961-11-23"
NOTE, COUNSEL = "笔记里的金丝雀", "倾诉里的金丝雀"
FULL = {
    "name": NAME,
    "document": DOCUMENT,
    "phone": PHONE,
    "address": ADDRESS,
    "birth_date": BORN,
    "health": '"case"',
    "text": NOTE,
    "counselling": COUNSEL,
}
"""What betrays a class when it stands in an answer."""
MASKED = {
    "name": masks.name(NAME),
    "document": masks.number("document", DOCUMENT),
    "phone": masks.number("phone", PHONE),
}
SPOT = Spot(OWN, AUTHOR)
WITH_TEXTS = ("people.see", "people.break_glass")


class Sheet(NamedTuple):
    """A way in which a role may see the person; ``as`` the action whose classes are shown."""

    route: str
    asked: Asked
    action: str


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)


@pytest.fixture(autouse=True)
def nothing_left_to_do() -> Iterator[None]:
    """What a world has to be done ends with its test."""
    yield
    TOLD.clear()


@pytest.fixture
def person(database: Database) -> UUID:
    """Somebody of whom everything is held: a traveller who became a case, in the viewers' division, entered by them."""
    id, author = uuid4(), viewer("epidemiologist")
    sent = {
        "id": str(id),
        "name": NAME,
        "birth_date": BORN,
        "documents": [{"kind": "passport", "number": DOCUMENT, "country": "CHN"}],
        "phones": [PHONE],
        "address": ADDRESS,
        "area": OWN,
        "data_class": "screening",
    }
    assert service.enter(author, [(1, sent)], now=NOON).entered == 1
    service.hold(author, id, {"area": OWN, "data_class": "case"}, now=NOON)
    with seeing_all():
        for data_class in ALSO:
            hold(id, OWN, AUTHOR, data_class)
    service.write(author, id, "note", NOTE, now=NOON)
    counsellor = viewer("counsellor")
    service.write(counsellor, id, "counselling", COUNSEL, now=NOON)
    return id


def ways(role: str, id: UUID) -> list[Sheet]:
    """Every answer that may name the person."""
    of, part = {"purpose": purpose(role)}, {"id": id}
    glass = {**of, "break_glass": {"reason": "unconscious on arrival, nobody knows who it is"}}
    return [
        Sheet("POST /api/v1/people/list", Asked(body=of), "people.list"),
        Sheet("POST /api/v1/people/find", Asked(body={**of, "document": DOCUMENT}), "people.find"),
        Sheet("POST /api/v1/people/find", Asked(body={**of, "phone": PHONE}), "people.find"),
        Sheet("POST /api/v1/people/find", Asked(body={**of, "name": NAME, "birth_date": BORN}), "people.find"),
        Sheet("POST /api/v1/people/{id}/card", Asked(part, body=of), "people.see"),
        Sheet("POST /api/v1/people/{id}/card", Asked(part, body=glass), "people.break_glass"),
        Sheet("POST /api/v1/people/export", Asked(body={**of, "form": "named"}), "people.export"),
        Sheet("POST /api/v1/people/export", Asked(body={**of, "form": "pseudonymised"}), "pseudonyms"),
        Sheet("GET /api/v1/mine", Asked(), "own.read"),
    ]


def sights(who: Viewer, action: str) -> dict[str, Sight]:
    """The classes that the matrix lets an answer show. Lists show no texts; the own page shows the own statements."""
    if action == "pseudonyms":
        return {"health": Sight.FULL} if "health" in fields(who, "people.export") else {}
    texts = ("text", "counselling")
    return {name: s for name, s in fields(who, action).items() if name not in texts or action in WITH_TEXTS}


def said(answer: Any) -> str:
    """All that an answer says, escapes undone; of a picture, its bytes as if they were letters."""
    body: str = b"".join(answer).decode(errors="replace")
    if "json" in answer.get("Content-Type", "") and body:
        body += json.dumps(json.loads(body), ensure_ascii=False)
    return body


def faults(text: str, allowed: dict[str, Sight]) -> list[str]:
    """What an answer shows that it may not."""
    return [name for name, value in FULL.items() if value in text and allowed.get(name) is not Sight.FULL]


@pytest.mark.parametrize("role", ROLES)
def test_bar_28_no_answer_shows_a_class_that_the_role_may_not_see(person: UUID, client: Client, role: str) -> None:
    who, wrong = viewer(role, subject=person), []
    for route, asked, action in ways(role, person):
        answer = ask(client, who, route, asked)
        text, allowed = said(answer), sights(who, action)
        wrong += [f"{route} {action}: {name} shown" for name in faults(text, allowed)]
        seen = answer.status_code == 200 and (action == "own.read" or str(person) in text or NAME in text)
        for name, sight in allowed.items() if seen and action != "pseudonyms" else ():
            betrays = FULL if sight is Sight.FULL else MASKED
            if (action, name) == ("people.export", "health"):
                continue  # a file tells of the latest reason alone
            if betrays[name].strip('"') not in text:
                wrong.append(f"{route} {action}: {name} is not shown {sight}: {text[:120]}")
        TRIED["bar 28, role × class × way to read"] += len(FULL)
        may = action not in ("pseudonyms",) and can(who, action) and roles()[role].rights[action].scope != "aggregate"
        if may and not seen and not (action == "people.export" and "name" not in allowed):
            wrong.append(f"{route} {action}: not shown at all: {answer.status_code} {text[:120]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "some", [sorted(DAILY), pytest.param(sorted(set(ROLES) - DAILY), marks=pytest.mark.long)], ids=["daily", "others"]
)
def test_bar_28_no_other_route_shows_anything_of_a_person(person: UUID, some: list[str]) -> None:
    """The record, reports of looks, accounts, errors: whoever asks, no name. By day two roles ask each route. What is
    asked is taken back, so that one world does for all roles."""
    world, wrong = make(), []
    names = [*PROBES, *(route for route in routes() if route not in {route_of(probe) for probe in PROBES})]
    for role in some:
        drawn = [name for name in names if role in some_of(some, 2, name)]
        wrong += [f"{role}, {one}" for one in shown_elsewhere(world, person, role, drawn)]
    assert not wrong, "\n".join(wrong)


def shown_elsewhere(world: World, person: UUID, role: str, names: list[str]) -> Iterator[str]:
    """Where a route of these that is not for seeing the person shows something of them."""
    client = Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)
    who, named = viewer(role, subject=person), {sheet.route for sheet in ways(role, person)}
    for name in names:
        route = route_of(name)
        if route not in named and f"{route.partition(' ')[0]} {shape(route.partition(' ')[2])}" in served():
            asked = PROBES[name].asks(world, SPOT, role) if name in PROBES else Asked()
            parts = {**asked.parts, **({"id": person} if "/people/{id}" in route else {})}
            text = said(ask(client, who, name, asked._replace(parts=parts)))
            TRIED["bar 28, role × class × way to read"] += len(FULL)
            yield from (f"{name}: {found}" for found in faults(text, {"health": Sight.FULL}))


WRITING: dict[str, dict[str, Any]] = {
    "name": {"name": "张三"},
    "document": {"name": "张三", "documents": [{"kind": "passport", "number": "G11112222", "country": "CHN"}]},
    "phone": {"name": "张三", "phones": ["13700001111"]},
    "address": {"name": "张三", "address": "人民东路一号"},
    "birth_date": {"name": "张三", "birth_date": "1990-02-03"},
}


@pytest.mark.parametrize("role", ROLES)
def test_bar_28_a_role_writes_only_its_classes(person: UUID, client: Client, role: str) -> None:
    who, wrong = viewer(role), []

    def tried(name: str, action: str, route: str, asked: Asked, taken: bool) -> None:
        """``taken`` tells whether the answer says that it was written."""
        TRIED["bar 28, role × class × way to write"] += 1
        may = fields(who, action).get(name) is Sight.FULL
        if taken != may:
            wrong.append(f"{route}: {name} {'taken' if taken else 'refused'}")

    for name, sent in WRITING.items():
        entered = {**sent, "area": OWN, "data_class": class_for(role, "people.enter")}
        asked = Asked(body={"people": [entered]})
        answer = ask(client, who, "POST /api/v1/people", asked)
        tried(name, "people.enter", "POST /people", asked, answer.status_code == 200 and answer.json()["entered"] == 1)
        changed = {k: v for k, v in sent.items() if k == "name" or name != "name"}
        if name != "name":
            changed.pop("name")
        asked = Asked({"id": person}, body={**changed, "purpose": purpose(role)})
        answer = ask(client, who, "PUT /api/v1/people/{id}", asked)
        tried(name, "people.amend", "PUT /people/{id}", asked, answer.status_code == 200)
        assert not faults(said(answer), {}), "an answer to who writes tells what is held"
    sick = {"name": "张三", "area": OWN, "data_class": "case"}
    answer = ask(client, who, "POST /api/v1/people", Asked(body={"people": [sick]}))
    taken = answer.status_code == 200 and answer.json()["entered"] == 1
    tried("health", "people.enter", "POST /people as a case", Asked(), taken)
    held = Asked({"id": person}, body={"area": OWN, "data_class": "contact"})
    answer = ask(client, who, "POST /api/v1/people/{id}/holdings", held)
    tried("health", "people.hold", "POST holdings as a contact", held, answer.status_code == 200)
    for name, its in (("text", "note"), ("counselling", "counselling")):
        asked = Asked({"id": person}, body={"text_class": its, "text": "…"})
        answer = ask(client, who, "POST /api/v1/people/{id}/texts", asked)
        tried(name, "people.write", "POST texts", asked, answer.status_code == 200)
    assert not wrong, "\n".join(wrong)


def test_bar_28_a_conflict_tells_nothing_of_what_is_held(person: UUID, client: Client) -> None:
    """Somebody else's id sent with other content is refused without a word of the person."""
    for role in ("grid_worker", "checkpoint_staff", "epidemiologist"):
        sent = {"id": str(person), "name": "张三", "area": OWN, "data_class": "screening"}
        answer = ask(client, viewer(role), "POST /api/v1/people", Asked(body={"people": [sent]}))
        assert answer.status_code == 200 and answer.json()["entered"] == 0
        assert faults(said(answer), {}) == []


def test_bar_28_who_may_not_see_health_does_not_learn_of_a_case_from_a_list(person: UUID, client: Client) -> None:
    """Held as a case alone, the person is not in the list, the total or the card of a role without health."""
    with seeing_all():
        Holding.objects.filter(subject=person).exclude(data_class="case").delete()
    for role in ROLES:
        who = viewer(role)
        if can(who, "people.list") and "case" not in data_classes(who, "people.list"):
            listed = ask(client, who, "POST /api/v1/people/list", Asked(body={"purpose": purpose(role)})).json()
            assert (listed["people"], listed["total"]) == ([], 0), role
            card = ask(
                client, who, "POST /api/v1/people/{id}/card", Asked({"id": person}, body={"purpose": purpose(role)})
            )
            assert card.status_code in (403, 404), role


@pytest.fixture
def charged(person: UUID) -> Iterator[list[Obligation]]:
    """Every rule asks for something about somebody who is held as a case alone, and nobody was given it."""
    with seeing_all():
        Holding.objects.filter(subject=person).exclude(data_class="case").delete()
    begins, due = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    TOLD[:] = [Obligation(rule, uuid4(), OWN, begins, due, person=person, author=AUTHOR) for rule in policy().rules]
    yield list(TOLD)


@pytest.mark.parametrize("role", ROLES)
def test_bar_28_whom_a_task_is_about_is_shown_as_the_role_meets_people_or_is_charged_with_them(
    charged: list[Obligation], client: Client, role: str
) -> None:
    who = viewer(role)
    meets = can(who, "people.list") and "case" in data_classes(who, "people.list")
    allowed = sights(who, "people.list" if meets else "people.charged")
    body = {"tasks": [{"id": str(one.task), "of": str(one.subject)} for one in charged], "purpose": purpose(role)}
    answer = ask(client, who, "POST /api/v1/tasks/people", Asked(body=body))
    text = said(answer)
    TRIED["bar 28, role × class × way to read"] += len(FULL)
    assert faults(text, allowed) == []
    if role == "grid_worker":
        assert allowed and all(FULL[name] in text for name in allowed)
    assert '"holdings":[{' not in text.replace(" ", "") or meets


def test_a_reason_added_to_anothers_entry_does_not_make_it_ones_own(person: UUID, client: Client) -> None:
    """Whoever works on the own entries alone cannot hold another's, and would see nothing of them if he did."""
    for role in ROLES:
        who = viewer(role, author="author-3")
        right = roles()[role].rights.get("people.see")
        if right is None or right.scope != "own":
            continue
        held = Asked({"id": person}, body={"area": OWN, "data_class": class_for(role, "people.hold")})
        assert ask(client, who, "POST /api/v1/people/{id}/holdings", held).status_code == 404, role
        with seeing_all():
            hold(person, OWN, "author-3", class_for(role, "people.see"))
        card = Asked({"id": person}, body={"purpose": purpose(role)})
        assert ask(client, who, "POST /api/v1/people/{id}/card", card).status_code == 404, role
        listed = ask(client, who, "POST /api/v1/people/list", Asked(body=card.body)).json()
        assert (listed["people"], listed["total"]) == ([], 0), role


def test_a_laboratory_finds_the_sick_and_is_not_told_why_they_are_held(person: UUID, client: Client) -> None:
    with seeing_all():
        Holding.objects.filter(subject=person).exclude(data_class="case").delete()
    asked = Asked(body={"document": DOCUMENT, "purpose": purpose("laboratory")})
    found = ask(client, viewer("laboratory"), "POST /api/v1/people/find", asked).json()["people"]
    assert [(one["id"], one["holdings"]) for one in found] == [(str(person), [])]
    assert found[0]["fields"]["name"] == NAME


def test_sums_are_of_every_class_and_a_class_that_is_not_met_is_refused(person: UUID, client: Client) -> None:
    """No total is untrue: who sees sums gets them all, who does not meet a class is told so."""
    for data_class in ("case", "screening", "counselling"):
        asked = Asked(body={"data_class": data_class, "purpose": purpose("duty_officer")})
        sums = ask(client, viewer("duty_officer"), "POST /api/v1/people/list", asked).json()
        assert (sums["people"], sums["total"]) == ([], 1), data_class
    asked = Asked(body={"data_class": "case", "purpose": purpose("grid_worker")})
    refused = ask(client, viewer("grid_worker"), "POST /api/v1/people/list", asked)
    assert refused.status_code == 422 and "delivery, returnee, screening" in refused.json()["errors"][0]["en"]


def test_only_who_sees_names_sees_what_was_set_aside(database: Database, client: Client) -> None:
    for role, one in roles().items():
        if "facts.aside_see" in one.rights:
            assert one.rights["people.see"].fields["name"] is Sight.FULL, role
    assert not can(viewer("duty_officer"), "facts.aside_see")
    assert can(viewer("duty_officer"), "facts.aside")


def test_only_who_sees_all_gives_the_code_of_an_own_page() -> None:
    """The own page shows everything in full: its code in the hands of who sees masks would be a way around them."""
    opened = set(roles()["resident"].rights["own.read"].fields) - {"text"}
    for role, one in roles().items():
        if "people.invite" in one.rights:
            seen = {name for name, sight in one.rights["people.see"].fields.items() if sight is Sight.FULL}
            assert opened <= seen, role


def test_every_class_is_tried() -> None:
    assert set(FULL) == set(matrix().field_classes) == {*WRITING, "health", "text", "counselling"}
