"""What was set aside, as it lies in the database: the reason plain, the original bytes sealed by a key of their own."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection

from lianfang.facts.kinds import registry
from lianfang.facts.personal import is_number
from lianfang.facts.sent import Aside, Sent
from lianfang.sealing.box import seal as close
from lianfang.sealing.box import unseal
from lianfang.sealing.current import keystore

DIGEST_KEY = "set_aside"
_CONTEXT = b"set aside\0"
_AREA = re.compile(r"[A-Za-z0-9_.]{1,32}")
_COLUMNS = "number, id, received_at, author, device, fact, kind, area, reason"


class Kept(NamedTuple):
    """A row to be written."""

    digest: bytes
    id: UUID
    author: str
    device: str
    fact: UUID | None
    kind: str
    area: str
    sent_from: str
    reason: str
    sealed: bytes


class Row(NamedTuple):
    """What is told of one without opening it. ``fact`` is the id that it was sent with, ``id`` names its key."""

    number: int
    id: UUID
    received_at: datetime
    author: str
    device: str
    fact: UUID | None
    kind: str
    area: str
    reason: str


def seal(asides: Sequence[tuple[Sent, Aside]]) -> list[Kept]:
    """The rows of what is not kept yet for the same sender and reason. Raises SealingError."""
    if not asides:
        return []
    secret = keystore().named(DIGEST_KEY)
    digests = {_digest(secret, sent, aside): (sent, aside) for sent, aside in asides}
    for known in _known(list(digests)):
        del digests[known]
    ids = {digest: uuid4() for digest in digests}
    keys = keystore().make(ids.values()) if ids else {}
    kept = []
    for digest, (sent, aside) in digests.items():
        kind, area = _told(aside.original, sent.area)
        id_ = ids[digest]
        sealed = close(keys[id_], aside.original, _CONTEXT + id_.bytes)
        kept.append(Kept(digest, id_, *sent.principal, aside.id, kind, area, sent.area or area, aside.reason, sealed))
    return kept


def write(cursor: Any, kept: Sequence[Kept], received_at: datetime) -> None:
    """Adds rows; one that another has written meanwhile is not added again."""
    cursor.executemany(
        "INSERT INTO fact_set_aside (received_at, digest, id, author, device, fact, kind, area, sent_from, reason, "
        "sealed) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (digest) DO NOTHING",
        [(received_at, *one) for one in kept],
    )


def original(row: Row) -> bytes | None:
    """The bytes as they came; None where their key was erased. Raises Unreadable for altered bytes."""
    key = keystore().get([row.id]).get(row.id)
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM fact_set_aside WHERE number = %s", [row.number])
        return unseal(key, bytes(cursor.fetchone()[0]), _CONTEXT + row.id.bytes)


def select(where: str, values: Sequence[Any], limit: int) -> list[Row]:
    """Rows by a condition, by descending number."""
    query = f"SELECT {_COLUMNS} FROM fact_set_aside WHERE {where} ORDER BY number DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, limit])
        return [Row(*row) for row in cursor.fetchall()]


def readable(rows: Collection[Row]) -> set[UUID]:
    """The ids of those whose key is still there."""
    return set(keystore().get([row.id for row in rows]))


def _digest(secret: bytes, sent: Sent, aside: Aside) -> bytes:
    told = "\0".join((*sent.principal, aside.reason, "")).encode()
    return hmac.digest(secret, told + aside.original, hashlib.sha256)


def _known(digests: list[bytes]) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM fact_set_aside WHERE digest = ANY (%s)", [digests])
        return [bytes(digest) for (digest,) in cursor.fetchall()]


def _told(original: bytes, area: str) -> tuple[str, str]:
    """The kind and the area that the bytes name, where they are a known kind and the code of a division."""
    try:
        sent = json.loads(original)
        kind, own = sent["kind"], sent["area"].partition("-")[0]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", area
    kind = kind if isinstance(kind, str) and kind in registry().newest else ""
    return kind, own if _AREA.fullmatch(own) and not is_number(own) else area
