"""The log: the only writer of facts, and how they are read back.

A batch is one transaction. Batches that arrive together share one (group commit). What cannot be appended is set aside
with its reason and its original bytes, and hinders nothing else in the batch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection, transaction

from lianfang.facts import ahead, aside_rows, clock, copying, fold, salts
from lianfang.facts.fact import GENESIS, Entry, Fact, Head, digest, link
from lianfang.facts.group import Late, Queue, Request
from lianfang.facts.kinds import registry
from lianfang.facts.lock import array, at_the_head
from lianfang.facts.sent import Aside, Item, May, Principal, Refused, Sent, TooLarge, from_facts, from_json

__all__ = ["Outcome", "Principal", "Refused", "Status", "TooLarge", "append", "append_json", "head", "read"]

LEAST_FREE = 64 * 1024 * 1024  # bytes on an embedded database's disk: out of room for its own log, PostgreSQL stops
PIECES = 4 * 500  # of rows, four each, that are sent in one go while the next are made
LAST = 2**63 - 1  # no fact's seq is larger
PAGE = 2_000  # facts fetched at a time
PAGE_OF_SUBJECTS = 50_000  # of some subjects, which are looked for anew for each page

# Taken before the row of the head: a row's lock goes to whoever asks first once it is free, so that one busy process
# could keep another out; this one is given in turn.
_TURN = f"SELECT pg_advisory_xact_lock({0x66616374})"
_MOVE_HEAD = "UPDATE fact_head SET seq = %s, chain = %s, received_at = %s"
# Both bounds: of one alone, while little is known of the table, a third of it is expected, and all of it read.
_SINCE = "SELECT uuid_send(subject) FROM fact WHERE seq > %s AND seq <= %s"
# Registers whose kinds are not among the facts of a transaction have nothing to fold, if they had folded all before.
_MOVE_IDLE = "UPDATE fact_register SET seq = %s WHERE seq = %s AND stopped = '' AND name = ANY (%s)"


class Status(StrEnum):
    APPENDED = "appended"
    SKIPPED = "skipped"  # the log has this fact already
    SET_ASIDE = "set_aside"


class Outcome(NamedTuple):
    """What became of the fact at ``index`` of a batch. ``seq`` is None for what was set aside."""

    index: int
    id: UUID | None
    status: Status
    seq: int | None = None
    reason: str = ""


class Stored(NamedTuple):
    """A row of the log as it lies there."""

    seq: int
    received_at: datetime
    salt: bytes
    digest: bytes
    chain: bytes
    body: bytes


_queue = Queue()


def append(
    batch: Sequence[Fact | bytes], *, principal: Principal, now: datetime | None = None, may: May | None = None
) -> list[Outcome]:
    """Appends facts (or the JSON of one fact each) of the one who is signed in, and tells each one's outcome by index.

    Inside an open transaction it is part of that; outside, it commits, with other callers' batches. ``now`` stands in
    for the record's clock; ``may`` tells of each fact why the sender may not append it, or None. Raises ``Refused`` for
    a batch beyond the limits, database errors for what the database refuses, ``SealingError`` where something is to be
    set aside and cannot be sealed; then nothing of the batch is kept.
    """
    return _append(from_facts(batch, principal, may=may), now)


def append_json(
    body: bytes, *, principal: Principal, now: datetime | None = None, may: May | None = None, area: str = ""
) -> list[Outcome]:
    """As ``append``, for a JSON array of facts. ``area`` is the sender's: what is set aside and names no area of its
    own is shown there. Raises ``Refused`` where the bytes are none."""
    return _append(from_json(body, principal, may=may, area=area), now)


def append_sent(sent: Sent) -> list[Outcome]:
    """As ``append``, for a batch that was told apart before."""
    return _append(sent, None)


def append_together(batches: Sequence[Sent], late: Late = tuple) -> list[list[Outcome]]:
    """As ``append``, for the batches of several senders and then those that came ``late``: the outcomes of each. When
    it raises, nothing of any was kept: whose fault it is shows when each is appended by itself. Outside of a
    transaction only."""
    request = Request(batches, late)
    _queue.join(request)
    if request.leads:
        group = _queue.group(request)
        try:
            _commit(group)
        finally:
            _queue.hand_over(group)
    if request.error is not None:
        raise request.error
    assert request.outcomes is not None
    return request.outcomes


def make_ahead(batches: Sequence[Sent]) -> None:
    """Lets registers make of batches what they can before it is these batches' turn. Outside of a transaction only: it
    is put in where nothing came in between."""
    with binary_cursor() as cursor:
        made = ahead.make([item.fact for sent in batches for item in sent.ready if item.fact is not None], cursor)
    for sent in batches:
        sent.ahead = made


def append_received(batches: Sequence[Sent], times: Sequence[datetime], *, folded: bool = True) -> list[list[Outcome]]:
    """As ``append_together``, for batches that were received before, each at its time, which stands for the record's
    clock: one transaction, or a part of the open one. Registers follow in it, or, where not ``folded``, when somebody
    lets them catch up."""
    return _write(batches, times, folded=folded)


def head() -> Head:
    """Where the log ends."""
    with binary_cursor() as cursor:
        return Head(*cursor.execute("SELECT seq, chain FROM fact_head").fetchone())


def head_locked() -> Head:
    """Where the log ends; until the open transaction is over, nobody appends."""
    with binary_cursor() as cursor:
        cursor.execute(_TURN, prepare=True)
        return Head(*cursor.execute("SELECT seq, chain FROM fact_head FOR UPDATE").fetchone())


def chain_at(seq: int) -> str:
    """The chain after the fact ``seq``, in hexadecimal. Raises LookupError where there is none."""
    if seq == 0:
        return GENESIS.hex()
    with binary_cursor() as cursor:
        found = cursor.execute("SELECT chain FROM fact WHERE seq = %s", [seq]).fetchone()
    if found is None:
        raise LookupError(f"there is no fact {seq}")
    return str(found[0].hex())


def seq_at(known_at: datetime) -> int:
    """The last ``seq`` that was known at a time; 0 where nothing was."""
    latest = "SELECT max(received_at) FROM fact WHERE received_at <= %s"
    with binary_cursor() as cursor:
        found = cursor.execute(f"SELECT max(seq) FROM fact WHERE received_at = ({latest})", [known_at]).fetchone()
    return found[0] or 0


def received_at(seqs: Collection[int]) -> dict[int, datetime]:
    """When facts were received."""
    with binary_cursor() as cursor:
        return dict(cursor.execute("SELECT seq, received_at FROM fact WHERE seq = ANY (%s)", [list(seqs)]).fetchall())


def read(
    after: int = 0,
    upto: int | None = None,
    *,
    known_at: datetime | None = None,
    kinds: Collection[str] | None = None,
    subjects: Collection[UUID] | None = None,
    limit: int | None = None,
) -> Iterator[Entry]:
    """The facts with ``after < seq <= upto``, by ``seq``, upcast to their kinds' newest versions.

    ``known_at`` gives what was known at a time; ``kinds`` and ``subjects`` narrow; all are optional.
    """
    for row in stored(after, upto, known_at=known_at, kinds=kinds, subjects=subjects, limit=limit):
        yield Entry(row.seq, row.received_at, registry().read(row.body), row.digest, row.chain)


def areas_before(facts: Sequence[Fact]) -> list[frozenset[str]]:
    """The divisions whose work each fact goes on with: that of the fact which it corrects and, where a subject begins
    with its kind, those under which the subject is on record already. None of what is new."""
    founding = sorted({cls.kind for cls in registry().classes.values() if cls.founds})
    subjects = {fact.subject for fact in facts if fact.data.founds}
    corrected = {fact.corrects for fact in facts if fact.corrects is not None}
    begun: dict[UUID, list[tuple[UUID, str]]] = {}
    with binary_cursor() as cursor:
        if subjects:
            query = "SELECT subject, id, area FROM fact_begun(%s::uuid[], %s)"
            for subject, id_, area in cursor.execute(query, [array(subjects), founding]):
                begun.setdefault(subject, []).append((id_, area))
        areas = {}
        if corrected:
            areas = dict(cursor.execute("SELECT id, area FROM fact WHERE id = ANY (%s)", [list(corrected)]).fetchall())

    def before(fact: Fact) -> Iterator[str]:
        if fact.corrects in areas:
            yield areas[fact.corrects]
        if fact.data.founds:
            yield from (area for id_, area in begun.get(fact.subject, ()) if id_ != fact.id)

    return [frozenset(before(fact)) for fact in facts]


def stored(
    after: int = 0,
    upto: int | None = None,
    *,
    known_at: datetime | None = None,
    kinds: Collection[str] | None = None,
    subjects: Collection[UUID] | None = None,
    areas: tuple[str, str] | None = None,
    limit: int | None = None,
) -> Iterator[Stored]:
    """As ``read``, with the facts as the bytes that are stored; ``areas`` is a half-open range of codes."""
    bounds = [head().seq]
    bounds += [upto] if upto is not None else []
    bounds += [seq_at(known_at)] if known_at is not None else []
    table, about = ("fact", list[Any]()) if subjects is None else ("fact_of(%s::uuid[])", [list(subjects)])
    where, values = "", list[Any]()
    if kinds is not None:
        where, values = where + " AND kind = ANY(%s)", [*values, list(kinds)]
    if areas is not None:
        where, values = where + ' AND area COLLATE "C" >= %s AND area COLLATE "C" < %s', [*values, *areas]
    query = (
        f"SELECT seq, received_at, salt, digest, chain, body FROM {table} WHERE seq > %s AND seq <= %s{where} "
        "ORDER BY seq LIMIT %s"
    )
    while limit is None or limit > 0:
        most = PAGE if subjects is None else PAGE_OF_SUBJECTS
        page = most if limit is None else min(limit, most)
        with binary_cursor() as cursor:
            rows = cursor.execute(query, [*about, after, min(bounds), *values, page]).fetchall()
        yield from (Stored(*row) for row in rows)
        if len(rows) < page:
            return
        after = rows[-1][0]
        limit = None if limit is None else limit - len(rows)


def new_id() -> UUID:
    """A UUIDv7: sorted by the time it was made, to the millisecond."""
    ms = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    return UUID(int=ms << 80 | 7 << 76 | (chance >> 68 & 0xFFF) << 64 | 2 << 62 | chance & (1 << 62) - 1)


def _append(sent: Sent, now: datetime | None) -> list[Outcome]:
    if not sent.ready and not sent.asides:
        return []
    if connection.in_atomic_block or now is not None:
        return _write([sent], [now])[0]
    return append_together([sent])[0]


def _commit(group: Sequence[Request]) -> None:
    """Writes the batches of a group as one transaction, or, if that fails, each caller's as its own: whatever one of
    them broke is not the others' loss."""
    if len(group) > 1:
        try:
            batches = [sent for request in group for sent in request.batches]
            written = iter(_write(batches, [None] * len(batches)))
            for request in group:
                request.outcomes = [next(written) for _ in request.batches]
            return
        except Exception:
            connection.close_if_unusable_or_obsolete()
    for request in group:
        _alone(request)


