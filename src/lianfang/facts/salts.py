"""Salts: sixteen bytes of chance for each fact, so that no digest betrays a body that can be guessed.

In a drill they follow from its seed: nothing there is to be hidden, and the same drill has the same chain.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from uuid import UUID

SALT_BYTES = 16

_key: bytes | None = None


def derive(key: bytes | None) -> None:
    """From here on salts follow from ``key`` and the fact's id; with None they are of chance again."""
    global _key
    _key = key


def some(most: int) -> Callable[[UUID], bytes]:
    """What gives the salts of at most so many facts, each asked for once."""
    if _key is not None:
        return partial(_derived, _key)
    drawn, at = os.urandom(SALT_BYTES * most), iter(range(0, SALT_BYTES * most, SALT_BYTES))
    return lambda _: drawn[(start := next(at)) : start + SALT_BYTES]


def _derived(key: bytes, id: UUID) -> bytes:
    return blake2b(id.bytes, key=key, digest_size=SALT_BYTES).digest()
