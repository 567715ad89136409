"""From a fever to the last release, on the screens: what each act changes is what the screens count.

The demonstration's clock stands on three mornings. Every act is done on the desk by whoever does it: a clinic doctor
reports and samples, the laboratory enters its results, an epidemiologist decides, registers who was exposed and makes
rounds, the duty officer of the county lets go. On the board of checks the rounds of the first day and that of the fever
are recorded; those of the days between, always the same, come through the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.choices import OPEN, pick
from tests.browser.desk import DRAWN_MS, Desk
from tests.browser.rooms import MOVE, enter, settle, wear
from tests.demo import clean_environment, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

BEGINS, FALLS_ILL, ENDS = date(2020, 1, 30), date(2020, 2, 4), date(2020, 2, 14)
HOME, ELSEWHERE = "Wuhua District", "Guandu District"
CHECK = """async checks => {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ checks })
  return (await fetch('/api/v1/contacts/checks', { method: 'POST', headers, body })).json()
}"""
NUMBERS = "parts => Object.fromEntries(parts.map(part => [part.dataset.count, Number(part.lastChild.innerText)]))"
TALLY = "parts => Object.fromEntries(parts.map(part => [part.firstChild.innerText, Number(part.lastChild.innerText)]))"


def record(page: Page, act: str, chosen: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> None:
    """An act on the open case or sample: what is chosen and what is typed, by the labels of the fields."""
    page.get_by_role("button", name=act, exact=True).click()
    form = page.locator(".sub-form")
    for label, option in (chosen or {}).items():
        pick(page, form.get_by_label(label, exact=True), option)
    for label, text in (typed or {}).items():
        field = form.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")  # what a field proposes lies over what stands below it
    form.get_by_role("button", name="Record", exact=True).click()
    form.wait_for(state="detached")
    page.wait_for_selector(".said:has-text('Recorded')")
    settle(page)


class Story:
    """A page for each role, that of whoever acts in ``page``, and what is counted."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.desks: dict[str, Desk] = {}
        self.page: Page

    @property
    def errors(self) -> list[str]:
        return [error for desk in self.desks.values() for error in desk.errors]

    def room(self, role: str, room: str) -> Page:
        """A room as a role sees it; there once more, a link leads to it, which is quicker than to load it."""
        if role in self.desks:
            self.page = self.desks[role].page
            for at in ("me", room):
                self.page.evaluate(MOVE, at)
                settle(self.page)
            return self.page
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(DRAWN_MS)
        self.page = context.new_page()
        self.desks[role] = Desk(self.page, self.url)
        wear(self.page, self.url, role)
        return enter(self.page, self.url, room)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.page.context.close()

    def counts(self) -> dict[str, int]:
        """The stocks of cases and of contacts, as their screens show them."""
        page = self.room("epidemiologist", "cases?show=counts")
        page.wait_for_selector("[data-count=suspected]")
        cases: dict[str, int] = page.locator(".counts section >> nth=0").locator("[data-count]").evaluate_all(NUMBERS)
        page = self.room("epidemiologist", "contacts?show=trace")
        page.wait_for_selector(".contact-tally[aria-busy=false] dd")
        assert page.locator(".contact-tally .fault").count() == 0
        contacts: dict[str, int] = page.locator(".contact-tally dl > div").evaluate_all(TALLY)
        return cases | contacts

    def case(self, number: str, role: str = "epidemiologist") -> Page:
        """The card of the case with a number."""
        page = self.room(role, f"cases?number={number}")
        page.click(f".grid tbody th a:has-text('{number}')")
        page.wait_for_selector(f"h1:has-text('{number}')")
        settle(page)
        return page


@contextmanager
def on_the_morning(browser: Browser, home: Path, day: date | None = None) -> Iterator[Story]:
    """The demonstration on its own day or on another."""
    with running(home, clean_environment(home), *(("--day", f"{day}") if day else ())) as demo:
        story = Story(browser, demo.url)
        yield story
        story.close()


def test_from_a_fever_to_the_last_release(browser: Browser, own_home: Path) -> None:
    with on_the_morning(browser, own_home) as story:
        contacts, doubtful = _first_day(story)
    with on_the_morning(browser, own_home, FALLS_ILL) as story:
        _excluded(story, doubtful)
        _ill(story, contacts)
    with on_the_morning(browser, own_home, ENDS) as story:
        _released(story, contacts[1:])


def changes(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - n for name, n in before.items() if after[name] != n}


