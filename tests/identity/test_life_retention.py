"""What is held goes when its time is over: the vault's rows, their keys, and every link between two encounters."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from lianfang.access.matrix import matrix
from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.bulletins.service import notices as bulletins
from lianfang.facts import audit, log, rebuild
from lianfang.identity import erasure, glass, looks, report, retention, service, terms
from lianfang.identity.facts import Act, Erased, Outcome, Reason
from lianfang.identity.models import Holding, Subject, Tag, Text
from lianfang.identity.models_life import Replayed
from lianfang.identity.refusals import Faulty, NoPerson
from lianfang.places.queries import current_gazetteer
from lianfang.sealing.current import keystore
from tests.identity.life import KUNMING, NOON, QUJING, held, hold, person, receive_notices, viewer


def night(day: str) -> datetime:
    """02:00 of a day in China."""
    return datetime.fromisoformat(f"{day}T02:00:00+08:00").astimezone(UTC)


def composed() -> list[tuple[bytes, int, str]]:
    """The bytes of the demonstration's bulletins, and on what they stand."""
    found = [
        bulletins.compose(
            viewer("duty_officer", area), area, as_of=None, known_at=None, lang=lang, gazetteer=current_gazetteer()
        )
        for area in ("530000", "150000")
        for lang in ("zh", "en")
    ]
    return [(one.text.encode(), one.seq, one.chain) for one in found]


def erased() -> list[tuple[str, Erased]]:
    return [(entry.fact.area, entry.fact.data) for entry in log.read(kinds={Erased.kind})]


def test_the_terms_are_dated_cited_and_titled() -> None:
    policy = terms.policy()
    assert policy.valid_from == date(2020, 2, 4)
    assert (terms.days("checkpoint"), terms.days("contact"), terms.days("set_aside")) == (30, 60, 90)
    assert policy.classes["contact"].counts_from == "ends"
    for one in (*policy.classes.values(), *policy.bases.values(), *policy.kept.values()):
        assert one.zh and one.en and one.source
    assert {name: (one.zh, one.en) for name, one in policy.classes.items()} == {
        name: (one.zh, one.en) for name, one in matrix().data_classes.items()
    }


def test_a_day_is_due_when_what_it_counts_from_has_happened() -> None:
    assert terms.due("checkpoint", date(2020, 1, 28), None) == date(2020, 2, 27)
    assert terms.due("contact", date(2020, 1, 28), None) is None
    assert terms.due("contact", date(2020, 1, 28), date(2020, 2, 10)) == date(2020, 4, 10)
    with pytest.raises(KeyError):
        terms.due("curiosity", date(2020, 1, 28), None)


def test_a_policy_of_the_operator_s_is_taken_or_told_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "retention.toml"
    packaged = (Path(terms.__file__).parent / "policy" / "retention.toml").read_text("utf-8")
    monkeypatch.setenv(terms.POLICY, str(own))
    try:
        for change, told in (
            (("days = 60", "days = 0"), "days"),
            (('basis = "consent"', 'basis = "because"'), "no basis 'because'"),
            (("[brake]", "[brake"), "retention.toml"),
        ):
            own.write_text(packaged.replace(*change, 1), "utf-8")
            terms.policy.cache_clear()
            with pytest.raises(terms.PolicyError, match=told):
                terms.policy()
        own.write_text(packaged.replace("days = 30", "days = 20", 1), "utf-8")
        terms.policy.cache_clear()
        assert terms.days("checkpoint") == 20
    finally:
        monkeypatch.undo()
        terms.policy.cache_clear()


