"""The box: bytes sealed under a key, and blind indexes by which sealed values are found.

A sealed value is one byte for its form, twelve of chance, and AES-256-GCM's ciphertext with its tag (NIST SP 800-38D).
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lianfang.sealing.errors import SealingError

KEY_BYTES = 32
FORM = b"\x01"
NONCE_BYTES, TAG_BYTES = 12, 16
OVERHEAD = len(FORM) + NONCE_BYTES + TAG_BYTES
"""Bytes that sealing adds."""


class Unreadable(SealingError):
    """Sealed bytes that do not open: cut short, altered, moved from elsewhere, or sealed under another key."""


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """``plain`` sealed under a key of 32 bytes. It opens only with the same ``context``: what it is and whose."""
    return seal_with(AESGCM(key), plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What was sealed. Raises Unreadable, and then shows nothing of it."""
    return unseal_with(AESGCM(key), sealed, context)


def seal_with(cipher: AESGCM, plain: bytes, context: bytes) -> bytes:
    """As ``seal``, for a key that seals many."""
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + cipher.encrypt(nonce, plain, context)


def unseal_with(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    """As ``unseal``, for a key that opens many."""
    if len(sealed) < OVERHEAD:
        raise Unreadable(f"{len(sealed)} bytes are too few to be sealed ones: they were cut short")
    if sealed[:1] != FORM:
        raise Unreadable(f"sealed in an unknown form ({sealed[0]})")
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], context)
    except InvalidTag:
        raise Unreadable("altered, cut short, or sealed under another key") from None


def blind(key: bytes, field: str, value: str) -> bytes:
    """A blind index, 32 bytes: equal for equal values of a field, telling nothing of them without the key."""
    return hmac.digest(key, field.encode() + b"\0" + value.encode(), hashlib.sha256)
