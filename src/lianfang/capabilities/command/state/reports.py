"""An event on its way up, folded from the facts about it: it arrives at one instance after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lianfang.capabilities.command.facts.reports import EventFound, EventReported, Instance
from lianfang.capabilities.command.state.held import Held, held
from lianfang.facts.fact import Fact

REPORT_KINDS: Final = (EventFound, EventReported)
_UP: Final = tuple(Instance)


def report(facts: Sequence[Fact]) -> Held[EventFound]:
    """The event whose facts these are, in whatever order they are given."""
    return held(facts, EventFound, REPORT_KINDS[1:], _objection)


def arrived(one: Held[EventFound]) -> dict[Instance, datetime]:
    """When the report arrived at each instance that has it."""
    return {act.data.to: act.at for act in one.acts}


def _objection(before: Held[EventFound], fact: Fact) -> tuple[str, str] | None:
    if isinstance(fact.data, EventReported):
        held_by = arrived(before)
        if fact.data.to in held_by:
            return "to", "already"
        if any(one not in held_by for one in _UP[: _UP.index(fact.data.to)]):
            return "to", "out_of_turn"
    return None
