"""Every endpoint keeps to the schema that it serves, whatever it is sent and whoever sends it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from ninja.openapi.schema import OpenAPISchema
from schemathesis.checks import CheckFunction
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.served import Browser, Served

TRIALS = 4  # an operation
LONG_S = 100  # of each of the three who ask
ENDING = {("DELETE", "/api/v1/session"), ("POST", "/api/v1/session/appointment")}
"""What would end the session that the trial is in."""
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_every_endpoint_keeps_to_its_schema(demo_url: str) -> None:
    found = operations(demo_url)
    assert {"/api/v1/facts", "/api/v1/bulletins/read", "/api/v1/people/find"} <= {o.full_path for o in found}
    for operation in found:
        attempt(operation, {}, TRIALS, seed=0)


def test_a_name_of_the_schema_means_one_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema knows a class by its bare name: of two that share one, it would tell of the last only."""
    from lianfang.app.api import api

    meant: dict[str, set[str]] = {}

    def add(schema: OpenAPISchema, definitions: Mapping[str, object]) -> None:
        for name, definition in definitions.items():
            meant.setdefault(name, set()).add(json.dumps(definition, sort_keys=True))
        added(schema, definitions)

    added = OpenAPISchema.add_schema_definitions
    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", add)
    api.make_schema()
    assert len(meant) > 100
    assert {name: things for name, things in meant.items() if len(things) > 1} == {}


@pytest.mark.long
@pytest.mark.parametrize("who", ["officer", "administrator", "nobody"])  # nobody uses up the limit of welcomes
def test_every_endpoint_keeps_to_its_schema_for_minutes(served: Served, who: str) -> None:
    """The whole API in rounds, for 100 seconds each: nobody signed in, an officer, an administrator."""
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in browser(served, who).cookies.items())}
    found = [o for o in operations(served.url) if who == "nobody" or (o.method.upper(), o.full_path) not in ENDING]
    end, rounds, answers = time.monotonic() + LONG_S, 0, Counter[int]()
    while time.monotonic() < end:
        rounds += 1
        for operation in found:
            answers += attempt(operation, headers, 10, seed=rounds)
            if time.monotonic() >= end:
                break
    print(f"\n{who}: {sum(answers.values())} requests to {len(found)} operations, {rounds} rounds: {dict(answers)}")
    assert not [status for status in answers if status >= 500 and status not in (501, 503)]
    assert answers[200] > 0


def browser(served: Served, who: str) -> Browser:
    if who == "nobody":
        return Browser(served.url)
    if who == "administrator":
        return served.administrator.browser
    return served.officer("fuzzed", "epidemiologist", "530100").browser


def operations(url: str) -> list[APIOperation]:
    """Every operation but the stream, whose answer does not end; ``test_live`` has it."""
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json", timeout=60)
    return [one for found in schema.get_all_operations() if (one := found.ok()).full_path != "/api/v1/live"]


def attempt(operation: APIOperation, headers: Mapping[str, str], trials: int, seed: int) -> Counter[int]:
    """Sends what the schema allows and what it does not; how often each status came back."""
    answers: Counter[int] = Counter()

    @settings(
        max_examples=trials,
        deadline=None,
        derandomize=seed == 0,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def trial(case: schemathesis.Case) -> None:
        response = case.call(headers=dict(headers))
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    trial()
    return answers