def _alone(request: Request) -> None:
    try:
        request.outcomes = _write(request.batches, [None] * len(request.batches), late=request.late)
    except Exception as error:
        connection.close_if_unusable_or_obsolete()
        request.error = error


def _write(
    batches: Sequence[Sent], times: Sequence[datetime | None], *, folded: bool = True, late: Late = tuple
) -> list[list[Outcome]]:
    """Writes batches in one transaction, each received at its time (None: now), and after them those that came
    ``late``, now: while others had the record's end. Returns the outcomes of each, by index."""
    _refuse_without_room()
    # Sealed before the lock: nobody waits for a key to be made.
    kept = aside_rows.seal([(sent, aside) for sent in batches for aside in sent.asides])
    with ExitStack() as until_kept, transaction.atomic(), binary_cursor() as cursor:
        cursor.execute(_TURN, prepare=True)
        until_kept.enter_context(at_the_head)
        if more := late():
            kept += aside_rows.seal([(sent, aside) for sent in more for aside in sent.asides])
            batches, times = [*batches, *more], [*times, *[None] * len(more)]
        ids = {item.id for sent in batches for item in sent.ready}
        made = {id(sent.ahead): sent.ahead for sent in batches if sent.ahead is not None} if folded else {}
        writing = _Writing(len(ids), fold.wanted_kinds() if folded else frozenset())
        with cursor.connection.pipeline(), binary_cursor() as finding, binary_cursor() as coming:
            cursor.execute("SELECT seq, chain, received_at FROM fact_head FOR UPDATE", prepare=True)
            finding.execute("SELECT id, seq, salt, digest FROM fact_held(%s::uuid[])", [array(ids)], prepare=True)
            if made:
                coming.execute(_SINCE, [min(one.seq for one in made.values()), LAST])
            seq, chain, last = cursor.fetchone()
            writing.held = {row[0]: row[1:] for row in finding}
            between = frozenset([int.from_bytes(subject) for (subject,) in coming] if made else ())
        writing.begin(seq, chain, last)
        outcomes = _placed(cursor, writing, batches, times, new=len(writing.held) < len(ids))
        if writing.seq > seq:
            idle = [r.name for r in fold.registers() if folded and r.kinds.isdisjoint(writing.kinds)]
            with cursor.connection.pipeline():
                cursor.execute(_MOVE_HEAD, [writing.seq, writing.chain, writing.received_at], prepare=True)
                cursor.execute(_MOVE_IDLE, [writing.seq, seq, idle], prepare=True)
            if folded and len(idle) < len(fold.registers()):
                holding = ahead.Holding(list(made.values()), writing.entries, between)
                fold.project(seq, writing.seq, writing.entries, read, holding.of)
        if writing.conflicts:
            kept += aside_rows.seal(writing.conflicts)
        if kept:
            aside_rows.write(cursor, kept, writing.received_at)
    return outcomes


