"""The truth of a drill, sealed until its end: what each register would hold without errors, and every error with what
it changes.

A line of a day, these first: ``{"day", "infected", "onset"}``: how many were infected and fell ill on it. A line of a
register: ``{"register", "key", "row"}``. A line of an error: ``{"error", "by", "worker", "register", "key",
"facts", "truth", "held"}``: how the record is wrong, by which generator, whose record it is, and the register's row as
it should be and as the error makes it (null: none). An error that changes no register (sent late) has both alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from lianfang.capabilities.drills.rules import beds, cases, checks, posts, rounds, tally
from lianfang.capabilities.drills.rules.days import Days
from lianfang.capabilities.drills.rules.desks import code
from lianfang.capabilities.drills.rules.drill import NEVER
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.drills.rules.visits import AGAIN
from lianfang.capabilities.drills.rules.world import World

CLOSED = ("households", "done", "not_met", "refused", "vacant", "members")
"""Of a round, as it was closed; null: it was not."""
OUTCOMES = "outcomes"
"""Households by round: the key is the household and the round's number, the row that of ``tally.COLUMNS``."""


def of_round(days: Days, number: int) -> Iterator[bytes]:
    """The truth of a round of visits, and of the daily reports within it."""
    world = days.world
    walked = world.walked(number)
    its = world.closed(number) or {}
    yield _line({"register": "rounds", "key": [number], "row": [its.get(name) for name in CLOSED]})
    known = world.homes.ids
    for door, row in zip(
        np.flatnonzero(walked.tally.was).tolist(), walked.tally.truth[walked.tally.was].tolist(), strict=True
    ):
        yield b'{"register":"outcomes","key":["%s",%d],"row":%s}\n' % (
            known[door].encode(),
            number,
            str(_named(row)).replace(" ", "").replace("'", '"').encode(),
        )
    for home, row in world.travellers.outcomes(number, walked.codes):
        yield _line({"register": "outcomes", "key": [home.id, number], "row": _named(row)})
    yield from of_visits(world, number)
    for day in range(walked.round.first, min(walked.round.first + world.drill.response.round_days, world.drill.days)):
        yield from map(_line, days.reports.truth(day))


def of_desks(days: Days) -> Iterator[bytes]:
    """The truth of all desks but the visits."""
    yield from _course(days.world)
    yield from _homes(days.world)
    yield from _cases(days)
    yield from _suspects(days)
    yield from _contacts(days)
    yield from _posts(days)
    yield from (_line({"register": "stations", "key": [id], "row": row}) for id, row in days.stations.rows())


def _homes(world: World) -> Iterator[bytes]:
    homes = world.homes
    for subject, name, worker in zip(homes.grid_ids, homes.grid_names, homes.workers, strict=True):
        yield _line({"register": "grids", "key": [subject], "row": [name, worker.code]})
    for hotel in world.travellers.hotels:
        yield _line({"register": "grids", "key": [hotel.id], "row": [hotel.name, hotel.worker.code]})
    for id, row in world.travellers.rows():
        yield _line({"register": "households", "key": [id], "row": row})
    for person, row in world.travellers.came():
        yield _line({"register": "travellers", "key": [world.people[person]], "row": row})
    members = world.population.first[homes.household + 1] - world.population.first[homes.household]
    for subject, grid, many, registered in zip(
        homes.ids, homes.grid.tolist(), np.where(homes.members, members, 0).tolist(),
        (world.walked(1).round.attempts > 0).tolist(), strict=True
    ):  # fmt: skip
        if registered:
            yield _line({"register": "households", "key": [subject], "row": [homes.grid_ids[grid], many]})


def _course(world: World) -> Iterator[bytes]:
    both = []
    for times in (world.outbreak.infected, world.outbreak.onset):
        known = times[(times >= 0) & (times < world.drill.days)]  # never is no number
        both.append(np.bincount(known.astype(np.int64), minlength=world.drill.days).tolist())
    for day, (infected, onset) in enumerate(zip(*both, strict=True)):
        yield _line({"day": day, "infected": infected, "onset": onset})


def _cases(days: Days) -> Iterator[bytes]:
    """Of a case: person, class, severity, outcome, onset, samples, last result, faults, source and where it came from;
    of a link how sure it is."""
    desk = days.journey.desk
    for case, infector in days.journey.links():
        yield _line({"register": "links", "key": [case, infector], "row": ["probable"]})
    for one, row, held in days.journey.rows():
        yield _line({"register": "cases", "key": [one.id], "row": row})
        if one.error:
            purpose = {cases.DOUBLED: "second card", cases.MISSING: ""}.get(one.error, "card")
            facts = [desk.name(purpose, one.infection)] if purpose else []
            worker = code("cdc" if one.error == cases.MISSING else "doctor", one.area)
            yield _error(cases.ERRORS[one.error], "", worker, "cases", [one.id], facts, row, held)


