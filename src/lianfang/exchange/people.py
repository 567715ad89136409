"""The people of a list: checked as the vault checks them, told from one another, and found where they are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lianfang.access.viewer import Viewer
from lianfang.exchange.cells import Told
from lianfang.exchange.drafts import Draft
from lianfang.exchange.faults import Fault
from lianfang.exchange.guess import SEVERAL
from lianfang.identity import matching, service, vault
from lianfang.identity.entry import Entry, check
from lianfang.identity.persons import policy

_PAPERS = ("document_kind", "document_country", "document_number")
_PERSONAL = ("name", "birth_date", "phone", "address", "document_number")


def sent(draft: Draft, raw: Mapping[str, Any], sex: str | None, data_class: str) -> dict[str, Any] | None:
    """What a row tells of a person, as the vault takes it; None where it names nobody."""
    if not any(raw.get(name) for name in _PERSONAL):
        return None
    told: dict[str, Any] = {name: raw[name] for name in ("name", "birth_date", "address") if name in raw}
    told["phones"] = [part for part in SEVERAL.split(str(raw["phone"])) if part] if "phone" in raw else []
    if raw.get("document_number"):
        kind, country, number = (str(raw.get(name, "")).strip() for name in _PAPERS)
        told["documents"] = [{"kind": _kind(kind, number), "country": country, "number": number}]
    told["sex"] = sex or raw.get("sex", "")
    return {**told, "id": draft.person, "area": draft.area, "data_class": data_class}


def _kind(said: str, number: str) -> str:
    """The kind by its id or title; a number of 18 places that names none is a resident identity card's."""
    for id, its in policy().documents.items():
        if said and said.casefold() in (id, its.zh, its.en):
            return id
    return "resident_id" if not said and len(number) == 18 else said


def checked(viewer: Viewer, rows: Iterable[tuple[Draft, Told]], data_class: str, today: date) -> dict[int, Entry]:
    """Those of the rows' people who can be entered, by row; what is wrong with the others goes to their drafts."""
    rules = None
    found = {}
    for one, told in rows:
        its = sent(one, told.raw, told.said.get("sex"), data_class)
        one.named = its is not None
        if its is None:
            continue
        rules = rules or service.rules(viewer, "people.enter", today)
        entry = check(one.row, its, rules)
        if isinstance(entry, Entry):
            found[one.row] = entry
        else:
            one.faults += [Fault(one.row, wrong.field, wrong.reason, wrong.zh, wrong.en) for wrong in entry]
    return found


def held(viewer: Viewer, entries: Mapping[int, Entry]) -> dict[int, Any]:
    """The pseudonyms of those who are in the vault already, by row."""
    return dict(matching.held(viewer, {row: entry.content for row, entry in entries.items()}))


def alike(entries: Mapping[int, Entry]) -> dict[int, int]:
    """The first row of the same person, by the row of each further one."""
    index = vault.index_key()
    first: dict[bytes, int] = {}
    again: dict[int, int] = {}
    for row, entry in sorted(entries.items()):
        marks = matching.tags(index, entry.content)
        before = next((first[mark] for mark in marks if mark in first), None)
        if before is not None:
            again[row] = before
        for mark in marks:
            first.setdefault(mark, before if before is not None else row)
    return again
