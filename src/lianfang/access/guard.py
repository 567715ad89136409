"""The guard of every route: no action in the matrix, no way through."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import SimpleLazyObject

from lianfang.access import security
from lianfang.access.matrix import (
    NOBODY,
    Scope,
    action_of,
    can,
    kinds,
    methods_of,
    purposes,
    readable_kinds,
    reason,
    scope,
)
from lianfang.access.rows import range_of
from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.sent import May
from lianfang.profiles.disease.parts import within

MayAppend = Callable[[Fact], str | None]
UNSIGNED = {
    "zh": "请先登录，完成第二验证，并选择任职。",
    "en": "Sign in, with the second factor, and choose an appointment.",
}
UNKNOWN = {
    "zh": "权限表中没有这一路径：请报告管理员。",
    "en": "The table of permissions does not have this route: tell the administrator.",
}
WRONG_METHOD = {
    "zh": "此路径不支持这种方法；Allow 列出可用的方法。",
    "en": "This route does not take this method; Allow says which it takes.",
}


class Guard:
    """Lets a request through to its route where the matrix lets the viewer's role; after ``SignIn``.

    Puts on the request what the record's routes ask of it: ``may_append`` judges a fact; ``may_read`` has the kinds
    that the viewer may read, and the half-open range of divisions that the route's action reaches; ``purposes`` those
    that the viewer's role may name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by SignIn
        zh = not request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower().startswith("en")
        lang = "zh" if zh else "en"
        assert request.resolver_match is not None
        route = template(request.resolver_match.route)
        method = "GET" if request.method == "HEAD" else str(request.method)
        action = action_of(method, route)
        if action is None:
            if methods := methods_of(route):
                return problem(405, WRONG_METHOD[lang], Allow=", ".join(methods))
            security.log("route.unknown", viewer=viewer, outcome="refused", method=method, route=route)
            return problem(403, UNKNOWN[lang])
        if not can(viewer, action):
            if not viewer.author:
                return problem(401, UNSIGNED[lang])
            security.log("route.refused", viewer=viewer, outcome="refused", action=action)
            return problem(403, reason(viewer, action, zh=zh))
        # For the routes of the record, which know no roles.
        request.may_append = may_send(viewer)  # type: ignore[attr-defined]  # read by routes
        request.purposes = purposes(viewer)  # type: ignore[attr-defined]  # read by routes
        request.may_read = SimpleLazyObject(  # type: ignore[attr-defined]  # read by routes, by few of them
            lambda: (readable_kinds(viewer), *range_of(viewer, action))
        )
        return None


@cache
def template(route: str) -> str:
    """A Django route as the matrix writes it: ``api/v1/areas/<str:code>`` is ``/api/v1/areas/{code}``."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).lstrip("/")


def may_append(viewer: Viewer) -> MayAppend:
    """Tells of a fact whether the viewer may append it: None, or the reason why not, in one line.

    Kinds are asked once each, so that a fact of a batch costs a look-up and two comparisons.
    """
    asked: dict[str, tuple[str | None, bool]] = {}
    area_from, area_to = viewer.area_from, viewer.area_to

    def of_kind(name: str) -> tuple[str | None, bool]:
        kind = kinds().get(name)
        if kind is None:
            return f"kind: {name} is not in the table of permissions", False
        if kind.append == NOBODY:
            return f"kind: {name} is recorded by Lianfang itself", False
        reach = scope(viewer, kind.append)
        if reach in (Scope.NONE, Scope.AGGREGATE):
            return f"kind: the role {viewer.role} may not append {name}", False
        if reach is Scope.OWN:  # a fact alone does not tell whose work it continues: its own route knows
            return f"kind: the role {viewer.role} records {name} of its own work only, by the route for it", False
        return None, reach is Scope.ALL

    def judge(fact: Fact) -> str | None:
        name = fact.kind
        if name not in asked:
            asked[name] = of_kind(name)
        refused, everywhere = asked[name]
        if refused is None and not everywhere and not area_from <= fact.area < area_to:
            return f"area: {fact.area} is not in {viewer.area or 'your area'}"
        return refused

    return judge


def may_send(viewer: Viewer) -> May:
    """As ``may_append``, of facts that come by themselves: nor does anybody go on with what another division has on
    record. Routes that do, by a hand-over, ask it themselves."""
    judge = may_append(viewer)

    def ask(facts: Sequence[Fact]) -> list[str | None]:
        told = [judge(fact) for fact in facts]
        asked = [n for n, fact in enumerate(facts) if told[n] is None and (fact.corrects or fact.data.founds)]
        for n, before in zip(asked, log.areas_before([facts[n] for n in asked]) if asked else (), strict=True):
            told[n] = _going_on(facts[n], before)
        return told

    return ask


def _going_on(fact: Fact, before: Collection[str]) -> str | None:
    """Why a fact may not go on with what these divisions have on record; None where it may."""
    if not before or any(within(fact.area, one) or within(one, fact.area) for one in before):
        return None
    return f"area: {min(before)} has this on record, which {fact.area} neither is in nor holds: have it handed over"


def problem(status: int, detail: str, **headers: str) -> JsonResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)
