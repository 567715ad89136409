"""A telephone that the vault cannot take: the post is told, corrects it or leaves it out; what was recorded is safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.field.gatepost import answer, gate_post, set_up
from tests.field.phone import Phone
from tests.served import Served

pytestmark = pytest.mark.browser
TOO_LONG, RIGHT = "12345 67890 12345 678", "13911112222"


def _met(phone: Phone, telephone: str) -> None:
    """Somebody is recorded with a telephone, and the phone meets the server."""
    page = phone.page
    page.get_by_role("button", name="登记过往人员").click()
    page.get_by_text("拒测、看上去不适、联系电话").click()
    page.get_by_label("联系电话（可不填）").fill(telephone)
    answer(phone, degrees="36", tenth="5")
    page.get_by_role("button", name="登记放行").click()
    page.locator(".saved", has_text="36.5").wait_for()


def test_a_telephone_that_was_not_kept_is_told_and_corrected_or_left_out(
    served: Served, new_phone: Callable[[], Phone]
) -> None:
    post, phone = gate_post(served, "KU"), new_phone()
    set_up(phone, post)
    page = phone.page
    for left_out in (False, True):
        _met(phone, TOO_LONG)
        phone.until("全部已上报")
        page.get_by_role("button", name="1条需要您处理").click()
        page.get_by_text("5至15位数字").wait_for()
        if left_out:
            page.get_by_role("button", name="不保存此项").click()
        else:
            page.get_by_role("textbox", name="电话未能保存").fill(RIGHT)
            page.get_by_role("button", name="更正并重新上报").click()
        page.get_by_role("heading", name="电话未能保存").wait_for(state="detached")
        assert page.get_by_role("button", name="1条需要您处理").count() == 0
        phone.go("")
    assert post.tally()["met"] == 2
    asked = {"purpose": "screening"}
    people = phone.ask("people/list", asked)["people"]
    assert sum("2222" in str(one) for one in people) == 1, people
    assert len(people) == 1
