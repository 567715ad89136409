"""The page of coverage: of a sub-district from its households and visits, of a province from the sums that are kept.

A sub-district of 10,000 households in 100 grids of 100 workers, half of them visited; a province of 16 million
households in 80,000 grids of 16,000 communities, of which the sums alone are filled in. The limit is PostgreSQL reading
or adding up the same rows, in the same run.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import orjson
import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

TOWN, HOUSEHOLDS, GRIDS = "530102001", 10_000, 100
PROVINCE, WHOLE, COMMUNITIES, GRIDS_EACH = "530000", 16_000_000, 16_000, 5
FORMS, TIMES = 200, 5
NOW = datetime(2020, 2, 10, 6, tzinfo=UTC)
FAR = UUID(int=2)
_NAMES = UUID("1d7c2a55-7a0c-5a3b-8c7e-2f1f0e9d4b21")


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks._append.settings"
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        current.prepare()
        import django

        django.setup()
        import_module("lianfang.app.rsgi")  # memory is looked after as where it is served
        databases.migrate(database)
        return [*_town(database), *_province(database)]
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _town(database: Database) -> list[dict[str, Any]]:
    """By facts, through the register: what is read is what appending has left."""
    from lianfang.access.viewer import Viewer
    from lianfang.capabilities.screening.queries.coverage import coverage
    from lianfang.capabilities.screening.queries.households import HouseholdState, Wanted, listed
    from lianfang.facts import log

    append(register())
    forms = list(visits(range(0, HOUSEHOLDS // 2)))
    append(forms)
    officer = Viewer("officer-1", "desk", "county_duty_officer", "530102", "530102", "530102\U0010ffff")
    worker = log.Principal("worker-1", "phone-1")
    told = coverage(officer, TOWN, round_of())
    assert (told.whole.registered, told.whole.done, len(told.grids)) == (HOUSEHOLDS, HOUSEHOLDS // 2, GRIDS), told.whole
    limit, _ = _median(lambda: _rows(database, "screening_household", "screening_outcome"))
    wanted = Wanted(TOWN, round=round_of(), state=HouseholdState.MISSING)
    found = [
        _row(
            f"coverage of a sub-district, {HOUSEHOLDS:,} households, {GRIDS} workers",
            _median(lambda: coverage(officer, TOWN, round_of())), limit, "reading its households", 1.0,
        ),
        _row(
            f"the first page of the {HOUSEHOLDS // 2:,} who are missing",
            _median(lambda: listed(officer, wanted)), limit, "reading its households", 1.0,
        ),
    ]  # fmt: skip
    offline = list(visits(range(HOUSEHOLDS // 2, HOUSEHOLDS // 2 + FORMS)))
    began, worked = time.perf_counter(), time.process_time()
    for start in range(0, FORMS, 50):
        log.append(offline[start : start + 50], principal=worker)
    took = time.perf_counter() - began, time.process_time() - worked
    found.append(_row(f"{FORMS} offline forms taken in, batches of 50", took, limit, "reading its households", 5.0))
    return found


def _province(database: Database) -> list[dict[str, Any]]:
    """From the sums: no household of it is there."""
    from lianfang.access.viewer import Viewer
    from lianfang.capabilities.screening.queries.coverage import coverage

    with psycopg.connect(database.owner_url) as owner:
        each = WHOLE // (COMMUNITIES * GRIDS_EACH)
        places = list(_places())
        _copy(owner, "screening_grid", (_grid(grid, area, f"g{n}", f"w{n % 997}") for n, (grid, area) in places))
        _copy(
            owner, "screening_size",
            ({"grid": grid, "area": area, "households": each, "members": 3 * each} for _, (grid, area) in places),
        )  # fmt: skip
        _copy(owner, "screening_cube", (_cube(grid, area, each) for _, (grid, area) in places))
        _copy(owner, "screening_round", [_round(FAR, PROVINCE)])
        owner.execute("ANALYZE screening_grid, screening_size, screening_cube")
    duty = Viewer("duty-1", "desk", "duty_officer", PROVINCE, "53", "53\U0010ffff")
    told = coverage(duty, PROVINCE, FAR)
    assert told.whole.registered == WHOLE + HOUSEHOLDS and len(told.parts) >= 16, told.whole
    query = "SELECT substr(area, 1, 4), sum(visited), sum(done), sum(due), sum(seen) FROM screening_cube GROUP BY 1"
    limit, _ = _median(lambda: _asked(database, query))
    took = _median(lambda: coverage(duty, PROVINCE, FAR))
    return [_row(f"coverage of a province, {WHOLE:,} households", took, limit, "adding up the same rows", 0.3)]


def _row(claim: str, took: tuple[float, float], limit: float, what: str, target: float) -> dict[str, Any]:
    seconds, busy = took
    return {
        "claim": claim,
        "ours": f"{seconds:.3f} s ({busy:.3f} s of the processor)",
        "peer": f"PostgreSQL {what} {limit:.3f} s",
        "ratio": limit / seconds,
        "target": f"≤ {target:g} s",
        "met": seconds <= target,
    }


def _median(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and those that this process was at work."""
    act()
    times, busy = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        act()
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    return statistics.median(times), statistics.median(busy)


