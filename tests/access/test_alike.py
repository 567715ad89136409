"""What one may not see and what is not there are answered alike: status, headers, body and time."""

from __future__ import annotations

from math import sqrt
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lianfang.access.matrix import routes, scope
from lianfang.access.viewer import Viewer
from tests.access.asking import ask
from tests.access.counted import TRIED
from tests.access.made import DAILY, FOREIGN, ROLES, viewer
from tests.access.probes import NOWHERE, PROBES, route_of
from tests.access.world import OTHER, Spot, World

THERE = Spot(FOREIGN, OTHER)
ANOTHER_EACH_TIME = ("X-Request-ID", "Date")
OF_ONE_THING = [name for name, probe in PROBES.items() if "{" in name and probe.given.__name__ == "done"]
"""Routes whose address names one thing."""
PAIRS = 60
NOISE_SHARE, NOISE_S, NOISE_ERRORS = 0.10, 0.0004, 4
"""Two answers cannot be told apart that differ, in the median of pairs, by less than this share of the time that they
take, or these seconds, or so many standard errors of that median: the noise of the machine, which its load adds to."""


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=False)


def told(answer: Any) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in ANOTHER_EACH_TIME}
    return answer.status_code, headers, answer.content


def allowed(who: Viewer, name: str) -> bool:
    asked = {routes()[route_of(name)], PROBES[name].action or routes()[route_of(name)]}
    return all(scope(who, action) not in ("none", "all") for action in asked)


@pytest.mark.parametrize(
    "role", [role if role in DAILY else pytest.param(role, marks=pytest.mark.long) for role in ROLES]
)
def test_bar_29_foreign_and_missing_are_answered_alike(world: World, client: Client, role: str) -> None:
    who, wrong = viewer(role), []
    for name in OF_ONE_THING:
        if allowed(who, name):
            foreign, missing = (told(ask(client, who, name, one)) for one in both(name, world, role))
            TRIED["bar 29, role × route"] += 1
            if foreign != missing:
                wrong.append(f"{name}: {foreign} and {missing}")
            if foreign[0] != 404:
                wrong.append(f"{name}: {foreign[0]}, not 404: {foreign[2][:200]!r}")
    assert not wrong, "\n".join(wrong)


def both(name: str, world: World, role: str) -> list[Any]:
    """The same request for a thing of another division, and for one that is not there."""
    asks = PROBES[name].asks
    foreign, missing = asks(world, THERE, role), asks(world, NOWHERE, role)
    return [foreign, missing._replace(body=foreign.body)]


TIMED = {
    "POST /api/v1/people/{id}/card": "epidemiologist",
    "PUT /api/v1/people/{id}": "epidemiologist",
    "POST /api/v1/people/{id}/texts": "epidemiologist",
    "GET /api/v1/areas/{code}/situation": "county_duty_officer",
    "GET /api/v1/facts/aside/{number}": "epidemiologist",
    "GET /api/v1/people/{id}/looks": "auditor",
    "POST /api/v1/looks/{fact}/reason": "auditor",
    "PATCH /api/v1/accounts/{id}": "administrator",
    "POST /api/v1/devices/{id}/revoke": "administrator",
}


@pytest.mark.parametrize("name", TIMED)
def test_bar_29_the_time_tells_nothing(world: World, client: Client, name: str) -> None:
    who = viewer(TIMED[name])
    foreign, missing = both(name, world, TIMED[name])

    def seconds(asked: Any) -> float:
        start = perf_counter()
        assert ask(client, who, name, asked).status_code == 404
        return perf_counter() - start

    with transaction.atomic():
        for asked in (foreign, missing) * 10:
            seconds(asked)
        # In pairs, first the one, then the other: what slows the machine slows both.
        pairs = []
        for turn in range(PAIRS):
            first, second = (foreign, missing) if turn % 2 else (missing, foreign)
            times = {id(first): seconds(first), id(second): seconds(second)}
            pairs.append((times[id(foreign)], times[id(missing)]))
        transaction.set_rollback(True)
    differences = [a - b for a, b in pairs]
    apart, usual = median(differences), median(b for _, b in pairs)
    low, _, high = quantiles(differences)
    error = 1.2533 * (high - low) / 1.349 / sqrt(PAIRS)  # of a median, the spread taken from the quartiles
    noise = max(NOISE_S, NOISE_SHARE * usual, NOISE_ERRORS * error)
    assert abs(apart) < noise, f"{apart * 1e3:.3f} ms apart of {usual * 1e3:.2f} ms; noise {noise * 1e3:.3f} ms"
