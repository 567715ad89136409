"""Answers that are sums over everything, kept as they were written for as long as the record says the same.

A situation is looked at by a whole room of people at once. What is here takes long to count, names nobody and writes
no look; how late a thing is may be some seconds old.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from lianfang.access.guard import template
from lianfang.facts.kept import Kept

ROUTES: Final = frozenset({
    "/api/v1/areas/{code}/indicators", "/api/v1/contacts/counts", "/api/v1/stations",
    "/api/v1/tasks/summary", "/api/v1/transmission/graph", "/api/v1/warning/assessment", "/api/v1/warning/risk",
    "/api/v1/what-if/today",
})  # fmt: skip


class _Written(NamedTuple):
    content: bytes
    content_type: str


class _Refused(Exception):
    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer


KEPT: Final = Kept[_Written](most=64_000_000, longest_s=10, weigh=lambda its: len(its.content))
"""By who asked for what, in which language; bytes are counted."""


class Keeps:
    """Answers what was asked a moment ago with what was said then; after the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        assert request.resolver_match is not None
        if request.method != "GET" or template(request.resolver_match.route) not in ROUTES:
            return None

        def written() -> _Written:
            answer = view(request, *args, **kwargs)
            if answer.status_code != 200:
                raise _Refused(answer)
            return _Written(answer.content, answer["Content-Type"])

        viewer = request.viewer  # type: ignore[attr-defined]  # set by SignIn
        asked = (viewer, request.get_full_path(), request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        try:
            its = KEPT.get(asked, written)
        except _Refused as refused:
            return refused.answer
        return HttpResponse(its.content, content_type=its.content_type)
