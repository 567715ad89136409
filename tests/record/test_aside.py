"""What was set aside: sealed, shown with a look on record, corrected or discarded once, erased when it is time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psycopg
import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from lianfang.access.matrix import Sight, can, fields, purposes, roles
from lianfang.app.database import Database
from lianfang.facts import api, aside, aside_rows, audit, log
from lianfang.facts.aside import AsideState, NotFit, Range, Resolved, Unknown
from lianfang.facts.facts import Why
from lianfang.facts.log import Status
from lianfang.facts.rebuild import assert_incremental_equals_refold
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import report
from lianfang.sealing import current
from lianfang.sealing.box import Unreadable
from tests.identity.life import viewer
from tests.record.made import OTHER, WHO, as_sent, in_parallel, visited

EVERYWHERE = Range("nobody", "", chr(0x10FFFF))
KUNMING, QUJING = Range("nobody", "5301", "5302"), Range("nobody", "5303", "5304")
SECRET = "欧阳测试 13800009021"
NOW = datetime(2020, 3, 1, tzinfo=UTC)


def bad(**changes: Any) -> bytes:
    """A fact that is not valid and holds a name."""
    fact = as_sent(visited(), **changes)
    return orjson.dumps({**fact, "data": {**fact["data"], "temp_c": SECRET}})


def kept(*facts: bytes, area: str = "") -> list[log.Outcome]:
    """As sent by somebody at work in an area; where none is given, in the fact's own."""
    return log.append_json(b"[" + b",".join(facts) + b"]", principal=WHO, area=area)


def test_the_bytes_are_sealed_and_nothing_else_tells_them(database: Database) -> None:
    fact = bad()
    (told,) = kept(fact)
    assert told.status is Status.SET_ASIDE and SECRET not in told.reason
    with psycopg.connect(database.owner_url) as owner:
        rows = owner.execute("SELECT * FROM fact_set_aside").fetchall()
    assert len(rows) == 1
    for part in (SECRET, "欧阳", "13800009021", "temp_c"):
        assert all(part.encode() not in bytes(v) for v in rows[0] if isinstance(v, (bytes, memoryview)))
    assert SECRET not in repr(rows)
    (row,) = aside_rows.select("true", [], 10)
    assert aside_rows.original(row) == fact


def test_each_has_a_key_of_its_own_and_is_kept_once(database: Database) -> None:
    first, second = bad(), bad()
    kept(first, second, first)
    kept(second)
    log.append_json(b"[" + first + b"]", principal=OTHER)
    rows = aside_rows.select("true", [], 10)
    assert len(rows) == 3
    assert len(current.keystore().get([row.id for row in rows])) == 3


def test_many_at_once_are_kept_once(database: Database) -> None:
    fact = bad()
    assert all(not isinstance(answer, Exception) for answer in in_parallel(8, lambda _: kept(fact)))
    assert len(aside_rows.select("true", [], 10)) == 1


def test_altered_bytes_are_told_and_not_shown(database: Database) -> None:
    kept(bad())
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("UPDATE fact_set_aside SET sealed = substr(sealed, 1, 20)")
    with pytest.raises(Unreadable):
        aside.show(
            aside_rows.select("true", [], 1)[0].number,
            EVERYWHERE,
            principal=OTHER,
            purpose="correction",
            role="epidemiologist",
        )


def test_it_is_seen_in_its_area_and_by_its_sender(database: Database) -> None:
    kept(bad(area="530102"), bad(area="530302"))
    kept(b'{"no": "fact"}', area="530302")
    assert [one.row.area for one in aside.listed(KUNMING)] == ["530102"]
    assert [one.row.area for one in aside.listed(QUJING)] == ["530302", "530302"]
    assert len(aside.listed(Range(WHO.author, "", ""))) == 3
    assert aside.listed(Range("another", "", "")) == []
    number = aside.listed(KUNMING)[0].row.number
    for one in (number, 10**9):
        with pytest.raises(Unknown):
            aside.show(one, QUJING, principal=OTHER, purpose="correction", role="epidemiologist")


def test_an_area_that_a_sender_names_shows_nothing_to_those_who_work_there(database: Database) -> None:
    """Planted from elsewhere, it is seen by who is over both, and by the sender."""
    kept(bad(area="530302"), area="530102")
    assert aside.listed(QUJING) == [] == aside.listed(KUNMING)
    assert len(aside.listed(Range("nobody", "53", "54"))) == 1
    assert len(aside.listed(Range(WHO.author, "", ""))) == 1


def test_a_look_is_on_record_before_it_is_shown(database: Database) -> None:
    fact = bad()
    kept(fact)
    number = aside.listed(EVERYWHERE)[0].row.number
    shown = aside.show(number, EVERYWHERE, principal=OTHER, purpose="correction", role="epidemiologist")
    assert shown.original == fact
    (entry,) = log.read(kinds=["record.aside_shown"])
    assert (entry.fact.author, entry.fact.data.number, entry.fact.subject) == (OTHER.author, number, shown.found.row.id)
    assert SECRET not in repr(entry)
    (look,) = report.recent(viewer("auditor", "530000")).looks
    assert (look.author, look.role, look.fields, look.people) == (OTHER.author, "epidemiologist", ("set_aside",), 0)
    assert_incremental_equals_refold()