def _rows(database: Database, *tables: str) -> None:
    for table in tables:
        _asked(database, f"SELECT * FROM {table}")


def _asked(database: Database, query: str) -> None:
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(query).fetchall()


def append(facts: Iterable[Any]) -> None:
    from lianfang.facts import log

    told = list(facts)
    for start in range(0, len(told), 1_000):
        log.append(told[start : start + 1_000], principal=log.Principal("officer-1", "desk"))


def _fact(data: Any, subject: UUID, area: str, minutes: float) -> Any:
    from lianfang.facts import log
    from lianfang.facts.fact import Fact

    at = NOW - timedelta(days=1) + timedelta(minutes=minutes)
    return Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=at)


def register() -> Iterator[Any]:
    from lianfang.capabilities.screening import facts as kinds

    for n in range(GRIDS):
        area = f"{TOWN}{n % 10:03}"
        yield _fact(kinds.GridRegistered(community=area, name=f"g{n}"), _grid_of(n), area, 0)
        begins = NOW - timedelta(days=1)
        yield _fact(kinds.GridAssigned(to=f"worker-{n}", begins=begins), _grid_of(n), area, 1)
    yield _fact(kinds.RoundOpened(number=1, due=NOW + timedelta(days=1)), round_of(), TOWN, 3)
    for n in range(HOUSEHOLDS):
        area = f"{TOWN}{n % 10:03}"
        home = kinds.HouseholdRegistered(community=area, grid=_grid_of(n % GRIDS), building="1栋", door=str(n))
        yield _fact(home, _home(n), area, 2)
        for person in range(3):
            yield _fact(kinds.MemberJoined(person=_id("person", 3 * n + person)), _home(n), area, 2)


def visits(numbers: Iterable[int]) -> Iterator[Any]:
    from lianfang.capabilities.screening import facts as kinds

    for n in numbers:
        seen = tuple(kinds.Seen(person=_id("person", 3 * n + one), result="well", temp_c=36.5) for one in range(3))
        data = kinds.Visited(
            round=round_of(), outcome="met", members=seen, outsiders=0, evidence="qr", minutes=1.5, form=1
        )
        yield _fact(data, _home(n), f"{TOWN}{n % 10:03}", 10 + n / 100)


def _places() -> Iterator[tuple[int, tuple[UUID, str]]]:
    """Grids of communities spread over the counties of the province."""
    from lianfang.places.gazetteer import Gazetteer

    its = Gazetteer.load()
    counties = [county.code for one in its.children(PROVINCE) for county in its.children(one.code)]
    for n in range(COMMUNITIES * GRIDS_EACH):
        community = n // GRIDS_EACH
        county = counties[community % len(counties)]
        number = community // len(counties)
        yield n, (_id("far", n), f"{county}{900 + number // 100:03}{number % 100:03}")


def _grid(id: UUID, area: str, name: str, holder: str) -> dict[str, Any]:
    return {
        "subject": id, "area": area, "author": "a", "name": name, "site": "community",
        "registered_at": NOW - timedelta(days=9), "holder": holder, "teams": [], "batch": None, "faults": [],
        "disputed": False,
    }  # fmt: skip


def _cube(grid: UUID, area: str, each: int) -> dict[str, Any]:
    done = each // 2
    return {
        "round": FAR, "grid": grid, "area": area, "visited": done, "done": done, "not_met": 0, "refused": 0,
        "vacant": 0, "due": 3 * done, "seen": 3 * done, "away": 0, "left": 0, "excused": 0, "unwell": 0,
        "person_times": 3 * done, "visits": done, "without_evidence": 0,
    }  # fmt: skip


def _round(id: UUID, area: str) -> dict[str, Any]:
    return {
        "subject": id, "area": area, "author": "a", "number": 1, "opened_at": NOW, "due": NOW + timedelta(days=3),
        "closed_at": None, "closed": None, "faults": [], "disputed": False,
    }  # fmt: skip


def _copy(owner: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
    told = iter(rows)
    first = next(told)
    columns = ", ".join(f'"{name}"' for name in first)
    with owner.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in (first, *told):
            copy.write_row([orjson.dumps(v).decode() if isinstance(v, (list, dict)) else v for v in row.values()])


def _grid_of(n: int) -> UUID:
    from lianfang.capabilities.screening.facts import grid_id

    return grid_id(f"{TOWN}{n % 10:03}", f"g{n}")


def _home(n: int) -> UUID:
    from lianfang.capabilities.screening.facts import household_id

    return household_id(f"{TOWN}{n % 10:03}", "1栋", None, str(n))


def round_of() -> UUID:
    from lianfang.capabilities.screening.facts import round_id

    return round_id(TOWN, 1)


def _id(what: str, n: int) -> UUID:
    return uuid5(_NAMES, f"{what}|{n}")
