"""Each look at a named person is on record before the data leave; the glass is broken for a reason, and looked into."""

from __future__ import annotations

import logging
import sqlite3
from uuid import UUID, uuid4

import orjson
import pytest

from lianfang.access.matrix import Forbidden
from lianfang.accounts import limits
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.identity import erasure, glass, looks, report
from lianfang.identity.facts import Act, Outcome, Shown
from lianfang.identity.models_life import Look
from lianfang.identity.refusals import NoPerson, NotYourPurpose
from lianfang.sealing.current import keystore
from tests import law
from tests.identity.life import KUNMING, NAME, NOON, NUMBER, QUJING, person, viewer

FIELDS = ["name", "phone"]


def looked(who: str = "epidemiologist", area: str = KUNMING, people: list[UUID] | None = None, **more) -> UUID:
    people = people if people is not None else [person()]
    return looks.record(viewer(who, area), people, FIELDS, more.pop("act", Act.DISPLAY), "contact_tracing", **more)


def test_bar_39_each_look_says_who_what_and_why(database: Database) -> None:
    id = person()
    looked(people=[id])
    looked("county_duty_officer", people=[id, person(name="另一人")], act="export")
    found = report.looks_at(viewer("auditor"), id).looks
    assert [(one.role, one.author, one.act, one.purpose, one.fields, one.people, one.area) for one in found] == [
        ("county_duty_officer", "county_duty_officer-1", "export", "contact_tracing", ("name", "phone"), 2, KUNMING),
        ("epidemiologist", "epidemiologist-1", "display", "contact_tracing", ("name", "phone"), 1, KUNMING),
    ]
    law.acted()


def test_a_look_is_committed_before_it_returns(database: Database) -> None:
    from django.db import connection

    looked()
    connection.close()  # what was not committed is gone
    assert [entry.fact.kind for entry in log.read()] == ["identity.shown"]


def test_one_look_may_be_at_more_people_than_one_fact_holds(database: Database) -> None:
    people = [person() for _ in range(3)]
    before, looks.MOST_PEOPLE = looks.MOST_PEOPLE, 2
    try:
        looked(people=people, act=Act.EXPORT)
    finally:
        looks.MOST_PEOPLE = before
    sizes = [len(entry.fact.data.people) for entry in log.read() if isinstance(entry.fact.data, Shown)]
    assert sizes == [2, 1]
    assert all(len(report.looks_at(viewer("auditor"), one).looks) == 1 for one in people)


def test_a_search_that_finds_nobody_is_on_record(database: Database) -> None:
    looked(people=[], act=Act.SEARCH)
    assert report.recent(viewer("auditor")).looks[0].people == 0


def test_who_has_no_key_any_more_is_passed_over(database: Database) -> None:
    looked(people=[uuid4()])
    assert report.recent(viewer("auditor")).looks[0].people == 0


def test_whose_key_was_altered_hinders_no_look_at_others(database: Database) -> None:
    altered, whole = person(), person()
    with sqlite3.connect(keystore().path) as store:
        store.execute(
            "UPDATE slot SET wrapped = randomblob(length(wrapped)) WHERE slot = (SELECT slot FROM id WHERE id = ?)",
            [altered.bytes],
        )
    looked(people=[altered, whole])
    assert [one.people for one in report.looks_at(viewer("auditor"), whole).looks] == [1]
    assert not report.looks_at(viewer("auditor"), altered).looks


def test_a_purpose_that_is_not_the_role_s_is_refused(database: Database) -> None:
    with pytest.raises(NotYourPurpose, match="follow_up"):
        looks.record(viewer("grid_worker"), [person()], FIELDS, Act.DISPLAY, "treatment")
    assert not list(log.read())


def test_the_record_names_nobody_and_no_pseudonym(database: Database) -> None:
    id = person()
    looked(people=[id])
    (row,) = log.stored()
    body = row.body.decode()
    assert str(id) not in body and id.hex not in body and NAME not in body and NUMBER not in body


def test_bar_39_the_glass_breaks_for_a_reason_and_raises_an_alert(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    id = person()
    officer = viewer("duty_officer")
    with caplog.at_level(logging.INFO, "lianfang.security"):
        looks.record(
            officer, [id], FIELDS, Act.DISPLAY, "case_investigation", f"{NAME}在医院昏迷，需联系家属", now=NOON
        )
    (alert,) = [record.told for record in caplog.records if record.name == "lianfang.security"]
    assert (alert["event"], alert["outcome"], alert["actor"]) == ("break_glass", "alert", "duty_officer-1")
    (broken,) = report.broken(viewer("auditor"))
    assert (broken.role, broken.purpose, broken.people, broken.review) == (
        "duty_officer",
        "case_investigation",
        1,
        None,
    )
    assert alert["fact"] == str(broken.fact)
    (look,) = report.looks_at(viewer("auditor"), id).looks
    assert look.break_glass
    told = glass.reasons(viewer("auditor"), broken.fact)
    assert told == [(id, f"{NAME}在医院昏迷，需联系家属")]
    assert NAME not in "".join(row.body.decode() for row in log.stored())
    law.acted()


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "急",
        "......",
        "急急急急急急",
        "aaaaaaaaaaaa",
        "\x00\x00\x00\x00\x00\x00",
        "家属报失踪\x00需核实",
        "word " * 2_000,
    ],
)
def test_a_reason_that_says_nothing_breaks_no_glass(database: Database, reason: str) -> None:
    with pytest.raises(glass.NoReason, match=r"break_glass\.reason"):
        looks.record(viewer("duty_officer"), [person()], FIELDS, Act.DISPLAY, "case_investigation", reason)
    assert not list(log.read())


