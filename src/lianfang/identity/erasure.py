"""Erasing: the key first, so that every copy is unreadable, then the rows; the act itself is a fact.

``replay`` completes an erasure that was cut short after the key went, and follows the erasures of the key store in a
database that was put back from an older copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q

from lianfang.access import security
from lianfang.access.matrix import require
from lianfang.access.rows import range_of, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.models import OneTime, Session
from lianfang.accounts.words import Told
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.log import Principal
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import looks, vault
from lianfang.identity.facts import Erased, Outcome, Reason
from lianfang.identity.looks import COUNTRY
from lianfang.identity.models import ENCOUNTER, Attachment, Holding, Subject, Tag, Text
from lianfang.identity.models_life import Replayed
from lianfang.identity.refusals import NoPerson
from lianfang.identity.terms import bases
from lianfang.sealing.current import keystore
from lianfang.sealing.errors import SealingError

BY_THE_CLOCK = Principal("retention", "retention")
"""As whom the nightly job and the replay append."""
LOCK = 0x65726173  # of the advisory lock
AT_ONCE = 2_000  # subjects
_GLASSES = """
SELECT glass.author, (
    SELECT review.outcome FROM identity_review review WHERE review.glass = glass.fact_id ORDER BY seq DESC LIMIT 1)
FROM identity_glass glass WHERE glass.fact_id IN (
    SELECT shown.glass FROM identity_look look JOIN identity_shown shown ON shown.seq = look.seq
    WHERE look.mark = ANY (%s) AND shown.glass IS NOT NULL)"""
"""Who broke the glass over people with these marks, and how that was last reviewed."""
_NAMES = UUID("b8a8b1a0-0d0a-5b1e-9a6e-6a2a5a0a0c3d")


class HeldElsewhere(Told):
    """Areas outside of the viewer's hold the person too."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"另有{number}项登记属于您辖区以外的单位：请由管辖全部区域的机关决定删除",
            f"{number} more holdings are of areas outside of yours: an authority over all of them orders the erasure",
        )


class OwnGlass(Told):
    """Who broke the glass over a person would erase what it was broken for."""

    def __init__(self) -> None:
        super().__init__(
            "您曾紧急查看此人：请由他人决定删除",
            "you broke the glass over this person: another officer orders the erasure",
        )


class NotReviewed(Told):
    """A breaking of the glass over the person is not settled: its reason would go with the person."""

    def __init__(self) -> None:
        super().__init__(
            "对此人的紧急查看尚未复核完毕：请先由审计员复核",
            "a breaking of the glass over this person is not settled yet: let an auditor review it first",
        )


class LedgerBehind(SealingError):
    """The key store tells of fewer erasures than this database has followed."""

    def __init__(self, told: int, followed: int) -> None:
        super().__init__(
            f"the key store tells of {told} erasures, and this database has followed {followed}: an older ledger of "
            "erasures was put back, by which erased people could come back. Nothing was changed. Put back the newest "
            "ledger (LIANFANG_ERASURES)"
        )


class NoBasis(Told):
    """A legal basis that the policy has not."""

    def __init__(self) -> None:
        known = ", ".join(sorted(bases()))
        super().__init__(
            f"basis：没有此法律依据，可用：{known}", f"basis: there is no such legal basis; there are: {known}"
        )


class Gone(NamedTuple):
    """How many were erased."""

    persons: int
    encounters: int


class _One(NamedTuple):
    """What is to be erased, with the area that its fact is of."""

    id: UUID
    encounter: bool
    area: str


