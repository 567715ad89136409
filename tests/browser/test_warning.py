"""Assessment of an area: figures in plain words, kept in files, and printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Draws of a nowcast may have to be compiled first.
ESTIMATED_MS = 120_000
PREFECTURE = "530100"
PACK = [
    "In short", "Curve of cases (onset)", "Curve of cases (report)", "Reproduction number R", "Risk assessment",
    "Cases of the areas", "Chains of transmission", "Risk of counties", "Classes of communities", "Quality of the data",
]  # fmt: skip


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the epidemiologist of a prefecture sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _drawn(page: Page) -> Page:
    page.wait_for_selector(".plot svg", timeout=ESTIMATED_MS)
    page.wait_for_selector(".skeleton", state="detached", timeout=ESTIMATED_MS)
    return page


@pytest.mark.parametrize(("lang", "width"), [("zh", 390)])
def test_figures_are_said_in_words_and_kept_in_files(
    rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    rooms.page.set_default_timeout(ESTIMATED_MS)
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
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as PDF").click()
    assert saved.value.suggested_filename == f"{PREFECTURE}-2020-01-29-en.pdf"
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    page.emulate_media(media="print")
    assert page.locator(".plot-files").first.is_hidden()
    assert page.locator(".plot svg").first.is_visible()
    assert axe(page) == []
    assert rooms.errors == []