def test_the_glass_is_not_broken_all_day_long(database: Database) -> None:
    id, officer = person(), viewer("duty_officer", author="duty-9")
    for _ in range(10):
        looks.record(officer, [id], FIELDS, Act.DISPLAY, "case_investigation", "家属报失踪，需核实身份")
    with pytest.raises(limits.TooMany):
        looks.record(officer, [id], FIELDS, Act.DISPLAY, "case_investigation", "家属报失踪，需核实身份")
    assert len(report.broken(viewer("auditor"))) == 10


def test_who_may_not_break_the_glass_does_not(database: Database) -> None:
    with pytest.raises(Forbidden):
        looks.record(viewer("grid_worker"), [person()], FIELDS, Act.DISPLAY, "screening", "想看看这个人的资料")
    assert not list(log.read())


def test_another_reviews_a_broken_glass(database: Database) -> None:
    looks.record(
        viewer("duty_officer"), [person()], FIELDS, Act.DISPLAY, "case_investigation", "家属报失踪，需核实身份"
    )
    (broken,) = report.broken(viewer("auditor"))
    with pytest.raises(glass.OwnGlass):
        glass.review(viewer("auditor", author="duty_officer-1"), broken.fact, Outcome.JUSTIFIED)
    with pytest.raises(Forbidden):
        glass.review(viewer("epidemiologist"), broken.fact, Outcome.JUSTIFIED)
    with pytest.raises(glass.NoGlass):
        glass.review(viewer("auditor", QUJING), broken.fact, Outcome.JUSTIFIED)
    glass.review(viewer("auditor"), broken.fact, Outcome.TO_BE_INVESTIGATED, now=NOON)
    glass.review(viewer("auditor"), broken.fact, Outcome.NOT_JUSTIFIED, now=NOON)
    (again,) = report.broken(viewer("auditor"))
    assert again.review is not None and again.review.outcome == "not_justified"
    law.acted()


def test_looks_of_other_areas_are_not_shown_and_a_foreign_person_is_as_a_missing_one(database: Database) -> None:
    id = person()
    looked(people=[id])
    assert not report.recent(viewer("auditor", QUJING)).looks
    told = set()
    for asked in (id, uuid4()):
        with pytest.raises(NoPerson) as refused:
            report.looks_at(viewer("auditor", QUJING), asked)
        told.add(str(refused.value).replace(str(asked), ""))
    assert len(told) == 1


def test_looks_are_told_page_by_page(database: Database) -> None:
    id = person()
    for _ in range(5):
        looked(people=[id])
    first = report.looks_at(viewer("auditor"), id, limit=3)
    second = report.looks_at(viewer("auditor"), id, before=first.next, limit=3)
    assert [one.seq for one in (*first.looks, *second.looks)] == [5, 4, 3, 2, 1]
    assert second.next is None


def test_looks_at_what_was_merged_and_at_encounters_are_told_too(database: Database) -> None:
    from lianfang.access.rows import seeing_all
    from lianfang.identity.models import Subject

    kept, other = person(), person()
    met = person(kind="encounter", of=other, data_class="checkpoint")
    with seeing_all():
        Subject.objects.filter(id=other).update(merged_into=kept)
    for one in (kept, other, met):
        looked(people=[one])
    assert len(report.looks_at(viewer("auditor"), kept).looks) == 3


def test_after_erasing_a_mark_leads_to_nobody(database: Database) -> None:
    id = person()
    looked(people=[id])
    (before,) = Look.objects.values_list("mark", flat=True)
    erasure.erase(viewer("county_duty_officer"), id, erasure.Reason.ORDER, "order", now=NOON)
    assert Look.objects.filter(mark=before).exists()
    with pytest.raises(NoPerson):
        report.looks_at(viewer("auditor"), id)
    assert not report.looks_of(viewer("auditor"), [id]).looks
    bodies = [orjson.loads(row.body) for row in log.stored(kinds={"identity.shown"})]
    assert all(str(id) not in str(body) for body in bodies)