def erase(viewer: Viewer, person: UUID, reason: Reason, basis: str, *, now: datetime) -> Gone:
    """Erases a person on order or request: whatever pseudonyms were merged, and every encounter that is known to be the
    person's. Raises Forbidden, NoPerson, HeldElsewhere, NoBasis, OwnGlass, NotReviewed.
    """
    require(viewer, "people.erase")
    with seeing(viewer, "people.erase"):
        visible = set(Holding.objects.filter(subject=person).values_list("id", flat=True))
        if not visible:
            raise NoPerson
    if basis not in bases():
        raise NoBasis
    with erasing():
        found = cluster([person])
        held = Holding.objects.filter(subject__in=[one.id for one in found if not one.encounter])
        _refuse_elsewhere(viewer, held.values_list("area", flat=True))
        _refuse_over_glass(viewer, found, now)
        gone = _erase(found, reason, basis, viewer.principal, now)
    security.log("erased", viewer=viewer, reason=reason, basis=basis, subject=person)
    return gone


def erase_due(subjects: Collection[UUID], data_class: str, now: datetime) -> Gone:
    """Erases subjects whose time is over, and nothing that is linked to them. Within ``erasing``."""
    return _erase(_told(subjects), Reason.RETENTION, data_class, BY_THE_CLOCK, now)


def erase_mistaken(viewer: Viewer, people: Collection[UUID], *, now: datetime) -> Gone:
    """Erases those of ``people`` whom the viewer has entered and whom one reason of the viewer's alone holds: they were
    entered by mistake, and nobody has had to do with them since. The others stay. Raises Forbidden."""
    require(viewer, "people.enter")
    with erasing():
        ids = [one.id for one in cluster(people)]
        theirs = set(Subject.objects.filter(id__in=people, author=viewer.author).values_list("id", flat=True))
        others = Holding.objects.filter(subject__in=ids).exclude(author=viewer.author).values_list("subject", flat=True)
        tied = Subject.objects.filter(Q(merged_into__in=people) | Q(person__in=people))
        tied_to = {id for row in tied.values_list("merged_into", "person") for id in row if id}
        noted = Text.objects.filter(subject__in=theirs).values_list("subject", flat=True)
        held = Holding.objects.filter(subject__in=theirs).values("subject").annotate(n=Count("id")).filter(n__gt=1)
        stay = {*others, *tied_to, *noted, *held.values_list("subject", flat=True)}
        gone = _erase(_told(theirs - stay), Reason.ENTERED_IN_ERROR, "order", viewer.principal, now)
    security.log("erased", viewer=viewer, reason=Reason.ENTERED_IN_ERROR, people=gone.persons)
    return gone


def erase_attachments(ids: Collection[UUID], now: datetime) -> None:
    """Erases photographs, the keys first. Within ``erasing``."""
    if not ids:
        return
    follows = _followed()
    keystore().erase([vault.attachment_key(id) for id in ids], now)
    _remove_attachments(ids)
    if follows:
        _follow()


@contextmanager
def erasing() -> Iterator[None]:
    """A transaction that sees everything, and in which nobody else erases: so ``Replayed`` is right when it is over."""
    with transaction.atomic(), seeing_all():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def replay(now: datetime) -> Gone:
    """Erases what the key store has erased and this database holds still: after a restore of an older copy of it, or an
    erasure that was cut short. Fast where nothing was. Call it at every start. Raises LedgerBehind."""
    store = keystore()
    told, followed = store.erasures(), _erasures_followed()
    if told < followed:
        security.log("ledger_behind", viewer=BY_THE_CLOCK, outcome="alert", told=told, followed=followed)
        raise LedgerBehind(told, followed)
    _tell_missing_keys()
    if told == followed:
        return Gone(0, 0)
    persons = encounters = 0
    for ids in _all(Subject):
        if not (erased := store.erased(ids)):
            continue
        with erasing():
            gone = _erase(_told(erased), Reason.REPLAY, "order", BY_THE_CLOCK, now)
        persons, encounters = persons + gone.persons, encounters + gone.encounters
    attachments = _replay_attachments()
    with erasing():
        _follow()
    if persons or encounters or attachments:
        security.log(
            "erasures_replayed", viewer=BY_THE_CLOCK, persons=persons, encounters=encounters, attachments=attachments
        )
    return Gone(persons, encounters)


