"""Measures on the desk: issued, shown as so many of so many, done only with evidence; a notice that is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

STARTS, ENDS = "2020-01-26T00:00", "2020-02-24T00:00"
NOTICE = """async () => {
  const post = (path, body) => fetch(`/api/v1/${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  })
  const session = await (await fetch('/api/v1/session')).json()
  const answer = await post('instructions', { id: crypto.randomUUID(), area: session.area, sort: 'order',
    zh: '关于加强卡点值守的通知', zh_text: '请立即排查。', issuer: '指挥部', doc_no: '12号',
    to: [{ area: session.area }] })
  return answer.status
}"""

SPREADING = """async () => {
  const session = await (await fetch('/api/v1/session')).json()
  const body = { scheme: 'community', area: `${session.area}001001`, to: '3', reason: '来源在查',
    until: session.server_time.slice(0, 10) }
  const answer = await fetch('/api/v1/warning/grades', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  })
  return answer.status
}"""


def carried_out(page: Page) -> tuple[int, int]:
    """How many of how many measures in force are carried out."""
    done, of = page.get_by_role("heading", name="carried out").inner_text().split(" carried")[0].split(" of ")
    return int(done), int(of)


def test_rsp_03_measures_are_issued_and_done_only_with_evidence(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    assert desk.page.evaluate(NOTICE) == 200
    done, all_ = carried_out(enter(desk.page, desk.url, "measures"))
    page = enter(desk.page, desk.url, "measures?show=issue")
    for field, text in (
        ("doc_no", "1号"),
        ("basis", "应急预案"),
        ("approver", "指挥部"),
        ("units", "health 卫生健康局"),
    ):
        page.fill(f"#measures_{field}", text)
    page.fill("#measures_lines", "停止组织团组旅游\n取消群体性活动")
    page.fill("#measures_starts", STARTS)
    page.get_by_role("button", name="Issue", exact=True).click()
    page.get_by_text("after the start").first.wait_for()
    page.fill("#measures_ends", ENDS)
    page.get_by_role("button", name="Issue", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('2 measures issued')")

    page = enter(page, desk.url, "measures")
    page.get_by_role("heading", name=f"{done} of {all_ + 2} carried out").wait_for()
    row = page.locator("tr", has_text="停止组织团组旅游")
    row.get_by_role("button", name="State progress").click()
    pick(page, row.get_by_label("Progress", exact=True), "done")
    row.get_by_role("button", name="Record").click()
    row.get_by_text("what shows it is done").or_(row.get_by_text("is needed")).first.wait_for()
    row.get_by_label("Evidence (needed where done)").fill("旅行社已停业")
    row.get_by_role("button", name="Record").click()
    page.get_by_role("heading", name=f"{done + 1} of {all_ + 2} carried out").wait_for()
    assert axe(page) == []

    page = enter(page, desk.url, "notices", width=390)
    notice = page.locator("section.card", has_text="关于加强卡点值守的通知")
    notice.get_by_role("button", name="I have read it").click()
    notice.get_by_text("1 of 1 have read it").wait_for()
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []
    for tab in ("measures?show=matrix", "measures?show=gatherings", "measures?show=venues", "measures"):
        page = enter(page, desk.url, tab, width=390)
        settle(page)
        assert page.evaluate(SIDEWAYS) <= 0, tab
    assert len(desk.errors) == 2 and all("422" in one for one in desk.errors)  # what was refused above, and no other


def test_a_commander_sees_who_leads_which_strategy_holds_and_what_goes_up(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "command?show=headquarters")
    page.get_by_role("button", name="Fill it in").click()
    for field, text in (("zh", "区应对疫情指挥部"), ("doc_no", "2号"), ("starts", STARTS), ("leads", "区委书记\n区长")):
        page.fill(f"#headquarters_{field}", text)
    page.fill("#headquarters_groups", "医疗救治组：卫生健康局、医保局")
    page.locator("form#headquarters").get_by_role("button", name="Record").click()
    page.get_by_role("heading", name="区应对疫情指挥部").wait_for()
    page.locator("li", has_text="卫生健康局").get_by_text("leads").wait_for()

    page = enter(page, desk.url, "command?show=strategy")
    page.get_by_role("button", name="Decide on another strategy").click()
    pick(page, page.locator("#strategy_strategy"), "stop the export")
    for field, text in (("reason", "毗邻疫情高发地区"), ("doc_no", "6号"), ("starts", STARTS)):
        page.fill(f"#strategy_{field}", text)
    page.locator("form#strategy").get_by_role("button", name="Record").click()
    page.locator("form#strategy .ant-form-item-explain-error").first.wait_for()  # none without an end
    page.fill("#strategy_ends", ENDS)
    page.locator("form#strategy").get_by_role("button", name="Record").click()
    page.locator("td").get_by_text("by decision").first.wait_for()

    page = enter(page, desk.url, "command?show=reports")
    page.get_by_role("button", name="Record an event").click()
    page.fill("#event_zh", "聚集性疫情")
    page.fill("#event_found", "2020-01-28T01:00")
    page.locator("form#event").get_by_role("button", name="Record").click()
    page.get_by_role("button", name="It has arrived: County health department").click()
    page.get_by_role("button", name="It has arrived: County government").wait_for()

    page = enter(page, desk.url, "command")
    page.get_by_text("区应对疫情指挥部").wait_for()
    page.get_by_role("link", name="Events going up").wait_for()
    assert axe(page) == []
    for tab in ("first", "products", "headquarters", "strategy", "reports", "board"):
        page = enter(page, desk.url, f"command?show={tab}", width=390)
        assert page.evaluate(SIDEWAYS) <= 0, tab
    assert desk.errors == []


def test_entry_can_be_limited_in_a_community_that_has_a_case_and_is_chosen_by_name(desk: Desk) -> None:
    desk.page.set_default_timeout(120_000)  # the first estimates of an area are compiled before
    wear(desk.page, desk.url, "county_duty_officer")
    assert desk.page.evaluate(SPREADING) == 200
    page = enter(desk.page, desk.url, "area")
    page.get_by_text("of the class “no case found” nobody can").wait_for()
    page.get_by_role("button", name="Limit entry").click()
    pick(page, "Community", "spread in the community")
    page.get_by_label("Why it is necessary, and what is limited").fill("小区只留一个出入口")
    until = page.get_by_label("Until", exact=True)
    until.fill(until.get_attribute("placeholder") or "")
    page.get_by_role("button", name="Limit entry").last.click()
    page.get_by_role("table", name="Limits on entry to communities").get_by_text("in force").wait_for()
    assert desk.errors == []
