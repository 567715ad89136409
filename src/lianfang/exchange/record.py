"""What the record holds already of what a list tells: cases by number and by person, contacts, links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.checkpoints import queries as checkpoints
from lianfang.capabilities.contacts.models import ContactRow, Edge
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
