"""What is drawn by chance: less in the daily suite than with ``--long``, and each day something else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

DAY = "TESTS_DAY"
"""Names the day that is drawn by; one that is given draws the same again."""
SHARE = 3
"""The daily suite draws a third."""
T = TypeVar("T")


class _Run:
    long = False


def begin(long: bool) -> None:
    """Settles, before the workers of a run are started, what it draws by."""
    _Run.long = long
    os.environ.setdefault(DAY, datetime.now(UTC).date().isoformat())


def long() -> bool:
    return _Run.long


def day() -> str:
    return os.environ[DAY]


def examples(whole: int) -> int:
    """How many examples of so many to draw."""
    return whole if _Run.long else max(1, whole // SHARE)


def some_of(them: Sequence[T], many: int, *why: object) -> Sequence[T]:
    """So many of them, which the day draws anew for each reason; all of them with ``--long``."""
    return them if _Run.long else Random(repr((day(), why))).sample(them, many)


def one_of(them: Sequence[T], *why: object) -> Sequence[T]:
    return some_of(them, 1, *why)
