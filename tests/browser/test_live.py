"""Pages that stay open: what changes appears by itself, and nothing typed is lost by a line, a session or a hat."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.browser.rooms import enter, password, second_step, sign_in
from tests.database import folder_for_servers
from tests.demo import clean_environment
from tests.served import Browser, Officer, Served, installed, started

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

COUNTY = "530111"
SUSPECTED = {"disease": "ncov-2020", "edition": "ncov-2020-v7", "as_class": "suspected"}
TYPED, NUMBER = "王小", "530111198001310217"
LOST = ".connection p"
ROWS = ".grid tbody tr"

# Notes every sign of waiting that the page shows from then on.
WATCH = """() => {
  window.waited = 0
  new MutationObserver((all) => {
    for (const one of all) for (const node of one.addedNodes)
      if (node.matches?.(".skeleton") || node.querySelector?.(".skeleton")) window.waited += 1
  }).observe(document.body, { childList: true, subtree: true })
}"""
STANDS = "() => [document.activeElement.id, document.activeElement.value, window.waited]"
WEAR = """id => fetch('/api/v1/session/appointment', {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ id })
}).then((answer) => answer.status)"""


@pytest.fixture(scope="module")
def officer(served: Served) -> Officer:
    """An epidemiologist of a county, who is an inspector too."""
    made = served.officer("live-desk", "epidemiologist", COUNTY)
    second = {"role": "inspector", "area": COUNTY}
    answer = served.administrator.browser.post(f"accounts/{made.account}/appointments", second)
    assert answer.status == 200, answer
    return made


@pytest.fixture
def signed(served: Served, page: Page, officer: Officer) -> Page:
    """The officer's page, as an epidemiologist."""
    sign_in(page, served.url, officer)
    assert page.evaluate(WEAR, hat(officer, "epidemiologist")) == 200
    return page


def hat(officer: Officer, role: str) -> str:
    held = officer.browser.get("session").body["appointments"]
    return next(str(one["id"]) for one in held if one["role"] == role)


def report(browser: Browser) -> None:
    """One more suspected case of the county, over HTTP."""
    who = {"id": str(uuid4()), "name": "段小满", "area": COUNTY, "data_class": "suspected"}
    held = {"basis": "infectious_disease", "since": "2026-11-01"}
    assert browser.post("people", {"people": [{**who, **held}]}).body["entered"] == 1
    body = {"case": str(uuid4()), "id": str(uuid4()), "person": who["id"], "area": COUNTY, **SUSPECTED}
    assert browser.post("cases", body).status == 200


def begin_a_case(page: Page, url: str) -> Page:
    """The form of a new case, half filled."""
    enter(page, url, "cases/new").fill("#who_name", TYPED)
    return page


def test_a_fact_is_on_the_open_list_and_nothing_jumps(served: Served, signed: Page, officer: Officer) -> None:
    for _ in range(12):
        report(officer.browser)
    enter(signed, served.url, "cases").set_viewport_size({"width": 1280, "height": 500})
    signed.wait_for_selector(f"{ROWS} >> nth=11")
    signed.locator(".case-search input").first.click()
    signed.keyboard.type("AB")
    row = signed.locator(ROWS, has_text=signed.locator(f"{ROWS} >> nth=9").locator("th").inner_text())
    row.scroll_into_view_if_needed()
    signed.evaluate(WATCH)
    before, place, rows = signed.evaluate(STANDS), row.bounding_box(), signed.locator(ROWS).count()
    report(officer.browser)
    answered = time.monotonic()
    signed.wait_for_selector(f"{ROWS} >> nth={rows}", state="attached")
    print(f"on the list {1000 * (time.monotonic() - answered):.0f} ms after the answer")
    assert signed.evaluate(STANDS) == before == [before[0], "AB", 0]
    now = row.bounding_box()
    assert place and now and abs(now["y"] - place["y"]) < 2, "what one looks at stays where it is"


