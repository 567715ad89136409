"""A drill's trainer: who that is, the clock, cases that are added, and the truth, sealed until it is opened."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client, override_settings

from lianfang.accounts import drills
from lianfang.app.database import Database
from lianfang.app.drill import files, load, reviewing, space
from lianfang.app.drill.space import Space
from lianfang.capabilities.drills.service import training
from lianfang.facts import clock, log, salts
from lianfang.identity import documents
from tests.access.made import signed_in, viewer
from tests.drills import made_by_hand

API = "/api/v1/"
KEY = str(uuid4())


@pytest.fixture
def here(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Space]:
    """A drill whose first three days are in the record; this process is its server's."""
    for name in ("_ahead", "_since", "_fast", "_pace"):
        monkeypatch.setattr(clock, name, getattr(clock, name))
    made = space.make(tmp_path, "by-hand", trainer=KEY)
    files.copy(made_by_hand.write(tmp_path / "made"), made.files)
    monkeypatch.setenv(drills.SPACE, str(made.home))
    drill = made.drill()
    salts.derive(drill.salts)
    documents.take_made(True)
    load.load(made, database, until=drill.begins + timedelta(days=3))
    drills.go_live(drill, drill.begins + timedelta(days=3), 5)
    with override_settings(DEMO=True, DRILL=drill):
        yield made
    salts.derive(None)
    documents.take_made(False)


def wait_until(there: Callable[[], bool]) -> None:
    for _ in range(600):
        if there():
            return
        time.sleep(0.1)
    pytest.fail("it did not come")


class Browser:
    """A browser at the drill, as the trainer's where it has the key."""

    def __init__(self, *, key: str | None = KEY) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})
        if key:
            self.worn = self.post("session/appointment", id=key)

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"{API}{path}", orjson.dumps(body), content_type="application/json")

    def get(self, path: str) -> Any:
        return self.client.get(f"{API}{path}")


def test_only_who_has_the_key_is_the_trainer(here: Space) -> None:
    anybody = Browser(key=None)
    state = anybody.get("session").json()
    assert "trainer" not in {hat["role"] for hat in state["appointments"]}
    for hat in state["appointments"]:
        anybody.post("session/appointment", id=hat["id"])
        for path in ("drill", "drill/review", "drill/review/differences"):
            assert anybody.get(path).status_code == 403, (hat["role"], path)
    assert anybody.post("session/appointment", id=str(uuid4())).status_code == 404
    trainer = Browser()
    assert trainer.worn.json()["role"] == "trainer" and trainer.get("drill").status_code == 200
    other = next(hat["id"] for hat in state["appointments"])
    assert trainer.post("session/appointment", id=other).json()["role"] != "trainer"
    assert trainer.post("session/appointment", id=KEY).json()["role"] == "trainer"


def test_where_nothing_is_a_drill_there_is_nothing_to_direct(here: Space) -> None:
    with override_settings(DRILL=None), signed_in(viewer("trainer")):
        assert Browser(key=None).get("drill").status_code == 404


def test_the_clock_pauses_goes_on_faster_and_is_set_to_the_next_morning(here: Space) -> None:
    trainer, drill = Browser(), here.drill()
    board = trainer.get("drill").json()
    assert (board["state"], board["day_minutes"], board["day"], board["days"]) == ("playing", 5, 4, 7)
    paused = trainer.post("drill/clock", act="pause").json()
    stood = clock.now()
    assert paused["state"] == "paused" and clock.pace() == 0 and clock.now() == stood
    on = trainer.post("drill/clock", act="next_day").json()
    assert on["state"] == "paused" and clock.now() == drill.begins + timedelta(days=4)
    fast = trainer.post("drill/clock", act="go", day_minutes=2).json()
    assert (fast["state"], fast["day_minutes"]) == ("playing", 2) and clock.pace() == 720
    drills._kept = None  # another process tells the same
    drills.keep_time(drill)
    assert clock.pace() == 720
    wrong = trainer.post("drill/clock", act="go", day_minutes=0).json()
    assert wrong["errors"][0]["loc"] == ["day_minutes"] and "here 0" in wrong["detail"]
    for _ in range(4):
        last = trainer.post("drill/clock", act="next_day")
    assert last.status_code == 409 and "over" in last.json()["detail"]


