"""Finding and seeing people: by what they carry, within the viewer's area and need, on record before it is shown."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.access import rows
from lianfang.access.matrix import Forbidden, Sight, data_classes, fields, matrix, roles
from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.identity import glass, looks, queries, service, vault
from lianfang.identity.faults import Fault
from lianfang.identity.models import Holding, Subject, Tag, Text
from lianfang.identity.refusals import Faulty, NoCursor, NoPerson, NothingToFindBy, NotYourPurpose
from lianfang.sealing.current import keystore
from tests.identity.people import NOW, PURPOSE, QUJING, WUHUA, enter, entered, lose_key, number, sent, viewer


def find(who: Any = None, **by: Any) -> queries.Found:
    who = who or viewer()
    return queries.find(who, **{"purpose": PURPOSE[who.role], "now": NOW, **by})


def ids(found: queries.Found | queries.Page) -> list[UUID]:
    return [person.id for person in found.people]


def test_a_person_is_found_by_each_of_three_and_by_all_that_is_given(database: Database) -> None:
    one = entered(1, name="阿依古丽·买买提")
    entered(2)
    assert ids(find(document=number())) == ids(find(phone="+86 138 0000 0001")) == [one]
    assert ids(find(name="阿依古丽 买买提", birth_date=date(1990, 1, 1))) == [one]
    assert ids(find(document=number().lower(), phone="13800000001")) == [one]
    assert ids(find(document=number(), phone="13800000002")) == []
    assert ids(find(name="阿依古丽·买买提", birth_date=date(1990, 1, 2))) == []
    for nothing in ({}, {"name": "王"}, {"birth_date": date(1990, 1, 1)}, {"phone": "138", "name": "王"}):
        with pytest.raises(NothingToFindBy):
            find(**nothing)


def test_who_has_no_such_purpose_or_action_finds_nobody(database: Database) -> None:
    entered(1)
    with pytest.raises(NotYourPurpose) as refused:
        find(document=number(), purpose="logistics_delivery")
    assert "contact_tracing" in refused.value.en and "contact_tracing" in refused.value.zh
    for role in ("grid_worker", "inspector", "duty_officer"):
        with pytest.raises(Forbidden):
            find(viewer(role), document=number())
    assert list(log.read(kinds={"identity.shown"})) == []


def test_bar_28_each_role_sees_its_fields_only(database: Database) -> None:
    """Every role that lists or sees: each class in full, masked or absent, as the matrix says."""
    person = sent(1, id=uuid4(), data_class="screening", name="欧阳询", address="五华区秘密路9号")
    enter(person)
    secret = {
        "name": "欧阳询", "document": number(), "phone": "13800000001", "address": "秘密路", "birth_date": "1990-01-01"
    }  # fmt: skip
    tried = 0
    for role in roles():
        who = viewer(role, author=viewer().author) if role not in ("public", "resident", "operator") else None
        for action, see in (("people.see", _card), ("people.list", _page), ("people.find", _find)):
            if who is None or role not in PURPOSE or action not in roles()[role].rights:
                continue
            people = see(who, person["id"])
            sights = fields(who, action)
            for shown in people:
                text = repr(shown)
                for name, told in secret.items():
                    full = sights.get(name) is Sight.FULL
                    assert (told in text) == full, (role, action, name)
                    assert (name in shown.masked) == (sights.get(name) is Sight.MASKED)
                    assert (name in shown.hidden) == (name not in sights)
                tried += 1
    assert tried >= 15


def _card(who: Any, id: UUID) -> list[queries.Person]:
    try:
        return [queries.card(who, id, purpose=PURPOSE[who.role], now=NOW)]
    except NoPerson:
        return []


def _page(who: Any, id: UUID) -> list[queries.Person]:
    return list(queries.page(who, purpose=PURPOSE[who.role], now=NOW).people)


def _find(who: Any, id: UUID) -> list[queries.Person]:
    return list(find(who, document=number()).people)


def test_why_somebody_is_held_is_shown_only_to_those_who_see_health(database: Database) -> None:
    """A grid worker sees a household's member, and not that she is a contact; a contact alone is not there at all."""
    both = entered(1, data_class="screening")
    service.hold(viewer(), both, {"area": WUHUA, "data_class": "contact"}, now=NOW)
    contact = entered(2)
    grid = viewer("grid_worker")
    (seen,) = queries.page(grid, purpose="screening", now=NOW).people
    assert seen.id == both and [held.data_class for held in seen.holdings] == ["screening"]
    assert _card(grid, contact) == [] and "contact" not in data_classes(grid, "people.see")
    with pytest.raises(Faulty):
        queries.page(grid, purpose="screening", data_class="contact", now=NOW)


