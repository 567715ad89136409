"""In the description of the interface a name stands for one shape: of two with one name a program would meet either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import BaseModel

from lianfang.app.api import api


def models() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every model that a route takes or answers with, by its route."""
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                found = [*operation.models, *(model for model in operation.response_models.values() if model)]
                yield from ((path, model) for model in found if isinstance(model, type))


def test_no_two_shapes_have_one_name() -> None:
    shapes: dict[str, dict[bytes, str]] = defaultdict(dict)
    for path, model in models():
        for mode in ("validation", "serialization"):
            told: dict[str, Any] = model.model_json_schema(mode=mode)  # type: ignore[arg-type]
            for name, shape in told.get("$defs", {}).items():
                shapes[f"{name} ({mode})"].setdefault(orjson.dumps(shape, option=orjson.OPT_SORT_KEYS), path)
    assert len(shapes) > 500
    double = {name: sorted(its.values()) for name, its in shapes.items() if len(its) > 1}
    assert not double, "\n".join(f"{name}: {paths}" for name, paths in double.items())
