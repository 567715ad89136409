"""Import of any country's divisions from CSV: good rows kept, each error named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.places.gazetteer import HIERARCHY_COLUMNS, LEVELS, Division, Gazetteer, Row
from lianfang.places.hierarchy import RowError, read_hierarchy

HEADER = ",".join(HIERARCHY_COLUMNS)


def read(tmp_path: Path, lines: str, **known: object) -> tuple[list[Row], list[RowError]]:
    path = tmp_path / "divisions.csv"
    path.write_text("\n".join([HEADER, *(line.strip() for line in lines.strip().splitlines())]), encoding="utf-8")
    return read_hierarchy(path, **known)  # type: ignore[arg-type]  # the two look-ups, by name


GOOD = """
KE,Kenya,,country,,,Kenya,
KE-01,Mombasa,KE,province,2013,,Mombasa,Mvita|Kilindini
KE-0101,Likoni,KE-01,county,2013,2020,Likoni,
"""


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    rows, errors = read(tmp_path, GOOD)
    assert errors == []
    assert [row.division.code for row in rows] == ["KE", "KE-01", "KE-0101"]
    assert rows[1].aliases == ("Mvita", "Kilindini")
    assert rows[2].division == Division("KE-0101", "Likoni", "county", "KE-01", 2013, 2020, "", "Likoni", "Likoni")
    assert Gazetteer.from_rows(rows).resolve("Kilindini", "KE") == rows[1].division


ERRORS = """
line                              | field      | reason
,Nowhere,KE,province,,,,          | code       | is empty
KE-02,,KE,province,,,,            | name       | is empty
KE-02,Kwale,KE,,,,,               | level      | is empty
KE-02,Kwale,KE,region,,,,         | level      | one of
KE-02,Kwale,UG,province,,,,       | parent     | UG is not in the file and not known
KE-02,Kwale,KE-02,province,,,,    | parent     | is the division itself
KE-02,Kwale,KE,province,20x,,,    | valid_from | is not a year
KE-02,Kwale,KE,province,0,,,      | valid_from | is not a year
KE-02,Kwale,KE,province,2010,2009,, | valid_to | 2009 is before valid_from 2010
KE-01,Mombasa,KE,province,2012,2014,, | code   | is in row 3 for the same years
KE-02,Kwale,KE-01,province,,,,    | level      | province is not below its parent’s, province
KE-02,Kwale,KE,province,,,,,,,    | row        | more cells
KE-02,Kwa\x07le,KE,province,,,,   | name       | not printable
"""


@pytest.mark.parametrize("line", ERRORS.strip().splitlines()[1:])
def test_an_error_names_row_field_and_reason_and_the_rest_is_kept(tmp_path: Path, line: str) -> None:
    *cells, field, reason = line.split(" | ")
    rows, errors = read(tmp_path, GOOD + "|".join(cells).strip())
    assert [row.division.code for row in rows] == ["KE", "KE-01", "KE-0101"]
    assert [(e.row, e.field) for e in errors] == [(5, field.strip())]
    assert reason.strip() in errors[0].reason


def test_codes_that_leave_a_division_scattered_are_refused(tmp_path: Path) -> None:
    there = {"KE": None, "KE-01": "KE", "KE-0101": "KE-01", "KF": None}
    known = {code: Division(code, code, "country", parent) for code, parent in there.items()}.get
    rows, errors = read(
        tmp_path,
        "KE-02,Kwale,KE,province,,,,\nKE-010,Lamu,KE,province,,,,\nKG,Kilifi,KE,province,,,,\n"
        "KG-1,Malindi,KG,county,,,,\nKE-0102,Odd,KF,province,,,,",
        known=known,
        others=there,
    )
    assert [row.division.code for row in rows] == ["KE-02"]
    assert [(error.row, error.reason.split(": begin")[0]) for error in errors] == [
        (3, "KE-010 lies among the codes below KE-01"),
        (4, "KG is apart from the other codes below KE"),
        (5, "KG-1 is apart from the other codes below KE"),
        (6, "KE-0102 is apart from the other codes below KF"),
    ]


def test_a_cycle_is_refused_with_what_hangs_below_it(tmp_path: Path) -> None:
    rows, errors = read(tmp_path, GOOD + "A,A,C,province,,,,\nB,B,A,prefecture,,,,\nC,C,B,county,,,,\nD,D,C,town,,,,")
    assert len(rows) == 3
    assert [(e.row, e.field) for e in errors] == [(5, "parent"), (6, "parent"), (7, "parent"), (8, "parent")]
    assert "leads back" in errors[0].reason


def test_what_is_below_a_refused_row_is_refused(tmp_path: Path) -> None:
    rows, errors = read(tmp_path, "X,X,nowhere,province,,,,\nY,Y,X,prefecture,,,,\nZ,Z,Y,county,,,,")
    assert rows == []
    assert [(e.row, e.reason.split(",")[0]) for e in errors] == [
        (2, "nowhere is not in the file and not known"),
        (3, "was refused"),
        (4, "was refused"),
    ]


def test_parents_may_be_known_already_and_codes_may_be_taken(tmp_path: Path) -> None:
    china = Gazetteer.load()
    lines = "530102-G1,第一网格,530102,town,,,,\n530102,五华区,530100,county,,,,"
    rows, errors = read(tmp_path, lines, known=china.division, taken=china.division)
    assert [row.division.code for row in rows] == ["530102-G1"]
    assert [(e.row, e.field) for e in errors] == [(3, "code")]


def test_one_code_may_have_several_states_one_after_the_other(tmp_path: Path) -> None:
    rows, errors = read(tmp_path, "1,Old,,country,,1990,,\n1,New,,country,1991,,,")
    assert errors == []
    gazetteer = Gazetteer.from_rows(rows)
    assert [d.name for d in (gazetteer.division("1"),) if d] == ["New"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x81", b"", b"a,b\n1,2\n", b"\x00"])
def test_a_file_of_another_shape_is_an_error_on_its_first_row(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    rows, errors = read_hierarchy(path)
    assert rows == []
    assert {e.row for e in errors} == {1}


def test_files_of_spreadsheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    content = f"{HEADER}\r\n1,甲国,,country,,,,\r\n"
    for encoding in ("utf-8-sig", "gb18030"):
        path.write_bytes(content.encode(encoding))
        rows, errors = read_hierarchy(path)
        assert (rows[0].division.name, errors) == ("甲国", [])


CELL = st.sampled_from(["", "A", "B", "C", "D", "E", "x" * 80, "2000", "1999", "\u200b"])


@given(
    lines=st.lists(
        st.tuples(
            CELL, CELL, CELL, st.sampled_from([*LEVELS, "", "region"]), CELL, CELL, CELL, st.sampled_from(["", "P|Q"])
        ),
        max_size=12,
    )
)
def test_any_rows_give_a_sound_hierarchy(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("h") / "h.csv"
    path.write_text("\n".join([HEADER, *(",".join(line) for line in lines)]), encoding="utf-8")
    rows, errors = read_hierarchy(path)
    refused = {error.row for error in errors}
    present = sum(1 for line in lines if any(line))
    assert len(rows) + len(refused) == present
    codes = {row.division.code for row in rows}
    gazetteer = Gazetteer.from_rows(rows)
    for row in rows:
        assert row.division.parent is None or row.division.parent in codes
        assert row.division.code not in gazetteer.ancestors(row.division.code)
