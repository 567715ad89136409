"""Every role at every route, for things of the own division and of another: exactly what ``matrix.toml`` says.

By day one thing of the own division and one of the other, the viewer's own or somebody else's; all with ``--long``."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.access.guard import UNSIGNED
from lianfang.access.matrix import NOBODY, Scope, can, kinds, matrix, reason, roles, routes, scope, shape
from lianfang.access.viewer import Viewer
from lianfang.capabilities.mobilisation.queries.errands import GIVE
from lianfang.facts.kinds import registry
from lianfang.identity.charged import CHARGED
from tests.access import attachment_probes
from tests.access.asking import ask
from tests.access.counted import TRIED
from tests.access.made import OWN, ROLES, viewer
from tests.access.probes import AUTHOR, NOWHERE, PROBES, Asked, Probe, route_of
from tests.access.routes import served
from tests.access.world import SPOTS, Spot, World
from tests.daily import one_of

PAGE = "GET /"
"""Answers 503 where the page is not built, as in a source tree that was just fetched."""


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)


def refusal(who: Viewer, action: str) -> tuple[int, str] | None:
    """Status and reason of the guard, or None where it lets through."""
    if can(who, action):
        return None
    return (403, reason(who, action)) if who.author else (401, UNSIGNED["en"])


def expected(who: Viewer, action: str, spot: Spot, probe: Probe) -> bool:
    """Whether the matrix gives the viewer what lies at a spot."""
    if probe.own_always and spot.author == AUTHOR and can(who, action):
        return True
    match scope(who, action):
        case Scope.ALL:
            return True
        case Scope.SUBTREE:
            return spot.area == OWN
        case Scope.OWN:
            return spot.area == OWN and (spot.author == AUTHOR or not probe.by_author)
    return False


@pytest.mark.parametrize("role", ROLES)
def test_bar_27_every_role_at_every_route_of_own_and_foreign_divisions(world: World, client: Client, role: str) -> None:
    who, wrong, there = viewer(role), [], served()
    for spot in SPOTS:
        attachment_probes.lie(spot)
    names = [*PROBES, *(route for route in routes() if route not in {route_of(name) for name in PROBES})]
    for name in names:
        route, probe = route_of(name), PROBES.get(name)
        action = routes()[route]
        if f"{route.partition(' ')[0]} {shape(route.partition(' ')[2])}" not in there:
            continue  # told by another test
        refused = refusal(who, action)
        # Who is refused, or asks for nothing that lies anywhere, is so wherever it lies and whoever entered it.
        differ = (SPOTS[:2], SPOTS[2:]) if probe and refused is None else (SPOTS,)
        for spot in (spot for alike in differ for spot in one_of(alike, role, name)):
            asked = probe.asks(world, spot, role) if probe else Asked({"code": spot.area})
            answer = ask(client, who, name, asked)
            TRIED["bar 27, role × route × place"] += 1
            told = answer.json() if "json" in answer.get("Content-Type", "") and answer.content[:1] == b"{" else {}
            if refused is not None:
                if (answer.status_code, told.get("detail")) != refused:
                    wrong.append(f"{name}, {spot}: {answer.status_code}, not refused: {answer.content[:200]!r}")
            elif answer.status_code >= 500 and name != PAGE:
                wrong.append(f"{name}, {spot}: {answer.status_code} {answer.content[:200]!r}")
            elif probe is None:
                if answer.status_code == 405 or told.get("detail") in (UNSIGNED["en"], reason(who, action)):
                    wrong.append(f"{name}, {spot}: {answer.status_code} {answer.content[:200]!r}")
            elif probe.given(answer, world, spot) != expected(who, probe.action or action, spot, probe):
                wrong.append(f"{name}, {spot}: {answer.status_code} {answer.content[:300]!r}")
    assert not wrong, "\n".join(wrong)


def test_bar_27_every_route_is_in_the_matrix() -> None:
    named = {f"{route.partition(' ')[0]} {shape(route.partition(' ')[2])}" for route in routes()}
    assert served() - named == set(), "routes without an action: add them to matrix.toml"
    assert named - served() == set(), "routes of the matrix that are not served"


def test_bar_27_every_kind_is_in_the_matrix() -> None:
    declared, named = set(registry().newest), set(kinds())
    assert declared - named == set(), "kinds without actions: add them to matrix.toml"
    assert named - declared == set(), "kinds of the matrix that are not declared"


def test_every_action_is_asked_for_somewhere() -> None:
    asked = {*routes().values(), *(action for kind in kinds().values() for action in kind if action != NOBODY)}
    asked |= {probe.action for probe in PROBES.values() if probe.action}
    asked.add(CHARGED)  # beside the action of whichever route shows names
    asked.add(GIVE)  # beside errands.carry: for an order of somebody else's
    assert set(matrix().actions) - asked == set()


def test_every_purpose_and_class_is_some_roles() -> None:
    assert {name for role in roles().values() for name in role.purposes} == set(matrix().purposes)
    shown = {name for role in roles().values() for right in role.rights.values() for name in right.fields}
    assert shown == set(matrix().field_classes)


assert NOWHERE.area != OWN