def _first_day(story: Story) -> tuple[list[str], list[str]]:
    """A fever becomes a confirmed case with three contacts, one of them of another district; a second fever stays a
    suspicion, with one contact who is observed and one who is not found yet."""
    before = story.counts()
    _reported(story, "T-1")
    suspected = story.counts()
    assert changes(before, suspected) == {"suspected": 1, "suspected_cum": 1}
    story.case("T-1", "clinic_doctor")
    record(story.page, "Take a sample", {"Material": "throat swab"}, {"Number": "ST-1"})
    _tested(story, "ST-1", "positive")
    _confirmed(story, "T-1")
    record(story.page, "Determine the source", {"Source": "imported"})
    confirmed = story.counts()
    assert changes(suspected, confirmed) == {
        "suspected": -1, "confirmed_cum": 1, "confirmed_existing": 1, "imported_cum": 1, "not_in_hospital": 1,
        "not_in_designated": 1,
    }  # fmt: skip
    contacts = [_exposed(story, f"Exposed {n}", "T-1", area) for n, area in enumerate((ELSEWHERE, HOME, HOME), 1)]
    _reported(story, "T-2")
    doubtful = [_exposed(story, name, "T-2", HOME) for name in ("Exposed 4", "")]
    assert changes(confirmed, story.counts()) == {
        "suspected": 1, "suspected_cum": 1, "traced, all": 4, "under observation": 4, "still to trace": 1,
    }  # fmt: skip
    assert not story.errors
    return contacts, doubtful


def _reported(story: Story, number: str) -> None:
    """A clinic doctor enters somebody with a fever and reports the suspicion."""
    page = story.room("clinic_doctor", "cases/new")
    _entered(page, f"Fever {number}")
    page.get_by_label("Onset: from").fill("2020-01-28")
    page.get_by_label("Number", exact=True).fill(number)
    for item in ("history", "clinical"):
        page.locator(f".ant-form-item:has(#report_{item}) input[type=checkbox] >> nth=0").check()
    page.locator(".ant-form-item:has(#report_clinical) input[type=checkbox] >> nth=1").check()
    page.get_by_role("button", name="Report", exact=True).click()
    page.wait_for_selector(f"h1:has-text('{number}')")
    page.wait_for_selector(".case-heading .tag:has-text('suspected')")


def _entered(page: Page, name: str) -> None:
    page.fill("#who_name", name)
    pick(page, page.locator(".paper .ant-select").first, "no document")
    page.get_by_role("button", name="Enter and go on").click()


def _tested(story: Story, sample: str, result: str) -> None:
    """The laboratory finds a sample among those that wait, takes it in and tells its result."""
    page = story.room("laboratory", f"samples?number={sample}")
    record(story.page, f"Receive: sample {sample}", typed={"Laboratory (code)": "lab-1"})
    record(story.page, f"Result: sample {sample}", {"Test": "nucleic acid", "Result": result}, {"Ct value": "24.5"})
    page.wait_for_selector("h2:has-text('No sample waits')")


def _confirmed(story: Story, number: str) -> None:
    page = story.case(number)
    record(story.page, "Classify", {"To": "confirmed", "Basis": "laboratory"})
    page.wait_for_selector(".case-heading .tag:has-text('confirmed')")


def _exposed(story: Story, name: str, source: str, area: str) -> str:
    """Somebody of the household of a case, or of no name yet; the id of the contact."""
    page = story.room("epidemiologist", "contacts/new")
    if name:
        _entered(page, name)
    else:
        page.get_by_role("radio", name="not known yet").check()
    page.get_by_label("Number of the source case").fill(source)
    page.get_by_label("Last day of contact").fill(f"{BEGINS}")
    pick(page, "Setting", "household")
    pick(page, "How close", "lives together")
    page.keyboard.press("Escape")
    pick(page, page.locator(".area-field .ant-select").first, area)
    page.get_by_role("button", name="Register", exact=True).click()
    page.wait_for_selector(f"[role=status]:has-text('{'observed' if name else 'Registered'}')")
    return str(page.get_by_role("link", name="Open the card").get_attribute("href")).partition("/")[2]


def _excluded(story: Story, contacts: list[str]) -> None:
    """Two samples a day apart are negative: the suspicion is excluded, and those exposed to it may go."""
    before = story.counts()
    for number, at in (("ST-2", "2020-01-31T09:00"), ("ST-3", "2020-02-01T10:00")):
        story.case("T-2", "clinic_doctor")
        record(story.page, "Take a sample", {"Material": "throat swab"}, {"Number": number, "When it happened": at})
        _tested(story, number, "negative")
    story.case("T-2")
    record(story.page, "Classify", {"To": "excluded", "Basis": "negative tests"})
    excluded = story.counts()
    assert changes(before, excluded) == {"suspected": -1, "suspected_excluded_cum": 1}
    _let_go(story, "epidemiologist", contacts)
    assert changes(excluded, story.counts()) == {"under observation": -1, "still to trace": -1, "released": 1}


