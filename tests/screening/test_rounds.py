"""Rounds: whom they miss, when they close, what the next one shows."""

from __future__ import annotations

import pytest

from tests.screening.made import COMMUNITY, OWN, Desk, unwell, well

pytestmark = pytest.mark.usefixtures("database")


def test_a_round_with_one_missed_household_does_not_close_and_names_it(desk: Desk) -> None:
    grid = desk.grid()
    first, persons = desk.home(grid, "101")
    missed, unseen = desk.home(grid, "102")
    round = desk.round()
    desk.at.on(1)
    desk.visit(first, round, *map(well, persons))
    assert desk.refused(f"/rounds/{round}/close") == [("households", "missing"), ("members", "missing")]
    told = desk.told("/coverage/missing", area=OWN, round=str(round))
    assert [(one["id"], one["door"], one["missing"]) for one in told["households"]] == [
        (str(missed), "102", [str(one) for one in unseen])
    ]
    desk.visit(missed, round, well(unseen[0]), unwell(unseen[1]))
    closed = desk.done(f"/rounds/{round}/close")["whole"]
    assert (closed["registered"], closed["done"], closed["missing"], closed["covered"]) == (2, 2, 0, 1.0)
    assert (closed["due"], closed["seen"], closed["unwell"]) == (4, 4, 1)
    assert closed["person_times"] == {"n": 4, "unit": "人次"}
    assert COMMUNITY in [part["code"] for part in desk.told("/coverage", area=f"{OWN}001")["parts"]]
