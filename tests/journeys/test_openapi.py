"""Every endpoint keeps to the schema that it serves, whatever it is sent."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

TRIALS = 40  # an operation


def test_every_endpoint_keeps_to_its_schema(demo_url: str) -> None:
    schema = schemathesis.openapi.from_url(f"{demo_url}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {"/api/v1/facts", "/api/v1/bulletins/read"} <= {o.full_path for o in operations}
    for operation in operations:
        _try(operation)


def _try(operation: schemathesis.schemas.APIOperation) -> None:
    @settings(
        max_examples=TRIALS,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def trial(case: schemathesis.Case) -> None:
        case.call_and_validate()

    trial()
