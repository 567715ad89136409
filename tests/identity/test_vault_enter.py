"""Entering people: each once, the bad ones told by row, field and reason, the others kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from lianfang.access.matrix import Forbidden
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.identity import erasure, queries, service, vault
from lianfang.identity.facts import Reason
from lianfang.identity.models import Holding, Subject, Tag, Text
from lianfang.identity.refusals import Faulty, NoPerson, NotOne
from lianfang.sealing.current import keystore
from tests.identity.people import NOW, PURPOSE, QUJING, WUHUA, enter, entered, number, sent, viewer


def rows() -> tuple[int, int, int]:
    """How many subjects, tags and holdings there are."""
    with seeing_all():
        return Subject.objects.count(), Tag.objects.count(), Holding.objects.count()


def card(id: Any, who: Any = None) -> queries.Person:
    who = who or viewer()
    return queries.card(who, id, purpose=PURPOSE[who.role], now=NOW)


def test_a_person_is_held_sealed_and_found(database: Database) -> None:
    id = entered()
    assert rows() == (1, 3, 1)
    person = card(id)
    assert person.shown == {
        "name": "王丁", "sex": "female", "birth_date": "1990-01-01", "phones": ["13800000001"],
        "documents": [{"kind": "resident_id", "country": "CHN", "number": number()}], "address": "五华区某路1号",
    }  # fmt: skip
    (held,) = person.holdings
    assert (held.area, held.data_class, held.basis, held.since) == (WUHUA, "contact", "infectious_disease", NOW.date())


def test_the_same_again_changes_nothing(database: Database) -> None:
    """With an id, and without one; another content under the id is refused and changes nothing."""
    with_id, without = sent(1, id=uuid4()), sent(2)
    assert enter(with_id, without)[:3] == (2, 0, 0)
    before = rows()
    assert enter(with_id, without, with_id)[:3] == (0, 3, 0)
    receipt = enter({**with_id, "name": "另一人"}, sent(3))
    assert receipt[:3] == (1, 0, 1)
    assert [(f.row, f.field, f.reason) for f in receipt.faults] == [(1, "id", "conflict")]
    assert card(with_id["id"]).shown["name"] == with_id["name"]
    assert rows() == tuple(a + b for a, b in zip(before, (1, 3, 1), strict=True))


def test_an_amended_person_sent_again_is_still_known(database: Database) -> None:
    one = sent(1, id=uuid4())
    enter(one)
    service.amend(viewer(), one["id"], {"phones": ["13999999999"]}, "correction", now=NOW)
    assert enter(one)[:3] == (0, 1, 0)
    assert card(one["id"]).shown["phones"] == ["13999999999"]


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", "missing"),
    ({"name": "长" * 101}, "name", "too_long"),
    ({"name": "王\x00明"}, "name", "characters"),
    ({"name": "王\u202e明"}, "name", "characters"),
    ({"name": "王\ud800"}, "name", "characters"),
    ({"address": "路\n号"}, "address", "characters"),
    ({"address": "路" * 301}, "address", "too_long"),
    ({"sex": "?"}, "sex", "unknown_kind"),
    ({"documents": [{"kind": "resident_id", "number": number()[:-1] + "0"}]}, "documents.0.number", "check_digit"),
    ({"documents": [{"kind": "library", "number": "1"}]}, "documents.0.kind", "unknown_kind"),
    ({"documents": [{"kind": "passport", "number": "E123"}]}, "documents.0.country", "country"),
    ({"documents": [{"kind": "other", "number": " "}]}, "documents.0.number", "missing"),
    ({"documents": [{"kind": "other", "number": str(n)} for n in range(6)]}, "documents", "too_many"),
    ({"phones": ["call me"]}, "phones.0", "form"),
    ({"phones": ["138" + "0" * 40]}, "phones.0", "form"),
    ({"phones": [f"1380000000{n}" for n in range(6)]}, "phones", "too_many"),
    ({"documents": [], "birth_date": "2020-02-30"}, "birth_date", "no_date"),
    ({"documents": [], "birth_date": "0000-00-00"}, "birth_date", "no_date"),
    ({"documents": [], "birth_date": "2020-02-05"}, "birth_date", "in_future"),
    ({"documents": [], "birth_date": "1066-10-14"}, "birth_date", "too_old"),
    ({"birth_date": "1991-01-01"}, "birth_date", "disagrees"),
    ({"documents": [{"kind": "resident_id", "number": number("18000101")}]}, "birth_date", "too_old"),
    ({"area": ""}, "area", "missing"),
    ({"area": QUJING}, "area", "outside_area"),
    ({"area": "530102'; --"}, "area", "outside_area"),
    ({"area": "530102五华"}, "area", "outside_area"),
    ({"area": "53010212"}, "area", "unknown_area"),
    ({"area": "5301020000009999999999"}, "area", "unknown_area"),
    ({"area": "530102-"}, "area", "outside_area"),
    ({"area": "530102" + "0" * 59}, "area", "outside_area"),
    ({"data_class": ""}, "data_class", "missing"),
    ({"data_class": "party"}, "data_class", "unknown_class"),
    ({"basis": "whim"}, "basis", "unknown_basis"),
    ({"since": "2020-02-05"}, "since", "in_future"),
    ({"since": "2020-02-04", "ends": "2020-02-03"}, "ends", "before_since"),
    ({"id": "not-a-uuid"}, "id", "no_id"),
    ({"kind": "vehicle"}, "kind", "unknown_kind"),
    ({"person": str(uuid4())}, "person", "no_person"),
    ({"kind": "encounter", "person": str(uuid4())}, "person", "no_person"),
]


def test_what_is_wrong_is_told_by_row_field_and_reason_and_the_rest_is_kept(database: Database) -> None:
    people = []
    for n, (fields, _, _) in enumerate(BAD):
        people += [sent(2 * n), sent(2 * n + 1, **fields)]
    receipt = enter(*people)
    told = {fault.row: (fault.field, fault.reason) for fault in receipt.faults}
    assert told == {2 * n + 2: (field, reason) for n, (_, field, reason) in enumerate(BAD)}
    assert (receipt.entered, receipt.skipped, receipt.refused) == (len(BAD), 0, len(BAD))
    for fault in receipt.faults:
        assert any("一" <= c <= "鿿" for c in fault.zh) or "UUID" in fault.zh
        assert fault.en and not any("一" <= c <= "鿿" for c in fault.en.replace("女, 男, 其他, 未知", ""))
    assert rows()[0] == len(BAD)


def test_every_fault_of_a_row_is_told_at_once(database: Database) -> None:
    receipt = enter(sent(1, name="", area=QUJING, phones=["x"]))
    assert {fault.field for fault in receipt.faults} == {"name", "area", "phones.0"} and receipt.refused == 1


def test_no_document_and_a_foreign_one_are_as_good(database: Database) -> None:
    none = entered(1, documents=None, birth_date="1950-12-31")
    foreign = entered(2, documents=[{"kind": "passport", "country": "mmr", "number": "mc 123456"}], name="Aung San")
    assert card(none).shown["documents"] == []
    assert card(foreign).shown["documents"] == [{"kind": "passport", "country": "MMR", "number": "MC123456"}]
    assert queries.find(viewer(), document="mc-123456", purpose="contact_tracing").people[0].id == foreign


def test_a_role_enters_only_its_own_classes_of_fields_and_data(database: Database) -> None:
    grid = viewer("grid_worker")
    assert [(f.field, f.reason) for f in enter(sent(1), who=grid).faults] == [("data_class", "unknown_class")]
    assert enter(sent(1, data_class="screening"), who=grid).entered == 1
    volunteer = viewer("volunteer_coordinator")
    receipt = enter(sent(2, data_class="delivery"), who=volunteer)
    assert {(f.field, f.reason) for f in receipt.faults} == {("documents", "not_yours"), ("sex", "not_yours")}
    assert enter(sent(2, data_class="delivery", documents=None, sex=None), who=volunteer).entered == 1
    with pytest.raises(Forbidden):
        enter(sent(3), who=viewer("logistics_officer"))


def test_an_erased_id_is_never_held_again(database: Database) -> None:
    one = sent(1, id=uuid4())
    keystore().erase([one["id"]], NOW)
    receipt = enter(one, sent(2))
    assert (receipt.entered, [f.reason for f in receipt.faults]) == (1, ["erased"])


def test_nothing_is_written_about_somebody_whose_key_is_erased(database: Database) -> None:
    """The row may be there for a moment longer."""
    id = entered(1)
    keystore().erase([id], NOW)
    for act in (
        lambda: service.amend(viewer(), id, {"name": "李四"}, "correction", now=NOW),
        lambda: service.write(viewer(), id, "note", "迟到的记录", now=NOW),
    ):
        with pytest.raises(NoPerson):
            act()


def test_encounters_are_held_without_tags_and_lead_to_a_person_in_the_vault_alone(database: Database) -> None:
    person = entered(1)
    staff = viewer("checkpoint_staff")
    twice = sent(2, kind="encounter", data_class="checkpoint")
    assert enter({**twice, "id": uuid4()}, {**twice, "id": uuid4()}, who=staff).entered == 2
    known = {"id": uuid4(), "kind": "encounter", "person": person, "area": WUHUA, "data_class": "checkpoint"}
    assert enter(known).entered == 1 and enter(known).skipped == 1
    with seeing_all():
        encounters = list(Subject.objects.filter(kind="encounter"))
        assert not Tag.objects.filter(subject__in=[row.id for row in encounters]).exists()
    assert len({bytes(row.entry) for row in encounters}) == 3, "nothing of two encounters may be equal"
    assert [row.person for row in encounters if row.id == known["id"]] == [person]
    assert queries.find(viewer(), phone="13800000002", purpose="contact_tracing").people == ()


def refused(*people: dict[str, Any], who: Viewer) -> list[tuple[int, str, str]]:
    return [(one.row, one.field, one.reason) for one in enter(*people, who=who).faults]


def test_an_encounter_names_nobody_whom_its_sender_could_not_enter(database: Database) -> None:
    """However the person comes in the same list: held elsewhere, in conflict, refused, erased."""
    staff, elsewhere = viewer("checkpoint_staff"), viewer(area=QUJING)

    def met(person: UUID) -> dict[str, Any]:
        return sent(9, id=uuid4(), kind="encounter", person=person, data_class="checkpoint")

    def named(id: UUID, **fields: Any) -> dict[str, Any]:
        return sent(1, id=id, data_class="checkpoint", **fields)

    foreign, mine, bad, gone = entered(1, who=elsewhere, area=QUJING), entered(2), uuid4(), entered(3)
    keystore().erase([gone], NOW)
    for people, wrong in (
        ([met(foreign)], []),
        ([named(foreign), met(foreign)], [(1, "id", "conflict")]),
        ([met(foreign), named(foreign)], [(2, "id", "conflict")]),
        ([named(mine), met(uuid4())], [(1, "id", "conflict")]),
        ([named(bad, name=""), met(bad)], [(1, "name", "missing")]),
        ([met(gone)], []),
        ([named(gone), met(gone)], [(1, "id", "erased")]),
    ):
        at = next(row for row, one in enumerate(people, 1) if one.get("person"))
        assert refused(*people, who=staff) == sorted([*wrong, (at, "person", "no_person")])
    with seeing_all():
        assert not Subject.objects.filter(kind="encounter").exists()
    fresh = uuid4()
    assert enter(met(fresh), named(fresh), who=staff).entered == 2, "the person may stand behind the encounter"
    assert enter(met(fresh), named(fresh), who=staff)[:3] == (1, 1, 0)


def test_areas_are_those_that_exist(database: Database) -> None:
    """Divisions, codes below a county's, and zones of a division."""
    wide = viewer(area="530100")
    good = [
        "530100",
        "530102",
        "530102001",
        "5301020019",
        "530102001001",
        "530102001001003",
        "530102-kj1",
        "530100-a.b",
    ]
    for n, area in enumerate(good, 1):
        assert refused(sent(n, area=area), who=wide) == [], area
    bad = ["5301", "530199", "530199001", "530199-a", "53010200", "5301020010010033", "5301001", "530102001x-"]
    for area in bad:
        assert [fault[1] for fault in refused(sent(50, area=area), who=wide)] == ["area"], area
    id = entered(60)
    with pytest.raises(Faulty) as refusal:
        service.hold(wide, id, {"area": "530199", "data_class": "isolation"}, now=NOW)
    assert "区划代码" in refusal.value.zh and "area" in refusal.value.en


