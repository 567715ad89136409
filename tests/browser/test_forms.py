"""The forms of the field: on screen, on paper, as workbooks, with names only for a purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import enter, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORMS = (
    "report-card", "investigation", "contact-register", "observation-sheet", "observation-statistics",
    "screening-report", "zero-report",
)  # fmt: skip


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _of_a_case(rooms: Desk, number: str = "KM-014") -> Page:
    page = enter(rooms.page, rooms.url, "forms?form=report-card")
    pick(page, "Case", number)
    page.wait_for_selector(".sheet")
    return page


def test_all_forms_have_a_door(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "forms")
    doors = page.locator("nav.tabs a").evaluate_all("doors => doors.map((a) => a.getAttribute('href'))")
    assert {door.partition("form=")[2] for door in doors} == set(FORMS)


def test_a_report_card_has_names_only_for_a_purpose(rooms: Desk) -> None:
    page = _of_a_case(rooms)
    assert "KM-014" in page.inner_text(".sheet")
    name = page.locator(".sheet-cells > div").filter(has_text="Name").first
    assert name.locator("dd").inner_text().strip() == ""
    pick(page, page.locator(".purpose .ant-select"), "nvestigat")
    page.wait_for_selector(".sheet")
    page.wait_for_selector(".sheet-cells > div:has(dt:text-is('name')) dd:text-matches('.+')")
    assert not rooms.errors


def test_a_form_becomes_a_workbook(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "forms?form=zero-report")
    page.wait_for_selector(".sheet")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the workbook").click()
    book = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert any(name.startswith("xl/worksheets/") for name in book.namelist())


def test_on_paper_the_form_stands_alone(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "forms?form=zero-report")
    page.wait_for_selector(".sheet")
    page.emulate_media(media="print")
    assert page.locator(".sheet").is_visible()
    for hidden in (".asking", "nav.tabs", ".form-actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.emulate_media(media="screen")


def test_what_is_no_card_is_told(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "forms?form=observation-sheet")
    page.get_by_label("Card’s id or address").fill("nonsense")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('Paste the address')")


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_forms_are_accessible_and_fit(rooms: Desk, axe: Callable[[Page], list[str]], lang: str, width: int) -> None:
    forms = ("contact-register", "zero-report", "observation-statistics")
    assert unusable(rooms, [f"forms?form={form}" for form in forms], lang, width, axe) == []
    rooms.page.wait_for_selector(".sheet")
