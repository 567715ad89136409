"""The only door for writing to the vault: enter, amend, hold, note, merge and separate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from lianfang.access import security
from lianfang.access.matrix import Sight, data_classes, fields, purposes
from lianfang.access.rows import range_of, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.posts import own_work
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity import erasure, intake, looks, terms, vault
from lianfang.identity.areas import known_areas
from lianfang.identity.entry import (
    CLASS_OF,
    Content,
    Entry,
    Rules,
    check,
    check_content,
    check_end,
    check_held,
    text_of,
)
from lianfang.identity.facts import Merged, Separated
from lianfang.identity.faults import Fault, fault
from lianfang.identity.models import PERSON, Holding, Store, Subject, Tag, Text
from lianfang.identity.persons import policy
from lianfang.identity.refusals import Faulty, NoPerson, NotOne, NotYourPurpose
from lianfang.identity.sheets import Row
from lianfang.sealing.box import blind
from lianfang.sealing.errors import SealingError

MOST_AT_ONCE = 1_000
"""People of one request."""
CHUNK = 2_000
"""People of a file who are entered in one transaction."""
MOST_FAULTS = 1_000
"""Faults of a file that are told; the rest is counted."""
TEXT_CLASSES = {"note": "text", "counselling": "counselling"}
"""What may be written about a person, and the class of fields that it is."""


class OtherStore(SealingError):
    """The key store is another installation's."""


class Receipt(NamedTuple):
    """What became of people that were sent; ``refused`` counts those of whom ``faults`` tells what is wrong."""

    entered: int
    skipped: int
    refused: int
    faults: list[Fault]


def rules(viewer: Viewer, action: str, today: date) -> Rules:
    """What decides, beside the policy, whether a viewer may enter somebody."""
    mine, known = data_classes(viewer, action), terms.classes()
    area_from, area_to = range_of(viewer, action)
    classes = {name: known[name].basis for name in known if name in mine}
    written = frozenset(name for name, sight in fields(viewer, action).items() if sight is Sight.FULL)
    return Rules(today, area_from, area_to, known_areas(), classes, tuple(terms.bases()), written)


def enter(
    viewer: Viewer, people: Iterable[tuple[int, Mapping[str, Any]]], *, now: datetime, action: str = "people.enter"
) -> Receipt:
    """Enters people, given with the numbers of their rows; tells what is wrong with the rest. ``action`` is that by
    which the viewer may.

    The same person under the same id again is skipped; without an id, the same list's same person. Raises Forbidden.
    """
    return _enter(viewer, people, rules(viewer, action, localdate(now)), now, action)


def enter_file(viewer: Viewer, rows: Iterable[Row], *, now: datetime) -> Receipt:
    """As ``enter``, for the rows of a file, ``CHUNK`` by ``CHUNK``: cut short, it can be sent again whole."""
    its = rules(viewer, "people.enter", localdate(now))
    whole = Receipt(0, 0, 0, [])
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        unread = [row.sent for row in chunk if isinstance(row.sent, Fault)]
        good = ((n, sent) for n, sent in chunk if not isinstance(sent, Fault))
        part = _enter(viewer, good, its, now, "people.enter")
        faults = sorted([*part.faults, *unread], key=lambda one: one.row)
        whole = Receipt(
            whole.entered + part.entered,
            whole.skipped + part.skipped,
            whole.refused + part.refused + len(unread),
            [*whole.faults, *faults[: MOST_FAULTS - len(whole.faults)]],
        )
    security.log("people_imported", viewer=viewer, entered=whole.entered, skipped=whole.skipped, refused=whole.refused)
    return whole


def _enter(
    viewer: Viewer, people: Iterable[tuple[int, Mapping[str, Any]]], its: Rules, now: datetime, action: str
) -> Receipt:
    checked = [check(row, one, its) for row, one in people]
    faults = [one for found in checked if isinstance(found, list) for one in found]
    ready = [found for found in checked if isinstance(found, Entry)]
    entries = _once(ready, faults)
    taken = intake.take(viewer, action, entries, now)
    faults = sorted([*faults, *taken.faults], key=lambda one: one.row)
    refused = len({one.row for one in faults})
    return Receipt(len(taken.entered), len(checked) - len(taken.entered) - refused, refused, faults)


def amend(viewer: Viewer, id: UUID, changes: Mapping[str, Any], purpose: str, *, now: datetime) -> None:
    """Replaces those fields that are given. Raises NoPerson, Faulty, Forbidden."""
    allowed(viewer, purpose)
    may = fields(viewer, "people.amend")
    faults = [fault(1, name, "not_yours") for name in changes if may.get(CLASS_OF[name]) is not Sight.FULL]
    with seeing(viewer, "people.amend"):
        opened = _open(viewer, "people.amend", id, lock=True)
        papers = [{"kind": k, "country": c, "number": n} for k, c, n in opened.content.documents]
        whole = {**asdict(opened.content), "documents": papers, **changes}
        content = check_content(1, whole, localdate(now), faults, nameless=opened.row.person is not None)
        if faults:
            raise Faulty(faults)
        _replace(opened.row, content, now)
    security.log("person_amended", viewer=viewer, person=id, purpose=purpose, fields=tuple(sorted(changes)))


