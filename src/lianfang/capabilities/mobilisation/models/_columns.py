"""What the tables of mobilisation have in common."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from lianfang.capabilities.isolation.state import Fault


def area_index(table: str) -> models.Index:
    """In the order of bytes, as the policy of the rows compares areas."""
    return models.Index(fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name=f"{table}_area")


def told(faults: Sequence[Fault]) -> list[list[str]]:
    """Contradictions as a row keeps them: the fact, its field, the reason."""
    return [[str(one.fact), one.field, one.reason] for one in faults]