def test_what_the_trainer_adds_is_received_now_and_told(here: Space) -> None:
    trainer = Browser()
    trainer.post("drill/clock", act="pause")
    before = log.head().seq
    board = trainer.post("drill/injects", area="530103", cases=3, onset="2020-01-25").json()
    assert [(one["area"], one["cases"], one["onset"]) for one in board["injects"]] == [("530103", 3, "2020-01-25")]
    added = list(log.read(before))
    assert len(added) == 3 and {(one.fact.area, one.fact.device) for one in added} == {("530103", "drill-trainer")}
    assert {one.received_at for one in added} == {clock.now()}
    early = here.drill().begins + timedelta(days=3, hours=-7)  # an hour after midnight: still yesterday elsewhere
    drills.go_live(here.drill(), max(early, clock.now()), 5, paused=True)
    again = trainer.post("drill/injects", area="530103", cases=1).json()["injects"][-1]
    assert again["onset"] == (clock.now().astimezone(drills.ZONE).date() - timedelta(days=1)).isoformat()


REFUSED = (
    ({"area": "110101"}, "area", "outside of 530100"),
    ({"area": "530199"}, "area", "no area's code"),
    ({"cases": 0}, "cases", "from 1 to 200, here 0"),
    ({"onset": "2020-02-20"}, "onset", "here 2020-02-20"),
    ({"onset": "1900-01-01"}, "onset", "here 1900-01-01"),
)


def test_an_inject_that_cannot_be_is_refused(here: Space) -> None:
    trainer, before = Browser(), log.head()
    for change, field, said in REFUSED:
        refused = trainer.post("drill/injects", **{"area": "530103", "cases": 1, **change})
        (wrong,) = refused.json()["errors"]
        assert refused.status_code == 422 and wrong["loc"] == [field] and said in wrong["msg"]
    assert log.head() == before and "injects" not in drills.mark(here.home)


def test_the_truth_is_sealed_until_the_trainer_opens_it_and_that_is_on_record(
    here: Space, caplog: pytest.LogCaptureFixture
) -> None:
    error = {
        "error": "doubled", "by": "", "worker": "w", "register": "cases", "key": ["k"], "facts": [], "truth": None,
        "held": None,
    }  # fmt: skip
    missing = {"register": "cases", "key": ["not held"], "row": [1]}
    days = b"".join(made_by_hand.day_line(n, *both) for n, both in enumerate([(2, 0), (3, 1), (0, 2)]))
    (here.files / files.TRUTH).write_bytes(days + orjson.dumps(error) + b"\n" + orjson.dumps(missing) + b"\n")
    trainer = Browser()
    for path in ("drill/review", "drill/review/differences"):
        assert trainer.get(path).status_code == 409
    assert trainer.post("drill/review").status_code == 409 and trainer.get("drill").json()["opened"] == []
    with caplog.at_level("INFO", "lianfang.security"):
        asked = trainer.post("drill/review", early=True).json()
        assert asked["making"] == {"compared": 0, "of": None, "failed": False} and asked["reviewed"] is None
        assert trainer.post("drill/review", early=True).json()["making"] == asked["making"], "it is being made already"
    assert [one.told["event"] for one in caplog.records if hasattr(one, "told")].count("drill.truth_opened") == 1
    assert trainer.get("drill/review").status_code == 409, "it is not there yet"
    training.make_asked(here.home, here.drill())
    board, opened = trainer.get("drill").json(), trainer.get("drill/review").json()
    assert board["making"] is None and board["reviewed"] == log.head().seq
    assert opened["early"] and opened["facts"] == log.head().seq
    assert [(one["error"], one["injected"], one["shows"]) for one in opened["errors"]] == [("doubled", 1, 1)]
    missed, first = opened["differences"][:2]
    assert (missed["key"], missed["expected"], missed["held"]) == (["not held"], [1], None)
    assert first["expected"] is None and first["held"] and first["zh"] and opened["others"] > 2
    assert [one["infected"] for one in opened["days"]] == [2, 3, 0]
    (event,) = board["opened"]
    assert event["early"] and event["day"] == 4
    text = b"".join(trainer.get("drill/review/differences").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 1 + opened["others"] and rows[0]["error"] == "doubled" and rows[0]["shows"] == "true"
    assert {row["key"] for row in rows} >= {'["not held"]'}


def test_a_review_that_cannot_be_made_says_so_and_can_be_asked_for_again(here: Space) -> None:
    trainer = Browser()
    truth = here.files / files.TRUTH
    truth.write_bytes(b"no line\n")
    trainer.post("drill/review", early=True)
    with reviewing.made_beside(here):
        wait_until(lambda: trainer.get("drill").json()["making"]["failed"])
    truth.write_bytes(b"")
    assert not trainer.post("drill/review", early=True).json()["making"]["failed"]
    training.make_asked(here.home, here.drill())
    assert trainer.get("drill/review").json()["others"] > 0
    assert len(trainer.get("drill").json()["opened"]) == 2
