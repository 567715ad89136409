"""How a lot is drawn so that nobody chooses and everybody can check, and how sure a share is. Pure."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from math import sqrt
from typing import Final, NamedTuple
from uuid import UUID

Z95: Final = 1.959963984540054
"""Of the normal distribution, for an interval of 95 %."""


class Draw(NamedTuple):
    """``drawn`` of a frame, each with the same ``probability``."""

    frame: int
    probability: float
    drawn: tuple[UUID, ...]


class Interval(NamedTuple):
    share: float
    low: float
    high: float


def seed_of(chain: str, area: str, what: str) -> str:
    """The seed of a draw: from the chain of the record up to it, which nobody chooses."""
    return sha256(f"{chain}|{area}|{what}".encode()).hexdigest()


def draw(frame: Collection[UUID], n: int, seed: str) -> Draw:
    """``n`` of a frame, or all of a smaller one: those whose digest with the seed is smallest. The same seed and the
    same frame give the same, in whatever order the frame is given. Raises ValueError for an empty frame."""
    ordered = sorted(set(frame), key=lambda one: sha256(f"{seed}|{one}".encode()).digest())
    if not ordered:
        raise ValueError("nothing to draw from")
    drawn = tuple(ordered[:n])
    return Draw(len(ordered), len(drawn) / len(ordered), drawn)


def wilson(hits: int, n: int) -> Interval | None:
    """A share with its interval of 95 % by Wilson's score (1927, doi:10.1080/01621459.1927.10502953), which holds for
    small numbers and for none or all; None of nothing."""
    if not n:
        return None
    share = hits / n
    middle = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))
