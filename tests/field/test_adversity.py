"""What befalls a phone: thieves, answers that are lost, a clock that is off, no room left, a code of another county."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.field.phone import Phone, wait_for
from tests.field.test_rounds import label
from tests.field.town import COMMUNITY, Town

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

CONTROL = "对照甲乙丙丁"
"""Stored in the clear by the test itself: what is searched would be found."""
STORE_CONTROL = """(text) => new Promise((done) => {
    const opening = indexedDB.open('control', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('texts')
    opening.onsuccess = () => {
        const put = opening.result.transaction('texts', 'readwrite').objectStore('texts').put({text}, 1)
        put.transaction.oncomplete = () => { opening.result.close(); done() }
    }
})"""


def hits(stored: bytes, text: str) -> int:
    return sum(stored.count(text.encode(coding)) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def test_nothing_of_a_person_lies_on_the_phone_in_the_clear(town: Town, new_phone: Callable[[], Phone]) -> None:
    """Names, addresses, what is typed: searched for in every file of the browser, 0 hits."""
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    names = [name for home in town.homes for _, name in home.members]
    assert phone.page.get_by_text(names[0]).count() == 1, "the list shows names"
    phone.context.set_offline(True)
    phone.all_well(label(town, town.homes[0]))
    phone.open(label(town, town.homes[1]))
    phone.page.get_by_text("新增成员 / 已搬走").click()
    phone.page.get_by_label("姓名").fill("欧阳未央")
    phone.page.get_by_role("button", name="添加").click()
    phone.page.get_by_role("group", name="欧阳未央").or_(phone.page.get_by_text("欧阳未央 · 已搬走")).first.wait_for()
    phone.page.get_by_text("逐人登记").click()
    phone.page.get_by_role("group", name="欧阳未央").get_by_text("不适").click()
    phone.page.evaluate(STORE_CONTROL, CONTROL)
    phone.page.wait_for_timeout(500)
    phone.kill()
    stored = phone.stored()
    assert hits(stored, CONTROL) > 0
    told = [*names, "欧阳未央", label(town, town.homes[0]).partition(" ")[0]]
    assert {name: found for name in told if (found := hits(stored, name))} == {}
    phone.start(offline=True)
    phone.page.goto(f"{town.served.url}/field/")
    phone.page.get_by_label("解锁码").fill("280458")
    phone.page.get_by_role("button", name="解锁", exact=True).click()
    phone.page.get_by_text("解锁码不对").wait_for()
    assert phone.page.locator(".households").count() == 0


def test_answers_that_never_come_and_a_death_in_mid_sync(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])

    def lose(route: Route) -> None:
        """The server gets it; its answer is lost on the way."""
        route.fetch()
        route.abort()

    phone.page.route("**/api/v1/facts", lose)
    for home in town.homes[:3]:
        phone.all_well(label(town, home))
    wait_for(lambda: phone.page.wait_for_timeout(100) or all(town.visits(home) for home in town.homes[:3]))
    assert phone.waiting() == "3条待上报，全部安全保存"
    phone.page.unroute_all(behavior="ignoreErrors")
    held: list[Route] = []
    phone.page.route("**/api/v1/facts", lambda route: held.append(route))
    phone.sync()
    wait_for(lambda: phone.page.wait_for_timeout(50) or bool(held))
    phone.kill()
    phone.start()
    phone.page.goto(f"{town.served.url}/field/")
    phone.unlock()
    phone.until("全部已上报")
    assert [len(town.visits(home)) for home in town.homes[:4]] == [1, 1, 1, 0]


def test_a_lost_phone_is_revoked_and_its_data_destroyed(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    url, device = town.enrolment()
    phone.set_up(url)
    phone.context.set_offline(True)
    phone.all_well(label(town, town.homes[0]))
    assert town.served.administrator.browser.post(f"devices/{device}/revoke", {}).status == 200
    phone.context.set_offline(False)
    phone.page.get_by_text("这部手机已停用").wait_for()
    assert "lianfang-field" not in phone.page.evaluate(
        "indexedDB.databases().then((all) => all.map((one) => one.name))"
    )
    phone.page.goto(f"{town.served.url}/field/")
    phone.page.reload()
    phone.page.get_by_role("heading", name="设置这部手机，用于现场工作").wait_for()
    assert town.visits(town.homes[0]) == []


def test_a_clock_two_hours_off_is_told_and_corrected(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    phone.page.clock.install(time=datetime.now(UTC) + timedelta(hours=2))
    phone.set_up(town.enrolment()[0])
    phone.page.get_by_text(re.compile("手机时间快了2小时")).wait_for()
    phone.all_well(label(town, town.homes[0]))
    wait_for(lambda: phone.page.wait_for_timeout(100) or bool(town.visits(town.homes[0])))
    (visit,) = town.visits(town.homes[0])
    assert abs(datetime.fromisoformat(visit["at"]) - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_full_phone_keeps_what_it_has_and_says_what_it_could_not_keep(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    phone.all_well(label(town, town.homes[0]))
    phone.kill()
    phone.start(offline=True)
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": town.served.url, "quotaSize": 1})
    phone.page.goto(f"{town.served.url}/field/")
    phone.unlock()
    phone.open(label(town, town.homes[1]))
    phone.page.get_by_role("button", name="全部正常").click()
    phone.page.get_by_role("button", name="保存").click()
    phone.page.get_by_text(re.compile("手机存储已满")).wait_for()
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": town.served.url})
    phone.page.get_by_role("button", name="保存").click()
    phone.page.locator(".saved", has_text=label(town, town.homes[1])).wait_for()
    phone.context.set_offline(False)
    phone.until("全部已上报")
    assert [len(town.visits(home)) for home in town.homes[:2]] == [1, 1]


def test_a_days_work_goes_to_another_phone_by_file_and_counts_once(town: Town, new_phone: Callable[[], Phone]) -> None:
    one, two = new_phone(), new_phone()
    for phone in (one, two):
        phone.set_up(town.enrolment()[0])
        phone.context.set_offline(True)
    for home in town.homes[:3]:
        one.all_well(label(town, home))
    two.all_well(label(town, town.homes[2]))  # two workers at one door
    one.go("give")
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="存为文件").click()
    code = one.page.locator(".code").inner_text()
    two.go("take")
    two.page.locator("input[type=file]").set_input_files(download.value.path())
    two.page.get_by_label("文件的密码").fill("AAAA-BBBB-CCCC")
    two.page.get_by_role("button", name="读取").click()
    two.page.get_by_text("读不出来").wait_for()
    two.page.get_by_label("文件的密码").fill(code)
    two.page.get_by_role("button", name="读取").click()
    two.page.get_by_text("已收下3条新记录（共3条）").wait_for()
    one.page.get_by_role("button", name="对方已收齐").click()
    one.page.locator(".adm-dialog").get_by_role("button", name="对方已收齐").click()
    one.page.wait_for_function("() => !location.hash.includes('give')")
    one.until("全部已上报")
    two.context.set_offline(False)
    two.until("全部已上报")
    # the first phone, back in the network, sends them all the same: nothing is doubled, nobody is asked
    one.context.set_offline(False)
    one.page.get_by_role("button", name="改由本机上报").click()
    one.until("全部已上报")
    assert [len(town.visits(home)) for home in town.homes[:4]] == [1, 1, 2, 0]
    assert one.page.get_by_text("需要您处理").count() == 0


def test_a_code_of_another_county_is_told_as_such(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    home = town.homes[0]
    phone.page.evaluate("(to) => { location.hash = to }", f"household={home.id[:-1]}x&area=420100001001")
    phone.page.get_by_text("这不是门牌二维码").wait_for()
    phone.page.evaluate(
        "(to) => { location.hash = to }", "household=00000000-0000-4000-8000-000000000000&area=420100001001"
    )
    phone.page.get_by_text("这是其他地区的二维码（420100001001）").wait_for()
    phone.page.evaluate("(to) => { location.hash = to }", f"household={home.id}&area={COMMUNITY}")
    phone.page.get_by_text("已扫门牌码").wait_for()


def test_a_sync_that_is_answered_twice_changes_nothing(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    for home in town.homes[:2]:
        phone.all_well(label(town, home))
    answers: list[str] = []

    def double(route: Route) -> None:
        """The batch arrives twice; the phone hears the second answer, then asks once more."""
        answers.append(route.fetch().text())
        route.fulfill(response=route.fetch())

    phone.page.route("**/api/v1/facts", double)
    phone.context.set_offline(False)
    phone.until("全部已上报")
    phone.sync()
    phone.until("全部已上报")
    assert len(json.loads(answers[0])["appended"]) == 2
    assert [len(town.visits(home)) for home in town.homes[:3]] == [1, 1, 0]
    assert phone.page.get_by_text("需要您处理").count() == 0


def test_a_server_behind_in_version_is_waited_for_and_told(town: Town, new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])

    def old(route: Route) -> None:
        """As a server answers that does not know the kind yet."""
        sent = route.request.post_data_json
        rows = [
            {"index": at, "id": one["id"], "reason": "kind: is not known here"} for at, one in enumerate(sent or [])
        ]
        route.fulfill(json={"appended": [], "skipped": [], "set_aside": rows})

    def old_list(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["forms"]["visit.made"]["version"] = 0
        route.fulfill(response=answer, json=told)

    def renewed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "version": "9.9"})

    phone.page.route("**/api/v1/facts", old)
    phone.page.route("**/api/v1/field/bundle*", old_list)
    phone.sync()
    phone.go("")
    phone.open(label(town, town.homes[0]))
    phone.page.get_by_text(re.compile("服务器上的表单较旧（第0版，本机第1版）")).wait_for()
    phone.go("")
    phone.all_well(label(town, town.homes[0]))
    phone.go("outbox")
    phone.page.get_by_text("1条要等服务器升级后上报，全部安全保存。").wait_for()
    assert town.visits(town.homes[0]) == []
    phone.page.unroute_all(behavior="ignoreErrors")
    phone.page.route("**/api/v1/session", renewed)
    phone.sync()
    wait_for(lambda: phone.page.wait_for_timeout(100) or bool(town.visits(town.homes[0])))
    phone.until("全部已上报")
    assert [one["outcome"] for one in town.visits(town.homes[0])] == ["met"]


def test_a_household_taken_off_the_list_while_it_is_visited_loses_no_answer(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    gone = town.homes[0]
    phone.open(label(town, gone))
    phone.page.get_by_role("button", name="全部正常").click()
    town.strike(gone)
    phone.page.get_by_role("button", name="保存").click()
    phone.page.locator(".saved", has_text=label(town, gone)).wait_for()
    assert phone.waiting() == "1条待上报，全部安全保存"
    phone.context.set_offline(False)
    phone.until("全部已上报")
    phone.go("")
    phone.page.locator(".households li").first.wait_for()
    assert phone.page.get_by_text(label(town, gone), exact=True).count() == 0
    assert [one["outcome"] for one in town.visits(gone)] == ["met"]
    assert phone.page.get_by_text("需要您处理").count() == 0


def test_two_workers_at_one_door_are_two_visits_and_nobody_is_asked(town: Town, new_phone: Callable[[], Phone]) -> None:
    one, two = new_phone(), new_phone()
    for phone in (one, two):
        phone.set_up(town.enrolment()[0])
        phone.context.set_offline(True)
        phone.all_well(label(town, town.homes[0]))
    for phone in (one, two):
        phone.context.set_offline(False)
        phone.until("全部已上报")
        assert phone.page.get_by_text("需要您处理").count() == 0
    visits = town.visits(town.homes[0])
    assert len(visits) == 2 and len({visit["author"] for visit in visits}) == 2
