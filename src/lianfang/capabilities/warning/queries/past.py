"""The registers as they stood at an earlier point of the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

from lianfang.facts import log
from lianfang.facts.fold import registers

READ: Final = frozenset({"cases", "contacts", "tasks", "screening", "warning"})
"""The capabilities whose registers the rules of signals look at."""
CHUNK: Final = 10_000
"""Facts folded at once."""


@contextmanager
def as_known(seq: int) -> Iterator[None]:
    """Within it, and within the open transaction, the registers that rules look at hold what the facts up to ``seq``
    come to: tables of this connection's own stand before the real ones, which nobody else sees or waits for."""
    theirs = [one for one in registers() if type(one).__module__.split(".")[2] in READ]
    tables = [table for one in theirs for table in one.tables]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'CREATE TEMPORARY TABLE "{table}" (LIKE public."{table}" INCLUDING ALL) ON COMMIT DROP')
    try:
        after = 0
        while after < seq:
            upto = min(seq, after + CHUNK)
            entries = list(log.read(after, upto))
            for register in theirs:
                if its := [entry for entry in entries if entry.fact.kind in register.kinds]:
                    register.apply(its)
            after = upto
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f'DROP TABLE pg_temp."{table}"')
