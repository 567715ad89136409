"""Masks: what is shown of a field to those who need to tell people apart, and no more."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Literal

from lianfang.identity.persons import policy

STAR = "*"
HIDDEN = STAR * 3


def number(kind: Literal["document", "phone"], value: str) -> str:
    """``530***********1234``, ``138****5678``: as long as the value. A short one shows less, a very short one none."""
    rule, length = policy().masks[kind], len(value)
    shown = max(0, length - max(rule.hidden, (length + 2) // 3))
    tail = min(rule.tail, (shown + 1) // 2)
    head = min(rule.head, shown - tail)
    return value[:head] + STAR * (length - head - tail) + value[length - tail :]


def name(value: str) -> str:
    """``王**``, ``J**``: the first letter; how long the name is stays hidden."""
    first = value[:1]
    return (first if unicodedata.category(first or " ")[0] == "L" else "") + STAR * 2


def birth_date(value: date) -> str:
    """``1985-**-**``."""
    return f"{value.year:04d}-**-**"


def address(value: str) -> str:
    """An address has no part that identifies nobody."""
    return HIDDEN if value else ""
