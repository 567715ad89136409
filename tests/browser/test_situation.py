"""The situation: from a figure down to a card, one view for the whole page, and the outbreak replayed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.desk import DRAWN_MS, Desk
from tests.browser.rooms import SIDEWAYS, enter, until, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

KUNMING, PANLONG = "530100", "530103"
LEAD = ".tile[data-key=confirmed_cum] .figure"


@pytest.fixture
def situation(desk: Desk) -> Desk:
    """The demonstration as the epidemiologist of a prefecture sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _open(desk: Desk, query: str = "", lang: str = "en", width: int = 1280) -> Page:
    page = enter(desk.page, desk.url, f"situation{query}", lang, width)
    page.wait_for_selector(f"{LEAD}:not(.null)")
    return page


def _view(page: Page) -> dict[str, str]:
    """What the address says of the view."""
    fragment = urlsplit(page.url).fragment
    return {name: values[0] for name, values in parse_qs(fragment.partition("?")[2]).items()}


def _number(page: Page, of: str = LEAD) -> int:
    found = re.match(r"[\d,]+", page.inner_text(of))
    assert found is not None
    return int(found.group().replace(",", ""))


def test_three_clicks_lead_from_a_figure_to_the_card_of_a_case(situation: Desk) -> None:
    page = _open(situation)
    shown = _number(page)
    page.click(LEAD)
    page.wait_for_selector(".explain .grid tbody tr")
    counted = page.locator(".explain .grid tbody td[data-label=Count]").all_inner_texts()
    assert sum(int(n) for n in counted) == shown > 0
    assert f"add up to {shown}" in page.inner_text(".explain")
    assert page.locator(".explain .revisions li").count() > 0
    page.keyboard.press("Escape")
    page.wait_for_selector(".explain", state="detached")
    page.wait_for_selector(".tile[data-key=confirmed_cum]:focus-within")
    assert "figure" not in _view(page)
    page.click(LEAD)
    page.click(".explain .grid tbody a >> nth=0")
    page.wait_for_url("**/*#cases/*-*")
    page.wait_for_selector("h1")
    page.go_back()
    page.wait_for_selector(".explain .grid tbody tr")
    assert situation.errors == []


def test_an_area_that_is_chosen_anywhere_is_chosen_everywhere(situation: Desk) -> None:
    page = _open(situation)
    page.wait_for_selector(".map[aria-busy=false]", timeout=DRAWN_MS)
    whole = _number(page)
    row = page.locator(".area-list tbody tr", has_text="Panlong District")
    part = int(row.locator("td .figure").first.inner_text())
    row.get_by_role("button", name="Panlong District", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".part-chip:has-text('Panlong District only')")
    assert 0 < _number(page) == part < whole
    assert "Panlong District" in page.inner_text(".plot h2")
    assert "Panlong District" in page.inner_text(".map-tip")
    assert _view(page) == {"part": PANLONG}
    page.click(".tile[data-key=confirmed_new] .tile-name")
    page.wait_for_selector("#situation-map:has-text('Confirmed cases, new')")
    assert _view(page) == {"part": PANLONG, "measure": "confirmed_new"}
    assert page.locator(".area-list thead .shaded").inner_text().startswith("Confirmed cases, new")
    page.go_back()
    page.wait_for_selector(".part-chip", state="detached")
    assert _number(page) == whole
    page.click(".area-list thead button:has-text('Area')")
    names = page.locator(".area-list tbody th").all_inner_texts()
    placed = [name for name in names if name != "Kunming, no division known"]  # that comes last
    assert placed == sorted(placed) == names[: len(placed)]
    page.set_viewport_size({"width": 320, "height": 800})
    until(page, f"() => {SIDEWAYS} <= 0")
    assert situation.errors == []


def test_the_outbreak_is_replayed_as_it_was_known(situation: Desk) -> None:
    page = _open(situation)
    today = _number(page)
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".heading:has-text('As of the end of')")
    page.wait_for_selector(".situation[aria-busy=false]")
    chosen = _view(page)["day"]
    assert "known" not in _view(page)
    assert 0 < _number(page) < today
    page.click(".time-bar .choice >> text=As known at the end of that day")
    page.wait_for_selector(".back-then")
    known = _view(page)["known"]
    assert (_view(page)["day"], known[:10] > chosen) == (chosen, True)
    page.wait_for_selector(".both:has-text('as known then')")
    page.click(".play")
    page.wait_for_function("(day) => !location.hash.includes(`day=${day}`)", arg=chosen)
    page.click(".play")
    stopped = _view(page)["day"]
    assert chosen < stopped
    page.click(".to-today")
    page.wait_for_selector(".back-then", state="detached")
    page.wait_for_selector(".situation[aria-busy=false]")
    assert _view(page) == {}
    assert _number(page) == today
    assert situation.errors == []


@pytest.mark.parametrize(("lang", "width"), [("zh", 390)])
def test_it_reads_well_on_a_phone(situation: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    page = _open(situation, f"?part={PANLONG}", lang, width)
    page.wait_for_selector(".map[aria-busy=false]", timeout=DRAWN_MS)
    page.wait_for_selector(".part-chip")
    page.wait_for_selector("section:has(h2 a[href*='show=lines']) tbody tr >> nth=2")
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
    page.click(LEAD)
    page.wait_for_selector(".explain .grid tbody tr")
    page.wait_for_timeout(400)  # the drawer fades in; half-faded text has no contrast
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert situation.errors == []


def test_an_area_without_outlines_has_its_table_and_says_why(situation: Desk) -> None:
    page = _open(situation, f"?area={PANLONG}")
    page.wait_for_selector(".no-map:has-text('There are no outlines for the parts of Panlong District')")
    assert page.locator(".map").count() == 0
    assert page.locator(".area-list tbody tr").count() > 0
    page.wait_for_selector(".plot svg")
    assert situation.errors == []


def test_a_shared_address_opens_with_ones_own_rights(situation: Desk) -> None:
    page = enter(situation.page, situation.url, "situation?area=150000&measure=suspected")
    page.wait_for_selector("h1:has-text('This page does not open')")
    page.click("a:has-text('Open the situation in Kunming')")
    page.wait_for_selector("h1:has-text('Situation in Kunming')")
    wear(page, situation.url, "grid_worker")
    page = enter(page, situation.url, f"situation?area={KUNMING}")
    page.wait_for_selector("h1:has-text('This page does not open')")
    assert page.locator(".doors-instead a").count() > 0
