"""Triage at the door of a fever clinic: whoever comes is asked, measured and sent on; nobody is asked who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.care.facts.triage import Consulted, History, Seen, Triaged, VisitEnded
from lianfang.capabilities.care.models.triage import VISIT_KINDS, VisitRow
from lianfang.capabilities.care.queries import triage as queries
from lianfang.capabilities.care.queries.triage import CONSULT, RECORD
from lianfang.capabilities.care.rules.policy import policy_at, words
from lianfang.capabilities.care.rules.triage import HIGHEST_C, LOWEST_C, feverish, meant
from lianfang.capabilities.care.service.recording import fact_of, made, record, take_back, told
from lianfang.capabilities.care.state.folding import WORDS
from lianfang.capabilities.care.state.triage import Visit, visit
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity import service as vault
from lianfang.identity import terms
from lianfang.profiles.disease import terms as words_of_diseases

DATA_CLASS: Final = "triage"


class Contact(NamedTuple):
    """Who came and how he or she is reached: for the vault alone."""

    name: str = ""
    phone: str = ""


class Arrived(NamedTuple):
    """Somebody was recorded; ``erase_on`` is the day on which the vault forgets who it was; None: it never knew."""

    id: UUID
    fact: UUID
    erase_on: date | None


def arrive(
    viewer: Viewer, fields: Mapping[str, Any], contact: Contact, *, id: UUID, now: datetime, twin: bool = False,
    at: datetime | None = None, fact: UUID | None = None,
) -> Arrived:  # fmt: skip
    """Records who came to a clinic's door and where triage sends him or her. ``id`` is the sender's own, by which the
    same sent twice is known. What looks like a slip is asked back: a temperature that nobody can have, and a second
    entry alike within minutes unless ``twin`` says that it is another person. Raises Forbidden, NotThere, Refused."""
    data = _checked(fields)
    with seeing(viewer, RECORD):
        clinic = queries.clinic(viewer, RECORD, data.clinic)
        locked(data.clinic)
        history = told(VISIT_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=clinic.area, at=at, now=now, id=fact, history=history)
        if before := next((each for each in history if each.data == data), None):
            return Arrived(id, before.id, None)
        if not twin:
            _ask_of_twins(viewer, data, one.observed_at)
        record(viewer, history, one, _fold)
        return Arrived(id, one.id, _keep(viewer, id, clinic.area, contact, now))


def _checked(fields: Mapping[str, Any]) -> Triaged:
    """What was told, where everybody can use it. Raises Refused."""
    wrong = []
    temp = fields.get("temp_c")
    if temp is not None and not LOWEST_C <= temp <= HIGHEST_C:
        if (near := meant(temp)) is not None:
            zh, en = f"{temp:g}℃不可能，是不是{near}℃？请核对", f"{temp:g} °C cannot be: is it {near} °C?"
        else:
            zh, en = f"{temp:g}℃不可能，请重新测量", f"{temp:g} °C cannot be: measure again"
        wrong.append(Wrong("temp_c", "impossible", zh, en))
    known = {one.code for one in words_of_diseases("symptom")}
    for field, codes in (("symptoms", known), ("items", words("items"))):
        if unknown := [one for one in fields.get(field, ()) if one not in codes]:
            its = ", ".join(unknown)
            wrong.append(Wrong(field, "unknown_word", f"没有这一项：{its}", f"there is no such word: {its}"))
    if fields.get("items") and fields.get("history") != History.PRESENT:
        zh, en = "已选流行病学史项目，请选“有”", "items of it are chosen: say that there is one"
        wrong.append(Wrong("history", "not_as_items", zh, en))
    if wrong:
        raise Refused(wrong)
    return made(Triaged, **fields)


def _ask_of_twins(viewer: Viewer, data: Triaged, at: datetime) -> None:
    """Raises Refused where somebody with the same answers came at about the same time: one person sent twice?"""
    near = timedelta(minutes=policy_at(at).twin_min)
    alike = VisitRow.objects.filter(
        clinic=data.clinic, arrived__range=(at - near, at + near), temp_c=data.temp_c, symptoms=list(data.symptoms),
        history=data.history, came=data.came,
    )  # fmt: skip
    if data.temp_c is not None and alike.exists():
        zh = "刚登记过情况相同的一人，是否重复登记？确是另一人请勾选“另一人”"
        en = "somebody with the same answers was recorded just now: if this is another person, say so"
        raise Refused([Wrong("twin", "maybe_double", zh, en)])


def _keep(viewer: Viewer, id: UUID, area: str, contact: Contact, now: datetime) -> date | None:
    """Puts who came into the vault under the visit's own id, until its day of deletion. Raises Refused."""
    if not any(contact):
        return None
    sent = {
        "id": id, "kind": "encounter", "area": area, "data_class": DATA_CLASS, "name": contact.name,
        "phones": [contact.phone] if contact.phone else [],
    }  # fmt: skip
    receipt = vault.enter(viewer, [(1, sent)], now=now)
    if receipt.faults:
        names = {"phones": "phone"}
        raise Refused([Wrong(names.get(one.field.split(".")[0], one.field), one.reason, one.zh, one.en)
                       for one in receipt.faults])  # fmt: skip
    return terms.due(DATA_CLASS, localdate(now), None)


def correct(viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Tells anew what was told of somebody at the door; returns the fact. Raises Forbidden, NotThere, Refused."""
    data = _checked(fields)
    with seeing(viewer, RECORD):
        row = queries.located(viewer, RECORD, id)
        if row.clinic != data.clinic:
            queries.clinic(viewer, RECORD, data.clinic)
        history = told(VISIT_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=row.arrived, now=now, id=fact)
        record(viewer, history, one.model_copy(update={"corrects": row.fact}), _fold)
    return one.id


def see(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """A doctor sees the patient; returns the fact. Raises Forbidden, NotThere, Refused."""
    return _act(viewer, RECORD, id, Seen(), now, at, fact)


def consult(
    viewer: Viewer, id: UUID, conclusion: str, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """The centre for disease control answers about a patient. Raises Forbidden, NotThere, Refused."""
    return _act(viewer, CONSULT, id, made(Consulted, conclusion=conclusion), now, at, fact)


def end(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """The patient leaves the clinic. Who has a fever and an epidemiological history is discharged only after the centre
    for disease control has answered; a case that is named is on record. Raises Forbidden, NotThere, Refused."""
    data = made(VisitEnded, **fields)
    if data.case is not None and not list(log.read(kinds={"case.reported"}, subjects=[data.case], limit=1)):
        raise Refused([Wrong("case", "unknown", *WORDS["needs_case"])])
    return _act(viewer, RECORD, id, data, now, at, fact)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what was recorded of a visit by mistake. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, RECORD):
        queries.located(viewer, RECORD, id)
        history = told(VISIT_KINDS, id)
        return take_back(viewer, history, taken, why, _fold, now=now, id=fact)


def _act(
    viewer: Viewer, action: str, id: UUID, data: FactData, now: datetime, at: datetime | None, fact: UUID | None
) -> UUID:  # fmt: skip
    with seeing(viewer, action):
        row = queries.located(viewer, action, id)
        history = told(VISIT_KINDS, id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, _fold)
    return one.id


def _fold(facts: Sequence[Fact]) -> Visit:
    return visit(facts, feverish)
