"""What the record holds already of what a list tells: cases by number and by person, contacts, links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.checkpoints import queries as checkpoints
from lianfang.capabilities.contacts.models import ContactRow, Edge, ExposureRow, Node
from lianfang.capabilities.contacts.state.contact import OPEN
from lianfang.exchange.dates import Span

CASES, CONTACTS = "cases.read", "contacts.read"


class Held(NamedTuple):
    """A case that the viewer sees."""

    subject: UUID
    area: str
    disease: str
    number: str
    person: UUID
    onset: Span | None


def cases(viewer: Viewer, *, numbers: Collection[str] = (), persons: Collection[UUID] = ()) -> list[Held]:
    """The cases with these numbers, or of these persons; none where the viewer's role sees no cases."""
    if not can(viewer, CASES) or not (numbers or persons):
        return []
    rows = visible(viewer, CASES, CaseRow.objects.all())
    rows = rows.filter(number__in=list(numbers)) if numbers else rows.filter(person__in=list(persons))
    told = rows.values_list("subject", "area", "disease", "number", "person", "onset_earliest", "onset_latest")
    with seeing(viewer, CASES):
        return [_held(*row) for row in told]


def _held(
    subject: UUID, area: str, disease: str, number: str | None, person: UUID, earliest: date | None, latest: date | None
) -> Held:
    return Held(subject, area, disease, number or "", person, Span(earliest, latest) if earliest else None)


class Contact(NamedTuple):
    """A contact that the viewer sees, under observation or still to be traced."""

    subject: UUID
    area: str
    disease: str
    number: str
    person: UUID | None


def contacts(viewer: Viewer, *, numbers: Collection[str] = (), persons: Collection[UUID] = ()) -> list[Contact]:
    """Those with these numbers, or of these persons, whose observation has not ended."""
    if not can(viewer, CONTACTS) or not (numbers or persons):
        return []
    rows = visible(viewer, CONTACTS, ContactRow.objects.filter(status__in=[str(one) for one in OPEN]))
    rows = rows.filter(number__in=list(numbers)) if numbers else rows.filter(person__in=list(persons))
    told = rows.values_list("subject", "area", "disease", "number", "person")
    with seeing(viewer, CONTACTS):
        return [
            Contact(subject, area, disease, number or "", person) for subject, area, disease, number, person in told
        ]


class Exposed(NamedTuple):
    """The last exposure of a contact. ``number`` is the case's, or the head of its id."""

    last: date
    relation: str | None
    setting: str
    closeness: Sequence[str]
    number: str


def exposures(viewer: Viewer, subjects: Collection[UUID], *, of: UUID | None = None) -> dict[UUID, Exposed]:
    """The last exposure of each of the contacts that the viewer sees, or the last one to the case ``of``. Also cases of
    other divisions are told by their numbers: whoever follows a contact is to know."""
    with seeing(viewer, CONTACTS):
        mine = visible(viewer, CONTACTS, ContactRow.objects.filter(subject__in=list(subjects)))
        told = ExposureRow.objects.filter(subject__in=list(mine.values_list("subject", flat=True)))
        told = told if of is None else told.filter(source=of)
        latest = {row.subject: row for row in told.order_by("last", "at", "fact_id")}
    with seeing_all():
        nodes = Node.objects.filter(subject__in=[row.source for row in latest.values() if row.source])
        numbers = {node.subject: node.number or str(node.subject)[:8] for node in nodes}
    return {
        subject: Exposed(row.last, row.relation, row.setting, row.closeness, numbers.get(row.source, ""))
        for subject, row in latest.items()
    }


def arrivals(viewer: Viewer, subjects: Collection[UUID]) -> set[UUID]:
    """Those of the arrivals that are listed where the viewer lists arrivals."""
    return set(checkpoints.listed(viewer, subjects)) if subjects else set()


def links(viewer: Viewer) -> list[tuple[UUID, UUID]]:
    """Who may have infected whom, among the cases that the viewer sees."""
    if not can(viewer, CONTACTS):
        return []
    with seeing(viewer, CONTACTS):
        return list(visible(viewer, CONTACTS, Edge.objects.all()).values_list("infector", "subject"))


def by_number(held: Iterable[Held]) -> dict[tuple[str, str], list[Held]]:
    """Cases by disease and number."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held:
        found[one.disease, one.number].append(one)
    return found
