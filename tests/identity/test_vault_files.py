"""Lists as files: good rows kept, bad ones told by line, field and reason; a stranger's file breaks nothing."""

from __future__ import annotations

import io
import random
import resource
import zipfile
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.identity import queries, service, sheets
from lianfang.identity.models import Subject
from lianfang.identity.refusals import NoSheet
from lianfang.identity.service import Receipt
from lianfang.identity.sheets import CSV_TYPE, XLSX_TYPE
from tests.identity.people import NOW, QUJING, WUHUA, number, viewer
from tests.identity.workbooks import packed, workbook

TITLES = ["姓名", "性别", "出生日期", "证件类型", "证件号码", "电话", "详细地址"]
DEFAULTS = {"area": WUHUA, "data_class": "contact"}


def line(n: int = 1, **fields: str) -> list[str]:
    whole = {
        "姓名": f"王{chr(0x4E00 + n)}", "性别": "男", "出生日期": "1990/1/1", "证件类型": "居民身份证",
        "证件号码": number(order=n), "电话": f"138{n:08d}", "详细地址": f"五华区某路{n}号, 2单元",
    }  # fmt: skip
    return list({**whole, **fields}.values())


def csv(*lines: list[str], titles: list[str] = TITLES, end: str = "\r\n") -> str:
    return end.join(",".join(f'"{cell}"' if "," in cell else cell for cell in one) for one in [titles, *lines]) + end


def load(body: bytes | str, content_type: str = CSV_TYPE, **defaults: str) -> Receipt:
    raw = body.encode() if isinstance(body, str) else body
    return service.enter_file(viewer(), sheets.read(raw, content_type, {**DEFAULTS, **defaults}), now=NOW)


def told(receipt: Receipt) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.field, fault.reason) for fault in receipt.faults]


def names() -> set[str]:
    page = queries.page(viewer(), purpose="contact_tracing", limit=1_000, now=NOW)
    return {person.shown["name"] for person in page.people}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_as_spreadsheets_write_it(database: Database, encoding: str) -> None:
    receipt = load(csv(line(1), line(2)).encode(encoding))
    assert receipt == Receipt(2, 0, 0, []) and names() == {"王丁", "王丂"}
    assert load(csv(line(1), line(3)).encode(encoding)) == Receipt(1, 1, 0, []), "the same list again"


def test_a_workbook_is_read_with_its_dates_and_numbers(database: Database) -> None:
    rows: list[list[Any]] = [TITLES, line(1), line(2)]
    rows[2][5] = 13800000002.0  # a phone that the spreadsheet took for a number
    assert load(workbook(rows), XLSX_TYPE) == Receipt(2, 0, 0, [])
    found = queries.find(viewer(), phone="13800000002", purpose="contact_tracing", now=NOW)
    assert found.people[0].shown["address"] == "五华区某路2号, 2单元"


@pytest.mark.parametrize("kind", ["居民身份证", "resident identity card", "resident_id", ""])
def test_a_resident_identity_card_without_a_country_is_chinas(database: Database, kind: str) -> None:
    assert load(csv(line(1, 证件类型=kind))) == Receipt(1, 0, 0, [])
    (person,) = queries.find(viewer(), document=number(), purpose="contact_tracing", now=NOW).people
    assert person.shown["documents"] == [{"kind": "resident_id", "country": "CHN", "number": number()}]


def test_titles_in_both_languages_and_the_template(database: Database) -> None:
    for lang in ("zh", "en"):
        template = sheets.template(lang).decode("utf-8-sig").strip().split(",")
        assert len(template) == len(sheets.COLUMNS)
        row = dict.fromkeys(template, "")
        values = ["李" + ("甲" if lang == "zh" else "乙"), "", "1980-01-01", "", "", "", "", "", WUHUA, "contact"]
        row |= dict(zip(template, values, strict=False))
        assert load(csv(list(row.values()), titles=template)).entered == 1
    assert list(sheets.read(sheets.template("zh"), CSV_TYPE, {})) == []


def test_bad_rows_are_told_by_line_and_good_ones_kept(database: Database) -> None:
    lines = [
        line(1),
        line(2, 证件号码=number(order=2)[:-1] + "0"),
        line(3, 姓名=""),
        line(4, 证件类型="驾驶证"),
        line(5, 出生日期="昨天"),
        line(6, 证件类型="", 证件号码="", 电话=""),
    ]
    receipt = load(csv(*lines))
    assert (receipt.entered, receipt.skipped, receipt.refused) == (2, 0, 4)
    assert told(receipt) == [
        (3, "documents.0.number", "check_digit"),
        (4, "name", "missing"),
        (5, "documents.0.kind", "unknown_kind"),
        (6, "birth_date", "no_date"),
    ]
    assert load(csv(line(7)), area=QUJING).faults[0].reason == "outside_area"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        (csv(line(1)) + '"王', [(3, "row", "cut_short")]),
        (csv(line(1)) + "王乙,男,1990/1", [(3, "birth_date", "cut_short")]),
        (csv(line(1)) + '"王"乙,男\r\n' + ",".join(line(2)[:6]) + "\r\n", [(3, "row", "quotes")]),
        (csv(line(1), line(2, 姓名="王" * 20_000)), [(3, "row", "too_long")]),
        (csv(line(1), line(2, 姓名="王" * 200_000)), [(3, "row", "too_long")]),
    ],
    ids=["in a quotation", "in a row", "wrong quotes", "a long cell", "a cell beyond the reader's limit"],
)
def test_half_a_file_and_broken_rows(database: Database, body: str, faults: list[tuple[int, str, str]]) -> None:
    receipt = load(body)
    assert told(receipt) == faults and receipt.entered >= 1
    assert "王丁" in names()


