"""One contact: what is known of it, its days, and what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.facts import Checked, told_at
from lianfang.capabilities.contacts.models import Node
from lianfang.capabilities.contacts.models.register import OF_CONTACTS
from lianfang.capabilities.contacts.queries.days import Day, days_of
from lianfang.capabilities.contacts.queries.lists import READ, contacts_of
from lianfang.capabilities.contacts.rules.observing import Seen, Span, unwell
from lianfang.capabilities.contacts.rules.proposals import Exposed, Held, Proposal, proposals
from lianfang.capabilities.contacts.rules.windows import outside
from lianfang.capabilities.contacts.state.contact import Contact, Told, edition_of, fold
from lianfang.capabilities.contacts.state.keeping import related
from lianfang.facts import log
from lianfang.facts.fact import Entry, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing


class Source(NamedTuple):
    """A case that a contact was exposed to, as far as the viewer needs to know it."""

    case: UUID
    number: str | None
    as_class: str
    outside: bool


class Card(NamedTuple):
    """A contact, on what was known at a time of what had happened by a time."""

    contact: Contact
    sources: dict[UUID, Source]
    days: tuple[Day, ...]
    proposals: tuple[Proposal, ...]
    entries: tuple[Entry, ...]
    stands: frozenset[UUID]
    """Which of the entries hold."""


def card(
    viewer: Viewer, id: UUID, *, now: datetime, as_of: datetime | None = None, known_at: datetime | None = None
) -> Card:
    """A contact whose row the viewer may see. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        if not contacts_of(viewer).filter(subject=id).exists():
            raise NotThere
    kinds = OF_CONTACTS | {Checked.kind, Retracted.kind}
    read = log.read(kinds=kinds, subjects=[id], known_at=known_at)
    entries = tuple(one for one in read if as_of is None or folding_order(one.fact)[0] <= as_of)
    facts = [entry.fact for entry in entries]
    contact = fold([fact for fact in facts if fact.kind != Checked.kind])
    if contact is None:
        raise NotThere
    held = standing(facts).facts
    areas = {spell.area for spell in contact.spells}
    checks = [
        Seen(
            fact.data.day,
            fact.data.half,
            fact.data.outcome,
            told_at(fact, fact.data),
            fact.data.temp_c,
            fact.data.symptoms,
        )
        for fact in held
        if isinstance(fact.data, Checked) and any(related(fact.area, area) for area in areas)
    ]
    sources = _sources(contact)
    no_case = next(iter(no_cases({contact.case} - {None})), None)
    at = min(now, as_of or now)
    stands = frozenset(fact.id for fact in held) - {one.fact for one in contact.faults}
    proposed = _proposals(contact, sources, checks, no_case, at)
    return Card(contact, sources, _days(contact, checks, at), proposed, entries, stands)


def no_cases(cases: Collection[UUID | None]) -> set[UUID | None]:
    """Those of the cases that were excluded or taken back, wherever they are followed."""
    with seeing_all():
        nodes = Node.objects.filter(subject__in=cases).exclude(as_class=Class.EXCLUDED)
        return set(cases) - set(nodes.values_list("subject", flat=True))


def _sources(contact: Contact) -> dict[UUID, Source]:
    """The sources of the exposures, also of other divisions: whoever follows a contact is told what they count as."""
    ids = {told.exposure.source for told in contact.standing} - {None}
    with seeing_all():
        nodes = {node.subject: node for node in Node.objects.filter(subject__in=ids)}
    found = {}
    for told in contact.standing:
        node = nodes.get(told.exposure.source) if told.exposure.source else None
        if node is not None:
            edition = edition_of(contact.disease, told.edition)
            onset = (node.onset_earliest, node.onset_latest)
            out = edition is not None and outside(edition, onset, told.exposure)
            found[node.subject] = Source(node.subject, node.number, node.as_class, out)
    return found


def _days(contact: Contact, checks: Sequence[Seen], now: datetime) -> tuple[Day, ...]:
    if contact.due is None:
        return ()
    exposed = [told.exposure.last for told in contact.standing]
    span = Span(contact.traced_at if contact.observed else None, contact.due, contact.ended_at)
    return days_of(contact.disease, contact.edition, span, min(exposed), max(exposed), checks, now)


def _proposals(
    contact: Contact, sources: dict[UUID, Source], checks: Sequence[Seen], no_case: UUID | None, now: datetime
) -> tuple[Proposal, ...]:
    exposures = [_exposed(told, sources) for told in contact.standing]
    edition = edition_of(contact.disease, contact.edition)
    ill = [check.at for check in checks if unwell(check, edition.fever_c if edition else None)]
    held = Held(contact.status, contact.observed, contact.due, contact.referred_at, no_case)
    return proposals(held, exposures, ill, now)


def _exposed(told: Told, sources: dict[UUID, Source]) -> Exposed:
    source = sources.get(told.exposure.source) if told.exposure.source else None
    return Exposed(
        told.exposure.source, source.as_class if source else None, told.due, told.exposure.protected,
        source.outside if source else False,
    )  # fmt: skip