def _suspects(days: Days) -> Iterator[bytes]:
    """Of those suspected wrongly as of a case. Of a request for a bed: who was asked, whether it was taken on. Of holds
    and vehicles: see ``Posts``; of notices: ``Notices``."""
    for one, row in days.suspecting.rows():
        yield _line({"register": "cases", "key": [one.id], "row": row})
    asked = [(one.id, one.reported) for one in days.journey.found.cases if one.admitted < NEVER]
    asked += [(one.id, one.reported) for one in days.suspecting.all]
    for id, reported in asked:
        if (bed := beds.row(days.journey.desk, reported, days.world.end)) is not None:
            yield _line({"register": "beds", "key": [id], "row": bed})
    yield from (_line({"register": "holds", "key": [id], "row": row}) for id, row in days.posts.holds())
    yield from (_line({"register": "vehicles", "key": [id], "row": row}) for id, row in days.posts.stops())
    yield from (_line({"register": "notices", "key": [id], "row": row}) for id, row in days.notices.rows())
    yield from (_line({"register": "inspections", "key": [id], "row": row}) for id, row in days.inspections.rows())
    yield from (_line({"register": "markets", "key": [id], "row": row}) for id, row in days.markets.rows())
    yield from (_line({"register": "market_samples", "key": [id], "row": row}) for id, row in days.markets.samples())
    yield from map(_line, days.duty.truth())
    yield from (_line({"register": "bulletins", "key": [at], "row": row}) for at, row in days.bulletins.rows())
    for desk in (days.planned, days.forms):
        yield from (_line({"register": name, "key": [id], "row": row}) for name, id, row in desk.rows())


def _contacts(days: Days) -> Iterator[bytes]:
    """Of a contact: person, status, last day, case, exposures, checks and the sum of their temperatures; of an order:
    stage, mode, station."""
    everybody, its = days.following.everybody, days.checks
    right, told = (checks.sums(its, len(everybody), recorded=recorded).tolist() for recorded in (False, True))
    for n, (one, row) in enumerate(days.following.rows()):
        yield _line({"register": "contacts", "key": [one.id], "row": [*row, *right[n]]})
        if its.error[n]:
            nth = np.arange(its.times[its.chosen[n]])[-1:]
            facts = [checks.names(days.world, everybody, its, its.chosen[n : n + 1], int(at))[0] for at in nth]
            by = "copied" if its.error[n] == checks.INVENTED else ""
            worker = code("station" if one.at_station else "cdc", one.area)
            said = [*row, *right[n]], [*row, *told[n]]
            yield _error(checks.ERRORS[its.error[n]], by, worker, "contacts", [one.id], facts, *said)
    for one, row in days.following.orders():
        key = [one.pseudonym, days.following.order_of(one)]
        yield _line({"register": "orders", "key": key, "row": row})


def _posts(days: Days) -> Iterator[bytes]:
    """Of a checkpoint and a day: what ``posts.sums`` gives."""
    drill = days.world.drill
    for post in days.posts.posts:
        for day in range(drill.days):
            one = posts.passing(days.world, post, day)
            key = [post.id, drill.day(day).isoformat()]
            both = (posts.sums(drill, one, day, recorded=recorded) for recorded in (False, True))
            row, held = (sums if sums[0] else None for sums in both)  # no row where nobody passed
            if row:
                yield _line({"register": "passing", "key": key, "row": row})
            if one.error:
                wrong = np.flatnonzero((one.times != 1) | ~one.real | (one.typed != one.tenths))
                nth = {posts.MISSING: (), posts.DOUBLED: (1,)}.get(one.error, (0,))
                facts = [name for at in nth for name in posts.names(drill, post, day, wrong, at)]
                by = "copied" if one.error == posts.INVENTED else ""
                yield _error(posts.ERRORS[one.error], by, post.staff, "passing", key, facts, row, held)


def _error(
    error: str, by: str, worker: str, register: str, key: list[Any], facts: list[str], truth: Any, held: Any
) -> bytes:
    return _line({
        "error": error, "by": by, "worker": worker, "register": register, "key": key, "facts": facts, "truth": truth,
        "held": held,
    })  # fmt: skip


def _named(row: list[int]) -> list[Any]:
    return [rounds.STATUSES[row[0]], *row[1:]]


def of_visits(world: World, number: int) -> Iterator[bytes]:
    """The errors of the visits of a round."""
    walked = world.walked(number)
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
        key = [world.homes.ids[door], number]
        if error != rounds.RIGHT:
            yield _error(rounds.ERRORS[error], by, worker, OUTCOMES, key, facts, truth, held)
        if one.late[door] and told.told[door] and error != rounds.MISSING:
            yield _error("late", str(one.late[door]), worker, OUTCOMES, key, facts, held, held)


def _line(told: dict[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
