"""Links and codes that work once: made, told once, kept as keyed hashes, used up by one statement."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.security import log
from lianfang.accounts import clock, sealed
from lianfang.accounts.models import OneTime
from lianfang.accounts.policies import span
from lianfang.accounts.words import Told

Purpose = OneTime.Purpose
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit."""
LENGTHS: Final = {Purpose.ENROL: 16, Purpose.OWN_PAGE: 12}
"""Characters of those that a person may type, 5 bits each; the others are 256 bits, to be followed."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Spent(Told):
    """The link or code was used, is too old, or never was one. Which, is not told."""

    def __init__(self) -> None:
        super().__init__(
            "此链接或代码已用过或已过期，请索取新的。", "This link or code was used or is too old: ask for another."
        )


class Made(NamedTuple):
    """What is told once, and until when it works."""

    secret: str
    expires: datetime


def make(purpose: Purpose, target: UUID | None = None, *, second_factor: bool = False) -> Made:
    """A new one; an older unused one of the same purpose and target stops working, but for challenges."""
    now = clock.now()
    expires = now + span("one_time", purpose.value)
    secret = _typed(LENGTHS[purpose]) if purpose in LENGTHS else secrets.token_urlsafe(32)
    if purpose is not Purpose.CHALLENGE:
        OneTime.objects.filter(purpose=purpose, target=target, used_at=None).delete()
    OneTime.objects.create(
        hash=_hash(purpose, secret),
        purpose=purpose,
        target=target,
        second_factor=second_factor,
        made_at=now,
        expires_at=expires,
    )
    return Made(secret, expires)


def look(secret: str, *purposes: Purpose) -> OneTime:
    """The one that would be used up, left as it is. Raises Spent."""
    hashes = [_hash(purpose, secret) for purpose in purposes]
    found = OneTime.objects.filter(hash__in=hashes, used_at=None, expires_at__gt=clock.now()).first()
    if found is None:
        log("one_time", outcome="refused", purposes=[purpose.value for purpose in purposes])
        raise Spent
    return found


def use(secret: str, *purposes: Purpose) -> OneTime:
    """Uses it up: of two at the same time, one. Raises Spent."""
    found = look(secret, *purposes)
    now = clock.now()
    if not OneTime.objects.filter(hash=found.hash, used_at=None, expires_at__gt=now).update(used_at=now):
        raise Spent
    return found


def withdraw(target: UUID) -> None:
    """Whatever of an account or a device was not used yet works no more."""
    OneTime.objects.filter(target=target, used_at=None).delete()


def forget_old(now: datetime) -> int:
    """Deletes those that work no more; how many."""
    return OneTime.objects.filter(expires_at__lt=now).delete()[0]


def _typed(length: int) -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(letters[at : at + 4] for at in range(0, length, 4))


def _hash(purpose: Purpose, secret: str) -> str:
    read = secret.upper().translate(_READ_AS) if purpose in LENGTHS else secret
    return sealed.keyed(f"one-time {purpose.value}", read)
