"""Lists at work: what is recorded, what is refused and why, what is there already, and how it is taken back."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.access.rows import seeing_all
from lianfang.accounts import clock
from lianfang.accounts.refused import Changed, NotThere
from lianfang.app.database import Database
from lianfang.capabilities.cases import service as case_service
from lianfang.capabilities.cases.facts import Treated
from lianfang.capabilities.checkpoints.models import ArrivalRow
from lianfang.capabilities.contacts import service as contact_service
from lianfang.capabilities.contacts.facts import Exposure
from lianfang.capabilities.contacts.models import ContactRow, Edge, ExposureRow
from lianfang.exchange import queries, service, store
from lianfang.exchange import run as runs
from lianfang.exchange.check import plan
from lianfang.exchange.layout import ListKind
from lianfang.exchange.mapping import Mapping
from lianfang.exchange.models import List
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.models import Subject
from lianfang.identity.refusals import NoSheet
from lianfang.identity.sheets import CSV_TYPE, XLSX_TYPE
from tests.exchange.sending import NOW, WUHUA, cases, run, send, sheet, undo, viewer
from tests.identity.people import number
from tests.identity.workbooks import packed

BASE = {"constants": {"disease": "ncov-2020", "class": "confirmed"}}
ROW = {
    "病例编号": "A1",
    "姓名": "",
    "身份证号": "",
    "性别": "女",
    "年龄": "41",
    "发病日期": "2020-01-20",
    "确诊日期": "2020-01-24",
}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def row(**changed: str) -> dict[str, str]:
    return {**ROW, **changed}


def named(n: int, **changed: str) -> dict[str, str]:
    return row(**{"病例编号": f"A{n}", "姓名": f"李{chr(0x4E00 + n)}", "身份证号": number(order=n), **changed})


def people() -> int:
    with seeing_all():
        return Subject.objects.count()


def reasons(faults: Any) -> list[tuple[int, str, str]]:
    return [(one.row, one.field, one.reason) for one in faults if not one.note]


def test_a_long_list_is_not_held_as_facts_while_it_is_checked(database: Database) -> None:
    """Of 200 rows no fact is left as an object; asked for, each is of the person that its row turned out to be."""
    body = sheet(named(n) for n in range(200))
    its = send(viewer(), body, ListKind.CASES).mapping.model_copy(update={**BASE, "second_cases": True})
    run(viewer(), sheet([named(7, 病例编号="B7", 发病日期="2020-01-02", 确诊日期="2020-01-04")]), **BASE)
    (held,) = cases()
    gc.collect()
    before = _facts()
    made = plan(viewer(), log.new_id(), body, CSV_TYPE, its, sent_at=NOW)
    gc.collect()
    assert _facts() <= before and len(made.drafts) == 200
    persons = [{fact.data.person for fact in one.facts if hasattr(fact.data, "person")} for one in made.drafts]
    assert persons == [{one.person} for one in made.drafts] and persons.count({held.person}) == 1
    assert all(len(one.facts) == one.count > 0 for one in made.drafts)


def _facts() -> int:
    return sum(isinstance(one, Fact) for one in gc.get_objects())


def test_what_a_row_comes_to(database: Database) -> None:
    told = row(
        **{
            "报告日期": "2020-01-22",
            "入院日期": "2020-01-23",
            "出院日期": "2020-02-10",
            "临床分型": "轻症",
            "症状": "发热、干咳",
        }
    )
    one, faults = run(viewer(), sheet([told]), **BASE)
    assert (one.state, one.taken, one.refused, list(faults)) == ("done", 1, 0, [])
    (case,) = cases()
    assert (case.to, case.severity, case.outcome, case.number, case.area) == (
        "confirmed",
        "mild",
        "recovered",
        "A1",
        WUHUA,
    )
    kinds = [entry.fact.kind for entry in log.read()]
    assert kinds == ["case.reported", "case.classified", "case.admitted", "case.ended"]
    assert case.edition == "ncov-2020-v2" and not case.faults


def test_people_go_to_the_vault_and_are_known_again(database: Database) -> None:
    both = sheet([named(1), named(2)])
    first, _ = run(viewer(), both, **BASE)
    assert (first.taken, first.people, people()) == (2, 2, 2)
    before = log.head().seq
    again, faults = run(viewer(), both, **BASE)
    assert (again.taken, again.left_out, again.refused, people()) == (0, 2, 0, 2)
    assert reasons(faults) == [(2, "number", "in_record"), (3, "number", "in_record")] and log.head().seq == before
    other, faults = run(viewer(), sheet([named(1, 病例编号="B7")]), **BASE)
    assert (other.taken, other.left_out, reasons(faults)) == (0, 1, [(2, "name", "same_person")])
    second, _ = run(viewer(), sheet([named(1, 病例编号="B7")]), second_cases=True, **BASE)
    assert second.taken == 1 and people() == 2 and len({case.person for case in cases()}) == 2 and len(cases()) == 3


def test_the_same_person_or_number_twice_in_a_list(database: Database) -> None:
    told = [named(1), named(1, 病例编号="A9"), row(病例编号="A1"), row(病例编号="A2"), row(病例编号="A3")]
    one, faults = run(viewer(), sheet(told), **BASE)
    assert (one.taken, one.left_out) == (3, 2)
    assert reasons(faults) == [(3, "name", "same_person"), (4, "number", "twice")]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"发病日期": "2020-02-30"}, "onset", "no_such_day"),
        ({"发病日期": "soon"}, "onset", "no_date"),
        ({"发病日期": "5-Jan"}, "onset", "no_year"),
        ({"发病日期": "05/01/2020"}, "onset", "which_order"),
        ({"发病日期": "9-Jan-2020 to 5-Jan-2020"}, "onset", "reversed"),
        ({"确诊日期": "2021-01-24"}, "confirmed", "in_future"),
        ({"发病日期": "2020-04-20"}, "onset", "in_future"),
        ({"确诊日期": ""}, "reported", "missing"),
        ({"病例编号": "张三的病例"}, "number", "no_number"),
        ({"区划代码": "999999"}, "area", "unknown_area"),
        ({"区划代码": "530302"}, "area", "outside_area"),
        ({"疾病": "plague"}, "disease", "no_disease"),
        ({"死亡日期": "2020-01-10"}, "about.onset", "contradicts"),
        ({"姓名": "王五", "身份证号": "530102199001010010"}, "documents.0.number", "check_digit"),
    ],
    ids=lambda value: str(value),
)
def test_dat_05_a_row_that_cannot_be_is_refused_and_the_others_are_kept(
    database: Database, changed: dict[str, str], field: str, reason: str
) -> None:
    more = {name: "" for name in ("区划代码", "疾病", "死亡日期")}
    told = [{**row(病例编号="G1"), **more}, {**row(), **more, **changed}, {**row(病例编号="G2"), **more}]
    one, faults = run(viewer(), sheet(told), **BASE)
    assert [case.number for case in cases()] == ["G1", "G2"] and (one.taken, one.refused) == (2, 1)
    (found,) = [wrong for wrong in faults if not wrong.note]
    assert (found.row, found.field, found.reason) == (3, field, reason) and found.zh and found.en
    assert reason == "contradicts" or not any(value and value in found.en for value in changed.values())


def test_what_is_left_out_keeps_no_row_out(database: Database) -> None:
    told = sheet([row(年龄="old", 性别="?", **{"临床分型": "odd"})])
    one, faults = run(viewer(), told, columns={"年龄": "age", "临床分型": "severity"}, **BASE)
    assert one.taken == 1 and {(fault.field, fault.reason) for fault in faults} == {
        ("age", "left_out"), ("severity", "left_out"),
    }  # fmt: skip


def test_a_case_without_an_onset_and_one_without_symptoms(database: Database) -> None:
    run(viewer(), sheet([row(发病日期=""), row(病例编号="A2", 发病日期="无症状")]), **BASE)
    assert [(case.onset_earliest, case.no_symptoms) for case in cases()] == [(None, None), (None, True)]


def test_an_onset_after_the_report_is_told_later(database: Database) -> None:
    one, faults = run(viewer(), sheet([row(发病日期="2020-01-27")]), **BASE)
    assert one.taken == 1 and cases()[0].onset_earliest.isoformat() == "2020-01-27"
    assert [(told.field, told.reason, told.note) for told in faults] == [("onset", "onset_after", True)]


def test_what_is_of_the_day_on_which_the_list_is_sent_has_happened(database: Database) -> None:
    """In the morning too, though of a day alone its noon is told."""
    one, faults = run(viewer(), sheet([row(报告日期="2020-03-01", 确诊日期="2020-03-01")]), **BASE)
    assert (one.taken, reasons(faults)) == (1, []) and NOW.hour + 8 < 12
    assert cases()[0].reported_at < cases()[0].confirmed_at <= NOW or cases()[0].reported_at <= NOW
    told = contact(病例编号="", 末次接触日期="2020-02-28", 登记日期="2020-03-01")
    one, faults = run(viewer(), sheet([told]), ListKind.CONTACTS, **CONTACTS_OF)
    assert (one.taken, reasons(faults)) == (1, []) and contacts()[0].registered_at <= NOW


def test_a_dry_run_records_nothing(database: Database) -> None:
    one, faults = run(viewer(), sheet([named(1), row(病例编号="A2", 发病日期="x")]), dry=True, **BASE)
    assert (one.state, one.taken, one.refused, one.facts) == ("checked", 1, 1, 0)
    assert reasons(faults) == [(3, "onset", "no_date")] and not cases() and not people() and log.head().seq == 0
    done = service.start(viewer(), one.id, Mapping.model_validate(one.mapping), dry=False)
    assert (done.state, done.taken) == ("done", 1)


def test_a_list_is_sealed_while_it_waits_and_forgotten_when_it_is_done(database: Database) -> None:
    seen = send(viewer(), sheet([named(1)]))
    with seeing_all():
        kept = List.objects.get(id=seen.list.id)
    assert "李".encode() not in bytes(kept.sealed) and "李".encode() in (store.opened(kept) or b"")
    service.start(viewer(), kept.id, seen.mapping.model_copy(update=BASE), dry=False)
    with seeing_all():
        kept = List.objects.get(id=seen.list.id)
    assert kept.sealed is None and store.opened(kept) is None
    with pytest.raises(Changed):
        service.start(viewer(), kept.id, seen.mapping, dry=False)


def test_old_lists_are_forgotten(database: Database) -> None:
    seen = send(viewer(), sheet([named(1)]))
    assert store.forget_old(NOW) == 0 and store.forget_old(NOW + store.KEPT * 2) == 1
    with pytest.raises(Changed):
        service.start(viewer(), seen.list.id, seen.mapping, dry=True)


def test_undo_takes_back_what_nobody_has_worked_on(database: Database) -> None:
    one, _ = run(viewer(), sheet([named(1), named(2), named(3)]), **BASE)
    touched = cases()[0]
    later = datetime(2020, 2, 1, tzinfo=UTC)
    case_service.record(viewer(), touched.subject, Treated, {}, at=later, now=NOW)
    undone = undo(viewer(), one.id)
    assert (undone.state, undone.kept) == ("undone", 1)
    assert [case.subject for case in cases()] == [touched.subject]
    assert people() == 1  # the one of the case that stays
    with pytest.raises(Changed):
        service.take_back(viewer(), one.id)
    again, _ = run(viewer(), sheet([named(2), named(3)]), **BASE)
    assert again.taken == 2 and len(cases()) == 3


def test_undo_keeps_a_case_that_others_rest_on(database: Database) -> None:
    one, _ = run(viewer(), sheet([named(1), named(2), named(3)]), **BASE)
    source, infected, _ = cases()
    exposure = Exposure(source=source.subject, last=date(2020, 1, 23), setting="household")
    telling = contact_service.Telling(None, "ncov-2020", exposure, WUHUA, edition="ncov-2020-v2")
    met = contact_service.expose(viewer(), telling, now=NOW)
    undone = undo(viewer(), one.id)
    assert (undone.state, undone.kept) == ("undone", 1)
    assert [case.subject for case in cases()] == [source.subject]
    with seeing_all():
        assert [row.source for row in ExposureRow.objects.filter(subject=met.contact)] == [source.subject]
    assert infected.subject not in {case.subject for case in cases()}


def test_undo_erases_nobody_who_was_held_before(database: Database) -> None:
    run(viewer(), sheet([named(1)]), **BASE)
    one, _ = run(viewer(), sheet([named(1, 病例编号="B1")]), second_cases=True, **BASE)
    assert one.people == 0 and undo(viewer(), one.id).kept == 0
    assert people() == 1 and len(cases()) == 1


CONTACT = {
    "姓名": "",
    "身份证号": "",
    "病例编号": "A1",
    "末次接触日期": "2020-01-23",
    "与病例关系": "配偶",
    "接触场所": "家庭",
}


def contact(**changed: str) -> dict[str, str]:
    return {**CONTACT, **changed}


def contacts() -> list[ContactRow]:
    with seeing_all():
        return list(ContactRow.objects.order_by("registered_at", "subject"))


def test_contacts_of_cases_that_are_known(database: Database) -> None:
    run(viewer(), sheet([row(), row(病例编号="A2")]), **BASE)
    told = [
        contact(姓名="赵一", 身份证号=number(order=31)),
        contact(姓名="赵一", 身份证号=number(order=31), 病例编号="A2", 末次接触日期="2020-01-25"),
        contact(姓名="钱二", 身份证号=number(order=32), 病例编号="A1、A2"),
        contact(病例编号="A7"),
        contact(病例编号=""),
    ]
    one, faults = run(viewer(), sheet(told), ListKind.CONTACTS, constants={"disease": "ncov-2020"})
    assert (one.taken, one.refused) == (4, 1) and reasons(faults) == [(5, "source", "unknown_case")]
    assert len(contacts()) == 3 and people() == 2
    with seeing_all():
        by_number = {case.subject: case.number for case in cases()}
        exposures = sorted(
            (by_number.get(e.source, ""), e.last.isoformat(), e.relation) for e in ExposureRow.objects.all()
        )
    assert exposures == [
        ("", "2020-01-23", "spouse"), ("A1", "2020-01-23", "spouse"), ("A1", "2020-01-23", "spouse"),
        ("A2", "2020-01-23", "spouse"), ("A2", "2020-01-25", "spouse"),
    ]  # fmt: skip
    again, _ = run(viewer(), sheet(told[:1]), ListKind.CONTACTS, constants={"disease": "ncov-2020"})
    assert len(contacts()) == 3 and again.state == "done"
    assert undo(viewer(), one.id).state == "undone"


def test_a_contact_after_today_is_refused(database: Database) -> None:
    one, faults = run(
        viewer(), sheet([contact(病例编号="", 末次接触日期="2020-03-09")]), ListKind.CONTACTS, **CONTACTS_OF
    )
    assert one.refused == 1 and (2, "last", "in_future") in reasons(faults)


def test_a_contact_from_before_there_was_the_disease_is_refused(database: Database) -> None:
    told = [contact(病例编号="", 末次接触日期=day) for day in ("1900-01-20", "2019-01-23", "2020-01-23")]
    one, faults = run(viewer(), sheet(told), ListKind.CONTACTS, **CONTACTS_OF)
    assert (one.taken, one.refused) == (1, 2)
    assert reasons(faults) == [(2, "last", "too_old"), (3, "last", "too_old")] and "2019-10-02" in faults[1].en


def test_whom_a_contact_is_of_is_read_in_english_and_told_by_number(database: Database) -> None:
    told = [{"Name": "", "Contact of": "KM-999", "Last exposure": "2020-01-23"}]
    one, faults = run(viewer(), sheet(told), ListKind.CONTACTS, **CONTACTS_OF)
    assert (one.taken, reasons(faults)) == (0, [(2, "source", "unknown_case")]) and "names KM-999" in faults[0].en


def test_a_list_of_contacts_of_nobody_is_told(database: Database) -> None:
    told = [{"Name": "", "Patient zero": "A1", "Last exposure": "2020-01-23"}]
    one, faults = run(viewer(), sheet(told), ListKind.CONTACTS, **CONTACTS_OF)
    assert one.taken == 1 and [(one.row, one.field, one.reason, one.note) for one in faults] == [
        (1, "source", "no_source", True)
    ]


CONTACTS_OF = {"constants": {"disease": "ncov-2020"}}


def test_pairs(database: Database) -> None:
    run(viewer(), sheet([row(病例编号=f"A{n}") for n in range(1, 5)]), **BASE)
    pairs = [("A1", "A2"), ("A2", "A3"), ("A3", "A1"), ("A4", "A4"), ("A1", "Z9"), ("A1", "A2")]
    body = sheet([{"infector": a, "infectee": b} for a, b in pairs])
    one, faults = run(viewer(), body, ListKind.PAIRS, **CONTACTS_OF)
    assert (one.taken, one.left_out, one.refused) == (2, 1, 3)
    assert reasons(faults) == [
        (4, "infector", "cycle"), (5, "infectee", "itself"), (6, "infectee", "unknown_case"),
        (7, "infector", "in_record"),
    ]  # fmt: skip
    assert "A1 → A2 → A3 → A1" in faults[0].en
    with seeing_all():
        assert Edge.objects.count() == 2
    assert undo(viewer(), one.id).state == "undone"
    with seeing_all():
        assert Edge.objects.count() == 0


def test_a_manifest(database: Database) -> None:
    told = [
        {"旅客姓名": "孙三", "护照号": "E12345678", "证件类型": "passport", "签发国家或地区": "CHN", "航班号": "TR188",
         "到达时间": "2020-01-24 09:35", "目的地": "五华区"},
        {"旅客姓名": "孙三", "护照号": "E12345678", "证件类型": "passport", "签发国家或地区": "CHN", "航班号": "TR188",
         "到达时间": "2020-01-24 09:35", "目的地": "五华区"},
        {"旅客姓名": "", "护照号": "", "证件类型": "", "签发国家或地区": "", "航班号": "TR188",
         "到达时间": "2020-01-24", "目的地": "盘龙区"},
    ]  # fmt: skip
    one, faults = run(viewer("530100"), sheet(told), ListKind.ARRIVALS)
    assert (one.taken, one.left_out, one.refused) == (2, 1, 0), [fault.en for fault in faults]
    with seeing_all():
        arrived = sorted((row.number, row.area) for row in ArrivalRow.objects.all())
    assert arrived == [("TR188", "530102"), ("TR188", "530103")]
    again, faults = run(viewer("530100"), sheet(told[:1]), ListKind.ARRIVALS)
    assert (again.taken, again.left_out) == (0, 1) and reasons(faults) == [(2, "name", "in_record")]


def test_wrong_files(database: Database) -> None:
    with pytest.raises(NoSheet):
        send(viewer(), b"%PDF-1.7", content_type=XLSX_TYPE)
    with pytest.raises(NoSheet):
        send(viewer(), packed("", extra={"xl/bomb.xml": b"<a>" + b" " * (65 * 2**20)}), content_type=XLSX_TYPE)
    with pytest.raises(NoSheet):
        send(viewer(), b"a" * (33 * 2**20))
    for empty in (b"", b"\r\n\r\n", "\ufeff".encode()):
        with pytest.raises(NoSheet) as refused:
            send(viewer(), empty)
        assert "is empty" in refused.value.en
    with pytest.raises(NoSheet) as refused:
        send(viewer(), b"a,b\n" * 100_100)
    assert refused.value.en == "the list is too large: 100000 rows at most; send it in parts"
    assert "最多 100000 行" in refused.value.zh
    one, _ = run(viewer(), sheet([{"x": "1", "y": "2"}]), columns={"z": "number"}, **BASE)
    assert one.state == "failed" and "none of the columns" in one.why and not cases()


def test_mixed_encodings_are_refused_by_line(database: Database) -> None:
    lines = ["病例编号,姓名".encode("gb18030"), "A1,张三".encode(), "A2,李四".encode("gb18030")]
    with pytest.raises(NoSheet) as refused:
        send(viewer(), b"\r\n".join(lines))
    assert "line 2 is UTF-8" in refused.value.en
    assert send(viewer(), b"\r\n".join([lines[0], lines[2]])).list.rows == 1


def test_mappings_are_kept_by_name(database: Database) -> None:
    seen = send(viewer(), sheet([row()]))
    service.keep(viewer(), "Kunming", seen.mapping, now=NOW)
    service.keep(viewer(), "Kunming", seen.mapping.model_copy(update={"order": "dmy"}), now=NOW)
    (kept,) = queries.mappings(viewer())
    assert kept.name == "Kunming" and Mapping.model_validate(kept.mapping).order == "dmy"
    assert queries.mappings(viewer(author="epidemiologist-2")) == []
    service.drop(viewer(), "Kunming")
    with pytest.raises(NotThere):
        service.drop(viewer(), "Kunming")


def test_whose_lists_these_are(database: Database) -> None:
    one, _ = run(viewer(), sheet([row()]), **BASE)
    assert [found.id for found in queries.page(viewer())] == [one.id]
    assert queries.page(viewer("530302")) == []
    with pytest.raises(NotThere):
        queries.one(viewer("530302"), one.id)
    for role in ("grid_worker", "county_duty_officer", "laboratory"):
        with pytest.raises(Forbidden):
            send(viewer(role=role), sheet([row()]))
    with pytest.raises(Changed):
        service.take_back(viewer(author="epidemiologist-2"), one.id)


def test_what_was_told_as_a_file(database: Database) -> None:
    one, _ = run(viewer(), sheet([row(发病日期="soon")]), columns={"发病日期": "onset"}, **BASE)
    zh, en = queries.as_csv(viewer(), one.id, "zh"), queries.as_csv(viewer(), one.id, "en")
    assert en.splitlines()[0] == '\ufeff"row","field","imported","reason","what to do"'
    assert '"onset","no","no_date"' in en
    assert "不是日期" in zh and "soon" not in en


def test_words_of_terms_are_asked_about_and_then_mean_what_was_said(database: Database) -> None:
    body = sheet([row(**{"临床分型": "odd"}), row(病例编号="A2", **{"临床分型": "重型"})])
    seen = send(viewer(), body)
    mapping = seen.mapping.model_copy(update={**BASE, "values": {"severity": {"odd": "mild"}}})
    (told,) = [its for name, its in service.words(viewer(), seen.list.id, mapping).items() if name == "severity"]
    assert {one.said: one.meaning for one in told} == {"odd": "mild", "重型": "severe"}
    service.start(viewer(), seen.list.id, mapping, dry=False)
    assert [case.severity for case in cases()] == ["mild", "severe"]


def test_a_run_that_broke_off_is_run_again_and_doubles_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    seen = send(viewer(), sheet([named(n) for n in range(1, 6)]))
    mapping = seen.mapping.model_copy(update=BASE)
    whole, parts = runs._part, []

    def breaking(*told: Any) -> None:
        parts.append(told)
        if len(parts) == 2:
            raise RuntimeError("the power went off")
        whole(*told)

    monkeypatch.setattr(runs, "_part", breaking)
    with pytest.raises(RuntimeError):
        service.start(viewer(), seen.list.id, mapping, dry=False)
    assert queries.one(viewer(), seen.list.id).state == "failed" and len(cases()) == 2
    done = service.start(viewer(), seen.list.id, mapping, dry=False)
    assert (done.state, done.taken) == ("done", 5) and len(cases()) == people() == 5
    assert undo(viewer(), done.id).kept == 0 and not cases() and not people()
