"""The truth of a drill, sealed until its end: what each register would hold without errors, and every error with what
it changes.

A line of a register: ``{"register", "key", "row"}``. A line of an error: ``{"error", "by", "worker", "register", "key",
"facts", "truth", "held"}``: how the record is wrong, by which generator, whose record it is, and the register's row as
it should be and as the error makes it (null: none). An error that changes no register (sent late) has both alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from lianfang.capabilities.drills.rules import rounds, tally
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.drills.rules.visits import AGAIN
from lianfang.capabilities.drills.rules.world import Walked, World

OUTCOMES = "outcomes"
"""Households by round: the key is the household and the round's number, the row that of ``tally.COLUMNS``."""


def of_round(world: World, number: int) -> Iterator[bytes]:
    """The truth of a round of visits."""
    walked = world.walked(number)
    known = world.homes.ids
    for door, row in zip(
        np.flatnonzero(walked.tally.was).tolist(), walked.tally.truth[walked.tally.was].tolist(), strict=True
    ):
        yield b'{"register":"outcomes","key":["%s",%d],"row":%s}\n' % (
            known[door].encode(),
            number,
            str(_named(row)).replace(" ", "").replace("'", '"').encode(),
        )
    yield from _errors(world, walked, number)


def of_desks(world: World) -> Iterator[bytes]:
    """The truth of all desks but the visits."""
    homes = world.homes
    for subject, name, worker in zip(homes.grid_ids, homes.grid_names, homes.workers, strict=True):
        yield _line({"register": "grids", "key": [subject], "row": [name, worker.code]})
    members = world.population.first[homes.household + 1] - world.population.first[homes.household]
    for subject, grid, many, lived in zip(
        homes.ids, homes.grid.tolist(), members.tolist(), homes.members.tolist(), strict=True
    ):
        yield _line({"register": "households", "key": [subject], "row": [homes.grid_ids[grid], many if lived else 0]})


def _named(row: list[int]) -> list[Any]:
    return [rounds.STATUSES[row[0]], *row[1:]]


def _errors(world: World, walked: Walked, number: int) -> Iterator[bytes]:
    one, told, seed = walked.round, walked.tally, world.drill.seed
    wrong = np.flatnonzero((told.error != rounds.RIGHT) | ((one.late > 0) & told.told))
    names = {
        attempt: dict(zip(wrong.tolist(), ids(seed, "visit", wrong, number, 10 * attempt), strict=True))
        for attempt in (0, 1, 2, AGAIN)
    }
    tries = tally.tries(one, told)
    for door in wrong.tolist():
        error = int(told.error[door])
        facts = [names[attempt][door] for attempt in range(tries[door])]
        if error == rounds.DOUBLED:
            facts = [names[AGAIN][door]]
        by = world.drill.response.made_up[told.generator[door]] if error == rounds.INVENTED else ""
        truth = _named(told.truth[door].tolist()) if told.was[door] else None
        held = _named(told.held[door].tolist()) if told.told[door] else None
        worker = world.homes.workers[world.homes.grid[door]].code
        said = {
            "by": by,
            "worker": worker,
            "register": OUTCOMES,
            "key": [world.homes.ids[door], number],
            "facts": facts,
            "truth": truth,
            "held": held,
        }
        if error != rounds.RIGHT:
            yield _line({"error": rounds.ERRORS[error], **said})
        if one.late[door] and told.told[door]:
            yield _line({"error": "late", **said, "by": str(one.late[door]), "truth": held, "held": held})


def _line(told: dict[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
