"""Registers of what is there at once: folded from the whole record, in several processes, into shadows of their tables.

A register that folds one subject after the other is folded so, each with its whole history: once, and not again for
each fact. The others are folded in the order of the record.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Final, Protocol, TypeGuard
from uuid import UUID

from django.db import OperationalError, connection, transaction

from lianfang.facts import fold, garbage, log, refold, shadow
from lianfang.facts.fact import Entry
from lianfang.facts.fold import Register

AT_ONCE: Final = 1_000
"""Subjects folded in one transaction."""
CHUNK: Final = 20_000
"""Facts folded in one transaction, of what is folded in their order."""
# Of the facts of a record that has grown fast the database knows too little to choose by; of a power cut the shadows
# are not kept.
_SETTINGS: Final = (
    f"SET search_path = {shadow.ABOVE}; SET enable_seqscan = off; SET synchronous_commit = off; "
    "SET work_mem = '64MB'; SET maintenance_work_mem = '128MB'"
)
_SUBJECTS: Final = (
    "SELECT uuid_send(subject) FROM fact WHERE kind = ANY (%s) AND seq <= %s GROUP BY subject ORDER BY min(seq)"
)
_BYTES: Final = 16
"""Of an id: all subjects of a record are held at once."""
Told = Callable[[float], object]
_of_parent: list[object] = []


class BySubject(Register, Protocol):
    """A register whose subjects can be folded apart, in any order and at the same time, with all their facts there."""

    first: frozenset[str]
    """The kinds of those subjects' facts on which others depend: these are folded before all others."""


class _Job(Protocol):
    def __call__(self) -> None: ...


def follow(told: Told = lambda _: None, *, processes: int | None = None) -> None:
    """Lets every register catch up with the record; those that hold nothing yet in ``processes`` (None: one for each
    processor). Nobody else appends meanwhile, and Django's connection is the owner's. A register that raises is
    stopped, as when facts are appended. ``told`` is told of the work now and then, from 0 to 1.
    """
    end = log.head().seq
    fresh = _fresh(end)
    if fresh:
        try:
            stopped = whole(fresh, end, told, processes=processes)
            with transaction.atomic():
                shadow.swap([table for one in fresh if one.name not in stopped for table in one.tables])
                reasons = {register.name: stopped.get(register.name, "") for register in fresh}
                fold.move({name: (0 if reason else end, reason) for name, reason in reasons.items()})
        finally:
            shadow.drop()
    catch_up()


def catch_up() -> None:
    """Folds what registers that are behind have not seen: after an update that brought a new one."""
    with transaction.atomic():
        head = log.head_locked()
        fold.project(head.seq, head.seq, (), log.read)


def whole(
    registers: Sequence[Register], upto: int, told: Told = lambda _: None, *, processes: int | None = None
) -> dict[str, str]:
    """Folds the facts up to ``upto`` into shadows of the registers' tables, which it makes; why each register that
    raised is not folded."""
    tables = [(register, table) for register in registers for table in register.tables]
    in_order = [register for register in registers if not by_subject(register)]
    with transaction.atomic():
        shadow.make(table for _, table in tables)
        for register in in_order:
            for table in register.tables:
                shadow.index(table)  # it looks for what it holds
    leading = [(r, partial(_subjects, r.name, some, upto)) for r in registers for some in _parts(r, upto, first=True)]
    others = [(r, partial(_in_order, r.name, upto)) for r in in_order]
    others += [(r, partial(_subjects, r.name, some, upto)) for r in registers for some in _parts(r, upto, first=False)]
    last = [(r, partial(shadow.index, table)) for r, table in tables if by_subject(r)]
    stopped = dict[str, str]()
    with multiprocessing.get_context("fork").Pool(processes or os.cpu_count() or 1, _begin) as pool:
        for jobs in (leading, others, last):
            made = pool.imap(_tried, [job for _, job in jobs])
            for number, ((register, _), reason) in enumerate(zip(jobs, made, strict=True), 1):
                if reason:
                    stopped.setdefault(register.name, reason)
                if jobs is others:
                    told(number / len(jobs))
    return stopped


def counts(upto: int) -> dict[str, int]:
    """How many facts of each kind there are up to ``upto``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM fact WHERE seq <= %s GROUP BY kind", [upto])
        return dict(cursor.fetchall())


def by_subject(register: Register) -> TypeGuard[BySubject]:
    return getattr(register, "first", None) is not None


def _fresh(end: int) -> list[Register]:
    """The registers that have folded nothing, of whose kinds there are facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM fact_register WHERE seq > 0 OR stopped <> ''")
        begun = {name for (name,) in cursor}
    there = counts(end)
    return [one for one in fold.registers() if one.name not in begun and not one.kinds.isdisjoint(there)]


def _parts(register: Register, upto: int, *, first: bool) -> Iterator[bytes]:
    """The subjects of a register in parts, by their ids one after the other: those on which others depend, or all
    others."""
    if not by_subject(register):
        return
    leading = _having(register.first, upto)
    apart = set(leading)
    subjects = leading if first else [one for one in _having(register.kinds, upto) if one not in apart]
    for start in range(0, len(subjects), AT_ONCE):
        yield b"".join(subjects[start : start + AT_ONCE])


def _having(kinds: Collection[str], upto: int) -> list[bytes]:
    if not kinds:
        return []
    with log.binary_cursor() as cursor:
        return [subject for (subject,) in cursor.execute(_SUBJECTS, [list(kinds), upto])]


def _subjects(name: str, ids: bytes, upto: int) -> None:
    register = _named(name)
    subjects = [UUID(bytes=ids[at : at + _BYTES]) for at in range(0, len(ids), _BYTES)]
    entries = list(log.read(upto=upto, kinds=register.kinds, subjects=subjects))
    with refold.first_time():
        _apply(register, entries)


def _in_order(name: str, upto: int) -> None:
    register, after = _named(name), 0
    while entries := list(log.read(after, upto, kinds=register.kinds, limit=CHUNK)):
        _apply(register, entries)
        after = entries[-1].seq


def _apply(register: Register, entries: Sequence[Entry]) -> None:
    with fold.within(*fold.EVERYWHERE):
        register.apply(entries)


def _named(name: str) -> Register:
    return next(register for register in fold.registers() if register.name == name)


def _begin() -> None:
    garbage.search_never()
    _of_parent.append(connection.connection)  # it is not closed here; this process opens its own
    connection.connection = None
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)


def _tried(job: _Job) -> str:
    """Why a job failed; empty where it did not."""
    try:
        job()
    except OperationalError:  # the database's trouble, not the register's
        raise
    except Exception as error:
        fold.logger.exception("a register stopped")
        return f"{type(error).__name__}: {error}"[:1000]
    finally:
        garbage.search()
    return ""