def test_a_number_that_the_spreadsheet_has_spoilt(database: Database) -> None:
    row: list[Any] = line(1)
    row[4] = 5.30102199001010e17
    receipt = load(workbook([TITLES, row, line(2)]), XLSX_TYPE)
    assert told(receipt) == [(2, "document_number", "as_number")] and receipt.entered == 1


BOMB = packed("<row/>" * 3, extra={"xl/sharedStrings.xml": b"\0" * (80 * 1024 * 1024)})
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def _lying() -> bytes:
    """A workbook whose sheet says that it is smaller than it is."""
    body = bytearray(packed('<row r="1"><c r="A1"><v>1</v></c></row>' * 20_000))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as given:
        size = given.getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(body).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"", CSV_TYPE, "name"),
        (b"\xff\xff\xff", CSV_TYPE, "encoding"),
        (b"PK\x03\x04\x00\x00", CSV_TYPE, "CSV"),
        (csv(line(1)).encode(), XLSX_TYPE, "broken"),
        (csv(line(1)).encode(), "application/json", "XLSX"),
        (csv(line(1)).encode(), "", "XLSX"),
        (b"a,b,c\r\n1,2,3\r\n", CSV_TYPE, "template"),
        (csv(titles=[*TITLES, "政治面貌"]).encode(), CSV_TYPE, "columns 8"),
        (csv(titles=[*TITLES, "姓名"]).encode(), CSV_TYPE, "twice"),
        (csv(line(1)).encode() + b"\n" * 100_001, CSV_TYPE, "too large"),
        (b"x" * (32 * 1024 * 1024 + 1), CSV_TYPE, "too large"),
        (workbook([TITLES, line(1)])[:-200], XLSX_TYPE, "cut short"),
        (workbook([TITLES, line(1)])[:300], XLSX_TYPE, "cut short"),
        (BOMB, XLSX_TYPE, "too large"),
        (_lying(), XLSX_TYPE, "broken"),
        (packed('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), XLSX_TYPE, "too large"),
        (packed('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>'), XLSX_TYPE, "too large"),
        (packed("<row/>" * 100_002), XLSX_TYPE, "too large"),
        (packed("<row>" + "<c><v>1</v></c>" * 101 + "</row>"), XLSX_TYPE, "too large"),
        (packed('<row r="1"><c r="A1"><v>&b;</v></c></row>', head=DOCTYPE), XLSX_TYPE, "document type"),
        (packed("", extra={"xl/sharedStrings.xml": DOCTYPE.encode() + b"<x/>"}), XLSX_TYPE, "document type"),
        (packed("", extra={f"xl/{n}.xml": b"<x/>" for n in range(600)}), XLSX_TYPE, "too large"),
        (packed("<row"), XLSX_TYPE, "broken"),
    ],
)
def test_what_is_no_list_is_refused_whole(database: Database, body: bytes, content_type: str, says: str) -> None:
    with pytest.raises(NoSheet, match=says) as refused:
        load(body, content_type)
    assert any("一" <= c <= "鿿" for c in refused.value.zh)
    with seeing_all():
        assert not Subject.objects.exists()


def test_more_faults_than_are_told_are_counted(database: Database) -> None:
    receipt = load(csv(*(line(n % 900, 姓名="") for n in range(2_500))))
    assert receipt.refused == 2_500 and len(receipt.faults) == 1_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(chance=1)
@given(chance=st.integers(0, 2**32))
def test_mutated_files_are_read_or_refused(database: Database, chance: int) -> None:
    """Whatever a file has become: its rows are kept or told, or it is refused; nothing else happens."""
    _mutate_and_read(chance)


@pytest.mark.long
def test_bar_23_ten_thousand_mutated_files(database: Database) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for chance in range(10_000):
        _mutate_and_read(chance)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def _mutate_and_read(chance: int) -> None:
    dice = random.Random(chance)
    whole = [TITLES, *(line(n) for n in range(dice.randrange(1, 6)))]
    kind = dice.choice([CSV_TYPE, XLSX_TYPE])
    body = bytearray(workbook(whole) if kind == XLSX_TYPE else csv(*whole[1:]).encode())
    for _ in range(dice.randrange(1, 8)):
        at = dice.randrange(len(body)) if body else 0
        match dice.randrange(4):
            case 0:
                body[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del body[at : at + dice.randrange(1, 40)]
            case 2:
                body[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 20)))
            case 3:
                body[at:at] = body[at : at + dice.randrange(1, 200)]
    try:
        rows = list(sheets.read(bytes(body), kind, DEFAULTS))
        receipt = service.enter_file(viewer(), rows, now=NOW)
    except NoSheet as refused:
        assert refused.zh and refused.en
        return
    assert receipt.entered + receipt.skipped + receipt.refused == len(rows)
    assert {fault.row for fault in receipt.faults} <= {row.number for row in rows}


def test_ids_of_a_list_are_kept(database: Database) -> None:
    id = UUID(int=7 << 64 | 7)
    receipt = load(csv([*line(1), str(id)], [*line(2), "七"], titles=[*TITLES, "编号"]))
    assert receipt.entered == 1 and told(receipt) == [(3, "id", "no_id")]
    assert queries.card(viewer(), id, purpose="contact_tracing", now=NOW).shown["name"] == "王丁"