def sweep() -> None:
    """Removes what an erasure that ran beside another act has left of people who are gone. Within ``erasing``."""
    gone = ~Exists(Subject.objects.filter(id=OuterRef("subject")))
    for model in (Text, Tag, Holding):
        rows = model.objects.filter(gone)
        rows._raw_delete(rows.db)


def night_done(now: datetime) -> None:
    """Notes when the nightly job was done."""
    Replayed.objects.update_or_create(one=True, defaults={"night": now})


def last_trace() -> datetime | None:
    """The latest time that this database knows of: of a fact, or of the nightly job. None where it knows none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received_at FROM fact_head WHERE seq > 0")
        row = cursor.fetchone()
    night = Replayed.objects.filter(one=True).values_list("night", flat=True).first()
    return max((time for time in (row and row[0], night) if time), default=None)


def over(subjects: Collection[UUID], today: date) -> set[UUID]:
    """Those of the subjects, and of the pseudonyms merged with them, whom nothing that is not due holds any more.

    A person is held as long as one of the merged pseudonyms is. Encounters stand alone. Within ``erasing``.
    """
    found: dict[UUID, UUID | None] = {}
    asked, fresh = set[UUID](), set(subjects)
    while fresh:
        asked |= fresh
        rows = Subject.objects.filter(Q(id__in=fresh) | Q(merged_into__in=fresh))
        found |= dict(rows.values_list("id", "merged_into"))
        fresh = {id for row in found.items() for id in row if id} - asked
    members = set(found) | set(subjects)
    stays = Holding.objects.filter(subject__in=members).exclude(due__lte=today)
    held = {_root(id, found) for id in stays.values_list("subject", flat=True)}
    return {id for id in members if _root(id, found) not in held}


def _root(id: UUID, merged: dict[UUID, UUID | None]) -> UUID:
    while into := merged.get(id):
        id = into
    return id


def cluster(people: Iterable[UUID]) -> list[_One]:
    """The people, the pseudonyms that were merged with them, and their encounters. Within a transaction that sees
    everything."""
    found, fresh = set[UUID](), set(people)
    while fresh:
        found |= fresh
        rows = Subject.objects.filter(Q(id__in=fresh) | Q(merged_into__in=fresh) | Q(person__in=fresh))
        fresh = {id for row in rows.values_list("id", "merged_into") for id in row if id} - found
    return _told(found)


def _told(subjects: Collection[UUID]) -> list[_One]:
    """Of each subject what its erasure tells."""
    rows = Subject.objects.filter(id__in=subjects).values_list("id", "kind")
    areas = _areas(subjects)
    return [_One(id, kind == ENCOUNTER, areas.get(id, COUNTRY)) for id, kind in rows]


def _erase(found: Sequence[_One], reason: Reason, basis: str, principal: Principal, now: datetime) -> Gone:
    ids = [one.id for one in found]
    if not ids:
        return Gone(0, 0)
    follows = _followed()
    keystore().erase(ids, now)
    _remove(ids)
    facts = list(_facts(found, reason, basis, now))
    for start in range(0, len(facts), LARGEST_BATCH):
        log.append(facts[start : start + LARGEST_BATCH], principal=principal)
    if follows:  # else one before was cut short, and ``replay`` has still to complete it
        _follow()
    encounters = sum(one.encounter for one in found)
    return Gone(len(found) - encounters, encounters)


def close_own_pages(people: Collection[UUID]) -> None:
    """Ends the codes and the sessions that open these people's own pages."""
    Session.objects.filter(subject__in=people).delete()
    OneTime.objects.filter(purpose=OneTime.Purpose.OWN_PAGE, target__in=people).delete()


def _remove(ids: Sequence[UUID]) -> None:
    """Removes the rows, and what opens the own page; holdings last, by which the others are seen."""
    close_own_pages(ids)
    Subject.objects.filter(person__in=ids).update(person=None)
    Subject.objects.filter(merged_into__in=ids).update(merged_into=None)
    for model, column in ((Text, "subject"), (Tag, "subject"), (Subject, "id"), (Holding, "subject")):
        rows = model.objects.filter(**{f"{column}__in": ids})
        rows._raw_delete(rows.db)


