"""A list read against its mapping, the rules, the vault and the record: what would be recorded, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from lianfang.access.guard import may_append
from lianfang.access.viewer import Viewer
from lianfang.accounts.words import Told as Refusal
from lianfang.capabilities.contacts.facts import Exposed
from lianfang.exchange import areas, cells, people, record, rows_arrivals, rows_cases, rows_contacts
from lianfang.exchange.cells import Told
from lianfang.exchange.connections import of_cases, of_pairs, sources
from lianfang.exchange.drafts import ZONE, Draft
from lianfang.exchange.faults import Fault, fault
from lianfang.exchange.guess import by_title, titled
from lianfang.exchange.layout import ListKind, layout
from lianfang.exchange.links import Link
from lianfang.exchange.mapping import Mapping as Sheet
from lianfang.facts.fact import Fact
from lianfang.identity import sheets
from lianfang.identity.entry import Entry
from lianfang.identity.faults import Fault as Unread

NEEDS: Final = {
    ListKind.CASES: frozenset({"area", "disease"}),
    ListKind.CONTACTS: frozenset({"area", "disease", "last"}),
    ListKind.PAIRS: frozenset({"infector", "infectee", "disease"}),
    ListKind.ARRIVALS: frozenset({"area", "arrived"}),
}
"""What a row cannot do without."""
TITLES_ROW: Final = 1
BEAT: Final = 2_000
"""Rows after which progress is told."""


class WrongSheet(Refusal):
    """A sheet that has none of the columns of its mapping."""

    def __init__(self) -> None:
        super().__init__(
            "表中没有映射所列的任何一列：请核对文件，或重新指定各列",
            "the sheet has none of the columns that the mapping names: is it the right file? Else map its columns",
        )


@dataclass
class Plan:
    """What a list comes to: ``drafts`` and ``links`` to be recorded, ``entries`` for the vault by row, ``faults`` to be
    told."""

    drafts: list[Draft]
    rows: int
    left_out: int = 0
    refused: int = 0
    links: list[Link] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)


def plan(
    viewer: Viewer, listed: UUID, body: bytes, content_type: str, sheet: Sheet, *, sent_at: datetime,
    beat: Callable[[int], None] = lambda done: None,
) -> Plan:  # fmt: skip
    """Reads a whole list and records nothing. Raises NoSheet, WrongSheet."""
    told = list(_read(viewer, body, content_type, sheet, beat))
    if sheet.kind is ListKind.PAIRS:
        return _pairs(viewer, told)
    sourceless = not any("source" in one.raw for one in told)
    made = _drafts(viewer, listed, sheet, told, sent_at, beat)
    beat(len(told))
    entries = _people(viewer, sheet, made, told, sent_at)
    del told  # of a long list what is read weighs as much as what is made of it
    beat(len(made))
    left_out = (set() if sheet.kind is ListKind.ARRIVALS else _numbers_twice(made)) | _in_record(
        viewer, sheet, made, entries
    )
    good = [one for one in made if one.good and one.row not in left_out]
    whole = Plan(good, len(made), len(left_out), sum(not one.good and one.row not in left_out for one in made))
    whole.entries = {one.row: entries[one.row] for one in good if one.row in entries}
    if sheet.kind is ListKind.CASES:
        whole.links = of_cases(viewer, made, {one.row for one in good})
    whole.faults = sorted(wrong for one in made for wrong in one.faults)
    if sheet.kind is ListKind.CONTACTS and good and sourceless:
        whole.faults.insert(0, fault(TITLES_ROW, "source", "no_source"))
    return whole


def _read(viewer: Viewer, body: bytes, content_type: str, sheet: Sheet, beat: Callable[[int], None]) -> Iterable[Told]:
    table = sheets.table(body, content_type)
    titles = titled(table.titles)
    columns = by_title(sheet.columns, titles)
    if not any(columns.values()):
        raise WrongSheet
    constants = {"area": viewer.area, **sheet.constants} if viewer.area and sheet.kind is not ListKind.PAIRS else {}
    its = sheet.model_copy(update={"columns": columns, "constants": constants or sheet.constants})
    area, needs = areas.finder(viewer.area), NEEDS[sheet.kind]
    for number, (row, line) in enumerate(table.lines, 1):
        if number % BEAT == 0:
            beat(number)
        if isinstance(line, Unread):
            wrong = fault(row, "row", "unread", zh=line.zh, en=line.en)
            yield Told(row, {}, frozenset(), {}, (wrong,))
        else:
            yield cells.read(row, titles, [_cell(one) for one in line], its, area=area, needs=needs)


def _cell(cell: Any) -> Any:
    return cell if isinstance(cell, datetime) else sheets.value(cell)


def _drafts(
    viewer: Viewer, listed: UUID, sheet: Sheet, told: Sequence[Told], sent_at: datetime, beat: Callable[[int], None]
) -> list[Draft]:
    make: Callable[[Told], Draft]
    if sheet.kind is ListKind.CASES:
        make = partial(_case, listed, sheet, sent_at)
    elif sheet.kind is ListKind.CONTACTS:
        its = sources(viewer, [one.raw["source"] for one in told if "source" in one.raw])
        make = partial(_contact, listed, its, sent_at)
    else:
        make = partial(_arrival, listed, sent_at)
    made = []
    judge = may_append(viewer)
    for number, one in enumerate(told, 1):
        if number % BEAT == 0:  # it takes longer than to read them
            beat(len(told))
        draft = make(one)
        _judge(judge, draft)
        draft.pack()
        made.append(draft)
    return made


def _case(listed: UUID, sheet: Sheet, sent_at: datetime, told: Told) -> Draft:
    return rows_cases.draft(listed, told, sheet, sent_at)


def _contact(listed: UUID, its: rows_contacts.Sources, sent_at: datetime, told: Told) -> Draft:
    return rows_contacts.draft(listed, told, its, sent_at)


def _arrival(listed: UUID, sent_at: datetime, told: Told) -> Draft:
    return rows_arrivals.draft(listed, told, sent_at)


def _judge(judge: Callable[[Fact], str | None], one: Draft) -> None:
    """Refuses what is not the viewer's to record, or of an area that is not the viewer's."""
    for fact in one.facts if one.good else ():
        if (refusal := judge(fact)) is not None:
            outside = refusal.startswith("area:")
            one.faults.append(fault(one.row, "area" if outside else "row", "outside_area" if outside else "not_yours"))
            break


def _people(
    viewer: Viewer, sheet: Sheet, made: Sequence[Draft], told: Sequence[Told], sent_at: datetime
) -> dict[int, Entry]:
    """Who is to be entered, by row. Who is held already keeps the pseudonym."""
    rows = ((one, its) for one, its in zip(made, told, strict=True) if one.good)
    entries = people.checked(viewer, rows, layout(sheet.kind).data_class, sent_at.astimezone(ZONE).date())
    for one in made:
        if not one.named and sheet.kind is ListKind.CONTACTS:
            one.person = None
    by_row = {one.row: one for one in made}
    for row, person in people.held(viewer, entries).items():
        by_row[row].person = person
    for row, first in people.alike(entries).items():
        by_row[row].person = by_row[first].person
    return {row: entry for row, entry in entries.items() if by_row[row].person == entry.id}


def _numbers_twice(made: Sequence[Draft]) -> set[int]:
    """The rows whose number stands in the list before, in the same area."""
    first: dict[tuple[str, str, str], int] = {}
    again = set()
    for one in made:
        if not one.number or not one.good:
            continue
        key = one.disease, one.area, one.number
        before = first.setdefault(key, one.row)
        if before != one.row:
            one.faults.append(fault(one.row, "number", "twice", other=before))
            again.add(one.row)
    return again


def _in_record(viewer: Viewer, sheet: Sheet, made: Sequence[Draft], entries: Mapping[int, Entry]) -> set[int]:
    match sheet.kind:
        case ListKind.CASES:
            return _cases_in_record(viewer, sheet, made)
        case ListKind.CONTACTS:
            return _contacts_in_record(viewer, made)
        case _:
            return _arrivals_twice(viewer, made)


def _cases_in_record(viewer: Viewer, sheet: Sheet, made: Sequence[Draft]) -> set[int]:
    """The rows whose case is in the record: under its number in its area, or as the same person's."""
    good = [one for one in made if one.good]
    own = {one.subject for one in made}
    held = record.cases(viewer, numbers={one.number for one in good if one.number})
    numbered = {(one.disease, one.area, one.number) for one in held if one.subject not in own}
    persons = {one.person: one.row for one in good if one.person}
    ill = {
        (one.person, one.disease) for one in record.cases(viewer, persons=persons.keys()) if one.subject not in own
    }  # fmt: skip
    out = set()
    for one in good:
        key = one.person, one.disease
        if (one.disease, one.area, one.number) in numbered and one.number:
            one.faults.append(fault(one.row, "number", "in_record"))
        elif key in ill and one.named and not sheet.second_cases:
            one.faults.append(fault(one.row, "name", "same_person"))
        else:
            if one.named:
                ill.add(key)  # type: ignore[arg-type]  # who is named has a pseudonym
            continue
        out.add(one.row)
    return out


