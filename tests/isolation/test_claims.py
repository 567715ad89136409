"""Scarce places: two clerks at once never overfill a station, nor give one person two orders."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connections

from lianfang.accounts.refused import Refused
from lianfang.capabilities.isolation.queries import stations
from lianfang.capabilities.isolation.service import orders
from tests import law
from tests.isolation.made import KEEPER, NOW, OFFICER, Clock, Desk, a_person, a_station, an_order


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What comes of acts that begin together, each on a connection of its own."""
    begin, told = threading.Barrier(len(acts), timeout=120), [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        begin.wait()
        try:
            act()
            told[number] = "done"
        except Refused as error:
            told[number] = error.wrong[0].reason
        except Exception as error:
            told[number] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def giving(viewer: Any, body: dict[str, Any]) -> Callable[[], Any]:
    fields = {name: value for name, value in body.items() if name not in ("person", "area")}
    return lambda: orders.give(viewer, body["person"], body["area"], dict(fields), now=NOW)


def test_two_clerks_never_overfill_a_station(desk: Desk, at: Clock) -> None:
    for _ in range(5):
        station = UUID(a_station(desk, capacity=1))
        bodies = [an_order(a_person(), station=station) for _ in range(4)]
        told = at_once(*(giving(who, body) for who, body in zip([KEEPER, OFFICER] * 2, bodies, strict=True)))
        assert told == ["done", "full", "full", "full"]
        assert stations.occupancy(KEEPER, [station], NOW)[station].held == 1
    law.acted()


def test_two_clerks_never_give_one_person_two_orders(desk: Desk, at: Clock) -> None:
    for _ in range(5):
        person = a_person()
        bodies = [an_order(person) for _ in range(2)]
        assert at_once(*(giving(KEEPER, body) for body in bodies)) == ["done", "under_order"]
    law.acted()


def test_moves_in_opposite_directions_do_not_wait_for_each_other(desk: Desk, at: Clock) -> None:
    first, second = UUID(a_station(desk, capacity=2)), UUID(a_station(desk, capacity=2))
    moves = []
    for here, there in ((first, second), (second, first)):
        order = desk.done("/isolation/orders", an_order(a_person(), station=here))["order"]
        fields = {"mode": "central", "station": there, "reason": "transfer"}
        moves.append(lambda order=order, fields=fields: orders.change_mode(KEEPER, UUID(order), fields, now=NOW))
    assert at_once(*moves) == ["done", "done"]
    held = stations.occupancy(KEEPER, [first, second], NOW)
    assert (held[first].held, held[second].held) == (1, 1)
