"""What was recorded of command by mistake, taken back by who recorded it, whatever it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import reaches, require
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.command.facts import (
    EventFound,
    GatheringDeclared,
    HeadquartersOrganised,
    InstructionSent,
    MeasureIssued,
    PlaybookBegun,
    StrategyOverridden,
    TicketOpened,
    VenueRegistered,
)
from lianfang.capabilities.command.service.recording import REPORT, Fold, facts_of, undo
from lianfang.capabilities.command.state.gatherings import gathering
from lianfang.capabilities.command.state.instructions import instruction
from lianfang.capabilities.command.state.measures import measure
from lianfang.capabilities.command.state.playbooks import playbook
from lianfang.capabilities.command.state.reports import report
from lianfang.capabilities.command.state.tickets import ticket
from lianfang.capabilities.command.state.venues import venue
from lianfang.capabilities.isolation.state import Fault
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Why


class _NoFaults(NamedTuple):
    """Of what is a list of spells nothing can contradict what was before."""

    faults: tuple[Fault, ...] = ()


def _spells(facts: Sequence[Fact]) -> _NoFaults:
    return _NoFaults()


_FOLDS: Final[dict[str, Fold]] = {
    MeasureIssued.kind: measure,
    GatheringDeclared.kind: gathering,
    VenueRegistered.kind: venue,
    InstructionSent.kind: instruction,
    TicketOpened.kind: ticket,
    PlaybookBegun.kind: playbook,
    EventFound.kind: report,
    StrategyOverridden.kind: _spells,
    HeadquartersOrganised.kind: _spells,
}


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back one fact of a subject of command. Raises Forbidden, NotThere, Refused where it is another's."""
    require(viewer, REPORT)
    history = facts_of(id)
    first = history[0] if history else None
    if first is None or first.kind not in _FOLDS:
        raise NotThere
    its = next((one for one in history if one.id == taken), None)
    area = its.area if its else first.area
    if not reaches(viewer, REPORT, area):
        raise NotThere
    return undo(viewer, REPORT, taken, why, id=id, area=area, now=now, fold=_FOLDS[first.kind], fact=fact)
