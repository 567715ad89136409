"""A drill at live speed: its clock, its player, and going on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lianfang.accounts import drills
from lianfang.accounts.drills import Drill
from lianfang.app.database import Database
from lianfang.app.drill import files, load, play, space
from lianfang.app.drill.space import Space
from lianfang.facts import clock, log, salts
from lianfang.identity import documents
from tests.database import empty
from tests.drills import made_by_hand


class Machine:
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self, _: object = None) -> datetime:
        return self.time


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stood = Machine()
    for name in ("_ahead", "_since", "_fast", "_pace"):
        monkeypatch.setattr(clock, name, getattr(clock, name))
    for module in (clock, drills):
        monkeypatch.setattr(module, "datetime", type("Clock", (datetime,), {"now": staticmethod(stood.now)}))
    return stood


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Space]:
    made = space.make(tmp_path, "by-hand")
    files.copy(made_by_hand.write(tmp_path / "made"), made.files)
    monkeypatch.setenv(drills.SPACE, str(made.home))
    salts.derive(made.drill().salts)
    documents.take_made(True)
    yield made
    salts.derive(None)
    documents.take_made(False)


def test_a_day_passes_in_minutes_until_the_end(machine: Machine, here: Space) -> None:
    drill = here.drill()
    drills.go_live(drill, drill.begins, 4)
    assert (clock.now(), clock.pace()) == (drill.begins, 360)
    machine.time += timedelta(minutes=4)
    assert clock.now() == drill.begins + timedelta(days=1)
    machine.time += timedelta(minutes=4 * (drill.days - 1))
    assert clock.now() == drill.ends
    machine.time += timedelta(minutes=10)
    assert clock.now() == drill.ends + timedelta(minutes=10)


def test_every_process_of_a_live_drill_tells_the_same_time(machine: Machine, here: Space) -> None:
    drill = here.drill()
    drills.go_live(drill, drill.begins, 4)
    machine.time += timedelta(minutes=3)
    told = clock.now()
    clock.stand_at(datetime(2000, 1, 1, tzinfo=UTC))
    drills._kept = None  # as in another process
    drills.keep_time(drill)
    assert clock.now() == told


def test_a_drill_that_is_over_stands_on_the_morning_after(machine: Machine, here: Space) -> None:
    drill = here.drill()
    drills.keep_time(drill)
    assert (clock.now(), clock.pace()) == (drill.ends, 1)
    assert (drill.day(drill.begins), drill.day(drill.ends), drill.day(drill.ends + timedelta(days=9))) == (1, 7, 7)


def waiting(machine: Machine, drill: Drill, stop: datetime | None = None) -> list[datetime]:
    """Plays with a clock that comes to each batch, until ``stop``; the times at which something was awaited."""
    awaited: list[datetime] = []

    def wait(at: datetime) -> None:
        if stop and at > stop:
            raise InterruptedError
        awaited.append(at)
        if (ahead := at - clock.now()) > timedelta():
            machine.time += ahead / clock.pace()

    try:
        play.play(wait)
    except InterruptedError:
        assert stop
    return awaited


def test_what_is_played_is_what_is_loaded_and_nothing_comes_before_its_time(
    database: Database, machine: Machine, here: Space
) -> None:
    load.load(here, database)
    whole = log.head()
    empty(database)
    here.note(head=None)
    drill = here.drill()
    drills.go_live(drill, drill.begins, 5)
    stopped = drill.begins + timedelta(days=3)
    first = waiting(machine, drill, stopped)
    assert first == sorted(first) and max(first) <= stopped
    assert not space.here().loaded and max(one.received_at for one in log.read()) <= stopped
    second = waiting(machine, drill)
    assert min(second) > max(first) and space.here().loaded
    assert log.head() == whole
