"""The bulk door: a drill's files into its record and its vault, with the same validation and chain as every other way.

Facts are validated in processes of their own while this one appends them, and people enter the vault beside; registers
follow when all facts are there.

Each batch is received when it was, so that what is known at a time is what was known then. Facts are their own
idempotency keys and lines are taken in order: loading that was cut short goes on where it was.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import datetime
from itertools import dropwhile, islice, takewhile
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection, transaction

from lianfang.access.matrix import operator
from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.app.drill import files
from lianfang.app.drill.files import Line
from lianfang.app.drill.space import Space
from lianfang.app.errors import Unusable
from lianfang.facts import bulk, garbage, log
from lianfang.facts.sent import Sent, from_json
from lianfang.identity import service as vault
from lianfang.places import service as places
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.population import Counted

_OF_A_FACT = b'"subject":'
AHEAD = 4  # groups that are validated while one is written
MOST_FACTS, MOST_BYTES = 10_000, 16 * 1024 * 1024  # of a group
PEOPLE_AT_ONCE = vault.CHUNK
SOURCE = "drill"  # of the population: it is made up


class Group(NamedTuple):
    """Batches for one transaction, told apart, and when each was received."""

    batches: list[Sent]
    times: list[datetime]


class Loaded(NamedTuple):
    """What became of facts."""

    appended: int
    skipped: int
    set_aside: int

    def and_(self, other: Loaded) -> Loaded:
        return Loaded(*(a + b for a, b in zip(self, other, strict=True)))


NOTHING = Loaded(0, 0, 0)


def load(
    space: Space,
    database: Database,
    *,
    until: datetime | None = None,
    told: Callable[[Loaded, float], object] = lambda *_: None,
) -> Loaded:
    """Everything that was received before ``until`` (None: everything), from where the record ends; the mark tells when
    all of it is there. ``told`` is told after each transaction, then of how much the registers have followed.
    ``database`` is the space's, whose registers its owner fills. Raises Unusable for files that are not the drill's
    own, and for people whom the vault refuses."""
    files.check(space.files)
    places.hold_population(_living(space))
    end, done = until or space.drill().ends, NOTHING
    connection.close()  # the processes that begin now have none
    own = ProcessPoolExecutor(mp_context=get_context("fork"), initializer=garbage.search_never)
    with own as pool, garbage.searched_rarely(), _on_the_disk_at_the_end():
        pool.submit(os.getpid).result()  # they have begun, and hold no lock of the thread that enters people
        with _entering(files.people(space.files, upto=end.date().isoformat()), end):
            for group in groups(space.files, until=until, pool=pool):
                done = done.and_(append(group, folded=False))
                told(done, 0)
        with databases.as_owner(database):
            bulk.follow(lambda followed: told(done, followed))
    if until is None:
        space.note(head=str(log.head()))
    return done


def _living(space: Space) -> Iterator[Counted]:
    """How many of the drill's people live in its area and in each division of it."""
    its, gazetteer = space.drill(), Gazetteer.load()
    first, area = its.first_day, its.area
    lowest = Counter(one["area"] for one in files.people(space.files, upto=first.isoformat()))
    living: Counter[str] = Counter()
    for code, persons in lowest.items():
        up = (code, *gazetteer.ancestors(code))
        for within in up[: up.index(area)] if area in up else up[:1]:
            living[within] += persons
    living[area] = lowest.total()
    return (Counted(code, first, persons, SOURCE) for code, persons in living.items())


@contextmanager
def _entering(people: Iterable[dict[str, Any]], now: datetime) -> Iterator[None]:
    """Within it people are entered by a thread: at its end they are, or what kept one out is raised."""
    left = Event()

    def work() -> None:
        try:
            enter(takewhile(lambda _: not left.is_set(), people), now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(1, "people") as thread:
        entered = thread.submit(work)
        try:
            yield
        except BaseException:
            left.set()
            raise
        entered.result()


def groups(
    folder: Path, *, until: datetime | None = None, most: int = MOST_FACTS, pool: Executor | None = None
) -> Iterator[Group]:
    """The batches from where the record ends, those that were received before ``until`` (None: all), ``most`` facts at
    once, or what was received at one time where that is more; validated some groups ahead by ``pool`` or in a thread.
    """
    coming_in = takewhile(lambda line: until is None or line.at < until, left(folder))
    with nullcontext(pool) if pool else ThreadPoolExecutor(1) as pool:
        coming: deque[Future[Group]] = deque()
        for lines in _together(coming_in, most):
            coming.append(pool.submit(_told_apart, lines))
            if len(coming) > AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def append(group: Group, *, folded: bool = True) -> Loaded:
    """Writes a group in one transaction, and what follows from it into the registers where it is to be ``folded``."""
    outcomes = [one.status for batch in log.append_received(*group, folded=folded) for one in batch]
    return Loaded(*(outcomes.count(status) for status in log.Status))


def left(folder: Path) -> Iterator[Line]:
    """The lines from the first on that is not in the record yet: they were appended in order."""
    days = files.days(folder)
    begun = len(list(takewhile(_begun, days)))
    for day in days[max(0, begun - 1) : begun]:
        yield from dropwhile(_held, files.lines(day))
    for day in days[begun:]:
        yield from files.lines(day)


def enter(people: Iterable[dict[str, Any]], *, now: datetime) -> int:
    """Enters people into the drill's vault; how many were new. Raises Unusable where one is refused."""
    rows, entered, at = iter(people), 0, 0
    while chunk := list(islice(rows, PEOPLE_AT_ONCE)):
        receipt = vault.enter(operator(), enumerate(chunk, at + 1), now=now)
        if receipt.faults:
            fault = receipt.faults[0]
            told = f"{files.PEOPLE}, person {fault.row}, {fault.field}: {fault.en}"
            raise Unusable(f"{told} ({receipt.refused} refused): these are not a drill's people; make the files anew")
        entered, at = entered + receipt.entered, at + len(chunk)
    return entered


def _begun(day: Path) -> bool:
    """Whether the first batch of a day is in the record."""
    first = next(files.lines(day), None)
    return first is None or _held(first)


def _held(line: Line) -> bool:
    """Whether all facts of a batch are in the record."""
    ids = list({UUID(fact["id"]) for fact in orjson.loads(line.facts)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fact_held(%s)", [ids])
        return int(cursor.fetchone()[0]) == len(ids)


def _together(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    group: list[Line] = []
    facts = size = 0
    for line in lines:
        many = line.facts.count(_OF_A_FACT)
        full = facts + many > most and line.at != group[-1].at if group else False
        if full or (group and size + len(line.facts) > MOST_BYTES):
            yield group
            group, facts, size = [], 0, 0
        group.append(line)
        facts, size = facts + many, size + len(line.facts)
    if group:
        yield group


def _told_apart(lines: Sequence[Line]) -> Group:
    garbage.search()
    return Group([from_json(line.facts, line.principal) for line in lines], [line.at for line in lines])


@contextmanager
def _on_the_disk_at_the_end() -> Iterator[None]:
    """Within it no transaction waits until it is on the disk: what a power cut takes of a load is loaded again. At the
    end one waits, for itself and all before it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'lianfang', 'loaded')")  # it waits only with a write