def _placed(
    cursor: Any, writing: _Writing, batches: Sequence[Sent], times: Sequence[datetime | None], *, new: bool
) -> list[list[Outcome]]:
    """The outcomes of batches; where any of their facts is ``new``, its row is on its way to the database while the
    next batch is linked to the chain."""
    now = clock.now()
    if not new:
        return [writing.place(sent, at or now) for sent, at in zip(batches, times, strict=True)]
    outcomes = []
    with cursor.copy(copying.COPY) as copy:
        copy.write(copying.BEGIN)
        for sent, at in zip(batches, times, strict=True):
            outcomes.append(writing.place(sent, at or now))
            if len(writing.rows) >= PIECES:
                copy.write(b"".join(writing.rows))
                writing.rows.clear()
        copy.write(b"".join((*writing.rows, copying.END)))
    return outcomes


def _refuse_without_room() -> None:
    """Raises DiskFull while there is still room for the database to go on."""
    files = connection.settings_dict.get("FILES")
    if not files:
        return
    try:
        free = os.statvfs(files)
    except OSError:  # the files are another user's to see, or on another machine
        return
    if free.f_bavail * free.f_frsize < LEAST_FREE:
        raise psycopg.errors.DiskFull(f"less than {LEAST_FREE} bytes are free on the disk of {files}")


