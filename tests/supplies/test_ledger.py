"""The ledger under any history: quantities are conserved, and balances follow the record whatever comes when."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lianfang.app.database import Database
from lianfang.capabilities.supplies.facts import Moved
from lianfang.capabilities.supplies.facts.stock import Outside, Part, Place, StockProcess, place_of
from lianfang.capabilities.supplies.models import BalanceRow, MovementRow, UseRow
from lianfang.capabilities.supplies.state import effects
from lianfang.facts import fold, log, rebuild
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.log import Principal
from tests.daily import examples
from tests.database import empty

NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)
STORES = {UUID(int=1 << 100): "530102", UUID(int=2 << 100): "530103", UUID(int=3 << 100): "530302"}
ITEMS = (UUID(int=7), UUID(int=8))
HELD = ("shelf", "way", "out", "used", "lost")


def account(store: UUID, part: str = "shelf") -> str:
    return str(Place(store, Part(part)))


@st.composite
def movements(draw: st.DrawFn) -> Moved:
    """Any movement that a fact may tell of."""
    here, there = draw(st.permutations(list(STORES)))[:2]
    ends = draw(
        st.sampled_from(
            [
                (StockProcess.PURCHASE, "supplier", account(here, "way")),
                (StockProcess.RECEIPT, "donor", account(here)),
                (StockProcess.RECEIPT, account(here, "way"), account(here)),
                (StockProcess.TRANSFER, account(here), account(there, "way")),
                (StockProcess.ISSUE, account(here), account(here, "out")),
                (StockProcess.USE, account(here, "out"), "used"),
                (StockProcess.USE, account(here), "used"),
                (StockProcess.LOSS, account(here, "way"), "lost"),
                (StockProcess.COUNT, "lost", account(here)),
                (StockProcess.COUNT, account(here), "lost"),
            ]
        )
    )  # fmt: skip
    process, source, target = ends
    read = process is StockProcess.RECEIPT and source.endswith(".way") and draw(st.booleans())
    areas = {
        f"{side}_area": STORES[place.store] if (place := place_of(end)) else None
        for side, end in (("source", source), ("target", target))
    }
    return Moved(
        item=draw(st.sampled_from(ITEMS)), lot=draw(st.sampled_from([None, "L1"])),
        quantity=draw(st.integers(1, 10**6)), source=source, target=target, process=process, lot_read=read, **areas,
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Movements, some corrected, some taken back, some of these taken back in turn, in the order in which they come."""
    made: list[Fact] = []
    for number, data in enumerate(draw(st.lists(movements(), min_size=1, max_size=12)), 1):
        of = [_fact(number, 0, data, None)]
        for step in range(draw(st.integers(0, 2))):
            after: Moved | Retracted = Retracted(why=Why.MISTAKEN) if draw(st.booleans()) else draw(movements())
            of.append(_fact(number, step + 1, after, of[-1].id))
        made += of
    return draw(st.permutations(made))


def _fact(number: int, step: int, data: Moved | Retracted, corrects: UUID | None) -> Fact:
    moved = Fact.of(
        data, id=UUID(int=number * 100 + step), subject=UUID(int=number), area="530102",
        observed_at=NOON + timedelta(minutes=number * 10 + step), corrects=corrects,
    )  # fmt: skip
    return moved


def appended(sent: list[Fact], size: int) -> None:
    for start in range(0, len(sent), size):
        for outcome in log.append(sent[start : start + size], principal=Principal("somebody", "desk")):
            assert outcome.status == "appended", outcome


@given(movements())
def test_a_movement_takes_from_one_account_what_it_adds_to_the_other(moved: Moved) -> None:
    sums = Counter[str]()
    for effect in effects(moved):
        sums[effect.column] += effect.adds
    assert sum(sums[one] for one in HELD) == sums["bought"]


@settings(
    max_examples=examples(8),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories(), st.integers(1, 40))
def test_stock_is_conserved_in_any_order_of_arrival(database: Database, sent: list[Fact], size: int) -> None:
    empty(database)
    appended(sent, size)
    with fold.within(*fold.EVERYWHERE):
        held, moved = list(BalanceRow.objects.all()), list(MovementRow.objects.all())
        used = Counter[tuple[UUID, UUID]]()
        for row in UseRow.objects.all():
            used[row.store, row.item] += row.quantity
    expected = Counter[tuple[UUID, UUID, str, str]]()
    for row in moved:
        for one in effects(row):
            expected[one.store, row.item, one.lot, one.column] += one.adds
    found = {
        (row.store, row.item, row.lot, name): n
        for row in held
        for name in (*HELD, "bought")
        if (n := getattr(row, name))
    }
    assert found == {key: n for key, n in expected.items() if n}
    for item in ITEMS:
        rows = [row for row in held if row.item == item]
        assert sum(getattr(row, name) for row in rows for name in HELD) == sum(row.bought for row in rows)
    of_balances = Counter[tuple[UUID, UUID]]()
    for row in held:
        of_balances[row.store, row.item] += row.used
    assert +of_balances == +used
    assert all(row.movements > 0 for row in held)
    rebuild.assert_incremental_equals_refold()


def test_what_no_account_gives_to_another_is_no_movement() -> None:
    store, other, _ = STORES
    area = {"source_area": "530102", "target_area": "530102"}
    wrong = [
        {"process": "transfer", "source": account(store), "target": account(store, "way"), **area},
        {"process": "issue", "source": account(store), "target": account(other, "out"), **area},
        {"process": "use", "source": account(store, "way"), "target": "used", "source_area": "530102"},
        {"process": "purchase", "source": "supplier", "target": account(store), "target_area": "530102"},
        {"process": "receipt", "source": "donor", "target": account(store)},
        {"process": "loss", "source": "supplier", "target": "lost"},
    ]
    for fields in wrong:
        with pytest.raises(ValidationError):
            Moved(item=ITEMS[0], quantity=1, **fields)
    assert {str(one) for one in Outside} == {"supplier", "donor", "used", "lost"}
