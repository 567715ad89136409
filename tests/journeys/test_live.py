"""A line that is held open: who is told what, when it ends, and who holds too many. By HTTP, on a real server."""

from __future__ import annotations

import http.client
import json
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.served import Answer, Browser, Officer, Served

WUHUA, PANLONG = "530102", "530103"
SUSPECTED = {"disease": "ncov-2020", "edition": "ncov-2020-v7", "as_class": "suspected"}
LINES_OF_A_SESSION = 4
WAIT_S = 20  # a machine with much else to do; told are the seconds that it took


class Event(NamedTuple):
    kind: str
    data: Any


class Line:
    """What comes on one line, as it comes; ``None`` is its end."""

    def __init__(self, browser: Browser) -> None:
        at = urlsplit(browser.url)
        self._connection = http.client.HTTPConnection(str(at.hostname), int(at.port or 0), timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self._connection.request("GET", "/api/v1/live", headers={"Cookie": cookies})
        self.answer = self._connection.getresponse()
        self.events: queue.Queue[Event | None] = queue.Queue()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def next(self) -> Event | None:
        return self.events.get(timeout=WAIT_S)

    def hears(self, topic: str) -> set[str]:
        """The topics told until ``topic`` is among them."""
        told: set[str] = set()
        while topic not in told:
            event = self.next()
            assert event is not None, f"the line ended before {topic} was told"
            told.update(event.data["topics"])
        return told

    def close(self) -> None:
        if self._connection.sock is not None:
            self._connection.sock.shutdown(2)
        self._reading.join(WAIT_S)
        self._connection.close()

    def _read(self) -> None:
        kind = ""
        try:
            while line := self.answer.readline():
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    self.events.put(Event(kind, json.loads(value)))
        except (OSError, http.client.HTTPException, AttributeError):
            pass
        self.events.put(None)


@contextmanager
def line(browser: Browser) -> Iterator[Line]:
    """An open line, whose first event has come: from then on nothing is missed."""
    opened = Line(browser)
    try:
        assert opened.answer.status == 200, opened.answer.read()
        first = opened.next()
        assert first is not None and first.data["topics"] == []
        yield opened
    finally:
        opened.close()


@pytest.fixture(scope="module")
def wuhua(served: Served) -> Officer:
    return served.officer("live-wuhua", "epidemiologist", WUHUA)


@pytest.fixture(scope="module")
def panlong(served: Served) -> Officer:
    return served.officer("live-panlong", "epidemiologist", PANLONG)


def report(officer: Officer, area: str) -> str:
    """A suspected case on record; its id."""
    who = {"id": str(uuid4()), "name": "段小满", "area": area}
    held = {"data_class": "suspected", "basis": "infectious_disease", "since": "2026-11-01"}
    entered = officer.browser.post("people", {"people": [{**who, **held}]})
    assert entered.status == 200 and entered.body["entered"] == 1, entered
    body = {"case": str(uuid4()), "id": str(uuid4()), "person": who["id"], "area": area, **SUSPECTED}
    answer = officer.browser.post("cases", body)
    assert answer.status == 200, answer
    return body["case"]


def test_who_may_read_it_in_the_own_area_is_told_that_it_changed(
    served: Served, wuhua: Officer, panlong: Officer
) -> None:
    """Topics that a role may not read, and other counties, are silent; a case that is handed over is told to both."""
    stores = served.officer("live-stores", "logistics_officer", WUHUA)
    with line(wuhua.browser) as here, line(panlong.browser) as elsewhere, line(stores.browser) as without:
        case = report(wuhua, WUHUA)
        appended = time.monotonic()
        assert "tasks" in here.hears("cases"), "a case makes work"
        print(f"told after {1000 * (time.monotonic() - appended):.0f} ms")
        handed = wuhua.browser.post(f"cases/{case}/hand-over", {"id": str(uuid4()), "to": PANLONG})
        assert handed.status == 200, handed
        assert "cases" in elsewhere.hears("cases"), "the first that the other county is told is the hand-over"
        told = set[str]()
        while not without.events.empty():
            told |= set(without.events.get().data["topics"])
        assert told <= {"tasks"}, "a role that reads no cases was told of them"


def test_another_county_hears_nothing(wuhua: Officer, panlong: Officer) -> None:
    with line(wuhua.browser) as here, line(panlong.browser) as elsewhere:
        report(wuhua, WUHUA)
        here.hears("cases")
        assert elsewhere.events.empty()
        report(panlong, PANLONG)
        elsewhere.hears("cases")


def test_the_line_ends_with_the_session_and_at_once(served: Served, wuhua: Officer) -> None:
    browser = wuhua.sign_in()
    choose(browser)
    with line(browser) as opened:
        assert browser.ask("DELETE", "session").status == 200
        assert opened.next() == Event("end", {"why": "signed_out"})
        assert opened.next() is None
    assert refused(browser).status == 401
    wuhua.sign_in()
    choose(wuhua.browser)


def test_who_is_not_signed_in_or_has_nothing_to_hear_gets_no_line(served: Served) -> None:
    assert refused(Browser(served.url)).status == 401
    assert refused(served.administrator.browser).status == 403


def test_a_session_has_so_many_lines_and_is_told_when_to_come_again(panlong: Officer) -> None:
    opened = [Line(panlong.browser) for _ in range(LINES_OF_A_SESSION)]
    try:
        for one in opened:
            assert one.next() is not None
        answer = refused(panlong.browser)
        assert (answer.status, answer.headers["retry-after"]) == (429, "30")
        opened.pop().close()
        deadline = time.monotonic() + WAIT_S
        while (one := Line(panlong.browser)).answer.status == 429 and time.monotonic() < deadline:
            one.close()
        opened.append(one)
        assert one.answer.status == 200, "a line that was closed makes room for another"
    finally:
        for one in opened:
            one.close()


def test_nothing_is_done_for_a_page_that_shows_another_hat(served: Served, wuhua: Officer) -> None:
    browser = wuhua.browser
    worn = browser.get("session").body["appointment"]
    before = browser.get("facts?limit=1").body["head"]["seq"]
    asked = {"name": "x", "shown": {}, "room": "cases"}
    answer = browser.post("views", asked, headers={"X-Page-Appointment": str(uuid4()), "Accept-Language": "en"})
    assert answer.status == 412 and "Nothing was saved" in answer.body["detail"]
    assert browser.ask("GET", "tasks", headers={"X-Page-Appointment": str(uuid4())}).status == 412
    assert browser.ask("GET", "tasks", headers={"X-Page-Appointment": worn}).status == 200
    assert browser.get("facts?limit=1").body["head"]["seq"] == before


def choose(browser: Browser) -> None:
    """Wears the only hat, where signing in did not."""
    state = browser.get("session").body
    if state["appointment"] is None:
        assert browser.post("session/appointment", {"id": state["appointments"][0]["id"]}).status == 200


def refused(browser: Browser) -> Answer:
    return browser.get("live")
