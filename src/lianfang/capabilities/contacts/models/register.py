"""How facts change the tables. A contact's rows follow from its own facts; a case's generation from all cases that are
tied to it, which are placed anew together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from lianfang.capabilities.cases import facts as case_kinds
from lianfang.capabilities.contacts import facts as contact_kinds
from lianfang.capabilities.contacts.facts import Checked, ClusterNamed
from lianfang.capabilities.contacts.models import chains, rows
from lianfang.capabilities.contacts.models.tables import (
    Alert,
    Amended,
    Check,
    ClusterRow,
    ContactRow,
    Edge,
    ExposureRow,
    IndicatorRow,
    Node,
    SaidRow,
    SpellRow,
)
from lianfang.capabilities.contacts.rules.indicators import steps
from lianfang.capabilities.contacts.state.contact import fold
from lianfang.facts import log, refold
from lianfang.facts.fact import Entry, Fact, FactData
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.steps import Folded, StepRegister


def _kinds(module: Any, prefix: str) -> frozenset[str]:
    found = (one for one in vars(module).values() if isinstance(one, type) and issubclass(one, FactData))
    return frozenset(one.kind for one in found if one is not FactData and one.kind.startswith(prefix))


OF_CONTACTS: Final = _kinds(contact_kinds, "contact.") - {Checked.kind}
OF_LINKS: Final = _kinds(contact_kinds, "transmission.")
OF_CASES: Final = _kinds(case_kinds, "case.") - {case_kinds.RiskAssessed.kind}
OF_CLUSTERS: Final = frozenset({ClusterNamed.kind})
FOLDED: Final = OF_CONTACTS | OF_LINKS | OF_CASES | OF_CLUSTERS | {Retracted.kind}
Told = Mapping[UUID, Sequence[Fact]]


class IndicatorRegister(StepRegister):
    """What contacts add to the indicators, as it was known at any time."""

    name = "contacts.indicators"
    kinds = OF_CONTACTS | {Retracted.kind}
    model = IndicatorRow

    def folded(self, subject: UUID, entries: Sequence[Entry]) -> Folded | None:
        its = fold([entry.fact for entry in entries])
        return None if its is None else Folded(its.disease, steps(its))


class ContactRegister:
    """Contacts, their exposures, spells and checks; cases as chains see them, and who may have infected whom."""

    name = "contacts.contacts"
    kinds = FOLDED | {Checked.kind}
    tables = tuple(
        model._meta.db_table
        for model in (ContactRow, ExposureRow, SpellRow, Check, Amended, Node, Edge, SaidRow, Alert, ClusterRow)
    )

    def apply(self, entries: Sequence[Entry]) -> None:
        folded = [entry for entry in entries if entry.fact.kind in FOLDED]
        told = {subject: [entry.fact for entry in its] for subject, its in refold.told(folded, FOLDED).items()}
        before = chains.cases_of_contacts(told)
        _contacts(told)
        _checks(entries)
        if told:  # of checks alone nothing follows
            _clusters(told)
            chains.refold(told, before | chains.cases_of_contacts(told))


def _read(subjects: Collection[UUID], kinds: Collection[str]) -> Told:
    told: dict[UUID, list[Fact]] = defaultdict(list)
    if subjects:
        for entry in log.read(kinds=kinds, subjects=subjects):
            told[entry.fact.subject].append(entry.fact)
    return told


def _contacts(told: Told) -> None:
    for model in (ContactRow, ExposureRow, SpellRow):
        model._default_manager.filter(subject__in=refold.among(told)).delete()
    made: dict[type[Model], list[Model]] = defaultdict(list)
    areas: dict[UUID, str] = {}
    for subject, facts in told.items():
        theirs = [fact for fact in facts if fact.kind in OF_CONTACTS or fact.kind == Retracted.kind]
        for row in rows.of_contact(theirs) if theirs else ():
            made[type(row)].append(row)
            if isinstance(row, ContactRow):
                areas[subject] = row.area
    _create(made)
    if not areas:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contacts_check SET area = its.area FROM unnest(%s::uuid[], %s::text[]) AS its (subject, area) "
            "WHERE contacts_check.subject = its.subject AND contacts_check.area <> its.area",
            [list(areas), list(areas.values())],
        )


def _checks(entries: Sequence[Entry]) -> None:
    """A row for each check; where one of a subject was corrected, its checks are folded as a whole."""
    checked = [entry.fact for entry in entries if entry.fact.kind == Checked.kind]
    amending = [entry.fact for entry in entries if entry.fact.corrects is not None]
    Amended.objects.bulk_create([Amended(fact_id=fact.id, subject=fact.subject, area=fact.area) for fact in amending])
    subjects = {fact.subject for fact in checked}
    whole = {fact.subject for fact in amending}
    if subjects:
        whole |= {subject for (subject,) in _of_subjects("SELECT subject FROM contacts_amended", subjects)}
    plain = [fact for fact in checked if fact.subject not in whole]
    if whole:
        Check.objects.filter(subject__in=whole).delete()
        for facts in _read(whole, {Checked.kind, Retracted.kind}).values():
            plain += [fact for fact in standing(facts).facts if isinstance(fact.data, Checked)]
    if plain:
        areas = dict(_of_subjects("SELECT subject, area FROM contacts_contact", {fact.subject for fact in plain}))
        refold.write(Check, [rows.of_check(fact, areas) for fact in plain])


def _of_subjects(query: str, subjects: Collection[UUID]) -> list[tuple[Any, ...]]:
    """The rows of these subjects; the ids go as one parameter, for they may be a thousand."""
    with log.binary_cursor() as cursor:
        found: list[tuple[Any, ...]] = cursor.execute(
            f"{query} WHERE subject = ANY(%s::uuid[])", [refold.array(subjects)]
        ).fetchall()
    return found


def _clusters(told: Told) -> None:
    ClusterRow.objects.filter(subject__in=refold.among(told)).delete()
    of_clusters = (
        [fact for fact in facts if fact.kind in OF_CLUSTERS or fact.kind == Retracted.kind] for facts in told.values()
    )
    found = (rows.of_cluster(facts) for facts in of_clusters if facts)
    ClusterRow.objects.bulk_create([row for row in found if row is not None])


def _create(made: Mapping[type[Model], Iterable[Model]]) -> None:
    for model, its in made.items():
        refold.insert(model, list(its))
