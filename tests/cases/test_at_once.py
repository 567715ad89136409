"""Two at once: one illness is one case, and one decision follows another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from lianfang.accounts.refused import Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.facts import Class
from lianfang.identity import service as vault
from tests import law
from tests.cases.made import DISEASE, QILIN, START, WUHUA, entered, hours, reported, viewer


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What comes of acts that begin together, each on a connection of its own."""
    begin = Barrier(len(acts), timeout=120)

    def run(act: Callable[[], Any]) -> str:
        begin.wait()
        try:
            act()
            return "done"
        except service.OpenAlready:
            return "open"
        except Refused as error:
            return error.wrong[0].reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


def test_two_districts_never_report_one_illness_twice(database: Database) -> None:
    everywhere = viewer("epidemiologist", "530000")
    for _ in range(4):
        person = entered(WUHUA, everywhere)
        held = {"area": QILIN, "data_class": "suspected", "basis": "cyberspace_notice"}
        vault.hold(everywhere, person, held, now=START)
        cards = [service.Card(person, DISEASE, Class.SUSPECTED, area, START) for area in (WUHUA, QILIN)]
        acts = [lambda card=card: service.report(viewer(area=card.area), card, now=START) for card in cards]
        assert at_once(*acts) == ["done", "open"]
    law.acted()
    assert queries.counts(everywhere, "530000", disease=DISEASE).whole.stocks["suspected"] == 4


def test_of_two_decisions_at_once_the_second_is_held_against_the_first(database: Database) -> None:
    for _ in range(4):
        case = reported()

        def decide(to: str, case: Any = case) -> Callable[[], Any]:
            fields = {"to": to, "basis": "expert"}
            return lambda: service.record(viewer(), case, kinds.Classified, fields, at=hours(2), now=hours(2))

        told = at_once(decide("confirmed"), decide("confirmed"))
        assert told == ["already", "done"]
    law.acted()
