"""Facts as rows of PostgreSQL's binary COPY."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import Struct
from typing import Final
from uuid import UUID

from lianfang.facts.fact import Fact

COPY: Final = (
    "COPY fact (seq, received_at, id, salt, digest, chain, subject, version, observed_at, kind, area, author, device, "
    "body) FROM STDIN (FORMAT BINARY)"
)
BEGIN: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END: Final = b"\xff\xff"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""PostgreSQL's."""
# The number of fields, then what the log adds; then what is the fact's own. Each field with its length before it.
_ADDED = Struct(">h iq iq i16s i24s i32s i32s")
_OWN = Struct(">i16s ih iq")
_LENGTH, _TIME = Struct(">i"), Struct(">q")


def own(fact: Fact, author: str, device: str) -> bytes:
    """The fields of a row that the log does not add, but for the body."""
    fixed = _OWN.pack(16, fact.subject.bytes, 2, fact.version, 8, microseconds(fact.observed_at))
    return b"".join((fixed, _text(fact.kind), _text(fact.area), _text(author), _text(device)))


def row(
    seq: int, stamp: bytes, id: UUID, salt: bytes, digest: bytes, chain: bytes, own: bytes, body: bytes
) -> tuple[bytes, ...]:
    """A row in pieces; ``stamp`` is when it was received."""
    added = _ADDED.pack(
        *(14, 8, seq, 8, _TIME.unpack(stamp)[0], 16, id.bytes, 24, salt, 32, digest, 32, chain),
    )
    return added, own, _LENGTH.pack(len(body)), body


def stamp(time: datetime) -> bytes:
    """A time as binary COPY has it."""
    return _TIME.pack(microseconds(time))


@lru_cache(4096)
def _text(value: str) -> bytes:
    encoded = value.encode()
    return _LENGTH.pack(len(encoded)) + encoded


def microseconds(time: datetime) -> int:
    """Since PostgreSQL's epoch."""
    since: timedelta = time - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
