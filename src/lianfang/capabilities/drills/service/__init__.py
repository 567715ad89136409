"""A drill written to files, on all processors: each part by itself, since what happens hangs on no order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from shutil import copyfileobj
from typing import Final, NamedTuple

from lianfang.capabilities.drills.rules import files, people, rounds, truth
from lianfang.capabilities.drills.rules.days import Days
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.world import World
from lianfang.epi.simulate.outbreak import Outbreak
from lianfang.epi.simulate.population import Population

BUFFER: Final = 4 * 1024 * 1024
_PARTS: Final = "truth"


class _Written(NamedTuple):
    """A file: its name in the folder, how many facts or people it has, its SHA-256."""

    name: str
    facts: int
    digest: str


_Job = Callable[[Days], _Written]


def write(
    folder: Path, drill: Drill, population: Population, outbreak: Outbreak, *, processes: int | None = None
) -> None:
    """Writes every file of a drill into ``folder``, which exists; ``drill.json`` last, so that a folder with it is
    whole. The same drill gives the same bytes on any number of processes. Raises OSError."""
    days = Days.of(World.of(drill, population, outbreak))
    for name in (files.FACTS, _PARTS):
        (folder / name).mkdir(exist_ok=True)
    jobs: list[_Job] = [partial(_people, folder), *(partial(_day, folder, day) for day in range(drill.days))]
    parts = rounds.count(drill) + 1
    jobs += [partial(_truth, folder, part) for part in range(parts)]
    written = _done(days, jobs, processes or os.cpu_count() or 1)
    digests = {one.name: one.digest for one in written if not one.name.startswith(f"{_PARTS}/")}
    digests[files.TRUTH] = _together(folder, [folder / _PARTS / f"{part}" for part in range(parts)])
    facts = sum(one.facts for one in written if one.name.startswith(f"{files.FACTS}/"))
    known = next(one.facts for one in written if one.name == files.PEOPLE)
    head = files.head(
        drill,
        version("lianfang"),
        days.accounts(),
        {"people": known, "facts": facts},
        dict(sorted(digests.items())),
    )
    (folder / files.HEAD).write_bytes(head)


def _done(days: Days, jobs: Sequence[_Job], processes: int) -> list[_Written]:
    """What the jobs wrote. Children are forked, so that what they are written from is there without being sent."""
    if processes == 1:
        return [job(days) for job in jobs]
    _shared.append(days)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_forked, jobs, chunksize=1)
    finally:
        _shared.clear()


_shared: list[Days] = []
"""The drill that is being written, for the children."""


def _forked(job: _Job) -> _Written:
    return job(_shared[0])


def _people(folder: Path, days: Days) -> _Written:
    world = days.world
    lines = people.lines(world.drill, world.population, world.homes, world.people)
    return _write(folder, files.PEOPLE, ((1, line.encode()) for line in lines))


def _day(folder: Path, day: int, days: Days) -> _Written:
    batches = files.lines(days.world.drill, days.told(day))
    return _write(folder, files.day_file(day), ((many, line.encode()) for many, line in batches))


def _truth(folder: Path, part: int, days: Days) -> _Written:
    lines = truth.of_round(days, part) if part else truth.of_desks(days)
    return _write(folder, f"{_PARTS}/{part}", ((1, line) for line in lines))


def _write(folder: Path, name: str, lines: Iterator[tuple[int, bytes]]) -> _Written:
    """Lines with what each counts for, into a file."""
    count, digest = 0, sha256()
    with open(folder / name, "wb", BUFFER) as file:
        for many, line in lines:
            count += many
            digest.update(line)
            file.write(line)
    return _Written(name, count, digest.hexdigest())


def _together(folder: Path, parts: Sequence[Path]) -> str:
    """Puts the parts of the truth one behind the other; the SHA-256 of the whole."""
    with open(folder / files.TRUTH, "wb") as whole:
        for part in parts:
            with open(part, "rb") as file:
                copyfileobj(file, whole, BUFFER)
            part.unlink()
    (folder / _PARTS).rmdir()
    with open(folder / files.TRUTH, "rb") as file:
        digest = sha256()
        while read := file.read(BUFFER):
            digest.update(read)
    return digest.hexdigest()
