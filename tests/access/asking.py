"""Requests as a viewer makes them, by Django's own handling of them, each undone at its end."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import orjson
from django.db import transaction
from django.test import Client

from lianfang.access.viewer import Viewer
from tests.access.made import signed_in
from tests.access.probes import Asked, route_of

ANY = "00000000-0000-4000-8000-000000000000"
"""Stands for a part of an address of which nothing is said."""


def address(route: str, asked: Asked) -> str:
    """The address of a route."""
    path = re.sub(r"\{(\w+)\}", lambda part: str(asked.parts.get(part[1], ANY)), route.partition(" ")[2])
    return f"{path}?{urlencode(asked.query)}" if asked.query else path


def ask(client: Client, who: Viewer, name: str, asked: Asked) -> Any:
    """The answer to one request; what it did is taken back."""
    route = route_of(name)
    method = route.partition(" ")[0].lower()
    body = asked.body if isinstance(asked.body, bytes) else orjson.dumps(asked.body or {})
    sent = {} if method == "get" else {"data": body, "content_type": asked.content_type}
    with signed_in(who), transaction.atomic():
        answer = getattr(client, method)(address(route, asked), **sent)
        transaction.set_rollback(True)
    return answer
