"""From a fever at a gate to a bed, on the screens of five who are signed in: gate, centre, clinic, county, hospital."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, choose_purpose, enter, settle, sign_in
from tests.browser.test_gates import MEET, answer
from tests.browser.test_story import _entered, record
from tests.served import Officer, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

COUNTY = "530103"
ROLES = ("checkpoint_staff", "epidemiologist", "clinic_doctor", "county_duty_officer", "hospital")
ROWS = "section[aria-label=Tasks] .grid tbody tr"
REQUESTS = "tasks?rule=case.admit&state=all"
NAME, NUMBER = "Fever at the gate", "G-1"


@pytest.fixture(scope="module")
def officers(served: Served) -> dict[str, Officer]:
    """One of each; the hospital's doctor is another than the clinic's."""
    return {
        role: served.officer(f"gate-{role}", "clinic_doctor" if role == "hospital" else role, COUNTY) for role in ROLES
    }


class Journey:
    """Five browsers; ``page`` is that of whoever acts."""

    def __init__(self, browser: Browser, url: str, officers: dict[str, Officer]) -> None:
        self.browser, self.url, self.officers = browser, url, officers
        self.desks: dict[str, Desk] = {}
        self.page: Page

    def room(self, role: str, room: str, lang: str = "en", width: int = 1280) -> Page:
        if role not in self.desks:
            context = self.browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            context.set_default_timeout(45_000)
            self.desks[role] = Desk(context.new_page(), self.url)
            sign_in(self.desks[role].page, self.url, self.officers[role])
            self.desks[role].errors.clear()  # the first step of signing in answers 401
        self.page = self.desks[role].page
        return enter(self.page, self.url, room, lang, width)

    def hold(self, role: str) -> Locator:
        """Whoever is held, on a role's screen."""
        self.room(role, "gates?show=holds")
        self.page.wait_for_selector(".grid td:has-text('39.3')")
        return self.page.locator(".grid tbody tr:has-text('39.3')")

    def requested(self, role: str) -> Locator:
        """The request for a bed on a role's list of tasks, also once it is done."""
        self.room(role, REQUESTS)
        self.page.wait_for_selector(ROWS)
        return self.page.locator(ROWS)


def _held(journey: Journey) -> None:
    """The county opens a gate, and somebody with a fever is held there."""
    body = {"name": "Gate of the journey", "place_type": "road_gate", "town": COUNTY, "lead": "Sample"}
    county, now = journey.officers["county_duty_officer"].browser, datetime.now(UTC)
    post = county.post("posts", body).body["id"]
    shift = {"begins": f"{now:%Y-%m-%dT%H:00Z}", "ends": f"{now + timedelta(hours=8):%Y-%m-%dT%H:00Z}"}
    staff = [journey.officers["checkpoint_staff"].account]
    assert county.post(f"posts/{post}/shifts", {**shift, "staff": staff}).status == 200
    page = journey.room("checkpoint_staff", "gates")
    page.click(".grid tbody th a:has-text('Gate of the journey')")
    page.wait_for_selector(MEET)
    settle(page)
    page.locator(".area-field .ant-select >> nth=0").click()
    page.keyboard.type("Hubei")
    page.keyboard.press("Enter")
    page.locator("#encounter_temp").focus()
    answer(page, "39.3")
    page.wait_for_selector("[role=alert]:has-text('the post cannot undo it')")


def _reported(journey: Journey) -> None:
    """The centre takes the notice up; the clinic reports a suspicion, with what the gate has told."""
    journey.hold("epidemiologist").get_by_role("button", name="Take the notice up").click()
    settle(journey.page)
    journey.hold("clinic_doctor").get_by_role("link", name="Report a suspected case").click()
    page = journey.page
    _entered(page, NAME)
    pick(page, "Disease", "H7N9")
    page.get_by_label("Onset: from").fill(f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}")
    page.get_by_label("Number", exact=True).fill(NUMBER)
    page.get_by_role("button", name="Report", exact=True).click()
    page.wait_for_selector(f"h1:has-text('{NUMBER}')")
    page.wait_for_selector(".case-heading .tag:has-text('suspected')")


def test_a_fever_at_a_gate_becomes_a_suspicion_and_a_request_for_a_bed_that_the_admission_closes(
    served: Served, browser: Browser, officers: dict[str, Officer], axe: Callable[[Page], list[str]]
) -> None:
    journey = Journey(browser, served.url, officers)
    _held(journey)
    _reported(journey)
    journey.requested("county_duty_officer").get_by_role("checkbox").check()
    page = journey.page
    pick(page, "Assign to", "Officer gate-hospital")
    page.get_by_role("button", name="Assign 1", exact=True).click()
    page.wait_for_selector(".assign", state="detached")
    settle(page)

    request, page = journey.requested("hospital"), journey.page
    assert "to do" in request.inner_text() and "a room alone" in request.inner_text()
    page.get_by_role("button", name="Show names").click()
    choose_purpose(page)
    page.wait_for_selector(f"{ROWS}:has-text('{NAME}')")
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []
    request.get_by_role("link").first.click()
    page.wait_for_selector(f"h1:has-text('{NUMBER}')")
    settle(page)
    record(page, "Admit", {"Designated hospital": "yes"}, {"Hospital": "wuhua-first"})
    assert "done" in journey.requested("hospital").inner_text()
    journey.room("hospital", REQUESTS, "zh", 390)
    page.wait_for_selector("section[aria-label=任务] .grid tbody tr:has-text('单人单间')")
    assert page.evaluate(SIDEWAYS) <= 0
    assert [desk.errors for desk in journey.desks.values() if desk.errors] == []
