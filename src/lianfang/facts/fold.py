"""Registers: read tables that are folds of facts, kept up in the transaction that appends, and disposable.

The law of every register: what it holds after any appends equals what it holds when it is emptied and refolded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from django.apps import apps
from django.utils.module_loading import import_string

from lianfang.facts.fact import Entry


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
        """Fold new facts in, by Django's default connection, within the transaction that is open.

        ``entries`` are of the register's kinds, upcast, by ascending ``seq``, each given once. They may have been
        observed in any order (see ``fact.folding_order``), and may come one at a time or all at once: the tables must
        come out the same. Reads nothing but ``entries``, the register's own tables and ``log.read``.
        """


@cache
def registers() -> tuple[Register, ...]:
    """The registers of every installed app, in the order of ``INSTALLED_APPS``."""
    return tuple(
        import_string(path)() for config in apps.get_app_configs() for path in getattr(config, "registers", ())
    )