def _facts(found: Sequence[_One], reason: Reason, basis: str, now: datetime) -> Iterator[Fact]:
    """One fact a person; of encounters one an area, with their number: the record must not say which went together."""
    encounters: dict[str, int] = {}
    for one in found:
        if one.encounter:
            encounters[one.area] = encounters.get(one.area, 0) + 1
        else:
            yield _fact(Erased(reason=reason, basis=basis, persons=1), one.id, one.area, now)
    # Beside a person it would say how many encounters the person had.
    if reason is Reason.RETENTION or all(one.encounter for one in found):
        for area, number in sorted(encounters.items()):
            data = Erased(reason=reason, basis=basis, encounters=number)
            yield _fact(data, uuid5(_NAMES, area), area, now)


def _fact(data: Erased, subject: UUID, area: str, now: datetime) -> Fact:
    return Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=now)


def _areas(subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The area that holds each subject; of several, the first by code."""
    held = Holding.objects.filter(subject__in=list(subjects)).order_by("-area").values_list("subject", "area")
    return dict(held)


def _refuse_elsewhere(viewer: Viewer, areas: Iterable[str]) -> None:
    start, stop = range_of(viewer, "people.erase")
    outside = [area for area in areas if not start <= area < stop]
    if outside:
        raise HeldElsewhere(len(outside))


def _tell_missing_keys() -> None:
    """An alert where people who were entered last have neither a key nor an erasure: an older copy of the key store was
    put back, or keys were lost. Nobody can read what is held of them until the newest copy is put back."""
    with seeing_all():
        ids = list(Subject.objects.order_by("-entered_at").values_list("id", flat=True)[:AT_ONCE])
    absent = set(ids) - looks.keys_of(ids).keys()
    missing = absent - keystore().erased(absent)
    if missing:
        security.log("keys_missing", viewer=BY_THE_CLOCK, outcome="alert", people=len(missing), of=len(ids))


def _refuse_over_glass(viewer: Viewer, found: Sequence[_One], now: datetime) -> None:
    """Raises OwnGlass, NotReviewed."""
    ids = [one.id for one in found]
    with connection.cursor() as cursor:
        cursor.execute(_GLASSES, [looks.marks_of(ids, now)])
        for author, outcome in cursor.fetchall():
            if author == viewer.author:
                raise OwnGlass
            if outcome in (None, Outcome.TO_BE_INVESTIGATED):
                raise NotReviewed


def _replay_attachments() -> int:
    """Removes the photographs whose keys were erased; how many."""
    removed = 0
    for ids in _all(Attachment):
        named = {vault.attachment_key(id): id for id in ids}
        if gone := [named[key] for key in keystore().erased(named)]:
            with erasing():
                _remove_attachments(gone)
            removed += len(gone)
    return removed


def _remove_attachments(ids: Collection[UUID]) -> None:
    rows = Attachment.objects.filter(id__in=ids)
    rows._raw_delete(rows.db)


def _all(model: type[Subject | Attachment]) -> Iterator[list[UUID]]:
    """The ids of all rows, ``AT_ONCE`` by ``AT_ONCE``."""
    after = UUID(int=0)
    while True:
        with seeing_all():
            rows = model.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True)
            ids = list(rows[:AT_ONCE])
        if ids:
            yield ids
        if len(ids) < AT_ONCE:
            return
        after = ids[-1]


def _followed() -> bool:
    """Whether the database has followed all that the key store erased."""
    return _erasures_followed() == keystore().erasures()


def _erasures_followed() -> int:
    return Replayed.objects.filter(one=True).values_list("erasures", flat=True).first() or 0


def _follow() -> None:
    """Notes that it has."""
    Replayed.objects.update_or_create(one=True, defaults={"erasures": keystore().erasures()})
