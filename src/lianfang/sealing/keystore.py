"""The key store: one AES-256 key an id, each wrapped by the master key, in a file apart from the data.

Erasing a key makes every copy of what it sealed unreadable, so an erased key must be gone from the disk, not merely
from the index. Hence the layout: a wrapped key is written once into a slot at the end of a table, never moves (SQLite
leaves stale copies where it moves rows between pages), and is erased by zeros of the same length in its place;
afterwards the write-ahead log, which holds the page as it was, is emptied.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import logging
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lianfang.sealing import ledger
from lianfang.sealing.box import KEY_BYTES, OVERHEAD, Unreadable, seal, seal_with, unseal, unseal_with
from lianfang.sealing.errors import SealingError
from lianfang.sealing.ledger import Erasure

logger = logging.getLogger(__name__)

WRAPPED_BYTES = KEY_BYTES + OVERHEAD
BUSY_SECONDS = 10  # to wait for another process
AT_ONCE = 1_000  # ids of one statement
LEDGER_KEY = "ledger"
_CHECK, _PLAIN = b"lianfang key store", b"the master key of this store"

_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE slot (slot INTEGER PRIMARY KEY, wrapped BLOB NOT NULL CHECK (length(wrapped) = {WRAPPED_BYTES}));
CREATE TABLE id (id BLOB PRIMARY KEY, slot INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE named (name TEXT PRIMARY KEY, slot INTEGER NOT NULL);
CREATE TABLE erased (mark BLOB PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
"""


class KeyStoreError(SealingError):
    """The key store cannot be used."""


class NoKeyStore(KeyStoreError):
    """There is no file."""


class WrongMasterKey(KeyStoreError):
    """The store was made under another master key."""