def test_a_lost_connection_is_told_and_what_came_meanwhile_is_asked_for(
    served: Served, signed: Page, officer: Officer
) -> None:
    enter(signed, served.url, "cases").wait_for_selector("main .muted")
    report(officer.browser)
    signed.wait_for_selector(ROWS)
    rows = signed.locator(ROWS).count()
    signed.context.set_offline(True)
    signed.wait_for_selector(f"{LOST}:has-text('No connection since')")
    assert signed.locator(".connection").get_attribute("role") == "status"
    report(officer.browser)
    signed.context.set_offline(False)
    signed.wait_for_selector(LOST, state="detached")
    signed.wait_for_selector(f"{ROWS} >> nth={rows}", state="attached")


def test_a_form_without_connection_is_kept_and_sent_once(served: Served, signed: Page, officer: Officer) -> None:
    """The answer to the first sending is lost on its way: the second is of the same person, who is entered once."""
    begin_a_case(signed, served.url).fill("#who_documents_0_number", NUMBER)
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(str(route.request.post_data))
        route.fetch()
        route.abort("connectionreset")

    signed.route("**/api/v1/people", lose, times=1)
    go = signed.locator("main form button[type=submit]")
    go.click()
    signed.wait_for_selector("main [role=alert]:has-text('The server cannot be reached')")
    assert signed.input_value("#who_name") == TYPED
    signed.wait_for_selector(LOST, state="detached")
    with signed.expect_request("**/api/v1/people") as again:
        go.click()
    signed.wait_for_selector("#report_disease")
    assert again.value.post_data == sent[0], "sent again it is the same, with the same id"


def test_the_session_ends_elsewhere_and_a_half_filled_case_waits(
    served: Served, signed: Page, officer: Officer
) -> None:
    """Nobody does anything on the page: the line tells it. The other tab waits too, and one sign-in serves both."""
    other = signed.context.new_page()
    enter(other, served.url, "me")
    begin_a_case(signed, served.url)
    assert officer.browser.ask("DELETE", "session/places").status == 200
    for page in (signed, other):
        page.wait_for_selector("#again")
    assert signed.locator("#who_name").is_hidden()
    password(signed, officer)
    second_step(signed, officer)
    signed.wait_for_selector("#who_name")
    assert signed.input_value("#who_name") == TYPED
    other.wait_for_selector("#again", state="detached")
    other.close()


def test_another_hat_in_another_tab_is_asked_about(served: Served, signed: Page, officer: Officer) -> None:
    begin_a_case(signed, served.url)
    other = signed.context.new_page()
    enter(other, served.url, "me")
    other.locator(".hats li", has_text="inspector").get_by_role("button").click()
    signed.wait_for_selector("#moved:has-text('inspector')")
    assert signed.locator("#who_name").is_hidden()
    signed.get_by_role("button", name="Back to").click()
    signed.wait_for_selector("#who_name")
    assert signed.input_value("#who_name") == TYPED
    other.get_by_role("button", name="Go on as").click()
    other.wait_for_selector(".who:has-text('epidemiologist')")
    other.close()


def test_a_part_that_is_gone_is_told_and_comes_with_the_page(served: Served, signed: Page) -> None:
    """As after an upgrade of the server, under a page that stayed open."""
    enter(signed, served.url, "cases")
    signed.route("**/assets/Tasks-*.js", lambda route: route.fulfill(status=404))
    signed.evaluate("() => { location.hash = 'tasks' }")
    signed.wait_for_selector(".guarded[role=alert]:has-text('could not be loaded')")
    assert signed.locator("header nav").count() > 0, "the rest of the page is there"
    signed.unroute("**/assets/Tasks-*.js")
    signed.get_by_role("button", name="Load the page anew").click()
    signed.wait_for_selector("main h1:has-text('Tasks')")


@pytest.mark.long
def test_a_server_that_starts_anew_is_found_again(page: Page) -> None:
    folder = folder_for_servers()
    environment = clean_environment(folder / "home")
    with installed(folder, environment) as served:
        sign_in(page, served.url, served.officer("live-again", "epidemiologist", COUNTY))
        enter(page, served.url, "cases")
        served.process.terminate()
        served.process.wait(30)
        page.wait_for_selector(LOST)
        with started(folder, served.url, environment):
            page.wait_for_selector(LOST, state="detached", timeout=60_000)
            assert page.locator(".who:has-text('epidemiologist')").count() == 1
