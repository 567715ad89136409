"""The figures of cases: what the room counts, as it was known at any time, down to each case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases import queries
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, WUHUA, YUNNAN, hours, viewer

DAY = "2020-01-28"
"""The day of ``START``."""


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Who counts the province's cases from above, after some days of two counties: one case is confirmed late, and one
    that counted is removed."""
    here = Desk(monkeypatch)
    first, second = here.report(), here.report(as_class="confirmed")
    here.now = hours(9)
    here.post(f"cases/{first}/classify", {"to": "confirmed", "basis": "laboratory"})
    here.now = hours(30)
    here.post(f"cases/{second}/classify", {"to": "excluded", "basis": "expert"})
    here.who = viewer("duty_officer", YUNNAN)
    return here


def test_a_figure_is_what_the_room_counts(desk: Desk) -> None:
    for day, ends in ((DAY, hours(15)), ("2020-01-29", hours(39))):
        told = desk.get(f"areas/{YUNNAN}/indicators", day=day)
        room = queries.counts(
            desk.who, YUNNAN, disease=DISEASE, since=ends - timedelta(days=1), until=ends, as_of=ends
        ).whole
        its = {**room.stocks, **room.flows}
        for key in {"confirmed_cum", "confirmed_new", "confirmed_existing"}:
            assert told["figures"][key]["n"] == its[key], (day, key)
        kunming = next(part for part in told["parts"] if part["code"] == KUNMING)
        assert kunming["figures"]["confirmed_cum"] == its["confirmed_cum"]
        assert (
            len(kunming["spark"]["confirmed_new"]) == 14
            and kunming["spark"]["confirmed_new"][-1] == its["confirmed_new"]
        )


def test_a_replay_tells_what_was_known(desk: Desk) -> None:
    now = desk.get(f"areas/{WUHUA}/indicators/confirmed_cum/facts", day=DAY)
    assert [(one["seq"], one["n"]) for one in now["revisions"]] == [(2, 1), (3, 2)]
    for revision in now["revisions"]:
        then = desk.get(f"areas/{WUHUA}/indicators", day=DAY, known_at=revision["known_at"])
        assert then["figures"]["confirmed_cum"]["n"] == revision["n"] and then["seq"] == revision["seq"]
        room = queries.counts(
            desk.who, WUHUA, disease=DISEASE, as_of=hours(15), known_at=datetime.fromisoformat(revision["known_at"])
        )
        assert room.whole.stocks["confirmed_cum"] == revision["n"]
