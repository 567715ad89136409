"""Households from a spreadsheet: twice is once, what is wrong is told by row, what was moved by hand stays one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screening.made import CHIEF, COMMUNITY, OTHER, STRANGER, Desk

pytestmark = pytest.mark.usefixtures("database")


def rows(n: int = 85, **more: Any) -> list[dict[str, Any]]:
    """As a sheet has them: doors are numbers, cells that are empty are None."""
    return [
        {"community": COMMUNITY, "grid": f"第{1 + i % 5}网格", "building": "7栋", "door": float(100 + i), **more}
        for i in range(n)
    ]  # fmt: skip


def test_the_same_list_again_changes_nothing_and_another_grid_moves(desk: Desk) -> None:
    first = desk.done("/households/import", {"rows": rows()})
    assert first == {"grids": 5, "added": 85, "changed": 0, "unchanged": 0, "errors": []}
    again = desk.done("/households/import", {"rows": rows(site=None)})
    assert again == {"grids": 0, "added": 0, "changed": 0, "unchanged": 85, "errors": []}
    moved = [{**rows()[0], "grid": "新网格", "expected": "4"}]
    assert desk.done("/households/import", {"rows": moved})["changed"] == 1
    assert desk.ledger(COMMUNITY)["registered"] == 85
    listed = desk.done("/households/list", {"area": COMMUNITY, "limit": 1000})
    assert (listed["total"], {one["door"] for one in listed["households"]} >= {"100", "184"}) == (85, True)
    assert desk.done("/households/list", {"state": "twice"})["total"] == 0


def test_what_is_wrong_is_told_by_row_and_the_rest_is_taken(desk: Desk) -> None:
    good = {"community": OTHER, "grid": "g", "door": "1", "site": "安置点"}
    bad = [
        {**good, "door": ""}, {**good, "community": "999999"}, {**good, "site": "火车"}, {**good, "phone": "1"},
        {**good, "expected": "many", "door": "2"}, {**good, "expected": "2"},
    ]  # fmt: skip
    told = desk.done("/households/import", {"rows": [good, *bad]})
    assert (told["added"], [(one["row"], one["field"], one["reason"]) for one in told["errors"]]) == (
        1,
        [
            (2, "door", "missing"), (3, "community", "unknown_area"), (4, "site", "unknown_word"),
            (5, "phone", "no_column"), (6, "expected", "int_parsing"), (7, "door", "twice"),
        ],
    )  # fmt: skip
    assert next(one["site"] for one in desk.told("/grids", CHIEF)["grids"]) == "resettlement"
    assert [one["reason"] for one in desk.done("/households/import", {"rows": [good]}, STRANGER)["errors"]] == [
        "outside_area"
    ]