def test_what_is_written_of_somebody_is_in_the_security_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "lianfang.security")
    id, text = entered(1), "一句不外传的话"
    held = service.hold(viewer(), id, {"area": WUHUA, "data_class": "isolation"}, now=NOW)
    service.end(viewer(), id, held, NOW.date())
    service.write(viewer(), id, "note", text, now=NOW)
    told = [line for line in caplog.records if line.name == "lianfang.security"]
    assert [line.message for line in told] == ["person_held", "holding_ended", "text_written"]
    assert {line.told["person"] for line in told} == {str(id)}  # type: ignore[attr-defined]
    assert not any(text in repr(line.__dict__) for line in told)


def test_today_is_the_civil_date_of_the_systems_zone(database: Database) -> None:
    """At 18:00 UTC it is the next day in China."""
    evening = datetime(2020, 2, 4, 18, tzinfo=UTC)
    receipt = service.enter(viewer(), [(1, sent(1, since="2020-02-05")), (2, sent(2, since="2020-02-06"))], now=evening)
    assert [(one.row, one.reason) for one in receipt.faults] == [(2, "in_future")] and receipt.entered == 1
    id = entered(3)
    held = service.hold(viewer(), id, {"area": WUHUA, "data_class": "isolation"}, now=evening)
    with seeing_all():
        assert Holding.objects.get(id=held).since == date(2020, 2, 5)


