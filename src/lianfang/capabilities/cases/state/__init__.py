"""The facts of a case, folded: what it is, what it was when, and what in its facts contradicts itself."""

from __future__ import annotations

from lianfang.capabilities.cases.state.fold import CST, fold
from lianfang.capabilities.cases.state.parts import (
    Change,
    Counted,
    Decided,
    HospitalStay,
    Result,
    Review,
    Sample,
    State,
)
from lianfang.capabilities.cases.state.table import MOVES, Fault, Move

__all__ = [
    "CST",
    "MOVES",
    "Change",
    "Counted",
    "Decided",
    "Fault",
    "HospitalStay",
    "Move",
    "Result",
    "Review",
    "Sample",
    "State",
    "fold",
]
