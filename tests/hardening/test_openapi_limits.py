"""Every field that a route takes has an end: texts a length, lists a number, numbers a range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lianfang.app.api import api

CLOSED = {"enum", "const", "pattern", "format"}
BOUNDED_ELSEWHERE = {
    "/api/v1/people/import body": "a file, bounded by doors.BODIES and row by row by identity/sheets.py",
    "/api/v1/lists/preview body": "a file, bounded as those of people are",
    "/api/v1/attachments/{id} body": "a photograph, bounded by doors.BODIES and identity/policy/attachments.toml",
    "/api/v1/facts body": "a batch, bounded by facts/sent.py, each fact by its kind's schema",
}


def open_ends(schema: dict[str, Any], parts: dict[str, Any], where: str, depth: int = 0) -> Iterator[str]:
    """Where a schema takes what has no end."""
    if "$ref" in schema:
        if depth < 12:
            yield from open_ends(parts[schema["$ref"].rpartition("/")[2]], parts, where, depth + 1)
        return
    for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from open_ends(one, parts, where, depth + 1)
    kind = schema.get("type")
    if kind == "string" and "maxLength" not in schema and not CLOSED & schema.keys():
        yield f"{where}: a text without a longest length"
    if kind in ("integer", "number") and not {"maximum", "exclusiveMaximum", "enum", "const"} & schema.keys():
        yield f"{where}: a number without a largest"
    if kind == "array":
        if "maxItems" not in schema:
            yield f"{where}: a list without a longest length"
        yield from open_ends(schema.get("items", {}), parts, f"{where}[]", depth + 1)
    for name, field in schema.get("properties", {}).items():
        yield from open_ends(field, parts, f"{where}.{name}", depth + 1)


def test_every_field_that_is_taken_has_an_end() -> None:
    schema = api.get_openapi_schema()
    parts, found = schema["components"]["schemas"], set()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                ends = open_ends(parameter["schema"], parts, f"{method} {path} ?{parameter['name']}")
                found |= {end for end in ends if "number" in end}  # the address has an end: doors.LONGEST_QUERY
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if f"{path} body" not in BOUNDED_ELSEWHERE:
                    found |= set(open_ends(content["schema"], parts, f"{method} {path} body"))
    assert found == set()
