"""What this room keeps locked with its own key: the content of sessions, second factors, hashes of one-time codes."""

from __future__ import annotations

from functools import lru_cache

from lianfang.sealing.box import Unreadable, blind, seal, unseal
from lianfang.sealing.current import keystore
from lianfang.sealing.keystore import KeyStore


def shut(plain: bytes, context: str) -> bytes:
    """``plain`` sealed; it opens only with the same ``context``."""
    return seal(_key(), plain, context.encode())


def open_or_none(sealed: bytes, context: str) -> bytes | None:
    """What was sealed, or None where it was altered, moved, or sealed with another installation's key."""
    try:
        return unseal(_key(), sealed, context.encode())
    except Unreadable:
        return None


def keyed(field: str, value: str) -> str:
    """The keyed hash, in hex, under which ``value`` can be found again and from which nobody reads it."""
    return blind(_key(), field, value).hex()


def _key() -> bytes:
    return _named(keystore())


@lru_cache(maxsize=1)
def _named(store: KeyStore) -> bytes:
    """The key as this store has it: a rotation wraps it anew and leaves it what it is."""
    return store.named("accounts")
