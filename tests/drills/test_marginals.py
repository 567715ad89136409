"""The table of an area's people: what is read, and what is refused by row and field."""

from __future__ import annotations

import numpy as np
import pytest

from lianfang.capabilities.drills.rules import marginals
from lianfang.capabilities.drills.rules.faults import Refused

HEAD = "what,from,to,value,source\n"
GOOD = (
    HEAD + "area,530102,,7,a\narea,530103,,3,a\nhousehold,1,1,40,b\nhousehold,2,,60,b\n"
    "female,0,9,10,c\nfemale,10,,40,c\nmale,0,9,11,c\nmale,10,,39,c\nwork,20,59,0.5,d\nschool,5,14,0.9,e\n"
)


def test_a_table_is_cut_where_any_class_begins() -> None:
    table = marginals.read(GOOD)
    its = table.marginals
    assert table.areas == {"530102": 7, "530103": 3}
    assert its.age_from.tolist() == [0, 5, 10, 15, 20, 60] and its.age_to.tolist() == [4, 9, 14, 19, 59, 90]
    assert its.persons.sum(1) == pytest.approx([50, 50])
    assert its.persons[0, :2] == pytest.approx([5, 5])
    assert its.at_work.tolist() == [0, 0, 0, 0, 0.5, 0] and its.at_school.tolist() == [0, 0.9, 0.9, 0, 0, 0]
    assert its.household_shares == pytest.approx([40] + [60 / 9] * 9)
    assert table.sources == ("a", "b", "c", "d", "e")


def test_the_table_that_ships() -> None:
    table = marginals.shipped("530100")
    assert table is not None and sum(table.areas.values()) == 8_460_088  # the census's own total
    assert table.marginals.persons.sum() == pytest.approx(8_460_088)
    sizes = table.marginals.household_shares / table.marginals.household_shares.sum()
    assert (sizes * np.arange(1, 11)).sum() == pytest.approx(2.41, abs=0.005)
    assert marginals.shipped("530102") is not None and marginals.shipped("150100") is None


@pytest.mark.parametrize(
    ("wrong", "right", "field", "reason"),
    [
        ("what,from", "kind,from", "row 1", "write the heads"),
        ("area,530103,,3,a", "areas,530103,,3,a", "row 3 what", "'areas'"),
        ("area,530103,,3,a", "area,530102,,3,a", "row 3 from", "twice"),
        ("area,530103,,3,a", "area,,,3,a", "row 3 from", "code"),
        ("household,1,1,40,b", "household,1,1,-4,b", "row 4 value", "0 or more"),
        ("household,1,1,40,b", "household,1,1,nan,b", "row 4 value", "0 or more"),
        ("household,1,1,40,b", "household,1,1,40,", "row 4 source", "where the figure is from"),
        ("household,1,1,40,b", "household,1,1,40", "row 4", "4 cells"),
        ("household,2,,60", "household,3,,60", "row 5 from", "2 to 2 is missing"),
        ("household,2,,60", "household,1,,60", "row 5 from", "overlaps row 4"),
        ("household,2,,60", "household,2,9,60", "household", "nothing under to"),
        ("household,2,,60", "household,two,,60", "row 5 from, to", "whole numbers"),
        ("female,0,9,10", "female,9,0,10", "row 6 from, to", "in order"),
        ("male,0,9,11,c\nmale,10,,39,c\n", "", "male", "begin with 0"),
        ("work,20,59,0.5", "work,20,59,5", "row 10 value", "a share"),
        ("school,5,14,0.9", "school,5,24,0.9", "work, school", "of age 20"),
        ("area,530102,,7,a\narea,530103,,3,a\n", "", "area", "no row"),
    ],
)
def test_what_is_wrong_is_refused_by_row_and_field(wrong: str, right: str, field: str, reason: str) -> None:
    assert wrong in GOOD
    with pytest.raises(Refused) as refused:
        marginals.read(GOOD.replace(wrong, right, 1))
    faults = {fault.field: fault for fault in refused.value.faults}
    assert field in faults, faults
    assert reason in faults[field].en and faults[field].zh