def test_a_corrected_fact_is_appended_once(database: Database) -> None:
    kept(bad())
    number = aside.listed(EVERYWHERE)[0].row.number
    with pytest.raises(NotFit, match=r"data\.temp_c"):
        aside.correct(number, EVERYWHERE, bad(), principal=OTHER)
    assert log.head().seq == 0 and len(aside.listed(EVERYWHERE, every=True)) == 1
    right = orjson.dumps(as_sent(visited()))
    answers = in_parallel(4, lambda _: aside.correct(number, EVERYWHERE, right, principal=OTHER))
    assert sum(isinstance(answer, log.Outcome) for answer in answers) == 1
    assert sum(isinstance(answer, Resolved) for answer in answers) == 3
    (entry,) = log.read(kinds=["record.aside_resolved"])
    assert entry.fact.cause == (next(a.id for a in answers if isinstance(a, log.Outcome)),)
    assert aside.listed(EVERYWHERE) == []
    assert [one.state for one in aside.listed(EVERYWHERE, every=True)] == [AsideState.APPENDED]
    assert audit.verify().whole


def test_it_is_discarded_with_a_reason(database: Database) -> None:
    kept(bad())
    number = aside.listed(EVERYWHERE)[0].row.number
    aside.discard(number, EVERYWHERE, Why.PERSONAL, principal=OTHER)
    with pytest.raises(Resolved, match="discarded already"):
        aside.discard(number, EVERYWHERE, Why.PERSONAL, principal=OTHER)
    (entry,) = log.read(kinds=["record.aside_resolved"])
    assert entry.fact.data.why is Why.PERSONAL


def test_when_their_time_is_over_the_bytes_are_gone_and_the_reason_stays(database: Database) -> None:
    for day, many in ((0, 3), (20, 2)):
        batch = b"[" + b",".join(bad() for _ in range(many)) + b"]"
        log.append_json(batch, principal=WHO, now=NOW + timedelta(days=day))
    number = aside.listed(EVERYWHERE)[-1].row.number
    aside.discard(number, EVERYWHERE, Why.TRIAL, principal=OTHER)
    assert aside.erase_due(NOW + timedelta(days=10), 30) == 0
    assert aside.erase_due(NOW + timedelta(days=31), 30) == 3
    assert aside.erase_due(NOW + timedelta(days=31), 30) == 0
    (entry,) = log.read(kinds=["record.asides_erased"])
    assert (entry.fact.data.asides, entry.fact.data.unresolved) == (3, 2)
    everything = aside.listed(EVERYWHERE, every=True)
    assert [one.readable for one in everything] == [True, True, False, False, False]
    assert all(one.row.reason for one in everything)
    shown = aside.show(number, EVERYWHERE, principal=OTHER, purpose="correction", role="epidemiologist")
    assert shown.original is None


def test_pages_lead_on(database: Database) -> None:
    for _ in range(3):
        kept(*(bad() for _ in range(60)))
    first = aside.listed(EVERYWHERE)
    second = aside.listed(EVERYWHERE, before=first[-1].row.number)
    assert (len(first), len(second)) == (100, 80)
    assert len({one.row.number for one in first + second}) == 180 <= LARGEST_BATCH


def asking(role: str, area: str = "530102") -> HttpRequest:
    """A request of one who wears a role, as the guard hands it on."""
    request = RequestFactory().get("/api/v1/facts/aside", headers={"accept-language": "en"})
    request.viewer = viewer(role, area)  # type: ignore[attr-defined]  # as SignIn does
    request.principal = request.viewer.principal  # type: ignore[attr-defined]  # likewise
    request.may_append = lambda facts: [None] * len(facts)  # type: ignore[attr-defined]  # as the guard does
    request.may_read = (frozenset(), request.viewer.area_from, request.viewer.area_to)  # type: ignore[attr-defined]
    request.purposes = purposes(request.viewer)  # type: ignore[attr-defined]  # likewise
    return request


def test_the_routes_list_show_and_resolve(database: Database) -> None:
    sent = as_sent(visited(), area="530102")
    wrong = {**sent, "data": {**sent["data"], "note": "患者王测试，男，电话13800009021"}}
    (told,) = kept(orjson.dumps(wrong), area="530102")
    assert "13800009021" not in told.reason and "[name phone]" in told.reason
    request = asking("epidemiologist")
    (one,) = api.list_asides(request).asides
    assert [(p.field, p.of) for p in one.personal] == [("data.note", "name"), ("data.note", "phone")]
    assert orjson.loads(api.show_aside(request, one.number, "correction").original) == wrong
    again = api.resolve_aside(request, one.number, api.CorrectIn(end="appended", fact=wrong))
    assert again.status_code == 409
    assert api.resolve_aside(request, one.number, api.CorrectIn(end="appended", fact=sent)).state == "appended"
    for answer in (
        api.resolve_aside(request, one.number, api.DiscardIn(end="discarded", why="trial")),
        api.show_aside(request, 2**62, "correction"),
        api.show_aside(asking("epidemiologist", "530302"), one.number, "correction"),
    ):
        assert answer.status_code in (404, 409)


def test_the_bytes_are_shown_for_a_purpose_of_the_role_s_only(database: Database) -> None:
    kept(bad(), area="530102")
    number = aside.listed(EVERYWHERE)[0].row.number
    for purpose in ("made_up_purpose", "oversight", "logistics_delivery"):
        answer = api.show_aside(asking("epidemiologist"), number, purpose)
        assert answer.status_code == 403 and "purpose" in orjson.loads(answer.content)["detail"]
    assert not list(log.read(kinds=["record.aside_shown"]))


def test_a_role_that_sees_no_names_sees_no_bytes(database: Database) -> None:
    for name in roles():
        who = viewer(name, "530000")
        if can(who, "facts.aside_see"):
            assert fields(who, "people.see").get("name") is Sight.FULL, name
    assert can(viewer("duty_officer", "530000"), "facts.aside") and can(viewer("epidemiologist"), "facts.aside_see")
