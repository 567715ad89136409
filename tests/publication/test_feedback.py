"""What the public tells back: a ticket number and nothing else leads to it, and its words are erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.bulletins.facts.feedback import subject_of, ticket_of
from lianfang.capabilities.bulletins.models import FeedbackRow
from lianfang.capabilities.bulletins.queries.feedback import statistics
from lianfang.facts import log
from lianfang.identity import retention
from tests.cases.desk import Desk
from tests.cases.made import WUHUA, YUNNAN

WORDS = "发热门诊的开诊时间与网上写的不一致，请核对。"


class Counter(Desk):
    """Where officers answer; whoever is outside sends without a session."""

    def outside(self, path: str, body: Any, status: int = 200) -> Any:
        answer = self.client.post(f"/api/v1/{path}", data=orjson.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    def given(self, status: int = 200, **other: Any) -> Any:
        body = {"id": str(uuid4()), "area": WUHUA, "topic": "care", "lang": "zh", "words": WORDS, **other}
        return self.outside("feedback", body, status)


@pytest.fixture
def counter(database: Database, monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(monkeypatch, "county_duty_officer", WUHUA)


def test_from_the_open_page_to_an_answer(counter: Counter) -> None:
    sent = str(uuid4())
    given = counter.given(id=sent)
    assert counter.given(id=sent) == given, "sent twice, it is one"
    ticket = given["ticket"]
    assert counter.outside("feedback/status", {"ticket": ticket})["outcome"] is None
    (line,) = counter.get("feedback", open_only="true")
    assert "words" not in line and counter.get(f"feedback/{line['subject']}")["words"] == WORDS
    counter.now += timedelta(hours=5)
    counter.post(f"feedback/{line['subject']}/answer", {"outcome": "answered", "answer": "已更正，谢谢。"})
    told = counter.outside("feedback/status", {"ticket": ticket.lower().replace("-", " ")})
    assert (told["outcome"], told["answer"]) == ("answered", "已更正，谢谢。") and "words" not in told
    sums = statistics(counter.now)
    assert (sums.received, sums.answered, sums.in_time, sums.median_h) == (1, 1, 1, 5.0)
    counter.outside("feedback/status", {"ticket": "0000-0000-0000"}, 404)


def test_the_number_and_the_words_stand_in_no_table(counter: Counter) -> None:
    given = counter.given()
    with seeing_all():
        held = repr([list(log.read(kinds=["feedback.received"])), list(FeedbackRow.objects.values())])
    assert "feedback" in held and WORDS not in held
    assert given["ticket"] not in held and given["ticket"].replace("-", "") not in held


@pytest.mark.parametrize("words", ["请联系我13912345678", "患者张伟，住在我家楼上", "  ", "字" * 2_001])
def test_words_that_tell_of_a_person_are_refused(counter: Counter, words: str) -> None:
    counter.given(422, words=words)
    assert counter.get("feedback") == []


def test_a_flood_is_answered_and_fills_no_list(counter: Counter) -> None:
    for _ in range(10):
        counter.given()
    counter.given(429)
    assert len(counter.get("feedback")) == 10


def test_the_words_are_gone_after_their_time(counter: Counter) -> None:
    given = counter.given()
    counter.now += timedelta(days=61)
    retention.retain(counter.now, confirmed=True)
    subject = subject_of(given["ticket"])
    assert counter.get(f"feedback/{subject}")["words"] is None


def test_another_county_does_not_see_it(counter: Counter) -> None:
    given = counter.given(area="530103")
    assert counter.get("feedback") == []
    counter.get(f"feedback/{subject_of(given['ticket'])}", 404)
    counter.who = Desk(pytest.MonkeyPatch(), "duty_officer", YUNNAN).who
    assert len(counter.get("feedback")) == 1


def test_a_number_is_read_however_it_is_typed() -> None:
    ticket = ticket_of(uuid4())
    assert subject_of(ticket) == subject_of(ticket.lower().replace("-", "")) == subject_of(ticket.replace("0", "O"))
