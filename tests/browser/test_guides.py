"""Pictures of every page, the guide in the desk, the help of a page, and the tour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, sign_in, wear
from tests.gallery import index
from tests.gallery.camera import TWO, Camera
from tests.gallery.walk import kind_of, menu_of, plain, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.served import Served


def test_the_gallery_shows_pages_and_tells_what_is_wrong(
    browser: Browser, demo_url: str, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    camera = Camera(browser, demo_url, "laboratory", tmp_path, axe)
    menu = menu_of(camera)
    assert menu[:2] == ["today", "samples"]
    taken = list(plain(camera, "today", "", TWO))
    opened = next(walk(camera, ["samples"], set()))
    taken.append(next(opened))
    assert [(one.room, one.lang, one.width) for one in taken] == [
        ("today", "zh", 1280),
        ("today", "en", 390),
        ("samples", "zh", 1280),
    ]
    assert all((tmp_path / one.file).stat().st_size > 10_000 for one in taken)
    assert [one.found for one in taken] == [(), (), ()]
    camera.page.evaluate("document.querySelector('main').style.width = '3000px'; console.error('told')")
    found = next(camera.take("samples", "", TWO)).found
    assert any("sideways" in line for line in found)
    assert "console: told" in found
    camera.close()
    shown = index.page(taken, {"laboratory": ("检测机构", "laboratory")}, [])
    assert shown.count("<figure") == 3
    assert "检测机构 · laboratory" in shown


def test_pages_of_one_kind_are_shown_once() -> None:
    one = "0190a5b0-1111-7222-8333-444455556666"
    assert kind_of(f"cases/{one}") == "cases/*"
    assert kind_of("plans?show=library&area=530100") == "plans?show=library"
    assert kind_of("tasks?mine=true") == "tasks"


def test_the_question_mark_tells_of_the_page_and_a_word_of_its_meaning(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "cases", "zh", 390)
    page.click(".help-open")
    page.wait_for_selector("dialog.help dt:has-text('报告卡')")
    assert "从诊断时起计时" in page.inner_text("dialog.help")
    assert "采样时限" in page.inner_text("dialog.help")
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.help", state="detached")
    assert page.evaluate("document.activeElement.className") == "help-open"

    page = enter(desk.page, desk.url, "today", "en")
    page.focus(".rhythm .term button")
    meaning = page.locator(".rhythm [role=tooltip]")
    meaning.wait_for()
    assert "works towards" in meaning.inner_text()
    page.hover(".rhythm [role=tooltip]")
    assert meaning.is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    meaning.wait_for(state="hidden")
    assert not desk.errors


def test_the_guide_of_the_role_leads_to_its_pages(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "laboratory")
    page = enter(desk.page, desk.url, "guide", "zh", 390)
    page.wait_for_selector("h1:has-text('检测机构使用指南')")
    assert page.locator(".guide h2").all_inner_texts()[0] == "一天"
    picture = page.locator(".guide img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.naturalWidth > 600", arg=picture.element_handle())
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
    page.click(".guide li a:has-text('样本') >> nth=0")
    page.wait_for_url("**/*#samples")
    settle(page)
    assert not desk.errors


def test_the_tour_is_offered_once_and_taken_by_the_keyboard(
    served: Served, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    sign_in(page, served.url, served.officer("browser-tour", "epidemiologist", "530100"))
    enter(page, served.url, "", "en")
    page.wait_for_selector(".tour-offer")
    page.get_by_role("button", name="Take the tour").click()
    page.wait_for_selector("dialog.tour h2:has-text('The menu')")
    page.wait_for_selector("dialog.tour p:has-text('Cases and contacts of the own area')")
    assert "CDC epidemiologist" in page.inner_text("dialog.tour")
    assert axe(page) == []
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("dialog.tour h2:has-text('What is to be done')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("dialog.tour h2:has-text('The menu')")
    steps = int(page.inner_text(".tour-card p >> nth=0").split()[-1])
    assert 4 <= steps <= 7
    for _ in range(steps):
        page.keyboard.press("Enter")
    page.wait_for_selector("dialog.tour", state="detached")
    assert page.locator(".tour-offer").count() == 0
    enter(page, served.url, "", "en")
    page.wait_for_selector(".rhythm")
    assert page.locator(".tour-offer").count() == 0