def _let_go(story: Story, role: str, contacts: list[str]) -> None:
    """Releases those of whom the rules propose it."""
    page = story.room(role, "contacts?show=proposals")
    for id in contacts:
        _line(page, id).get_by_role("checkbox").check()
    page.get_by_role("button", name=f"Release {len(contacts)}", exact=True).click()
    page.wait_for_selector(f"[role=status]:has-text('Released: {len(contacts)}.')")


def _line(page: Page, id: str) -> Locator:
    return page.locator(f".grid tbody tr:has(a[href='#contacts/{id}'])")


def _ill(story: Story, contacts: list[str]) -> None:
    """One contact has a fever on the fifth day, is referred, becomes a suspected and then a confirmed case: of the
    second generation, of which the district that had none is told."""
    before = story.counts()
    _round(story, BEGINS + timedelta(days=1), "morning", {id: "36.6" for id in contacts})
    _round(story, BEGINS + timedelta(days=1), "afternoon", {id: "36.7" for id in contacts})
    _checked(story, BEGINS + timedelta(days=2), FALLS_ILL - timedelta(days=1), contacts)
    _round(story, FALLS_ILL, "morning", {contacts[0]: "38.1"}, unwell=True)
    assert changes(before, story.counts()) == {}
    page = story.room("epidemiologist", f"contacts/{contacts[0]}")
    page.wait_for_selector("li:has-text('unwell and not referred yet')")
    record(story.page, "Refer")
    page.wait_for_selector("li:has-text('unwell and not referred yet')", state="detached")
    record(story.page, "Became a case")
    page.locator("dt:has-text('Became case') + dd a").click()
    page.wait_for_selector(".case-heading .tag:has-text('suspected')")
    settle(page)
    record(story.page, "Correct", typed={"Number": "T-3", "Onset: from": f"{FALLS_ILL}"})
    record(story.page, "Take a sample", {"Material": "throat swab"}, {"Number": "ST-4"})
    _tested(story, "ST-4", "positive")
    _confirmed(story, "T-3")
    assert changes(before, story.counts()) == {
        "suspected_cum": 1, "confirmed_cum": 1, "confirmed_existing": 1, "unknown_cum": 1, "not_in_hospital": 1,
        "not_in_designated": 1, "under observation": -1, "became cases": 1,
    }  # fmt: skip
    page = story.room("epidemiologist", "transmission")
    page.wait_for_selector("li:has-text('Guandu'):has-text('T-3'):has-text('generation 2')")
    page.locator(
        ".grid tbody tr:has(th:has-text('T-3')) td[data-label='Infected by'] button:has-text('T-1')"
    ).wait_for()
    assert not story.errors


def _round(story: Story, day: date, half: str, temperatures: dict[str, str], *, unwell: bool = False) -> None:
    """A round on the board of checks."""
    page = story.room("epidemiologist", f"contacts?day={day}")
    page.get_by_role("button", name=f"Record this round: {half}").click()
    for id, temperature in temperatures.items():
        page.get_by_label(f"Temperature °C · contact {id[-6:]}").fill(temperature)
        if unwell:
            choices = page.locator(f".sub-form tbody tr:has(th:has-text('{id[-6:]}')) .ant-select")
            pick(page, choices.nth(0), "unwell")
            page.wait_for_selector(OPEN, state="detached")
            pick(page, choices.nth(1), "fever")
            page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Record {len(temperatures)}", exact=True).click()
    page.wait_for_selector(f"[role=status]:has-text('Recorded: {len(temperatures)}.')")


def _checked(story: Story, first: date, last: date, contacts: list[str]) -> None:
    """Both checks of each of the days, everybody well."""
    checks = [
        {
            "contact": id, "day": f"{day}", "half": half, "outcome": "seen_well", "temp_c": 36.6, "by": "worker",
            "at": f"{day}T{hour}:00:00+08:00",
        }
        for day in _days(first, last) for half, hour in (("am", "09"), ("pm", "17")) for id in contacts
    ]  # fmt: skip
    assert story.room("epidemiologist", "me").evaluate(CHECK, checks)["wrong"] == []


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _released(story: Story, contacts: list[str]) -> None:
    """On the fifteenth morning those who stayed well have all their checks and are let go."""
    _checked(story, FALLS_ILL, ENDS - timedelta(days=1), contacts)
    before = story.counts()
    page = story.room("epidemiologist", f"contacts/{contacts[0]}")
    page.wait_for_selector("p:has-text('checks due: 28, seen: 28')")
    _let_go(story, "county_duty_officer", contacts)
    assert changes(before, story.counts()) == {"under observation": -2, "released": 2}
    assert not story.errors