class Erased(SealingError):
    """Keys of these ids were erased; they never come back."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        self.ids = frozenset(ids)
        super().__init__(f"{len(self.ids)} of the ids were erased: what they stood for is held under a new id or not")


class KeyStore:
    """An open store. One instance serves every thread of a process; several processes may have the file open."""

    def __init__(self, path: Path, master: bytes, ledger_file: Path, connection: sqlite3.Connection) -> None:
        self.path, self.ledger = path, ledger_file
        self._db, self._lock = connection, threading.RLock()
        self._master, self._cipher = master, AESGCM(master)
        self._marking = b""

    @classmethod
    def open(cls, path: Path, master: bytes, ledger_file: Path, *, make: bool = False) -> Self:
        """Opens the store of a file; ``make`` makes one where there is none. What the ledger has erased and the file
        has not, as after a restore, is erased first; what a lost ledger lacks is added to it. Raises KeyStoreError,
        LedgerDamaged."""
        if not path.exists():
            if not make:
                raise NoKeyStore(
                    f"no key store in {path}: put back its last copy; if nothing was ever sealed, remove the master "
                    "key's file, and lianfang init makes both"
                )
            _make(path, master)
        try:
            store = cls(path, master, ledger_file, _connect(path))
            store._check()
            store._marking = store.named(LEDGER_KEY)
            store._agree_with_ledger()
        except sqlite3.DatabaseError as error:
            raise _damaged(path, error) from error
        return store

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._db.close()

    def make(self, ids: Iterable[UUID]) -> dict[UUID, bytes]:
        """The key of each id, made where there is none, on the disk on return. Raises Erased, and then makes none."""
        wanted = list(dict.fromkeys(ids))
        with self._writing() as db:
            if gone := self.erased(wanted):
                raise Erased(gone)
            found = self._read(wanted)
            absent = [id for id in wanted if id not in found]
            found |= self._add(db, absent)
        return {id: found[id] for id in wanted}

    def get(self, ids: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys of those ids that have one. Raises Unreadable for a wrapped key that was altered."""
        with self._lock:
            return self._read(list(dict.fromkeys(ids)))

    def erase(self, ids: Iterable[UUID], at: datetime) -> None:
        """Erases the keys of ids, whether they have one or not: none is ever made for them again.

        The ledger has them on the disk before a key goes. Raises KeyStoreError where another process kept the log from
        being emptied: ask again.
        """
        with self._lock:
            marks = {self._mark(id): id for id in ids}
            known = self._marked(list(marks))
            fresh = {mark: id for mark, id in marks.items() if mark not in known}
            if fresh:
                ledger.append(self.ledger, [Erasure(mark, at.date()) for mark in fresh])
                self._erase(fresh, {mark: at.date() for mark in fresh})
            self._empty_log()

    def replay(self, erasures: Iterable[Erasure]) -> int:
        """Erases what a ledger names and this store has still, as after a restore; how many that were."""
        days = {erasure.mark: erasure.on for erasure in erasures}
        with self._lock:
            for mark in self._marked(list(days)):
                del days[mark]
            if days:
                held = (UUID(bytes=id) for (id,) in self._db.execute("SELECT id FROM id").fetchall())
                self._erase({mark: id for id in held if (mark := self._mark(id)) in days}, days)
                self._empty_log()
        return len(days)

    def erased(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those of the ids that were erased."""
        with self._lock:
            marks = {self._mark(id): id for id in ids}
            return {marks[mark] for mark in self._marked(list(marks))}

    def erasures(self) -> int:
        """How many ids were erased, ever."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM erased").fetchone()[0])

    def named(self, name: str) -> bytes:
        """The key of a purpose, such as ``index``; made when it is first asked for."""
        with self._writing() as db:
            found = db.execute("SELECT wrapped FROM named JOIN slot USING (slot) WHERE name = ?", [name]).fetchone()
            if found:
                return self._unwrap(name.encode(), found[0], name)
            self._check()
            key = os.urandom(KEY_BYTES)
            cursor = db.execute("INSERT INTO slot (wrapped) VALUES (?)", [self._wrap(name.encode(), key)])
            db.execute("INSERT INTO named VALUES (?, ?)", [name, cursor.lastrowid])
            return key

    def rotate(self, new_master: bytes) -> int:
        """Wraps every key anew, in one transaction; how many there were. Keep the old master key until this returns.

        A wrapped key that was altered stays as it is, and the log says whose: it opens to neither master key.
        """
        new = AESGCM(new_master)
        with self._writing() as db:
            self._check()
            count = 0
            for query in ("SELECT id, slot FROM id", "SELECT CAST(name AS BLOB), slot FROM named"):
                for owner, slot in db.execute(query).fetchall():
                    (wrapped,) = db.execute("SELECT wrapped FROM slot WHERE slot = ?", [slot]).fetchone()
                    try:
                        key = _open(self._cipher, owner, wrapped, owner.hex())
                    except Unreadable as error:
                        logger.error("not wrapped anew: %s", error)
                        continue
                    db.execute("UPDATE slot SET wrapped = ? WHERE slot = ?", [_close(new, owner, key), slot])
                    count += 1
            db.execute("UPDATE meta SET value = ? WHERE name = 'check'", [seal(new_master, _PLAIN, _CHECK)])
        self._master, self._cipher = new_master, new
        self._empty_log()
        return count

    def count(self) -> int:
        """How many ids have a key."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM id").fetchone()[0])

    def _agree_with_ledger(self) -> None:
        told = ledger.read(self.ledger)
        self.replay(told)
        known = {erasure.mark for erasure in told}
        held = self._db.execute("SELECT mark, day FROM erased").fetchall()
        if lacking := [Erasure(mark, date.fromisoformat(day)) for mark, day in held if mark not in known]:
            ledger.append(self.ledger, lacking)

    def _check(self) -> None:
        row = self._db.execute("SELECT value FROM meta WHERE name = 'check'").fetchone()
        try:
            unseal(self._master, row[0], _CHECK)
        except (Unreadable, TypeError):
            raise WrongMasterKey(
                f"the key store {self.path} was made under another master key than this one: put back the right one, "
                "and start again. Nothing was changed"
            ) from None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _read(self, ids: Sequence[UUID]) -> dict[UUID, bytes]:
        query = "SELECT id, wrapped FROM id JOIN slot USING (slot) WHERE id IN"
        rows = _in_parts(self._db, query, [id.bytes for id in ids])
        return {UUID(bytes=id): self._unwrap(id, wrapped, str(UUID(bytes=id))) for id, wrapped in rows}

    def _mark(self, id: UUID) -> bytes:
        return hmac.digest(self._marking, id.bytes, hashlib.sha256)

    def _marked(self, marks: Sequence[bytes]) -> set[bytes]:
        return {mark for (mark,) in _in_parts(self._db, "SELECT mark FROM erased WHERE mark IN", marks)}

    def _erase(self, ids: Mapping[bytes, UUID], days: Mapping[bytes, date]) -> None:
        """Puts zeros into the slots of ids, by mark, and notes the marks."""
        with self._writing() as db:
            for id in ids.values():
                (slot,) = db.execute("SELECT slot FROM id WHERE id = ?", [id.bytes]).fetchone() or (None,)
                if slot is not None:
                    db.execute("UPDATE slot SET wrapped = zeroblob(?) WHERE slot = ?", [WRAPPED_BYTES, slot])
                    db.execute("DELETE FROM id WHERE id = ?", [id.bytes])
            rows = [(mark, str(day)) for mark, day in days.items()]
            db.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", rows)

    def _add(self, db: sqlite3.Connection, ids: Sequence[UUID]) -> dict[UUID, bytes]:
        """New keys. Their slots follow the last one, so that no row is moved."""
        self._check()  # wrapped under a master key that was rotated away meanwhile, they would be lost
        (last,) = db.execute("SELECT coalesce(max(slot), 0) FROM slot").fetchone()
        chance = os.urandom(KEY_BYTES * len(ids))
        keys = [chance[n : n + KEY_BYTES] for n in range(0, len(chance), KEY_BYTES)]
        slots = range(last + 1, last + 1 + len(ids))
        wrapped = [self._wrap(id.bytes, key) for id, key in zip(ids, keys, strict=True)]
        db.executemany("INSERT INTO slot VALUES (?, ?)", zip(slots, wrapped, strict=True))
        db.executemany("INSERT INTO id VALUES (?, ?)", zip((id.bytes for id in ids), slots, strict=True))
        return dict(zip(ids, keys, strict=True))

    def _wrap(self, owner: bytes, key: bytes) -> bytes:
        return _close(self._cipher, owner, key)

    def _unwrap(self, owner: bytes, wrapped: bytes, told: str) -> bytes:
        try:
            return _open(self._cipher, owner, wrapped, told)
        except Unreadable:
            self._check()  # another process may have rotated the master key
            raise

    def _empty_log(self) -> None:
        """Empties the write-ahead log, which holds erased keys as they were. Raises KeyStoreError where another process
        keeps it from being emptied; the next erasure, or the next start, empties it."""
        with self._lock:
            (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise KeyStoreError(f"another process reads {self.path} for too long: erased keys are still in its log")


def _make(path: Path, master: bytes) -> None:
    """A new store, complete under its name or not there at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beginning = path.with_name(f"{path.name}.{os.getpid()}.new")
    beginning.unlink(missing_ok=True)
    os.close(os.open(beginning, os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(sqlite3.connect(beginning)) as db:
        db.executescript(_TABLES)
        db.execute("INSERT INTO meta VALUES ('check', ?)", [seal(master, _PLAIN, _CHECK)])
        db.commit()
    with contextlib.suppress(FileExistsError):  # another process was first
        os.link(beginning, path)
    beginning.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _in_parts(db: sqlite3.Connection, query: str, values: Sequence[bytes]) -> Iterator[Any]:
    for start in range(0, len(values), AT_ONCE):
        part = values[start : start + AT_ONCE]
        yield from db.execute(f"{query} ({','.join('?' * len(part))})", part).fetchall()


def _close(cipher: AESGCM, owner: bytes, key: bytes) -> bytes:
    return seal_with(cipher, key, b"key\0" + owner)


def _open(cipher: AESGCM, owner: bytes, wrapped: bytes, told: str) -> bytes:
    try:
        return unseal_with(cipher, wrapped, b"key\0" + owner)
    except Unreadable as error:
        raise Unreadable(f"the key of {told}: {error}") from None


def _damaged(path: Path, error: Exception) -> KeyStoreError:
    return KeyStoreError(
        f"the key store {path} cannot be read ({error}): put back its last copy; what was erased since is erased again"
    )
