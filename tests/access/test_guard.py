"""The guard: closed where the matrix is silent, plain in its reasons, and judge of every fact of a batch."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from lianfang.access.guard import Guard, may_append, may_send, template
from lianfang.access.matrix import (
    MatrixError,
    Scope,
    actions,
    can,
    kinds,
    matrix,
    operator,
    packaged,
    parse,
    purposes,
    readable_kinds,
    roles,
    scope,
)
from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.capabilities.isolation.facts import StationOpened
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import FOREIGN, NOON, OWN, ROLES, received, signed_in, viewer

FACTS = "/api/v1/facts"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)


def passed(route: str, who: Viewer, method: str = "GET", **headers: str) -> HttpResponse | None:
    request = RequestFactory().generic(method, "/", headers=headers)
    request.viewer = who
    request.resolver_match = ResolverMatch(lambda request: None, (), {}, route=route)
    return Guard(lambda request: HttpResponse()).process_view(request, None, (), {})


def test_a_route_that_the_matrix_lacks_is_closed_to_everybody() -> None:
    for role in ROLES:
        assert passed("api/v1/unheard-of", viewer(role)).status_code == 403
    assert passed("api/v1/unheard-of", operator()).status_code == 403


def test_another_method_of_a_known_route_is_told_with_those_there_are() -> None:
    answer = passed("api/v1/facts", viewer("duty_officer"), "TRACE")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
    assert passed("api/v1/facts", viewer("duty_officer"), "HEAD") is None


def test_a_refusal_says_why_in_the_language_asked_for() -> None:
    refused = passed("api/v1/accounts", viewer("grid_worker"), headers=None) or HttpResponse()
    assert "网格员" in orjson.loads(refused.content)["detail"]
    english = passed("api/v1/accounts", viewer("grid_worker"), **{"Accept-Language": "en-GB,en"})
    assert (
        orjson.loads(english.content)["detail"]
        == "The role “grid worker” does not allow: manage accounts and appointments."
    )
    assert english["Content-Type"] == "application/problem+json"


def test_nobody_is_asked_to_sign_in_and_somebody_is_refused() -> None:
    assert passed("api/v1/accounts", viewer("public")).status_code == 401
    assert passed("api/v1/accounts", viewer("auditor")).status_code == 403
    assert passed("api/v1/accounts", viewer("administrator")) is None


def test_a_role_that_there_is_not_may_nothing() -> None:
    made_up = Viewer("author-1", "device-1", "emperor", "100000", "", chr(0x10FFFF))
    assert actions(made_up) == [] and readable_kinds(made_up) == frozenset()
    assert passed("api/v1/session", made_up).status_code == 403


def test_a_role_or_area_named_by_the_request_changes_nothing(database: Database, client: Client) -> None:
    forged = {"X-Role": "epidemiologist", "X-Viewer": "operator", "X-Area": "100000"}
    with signed_in(viewer("grid_worker")):
        answer = client.get("/api/v1/areas?role=duty_officer&area=100000", headers=forged)
    assert answer.status_code == 403
    assert client.get("/api/v1/areas", headers=forged).status_code == 401


@pytest.mark.parametrize(("route", "shown"), [("", "/"), ("api/v1/a/<uuid:id>/b/<x>", "/api/v1/a/{id}/b/{x}")])
def test_a_route_of_django_as_the_matrix_writes_it(route: str, shown: str) -> None:
    assert template(route) == shown


@pytest.mark.parametrize("role", [*ROLES, "operator"])
def test_bar_27_every_kind_is_judged_by_role_and_division(role: str) -> None:
    who = operator() if role == "operator" else viewer(role)
    judge = may_append(who)
    for name, kind in kinds().items():
        right = roles()[role].rights.get(kind.append)
        for area in (OWN, FOREIGN):
            fact = received(area).model_copy(update={"kind": name})
            allowed = right is not None and (right.scope == "all" or (right.scope == "subtree" and area == OWN))
            assert (judge(fact) is None) == allowed, (name, area, judge(fact))
    assert "not in the table" in str(judge(received(OWN).model_copy(update={"kind": "made.up"})))


@pytest.mark.parametrize("role", ROLES)
def test_bar_27_facts_are_read_by_who_sees_rows(role: str) -> None:
    """Whoever sees sums, or the own work alone, gets no fact: each would be a row of somebody."""
    who = viewer(role)
    for name in readable_kinds(who):
        assert scope(who, kinds()[name].read) in (Scope.SUBTREE, Scope.ALL), name
    if scope(who, "cases.read") in (Scope.AGGREGATE, Scope.OWN, Scope.NONE):
        assert not {"case.reported", "record.retracted"} & readable_kinds(who)


def test_nobody_goes_on_with_what_another_division_has_on_record(database: Database) -> None:
    """However early the other says that it was: else whoever knows an id could take a station over, or a fact back."""
    duties = dict.fromkeys(("lead", "clinician", "disinfection", "logistics"), "author-1")
    told = StationOpened(name="一号点", town=OWN, capacity=10, **duties)
    first = Fact.of(told, id=log.new_id(), subject=uuid4(), area=OWN, observed_at=NOON)
    log.append([first], principal=viewer("duty_officer").principal)
    theirs = may_send(viewer("county_duty_officer", FOREIGN))
    over = first.model_copy(update={"id": log.new_id(), "area": FOREIGN, "observed_at": NOON - timedelta(days=30)})
    corrected = first.model_copy(update={"id": log.new_id(), "area": FOREIGN, "corrects": first.id})
    assert all("have it handed over" in str(told) for told in theirs([over, corrected]))
    ours = may_send(viewer("county_duty_officer"))
    again = first.model_copy(update={"id": log.new_id()})
    new = over.model_copy(update={"subject": uuid4()})
    assert ours([first, again, again.model_copy(update={"corrects": first.id})]) == [None] * 3
    assert theirs([new]) == [None]


def test_facts_of_another_division_or_kind_are_set_aside(database: Database, client: Client) -> None:
    batch = [received(area).model_dump(mode="json", exclude={"author", "device"}) for area in (OWN, FOREIGN)]
    with signed_in(viewer("county_duty_officer")):
        told = client.post(FACTS, orjson.dumps(batch), content_type="application/json").json()
    assert [one["index"] for one in told["appended"]] == [0]
    assert [(one["index"], one["reason"]) for one in told["set_aside"]] == [(1, f"area: {FOREIGN} is not in {OWN}")]
    with signed_in(viewer("grid_worker")):
        told = client.post(FACTS, orjson.dumps(batch[:1]), content_type="application/json").json()
    assert "may not append bulletin.received" in told["set_aside"][0]["reason"]
    assert log.head().seq == 1


def test_the_table_is_answered_to_everybody(client: Client) -> None:
    with signed_in(viewer("public")):
        table = client.get("/api/v1/permissions").json()
    assert [role["id"] for role in table["roles"]] == list(roles())
    clinic = next(role for role in table["roles"] if role["id"] == "clinic_doctor")
    assert clinic["rights"]["people.find"]["fields"]["document"] == "masked"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"routes": {"GET /x": "no.such"}}, "route GET /x: there is no action no.such"),
        ({"kinds": {"a.b": {"append": "nobody", "read": "no.such"}}}, "kind a.b: there is no action no.such"),
        ({"everybody": {"may": {"page.read": "half"}}}, "everybody, page.read: half?"),
        ({"everybody": {"may": {"page.read": {"scope": "all", "full": ["shoe_size"]}}}}, "there is no class shoe_size"),
        ({"everybody": {"may": {"page.read": {"scope": "all", "blurred": ["name"]}}}}, "page.read: blurred?"),
    ],
)
def test_a_matrix_that_contradicts_itself_is_refused(change: dict[str, object], told: str) -> None:
    import tomllib

    from lianfang.access.matrix import HERE

    table = tomllib.loads((HERE / "matrix.toml").read_text(encoding="utf-8"))
    with pytest.raises(MatrixError) as error:
        parse({**table, **change}, {})
    assert told in str(error.value)


def test_needs_that_the_sources_name_are_kept() -> None:
    """What roles must never see, whatever else changes in the table."""
    table = packaged()
    health = {"grid_worker", "volunteer_coordinator", "volunteer", "laboratory", "inspector", "checkpoint_staff"}
    for name, role in table.roles.items():
        shown = {cls for right in role.rights.values() for cls in right.fields}
        if name in health | {"administrator", "auditor", "logistics_officer", "responding_department", "public"}:
            assert "health" not in shown and "counselling" not in shown, name
        if name in ("administrator", "logistics_officer", "responding_department", "public", "operator"):
            seeing = {"people.find", "people.list", "people.see", "people.export", "people.break_glass"}
            assert not seeing & role.rights.keys(), name
        if "counselling" in shown:
            own = {right.scope for right in role.rights.values() if "counselling" in right.fields} == {"own"}
            assert name in ("counsellor", "clinic_doctor") or own
        if name in health - {"laboratory"}:  # whose samples come from the sick
            told = {table.data_classes[one].tells for one in role.classes}
            assert told <= {""}, name
    assert set(table.roles["laboratory"].rights["people.find"].fields) == {"name", "birth_date", "document"}
    assert table.roles["duty_officer"].rights["people.list"].scope == "aggregate"
    assert table.roles["checkpoint_staff"].rights["people.see"].scope == "own"
    assert not {"name", "document", "phone", "address"} & {
        cls for right in table.roles["auditor"].rights.values() for cls in right.fields
    }


def test_only_roles_that_see_people_name_purposes() -> None:
    for name, role in matrix().roles.items():
        sees = any(
            action in role.rights
            for action in ("people.list", "people.see", "people.find", "people.charged", "looks.review")
        )
        assert bool(role.purposes) == (sees or name == "resident"), name
    assert purposes(viewer("grid_worker"))[0] == "screening"


def test_nobody_refers_oneself_and_own_work_is_not_reached_by_facts(database: Database) -> None:
    resident = Viewer("author-1", "device-1", "resident", OWN, OWN, OWN + "~", uuid4())
    assert can(resident, "contacts.check") and not can(resident, "contacts.refer")
    for who, kind in ((resident, "contact.checked"), (viewer("clinic_doctor"), "contact.checked")):
        told = may_append(who)(received(OWN).model_copy(update={"kind": kind}))
        assert told is not None and "own work" in told
