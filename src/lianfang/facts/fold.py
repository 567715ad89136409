"""Registers: read tables that are folds of facts, kept up in the transaction that appends, and disposable.

The law of every register: what it holds after any appends equals what it holds when it is emptied and refolded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, NamedTuple, Protocol, TypeGuard

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils.module_loading import import_string

from lianfang.facts.fact import Entry, Fact

logger = logging.getLogger(__name__)

AREA_FROM: Final = "lianfang.area_from"
AREA_TO: Final = "lianfang.area_to"
"""Settings of a transaction: the half-open range of divisions whose rows the database shows (see ``access.rows``)."""
NOWHERE: Final = ("", "")
EVERYWHERE: Final = ("", chr(0x10FFFF))


@contextmanager
def within(area_from: str, area_to: str) -> Iterator[None]:
    """A transaction in which the database shows the rows of a range of divisions; within another, that one's range is
    put back at the end."""
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        # What stood before is read by the same statement, first: a list of results is worked out from the left.
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true), set_config(%s, %s, true), "
            "set_config(%s, %s, true)",
            [AREA_FROM, AREA_TO, AREA_FROM, area_from, AREA_TO, area_to],
        )
        before = cursor.fetchone()
        yield
        if nested and not connection.needs_rollback:  # rolled back, the range is as it was by itself
            cursor.execute(
                "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
                [AREA_FROM, before[0] or "", AREA_TO, before[1] or ""],
            )


class Register(Protocol):
    """One capability's read tables and how facts change them.

    An app names its registers in its ``AppConfig``: ``registers = ("lianfang.capabilities.x.models.XRegister",)``,
    classes that take no argument. Tables are named without a schema and have no foreign keys to other tables in the
    database (``db_constraint=False``), so that a rebuild can fill shadows of them and swap.
    """

    name: str
    """Unique; its cursor's name."""
    kinds: frozenset[str]
    """The kinds of facts that it folds."""
    tables: tuple[str, ...]
    """Database names of the tables that it alone writes."""

    def apply(self, entries: Sequence[Entry]) -> None:
        """Fold new facts in, by Django's default connection, within the transaction that is open, which sees every row.

        ``entries`` are of the register's kinds, upcast, by ascending ``seq``, each given once. They may have been
        observed in any order (see ``fact.folding_order``), and may come one at a time or all at once: the tables must
        come out the same. Reads nothing but ``entries``, the register's own tables and ``log.read``.
        """


class Made(NamedTuple):
    """What a register made of facts ahead: by subject the fact, the only one there, and what comes of it; and the
    ``others``, the further subjects that it depends on. Facts and subjects are the numbers of their ids."""

    by_subject: Mapping[int, tuple[int, Any]]
    others: frozenset[int]


class Making(Register, Protocol):
    """A register that makes ahead (see ``ahead``) what comes of facts that change nothing but what they add."""

    first: frozenset[str]
    """The kinds of facts on which other subjects than their own depend."""

    def make(self, facts: Sequence[Fact]) -> Made:
        """What comes of facts that are to be appended, by what the register holds; nothing of those that need more."""

    def put(self, made: Sequence[Any]) -> None:
        """Puts in what was made."""


def makes(register: Register) -> TypeGuard[Making]:
    return hasattr(register, "make")


@cache
def registers() -> tuple[Register, ...]:
    """The registers of every installed app, in the order of ``INSTALLED_APPS``."""
    return tuple(
        import_string(path)() for config in apps.get_app_configs() for path in getattr(config, "registers", ())
    )


@cache
def wanted_kinds() -> frozenset[str]:
    """The kinds that any register folds."""
    return frozenset().union(*(register.kinds for register in registers()))


def project(
    before: int,
    upto: int,
    entries: Sequence[Entry],
    read: Callable[..., Iterable[Entry]],
    ahead: Callable[[Making], Mapping[int, Any]] = lambda _: {},
) -> None:
    """Folds the facts of a transaction, ``before < seq <= upto``, into every register, within that transaction;
    ``ahead`` tells, by the numbers of subjects' ids, what a register has made of them and only has to put in.

    A register that raises keeps no fact out of the record: it is stopped where it was, which ``stopped`` tells and a
    rebuild mends. One that is behind (it is new) is brought up by ``read``, which is ``log.read``, first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq, stopped FROM fact_register")
        cursors = {name: (seq, reason) for name, seq, reason in cursor}
    moved: dict[str, tuple[int, str]] = {}
    with within(*EVERYWHERE):
        for register in registers():
            seq, reason = cursors.get(register.name, (0, ""))
            if reason or seq >= upto:
                continue
            if seq < before:
                theirs: Sequence[Entry] = list(read(seq, upto, kinds=register.kinds))
            else:
                theirs = [entry for entry in entries if entry.fact.kind in register.kinds]
            moved[register.name] = upto, ""
            try:
                if theirs:
                    with transaction.atomic():
                        if seq >= before and makes(register) and (made := ahead(register)):
                            register.put(list(made.values()))
                            theirs = [entry for entry in theirs if entry.fact.subject.int not in made]
                        if theirs:
                            register.apply(theirs)
            except OperationalError:  # the database's trouble, not the register's: nothing of the batch is kept
                raise
            except Exception as error:
                logger.exception("register %s stopped at seq %s", register.name, seq)
                moved[register.name] = seq, f"{type(error).__name__}: {error}"[:1000]
    move(moved)


def stopped() -> dict[str, str]:
    """The registers that no longer follow the record, each with the reason. ``rebuild`` mends them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq, stopped FROM fact_register WHERE stopped <> '' ORDER BY name")
        return {name: f"at seq {seq}: {reason}" for name, seq, reason in cursor}


def move(moved: Mapping[str, tuple[int, str]]) -> None:
    """Notes, by their names, up to where registers have folded, and why one stopped there, if it did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fact_register (name, seq, stopped) "
            "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[]) "
            "ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, stopped = excluded.stopped",
            [list(moved), [seq for seq, _ in moved.values()], [reason for _, reason in moved.values()]],
        )
