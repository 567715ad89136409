"""Locks by the id of a subject, held until the open transaction ends; and who gives way to whom in a process."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Final
from uuid import UUID

from django.db import connection

at_the_head: Final = Lock()
"""Held by the thread of this process that writes at the record's end, for which all other servers wait."""


def give_way() -> None:
    """Returns when no thread of this process writes at the record's end: one that reckons meanwhile would keep it, and
    all who wait for it, from going on."""
    with at_the_head:
        pass


def array(ids: Iterable[UUID]) -> str:
    """Ids as the database writes an array of them, for ``%s::uuid[]``: a list of as many would be looked through for
    what is to be quoted."""
    return f"{{{','.join([id.hex for id in ids])}}}"


def locked(*subjects: UUID) -> None:
    """Waits until nobody else holds any of the subjects, then holds them: what is read afterwards stays true until the
    transaction ends.

    A lock by the id, not by a row: a subject can be held before it has a row, and rows of registers are written anew.
    All are taken in one order, so that nobody waits for each other; take all that are needed at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(id, 0)) "
            "FROM (SELECT DISTINCT unnest(%s::text[]) AS id ORDER BY 1) wanted",
            [[str(one) for one in subjects]],
        )