def _contacts_in_record(viewer: Viewer, made: Sequence[Draft]) -> set[int]:
    """Gives exposures to contacts who are under observation already; the rows whose number is in the record."""
    good = [one for one in made if one.good]
    own = {one.subject for one in made}
    numbers = {one.number for one in good if one.number}
    numbered = {
        (one.disease, one.area, one.number)
        for one in record.contacts(viewer, numbers=numbers)
        if one.subject not in own
    }
    persons = {one.person for one in good if one.person}
    open_ = {
        (one.person, one.disease): one.subject for one in record.contacts(viewer, persons=persons) if one.person
    }  # fmt: skip
    out: set[int] = set()
    seen: dict[tuple[Any, ...], int] = {}
    for one in good:
        told = [fact.data.exposure for fact in one.facts if isinstance(fact.data, Exposed)]
        exposure = (one.person, one.disease, *((its.source, its.last) for its in told))
        before = seen.setdefault(exposure, one.row) if one.person else one.row
        if before != one.row:
            one.faults.append(fault(one.row, "name", "twice", other=before))
        elif one.number and (one.disease, one.area, one.number) in numbered:
            one.faults.append(fault(one.row, "number", "in_record"))
        else:
            if one.person:
                one.subject = open_.setdefault((one.person, one.disease), one.subject)
            continue
        out.add(one.row)
    return out


def _arrivals_twice(viewer: Viewer, made: Sequence[Draft]) -> set[int]:
    """The rows of somebody who stands on the manifest before, or was listed before."""
    good = [one for one in made if one.good]
    for one in good:
        one.subject = rows_arrivals.id_in_record(one)
    listed = record.arrivals(viewer, [one.subject for one in good])
    first: dict[UUID, int] = {}
    out = set()
    for one in good:
        before = first.setdefault(one.subject, one.row)
        if before != one.row:
            one.faults.append(fault(one.row, "name", "twice", other=before))
        elif one.subject in listed:
            one.faults.append(fault(one.row, "name", "in_record"))
        else:
            continue
        out.add(one.row)
    return out


def _pairs(viewer: Viewer, told: Sequence[Told]) -> Plan:
    links, faults, left_out = of_pairs(viewer, told)
    refused = {one.row for one in faults if not one.note} - left_out
    return Plan([], len(told), len(left_out), len(refused), links, faults)
