"""Entering many people at once: what is held already is told apart, keys are made, rows are written by arrays.

A table under row-level security takes no COPY; one statement with arrays costs less than a staging table between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection
from django.utils.timezone import localdate

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.facts.log import binary_cursor
from lianfang.identity import terms, vault
from lianfang.identity.entry import Entry
from lianfang.identity.faults import Fault, fault
from lianfang.identity.models import PERSON
from lianfang.sealing.current import keystore

LOCK = 0x766C74  # of those whose people have no ids yet: two imports of one list must not both enter it
TRIES = 5

_HELD = """
SELECT id, entry, kind FROM identity_subject WHERE id = ANY (%s)
UNION ALL SELECT id, entry, kind FROM identity_subject WHERE entry = ANY (%s)"""
_HOLDINGS = """
INSERT INTO identity_holding (id, subject, area, data_class, basis, author, since, ends, due)
SELECT id, subject, area, data_class, basis, %s, since, ends, due
FROM unnest(%b::uuid[], %b::uuid[], %b::text[], %b::text[], %b::text[], %b::date[], %b::date[], %b::date[])
AS t (id, subject, area, data_class, basis, since, ends, due)"""
_SUBJECTS = """
INSERT INTO identity_subject (id, kind, person, entry, sealed, author, entered_at, updated_at)
SELECT id, kind, person, entry, sealed, %s, %s, %s
FROM unnest(%b::uuid[], %b::text[], %b::uuid[], %b::bytea[], %b::bytea[]) AS t (id, kind, person, entry, sealed)"""
_TAGS = "INSERT INTO identity_tag (tag, subject) SELECT * FROM unnest(%b::bytea[], %b::uuid[])"


class Taken(NamedTuple):
    """What became of entries."""

    entered: list[UUID]
    skipped: list[UUID]
    faults: list[Fault]


class _New(NamedTuple):
    id: UUID
    tag: bytes
    entry: Entry


def take(viewer: Viewer, action: str, entries: Sequence[Entry], now: datetime) -> Taken:
    """Enters those of ``entries`` that are not held yet, in one transaction."""
    tried = 0
    while True:
        try:
            return _take(viewer, action, entries, now)
        except psycopg.errors.UniqueViolation:  # another request has entered one of them meanwhile: now it is seen
            tried += 1
            if tried == TRIES:
                raise


def _take(viewer: Viewer, action: str, entries: Sequence[Entry], now: datetime) -> Taken:
    taken = Taken([], [], [])
    with seeing(viewer, action):
        if any(entry.id is None for entry in entries):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        new = _told_apart(entries, taken)
        if new:
            _write(viewer, new, now)
    taken.entered.extend(one.id for one in new)
    return taken


def _told_apart(entries: Sequence[Entry], taken: Taken) -> list[_New]:
    """The entries that are new; the others go to ``taken``."""
    index = vault.index_key()
    tagged = [(entry, vault.entry_tag(index, entry)) for entry in entries]
    by_id, by_tag = _held(tagged)
    erased = keystore().erased({id for entry in entries for id in (entry.id, entry.person) if id})
    people = _persons(entries) - erased
    new: list[_New] = []
    for entry, tag in sorted(tagged, key=lambda one: one[0].kind != PERSON):  # whom encounters may name comes first
        id = entry.id or by_tag.get(tag)
        if entry.id in erased:
            taken.faults.append(fault(entry.row, "id", "erased"))
        elif id and (id in by_id or entry.id is None):
            if entry.id is None or by_id[id] == tag:
                taken.skipped.append(id)
            else:
                taken.faults.append(fault(entry.row, "id", "conflict"))
        elif entry.person and entry.person not in people:
            taken.faults.append(fault(entry.row, "person", "no_person"))
        else:
            one = _New(id or log.new_id(), tag, entry)
            by_id[one.id], by_tag[tag] = tag, one.id
            new.append(one)
            if entry.kind == PERSON:
                people.add(one.id)
    return new


def _held(tagged: Sequence[tuple[Entry, bytes]]) -> tuple[dict[UUID | None, bytes], dict[bytes, UUID]]:
    """What is held under the ids, and under the tags of those without: wherever it is held, an id is one person's."""
    ids = [entry.id for entry, _ in tagged if entry.id]
    loose = [tag for entry, tag in tagged if entry.id is None]
    with seeing_all(), binary_cursor() as cursor:
        rows = cursor.execute(_HELD, [ids, loose]).fetchall()
    named = set(ids)
    return {id: bytes(tag) for id, tag, _ in rows if id in named}, {bytes(tag): id for id, tag, _ in rows}


def _persons(entries: Sequence[Entry]) -> set[UUID]:
    """Those persons of encounters who are held where the viewer sees them."""
    wanted = list({entry.person for entry in entries if entry.person})
    if not wanted:
        return set()
    with binary_cursor() as cursor:
        rows = cursor.execute("SELECT id FROM identity_subject WHERE id = ANY (%s) AND kind = 'person'", [wanted])
        return {id for (id,) in rows}


def _write(viewer: Viewer, new: Sequence[_New], now: datetime) -> None:
    """The rows of new people. Holdings come first: the others are seen by them."""
    keys, index, today = keystore().make([one.id for one in new]), vault.index_key(), localdate(now)
    ids = [one.id for one in new]
    helds = [one.entry.held._replace(since=one.entry.held.since or today) for one in new]
    dues = [terms.due(held.data_class, held.since or today, held.ends) for held in helds]
    tags = [(tag, one.id) for one in new if one.entry.kind == PERSON for tag in vault.tags(index, one.entry.content)]
    sealed = [vault.seal_content(keys[one.id], one.id, one.entry.content) for one in new]
    columns: list[Any] = [[log.new_id() for _ in new], ids, *map(list, zip(*helds, strict=True)), dues]
    entries = [one.entry for one in new]
    with binary_cursor() as cursor, cursor.connection.pipeline():
        cursor.execute(_HOLDINGS, [viewer.author, *columns])
        cursor.execute(
            _SUBJECTS,
            [
                *(viewer.author, now, now, ids, [one.kind for one in entries], [one.person for one in entries]),
                *([one.tag for one in new], sealed),
            ],
        )
        cursor.execute(_TAGS, [[tag for tag, _ in tags], [id for _, id in tags]])
