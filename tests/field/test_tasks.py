"""Tasks and what is arranged for who is unwell, recorded without a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.field.phone import Phone
from tests.field.test_rounds import label
from tests.field.town import Town

pytestmark = pytest.mark.browser


def test_tasks_are_done_and_the_unwell_disposed_of_without_a_network(
    town: Town, new_phone: Callable[[], Phone]
) -> None:
    town.educate()
    phone = new_phone()
    phone.set_up(town.enrolment()[0])
    page = phone.page
    phone.context.set_offline(True)
    # at the door, what is arranged is a choice beside the symptoms
    one, two = town.homes[:2]
    for home, arranged in ((one, "留院观察"), (two, "")):
        phone.open(label(town, home))
        page.get_by_text("逐人登记").click()
        first, second = (page.get_by_role("group", name=name) for _, name in home.members)
        first.get_by_text("不适").click()
        page.get_by_label("体温").fill("38.2")
        if arranged:
            page.get_by_role("group", name="如何安排？").get_by_text(arranged).click()
        second.get_by_text("外出").click()
        page.get_by_label("外来人员（人）", exact=True).fill("0")
        page.get_by_role("button", name="保存").click()
        page.locator(".saved", has_text=label(town, home)).wait_for()
    assert phone.waiting() == "3条待上报，全部安全保存"
    phone.context.set_offline(False)
    phone.until("全部已上报")
    phone.sync()
    phone.until("全部已上报")
    tasks = len(phone.ask("field/bundle")["tasks"])
    phone.context.set_offline(True)

    phone.go("tasks")
    cards = page.locator(".cards article")
    cards.first.wait_for()
    listed = page.locator(".cards article p.muted, .cards article p.late").all_inner_texts()
    assert cards.count() == tasks > 1 and len(listed) == tasks
    unwell = cards.filter(has_text=two.members[0][1])
    unwell.get_by_text("居家隔离").click()
    unwell.get_by_text("已登记：居家隔离").wait_for()
    assert cards.filter(has_text=one.members[0][1]).get_by_text("居家隔离").count() == 0
    told = cards.filter(has=page.get_by_role("button", name="完成")).first
    told.get_by_role("button", name="完成").click()
    page.get_by_text("已登记：完成").first.wait_for()
    phone.until("2条待上报，全部安全保存")
    phone.context.set_offline(False)
    phone.until("全部已上报")
    assert page.get_by_text("需要您处理").count() == 0
    assert [town.disposed(home) for home in (one, two)] == [["hospital"], ["home"]]
    rules = [
        one["rule"]
        for one in phone.ask("tasks?mine=true&limit=500")["tasks"]
        if one["state"] not in ("done", "done_late")
    ]
    assert "screening.educate" not in rules and "screening.dispose" not in rules
