"""A person as sent, checked: what can be entered, or everything that is wrong with it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from lianfang.identity import documents, terms
from lianfang.identity.faults import Fault, fault
from lianfang.identity.persons import policy

SEXES = {
    **dict.fromkeys(("female", "f", "女", "2"), "female"),
    **dict.fromkeys(("male", "m", "男", "1"), "male"),
    **dict.fromkeys(("other", "x", "其他", "9"), "other"),
    **dict.fromkeys(("unknown", "u", "未知", "0", ""), "unknown"),
}
"""As words, letters, and codes of ISO/IEC 5218."""
CLASS_OF = {
    "name": "name",
    "sex": "birth_date",
    "birth_date": "birth_date",
    "documents": "document",
    "phones": "phone",
    "address": "address",
}
"""The class of each field of a person, as the matrix of rights has them."""
_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
# As facts have a division's code: an erasure tells of it in one.
AREA = re.compile(r"[A-Za-z0-9_.]+(-[A-Za-z0-9_.-]+)?")
# Joiners are letters' neighbours in some scripts; every other invisible mark hides something.
_JOINERS = "\u200c\u200d"
_REFUSED = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


@dataclass(slots=True)
class Content:
    """What is sealed of a person."""

    name: str
    sex: str = "unknown"
    birth_date: date | None = None
    documents: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, country, number."""
    phones: list[str] = field(default_factory=list)
    address: str = ""


class Held(NamedTuple):
    """Why, where and until when."""

    area: str
    data_class: str
    basis: str
    since: date | None
    ends: date | None


class Entry(NamedTuple):
    """A person who can be entered."""

    row: int
    id: UUID | None
    kind: str
    person: UUID | None
    content: Content
    held: Held


class Rules(NamedTuple):
    """What decides beside the policy of persons."""

    today: date
    area_from: str
    area_to: str
    known: Callable[[str], bool]
    """Whether an area exists."""
    classes: Mapping[str, str]
    """The classes of data, each with its usual basis."""
    bases: Sequence[str]
    fields: frozenset[str]
    """The classes of fields that the sender may enter."""


def check(row: int, sent: Mapping[str, Any], rules: Rules) -> Entry | list[Fault]:
    """The person of one row; or what is wrong with it, every field at once.

    ``sent`` has the fields of ``Content`` (documents as mappings of kind, country, number) and ``id``, ``kind``,
    ``person``, ``area``, ``data_class``, ``basis``, ``since``, ``ends``; absent and empty ones are the same.
    """
    faults: list[Fault] = []
    id, person = _uuid(row, "id", sent, faults), _uuid(row, "person", sent, faults)
    nameless = person is not None or sent.get("kind") == "encounter"
    content = check_content(row, sent, rules.today, faults, nameless=nameless)
    for name, its in CLASS_OF.items():
        if its not in rules.fields and sent.get(name) and not (name == "sex" and content.sex == "unknown"):
            faults.append(fault(row, name, "not_yours"))
    held = check_held(row, sent, rules, faults)
    kind = sent.get("kind") or "person"
    if kind not in ("person", "encounter"):
        faults.append(fault(row, "kind", "unknown_kind", known="person, encounter"))
    if person and kind == "person":
        faults.append(fault(row, "person", "no_person"))
    return faults or Entry(row, id, kind, person, content, held)


def check_content(
    row: int, sent: Mapping[str, Any], today: date, faults: list[Fault], *, nameless: bool = False
) -> Content:
    """The fields that are sealed; what is wrong with them is added to ``faults``. ``nameless`` lets the name be absent:
    an encounter goes by its plate or telephone."""
    limits = policy().limits
    name = _text(row, "name", sent, limits.name_characters, faults)
    if not name and not nameless:
        faults.append(fault(row, "name", "missing"))
    sex = SEXES.get(str(sent.get("sex") or "").strip().casefold())
    if sex is None:
        faults.append(fault(row, "sex", "unknown_kind", known="female, male, other, unknown; 女, 男, 其他, 未知"))
    born = _date(row, "birth_date", sent, faults)
    papers = _documents(row, sent, faults)
    for kind, _, number in papers:
        theirs = documents.birth_date_in(kind, number)
        if theirs and born and theirs != born:
            faults.append(fault(row, "birth_date", "disagrees"))
        born = born or theirs
    if born and born > today:
        faults.append(fault(row, "birth_date", "in_future"))
    if born and born < today - timedelta(days=limits.oldest_years * 365.25):
        faults.append(fault(row, "birth_date", "too_old", most=limits.oldest_years))
    address = _text(row, "address", sent, limits.address_characters, faults)
    return Content(name, sex or "unknown", born, papers, _phones(row, sent, faults), address)