def test_bar_38_on_the_due_day_the_entry_goes_and_counts_stay(database: Database) -> None:
    receive_notices()
    before = composed()
    met = person(kind="encounter", data_class="checkpoint")  # due on 27 February
    contact = person(ends=date(2020, 2, 10))  # due on 10 April
    staying = person()  # still observed
    for one in (met, contact, staying):
        looks.record(viewer("epidemiologist"), [one], ["name"], Act.DISPLAY, "contact_tracing")
    head = log.head()

    assert retention.retain(night("2020-02-26")) == (0, 0, 0, 0)
    assert retention.retain(night("2020-02-27")) == (1, 0, 1, 0)
    assert held() == {contact, staying}
    assert retention.retain(night("2020-04-09")) == (0, 0, 0, 0)
    assert retention.retain(night("2020-04-10")) == (1, 1, 0, 0)
    assert held() == {staying}
    assert keystore().get([met, contact, staying]).keys() == {staying}
    with seeing_all():
        assert Tag.objects.exclude(subject=staying).count() == 0
        assert Holding.objects.exclude(subject=staying).count() == 0

    assert erased() == [
        ("530102", Erased(reason=Reason.RETENTION, basis="checkpoint", encounters=1)),
        ("530102", Erased(reason=Reason.RETENTION, basis="contact", persons=1)),
    ]
    report = audit.verify(printed=[head])
    assert report.whole, report
    assert composed() == before
    rebuild.assert_incremental_equals_refold()


