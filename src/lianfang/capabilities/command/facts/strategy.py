"""The strategy of an area, which follows from its class, and where an authority decided on another for a time."""

from __future__ import annotations

from uuid import UUID, uuid5

from lianfang.capabilities.command.facts.base import NAMES, Words
from lianfang.facts.fact import Code, FactData, Time


def strategy_id(area: str) -> UUID:
    """The subject of what was decided on an area's strategy."""
    return uuid5(NAMES, f"strategy|{area}")


class StrategyOverridden(FactData, kind="strategy.overridden", version=1, founds=True):
    """Until ``ends`` the strategy of a code holds whatever the class of the area is."""

    strategy: Code
    reason: Words
    doc_no: Words
    starts: Time
    ends: Time
