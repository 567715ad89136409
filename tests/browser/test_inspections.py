"""Inspections on the desk: one is made with a photograph, put right with another, and looked at again; places are
drawn by lot; forms rest by one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, settle, wear
from tests.identity.photographs import EXIF, chunk, png

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

TAB = "gates?show=inspections"
ITEM = "vehicles come and go unchecked"
SEEN = """async id => {
  const answer = await fetch(`/api/v1/attachments/${id}?purpose=oversight`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const found = new TextDecoder('latin1').decode(bytes)
  return [answer.status, answer.headers.get('Content-Type'), found.includes('Exif')]
}"""
LOOKS_LEFT = """left => {
  const buttons = [...document.querySelectorAll('main button')]
  return buttons.filter(one => one.textContent.includes('复查合格')).length === left
}"""
NEWEST = """async () => {
  const { inspections } = await (await fetch('/api/v1/inspections')).json()
  return inspections[0]
}"""


def photograph(shade: int) -> FilePayload:
    """As a telephone writes one, with the place where it was taken; larger than what is sent."""
    taken = png(2400, 1800, chunk(b"eXIf", EXIF[6:]), shade=shade)
    return {"name": "gate.png", "mimeType": "image/png", "buffer": taken}


def put(page: Page, label: str, shade: int) -> None:
    """Chooses a photograph by the field of this name."""
    page.locator(f"input[type=file][aria-label='{label}']").set_input_files(photograph(shade))
    page.wait_for_selector("img[alt='The photograph that was chosen']")


def shown(page: Page, button: str, alt: str) -> tuple[int, int]:
    """Width and height of a photograph that was asked for."""
    page.get_by_role("button", name=button).first.click()
    picture = page.get_by_alt_text(alt).first
    picture.wait_for()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    size = picture.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]")
    return size[0], size[1]


def test_a_finding_goes_from_the_photograph_to_the_look_that_follows(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "inspector")
    page = enter(desk.page, desk.url, TAB)
    page.get_by_role("button", name="Record an inspection").click()
    pick(page, page.locator("#inspection_post"), "")
    page.get_by_role("radio", name="by telephone").check()
    page.get_by_role("checkbox", name=ITEM).check()
    page.get_by_label("In words").fill("小区车辆随意进出")
    put(page, f"Photograph of the finding: {ITEM}", 90)
    assert axe(page) == []
    page.click("#inspection button[type=submit]")
    page.wait_for_selector("[role=status]:has-text('on record, with 1 findings')")
    settle(page)
    made = page.evaluate(NEWEST)
    assert page.evaluate(SEEN, made["found"][0]["photo"]) == [200, "image/jpeg", False]
    assert shown(page, "Show the finding", f"Photograph of the finding: {ITEM}") == (1600, 1200)
    assert axe(page) == []
    assert desk.errors == []

    wear(page, desk.url, "county_duty_officer")
    page = enter(page, desk.url, f"{TAB}&state=open", width=390)
    shown(page, "Show the finding", f"Photograph of the finding: {ITEM}")
    page.get_by_role("button", name=f"It was put right {ITEM}").first.click()
    page.get_by_label("What was done", exact=True).fill("已加装道闸")
    put(page, f"Photograph of what was done: {ITEM}", 200)
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    page.locator(".inspected form button[type=submit]").click()
    page.locator(".inspected form").wait_for(state="detached")
    settle(page)

    wear(page, desk.url, "inspector")  # somebody else than who put it right
    page = enter(page, desk.url, f"{TAB}&state=recheck", "zh", 390)
    assert shown(page, "查看整改照片", "整改照片：车辆随意进出") == (1600, 1200)
    assert page.get_by_text("整改单位：已加装道闸").count() == 1
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    looks = page.get_by_role("button", name="复查合格")
    left = looks.count() - 1
    looks.first.click()
    page.wait_for_function(LOOKS_LEFT, arg=left)
    assert page.evaluate(NEWEST)["open_items"] == 0
    assert desk.errors == []


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_form_of_one_can_be_used_by_everybody(
    desk: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "inspector")
    page = enter(desk.page, desk.url, TAB, lang, width)
    page.get_by_role("button", name={"zh": "登记检查", "en": "Record an inspection"}[lang]).click()
    page.get_by_role("radio", name={"zh": "实地检查", "en": "on site"}[lang]).check()
    page.get_by_role("checkbox").first.check()
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    page.locator("input[type=file]").set_input_files(
        {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    page.wait_for_selector("[role=alert]:has-text('JPEG')")
    page.click("#inspection button[type=submit]")
    page.wait_for_selector(".ant-form-item-explain-error")
    assert desk.errors == []


def test_on_site_means_that_the_code_of_the_place_was_read(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, TAB, width=390)
    page.get_by_text("Codes that hang at the places").click()
    pick(page, page.locator("#place_code_post"), "")
    page.get_by_role("button", name="Make the code").click()
    page.wait_for_function("() => document.querySelector('.place-code img')?.naturalWidth > 0")
    code = page.locator(".place-code .mono").inner_text()
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    page.get_by_role("button", name="Record an inspection").click()
    pick(page, page.locator("#inspection_post"), "")
    page.get_by_role("radio", name="on site").check()
    page.fill("#inspection_code", "lianfang:elsewhere")
    page.click("#inspection button[type=submit]")
    page.wait_for_selector(".ant-form-item [role=alert]:has-text('read it')")
    assert all("422" in one for one in desk.errors)
    page.fill("#inspection_code", code)
    page.click("#inspection button[type=submit]")
    page.wait_for_selector("[role=status]:has-text('on record, with 0 findings')")
    assert page.evaluate(NEWEST)["checked_in"] is True


def test_places_are_drawn_and_told_on_their_day(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "inspector")
    page = enter(desk.page, desk.url, "inspections", width=390)
    page.get_by_role("button", name="Draw", exact=True).click()
    page.wait_for_selector("text=to be inspected")
    settle(page)
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    page = enter(page, desk.url, "inspections?show=parts", "zh")
    page.wait_for_selector("text=人员管控")
    assert axe(page) == []
    assert desk.errors == []


def test_forms_rest_by_one_act_and_are_asked_for_again(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "burden", width=390)
    page.fill("#rest_reason", "基层减负")
    page.get_by_role("button", name="Let all forms rest that no law requires").click()
    page.get_by_role("button", name="Ask for them again").wait_for()
    settle(page)
    assert page.locator(".tag.warns").count() >= 3
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    page.get_by_role("button", name="Ask for them again").click()
    page.locator("#rest_reason").wait_for()
    assert desk.errors == []