def hold(viewer: Viewer, id: UUID, sent: Mapping[str, Any], *, now: datetime) -> UUID:
    """Begins a further reason for holding somebody; returns its id. Raises NoPerson, Faulty, Forbidden."""
    faults: list[Fault] = []
    with seeing(viewer, "people.hold"):
        row = _seen(viewer, "people.hold", id, lock=True)  # who is being erased is not held anew
        held = check_held(1, sent, rules(viewer, "people.hold", localdate(now)), faults)
        if faults:
            raise Faulty(faults)
        since = held.since or localdate(now)
        holding = Holding(
            id=log.new_id(), subject=row.id, author=viewer.author, due=terms.due(held.data_class, since, held.ends),
            **held._replace(since=since)._asdict(),
        )  # fmt: skip
        holding.save(force_insert=True)
    security.log("person_held", viewer=viewer, person=id, holding=holding.id, held_in=held.area)
    return holding.id


def end(viewer: Viewer, id: UUID, holding: UUID, ends: date) -> None:
    """Ends a reason for holding somebody; what is due is counted from it. Raises NoPerson, Faulty, Forbidden."""
    with seeing(viewer, "people.hold"):
        its = _holdings(viewer, "people.hold", [id]).filter(id=holding).select_for_update().first()
        if its is None:
            raise NoPerson
        faults = [fault(1, "ends", "before_since")] if ends < its.since else []
        check_end(1, ends, localdate(clock.now()), faults)
        if faults:
            raise Faulty(faults)
        its.ends, its.due = ends, terms.due(its.data_class, its.since, ends)
        its.save(update_fields=["ends", "due"])
    security.log("holding_ended", viewer=viewer, person=id, holding=holding, ends=ends)


def end_consent(viewer: Viewer, id: UUID, data_class: str, ends: date) -> None:
    """Ends every reason of a class for holding somebody, whoever gave it: it rested on a consent that is withdrawn. The
    viewer is who was told so."""
    with seeing_all():
        held = Holding.objects.filter(subject=id, data_class=data_class, ends__isnull=True).select_for_update()
        for its in held:
            its.ends, its.due = max(ends, its.since), terms.due(its.data_class, its.since, max(ends, its.since))
            its.save(update_fields=["ends", "due"])
            security.log("holding_ended", viewer=viewer, person=id, holding=its.id, ends=its.ends)


def write(viewer: Viewer, id: UUID, text_class: str, text: str, *, now: datetime) -> UUID:
    """Keeps a text about somebody; returns its id. Raises NoPerson, Faulty, Forbidden."""
    its = TEXT_CLASSES[text_class]
    if fields(viewer, "people.write").get(its) is not Sight.FULL:
        raise Faulty([fault(1, "text", "not_yours")])
    faults: list[Fault] = []
    text = text_of(1, "text", text, policy().limits.text_characters, faults, lines=True)
    if not text:
        faults.append(fault(1, "text", "missing"))
    if faults:
        raise Faulty(faults)
    with seeing(viewer, "people.write"):
        row = _seen(viewer, "people.write", id)
        area = _holdings(viewer, "people.write", [row.id]).values_list("area", flat=True)[0]
        kept = Text(id=log.new_id(), subject=row.id, area=area, text_class=text_class, author=viewer.author, at=now)
        kept.sealed = vault.seal_text(_key(row), kept.id, text)
        kept.save(force_insert=True)
    security.log("text_written", viewer=viewer, person=id, text=kept.id)
    return kept.id


def merge(viewer: Viewer, keep: UUID, other: UUID, *, now: datetime) -> UUID:
    """Records that two pseudonyms are one person, whom ``keep`` stands for; returns the fact's id.

    Raises NoPerson, NotOne, Forbidden.
    """
    with seeing(viewer, "people.merge"):
        first, second = (_seen(viewer, "people.merge", id, lock=True) for id in sorted((keep, other)))
        kept, gone = (first, second) if first.id == keep else (second, first)
        if kept.kind != PERSON or gone.kind != PERSON:
            raise NotOne("encounter")
        if kept.id == gone.id or kept.merged_into or gone.merged_into:
            raise NotOne("already")
        fact = looks.fact_of(viewer, Merged(other=gone.id), subject=kept.id, now=now)
        _append(viewer, fact)
        Subject.objects.filter(id=gone.id).update(merged_into=kept.id)
        erasure.close_own_pages([kept.id, gone.id])
    return fact.id


