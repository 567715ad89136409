"""Every room with nothing to show, after an error, without the right, and while it loads: at 320 pixels, which is also
a page of 640 at 200 %, in both languages. The answers are made here, so that no room waits for a record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as TooLate

from lianfang.access.matrix import matrix
from tests.browser.desk import WEB, Desk
from tests.browser.rooms import MOVE, SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ID = "01900000-0000-7000-8000-000000000000"
SAME_FOR_ALL = re.compile(r"/(permissions|indicators|.*terms|.*columns)$")
"""Lists of words and titles, which an empty record has as well."""
EMPTY, BROKEN, REFUSED, LOADING = "empty", "broken", "refused", "loading"
WAYS = ((EMPTY, "zh"), (BROKEN, "en"), (REFUSED, "zh"), (LOADING, "en"))
SAID = {BROKEN: re.compile("Something went wrong"), REFUSED: re.compile("没有找到|这个页面打不开")}
ASKS_NOTHING = {
    "me",
    "guide",
    "people/find",
    "people/new",
    "people/import",
    "people/merge",
    "cases/new",
    "contacts/new",
}
"""Rooms of forms and texts: they are there without anybody's answer."""
SPEAK = """lang => {
  const address = new URL(location.href)
  address.searchParams.set('lang', lang)
  history.replaceState(history.state, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}"""
CUT = """() => [...document.querySelectorAll('main *')].filter((one) => {
  const style = getComputedStyle(one)
  return one.clientWidth && ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis'
    && style.position !== 'absolute' && one.scrollWidth > one.clientWidth + 1 && one.innerText?.trim()
    && !one.closest('.ant-select, .sr')
}).map((one) => one.outerHTML.slice(0, 200))"""
WAITS = "main :is(.state[role=status], .ant-skeleton, .ant-spin, [aria-busy=true])"


class Answers:
    """What the interface answers in each way; what it never answers is given up when the next room is opened."""

    def __init__(self, page: Page) -> None:
        from lianfang.app.api import api

        self.way = EMPTY
        self.page = page
        self.spec = json.loads(json.dumps(api.get_openapi_schema(), default=str))
        self.held: list[Route] = []
        self.session = page.evaluate("async () => (await fetch('/api/v1/session')).json()")
        self.session["actions"] = list(matrix().actions)
        self.session["purposes"] = self.session["purposes"][:1]
        self.shapes = dict(self._shapes())
        page.route("**/api/v1/**", self.answer)

    def _shapes(self) -> Iterator[tuple[tuple[str, re.Pattern[str]], Any]]:
        # Addresses without a part in braces first: `cases/list` is no case.
        for path, methods in sorted(self.spec["paths"].items(), key=lambda one: one[0].count("{")):
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")
            for method, told in methods.items():
                found = told["responses"].get("200", {}).get("content", {}).get("application/json", {})
                yield (method.upper(), pattern), found.get("schema", {})

    def answer(self, route: Route) -> None:
        path = "/api/v1/" + route.request.url.partition("/api/v1/")[2].partition("?")[0]
        if path == "/api/v1/session":
            route.fulfill(json=self.session)
        elif path == "/api/v1/live" or (self.way == LOADING and not SAME_FOR_ALL.search(path)):
            self.held.append(route)
        elif SAME_FOR_ALL.search(path):
            route.continue_()
        elif self.way == EMPTY:
            route.fulfill(json=self._least(self._shape(route.request.method, path)))
        else:
            status = 500 if self.way == BROKEN else 404
            route.fulfill(status=status, json={"title": "", "status": status, "detail": "", "errors": []})

    def _shape(self, method: str, path: str) -> Any:
        return next((its for (how, where), its in self.shapes.items() if how == method and where.match(path)), {})

    def _least(self, shape: dict[str, Any]) -> Any:
        """The least that a shape allows: no rows, noughts, and nothing where nothing may be."""
        if "$ref" in shape:
            return self._least(self.spec["components"]["schemas"][shape["$ref"].rpartition("/")[2]])
        if kinds := shape.get("anyOf") or shape.get("allOf"):
            return None if {"type": "null"} in kinds else self._least(kinds[0])
        if "enum" in shape or "const" in shape:
            return shape.get("const", shape.get("enum", [None])[0])
        text = {"date-time": "2020-01-28T00:00:00Z", "date": "2020-01-28", "uuid": ID}.get(shape.get("format", ""), "")
        parts = {name: self._least(one) for name, one in shape.get("properties", {}).items()}
        least = {"object": parts, "array": [], "integer": 0, "number": 0, "boolean": False, "string": text}
        return least.get(shape.get("type", ""))

    def let_go(self) -> None:
        for one in self.held:
            one.abort()
        self.held.clear()


def rooms() -> list[str]:
    """Every room of the desk, and one card of each kind."""
    source = (WEB / "desk" / "src" / "route.ts").read_text(encoding="utf-8")
    parts = [source.partition(name)[2].partition("\n}")[0] for name in ("const PATHS", "const CARDS")]
    plain, cards = (re.findall(r": '([\w/-]+)'", part) for part in parts)
    return [one for one in plain if one != "sign-in"] + [f"{one}/{ID}" for one in cards]


def stands(page: Page, room: str, way: str) -> str | None:
    """What a room does not show that it should in this way; None where it does."""
    main = page.locator("main")
    try:
        if way == LOADING:
            page.wait_for_selector(WAITS, state="attached")
        elif way == EMPTY or room in ASKS_NOTHING:
            page.wait_for_selector("main :is(h1, h2, nav)")
            page.locator(WAITS).first.wait_for(state="detached")
        else:
            main.get_by_text(SAID[way]).first.wait_for(state="attached")
    except TooLate:
        return f"does not say so, but: {main.inner_text()[:200]!r}"
    if way == EMPTY and main.locator(".state[role=alert]").count():
        return f"says that something is wrong: {main.inner_text()[:200]!r}"
    return None


def test_every_room_says_when_it_is_empty_broken_refused_or_loading(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = desk.page
    wear(page, desk.url, "epidemiologist")
    answers = Answers(page)
    enter(page, desk.url, "guide", "zh", 320)
    wrong = []
    for turn, (way, lang) in enumerate(WAYS):
        page.evaluate(SPEAK, lang)
        answers.way = way
        for at, room in enumerate(rooms()):
            if (way == LOADING and room in ASKS_NOTHING) or (way == EMPTY and ID in room):
                continue
            desk.errors.clear()
            answers.let_go()
            page.evaluate(MOVE, room)
            found = [its for its in (stands(page, room, way),) if its]
            found += ["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
            found += [f"cuts {one}" for one in page.evaluate(CUT)]
            found += axe(page) if at % len(WAYS) == turn else []
            found += [one for one in desk.errors if "Failed to load resource" not in one]
            wrong += [f"{room}, {way}: {one}" for one in found]
    answers.let_go()
    assert not wrong, "\n".join(wrong)
