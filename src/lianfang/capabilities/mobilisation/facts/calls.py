"""Calls: a community asks for hands, the departments that it calls report in or decline, and it alone says when the
call is over. The subject is the call."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from lianfang.capabilities.mobilisation.facts.people import Heads
from lianfang.capabilities.mobilisation.facts.shifts import People
from lianfang.facts.fact import Code, FactData, PlaceName, Time

MOST_CALLED: Final = 20


class CallPlaced(FactData, kind="call.placed", version=1, founds=True):
    """A community needs so many people by ``starts``. Each of ``departments``, an account, is to answer by
    ``answer_by``."""

    need: Code
    skill: Code | None = None
    heads: Heads
    starts: Time
    ends: Time | None = None
    place: PlaceName = ""
    departments: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_CALLED)]
    answer_by: Time


class CallAnswered(FactData, kind="call.answered", version=1):
    """A department reports in: so many of its people will be there at ``arrives``."""

    department: Code
    heads: Heads
    arrives: Time


class CallDeclined(FactData, kind="call.declined", version=1):
    """A department cannot help."""

    department: Code
    reason: Code


class CallManned(FactData, kind="call.manned", version=1):
    """A person confirmed which volunteers go: ``proposed`` is what was reckoned, ``people`` what was decided."""

    proposed: People
    people: People


class CallClosed(FactData, kind="call.closed", version=1):
    """Who had called says that it is over."""

    outcome: Code
