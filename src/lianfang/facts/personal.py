"""The search for personal data in official text: documents, telephones, mail, exact addresses, names of cases.

It finds what can be known by its form; a name that stands alone cannot. Spans are half-open, in code points of the text
as given. What an authority publishes of itself (a hotline, an office's mail) is no personal data.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from stdnum.kr import rrn

from lianfang.profiles.privacy import personal as policy


class Personal(StrEnum):
    """What was found."""

    DOCUMENT = "document"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    NAME = "name"


NUMBER_LENGTHS = frozenset((9, 10, 11, 13, 14, 15, 18, 20))
"""Of documents and telephones as codes; a division's code, of 6 or 12 digits, is none."""
TITLES: dict[Personal, tuple[str, str]] = {
    Personal.DOCUMENT: ("证件号码", "an identity document's number"),
    Personal.PHONE: ("电话号码", "a telephone number"),
    Personal.MAIL: ("电子邮箱", "a mail address"),
    Personal.ADDRESS: ("详细住址", "an exact address"),
    Personal.NAME: ("病例姓名", "the name of a case"),
}
"""Each class in Chinese and in English."""


class Hit(NamedTuple):
    of: Personal
    start: int
    end: int


class Span(NamedTuple):
    start: int
    end: int


# Full-width letters, digits and signs are read as the plain ones; the length of the text stays.
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"  # GB/T 2260
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DOCUMENTS = (
    # GB 11643: with its century, and as it was before 1999. A wrong check digit is a slip in a person's number.
    re.compile(rf"(?<!\d){_PROVINCE}\d{{4}}[ -]?(?:18|19|20)\d{{2}}{_MONTH_DAY}[ -]?\d{{3}}[\dXx](?![\dXx])"),
    re.compile(rf"(?<!\d){_PROVINCE}\d{{4}}\d{{2}}{_MONTH_DAY}\d{{3}}(?!\d)"),
    re.compile(r"(?:护照|通行证|回乡证|台胞证|居住证|(?i:passport|permit))\D{0,8}[A-Z]{1,2}\d{7,8}(?!\d)"),
    re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{6}\([\dA]\)"),  # Hong Kong
    re.compile(r"(?<![A-Za-z0-9])[EGH]\d{8}(?![A-Za-z0-9])"),  # passport, permit for Hong Kong and Macao
)
_KOREAN = re.compile(r"(?<![\d-])\d{6}-[1-8]\d{6}(?![\d-])")
_TAIWANESE = re.compile(r"(?<![A-Za-z0-9])[A-Z][1289]\d{8}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?<!\d\.)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_ABROAD = re.compile(r"(?<![\d+])\+(?!86)[1-9]\d{0,2}[- ]?\d{2,4}(?:[- ]?\d{3,4}){1,2}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z])"
)
_ADDRESS = re.compile(
    r"(?:[路街巷弄道里村]|胡同|大道)\d{1,5}(?:号|弄)|(?<!\d)\d{1,5}(?:号楼|号院|栋|幢|单元|室)(?!内|外|温)"
    r"|\b(?:Room|Flat|Apartment|Apt\.?|Building) \d{1,5}\w?\b"
    r"|\bNo\. ?\d{1,5},? [A-Z]\w{1,30} (?:Road|Street|Lane|Avenue)\b"
)
_LINK = re.compile(r"https?://[^\s，。；、）)】》”\"<>]{1,2000}")
_PERSON = r"(?:患者|病例\d{0,6}|确诊者|感染者|密接|密切接触者|死者)"
_AFTER_NAME = r"(?=[，,、。；;（(\s]|[男女]|系|，?现年|$)"
_ENGLISH_NAME = re.compile(
    r"\b(?:patient|contact|case),? (?:named |called )?(?P<name>[A-Z][a-z]{1,30} [A-Z][a-z]{1,30})\b"
)
_HOME = re.compile(
    r"住址|居住|家住|现住|住在|住于|户籍|常住|家中|家庭|患者|病例\d|确诊者|感染者|密接者|\b(?:lives?|living|lived|resid\w+|home|patient)\b"
)
_PRIVATE = re.compile(r"家中|家庭|家里|本人|患者|病例|个人|私人")
_SENTENCE = "。；;！!？?\n"
_BEFORE = 16  # characters before a number in which the word for whose it is may stand
_NEAR = 60  # characters before an address in which whose it is may stand


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names in full beside a case, and names of which only the surname is left."""
    surnames = "".join(policy()["names"]["surnames"].split())
    given = r"(?![某氏男女为系的及和等者均因经于在有无已未与从例名人个父母])[一-鿿](?![岁例名人])[一-鿿]?"
    opening = rf"(?:{_PERSON}(?:姓名)?(?:名叫|叫|为|是|系|[:：])?|姓名[:：]?)"
    full = re.compile(rf"{opening}(?P<name>[{surnames}]{given}){_AFTER_NAME}")
    masked = re.compile(rf"(?P<name>[{surnames}](?:某某?|女士|先生|氏))")
    return full, masked


def search(text: str) -> Iterator[Hit]:
    """Everything personal in a text, class by class, in the order of the text within each."""
    narrow = text.translate(_NARROW)
    links = [found.span() for found in _LINK.finditer(narrow)]
    begins = [first for first, _ in links]
    for of, start, end in _numbers(narrow):
        # A page's own number in its address is nobody's; what is handed over after a = or : is.
        before = bisect_right(begins, start)
        inside = before > 0 and end <= links[before - 1][1]
        if not inside or narrow[start - 1] in "=:":
            yield Hit(of, start, end)
    mail = policy()["mail"]
    for found in _MAIL.finditer(narrow):
        office = any(f".{found[1].lower()}".endswith(f".{domain}") for domain in mail["domains"])
        if not office and not _is_office(narrow, found.start(), mail["words"]):
            yield Hit(Personal.MAIL, *found.span())
    for start, end in premises(narrow):
        if _is_home(narrow, start, end):
            yield Hit(Personal.ADDRESS, start, end)
    for pattern in (_names()[0], _ENGLISH_NAME):
        for found in pattern.finditer(text):
            yield Hit(Personal.NAME, *found.span("name"))


def premises(text: str) -> Iterator[Span]:
    """Every exact address, also of places that are nobody's home: a hospital, a building that was closed."""
    for found in _ADDRESS.finditer(text.translate(_NARROW)):
        yield Span(*found.span())


