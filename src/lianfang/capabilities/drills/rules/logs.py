"""Records of a desk that stand each for itself: told with an error now and then, and what the truth says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.epi.simulate import dice
from lianfang.facts.fact import FactData

MISSING, DOUBLED, MISTYPED, LATE = "missing", "doubled", "mistyped", "late"
ERRORS: Final = (MISSING, DOUBLED, MISTYPED, LATE)


class Log(NamedTuple):
    """A record as it should be. ``number``: different for each of a register; ``row`` of the ``register``, its ``key``,
    or where there is none the id of the fact: then a second record is a second row. ``typed``: what is written by
    mistake, and the row of that. ``later``: minutes by which it is given late; without it what is late is sent a few
    days late."""

    register: str
    number: int
    subject: str
    area: str
    by: str
    seen: int
    data: FactData
    row: list[Any]
    key: list[Any] | None = None
    typed: tuple[FactData, list[Any]] | None = None
    later: int = 0


def slip(drill: Drill, log: Log) -> str:
    """By which error a record is wrong; empty: by none."""
    its = drill.response
    drawn = dice.uniform(dice.key(drill.seed, f"slips of {log.register}"), log.number, 0, 0)
    for error, rate, may in (
        (MISSING, its.missing, True),
        (DOUBLED, its.doubled, log.key is None),
        (MISTYPED, its.mistyped, log.typed is not None),
        (LATE, its.late, True),
    ):
        if may and drawn < rate:
            return error
        drawn -= rate if may else 0
    return ""


def tell(desk: Desk, log: Log) -> None:
    """Records it at its desk, with its error."""
    error = slip(desk.drill, log)
    if error == MISSING:
        return
    data = log.typed[0] if error == MISTYPED and log.typed else log.data
    later, days = _late(desk.drill, log) if error == LATE else (0, 0)
    desk.tell(data, log.subject, log.area, log.by, log.seen + later, _name(log), late=days)
    if error == DOUBLED:
        desk.tell(data, log.subject, log.area, log.by, log.seen, _name(log, again=True))


def truth(desk: Desk, log: Log) -> Iterator[dict[str, Any]]:
    """The lines of the truth of a record: the register's row, and the error."""
    if log.seen >= desk.drill.days * DAY_MINUTES:
        return
    key, error = log.key or [desk.name(*_name(log))], slip(desk.drill, log)
    yield {"register": log.register, "key": key, "row": log.row}
    if not error:
        return
    later, days = _late(desk.drill, log) if error == LATE else (0, 0)
    if later and log.seen + later >= desk.drill.days * DAY_MINUTES:
        error = MISSING
    told: dict[str, Any] = {
        "error": error, "by": str(days) if days else "", "worker": log.by, "register": log.register, "key": key,
        "facts": [] if error == MISSING else [desk.name(*_name(log))], "truth": log.row, "held": log.row,
    }  # fmt: skip
    if error == MISSING:
        told["held"] = None
    elif error == MISTYPED and log.typed:
        told["held"] = log.typed[1]
    elif error == DOUBLED:
        second = desk.name(*_name(log, again=True))
        told |= {"key": [second], "facts": [second], "truth": None}
    yield told


def _late(drill: Drill, log: Log) -> tuple[int, int]:
    """By how many minutes it is given late, or by how many days sent."""
    return (log.later, 0) if log.later else (0, 1 + log.number % drill.response.late_days)


def _name(log: Log, *, again: bool = False) -> tuple[str, int]:
    return f"log of {log.register}{' again' if again else ''}", log.number