def test_requests_at_once_enter_each_person_once(database: Database) -> None:
    loose, fixed = [sent(n) for n in range(20)], [sent(n, id=uuid4()) for n in range(50, 70)]
    receipts, errors = [], []

    def run(people: list[dict[str, Any]]) -> None:
        try:
            receipts.append(enter(*people))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[people]) for people in [loose, fixed] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors and sum(receipt.entered for receipt in receipts) == 40
    assert sum(receipt.skipped for receipt in receipts) == 120 and rows()[0] == 40


def test_who_is_being_erased_is_not_held_anew(database: Database) -> None:
    """Whichever of the two is first: no reason for holding outlives the person."""
    outcomes: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            outcomes.append("done")
        except NoPerson:
            outcomes.append("gone")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    for n in range(12):
        id = entered(n)
        acts: list[Callable[[], object]] = [
            partial(erasure.erase, viewer("county_duty_officer"), id, Reason.ORDER, "order", now=NOW),
            partial(service.hold, viewer(), id, {"area": WUHUA, "data_class": "case"}, now=NOW),
        ]
        threads = [threading.Thread(target=run, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(outcomes) <= {"done", "gone"} and outcomes.count("done") >= 12
    assert rows() == (0, 0, 0)


def test_amending_replaces_what_is_given_and_what_is_found_by(database: Database) -> None:
    id = entered(1)
    service.amend(viewer(), id, {"name": "李四", "phones": ["13911112222"]}, "correction", now=NOW)
    shown = card(id).shown
    assert (shown["name"], shown["phones"], shown["address"]) == ("李四", ["13911112222"], "五华区某路1号")
    found = [
        len(queries.find(viewer(), phone=p, purpose="contact_tracing").people) for p in ("13911112222", "13800000001")
    ]
    assert found == [1, 0]
    with pytest.raises(Faulty) as refused:
        service.amend(viewer(), id, {"name": "", "birth_date": "1890-01-01"}, "correction", now=NOW)
    assert {fault.field for fault in refused.value.faults} == {"name", "birth_date"}
    with pytest.raises(NoPerson):
        service.amend(viewer(area=QUJING), id, {"name": "李五"}, "correction", now=NOW)
    with pytest.raises(NoPerson):
        service.amend(viewer("grid_worker"), id, {"name": "李五"}, "correction", now=NOW)
    assert card(id).shown["name"] == "李四"


def test_a_role_amends_only_its_own_classes_of_fields(database: Database) -> None:
    mine = viewer("volunteer_coordinator")
    id = entered(1, who=mine, data_class="delivery", documents=None, sex=None)
    service.amend(mine, id, {"phones": ["13911112222"]}, "correction", now=NOW)
    with pytest.raises(Faulty) as refused:
        service.amend(mine, id, {"documents": [{"kind": "other", "number": "1"}]}, "correction", now=NOW)
    assert refused.value.faults[0].field == "documents" and refused.value.faults[0].reason == "not_yours"


def test_a_person_is_held_for_a_further_reason_until_it_ends(database: Database) -> None:
    id = entered(1)
    further = service.hold(viewer(), id, {"area": WUHUA, "data_class": "isolation"}, now=NOW)
    held = {one.id: one for one in card(id).holdings}
    assert len(held) == 2 and held[further].due is None
    ends = NOW.date() + timedelta(days=14)
    service.end(viewer(), id, further, ends)
    after = {one.id: one for one in card(id).holdings}[further]
    assert (after.ends, after.due) == (ends, ends + timedelta(days=60))
    with pytest.raises(Faulty):
        service.end(viewer(), id, further, date(2020, 1, 1))
    with pytest.raises(NoPerson):
        service.end(viewer(area=QUJING), id, further, ends)
    with pytest.raises(Faulty):
        service.hold(viewer(), id, {"area": QUJING, "data_class": "isolation"}, now=NOW)


def test_texts_are_sealed_and_shown_to_their_readers_only(database: Database) -> None:
    id = entered(1)
    service.write(viewer(), id, "note", "与同事聚餐\n未戴口罩", now=NOW)
    assert [note.text for note in card(id).texts] == ["与同事聚餐\n未戴口罩"]
    with seeing_all():
        assert "聚餐".encode() not in bytes(Text.objects.get().sealed)
    assert card(id, viewer("county_duty_officer")).texts == ()
    for text, reason in (("  ", "missing"), ("字" * 4_001, "too_long"), ("a\x07", "characters")):
        with pytest.raises(Faulty) as refused:
            service.write(viewer(), id, "note", text, now=NOW)
        assert refused.value.faults[0].reason == reason
    with pytest.raises(Faulty):
        service.write(viewer(), id, "counselling", "不属于流调", now=NOW)
    with pytest.raises(NoPerson):
        service.write(viewer(area=QUJING), id, "note", "x", now=NOW)


def test_who_sees_the_own_work_reads_the_own_notes_only(database: Database) -> None:
    """A counsellor's notes are not another's, and a further reason to hold a client opens nothing."""
    first, second = viewer("counsellor", author="c-1"), viewer("counsellor", author="c-2")
    id = entered(1, who=first, data_class="counselling", documents=None, sex=None, address=None)
    service.write(first, id, "counselling", "失眠", now=NOW)
    with seeing_all():
        held, text = Holding.objects.get(), Text.objects.get()
        held.id, held.author = uuid4(), "c-2"
        held.save(force_insert=True)
        text.id, text.author = uuid4(), "c-2"
        text.sealed = vault.seal_text(keystore().get([id])[id], text.id, "好转")
        text.save(force_insert=True)
    assert [note.text for note in card(id, first).texts] == ["失眠"]
    for who in (second, viewer()):  # to others a client is not there
        with pytest.raises(NoPerson):
            card(id, who)


def test_two_pseudonyms_are_merged_and_separated_by_facts(database: Database) -> None:
    keep, other = entered(1), entered(2)
    merge = service.merge(viewer(), keep, other, now=NOW)
    for by in ({"phone": "13800000001"}, {"phone": "13800000002"}):
        assert [one.id for one in queries.find(viewer(), **by, purpose="contact_tracing").people] == [keep]
    assert card(other).id == keep and len(card(keep).holdings) == 2
    assert [one.id for one in queries.page(viewer(), purpose="contact_tracing").people] == [keep]
    for again in ((keep, other), (other, keep), (keep, keep)):
        with pytest.raises(NotOne):
            service.merge(viewer(), *again, now=NOW)
    service.separate(viewer(), merge, now=NOW)
    assert card(other).id == other and len(card(keep).holdings) == 1
    with pytest.raises(NotOne):
        service.separate(viewer(), merge, now=NOW)
    facts = [entry.fact for entry in log.read(kinds={"identity.merged", "identity.separated"})]
    assert [(f.kind, f.subject, f.corrects) for f in facts] == [
        ("identity.merged", keep, None),
        ("identity.separated", keep, merge),
    ]


def test_merges_in_a_row_lead_to_one_and_are_undone_one_by_one(database: Database) -> None:
    a, b, c = entered(1), entered(2), entered(3)
    first = service.merge(viewer(), b, c, now=NOW)
    second = service.merge(viewer(), a, b, now=NOW)
    assert {card(id).id for id in (a, b, c)} == {a} and len(card(c).holdings) == 3
    service.separate(viewer(), second, now=NOW)
    assert (card(a).id, card(b).id, card(c).id) == (a, b, b)
    service.separate(viewer(), first, now=NOW)
    assert [card(id).id for id in (a, b, c)] == [a, b, c]


def test_encounters_and_strangers_are_never_merged(database: Database) -> None:
    one, two = entered(1), entered(2, kind="encounter", data_class="checkpoint")
    with pytest.raises(NotOne):
        service.merge(viewer(), one, two, now=NOW)
    with pytest.raises(NoPerson):
        service.merge(viewer(), one, uuid4(), now=NOW)
    with pytest.raises(NoPerson):
        service.merge(viewer(area=QUJING), one, entered(3), now=NOW)
    with pytest.raises(Forbidden):
        service.merge(viewer("grid_worker"), one, entered(4), now=NOW)
    with pytest.raises(NoPerson):
        service.separate(viewer(), uuid4(), now=NOW)
    assert [entry.fact.kind for entry in log.read(kinds={"identity.merged"})] == []


def test_the_vault_knows_its_own_key_store(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    service.check_store()
    service.check_store()
    monkeypatch.setattr(vault, "index_key", lambda: bytes(32))
    with pytest.raises(service.OtherStore, match="put back the key store"):
        service.check_store()
