"""A person's own page: what is held, why, until when, who looked, what restricts; by a code that works once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.access.rows import seeing_all
from lianfang.accounts import onetime
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData, Restricting
from lianfang.facts.kinds import also
from lianfang.facts.log import Principal
from lianfang.identity import looks, own, queries, report, service
from lianfang.identity.facts import Act
from lianfang.identity.models import Holding, Subject, Text
from lianfang.identity.refusals import Faulty, NoPerson
from tests.accounts.people import Browser, appointed, first_administrator
from tests.identity.life import KUNMING, NAME, NOON, NUMBER, PHONE, QUJING, WUHUA, person, viewer


class Ordered(Restricting, FactData, kind="trial.isolation_ordered", version=1):
    """An order for trials."""


def resident(id: UUID):
    return viewer("resident", "", author="own-page", subject=id)


def test_all_that_is_held_is_shown_with_reason_and_end(database: Database) -> None:
    id = person(ends=date(2020, 2, 10))
    met = person(kind="encounter", of=id, data_class="checkpoint")
    looks.record(viewer("epidemiologist"), [id], ["name", "health"], Act.DISPLAY, "contact_tracing")
    looks.record(viewer("checkpoint_staff", WUHUA), [met], ["name"], Act.DISPLAY, "screening")
    found = own.own(resident(id), now=NOON)
    (content,) = found.contents
    assert (content.name, content.phones) == (NAME, [PHONE])
    assert {(one.data_class, one.basis, one.due) for one in found.holdings} == {
        ("contact", "infectious_disease", date(2020, 4, 10)),
        ("checkpoint", "cyberspace_notice", date(2020, 2, 27)),
    }
    assert [(one.role, one.purpose, one.fields) for one in found.looks.looks[1:]] == [
        ("checkpoint_staff", "screening", ("name",)),
        ("epidemiologist", "contact_tracing", ("health", "name")),
    ]
    assert found.looks.looks[0].role == "resident"  # this very look


def test_nobody_else_opens_an_own_page(database: Database) -> None:
    person()
    with pytest.raises(Forbidden):
        own.own(viewer("epidemiologist"), now=NOON)
    for nobody in (viewer("resident", ""), resident(uuid4())):
        with pytest.raises(NoPerson):
            own.own(nobody, now=NOON)


def test_who_was_merged_sees_all_of_it_until_that_is_taken_back(database: Database) -> None:
    kept, other = person(name="留下的名字"), person()
    epi = viewer("epidemiologist")
    before = own.code(epi, other, now=NOON)
    merged = service.merge(epi, kept, other, now=NOON)
    with pytest.raises(onetime.Spent):  # the code was for the one that the pseudonym was before
        onetime.look(before.secret, onetime.Purpose.OWN_PAGE)
    found = own.own(resident(other), now=NOON)
    assert [one.name for one in found.contents] == [NAME, "留下的名字"]
    assert len(found.holdings) == 2
    during = own.code(epi, other, now=NOON)
    service.separate(epi, merged, now=NOON)
    with pytest.raises(onetime.Spent):
        onetime.look(during.secret, onetime.Purpose.OWN_PAGE)
    assert [one.name for one in own.own(resident(other), now=NOON).contents] == [NAME]


def test_a_session_of_the_own_page_ends_with_a_merge(database: Database) -> None:
    kept, other = person(name="留下的名字"), person()
    epi = viewer("epidemiologist")
    pages = []
    for id in (kept, other):
        page = Browser()
        assert page.ask("POST", "session/own", {"code": own.code(epi, id, now=NOON).secret}).status_code == 200
        assert page.ask("GET", "mine").status_code == 200
        pages.append(page)
    service.merge(epi, kept, other, now=NOON)
    assert [page.ask("GET", "mine").status_code for page in pages] == [401, 401]


def test_making_a_code_is_a_look_at_all_that_it_opens(database: Database) -> None:
    id = person()
    own.code(viewer("epidemiologist"), id, now=NOON)
    (look,) = report.looks_at(viewer("auditor"), id).looks
    assert (look.act, look.author, look.role) == ("own_code", "epidemiologist-1", "epidemiologist")
    assert {"name", "document", "phone", "address", "birth_date", "health", "text"} == set(look.fields)


def test_a_restriction_shows_basis_approver_and_end(database: Database) -> None:
    id = person()
    order = {"basis": "infectious_disease", "approver": "county-officer-7"}
    until = NOON + timedelta(days=14)

    def ordered(start: int, days: int, **envelope: UUID) -> Fact:
        begins = NOON + timedelta(days=start)
        data = Ordered(**order, start=begins, end=begins + timedelta(days=days))
        return Fact.of(data, id=log.new_id(), subject=id, area=WUHUA, observed_at=NOON, **envelope)

    with also(Ordered):
        first, over, mistaken = ordered(0, 14), ordered(-20, 14), ordered(0, 30)
        corrected = ordered(0, 7, corrects=mistaken.id)
        log.append([first, over, mistaken, corrected], principal=Principal("desk", "desk"))
        found = own.restrictions([id], NOON + timedelta(days=1))
        assert [(one.basis, one.approver, one.end, one.area) for one in found] == [
            ("infectious_disease", "county-officer-7", NOON + timedelta(days=7), WUHUA),
            ("infectious_disease", "county-officer-7", until, WUHUA),
        ]
        assert not own.restrictions([id], NOON + timedelta(days=15))
        assert own.own(resident(id), now=NOON).restrictions == own.restrictions([id], NOON)


def test_a_statement_is_sealed_and_read_by_the_unit(database: Database) -> None:
    id = person(data_class="contact")
    own.state(resident(id), "我没有去过那里。\n请更正。", now=NOON)
    with seeing_all():
        (row,) = Text.objects.filter(subject=id)
    assert "我没有" not in bytes(row.sealed).decode("utf-8", "replace")
    assert [one.text for one in own.own(resident(id), now=NOON).texts] == ["我没有去过那里。\n请更正。"]
    shown = queries.card(viewer("epidemiologist"), id, purpose="case_investigation", now=NOON)
    assert [(note.text_class, note.text) for note in shown.texts] == [("statement", "我没有去过那里。\n请更正。")]
    for wrong in ("  ", "a\x00b", "长" * 100_000):
        with pytest.raises(Faulty):
            own.state(resident(id), wrong, now=NOON)


def test_a_statement_reaches_the_unit_that_holds_what_was_merged(database: Database) -> None:
    kept, other = person(data_class="checkpoint"), person(area=QUJING)
    with seeing_all():
        Subject.objects.filter(id=other).update(merged_into=kept)
        Holding.objects.filter(subject=kept).delete()
    own.state(resident(other), "我的陈述", now=NOON)
    with seeing_all():
        assert [(row.subject, row.area) for row in Text.objects.all()] == [(other, QUJING)]


def test_what_others_wrote_is_named_and_not_shown(database: Database) -> None:
    id = person()
    service.write(viewer("epidemiologist"), id, "note", "其邻居张某反映的情况", now=NOON)
    looks.record(viewer("duty_officer"), [id], ["name"], Act.DISPLAY, "contact_tracing", "家属报失踪，需核实身份")
    assert [(one.text_class, one.text) for one in own.own(resident(id), now=NOON).texts] == [("note", None)]


def test_by_http_from_the_code_to_the_complaint(database: Database) -> None:
    admin = first_administrator()
    epi = appointed(admin, "epi", "epidemiologist", KUNMING)
    auditor = appointed(admin, "auditor", "auditor", KUNMING)
    county = appointed(admin, "county", "county_duty_officer", KUNMING)
    id = person()
    foreign = person(area=QUJING)

    assert epi.ask("POST", f"people/{id}/card", {"purpose": "contact_tracing"}).status_code == 200
    code = epi.ask("POST", f"people/{id}/own-code").json()["code"]
    assert epi.ask("POST", f"people/{foreign}/own-code").status_code == 404

    mine = Browser("10.0.0.9")
    assert mine.ask("GET", "mine").status_code == 401
    assert mine.ask("POST", "session/own", {"code": code}).status_code == 200
    assert Browser("10.0.0.8").ask("POST", "session/own", {"code": code}).status_code >= 400  # once
    answer = mine.ask("GET", "mine")
    assert answer.status_code == 200, answer.content
    assert "no-store" in answer["Cache-Control"]
    page = answer.json()
    assert page["fields"]["name"] == NAME and page["fields"]["documents"][0]["number"] == NUMBER
    (held,) = page["holdings"]
    assert held["data_class"]["zh"] == "密切接触者" and held["basis"]["en"] and held["days"] == 60
    assert [one["act"] for one in page["looks"]["looks"]] == ["display", "own_code", "display"]
    look = page["looks"]["looks"][-1]
    assert (look["role"]["id"], look["area"]["zh"], look["purpose"]["en"]) == (
        "epidemiologist",
        "昆明市",
        "contact tracing",
    )
    assert look["author"] == ""  # a role and a unit, no officer
    assert {one["id"] for one in page["complaints"]} == {"unit", "hotline", "cyberspace"}
    answers = [mine.ask("POST", "mine/statement", {"text": "请更正地址。"}).status_code for _ in range(21)]
    assert answers == [*[200] * 20, 429]
    for path in (f"people/{id}/looks", "looks", "retention"):
        assert mine.ask("GET", path).status_code == 403

    told = auditor.ask("GET", f"people/{id}/looks").json()["looks"]
    assert {one["role"]["id"] for one in told} == {"epidemiologist", "resident"}
    assert all(one["author"] for one in told)
    missing = [auditor.ask("GET", f"people/{one}/looks") for one in (foreign, uuid4())]
    assert {(one.status_code, one.json()["detail"]) for one in missing} == {(404, "there is no such record")}

    assert epi.ask("GET", f"people/{id}/looks").status_code == 403
    body = {"reason_code": "subject_request", "basis": "subject_request"}
    assert epi.ask("POST", f"people/{id}/erase", body).status_code == 403
    assert county.ask("POST", f"people/{foreign}/erase", body).status_code == 404
    assert county.ask("POST", f"people/{id}/erase", body | {"basis": "because"}).status_code == 422
    assert county.ask("POST", f"people/{id}/erase", body).json() == {"persons": 1, "encounters": 0}
    assert mine.ask("GET", "mine").status_code == 401  # and the session with it
    assert county.ask("POST", f"people/{id}/erase", body).status_code == 404


def test_by_http_a_broken_glass_is_alerted_read_and_reviewed(database: Database) -> None:
    admin = first_administrator()
    duty = appointed(admin, "duty", "duty_officer", KUNMING)
    auditor = appointed(admin, "auditor", "auditor", KUNMING, Browser(lang="zh-CN"))
    id = person()
    body = {"purpose": "contact_tracing", "break_glass": {"reason": "急"}}
    refused = duty.ask("POST", f"people/{id}/card", body)
    assert refused.status_code == 422 and "break_glass.reason" in refused.json()["detail"]
    body["break_glass"] = {"reason": "家属报失踪，需核实身份"}
    assert duty.ask("POST", f"people/{id}/card", body).json()["fields"]["name"] == NAME

    (broken,) = auditor.ask("GET", "looks?only=break_glass").json()["broken"]
    assert (broken["role"]["id"], broken["people"], broken["review"]) == ("duty_officer", 1, None)
    reason = auditor.ask("POST", f"looks/{broken['fact']}/reason", {"purpose": "oversight"})
    assert reason.json() == {"reasons": [{"person": str(id), "text": "家属报失踪，需核实身份"}]}
    assert auditor.ask("POST", f"looks/{broken['fact']}/reason", {"purpose": "treatment"}).status_code == 422
    assert auditor.ask("POST", f"looks/{uuid4()}/review", {"outcome": "justified"}).json()["detail"] == "没有这样的记录"
    assert auditor.ask("POST", f"looks/{broken['fact']}/review", {"outcome": "justified"}).status_code == 200
    (again,) = auditor.ask("GET", "looks?only=break_glass").json()["broken"]
    assert again["review"]["outcome"] == "justified"
    # Reading the reason was a look at the person.
    first = auditor.ask("GET", f"people/{id}/looks").json()["looks"][0]
    assert (first["role"]["id"], [one["id"] for one in first["fields"]]) == ("auditor", ["text"])
    assert auditor.ask("GET", "retention").json()["classes"][0]["zh"]
