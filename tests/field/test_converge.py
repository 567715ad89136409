"""A week of a bad network, a hundred times with ``--long`` and thirty by day: every server ends with the same facts and
the same registers."""

from __future__ import annotations

import random

import pytest

from tests.daily import day, examples
from tests.field.fleet import Fleet, folded

SEEDS = 100


@pytest.mark.parametrize("tens", range(SEEDS // 10))
def test_all_sites_end_with_the_same_facts_and_registers(tens: int) -> None:
    """20 phones, clocks up to two hours off, three servers; three in ten messages lost, doubled or late; crashes."""
    for seed in random.Random(f"{day()} {tens}").sample(range(10 * tens, 10 * tens + 10), examples(10)):
        fleet = Fleet(seed)
        offices = set(fleet.sites[0].held)
        fleet.run()
        first, *others = fleet.sites
        assert [phone.outbox for phone in fleet.phones] == [{}] * len(fleet.phones), seed
        assert len(fleet.saved) > 300, seed
        assert set(first.held) == set(fleet.saved) | offices, f"seed {seed}: lost or made up"
        registers = first.registers()
        for site in others:
            assert site.order != first.order, "the servers were to learn in different orders"
            assert site.bodies == first.bodies, seed
            assert site.registers() == registers, seed
        shuffled = [first.held[id] for id in first.order]
        random.Random(seed).shuffle(shuffled)
        assert folded(shuffled) == registers, seed


def test_the_simulation_would_notice_a_loss() -> None:
    """Against itself: a phone that forgets when it has sent, not when it is answered, loses facts."""
    fleet = Fleet(1)
    meet = fleet._meet

    def forgetful(phone: object) -> None:
        meet(phone)  # type: ignore[arg-type]  # a phone
        phone.outbox.clear()  # type: ignore[attr-defined]

    fleet._meet = forgetful  # type: ignore[method-assign, assignment]
    fleet.run()
    assert set(fleet.saved) - set(fleet.sites[0].held)
