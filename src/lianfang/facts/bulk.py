"""Registers of a record that came in at once: folded when all of it is there, in several processes.

A register that folds one subject after the other is folded so, each with its whole history: once, and not again for
each fact. The others are folded in the order of the record.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Final, Protocol, runtime_checkable
from uuid import UUID

from django.db import OperationalError, connection

from lianfang.facts import fold, garbage, log, rebuild
from lianfang.facts.fact import Entry
from lianfang.facts.fold import Register

AT_ONCE: Final = 1_000
"""Subjects folded in one transaction."""
CHUNK: Final = 20_000
"""Facts folded in one transaction, of what is folded in their order."""
# Of the facts of a record that has grown fast the database knows too little to choose by.
_BY_INDEX: Final = "SET enable_seqscan = off"
_SUBJECTS: Final = "SELECT subject FROM fact WHERE kind = ANY (%s) GROUP BY subject ORDER BY min(seq)"


@runtime_checkable
class BySubject(Register, Protocol):
    """A register whose subjects can be folded apart, in any order and at the same time, with all their facts there."""

    first: frozenset[str]
    """The kinds of those subjects' facts on which others depend: these are folded before all others."""


class _Job(Protocol):
    def __call__(self) -> None: ...


def follow(told: Callable[[float], object] = lambda _: None, *, processes: int | None = None) -> None:
    """Lets every register catch up with the record; those that hold nothing yet in ``processes`` (None: one for each
    processor). Nobody else appends meanwhile. A register that raises is stopped, as when facts are appended. ``told``
    is told of the work now and then, from 0 to 1.
    """
    end = log.head().seq
    fresh = _fresh() if end else []
    for register in fresh:
        _empty(register)
    stopped = dict[str, str]()
    leading = [(r, partial(_subjects, r.name, some)) for r in fresh for some in _parts(r, first=True)]
    others = [(r, partial(_in_order, r.name, end)) for r in fresh if not isinstance(r, BySubject)]
    others += [(r, partial(_subjects, r.name, some)) for r in fresh for some in _parts(r, first=False)]
    for jobs in (leading, others):
        for (register, _), reason in zip(jobs, _done([job for _, job in jobs], processes, told), strict=True):
            if reason:
                stopped[register.name] = reason
    reasons = {register.name: stopped.get(register.name, "") for register in fresh}
    fold.move({name: (0 if reason else end, reason) for name, reason in reasons.items()})
    rebuild.catch_up()


def _fresh() -> list[Register]:
    """The registers that have folded nothing, of whose kinds there are facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM fact_register WHERE seq > 0 OR stopped <> ''")
        begun = {name for (name,) in cursor}
    return [register for register in fold.registers() if register.name not in begun]


def _empty(register: Register) -> None:
    """Takes away what was left by folding that was cut short."""
    with fold.within(*fold.EVERYWHERE), connection.cursor() as cursor:
        for table in register.tables:
            cursor.execute(f'DELETE FROM "{table}"')


def _parts(register: Register, *, first: bool) -> Iterator[Sequence[UUID]]:
    """The subjects of a register in parts: those on which others depend, or all others."""
    if not isinstance(register, BySubject):
        return
    leading = _having(register.first)
    apart = set(leading)
    subjects = leading if first else [one for one in _having(register.kinds) if one not in apart]
    for start in range(0, len(subjects), AT_ONCE):
        yield subjects[start : start + AT_ONCE]


def _having(kinds: Collection[str]) -> list[UUID]:
    with log.binary_cursor() as cursor:
        return [subject for (subject,) in cursor.execute(_SUBJECTS, [list(kinds)])]


def _subjects(name: str, subjects: Sequence[UUID]) -> None:
    register = _named(name)
    entries = list(log.read(kinds=register.kinds, subjects=subjects))
    _apply(register, entries)


def _in_order(name: str, end: int) -> None:
    register, after = _named(name), 0
    while entries := list(log.read(after, end, kinds=register.kinds, limit=CHUNK)):
        _apply(register, entries)
        after = entries[-1].seq


def _apply(register: Register, entries: Sequence[Entry]) -> None:
    with fold.within(*fold.EVERYWHERE):
        register.apply(entries)


def _named(name: str) -> Register:
    return next(register for register in fold.registers() if register.name == name)


def _done(jobs: Sequence[_Job], processes: int | None, told: Callable[[float], object]) -> list[str]:
    """Why each of some jobs failed; empty where it did not."""
    if not jobs:
        return []
    connection.close()  # each child opens its own
    reasons = []
    with multiprocessing.get_context("fork").Pool(processes or os.cpu_count() or 1, _begin) as pool:
        for reason in pool.imap(_tried, jobs):
            reasons.append(reason)
            told(len(reasons) / len(jobs))
    return reasons


def _begin() -> None:
    garbage.search_rarely()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(_BY_INDEX)


def _tried(job: _Job) -> str:
    try:
        job()
    except OperationalError:  # the database's trouble, not the register's
        raise
    except Exception as error:
        fold.logger.exception("a register stopped")
        return f"{type(error).__name__}: {error}"[:1000]
    return ""
