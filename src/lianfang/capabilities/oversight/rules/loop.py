"""By when a finding is put right, and by when somebody looks again. Hours are those of ``policy/loop.toml``. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.oversight.state.findings import FindingStep, StepKind
from lianfang.capabilities.screening.state.parts import CST
from lianfang.capabilities.tasks.rules import Obligation

Hours = Annotated[int, Field(ge=1)]
Said = Annotated[str, Field(min_length=1)]


class LoopClocks(BaseModel):
    """An edition of the policy: hours to put right, and hours to look again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    begins: date
    source: Said
    source_zh: Said
    rectify_h: Hours
    recheck_h: Hours


@cache
def _editions() -> tuple[LoopClocks, ...]:
    file = resources.files("lianfang.capabilities.oversight").joinpath("policy/loop.toml")
    told = (LoopClocks.model_validate(one) for one in tomllib.loads(file.read_text("utf-8"))["editions"])
    return tuple(sorted(told, key=lambda one: one.begins))


def clocks(at: datetime) -> LoopClocks:
    """The edition of a moment's civil day; before the first, the first."""
    day = at.astimezone(CST).date()
    return next((one for one in reversed(_editions()) if one.begins <= day), _editions()[0])


def due(since: datetime, rectified: bool) -> datetime:
    """By when what is open ``since`` then is put right or, ``rectified``, looked at again."""
    its = clocks(since)
    return since + timedelta(hours=its.recheck_h if rectified else its.rectify_h)


class Turn(NamedTuple):
    """The last time that a finding was to be put right: ``begins``, when it was, and when the finding was closed."""

    begins: datetime
    rectified: datetime | None = None
    closed: datetime | None = None


def last_turn(raised: datetime, steps: Sequence[FindingStep]) -> Turn:
    """Where a finding stands: what was not in order at the second look is to be put right from that look on."""
    its = Turn(raised)
    for one in steps:
        match one.kind:
            case StepKind.RECTIFIED:
                its = its._replace(rectified=one.at)
            case StepKind.NOT_IN_ORDER:
                its = Turn(one.at)
            case StepKind.IN_ORDER | StepKind.CLOSED:
                its = its._replace(closed=one.at)
    return its


def obligations_of(id: UUID, area: str, author: str, its: Turn) -> Iterator[Obligation]:
    """To put a finding right, and then to look again. Who closes it as explained or mistaken has done with both."""
    done = its.rectified or its.closed
    yield Obligation("finding.rectify", id, area, its.begins, due(its.begins, False), done_at=done, author=author)
    if its.rectified is not None:
        ends = due(its.rectified, True)
        yield Obligation("finding.recheck", id, area, its.rectified, ends, done_at=its.closed, author=author)
