"""What the desk asks of the server in a drill: every route that reads, by whom, with what."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

API = "/api/v1"
AREA, DISEASE = "530100", "ncov-2020"
NOT_ASKED = (
    "/live",  # does not end
    "/warning/pack.pdf", "/people/template", "/lists/template", "/sequences",  # files that are made
    "/field/bundle", "/field/post", "/care",  # other pages than the desk
    "/facts",  # the record itself, which other programs read
    "/attachments", "/mine", "/lists/{id}", "/forms/{form}", "/facts/aside/{number}",  # of what a drill has none
)  # fmt: skip
"""By how the route begins."""
WANTED = {
    "metric": "confirmed_cum", "rule": "contact.check", "disease": DISEASE, "waiting": "true", "key": "confirmed_new",
    "mine": "true",
}  # fmt: skip
"""What is asked for beside the area."""
LISTS: dict[str, dict[str, Any]] = {
    "/cases/list": {}, "/contacts/list": {}, "/isolation/orders/list": {}, "/households/list": {},
    "/arrivals/list": {}, "/find": {"text": "hua"},
}  # fmt: skip
"""What is read by a body, for what is asked is nobody's business."""
OF = {"isolation": "/isolation/orders/list", "cases": "/cases/list", "contacts": "/contacts/list",
      "households": "/households/list", "arrivals": "/arrivals/list"}  # fmt: skip
"""The lists that ids of a card are taken from; any other card's are from the list that its address begins with."""


class Ask(NamedTuple):
    method: str
    path: str
    body: dict[str, Any] | None = None


class Client:
    """One who asks as the desk does: over one connection, with cookies."""

    def __init__(self, url: str) -> None:
        self._to = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
        self._cookies: dict[str, str] = {}

    def ask(self, one: Ask) -> tuple[int, Any, float]:
        """Status, answer, milliseconds until the answer was there; waits where it was asked too often."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/json", "Accept-Encoding": "gzip",
        }  # fmt: skip
        sent = None if one.body is None else json.dumps(one.body).encode()
        began = time.perf_counter()
        self._to.request(one.method, API + one.path, sent, headers)
        answer = self._to.getresponse()
        raw = answer.read()
        took = (time.perf_counter() - began) * 1000
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if answer.status == 429:
            time.sleep(int(answer.headers["Retry-After"]))
            return self.ask(one)
        return answer.status, raw, took

    def told(self, one: Ask) -> Any:
        """The answer; None where there is none."""
        status, raw, _ = self.ask(Ask(one.method, one.path, one.body))
        return _json(raw) if status == 200 else None

    def wear(self, hat: str) -> None:
        status, raw, _ = self.ask(Ask("POST", "/session/appointment", {"id": hat}))
        assert status < 300, raw


def _json(raw: bytes) -> Any:
    import gzip

    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)


def hats(client: Client) -> list[tuple[str, str]]:
    """One hat of each role of the drill, of the widest area, with its role; the widest first."""
    found = client.told(Ask("GET", "/session"))["appointments"]
    found.sort(key=lambda one: (len(one["area"].rstrip("0")), one["role"]))
    return list({one["role"]: (one["id"], one["role"]) for one in reversed(found)}.values())[::-1]


def reads(client: Client, schema: dict[str, Any]) -> Iterator[tuple[str, Ask]]:
    """Every route that the desk reads, by name, as it is asked in this drill by whoever ``client`` is now; those of
    which there is nothing are left out."""
    for path, operations in schema["paths"].items():
        route = path.removeprefix(API)
        if "get" in operations and not route.startswith(NOT_ASKED):
            filled = _filled(client, route)
            if filled:
                yield f"GET {route}", Ask("GET", filled + _query(operations["get"]))
    for route, body in LISTS.items():
        yield f"POST {route}", Ask("POST", route, body)


def _query(operation: dict[str, Any]) -> str:
    """What is required, and the area."""
    asked = {}
    for one in operation.get("parameters", ()):
        if one["in"] == "query" and (one.get("required") or one["name"] == "area"):
            asked[one["name"]] = AREA if one["name"] == "area" else WANTED.get(one["name"], "")
    return f"?{urlencode(asked)}" if asked else ""


def _filled(client: Client, route: str) -> str | None:
    """The route with what stands in its address; None where there is nothing of the kind."""
    if "{id}" in route:
        head = route.removeprefix("/").partition("/{id}")[0]
        listed = OF.get(head.partition("/")[0], f"/{head}")
        its = Ask("POST", listed, LISTS[listed]) if listed in LISTS else Ask("GET", f"{listed}?area={AREA}")
        id = first_id(client.told(its))
        if id is None:
            return None
        route = route.replace("{id}", id)
    for name, value in (("code", AREA), ("area", AREA), ("key", WANTED["key"])):
        route = route.replace(f"{{{name}}}", quote(value))
    return None if "{" in route else route


def first_id(answer: Any) -> str | None:
    """The id of the first thing that an answer lists."""
    lists = [answer] if isinstance(answer, list) else [its for its in (answer or {}).values() if isinstance(its, list)]
    for one in (its[0] for its in lists if its and isinstance(its[0], dict)):
        found = next((one[name] for name in ("id", "subject", "order") if isinstance(one.get(name), str)), None)
        if found:
            return str(found)
    return None