def check_held(row: int, sent: Mapping[str, Any], rules: Rules, faults: list[Fault]) -> Held:
    """Why, where and until when; what is wrong is added to ``faults``."""
    area, data_class, basis = (str(sent.get(name) or "").strip() for name in ("area", "data_class", "basis"))
    if not area:
        faults.append(fault(row, "area", "missing"))
    elif len(area) > 64 or not (
        AREA.fullmatch(area) and rules.area_from.encode() <= area.encode() < rules.area_to.encode()
    ):
        faults.append(fault(row, "area", "outside_area"))
    elif not rules.known(area):
        faults.append(fault(row, "area", "unknown_area"))
    if data_class not in rules.classes:
        reason = fault(row, "data_class", "unknown_class", known=", ".join(rules.classes))
        faults.append(reason if data_class else fault(row, "data_class", "missing"))
    basis = basis or rules.classes.get(data_class, "")
    if basis and basis not in rules.bases:
        faults.append(fault(row, "basis", "unknown_basis", known=", ".join(rules.bases)))
    since, ends = _date(row, "since", sent, faults), _date(row, "ends", sent, faults)
    if since and since > rules.today:
        faults.append(fault(row, "since", "in_future"))
    if ends and ends < (since or rules.today):
        faults.append(fault(row, "ends", "before_since"))
    check_end(row, ends, rules.today, faults)
    return Held(area, data_class, basis, since, ends)


def check_end(row: int, ends: date | None, today: date, faults: list[Fault]) -> None:
    """An end that is too far away would hold somebody for ever; it is added to ``faults``."""
    most = terms.policy().review.ends_within_days
    if ends and (ends - today).days > most:
        faults.append(fault(row, "ends", "too_far", most=most))


def text_of(row: int, field: str, value: str, most: int, faults: list[Fault], *, lines: bool = False) -> str:
    """A text without the blanks around it, as it was typed otherwise."""
    value = value.strip()
    if len(value) > most:
        faults.append(fault(row, field, "too_long", most=most))
    if not value.isprintable():
        for c in value:
            if unicodedata.category(c) in _REFUSED and c not in _JOINERS and not (lines and c in "\n\t"):
                faults.append(fault(row, field, "characters"))
                break
    return value


def _text(row: int, field: str, sent: Mapping[str, Any], most: int, faults: list[Fault]) -> str:
    return text_of(row, field, str(sent.get(field) or ""), most, faults)


def _documents(row: int, sent: Mapping[str, Any], faults: list[Fault]) -> list[tuple[str, str, str]]:
    given, most = sent.get("documents") or (), policy().limits.documents
    if len(given) > most:
        faults.append(fault(row, "documents", "too_many", most=most))
        return []
    found = []
    for at, one in enumerate(given):
        its = f"documents.{at}"
        kind, country, number = (str(one.get(name) or "") for name in ("kind", "country", "number"))
        if not number.strip():
            faults.append(fault(row, f"{its}.number", "missing"))
            continue
        paper, wrong = documents.check_document(row, its, kind.strip(), country, number)
        if wrong:
            faults.append(wrong)
        elif paper and paper not in found:
            found.append(paper)
    return found


def _phones(row: int, sent: Mapping[str, Any], faults: list[Fault]) -> list[str]:
    given, most = [phone for phone in sent.get("phones") or () if str(phone).strip()], policy().limits.phones
    if len(given) > most:
        faults.append(fault(row, "phones", "too_many", most=most))
        return []
    found = []
    for at, one in enumerate(given):
        phone, wrong = documents.check_phone(row, f"phones.{at}", str(one))
        if wrong:
            faults.append(wrong)
        elif phone not in found:
            found.append(phone)
    return found


def _date(row: int, field: str, sent: Mapping[str, Any], faults: list[Fault]) -> date | None:
    value = sent.get(field)
    if not value:
        return None
    if isinstance(value, date):
        return value
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
    try:
        if not found:
            raise ValueError(field)
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day)
    except ValueError:
        faults.append(fault(row, field, "no_date"))
        return None


def _uuid(row: int, field: str, sent: Mapping[str, Any], faults: list[Fault]) -> UUID | None:
    value = sent.get(field)
    if not value or isinstance(value, UUID):
        return value or None
    try:
        return UUID(str(value).strip())
    except ValueError:
        faults.append(fault(row, field, "no_id"))
        return None
