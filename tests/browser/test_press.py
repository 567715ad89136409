"""Press conferences and what is told abroad at the desk: proposed from an issued notice, assessed, told, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNDO = """async ([path, taken]) => {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
  const body = JSON.stringify({ taken, why: 'trial' })
  return (await fetch(`/api/v1/${path}/retract`, { method: 'POST', headers, body })).status
}"""
CARD = "async path => (await fetch(`/api/v1/${path}`)).json()"


def _of(page: Page) -> str:
    """The id of what is open."""
    page.wait_for_url("**one=*")
    settle(page)
    return page.url.partition("one=")[2]


def test_a_conference_is_prepared_from_an_issued_notice_on_a_telephone(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "issues?show=briefings&area=530000", "zh", 390)
    page.get_by_text("准备发布会").click()
    pick(page, "所依据的通报", "24:00")
    first = page.get_by_label("一、发现与追踪").first
    expect(first).not_to_have_value("")
    page.get_by_label("举行时间").fill("2020-01-30T16:00")
    for line in page.locator("fieldset input").all():
        line.fill(line.input_value() or "各级指挥部每日调度。")
    page.get_by_role("button", name="保存材料").click()
    id = _of(page)
    page.get_by_text("登记问题").click()
    page.get_by_label("内容（中文）").fill("是否出现社区传播？")
    page.get_by_role("button", name="登记预备的问题").click()
    page.get_by_text("答复", exact=True).first.click()
    answer = page.get_by_role("form", name="答复")
    answer.get_by_label("内容（中文）").fill("目前没有。")
    answer.get_by_role("button", name="答复").click()
    expect(page.get_by_text("目前没有。")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0 and axe(page) == []
    page.get_by_role("button", name="登记已举行").click()
    expect(page.locator(".heading .tag")).to_have_text("已举行")
    held = page.evaluate(CARD, f"briefings/{id}")["held_fact"]
    assert page.evaluate(UNDO, [f"briefings/{id}", held]) == 200
    assert desk.errors == []


def test_an_event_is_assessed_told_and_confirmed(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "issues?show=external&area=530000")
    page.get_by_text("Assess an event").click()
    page.get_by_label("Name of the event, in Chinese").fill("新型冠状病毒感染的肺炎")
    page.get_by_label("Name of the event, in English").fill("Novel coronavirus pneumonia")
    page.get_by_label("Known since").fill("2020-01-29T09:00")
    for n, question in enumerate(page.locator("fieldset:has(textarea)").all()):
        question.get_by_text("yes" if n < 2 else "no", exact=True).click()
        question.locator("textarea").first.fill("A new disease.")
    page.get_by_role("button", name="Keep the assessment").click()
    id = _of(page)
    expect(page.locator(".heading .tag")).to_have_text("has to be told")
    for field, option in (("Who", "World Health Organization"), ("On which notice it stands", "24:00"),
                          ("By which way", "official mail")):  # fmt: skip
        pick(page, field, option)
    page.get_by_role("button", name="Record who was told").click()
    expect(page.locator(".heading .tag")).to_have_text("told in time")
    page.get_by_role("button", name="Has confirmed").click()
    expect(page.get_by_role("button", name="Has confirmed")).to_have_count(0)
    assert page.evaluate(SIDEWAYS) == 0 and axe(page) == []
    card = page.evaluate(CARD, f"external/{id}")
    assert (card["clock"], card["notifications"][0]["to"]) == ("in_time", "who")
    assert desk.errors == []
