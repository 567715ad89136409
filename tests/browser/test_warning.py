"""Warning and assessment: a signal from the fact that raised it to its review, and figures in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The rules are asked every 20 seconds; the claim is a minute from the fact.
RAISED_MS = 60_000
# Draws of a nowcast may have to be compiled first.
ESTIMATED_MS = 120_000
COUNTY, PREFECTURE = "530124", "530100"
PACK = [
    "In short", "Curve of cases (onset)", "Curve of cases (report)", "Reproduction number R", "Risk assessment",
    "Cases of the areas", "Chains of transmission", "Risk of counties", "Classes of communities", "Quality of the data",
]  # fmt: skip
CONFIRM = """async (area) => {
  const ask = async (path, body) => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch('/api/v1' + path, { method: 'POST', headers, body: JSON.stringify(body) })
    const said = await answer.json()
    if (!answer.ok) throw new Error(path + ' ' + answer.status + ' ' + JSON.stringify(said))
    return said
  }
  const person = {
    id: crypto.randomUUID(), area, data_class: 'case', basis: 'infectious_disease', name: '样本甲', sex: 'female',
    birth_date: '1980-01-31', documents: [], phones: ['+99910077055'],
  }
  const { entered, errors } = await ask('/people', { people: [person] })
  if (!entered) throw new Error(JSON.stringify(errors))
  const about = { onset: { earliest: '2020-01-27', latest: '2020-01-27' } }
  await ask('/cases', { person: person.id, disease: 'ncov-2020', as_class: 'confirmed', area, about })
}"""

SIGNALLED = """async ([area, atMost]) => {
  for (const began = Date.now(); Date.now() - began < atMost; await new Promise((on) => setTimeout(on, 1000))) {
    const answer = await fetch('/api/v1/warning/signals?rule=first_case&area=' + area)
    if ((await answer.json()).total > 0) return true
  }
  return false
}"""


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the epidemiologist of a prefecture sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _drawn(page: Page) -> Page:
    page.wait_for_selector(".plot svg", timeout=ESTIMATED_MS)
    page.wait_for_selector(".ant-skeleton", state="detached")
    return page


def test_a_first_case_is_signalled_within_a_minute_reviewed_and_counted(
    rooms: Desk, axe: Callable[[Page], list[str]]
) -> None:
    rooms.page.evaluate(CONFIRM, COUNTY)
    assert rooms.page.evaluate(SIGNALLED, [COUNTY, RAISED_MS])
    page = enter(rooms.page, rooms.url, f"warning?area={COUNTY}&rule=first_case")
    card = page.locator(".signal")
    card.wait_for()
    assert card.locator(".evidence li").count() > 1
    card.get_by_role("button", name="Review").click()
    card.get_by_role("button", name="Record the review").click()
    card.get_by_text("Give a reason").wait_for()
    assert axe(page) == []
    card.get_by_label("confirm", exact=True).check()
    card.get_by_label("Reason").fill("The laboratory and the investigation agree.")
    card.get_by_role("button", name="Record the review").click()
    page.wait_for_selector(".signal .reviews li:has-text('The laboratory')")
    counts = page.locator("[aria-labelledby=signal-counts] tbody tr").filter(has_text="first")
    counts.get_by_text("—").first.wait_for(state="detached")
    page.reload()
    page.wait_for_selector("h1")
    page.get_by_text("No such signal").wait_for()
    assert rooms.errors == []


@pytest.mark.parametrize(("lang", "width"), [("zh", 390)])
def test_figures_are_said_in_words_and_kept_in_files(
    rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    page = _drawn(enter(rooms.page, rooms.url, f"area?area={PREFECTURE}", lang, width))
    said = page.locator(".in-short li").all_inner_texts()
    assert any(one.startswith("R为") for one in said)
    assert page.evaluate(SIDEWAYS) == 0
    page.locator(".plot summary").first.click()
    assert axe(page) == []
    kept = []
    for button in page.locator(".plot").first.locator(".plot-files button").all():
        with page.expect_download() as download:
            button.click()
        kept.append(download.value.path().read_bytes())
    data, drawing, painted = kept
    assert data.decode("utf-8-sig").splitlines()[0].startswith("area,as_of,known_at,seq,day,cases,nowcast_q05")
    assert drawing.startswith(b"<svg") and "昆明市" in drawing.decode()
    assert painted.startswith(b"\x89PNG")
    assert rooms.errors == []


def test_the_pack_for_a_meeting_holds_everything_on_one_page(rooms: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = _drawn(enter(rooms.page, rooms.url, f"assessment?area={PREFECTURE}"))
    for title in PACK:
        page.get_by_role("heading", name=title, exact=True).wait_for()
    page.emulate_media(media="print")
    assert page.locator(".plot-files").first.is_hidden()
    assert page.locator(".plot svg").first.is_visible()
    assert axe(page) == []
    assert rooms.errors == []