class _Writing:
    """The rows of one transaction as they come about, under the head's lock, and the facts of the ``wanted`` kinds."""

    def __init__(self, most: int, wanted: Collection[str]) -> None:
        self._salt = salts.some(most)
        self._wanted = wanted
        self.held: dict[UUID, tuple[int, bytes, bytes]] = {}
        self.rows: list[bytes] = []
        self.conflicts: list[tuple[Sent, Aside]] = []
        self.entries: list[Entry] = []
        self.kinds: set[str] = set()

    def begin(self, seq: int, chain: bytes, last: datetime) -> None:
        self.seq, self.chain, self.received_at = seq, chain, last

    def place(self, sent: Sent, at: datetime) -> list[Outcome]:
        """Gives each fact of a batch that was received then its place in the log, or passes over it."""
        self.received_at = max(at, self.received_at)  # nothing is received before what was received last
        self._stamp = copying.stamp(self.received_at)
        told = [Outcome(aside.index, aside.id, Status.SET_ASIDE, None, aside.reason) for aside in sent.asides]
        for item in sent.ready:
            known = self.held.get(item.id)
            if known is None:
                told.append(Outcome(item.index, item.id, Status.APPENDED, self._add(item)))
            elif digest(known[1], item.body) == known[2]:
                told.append(Outcome(item.index, item.id, Status.SKIPPED, known[0], "held already"))
            else:
                reason = f"id: seq {known[0]} has this id and other content"
                told.append(Outcome(item.index, item.id, Status.SET_ASIDE, None, reason))
                self.conflicts.append((sent, Aside(item.index, item.id, reason, sent.original(item))))
        if sent.asides:
            told.sort(key=lambda outcome: outcome.index)
        return told

    def _add(self, item: Item) -> int:
        salt = self._stamp + self._salt(item.id)
        its = digest(salt, item.body)
        self.chain = chain = link(self.chain, its)
        self.seq = seq = self.seq + 1
        self.held[item.id] = seq, salt, its
        self.rows += copying.row(seq, self._stamp, item.id, salt, its, chain, item.own, item.body)
        if item.kind in self._wanted:
            self.kinds.add(item.kind)
            self.entries.append(Entry(seq, self.received_at, item.read(), its, chain))
        return seq


def binary_cursor() -> Any:
    """A cursor of Django's connection that speaks the binary protocol, with parameters bound by the server."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    cursor.format = psycopg.pq.Format.BINARY
    return cursor