def separate(viewer: Viewer, merged: UUID, *, now: datetime) -> UUID:
    """Takes a merge back, given by its fact; returns the fact of the separation. Raises NoPerson, NotOne, Forbidden."""
    with seeing(viewer, "people.merge"):
        fact = _merge_fact(merged)
        assert isinstance(fact.data, Merged)
        gone = _seen(viewer, "people.merge", fact.data.other, lock=True)
        if gone.merged_into != fact.subject:
            raise NotOne("not_merged")
        data = Separated(other=gone.id)
        undone = looks.fact_of(viewer, data, subject=fact.subject, now=now).model_copy(update={"corrects": merged})
        _append(viewer, undone)
        Subject.objects.filter(id=gone.id).update(merged_into=None)
        erasure.close_own_pages([fact.subject, gone.id])
    return undone.id


def check_store() -> None:
    """Notes at first use which key store the vault is sealed with; later raises OtherStore for another one."""
    mark = blind(vault.index_key(), "store", "lianfang")
    held = Store.objects.first() or Store.objects.get_or_create(one=True, defaults={"mark": mark})[0]
    if bytes(held.mark) != mark:
        raise OtherStore(
            "the key store is not the one that this database was sealed with: put back the key store and the master "
            "key of this installation. Nothing was changed"
        )


def allowed(viewer: Viewer, purpose: str) -> None:
    """Raises NotYourPurpose for a purpose that the viewer's role has not."""
    mine = purposes(viewer)
    if purpose not in mine:
        raise NotYourPurpose(mine)


def _once(ready: Sequence[Entry], faults: list[Fault]) -> list[Entry]:
    """Each id once: the same again is passed over, another under the same id is a fault."""
    seen: dict[UUID, Entry] = {}
    found = []
    for entry in ready:
        if entry.id is not None:
            before = seen.setdefault(entry.id, entry)
            if before is not entry:
                if before._replace(row=entry.row) != entry:
                    faults.append(fault(entry.row, "id", "twice"))
                continue
        found.append(entry)
    return found


def _holdings(viewer: Viewer, action: str, ids: Sequence[UUID]) -> Any:
    rows = Holding.objects.filter(subject__in=ids, data_class__in=data_classes(viewer, action))
    return visible(viewer, action, rows, own=entered_by(viewer))


def entered_by(viewer: Viewer) -> Q:
    """The own work: who was entered by the viewer or the viewer's post, as far as they hold him or her. A reason that
    one adds to another's entry opens nothing."""
    authors, since = own_work(viewer)
    theirs = Subject.objects.filter(id=OuterRef("subject"), author__in=authors)
    if since:
        theirs = theirs.filter(entered_at__gte=since)
    return Q(Exists(theirs), author__in=authors)


def _seen(viewer: Viewer, action: str, id: UUID, *, lock: bool = False) -> Subject:
    """The row of somebody whom the viewer's action reaches. Within ``seeing``. Raises NoPerson."""
    rows = Subject.objects.filter(id=id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None or not _holdings(viewer, action, [id]).exists():
        raise NoPerson
    return row


def _open(viewer: Viewer, action: str, id: UUID, *, lock: bool = False) -> vault.Opened:
    """As ``_seen``, opened. Raises vault.Altered for a row that does not open."""
    opening = vault.open_subjects([_seen(viewer, action, id, lock=lock)])
    if opening.unreadable:
        raise vault.unreadable(id)
    if not opening.opened:
        raise NoPerson
    return opening.opened[0]


def _replace(row: Subject, content: Content, now: datetime) -> None:
    key = _key(row)
    Subject.objects.filter(id=row.id).update(sealed=vault.seal_content(key, row.id, content), updated_at=now)
    Tag.objects.filter(subject=row.id).delete()
    if row.kind == PERSON:
        Tag.objects.bulk_create(Tag(tag=tag, subject=row.id) for tag in vault.tags(vault.index_key(), content))


def _key(row: Subject) -> bytes:
    """The key of somebody who is held. Raises NoPerson where it was erased a moment ago, vault.KeyMissing where it is
    lost."""
    key = vault.keys([row.id]).get(row.id)
    if key is None:
        raise NoPerson
    return key


def _merge_fact(id: UUID) -> Fact:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM fact WHERE id = %s AND kind = %s", [id, Merged.kind])
        found = cursor.fetchone()
    if found is None:
        raise NoPerson
    return next(iter(log.read(found[0] - 1, found[0]))).fact


def _append(viewer: Viewer, fact: Fact) -> None:
    (outcome,) = log.append([fact], principal=viewer.principal)
    if outcome.status is log.Status.SET_ASIDE:
        raise RuntimeError(f"the record did not take {fact.kind}: {outcome.reason}")
