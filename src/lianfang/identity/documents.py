"""Numbers of documents and phones: one form for each, so that equal ones are found, and what is wrong with bad ones."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn import ric

from lianfang.identity.faults import Fault, fault
from lianfang.identity.persons import policy

CHECKS, MOVED = "10X98765432", 5
"""The check characters of GB 11643 in their order, and by how many places those of a drill are moved on."""
_DROPPED = {"Zs", "Pd", "Cf"}  # spaces, hyphens, invisible marks
_COUNTRY = re.compile(r"[A-Z]{3}")
_MOBILE = re.compile(r"(?:\+?0{0,2}86)?(1[0-9]{10})")
# ITU-T E.164: at most fifteen digits; within a country a number may begin with 0.
_PHONE_ZH, _PHONE_EN = "5至15位数字，境外号码以+开头", "5 to 15 digits, with + before the code of another country"
_PHONE = re.compile(r"\+?[0-9]{5,15}(?:[X#][0-9]{1,6})?")


def plain(number: str) -> str:
    """Half-width, upper case, without spaces, hyphens and invisible marks."""
    if number.isascii() and number.isalnum():
        return number.upper()
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(c for c in folded if unicodedata.category(c) not in _DROPPED and c not in "\t\u2212")


def plain_phone(number: str) -> str:
    """As ``plain``, without brackets; a mobile number of China without the country's code."""
    digits = plain(number).translate(_BRACKETS)
    found = _MOBILE.fullmatch(digits)
    return found[1] if found else digits


_BRACKETS = {ord(c): None for c in "()./"}


def plain_name(name: str) -> str:
    """A name as it is compared: width, case, spaces, hyphens, middle dots and apostrophes apart."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")


def check_document(
    row: int, field: str, kind: str, country: str, number: str
) -> tuple[tuple[str, str, str], None] | tuple[None, Fault]:
    """The document with its number in the plain form and its country; or what is wrong with it."""
    known = policy().documents
    if kind not in known:
        return None, fault(row, f"{field}.kind", "unknown_kind", known=", ".join(known))
    rule = known[kind]
    country = country.strip().upper() or rule.country or ("" if kind == "passport" else "UNK")
    if not _COUNTRY.fullmatch(country):
        return None, fault(row, f"{field}.country", "country")
    number = plain(number)
    if len(number) > policy().limits.number_characters:
        return None, fault(row, f"{field}.number", "too_long", most=policy().limits.number_characters)
    if not rule.pattern.fullmatch(number):
        return None, fault(row, f"{field}.number", "form", form_zh=rule.zh_form, form_en=rule.en_form)
    if rule.check == "gb11643" and (check_character(number) != number[-1] or not birth_date_in(kind, number)):
        return None, fault(row, f"{field}.number", "check_digit")
    return (kind, country, number), None


def check_character(number: str) -> str:
    """The last character of a resident identity number (GB 11643, ISO 7064 MOD 11-2); in a drill another, so that its
    people's numbers are none outside of it, and nobody's real number is one within."""
    real = str(ric.calc_check_digit(number))
    return CHECKS[(CHECKS.index(real) + MOVED) % len(CHECKS)] if _in_a_drill else real


_in_a_drill = False


def take_made(made: bool) -> None:
    """Whether this process takes the numbers of a drill's people, and none else."""
    global _in_a_drill
    _in_a_drill = made


def check_phone(row: int, field: str, number: str) -> tuple[str, None] | tuple[str, Fault]:
    """The phone's number in the plain form; or what is wrong with it."""
    number = plain_phone(number)
    if _PHONE.fullmatch(number):
        return number, None
    return "", fault(row, field, "form", form_zh=_PHONE_ZH, form_en=_PHONE_EN)


def birth_date_in(kind: str, number: str) -> date | None:
    """The birth date that a resident identity number holds."""
    if kind != "resident_id":
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
