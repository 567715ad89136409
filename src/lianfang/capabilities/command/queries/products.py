"""Health risk tips: the product of a warning that is for the public."""

from __future__ import annotations

from typing import Final

from lianfang.access.rows import seeing_all
from lianfang.capabilities.command.facts.instructions import InstructionKind
from lianfang.capabilities.command.models import InstructionRow
from lianfang.capabilities.tasks.queries import range_of

MOST: Final = 100


def public(area: str) -> list[InstructionRow]:
    """The tips that an area or one within it gave, for anybody, the last first; of all where none is named. Raises
    Refused."""
    first, last = range_of(area)
    with seeing_all():
        rows = InstructionRow.objects.filter(data__sort=InstructionKind.RISK_TIP)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        return list(rows.order_by("-began", "subject")[:MOST])
