"""Numbers, names and masks: equal ones are found however they were typed, and a mask shows no more than it may."""

from __future__ import annotations

import unicodedata
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from lianfang.identity import documents, masks, vault
from lianfang.identity.entry import Content
from lianfang.identity.persons import policy

INDEX = bytes(range(32))
DIGITS = st.text("0123456789", min_size=1, max_size=20)
BLANKS = st.sampled_from(["", " ", "  ", "-", "－", "—", "\u3000", "\u00a0", "\u200b"])


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A resident identity card's number with its right check digit."""
    born = draw(st.dates(date(1900, 1, 1), date(2019, 12, 31)))
    first = f"{draw(st.sampled_from(['110101', '530102', '820000']))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + ric.calc_check_digit(first + "0")


def wide(text: str) -> str:
    """The same in full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@st.composite
def typed(draw: st.DrawFn, number: str) -> str:
    """A number as somebody may type it."""
    parts = [draw(st.sampled_from([c, c.lower(), wide(c)])) + draw(BLANKS) for c in number]
    return draw(BLANKS) + "".join(parts)


@given(st.data(), numbers())
def test_a_document_is_found_however_it_was_typed(data: st.DataObject, number: str) -> None:
    other = data.draw(typed(number))
    assert vault.document_tag(INDEX, other) == vault.document_tag(INDEX, number)
    paper, wrong = documents.check_document(1, "documents.0", "resident_id", "", other)
    assert wrong is None and paper == ("resident_id", "CHN", number)


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_a_wrong_digit_is_told(number: str, at: int, by: int) -> None:
    digit = "0123456789X".index(number[at])
    wrong = number[:at] + ("0123456789X" if at == 17 else "0123456789")[(digit + by) % (11 if at == 17 else 10)]
    paper, fault = documents.check_document(7, "documents.0", "resident_id", "", wrong + number[at + 1 :])
    assert paper is None and fault is not None
    assert (fault.row, fault.field, fault.reason) == (7, "documents.0.number", "check_digit")
    assert number not in fault.zh + fault.en


@given(st.data(), st.text("0123456789", min_size=9, max_size=9))
def test_a_phone_is_found_however_it_was_typed(data: st.DataObject, rest: str) -> None:
    phone = "13" + rest
    prefix = data.draw(st.sampled_from(["", "+86", "86", "0086", "+86 ", "(+86)"]))
    assert documents.plain_phone(prefix + data.draw(typed(phone))) == phone
    assert vault.phone_tag(INDEX, prefix + phone) == vault.phone_tag(INDEX, phone)


@pytest.mark.parametrize(
    ("kind", "country", "number", "held"),
    [
        ("passport", "rus", "75 1234567", ("passport", "RUS", "751234567")),
        ("hk_mo_permit", "", "h12345678", ("hk_mo_permit", "CHN", "H12345678")),
        ("tw_permit", "", "01234567", ("tw_permit", "CHN", "01234567")),
        ("other", "", "№ 七-１２", ("other", "UNK", "NO七12")),
        ("resident_id", "", "82000019900101001" + ric.calc_check_digit("820000199001010010"), None),
    ],
)
def test_documents_of_every_kind_are_equal(
    kind: str, country: str, number: str, held: tuple[str, str, str] | None
) -> None:
    paper, wrong = documents.check_document(1, "documents.0", kind, country, number)
    assert wrong is None and (paper == held or held is None)


@pytest.mark.parametrize(
    ("kind", "country", "number", "field", "reason"),
    [
        ("resident_id", "", "53010219900101001", "number", "form"),
        ("resident_id", "", "530102900101001", "number", "form"),
        ("resident_id", "", "53010219900230001" + ric.calc_check_digit("530102199002300010"), "number", "check_digit"),
        ("resident_id", "", "٥30102199001010010", "number", "form"),
        ("passport", "", "E12345678", "country", "country"),
        ("passport", "China", "E12345678", "country", "country"),
        ("passport", "CHN", "E1", "number", "form"),
        ("hk_mo_permit", "", "X12345678", "number", "form"),
        ("tw_permit", "", "123", "number", "form"),
        ("driving", "", "1", "kind", "unknown_kind"),
        ("other", "", "9" * 41, "number", "too_long"),
    ],
)
def test_what_is_wrong_with_a_document_is_told(kind: str, country: str, number: str, field: str, reason: str) -> None:
    paper, wrong = documents.check_document(3, "documents.1", kind, country, number)
    assert paper is None and wrong is not None
    assert (wrong.row, wrong.field, wrong.reason) == (3, f"documents.1.{field}", reason)
    assert wrong.zh and wrong.en.isascii() and number not in wrong.zh


@given(st.sampled_from(["document", "phone"]), st.text("0123456789ABCXH", max_size=40))
def test_a_mask_of_a_number_shows_no_more_than_its_rule(kind: str, value: str) -> None:
    rule, shown = policy().masks[kind], masks.number(kind, value)  # type: ignore[index, arg-type]
    assert len(shown) == len(value)
    head, stars, tail = shown.partition("*")[0], shown.count("*"), shown.rpartition("*")[2]
    if value:
        assert stars >= min(len(value), rule.hidden) and stars * 3 >= len(value)
        assert len(head) <= rule.head and len(tail) <= rule.tail
        assert shown == head + "*" * stars + tail and value.startswith(head) and value.endswith(tail)


def test_masks_have_their_known_forms() -> None:
    assert masks.number("document", "530102199001011234") == "530***********1234"
    assert masks.number("phone", "13812345678") == "138****5678"
    assert (masks.name("王小明"), masks.name("John Smith"), masks.name("𠮷野")) == ("王**", "J**", "𠮷**")
    assert masks.birth_date(date(1985, 3, 2)) == "1985-**-**"
    assert masks.address("昆明市某路1号") == "***" and masks.address("") == ""


@given(st.text(max_size=30))
def test_a_mask_of_a_name_shows_one_letter(name: str) -> None:
    shown = masks.name(name)
    assert shown.endswith("**") and len(shown) <= 3
    assert len(shown) == 2 or (shown[0] == name[0] and unicodedata.category(name[0])[0] == "L")


NAMES = [
    "𠮷田㐂男", "𬀩𪚥", "﨑山", "买买提·艾力", "Ólafur Þór", "Nguyễn Thị Ánh", "محمد‌رضا", "अनिल", "O’Brien-Smith",
    "Ⅳ世",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_rare_and_foreign_names_come_back_as_they_were_typed(name: str) -> None:
    key, id = bytes(range(32)), uuid4()
    content = Content(name, "other", date(2000, 2, 29), [("other", "UNK", "№1")], ["+77012345678"], name)
    assert vault.open_content(key, id, vault.seal_content(key, id, content)) == content


@given(st.sampled_from(NAMES), st.data())
def test_a_name_is_found_in_any_width_case_and_spacing(name: str, data: st.DataObject) -> None:
    born = date(1990, 1, 1)
    parts = [data.draw(st.sampled_from(["", " ", "\u3000"])) + c for c in name]
    other = data.draw(st.sampled_from([str.upper, str.lower, str.title, wide]))("".join(parts))
    assert vault.name_tag(INDEX, other, born) == vault.name_tag(INDEX, name, born)
    assert vault.name_tag(INDEX, name, born) != vault.name_tag(INDEX, name, date(1990, 1, 2))
    assert vault.name_tag(INDEX, name, born) != vault.name_tag(INDEX, name + "二", born)
