"""Locks by the id of a subject, held until the open transaction ends."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


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
