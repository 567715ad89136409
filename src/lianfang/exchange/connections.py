"""The cases that a list names: those of contacts, who infected whom, and what would close a circle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from lianfang.access.matrix import reaches
from lianfang.access.viewer import Viewer
from lianfang.capabilities.contacts.facts import Certainty
from lianfang.exchange import record
from lianfang.exchange.cells import NUMBER, Told
from lianfang.exchange.dates import Span
from lianfang.exchange.drafts import Draft
from lianfang.exchange.faults import Fault, fault
from lianfang.exchange.links import Chains, Link, earlier, named
from lianfang.exchange.record import Held
from lianfang.exchange.rows_contacts import Sources
from lianfang.exchange.sources import TOKEN, Numbers

TRACE = "contacts.trace"


def sources(viewer: Viewer, texts: Sequence[Any]) -> Sources:
    """Finds the cases that the rows of a list of contacts name."""
    tokens = {token.strip("._-") for text in texts for token in TOKEN.findall(str(text).removesuffix(".0"))}
    held = record.cases(viewer, numbers=tokens)
    known, of = Numbers({one.number for one in held}), record.by_number(held)

    def find(row: int, text: Any, disease: str, area: str) -> tuple[list[UUID], list[Fault]]:
        found, wrong = [], []
        told = known.named(text)
        for number in told.known:
            case, refusal = _one(row, "source", of.get((disease, number), ()), number, area)
            found += [case.subject] if case else []
            wrong += [refusal] if refusal else []
        wrong += [fault(row, "source", "unknown_case", number=number) for number in told.unknown]
        if not found and not wrong:
            wrong.append(fault(row, "source", "unknown_case", number=_as_number(text)))
        return found, wrong

    return find


def _as_number(text: Any) -> str:
    """What stands in a cell, where it is shaped like the number of a case: of anything else nothing is repeated."""
    said = str(text).strip()
    return said if NUMBER.fullmatch(said) and any(one.isdigit() for one in said) else "—"


def _one(row: int, field: str, held: Sequence[Held], number: str, area: str = "") -> tuple[Held | None, Fault | None]:
    """The case of a number: of several, the one of the same area."""
    if len(held) > 1:
        held = [one for one in held if one.area == area] or held
    if len(held) == 1:
        return held[0], None
    return None, fault(row, field, "several_cases" if held else "unknown_case", number=number)


def of_pairs(viewer: Viewer, told: Sequence[Told]) -> tuple[list[Link], list[Fault], set[int]]:
    """The links of a list of pairs, what is wrong with its rows, and the rows that are in the record already."""
    numbers = {str(one.said[name]) for one in told if one.good for name in ("infector", "infectee")}
    held = record.cases(viewer, numbers=numbers)
    of, numbered = record.by_number(held), {one.subject: one.number for one in held}
    areas = {one.subject: one.area for one in held}
    chains = Chains(record.links(viewer))
    links: list[Link] = []
    faults = [wrong for one in told for wrong in one.faults]
    left_out: set[int] = set()
    for one in told:
        if not one.good:
            continue
        found, wrong = _ends(one, of)
        if not wrong and not reaches(viewer, TRACE, areas[found[1]]):
            wrong = [fault(one.row, "infectee", "outside_area")]
        if not wrong and chains.has(*found):
            wrong = [fault(one.row, "infector", "in_record")]
            left_out.add(one.row)
        if not wrong and (circle := chains.add(*found)):
            wrong = [fault(one.row, "infector", "cycle", cycle=named(numbered, circle))]
        faults += wrong
        if not wrong:
            certainty = Certainty(one.said.get("certainty", Certainty.PROBABLE))
            links.append(Link(one.row, *found, areas[found[1]], certainty, one.said.get("setting")))
    return links, sorted(faults), left_out


def _ends(one: Told, of: Mapping[tuple[str, str], Sequence[Held]]) -> tuple[tuple[UUID, UUID], list[Fault]]:
    cases, wrong = [], []
    for name in ("infector", "infectee"):
        number = one.said[name]
        case, refusal = _one(one.row, name, of.get((one.said["disease"], number), ()), number)
        cases += [case.subject] if case else []
        wrong += [refusal] if refusal else []
    if not wrong and cases[0] == cases[1]:
        wrong.append(fault(one.row, "infectee", "itself"))
    return (cases[0], cases[-1]) if len(cases) == 2 else (UUID(int=0), UUID(int=0)), wrong


def of_cases(viewer: Viewer, made: Sequence[Draft], taken: Collection[int]) -> list[Link]:
    """The links that a line list's words tell of, between cases of the list or of the record. What is doubtful is told
    by row, and keeps no case out."""
    telling = [one for one in made if one.row in taken and (one.infected_by or one.linked_to) is not None]
    if not telling:
        return []
    book = _Book(viewer, made, taken, [text for one in telling for text in (one.infected_by, one.linked_to)])
    links: list[Link] = []
    for one in telling:
        for infector, certainty in book.infectors(one):
            if book.chains.has(infector, one.subject):
                continue
            if circle := book.chains.add(infector, one.subject):
                one.faults.append(fault(one.row, "infected_by", "circle_left_out", cycle=named(book.numbered, circle)))
            else:
                links.append(Link(one.row, infector, one.subject, one.area, certainty))
    return links


class _Book:
    """The cases that a list may mean by a number: its own before the record's."""

    def __init__(self, viewer: Viewer, made: Sequence[Draft], taken: Collection[int], texts: Sequence[Any]) -> None:
        own = [one for one in made if one.row in taken and one.number]
        tokens = {token.strip("._-") for text in texts if text is not None for token in TOKEN.findall(str(text))}
        held = record.cases(viewer, numbers=tokens)
        self.cases: dict[str, tuple[UUID, Span | None]] = {one.number: (one.subject, one.onset) for one in held}
        self.cases |= {one.number: (one.subject, one.onset) for one in own}
        self.numbers = Numbers(self.cases)
        self.numbered = {subject: number for number, (subject, _) in self.cases.items()}
        self.chains = Chains(record.links(viewer))

    def infectors(self, one: Draft) -> list[tuple[UUID, Certainty]]:
        """Who may have infected the case of a row."""
        found = []
        told = self.numbers.named(one.infected_by) if one.infected_by is not None else None
        if told:
            certainty = Certainty.PROBABLE if len(told.known) == 1 else Certainty.POSSIBLE
            found += [(self.cases[n][0], certainty) for n in told.known if n != one.number]
            one.faults += [fault(one.row, "infected_by", "not_known") for _ in told.unknown[:1]]
        if one.linked_to is not None:
            found += self._linked(one)
        return found

    def _linked(self, one: Draft) -> list[tuple[UUID, Certainty]]:
        """Cases that are linked without saying who infected whom: the one that was ill first may have infected the
        other; where onsets do not tell, nothing is recorded."""
        found = []
        for number in self.numbers.named(one.linked_to).known:
            subject, onset = self.cases[number]
            if subject == one.subject:
                continue
            order = earlier(onset, one.onset)
            if order == -1:
                found.append((subject, Certainty.POSSIBLE))
            elif order is None:
                one.faults.append(fault(one.row, "linked_to", "no_direction", number=number))
        return found
