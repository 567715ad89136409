"""Every route that the application serves, found from Django's own table of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lianfang.access.guard import template
from lianfang.access.matrix import shape

METHODS = ("get", "post", "put", "patch", "delete")


def served() -> set[str]:
    """``METHOD /path/{}`` of every route, without the names of its parts. A view that is one function is told as GET:
    Django does not know which methods it takes."""
    from lianfang.app.api import api

    found = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            joined = f"/api/v1/{prefix.strip('/')}/{path.lstrip('/')}".replace("//", "/")
            found[shape(_plain(joined))] = {m for operation in view.operations for m in operation.methods}
    routes = set()
    for route, view in _patterns(get_resolver()):
        name = shape(template(route))
        methods = found.get(name) or {m.upper() for m in METHODS if hasattr(getattr(view, "view_class", None), m)}
        routes |= {f"{method} {name}" for method in methods or {"GET"}}
    return routes


def _plain(path: str) -> str:
    """ninja writes a part with its type: ``{uuid:id}``."""
    return "".join(part if "{" not in part else "{" + part.split("{")[1].split(":")[-1] for part in _parts(path))


def _parts(path: str) -> list[str]:
    return [part for whole in path.split("/") for part in ("/", whole)][1:]


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for found in resolver.url_patterns:
        route = prefix + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route, found.callback
        else:
            yield from _patterns(found, route)
