"""Checks of contacts, many at once: each is taken or refused by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.contacts.facts import Checked, Half
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.rules.observing import Slot, slots_of
from lianfang.capabilities.contacts.service.recording import CHECK, future, mine
from lianfang.capabilities.contacts.state.contact import OPEN, Status, day_of
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Status as Kept
from lianfang.profiles.disease import terms

MOST: Final = 1_000
By = Literal["worker", "station", "self"]
SEEN: Final = frozenset({Attempt.SEEN_WELL, Attempt.SEEN_UNWELL})


class CheckRow(NamedTuple):
    """A check as told. ``id`` makes it the same one when it is sent again."""

    contact: UUID
    day: date
    half: Half
    outcome: Attempt
    temp_c: float | None = None
    symptoms: tuple[str, ...] = ()
    by: By = "worker"
    at: datetime | None = None
    id: UUID | None = None


class Taken(NamedTuple):
    """Which rows were recorded (or held already), and what is wrong with the others; rows count from 1."""

    taken: tuple[int, ...]
    wrong: tuple[Wrong, ...]


def check_many(viewer: Viewer, rows: Sequence[CheckRow], *, now: datetime) -> Taken:
    """Records the checks that can be. A check is refused of somebody who is not (any more) observed, or was not found
    yet and is said to have been seen, and for a slot that there is not or that has not begun. Raises Forbidden."""
    if len(rows) > MOST:
        zh, en = f"一次最多{MOST}条，请分批", f"at most {MOST} at once: send them in parts"
        raise Refused([Wrong("checks", "too_many", zh, en)])
    facts: list[tuple[int, Fact]] = []
    wrong: list[Wrong] = []
    with seeing(viewer, CHECK):
        found = mine(viewer, CHECK).filter(subject__in={row.contact for row in rows})
        contacts = {row.subject: row for row in found}
        for number, row in enumerate(rows, 1):
            its = _wrong(row, contacts.get(row.contact), now)
            if its:
                wrong += [one._replace(row=number) for one in its]
            else:
                by = row.by if viewer.subject is None else "self"
                facts.append((number, _fact(row, by, contacts[row.contact], now)))
        outcomes = log.append(_as_first_told([fact for _, fact in facts]), principal=viewer.principal)
    taken = []
    for (number, _), outcome in zip(facts, outcomes, strict=True):
        if outcome.status is Kept.SET_ASIDE:
            wrong.append(Wrong("", "not_recordable", f"不能入账：{outcome.reason}", outcome.reason, number))
        else:
            taken.append(number)
    return Taken(tuple(taken), tuple(sorted(wrong, key=lambda one: (one.row or 0, one.field))))


def _fact(row: CheckRow, by: By, contact: ContactRow, now: datetime) -> Fact:
    at, slot = row.at or now, _slot(row, contact)
    data = Checked(
        day=row.day, half=row.half, outcome=row.outcome, temp_c=row.temp_c, symptoms=row.symptoms, by=by,
        told=now if slot and at < slot.ends <= now else None,
    )  # fmt: skip
    return Fact.of(data, id=row.id or log.new_id(), subject=row.contact, area=contact.area, observed_at=at)


def _as_first_told(facts: Sequence[Fact]) -> list[Fact]:
    """The checks, those that are sent again as they were told at first."""
    late = {fact.subject for fact in facts if isinstance(fact.data, Checked) and fact.data.told}
    read = log.read(kinds=[Checked.kind], subjects=list(late)) if late else ()
    told = {entry.fact.id: getattr(entry.fact.data, "told", None) for entry in read}
    return [
        fact.model_copy(update={"data": fact.data.model_copy(update={"told": told[fact.id]})})
        if fact.id in told
        else fact
        for fact in facts
    ]


def _slot(row: CheckRow, contact: ContactRow) -> Slot | None:
    slots = slots_of(contact.disease, contact.edition, row.day)
    return next((one for one in slots if one.half == row.half), None)


def _wrong(row: CheckRow, contact: ContactRow | None, now: datetime) -> list[Wrong]:
    if contact is None:
        return [Wrong("contact", "not_there", "没有这样的记录", "there is no such record")]
    found = future(row.at or now, now)
    slot = _slot(row, contact)
    if slot is None:
        known = ", ".join(one.half for one in slots_of(contact.disease, contact.edition, row.day))
        found.append(Wrong("half", "no_slot", f"没有这一时段，可用：{known}", f"is no slot; there are: {known}"))
    elif slot.begins > now:
        found.append(Wrong("day", "not_begun", "该时段尚未开始，请核对", "the slot has not begun: correct it"))
    elif row.at is not None and row.at < slot.begins:
        found.append(Wrong("at", "not_begun", "早于该时段，请核对", "is before the slot begins: correct it"))
    known_symptoms = [term.code for term in terms("symptom")]
    if unknown := sorted(set(row.symptoms) - set(known_symptoms)):
        told, listed = ", ".join(unknown), ", ".join(known_symptoms)
        zh, en = f"没有这些症状：{told}；可用：{listed}", f"no symptoms of the list: {told}; there are: {listed}"
        found.append(Wrong("symptoms", "unknown", zh, en))
    if contact.status not in OPEN and contact.ended_at is not None and row.day > day_of(contact.ended_at):
        day = day_of(contact.ended_at)
        found.append(
            Wrong("day", "ended", f"观察已于{day}结束，请另行登记", f"the observation ended on {day}: register another")
        )
    if contact.status == Status.TO_TRACE and row.outcome in SEEN:
        zh, en = "尚未追踪到，请先登记追踪结果", "was not found yet: record first that the contact was found"
        found.append(Wrong("contact", "not_traced", zh, en))
    if row.outcome not in SEEN and (row.temp_c is not None or row.symptoms):
        zh, en = "只有见到本人才有体温和症状，请核对", "is of somebody who was seen: correct it or the outcome"
        found.append(Wrong("temp_c", "not_seen", zh, en))
    if row.day <= contact.first_exposed and row.day < day_of(contact.registered_at):
        zh, en = f"早于暴露之日{contact.first_exposed}，请核对", f"is not after {contact.first_exposed}, the exposure"
        found.append(Wrong("day", "before_exposure", zh, en))
    return found