def test_bar_29_foreign_missing_and_erased_are_answered_alike(database: Database) -> None:
    own, foreign = entered(1), entered(2, who=viewer(area=QUJING), area=QUJING)
    erased = entered(3)
    keystore().erase([erased], NOW)
    told = set()
    for id in (foreign, uuid4(), erased):
        with pytest.raises(NoPerson) as refused:
            queries.card(viewer(), id, purpose="contact_tracing", now=NOW)
        told.add((refused.value.zh, refused.value.en))
    assert len(told) == 1
    assert ids(find(phone="13800000002")) == ids(find(phone="13800000003")) == []
    assert ids(queries.page(viewer(), purpose="contact_tracing", now=NOW)) == [own]


def test_without_the_first_lock_the_database_still_shows_the_own_area_only(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(1)
    foreign = entered(2, who=viewer(area=QUJING), area=QUJING)
    service.write(viewer(area=QUJING), foreign, "note", "机密", now=NOW)
    monkeypatch.setattr(queries, "visible", lambda viewer, action, rows, *_, **__: rows)
    monkeypatch.setattr(service, "visible", lambda viewer, action, rows, *_, **__: rows)
    assert ids(find(phone="13800000002")) == [] and len(ids(find(phone="13800000001"))) == 1
    assert len(queries.page(viewer(), purpose="contact_tracing", now=NOW).people) == 1
    with pytest.raises(NoPerson):
        service.amend(viewer(), foreign, {"name": "x"}, "correction", now=NOW)
    for model in (Subject, Tag, Holding, Text):
        assert not model.objects.exists(), "outside of any viewer's transaction nothing is seen"
    with rows.seeing(viewer(), "people.list"):
        assert (Subject.objects.count(), Holding.objects.count(), Text.objects.count()) == (1, 1, 0)
        assert Holding.objects.filter(subject=foreign).update(area=WUHUA) == 0
        assert Subject.objects.filter(id=foreign).update(kind="x") == 0
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM identity_tag WHERE subject = %s", [foreign])
            assert cursor.rowcount == 0


def test_nothing_is_shown_that_is_not_on_record(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    id = entered(1)

    def fail(*_: Any, **__: Any) -> None:
        raise looks.NotRecorded("trial")

    monkeypatch.setattr(looks, "record", fail)
    for see in (lambda: find(document=number()), lambda: _card(viewer(), id), lambda: _page(viewer(), id)):
        with pytest.raises(looks.NotRecorded):
            see()


def test_each_look_is_on_record_with_who_what_and_why(database: Database) -> None:
    id = entered(1)
    find(document=number())
    queries.card(viewer(), id, purpose="follow_up", now=NOW)
    queries.page(viewer("inspector"), purpose="oversight", now=NOW)
    find(phone="13999999999")
    facts = [entry.fact for entry in log.read(kinds={"identity.shown"})]
    mark = looks.mark(keystore().get([id])[id], NOW)
    told = [(f.author, f.data.act, f.data.purpose, f.data.role, f.data.people) for f in facts]  # type: ignore[attr-defined]
    assert told == [
        ("epidemiologist-1", "search", "contact_tracing", "epidemiologist", (mark,)),
        ("epidemiologist-1", "display", "follow_up", "epidemiologist", (mark,)),
        ("inspector-1", "display", "oversight", "inspector", ()),
        ("epidemiologist-1", "search", "contact_tracing", "epidemiologist", ()),
    ]
    assert "document" in facts[0].data.fields and "text" not in facts[0].data.fields  # type: ignore[attr-defined]
    assert not any(str(id) in str(f.data) for f in facts)


def test_breaking_the_glass_shows_more_for_a_reason_that_is_kept(database: Database) -> None:
    id, officer = entered(1, data_class="case"), viewer("duty_officer")
    with pytest.raises(NoPerson):
        queries.card(officer, id, purpose="follow_up", now=NOW)
    for poor in ("", "  ", "急"):
        with pytest.raises(glass.NoReason):
            queries.card(officer, id, purpose="follow_up", break_glass=poor, now=NOW)
    with pytest.raises(Forbidden):
        queries.card(viewer("inspector"), id, purpose="oversight", break_glass="患者昏迷，需联系家属", now=NOW)
    shown = queries.card(officer, id, purpose="follow_up", break_glass="患者昏迷，需联系家属", now=NOW)
    assert shown.shown["phones"] == ["13800000001"]
    kinds = [entry.fact.kind for entry in log.read(kinds={"identity.glass_broken", "identity.shown"})]
    assert kinds == ["identity.glass_broken", "identity.shown"]
    assert [note.text_class for note in shown.texts] == [], "the reason is not for the card"


def test_whose_key_is_missing_and_was_not_erased_is_named_and_told(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    good, lost, erased = entered(1), entered(2), entered(3)
    service.write(viewer(), lost, "note", "一句话", now=NOW)
    lose_key(lost)
    keystore().erase([erased], NOW)
    page = queries.page(viewer(), purpose="contact_tracing", now=NOW)
    assert ids(page) == [good] and page.unreadable == (lost,)
    found = find(phone="13800000002")
    assert found.people == () and found.unreadable == (lost,)
    with pytest.raises(vault.KeyMissing, match="put back the newest key store") as told:
        queries.card(viewer(), lost, purpose="contact_tracing", now=NOW)
    assert str(lost) in told.value.zh and "放回最新的密钥库" in told.value.zh
    for act in (
        lambda: service.amend(viewer(), lost, {"name": "李五"}, "correction", now=NOW),
        lambda: service.write(viewer(), lost, "note", "迟到", now=NOW),
    ):
        with pytest.raises(vault.KeyMissing):
            act()
    with pytest.raises(NoPerson):
        queries.card(viewer(), erased, purpose="contact_tracing", now=NOW)
    warned = [line for line in caplog.records if line.name == "lianfang.security" and line.message == "keys_missing"]
    assert warned and all(line.levelno == logging.WARNING for line in warned)
    assert {id for line in warned for id in line.told["people"]} == {str(lost)}  # type: ignore[attr-defined]


def alter(id: UUID, **columns: Any) -> None:
    with seeing_all():
        assert Subject.objects.filter(id=id).update(**columns) == 1


@pytest.mark.parametrize("how", ["cut", "flipped", "moved", "empty"])
def test_what_was_altered_shows_nothing_and_is_named(database: Database, how: str) -> None:
    good, bad = entered(1), entered(2)
    with seeing_all():
        whole, other = (bytes(Subject.objects.get(id=id).sealed) for id in (bad, good))
    alter(
        bad,
        sealed={"cut": whole[:-5], "flipped": whole[:-1] + bytes([whole[-1] ^ 1]), "moved": other, "empty": b""}[how],
    )
    page = queries.page(viewer(), purpose="contact_tracing", now=NOW)
    assert ids(page) == [good] and page.unreadable == (bad,)
    found = find(phone="13800000002")
    assert found.people == () and found.unreadable == (bad,)
    with pytest.raises(vault.Altered, match=str(bad)):
        queries.card(viewer(), bad, purpose="contact_tracing", now=NOW)
    with pytest.raises(vault.Altered):
        service.amend(viewer(), bad, {"name": "x"}, "correction", now=NOW)
    assert ids(find(phone="13800000001")) == [good]


def test_a_list_is_read_page_by_page_in_one_order(database: Database) -> None:
    areas = ["530102", "530102001", "530103", "530111"]
    people = [sent(n, id=uuid4(), area=areas[n % 4], data_class=["contact", "case"][n % 2]) for n in range(23)]
    who = viewer(area="530100")
    enter(*people, who=who)
    again = service.hold(who, people[0]["id"], {"area": "530102", "data_class": "isolation"}, now=NOW)
    seen: list[UUID] = []
    after: str | None = ""
    while after is not None:
        page = queries.page(who, purpose="contact_tracing", after=after, limit=5, now=NOW)
        assert page.total == 24 and len(page.people) <= 5
        seen, after = seen + ids(page), page.after
    assert len(seen) == 23 and set(seen) == {one["id"] for one in people}
    assert again in {held.id for person in queries.page(who, purpose="follow_up").people for held in person.holdings}
    by_area = queries.page(who, area="530102", purpose="contact_tracing", now=NOW)
    assert by_area.total == 13 and set(ids(by_area)) == {p["id"] for p in people if p["area"].startswith("530102")}
    cases = queries.page(who, data_class="case", purpose="contact_tracing", now=NOW)
    assert cases.total == 11 == len(cases.people)
    assert queries.page(who, area=QUJING, purpose="contact_tracing", now=NOW).total == 0
    with pytest.raises(Faulty):
        queries.page(who, area="999999", purpose="contact_tracing", now=NOW)
    for wrong in ("x", "530102/", "530102/x/1", f"530102/{again}", f"530102/{again}/x", f"530102\x00/{again}/1"):
        with pytest.raises(NoCursor):
            queries.page(who, after=wrong, purpose="contact_tracing", now=NOW)


def test_a_long_list_is_not_counted_to_its_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(*[sent(n, id=uuid4(), area="530102") for n in range(4)], who=viewer(area="530100"))
    asked: dict[str, Any] = {"purpose": "contact_tracing", "limit": 2, "now": NOW}
    for most, counted in ((3, (3, True)), (4, (4, False))):
        monkeypatch.setattr(queries, "MOST_COUNTED", most)
        first = queries.page(viewer(area="530100"), **asked)
        after = queries.page(viewer(area="530100"), after=first.after or "", **asked)
        assert [(page.total, page.more) for page in (first, after)] == [counted, counted]
        assert len({*ids(first), *ids(after)}) == 4


def test_who_may_see_sums_gets_the_sum_alone(database: Database) -> None:
    entered(1)
    entered(2, data_class="screening")
    page = queries.page(viewer("duty_officer", "530100"), purpose="follow_up", now=NOW)
    assert page.people == () and page.total == len(
        {"contact", "screening"} & data_classes(viewer("duty_officer"), "people.list")
    )


def test_who_sees_the_own_work_sees_what_he_or_she_entered(database: Database) -> None:
    staff, other = viewer("checkpoint_staff", author="gate-1"), viewer("checkpoint_staff", author="gate-2")
    mine = entered(1, who=staff, kind="encounter", data_class="checkpoint")
    entered(2, who=other, kind="encounter", data_class="checkpoint")
    page = queries.page(staff, purpose="screening", now=NOW)
    assert ids(page) == [mine] and page.total == 1
    assert _card(other, mine) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=110),
    address=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    born=st.one_of(st.none(), st.dates(date(1895, 1, 1), date(2020, 2, 4))),
)
def test_bar_26_a_name_is_told_wrong_or_comes_back_as_it_was_typed(
    database: Database, name: str, address: str, born: date | None
) -> None:
    one = {**sent(1, id=uuid4(), documents=None, phones=None), "name": name, "address": address}
    receipt = enter({**one, "birth_date": born.isoformat() if born else ""})
    if receipt.faults:
        assert all(isinstance(fault, Fault) and fault.field in ("name", "address") for fault in receipt.faults)
        return
    shown = queries.card(viewer(), one["id"], purpose="contact_tracing", now=NOW).shown
    assert (shown["name"], shown["address"]) == (name.strip(), address.strip())
    assert shown["birth_date"] == (born.isoformat() if born else None)
    if born:
        assert one["id"] in ids(find(name=name, birth_date=born))


def test_classes_of_data_are_the_matrixs_and_the_policys(database: Database) -> None:
    from lianfang.identity import terms

    assert set(matrix().data_classes) == set(terms.classes())
