"""How an emergency project stands against its clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

Done = Mapping[str, Sequence[tuple[datetime, int]]]
"""By stage what was told of it: when, and how many parts had passed it by then, in the order of time."""


class Burn(NamedTuple):
    """``left`` parts have not passed the last stage; ``ideal`` would have been left, had the work gone evenly. At the
    pace since the start the last part is through at ``through``: None where none is through yet."""

    left: int
    ideal: float
    through: datetime | None
    standing: Literal["done", "silent", "on_time", "late"]
    passes: int
    """Stages passed by parts, of ``all_passes``: work in hand counts."""
    all_passes: int


def passed(done: Done, step: str, at: datetime) -> int:
    """How many parts have passed a stage by a moment: the last that was told."""
    return next((count for when, count in reversed(done.get(step, ())) if when <= at), 0)


def burn_down(parts: int, steps: Sequence[str], begins: datetime, due: datetime, done: Done, at: datetime) -> Burn:
    """Where a project stands at a moment. It is late when its time is over with parts left, and before that when at the
    pace of all stages together so far it would be; ``silent`` while nothing was told of any stage.

    Source: 4,800 steel parts through six stages (laying out, cutting, making, grinding, coating, dispatch) within 24
    hours, reported on 14 February 2020.
    """
    out = passed(done, steps[-1], at)
    passes, all_passes = sum(passed(done, one, at) for one in steps), parts * len(steps)
    gone = min(1.0, max(0.0, (at - begins) / (due - begins)))
    through = begins + (at - begins) * (all_passes / passes) if passes and at > begins else None
    if out >= parts:
        return Burn(0, parts * (1 - gone), _last(done, steps[-1], parts), "done", passes, all_passes)
    if at < due and through is None:
        return Burn(parts, parts * (1 - gone), None, "silent", 0, all_passes)
    late = at >= due or (through is not None and through > due)
    return Burn(parts - out, parts * (1 - gone), through, "late" if late else "on_time", passes, all_passes)


def _last(done: Done, step: str, parts: int) -> datetime | None:
    return next((when for when, count in done.get(step, ()) if count >= parts), None)


def out_of_order(parts: int, steps: Sequence[str], counts: Mapping[str, int]) -> str | None:
    """The first stage that more parts have passed than the one before it, or than there are; None where all fits."""
    before = parts
    for one in steps:
        if counts.get(one, 0) > before:
            return one
        before = counts.get(one, 0)
    return None


def hours_left(due: datetime, at: datetime) -> float:
    """Nought or less once it is over."""
    return (due - at) / timedelta(hours=1)
