"""Rows of what the folds give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from lianfang.capabilities.contacts.facts import Checked, told_at
from lianfang.capabilities.contacts.models.tables import ClusterRow, ContactRow, ExposureRow, SpellRow
from lianfang.capabilities.contacts.rules.counting import passages
from lianfang.capabilities.contacts.state.chain import fold_cluster
from lianfang.capabilities.contacts.state.contact import Contact, Told, fold
from lianfang.capabilities.contacts.state.faults import Fault
from lianfang.facts.fact import Fact, folding_order


def of_contact(facts: Sequence[Fact]) -> Iterator[Model]:
    """The rows of a contact; none where no exposure stands."""
    its = fold(facts)
    if its is None:
        return
    yield _contact(its)
    for told in its.standing:
        yield _exposure(its, told)
    for one in passages(its):
        yield SpellRow(**one._asdict())


def _contact(its: Contact) -> ContactRow:
    exposures = [told.exposure for told in its.standing]
    return ContactRow(
        subject=its.subject, area=its.area, author=its.author, disease=its.disease, edition=its.edition,
        person=its.person, number=its.number, batch=its.batch, status=its.status, close=its.close,
        observed=its.observed, registered_at=its.registered_at, traced_at=its.traced_at, informed_at=its.informed_at,
        referred_at=its.referred_at, ended_at=its.ended_at, reason=its.reason, to=its.to, case=its.case,
        first_exposed=min(one.last for one in exposures), last_exposed=max(one.last for one in exposures), due=its.due,
        due_by_rule=its.due_by_rule, exposures=len(exposures), settings=sorted({one.setting for one in exposures}),
        conveyances=sorted({one.conveyance for one in exposures if one.conveyance}), faults=faults(its.faults),
        disputed=its.disputed,
    )  # fmt: skip


def _exposure(its: Contact, told: Told) -> ExposureRow:
    one = told.exposure
    return ExposureRow(
        fact_id=told.fact, subject=its.subject, area=its.area, source=one.source, at=told.at, first=one.first,
        last=one.last, due=told.due, setting=one.setting, closeness=list(one.closeness), relation=one.relation,
        certainty=one.certainty, protected=one.protected, conveyance=one.conveyance, edition=told.edition,
    )  # fmt: skip


def of_check(fact: Fact, areas: Mapping[UUID, str]) -> dict[str, Any]:
    """The row of a check, in the division that follows the contact, by its columns."""
    data = fact.data
    assert isinstance(data, Checked)
    return {
        "fact_id": fact.id, "subject": fact.subject, "area": areas.get(fact.subject, fact.area), "told_in": fact.area,
        "author": fact.author, "at": told_at(fact, data), "day": data.day, "half": data.half,
        "outcome": data.outcome, "temp_c": data.temp_c, "symptoms": data.symptoms, "by": data.by,
    }  # fmt: skip


def of_cluster(facts: Sequence[Fact]) -> ClusterRow | None:
    found = fold_cluster(facts)
    if found is None:
        return None
    first, data = found
    return ClusterRow(
        subject=first.subject, area=first.area, author=first.author, disease=data.disease, setting=data.setting,
        linked=data.linked, cases=sorted(set(data.cases)), named_at=folding_order(first)[0],
    )  # fmt: skip


def faults(found: Sequence[Fault]) -> list[dict[str, str]]:
    """Faults as a table keeps them."""
    return [{**one._asdict(), "fact": str(one.fact)} for one in found]
