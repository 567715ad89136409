"""A list that was sent, as it lies here until it is dealt with: sealed under a key of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.exchange.models import List, State
from lianfang.sealing.box import seal, unseal
from lianfang.sealing.current import keystore

KEPT: timedelta = timedelta(hours=48)
"""How long a list lies here that nobody has run."""


def sealed(listed: UUID, body: bytes) -> bytes:
    """The file, sealed. Raises SealingError."""
    return seal(keystore().make([listed])[listed], body, _context(listed))


def opened(row: List) -> bytes | None:
    """The file as it was sent; None where it was dealt with."""
    key = keystore().get([row.id]).get(row.id)
    return unseal(key, bytes(row.sealed), _context(row.id)) if key and row.sealed is not None else None


def forget(row: List, now: datetime) -> None:
    """Makes every copy of the file unreadable, and removes it."""
    keystore().erase([row.id], now)
    row.sealed = None
    row.save(update_fields=["sealed"])


def forget_old(now: datetime) -> int:
    """Forgets the files that have lain for too long; how many there were."""
    with seeing_all():
        rows = List.objects.filter(sealed__isnull=False, sent_at__lt=now - KEPT)
        rows = rows.exclude(state__in=(State.WAITING, State.RUNNING))
        for row in (found := list(rows)):
            forget(row, now)
    return len(found)


def _context(listed: UUID) -> bytes:
    return b"list\0" + listed.bytes
