"""For how many days the stores of facilities protect those who work there, as the ledger has it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Final

from lianfang.access.viewer import Viewer
from lianfang.capabilities.supplies.facts.stock import SupplyLine
from lianfang.capabilities.supplies.queries.shortage import MOST_PAIRS, Told, board
from lianfang.capabilities.supplies.rules.shortage import Asked

READ: Final = "protection.read"
THERE: Final = Asked(Fraction(1), target_days=1, incoming=False)
"""As it is: what is on its way protects nobody yet."""


def protection(viewer: Viewer, *, now: datetime) -> list[Told]:
    """What the stores that serve a facility have of the line for health workers, what ends first before the others.
    Raises Forbidden."""
    found = board(viewer, line=SupplyLine.STAFF, asked=THERE, now=now, most=MOST_PAIRS, action=READ)
    return [one for one in found.lines if one.store is not None and one.store.serves is not None]
