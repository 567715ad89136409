"""The whole story of a gate replayed in any order of arrival gives the same registers."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.app.database import Database
from lianfang.capabilities.gates import facts as kinds
from lianfang.facts import fold, log, rebuild
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from tests.ahead import Held, append_made_ahead
from tests.daily import examples
from tests.database import empty
from tests.gates.made import NOW, STAFF, WUHUA

POST, FEVERISH, WELL, CAR, NOTICE, VISIT, SEAT = (UUID(int=n) for n in range(1, 8))
TABLES = (
    "post", "department", "shift", "count", "treatment", "encounter", "vehicle", "notice", "inspection",
)  # fmt: skip


def story() -> list[Fact]:
    """Facts of every kind: legal ones, ones that contradict, corrections and retractions."""
    made: list[Fact] = []

    def add(subject: UUID, minute: int, data: FactData, corrects: int | None = None) -> None:
        id, at = UUID(int=1000 + len(made)), NOW + timedelta(minutes=minute)
        target = made[corrects].id if corrects is not None else None
        made.append(Fact.of(data, id=id, subject=subject, area=WUHUA, observed_at=at, corrects=target))

    opened = kinds.PostOpened(name="卡点", kind_of="point", place_type="road_gate", town=WUHUA, lead="街道办")
    span: dict[str, Any] = {"begins": NOW, "ends": NOW + timedelta(hours=8)}
    held = kinds.Held(
        reason="judgement", edition="2020-01", basis="infectious_disease", approver="staff", start=NOW,
        end=NOW + timedelta(hours=12),
    )  # fmt: skip
    finding = kinds.Finding(item="unstaffed")
    inspected = kinds.Inspected(post=POST, mode="phone", checked_in=False, findings=(finding,))
    add(POST, 0, opened)
    add(POST, 90, kinds.PostClosed())
    add(POST, 91, kinds.PostClosed())
    add(POST, 92, Retracted(why=Why.MISTAKEN), 1)
    add(POST, 1, kinds.ShiftPlanned(**span, staff=("a",)))
    add(POST, 2, kinds.ShiftPlanned(**span, staff=("a", "b")), 4)
    add(POST, 3, kinds.Counted(**span, passed=5, checked=5))
    add(POST, 4, kinds.Treated(measure="ventilation", room="all", minutes=5, operator="a"))
    add(POST, 5, Retracted(why=Why.MISTAKEN), 7)
    add(POST, 6, kinds.Treated(measure="disinfection", room="all", minutes=5, operator="a", agent="chlorine"))
    add(SEAT, 0, kinds.DepartmentSeated(account="a", department="railway"))
    add(SEAT, 1, kinds.DepartmentSeated(account="a", department="customs"))
    add(CAR, 1, kinds.VehicleStopped(post=POST, vehicle_type="car", occupants=1))
    add(CAR, 3, kinds.VehiclePassed())
    add(CAR, 4, kinds.VehiclePassed())
    add(FEVERISH, 2, kinds.Screened(post=POST, vehicle=CAR, temp_c=38.4))
    add(FEVERISH, 3, kinds.Screened(post=POST, vehicle=CAR, temp_c=36.4), 15)
    add(FEVERISH, 4, kinds.HoldTakenUp())
    add(FEVERISH, 5, kinds.Transferred(to="clinic"))
    add(FEVERISH, 6, kinds.HoldEnded(outcome="not_suspected"))
    add(FEVERISH, 7, kinds.HoldTakenUp())
    add(WELL, 2, kinds.Screened(post=POST, temp_c=36.4, notice=kinds.Notice(version="v", language="en")))
    add(WELL, 1, kinds.Transferred(to="clinic"))
    add(WELL, 4, held)
    add(WELL, 5, Retracted(why=Why.MISTAKEN), 23)
    add(NOTICE, 0, kinds.NoticeSent(post=POST, group=UUID(int=9), title="测温", text="逢人必测"))
    add(NOTICE, 2, kinds.NoticeReceived(step="acted"))
    add(NOTICE, 1, kinds.NoticeReceived(step="delivered"))
    add(NOTICE, 3, kinds.NoticeReceived(step="read"))
    add(VISIT, 0, inspected)
    add(VISIT, 1, kinds.Rechecked(item="unstaffed", rectified=True))
    add(VISIT, 2, kinds.Rectified(item="unstaffed"))
    add(VISIT, 3, kinds.Rechecked(item="unstaffed", rectified=False))
    add(VISIT, 4, kinds.Rectified(item="unstaffed"))
    return made


def contents() -> dict[str, Counter[str]]:
    """The rows of gates' registers."""
    with fold.within(*fold.EVERYWHERE):
        return {
            table: rows
            for register in fold.registers()
            if register.name.startswith("gates.")
            for table, rows in rebuild.contents_of(register).items()
        }


def appended(database: Database, sent: list[Fact], size: int) -> dict[str, Counter[str]]:
    empty(database)
    for start in range(0, len(sent), size):
        for outcome in log.append(sent[start : start + size], principal=STAFF.principal):
            assert outcome.status == "appended", outcome
    return contents()


@pytest.fixture
def expected(database: Database) -> dict[str, Counter[str]]:
    """What the story comes to as it is written, all at once: what a refold gives."""
    found = appended(database, story(), 1_000)
    rebuild.assert_incremental_equals_refold()
    assert all(found[f"gates_{table}"] for table in TABLES)
    return found


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(story()), st.integers(1, 12))
def test_any_order_of_arrival_gives_the_same_registers(
    database: Database, expected: dict[str, Counter[str]], sent: list[Fact], size: int
) -> None:
    assert appended(database, list(sent), size) == expected


@pytest.mark.parametrize("size", [1, 3])
def test_what_is_made_ahead_changes_no_register(database: Database, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    told, held = story(), Held(monkeypatch)
    met = kinds.Screened(post=POST, temp_c=36.4)
    for n in range(2_000, 2_004):
        told.append(Fact.of(met, id=UUID(int=n), subject=UUID(int=n), area=WUHUA, observed_at=NOW))
    expected = appended(database, told, 1_000)
    for some in (told, sorted(told, key=lambda fact: not isinstance(fact.data, kinds.Screened))):
        empty(database)
        assert {one.status for one in append_made_ahead(some, size, STAFF.principal)} == {"appended"}
        assert contents() == expected
    assert held.times


def test_a_hold_that_was_taken_back_is_none_and_one_that_was_corrected_stands(database: Database) -> None:
    appended(database, story(), 1_000)
    from lianfang.capabilities.gates.models import EncounterRow

    with fold.within(*fold.EVERYWHERE):
        held = dict(EncounterRow.objects.values_list("subject", "hold_reason"))
    assert held == {FEVERISH: "temperature", WELL: None}