def surnames(text: str) -> Iterator[Span]:
    """Surnames with 某 or a title: stored as they are, and looked at by a person before they are published."""
    for found in _names()[1].finditer(text):
        yield Span(*found.span("name"))


def is_number(code: str) -> Personal | None:
    """What a code is that stands for a person by itself: a document or a mobile telephone; None for every other."""
    if len(code) not in NUMBER_LENGTHS:
        return None
    hit = next(_numbers(code), None)
    return hit.of if hit and hit.end - hit.start == len(code) else None


def _numbers(text: str) -> Iterator[Hit]:
    for pattern in _DOCUMENTS:
        for found in pattern.finditer(text):
            yield Hit(Personal.DOCUMENT, *found.span())
    for found in _KOREAN.finditer(text):
        if rrn.is_valid(found[0]):
            yield Hit(Personal.DOCUMENT, *found.span())
    for found in _TAIWANESE.finditer(text):
        if _is_taiwanese(found[0]):
            yield Hit(Personal.DOCUMENT, *found.span())
    for pattern in (_MOBILE, _ABROAD):
        for found in pattern.finditer(text):
            yield Hit(Personal.PHONE, *found.span())
    offices = policy()["hotlines"]["words"]
    for found in _LANDLINE.finditer(text):
        if not _is_office(text, found.start(), offices):
            yield Hit(Personal.PHONE, *found.span())


def _is_office(text: str, start: int, words: Sequence[str]) -> bool:
    """Whether what begins at ``start`` is said to be an authority's."""
    before = text[max(0, start - _BEFORE) : start]
    return any(word in before for word in words) and not _PRIVATE.search(before)


def _is_home(text: str, start: int, end: int) -> bool:
    """Whether the sentence of an address says that somebody lives there."""
    near = max(0, start - _NEAR)
    begin = max(near, *(text.rfind(mark, near, start) for mark in _SENTENCE))
    return _HOME.search(text, begin, end + 3) is not None


def _is_taiwanese(number: str) -> bool:
    """Whether the check digit of a Taiwanese identity number holds."""
    tens, ones = divmod("ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10, 10)
    digits = [int(digit) for digit in number[1:]]
    weighed = sum(weight * digit for weight, digit in zip((8, 7, 6, 5, 4, 3, 2, 1, 1), digits, strict=True))
    return (tens + 9 * ones + weighed) % 10 == 0