def test_a_clock_that_has_leapt_erases_nothing(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    people = {person(data_class="checkpoint") for _ in range(19)}
    retention.retain(night("2020-02-20"))
    for wrong in ("2046-11-22", "2020-02-27"):
        with caplog.at_level(0, "lianfang.security"), pytest.raises(retention.Braked, match="was on 2020-02-20"):
            retention.retain(night(wrong))
    assert caplog.records[-1].told["outcome"] == "alert"
    assert held() == people and keystore().get(people).keys() == people
    retention.retain(night("2020-02-23"))  # the nights go on, each of them a trace
    retention.retain(night("2020-02-26"))
    assert retention.retain(night("2020-02-27")).persons == 19
    person(data_class="checkpoint")
    assert retention.retain(night("2020-04-01"), confirmed=True).persons == 1


def test_a_clock_far_beyond_the_newest_fact_erases_nothing(database: Database) -> None:
    id = person(data_class="checkpoint")
    receive_notices()
    with pytest.raises(retention.Braked):
        retention.retain(erasure.last_trace() + timedelta(days=4))
    assert held() == {id}
    assert retention.retain(erasure.last_trace() + timedelta(days=2)).persons == 1


def test_what_a_holding_beside_an_erasure_left_is_swept(database: Database) -> None:
    id, staying = person(), person()
    erasure.erase(viewer("county_duty_officer"), id, Reason.ORDER, "order", now=NOON)
    hold(id)
    retention.retain(night("2020-01-29"))
    with seeing_all():
        assert [row.subject for row in Holding.objects.all()] == [staying]


def test_the_night_s_work_goes_on_where_the_brake_stops_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from lianfang.app import jobs

    one = person(data_class="checkpoint")
    with monkeypatch.context() as braked:
        brake = terms.policy().brake.model_copy(update={"holdings": 0})
        braked.setattr(retention, "policy", lambda: terms.policy().model_copy(update={"brake": brake}))
        with caplog.at_level(0, "lianfang.security"):
            jobs.clean(night("2020-03-30"))
        told = [record.told for record in caplog.records if record.name == "lianfang.security"]
        assert ("retention_stopped", "alert") in {(one["event"], one["outcome"]) for one in told}
        assert held() == {one}
    jobs.clean(night("2020-03-30"))
    assert not held()


def test_retaining_again_changes_nothing(database: Database) -> None:
    person(data_class="checkpoint")
    assert retention.retain(night("2020-03-30")).persons == 1
    assert retention.retain(night("2020-03-30")) == (0, 0, 0, 0)
    assert len(erased()) == 1


def test_the_day_is_china_s(database: Database) -> None:
    person(data_class="checkpoint")
    assert retention.retain(datetime(2020, 2, 26, 15, 59, tzinfo=UTC)) == (0, 0, 0, 0)
    assert retention.retain(datetime(2020, 2, 26, 16, 0, tzinfo=UTC)) == (1, 1, 0, 0)


def test_who_is_held_for_something_else_stays(database: Database) -> None:
    id = person(data_class="checkpoint")
    hold(id, data_class="contact")
    assert retention.retain(night("2020-03-30")) == (1, 0, 0, 0)
    assert held() == {id} and keystore().get([id])


def test_merged_pseudonyms_are_held_as_long_as_one_of_them_is(database: Database) -> None:
    kept, other = person(data_class="case"), person(data_class="checkpoint")
    with seeing_all():
        Subject.objects.filter(id=other).update(merged_into=kept)
    assert retention.retain(night("2020-03-30")) == (1, 0, 0, 0)
    assert held() == {kept, other}
    with seeing_all():
        Holding.objects.filter(subject=kept).update(ends=date(2020, 3, 1), due=date(2023, 3, 1))
    assert retention.retain(night("2023-03-01"), confirmed=True) == (1, 2, 0, 0)
    assert not held()


def test_a_clock_that_is_years_ahead_is_stopped(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    brake = terms.policy().brake.model_copy(update={"holdings": 2})
    monkeypatch.setattr(retention, "policy", lambda: terms.policy().model_copy(update={"brake": brake}))
    people = {person(data_class="checkpoint") for _ in range(3)}
    with pytest.raises(retention.Braked, match="3 of 3 holdings"):
        retention.retain(night("2036-01-01"))
    assert held() == people
    assert retention.retain(night("2036-01-01"), confirmed=True) == (3, 3, 0, 0)


def test_an_erasure_cut_short_is_completed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    id = person(data_class="checkpoint")

    def fails(*_: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(erasure, "_remove", fails)
        with pytest.raises(OSError, match="power"):
            retention.retain(night("2020-03-30"))
    assert held() == {id} and not keystore().get([id])
    assert erasure.replay(night("2020-03-31")) == (1, 0)
    assert not held()
    assert erasure.replay(night("2020-04-01")) == (0, 0)
    assert [data.reason for _, data in erased()] == [Reason.REPLAY]


def test_an_erasure_cut_short_is_completed_though_others_came_after_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = person(), person()
    erasure.replay(NOON)

    def fails(*_: object) -> None:
        raise OSError("the power went")

    officer = viewer("county_duty_officer")
    with monkeypatch.context() as patched:
        patched.setattr(erasure, "_remove", fails)
        with pytest.raises(OSError, match="power"):
            erasure.erase(officer, first, Reason.ORDER, "order", now=NOON)
    erasure.erase(officer, second, Reason.ORDER, "order", now=NOON)
    assert held() == {first}
    retention.retain(night("2020-01-29"))
    assert not held()
    assert erasure.replay(NOON) == (0, 0)


def test_on_order_the_person_goes_with_all_encounters(database: Database) -> None:
    id, neighbour = person(), person(name="邻居")
    met = [person(kind="encounter", of=id, data_class="checkpoint") for _ in range(2)]
    gone = erasure.erase(viewer("county_duty_officer"), id, Reason.SUBJECT_REQUEST, "subject_request", now=NOON)
    assert gone == (1, 2)
    assert held() == {neighbour}
    assert not keystore().get([id, *met])
    # The record says that the person went, and not with which encounters, nor with how many.
    assert erased() == [("530102", Erased(reason=Reason.SUBJECT_REQUEST, basis="subject_request", persons=1))]
    assert audit.verify().whole


def test_who_broke_the_glass_erases_nothing_and_nobody_before_the_review(database: Database) -> None:
    id = person()
    duty, officer = viewer("county_duty_officer", author="duty-7"), viewer("county_duty_officer")
    looks.record(duty, [id], ["name"], Act.DISPLAY, "contact_tracing", "家属报失踪，需核实身份", now=NOON)
    with pytest.raises(erasure.OwnGlass):
        erasure.erase(duty, id, Reason.ENTERED_IN_ERROR, "order", now=NOON)
    with pytest.raises(erasure.NotReviewed):
        erasure.erase(officer, id, Reason.ENTERED_IN_ERROR, "order", now=NOON)
    (broken,) = report.broken(viewer("auditor"))
    glass.review(viewer("auditor"), broken.fact, Outcome.TO_BE_INVESTIGATED, now=NOON)
    with pytest.raises(erasure.NotReviewed):
        erasure.erase(officer, id, Reason.ENTERED_IN_ERROR, "order", now=NOON)
    assert held() == {id} and keystore().get([id])
    glass.review(viewer("auditor"), broken.fact, Outcome.NOT_JUSTIFIED, now=NOON)
    with pytest.raises(erasure.OwnGlass):
        erasure.erase(duty, id, Reason.ENTERED_IN_ERROR, "order", now=NOON)
    assert erasure.erase(officer, id, Reason.ENTERED_IN_ERROR, "order", now=NOON) == (1, 0)


def test_a_ledger_behind_the_database_is_refused(database: Database) -> None:
    erasure.erase(viewer("county_duty_officer"), person(), Reason.ORDER, "order", now=NOON)
    Replayed.objects.update_or_create(one=True, defaults={"erasures": keystore().erasures() + 1})
    with pytest.raises(erasure.LedgerBehind, match="Put back the newest ledger"):
        erasure.replay(NOON)


def test_people_whose_keys_are_lost_raise_an_alert(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    lost, _ = person(), person()
    erasure.replay(NOON)
    with sqlite3.connect(keystore().path) as store:
        store.execute("DELETE FROM id WHERE id = ?", [lost.bytes])
    with caplog.at_level(0, "lianfang.security"):
        assert erasure.replay(NOON) == (0, 0)
    (told,) = [one.told for one in caplog.records if getattr(one, "told", {}).get("event") == "keys_missing"]
    assert (told["people"], told["of"], told["outcome"]) == (1, 2, "alert")
    assert len(held()) == 2


def test_no_end_lies_beyond_the_policy_s(database: Database) -> None:
    id = person(ends=None)
    officer, known = viewer("epidemiologist"), {"area": "530102", "data_class": "contact", "name": "某某"}
    for ends in ("9999-12-31", "2021-01-31"):
        receipt = service.enter(officer, [(1, known | {"ends": ends})], now=NOON)
        assert [(fault.field, fault.reason) for fault in receipt.faults] == [("ends", "too_far")]
        with pytest.raises(Faulty, match="366 days ahead"):
            service.hold(officer, id, {"area": "530102", "data_class": "contact", "ends": ends}, now=NOON)
    with seeing_all():
        (holding,) = Holding.objects.filter(subject=id)
    with pytest.raises(Faulty, match="366 days ahead"):
        service.end(officer, id, holding.id, date(9999, 12, 31))
    assert service.enter(officer, [(1, known | {"ends": "2021-01-28"})], now=NOON).entered == 1


def test_what_has_no_end_for_too_long_is_told(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    person(since=date(2020, 1, 27))
    person(since=date(2020, 1, 28))
    person(since=date(2020, 1, 20), area=QUJING)
    person(since=date(2020, 1, 20), ends=date(2020, 12, 1))
    today = date(2020, 4, 27)
    found = retention.open_too_long(viewer("epidemiologist"), today)
    assert found == [("contact", 1, date(2020, 1, 27))]
    with caplog.at_level(0, "lianfang.security"):
        retention.retain(night("2020-04-27"))
    (told,) = [one.told for one in caplog.records if getattr(one, "told", {}).get("event") == "holdings_without_end"]
    assert (told["holdings"], told["outcome"]) == (2, "alert")


def test_an_encounter_on_its_own_is_told_by_number(database: Database) -> None:
    met = person(kind="encounter", of=person(), data_class="checkpoint")
    assert erasure.erase(viewer("county_duty_officer"), met, Reason.ENTERED_IN_ERROR, "order", now=NOON) == (0, 1)
    assert erased() == [("530102", Erased(reason=Reason.ENTERED_IN_ERROR, basis="order", encounters=1))]
    assert str(met) not in "".join(row.body.decode() for row in log.stored())


def test_an_order_reaches_no_further_than_the_area(database: Database) -> None:
    id = person()
    hold(id, area=QUJING)
    with pytest.raises(erasure.HeldElsewhere):
        erasure.erase(viewer("county_duty_officer", KUNMING), id, Reason.ORDER, "order", now=NOON)
    foreign = person(area=QUJING)
    with pytest.raises(NoPerson):
        erasure.erase(viewer("county_duty_officer", KUNMING), foreign, Reason.ORDER, "order", now=NOON)
    with pytest.raises(PermissionError):
        erasure.erase(viewer("grid_worker", KUNMING), id, Reason.ORDER, "order", now=NOON)
    with pytest.raises(erasure.NoBasis, match="basis"):
        erasure.erase(viewer("county_duty_officer"), id, Reason.ORDER, "because", now=NOON)
    assert held() == {id, foreign}
    assert not erased()


def rows(database: Database) -> Iterator[tuple[str, str]]:
    """Every row of every table of the database, as text, with the table's name."""
    with psycopg.connect(database.owner_url) as owner:
        tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            for (row,) in owner.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))):
                yield table, row


def test_after_retention_nothing_links_two_encounters(
    database: Database, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(0)
    traveller = person()
    first = person(kind="encounter", of=traveller, data_class="checkpoint")
    second = person(kind="encounter", of=traveller, data_class="checkpoint", since=date(2020, 1, 29))
    pair = (first, second)
    # They were shown together, and reasons were given of both: while they are held, that is what ties them.
    reason = "核实同一旅客的两次通行记录"
    looks.record(viewer("epidemiologist"), [traveller, *pair], ["name"], Act.SEARCH, "contact_tracing", now=NOON)
    looks.record(viewer("duty_officer"), [*pair], ["name"], Act.DISPLAY, "contact_tracing", reason, now=NOON)
    keys = keystore().get(pair).values()
    marks = [looks.mark(key, NOON) for key in keys]
    # Of another hour the marks are others: a look at one of them cannot be laid beside the look at both.
    assert not {looks.mark(key, NOON + timedelta(hours=1)) for key in keys} & set(marks)
    assert sum(str(marks[0]) in row.body.decode() for row in log.stored()) == 3

    retention.retain(night("2020-02-27"))
    retention.retain(night("2020-02-28"))
    assert held() == {traveller}

    forms = [{str(one), one.hex, f"\\x{one.hex}"} for one in (*pair, *marks)]
    together = [
        (table, row) for table, row in rows(database) if sum(any(form in row for form in its) for its in forms[:2]) > 0
    ]
    assert not together
    # The two marks stand in the looks still; nothing holds a mark beside the pseudonym that it was made from.
    tied = [row for _, row in rows(database) if any(f in row for f in forms[0] | forms[1]) and str(marks[0]) in row]
    assert not tied
    bodies = [row.body.decode() for row in log.stored()]
    assert not [body for body in bodies if any(form in body for form in forms[0] | forms[1])]
    assert not keystore().get(pair)
    # The key store, its ledger and its copies: no pseudonym of either, in any form.
    for file in keystore().path.parent.iterdir():
        copy = shutil.copy(file, tmp_path)
        content = Path(copy).read_bytes()
        for one in pair:
            assert one.bytes not in content and str(one).encode() not in content and one.hex.encode() not in content
    assert not [r for r in caplog.records if str(first) in str(vars(r)) and str(second) in str(vars(r))]
    with seeing_all():
        assert not Text.objects.filter(subject__in=pair).exists()
