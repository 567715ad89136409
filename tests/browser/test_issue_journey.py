"""From a cut-off to the public: who is late is chased, a sum that fails blocks the draft, the record is put right,
another person approves, the public site and its feed have it; a revision with a note takes its place."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.screening.facts import grid_id, household_id
from tests.browser.desk import Desk
from tests.browser.rooms import enter, sign_in
from tests.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROVINCE, COUNTY = "530000", "530112"
COMMUNITY = f"{COUNTY}001001"
TODAY = datetime.combine(datetime.now(CIVIL_TIME), time(), CIVIL_TIME)
EDITION = "ncov-2020-v3"
DAY, BEFORE = ((TODAY - timedelta(days=n)).date().isoformat() for n in (1, 2))
NOTE = "One case came late."


class Office:
    """Who drafts and who approves, each at her own desk; an epidemiologist keeps the record."""

    def __init__(self, served: Served, browser: Browser) -> None:
        self.url = served.url
        self.officers = {
            "drafts": served.officer("issue-drafts", "county_duty_officer", COUNTY),
            "approves": served.officer("issue-approves", "duty_officer", PROVINCE),
            "cases": served.officer("issue-cases", "epidemiologist", COUNTY),
        }
        self.desks: dict[str, Desk] = {}
        for who in ("drafts", "approves"):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            context.set_default_timeout(45_000)
            self.desks[who] = Desk(context.new_page(), self.url)

    def room(self, who: str, room: str) -> Page:
        desk = self.desks[who]
        if not desk.page.url.startswith(self.url):
            sign_in(desk.page, self.url, self.officers[who])
            desk.errors.clear()  # the first step of signing in answers 401
        return enter(desk.page, self.url, room)

    def post(self, who: str, path: str, body: Any) -> Any:
        said = self.officers[who].browser.post(path, body)
        assert said.status == 200, said
        return said.body

    def case(self, at: datetime) -> dict[str, Any]:
        """A confirmed case of a new person, decided then and told now."""
        person = str(uuid4())
        someone = {"id": person, "name": "Sample", "area": COUNTY, "data_class": "suspected",
                   "basis": "infectious_disease"}  # fmt: skip
        self.post("cases", "people", {"people": [someone]})
        day = at.date().isoformat()
        told = {"person": person, "disease": "ncov-2020", "as_class": "confirmed", "area": COUNTY,
                "edition": EDITION, "about": {"onset": {"earliest": day, "latest": day}},
                "observed_at": at.isoformat()}  # fmt: skip
        return dict(self.post("cases", "cases", told))

    def issued(self, draft: str) -> None:
        """Checked by one and approved by the other, without the desk."""
        found = self.officers["drafts"].browser.get(f"issues/{draft}/findings").body
        assert not any(one["blocks"] for one in found), found
        notes = [{"code": one["code"], "note": "known"} for one in found]
        self.post("drafts", f"issues/{draft}/check", {"notes": notes})
        self.post("approves", f"issues/{draft}/approve", {})
        self.post("approves", f"issues/{draft}/issue", {})


@pytest.fixture
def office(served: Served, browser: Browser) -> Office:
    """A community that has owed its daily report for days; a case of the day before, and its notice, which is out."""
    office = Office(served, browser)
    grid, since = grid_id(COMMUNITY, "g1"), (TODAY - timedelta(days=4)).isoformat()
    household = household_id(COMMUNITY, "1", "1", "101")
    facts = [
        {"id": str(uuid4()), "kind": "grid.registered", "version": 1, "subject": str(grid), "area": str(COMMUNITY),
         "observed_at": since, "data": {"community": COMMUNITY, "name": "g1"}},
        {"id": str(uuid4()), "kind": "household.registered", "version": 1, "subject": str(household),
         "area": str(COMMUNITY), "observed_at": since,
         "data": {"community": COMMUNITY, "grid": str(grid), "building": "1", "unit": "1", "door": "101"}},
    ]  # fmt: skip
    receipt = office.post("drafts", "facts", facts)
    assert len(receipt["appended"]) == len(facts), receipt
    office.case(TODAY - timedelta(days=2, hours=-10))
    office.issued(office.post("drafts", "issues", {"area": COUNTY, "day": BEFORE})["fact"])
    return office


def _drafted(page: Page, day: str) -> None:
    page.get_by_label("Day of the cut-off").fill(day)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url("**#issues/*")


def _checked(page: Page) -> None:
    page.get_by_role("button", name="Checked, nothing wrong").wait_for()
    for note in page.locator("form textarea:visible").all():
        note.fill("known")
    page.get_by_role("button", name="Checked, nothing wrong").click()
    expect(page.get_by_text("You drafted it: somebody else approves it.")).to_be_visible()


def _approved(office: Office, draft: str) -> None:
    page = office.room("approves", draft)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Issue").click()
    expect(page.locator(".heading .tag")).to_have_text("issued")


def test_from_the_cut_off_to_the_public_and_its_revision(office: Office) -> None:
    page = office.room("drafts", "issues")
    told_late = TODAY - timedelta(days=2, hours=-12)  # of the day whose notice is out: the sum cannot close
    wrong = office.case(told_late)
    _drafted(page, DAY)
    expect(page.locator(".heading h1")).to_contain_text("24:00")
    late = page.get_by_role("region", name="Units that have not reported")
    expect(late).to_contain_text("units that have not given it: 1")
    late.get_by_role("button", name="Chase").click()
    expect(late).to_contain_text("The notice is sent")

    findings = page.get_by_role("form", name="What the checks found")
    expect(findings.get_by_text("correct first").first).to_be_visible()
    expect(page.get_by_role("button", name="Checked, nothing wrong")).to_be_disabled()
    excluded = {"to": "excluded", "basis": "expert", "edition": EDITION}
    at = (told_late + timedelta(hours=1)).isoformat()
    office.post("cases", f"cases/{wrong['case']}/classify", {**excluded, "observed_at": at})
    page.get_by_role("button", name="Return").click()
    page.get_by_label("Why it is returned").fill("A case was excluded.")
    page.get_by_role("button", name="Return").last.click()
    expect(page.locator(".heading .tag")).to_have_text("returned")

    page = office.room("drafts", "issues")
    _drafted(page, DAY)
    _checked(page)
    draft = page.url.partition("#")[2]
    _approved(office, draft)
    _public(office.desks["approves"].page, office.url, 1)

    office.case(TODAY - timedelta(days=1, hours=-10))
    page = office.room("drafts", draft)
    page.get_by_label("Note of the revision").fill(NOTE)
    page.get_by_role("button", name="Draft a revision").click()
    page.wait_for_url(lambda url: url.partition("#")[2] not in ("", draft))
    _checked(page)
    _approved(office, page.url.partition("#")[2])
    _public(office.desks["approves"].page, office.url, 2, NOTE)
    assert [one.errors for one in office.desks.values()] == [[], []]


def _public(page: Page, url: str, number: int, note: str = "") -> None:
    """The notice of the day stands on the public site and in its feed, with the note of its revision."""
    at = f"{TODAY:%Y%m%dT%H%M}"
    feed = page.request.get(f"{url}/public/en/feed.atom").text()
    assert f"{COUNTY}/{at}-{number}.html" in feed and note in feed
    told = page.request.get(f"{url}/public/en/{COUNTY}/{at}-{number}.html")
    assert told.status == 200 and note in told.text()
