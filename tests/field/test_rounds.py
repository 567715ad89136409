"""A day at the doors: without a network, with a phone that dies, and every visit on the desk once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.field.phone import Phone
from tests.field.town import Home, Town

pytestmark = pytest.mark.browser


def label(town: Town, home: Home) -> str:
    return f"{town.post.removeprefix('team-')}栋 1单元 {home.door}"


def test_twelve_households_offline_a_dead_phone_and_twelve_visits_once_each(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    phone = new_phone()
    url, device = town.enrolment()
    assert "/field/#enrol=" in url
    phone.set_up(url)
    assert phone.page.locator(".households li").count() == 12
    phone.context.set_offline(True)
    taps = {phone.all_well(label(town, home)) for home in town.homes[:7]}
    assert taps == {3}
    # one more, half filled in when the battery dies
    half = town.homes[7]
    phone.open(label(town, half))
    phone.page.get_by_text("逐人登记").click()
    phone.keeps(phone.page.get_by_role("group", name=half.members[0][1]).get_by_text("不适").click)
    phone.keeps(phone.page.get_by_role("checkbox", name="咳嗽", exact=True).check)
    phone.keeps(lambda: phone.page.get_by_label("体温").fill("38.4"))
    phone.kill()

    phone.start(offline=True)
    phone.page.goto(url.partition("#")[0])
    phone.unlock()
    assert phone.waiting() == "7条待上报，全部安全保存"
    phone.go("")
    phone.open(label(town, half))
    assert phone.page.get_by_label("体温").input_value() == "38.4"
    phone.page.get_by_role("group", name=half.members[1][1]).get_by_text("外出").click()
    phone.page.get_by_label("外来人员（人）", exact=True).fill("1")
    phone.page.get_by_role("button", name="保存").click()
    phone.page.locator(".saved").wait_for()
    for home in town.homes[8:]:
        phone.all_well(label(town, home))
    assert phone.waiting() == "12条待上报，全部安全保存"
    assert [town.visits(home) for home in town.homes] == [[]] * 12

    phone.context.set_offline(False)
    phone.until("全部已上报")
    phone.sync()
    phone.until("全部已上报")
    visits = [town.visits(home) for home in town.homes]
    assert [len(one) for one in visits] == [1] * 12
    assert {one["author"] for (one,) in visits} == {device}
    (unwell,) = visits[7]
    assert [(one["result"], one["temp_c"]) for one in unwell["members"]] == [("unwell", 38.4), ("away", None)]
    assert unwell["members"][0]["symptoms"] == ["cough"]


def test_a_new_household_with_somebody_new_reaches_the_register_and_the_vault(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="新增住户").click()
    phone.page.get_by_label("楼栋（如 7栋）").fill("9栋")
    phone.page.get_by_label("房号").fill("909")
    phone.page.get_by_role("button", name="新增并登记").click()
    phone.page.get_by_text("没有登记成员").or_(phone.page.get_by_text("逐人登记")).first.wait_for()
    id = phone.page.evaluate("location.hash.split('/').pop()")
    phone.page.get_by_text("新增成员 / 已搬走").click()
    phone.page.get_by_label("姓名").fill("欧阳未央")
    phone.page.get_by_role("button", name="添加").click()
    phone.page.get_by_role("button", name="全部正常").click()
    phone.page.get_by_role("button", name="保存").click()
    phone.page.locator(".saved", has_text="9栋 909").wait_for()
    assert phone.waiting() == "3条待上报，全部安全保存"
    phone.context.set_offline(False)
    phone.until("全部已上报")
    card = town.officer.get(f"households/{id}?purpose=case_investigation").body
    assert (card["building"], card["door"], card["faults"]) == ("9栋", "909", [])
    assert [one["result"] for one in card["visits"][0]["members"]] == ["well"]
    assert "欧阳未央" in str(card)
