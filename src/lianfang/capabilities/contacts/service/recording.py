"""What every act does: see the contact, hold it, fold with and without the new fact, append."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.rows import visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.contacts.facts import Exposure
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.models.register import OF_CONTACTS
from lianfang.capabilities.contacts.rules.windows import plausible_from
from lianfang.capabilities.contacts.state.contact import Contact, fold
from lianfang.capabilities.contacts.state.faults import Fault
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted
from lianfang.facts.log import Status

TRACE, CHECK, REFER, RELEASE = "contacts.trace", "contacts.check", "contacts.refer", "contacts.release"


def mine(viewer: Viewer, action: str) -> QuerySet[ContactRow]:
    """The contacts that an action of the viewer's reaches."""
    own = Q(author__in=own_work(viewer).authors)
    return visible(viewer, action, ContactRow.objects.all(), own=own, subject="person")


def seen(viewer: Viewer, action: str, id: UUID) -> ContactRow:
    """One of them. Raises NotThere."""
    row = mine(viewer, action).filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def history(id: UUID) -> list[Fact]:
    """The facts that a contact is folded from."""
    return [entry.fact for entry in log.read(kinds=OF_CONTACTS | {Retracted.kind}, subjects=[id])]


def fact_of(
    viewer: Viewer,
    data: FactData,
    subject: UUID,
    area: str,
    at: datetime,
    *,
    cause: tuple[UUID, ...] = (),
    corrects: UUID | None = None,
) -> Fact:
    """A fact as the log will hold it: its author and device have a say in the order of folding."""
    made = Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=at, cause=cause, corrects=corrects)
    return made.model_copy(update={"author": viewer.author, "device": viewer.device})


def folded(before: Sequence[Fact], new: Sequence[Fact]) -> Contact | None:
    """The contact with the new facts. Raises Refused where they, or earlier ones because of them, contradict."""
    was, becomes = fold(before), fold([*before, *new])
    known = {(one.fact, one.reason) for one in was.faults} if was else set()
    fresh = [one for one in becomes.faults if (one.fact, one.reason) not in known] if becomes else []
    if fresh:
        ids = {fact.id for fact in new}
        raise Refused([wrong(one, earlier=one.fact not in ids) for one in fresh])
    return becomes


def wrong(found: Fault, *, earlier: bool = False, row: int | None = None) -> Wrong:
    """A fault as an answer; ``earlier`` where it is of a record that was there before."""
    zh, en = (
        (f"此前的记录因此不成立：{found.zh}", f"an earlier record would not hold: {found.en}") if earlier else found[3:]
    )
    return Wrong(found.field, found.reason, zh, en, row)


def append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    """Appends all of them, or raises Refused: what the record would set aside is the sender's to correct."""
    for outcome in log.append(facts, principal=viewer.principal):
        if outcome.status is Status.SET_ASIDE:
            field, _, why = outcome.reason.partition(": ")
            raise Refused([Wrong(field, "not_recordable", f"不能入账：{why}", f"cannot be recorded: {why}")])


def future(at: datetime, now: datetime) -> list[Wrong]:
    """What is wrong with a time at which something is said to have happened."""
    if at <= now:
        return []
    return [Wrong("at", "in_future", "晚于现在，请核对", "is after now: correct it")]


def implausible(disease: str, exposure: Exposure) -> list[Wrong]:
    """What is wrong with an exposure from before there was the disease."""
    least = plausible_from(disease)
    if least is None or (exposure.first or exposure.last) >= least:
        return []
    zh, en = f"早于{least}，当时尚无此病，请核对", f"is before {least}, when there was no such disease: correct it"
    return [Wrong("exposure", "implausible", zh, en)]
