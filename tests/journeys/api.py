"""Asking a running Lianfang by HTTP, as its page does."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, NamedTuple


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


def ask(base: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **query: Any) -> Answer:
    """GET, or POST where there is a body; problems are answers, not exceptions."""
    url = f"{base}/api/v1/{path}"
    if query:
        url += "?" + urllib.parse.urlencode(query)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return Answer(answer.status, json.load(answer), {k.lower(): v for k, v in answer.headers.items()})
    except urllib.error.HTTPError as error:
        raw = error.read()
        return Answer(
            error.code,
            json.loads(raw) if raw[:1] in b"{[" else raw.decode(),
            {k.lower(): v for k, v in error.headers.items()},
        )
