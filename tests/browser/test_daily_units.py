"""Persons and person-times stand side by side on the page of the day, and nothing there puts one over the other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import enter, wear

REPORT = "async area => (await fetch('/api/v1/screening/report?day=2020-01-28&area=' + area)).json()"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def whole(told: Any) -> set[str]:
    """Every count that the server tells, wherever it stands in the answer."""
    if isinstance(told, dict):
        return set().union(*(whole(one) for one in told.values()))
    if isinstance(told, list):
        return set().union(*(whole(one) for one in told))
    return {str(told)} if isinstance(told, int) and not isinstance(told, bool) else set()


@pytest.mark.parametrize(("lang", "units"), [("en", ("person-times", "persons")), ("zh", ("人次", "人"))])
@pytest.mark.parametrize("area", ["530103001", "530103001003"])
def test_the_page_of_the_day_tells_the_server_s_counts_with_their_units_and_no_quotient(
    desk: Desk, area: str, lang: str, units: tuple[str, str]
) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, f"coverage?show=daily&area={area}&day=2020-01-28", lang)
    page.wait_for_selector(".figures-row dd")
    said = page.locator(".figures-row").first.inner_text()
    shown = NUMBER.findall(page.locator(".figures-row").first.inner_text())
    cells = page.locator(".grid td.number").all_inner_texts()
    shown += [number for cell in cells for number in NUMBER.findall(cell)]
    assert shown and max(int(number.replace(",", "")) for number in shown) > 0
    assert {number.replace(",", "") for number in shown} <= whole(page.evaluate(REPORT, area)) | {"0"}
    panel = page.locator("main").inner_text()
    assert not re.search(r"[%‰]|\d\s*[/÷:]\s*\d+\s*(?:persons|人)", panel), panel
    assert all(unit in said for unit in units), said
    assert desk.errors == []
