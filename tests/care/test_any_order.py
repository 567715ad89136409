"""Whatever is told of a bed and in whatever order it comes: one patient at a time, and every server holds the same."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.care.facts import (
    BedClosed,
    BedOccupied,
    BedOccupiedOffline,
    BedOpened,
    BedReleased,
    BedReserved,
    BedType,
    LeftFor,
)
from lianfang.capabilities.care.facts.transfers import (
    NotMoved,
    TransferApproved,
    TransferCancelled,
    TransferDeclined,
    TransferDeparted,
    TransferReason,
    TransferReceived,
    TransferRequested,
)
from lianfang.capabilities.care.state.beds import bed
from lianfang.capabilities.care.state.transfers import OPEN, TransferStage, transfer
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why

BED, START = UUID(int=1), datetime(2020, 1, 28, 16, tzinfo=UTC)
"""Midnight in China."""
FOREVER = datetime.max.replace(tzinfo=UTC)
hour = st.integers(-30, 30)
stay = st.integers(1, 4).map(lambda n: UUID(int=100 + n))
whose = st.integers(1, 3).map(lambda n: UUID(int=200 + n))
told = st.one_of(
    st.builds(lambda stay, person: BedOccupied(stay=stay, person=person), stay, whose),
    st.builds(lambda stay, person: BedOccupiedOffline(stay=stay, person=person), stay, whose),
    st.builds(lambda stay, person: BedReserved(stay=stay, person=person), stay, whose),
    st.builds(lambda stay: BedReleased(stay=stay, reason=LeftFor.LEFT), stay),
    st.just(BedClosed()),
    st.builds(
        lambda h, last: BedOpened(
            hospital=UUID(int=h), ward="w", number="1", type=BedType.ICU, first=date(2020, 1, 27), last=last
        ),
        st.integers(1, 2),
        st.sampled_from([None, date(2020, 1, 29)]),
    ),
)


def fact(n: int, data: FactData, hours: int, corrects: UUID | None = None) -> Fact:
    return Fact.of(
        data, id=UUID(int=1000 + n), subject=BED, area="530102", observed_at=START + timedelta(hours=hours),
        corrects=corrects,
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    opened = BedOpened(hospital=UUID(int=1), ward="w", number="1", type=BedType.ICU, first=date(2020, 1, 26))
    facts = [fact(0, opened, -60)]
    facts += [
        fact(n, data, hours) for n, (data, hours) in enumerate(draw(st.lists(st.tuples(told, hour), max_size=12)), 1)
    ]
    taken = draw(st.lists(st.sampled_from(facts), max_size=2, unique_by=lambda one: one.id))
    return [*facts, *(fact(50 + n, Retracted(why=Why.MISTAKEN), 40, one.id) for n, one in enumerate(taken))]


@given(histories(), st.randoms(use_true_random=False))
def test_a_bed_holds_one_patient_at_a_time_whatever_the_order(facts: list[Fact], dice: Random) -> None:
    its = bed(facts)
    spans = sorted((one.since, one.left or FOREVER) for one in its.stays)
    assert all(ends <= begins for (_, ends), (begins, _) in itertools.pairwise(spans))
    assert all(one.left is None or one.since <= (one.entered or one.since) <= one.left for one in its.stays)
    assert sum(one.left is None for one in its.stays) == (its.now is not None)
    assert {one.stay for one in its.stays}.isdisjoint(clash.stay.stay for clash in its.clashes.values())
    dice.shuffle(facts)
    assert bed(facts) == its


@given(histories())
def test_nothing_that_was_told_is_lost(facts: list[Fact]) -> None:
    """Whatever begins a stay that holds is in a stay, a clash, or among the faults."""
    its = bed(facts)
    gone = {one.corrects for one in facts}
    begins = (BedOccupied, BedOccupiedOffline, BedReserved)
    stays = {one.data.stay for one in facts if isinstance(one.data, begins) and one.id not in gone}
    kept = {one.stay for one in its.stays} | {one.stay.stay for one in its.clashes.values()}
    assert stays == kept


def test_a_claim_online_counts_before_what_a_device_tells_later_though_that_was_earlier() -> None:
    opened = BedOpened(hospital=UUID(int=1), ward="w", number="1", type=BedType.ICU, first=date(2020, 1, 26))
    online, offline = UUID(int=101), UUID(int=102)
    facts = [
        fact(0, opened, -60),
        fact(1, BedOccupiedOffline(stay=offline, person=UUID(int=202)), -2),
        fact(2, BedOccupied(stay=online, person=UUID(int=201)), 0),
    ]
    its = bed(facts)
    assert [one.stay for one in its.stays] == [online]
    assert [(one.stay.stay, one.against) for one in its.clashes.values()] == [(offline, online)]
    facts.append(fact(3, BedReleased(stay=offline, reason=LeftFor.LEFT), -1))
    assert [one.stay for one in bed(facts).stays] == [offline, online]


steps = st.sampled_from(
    [
        TransferRequested(
            person=UUID(int=1), case=None, bed=BED, stay=UUID(int=101), hospital=UUID(int=1), to_hospital=UUID(int=2),
            to_area="530302", type=BedType.ICU, severe=True, reason=TransferReason.SEVERE,
        ),
        TransferApproved(bed=UUID(int=2), stay=UUID(int=103)),
        TransferDeclined(reason=NotMoved.NO_BED),
        TransferDeparted(),
        TransferReceived(),
        TransferCancelled(reason=NotMoved.NOT_NEEDED),
    ]
)  # fmt: skip


@given(st.lists(st.tuples(steps, hour), max_size=10), st.randoms(use_true_random=False))
def test_a_transfer_goes_through_its_stages_in_turn_and_ends_once(
    told: list[tuple[FactData, int]], dice: Random
) -> None:  # fmt: skip
    facts = [fact(n, data, hours) for n, (data, hours) in enumerate(told)]
    its = transfer(facts)
    times = [its.at[stage] for stage in TransferStage if stage in its.at]
    assert times == sorted(times)
    assert len(set(its.at) - OPEN) <= 1
    assert (TransferStage.RECEIVED not in its.at) or (its.bed is not None and TransferStage.DEPARTED in its.at)
    dice.shuffle(facts)
    assert transfer(facts) == its
