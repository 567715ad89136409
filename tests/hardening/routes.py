"""Every route that is served, from the table of URLs: its path with something in each place, and its methods."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
FILLED = {
    "uuid": str(uuid.UUID(int=7)),
    "uuidstr": str(uuid.UUID(int=7)),
    "int": "1",
    "slug": "one",
    "str": "530000",
    "path": "one",
}


class Route(NamedTuple):
    """``route`` is as Django's table has it, ``path`` can be asked for."""

    route: str
    path: str


def routes() -> list[Route]:
    """Every route of the table, the API's and allauth's included."""
    return [Route(route, filled(route)) for route in sorted(set(_below(get_resolver().url_patterns, "")))]


def filled(route: str) -> str:
    """A path that the route takes."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: FILLED[found[1] or "str"], route)


def _below(patterns: list[Any], start: str) -> Iterator[str]:
    for pattern in patterns:
        here = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here
