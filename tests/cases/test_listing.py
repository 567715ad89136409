"""The line list: every case once, whatever it is sorted by; filters by any column; its file; bad input; saved views."""

from __future__ import annotations

import csv
import io
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import Forbidden
from lianfang.accounts.refused import Refused
from lianfang.app.database import Database
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases import queries, service
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.queries import COLUMNS, SORTS, Asked, Condition, listing
from lianfang.capabilities.cases.rules.intervals import intervals
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.profiles.disease import profile
from tests.cases.desk import Desk
from tests.cases.made import DISEASE, KUNMING, QILIN, START, WUHUA, act, hours, onset, reported, viewer

CASES = 23


@pytest.fixture
def many(database: Database) -> list[UUID]:
    """Cases of two counties that differ in every way that a list is sorted by; of some things nothing is known."""
    facts = []
    for n in range(CASES):
        about = {"age_years": n % 4 or None, "sex": ("male", "female")[n % 2]}
        about |= {} if n % 3 == 0 else onset(f"2020-01-{10 + n % 5}").model_dump(exclude_none=True)
        card = kinds.Reported(
            person=uuid4(), disease=DISEASE, edition="ncov-2020-v3", number=f"C-{n:03}" if n % 5 else None,
            as_class=("suspected", "confirmed")[n % 2], about=about, severity="severe" if n % 7 == 1 else None,
        )  # fmt: skip
        area = WUHUA if n % 4 else KUNMING
        facts.append(Fact.of(card, id=uuid4(), subject=uuid4(), area=area, observed_at=hours(n // 2)))
    log.append(facts, principal=viewer(area=KUNMING).principal)
    return [fact.subject for fact in facts]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_every_case_stands_on_one_page_and_in_order(many: list[UUID], sort: str, descending: bool) -> None:
    who, asked = viewer(area=KUNMING), Asked(sort=sort, descending=descending)
    for limit in (1, 4, CASES, 100):
        pages = list(queries.pages(who, asked, limit=limit))
        rows = [row for page in pages for row in page]
        assert sorted(row.subject for row in rows) == sorted(many)
        known = [value for row in rows if (value := getattr(row, sort)) is not None]
        assert known == sorted(known, reverse=descending)
        assert [getattr(row, sort) is None for row in rows] == sorted(getattr(row, sort) is None for row in rows)
    first = queries.page(who, asked, limit=4)
    assert first.total == queries.page(who, asked, after=first.after or "", limit=4).total == CASES


def test_a_long_list_is_not_counted_to_its_end(many: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    who = viewer(area=KUNMING)
    for most, total, more in ((CASES, CASES, False), (CASES - 1, CASES - 1, True)):
        monkeypatch.setattr(listing, "MOST_COUNTED", most)
        page = queries.page(who, Asked(), limit=4)
        following = queries.page(who, Asked(), after=page.after or "", limit=4)
        assert {(one.total, one.more) for one in (page, following)} == {(total, more)}
    above = viewer("duty_officer", "530000")
    assert queries.page(above, Asked()).total == CASES
    for narrowed in (Asked(text="A"), Asked(where={"age_years": Condition(least="71", most="71")}), Asked(twice=True)):
        with pytest.raises(Forbidden):
            queries.page(above, narrowed)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(area=WUHUA), 17),
        (Asked(area=QILIN), 0),
        (Asked(text="C-01"), 8),
        (Asked(text="c-01"), 0),
        (Asked(where={"to": Condition(("confirmed",))}), 11),
        (Asked(where={"to": Condition(("confirmed",)), "severity": Condition(("severe", "mild"))}), 2),
        (Asked(where={"severity": Condition(known=False)}), 19),
        (Asked(where={"age_years": Condition(least="2", most="3")}), 11),
        (Asked(where={"onset_earliest": Condition(least="2020-01-11", most="2020-01-12")}), 7),
        (Asked(where={"reported_at": Condition(most=hours(0).isoformat())}), 2),
        (Asked(where={"area": Condition((KUNMING,))}), 23),
        (Asked(where={"area": Condition((WUHUA, QILIN))}), 17),
        (Asked(where={"sex": Condition(("male",))}, text="C-"), 9),
        (Asked(waiting=True), 11),
        (Asked(twice=True), 0),
    ],
)
def test_a_list_is_narrowed_by_any_column(many: list[UUID], asked: Asked, expected: int) -> None:
    page = queries.page(viewer(area=KUNMING), asked, limit=100)
    assert (len(page.cases), page.total) == (expected, expected)


def test_every_column_is_one_of_the_register_and_can_be_asked_for(many: list[UUID]) -> None:
    values = {"text": "x", "area": WUHUA, "day": "2020-01-20", "time": hours(0).isoformat(), "number": "1"}
    values |= {"yes_no": "true", "id": str(uuid4())}
    for name, column in COLUMNS.items():
        asked = Asked(where={name: Condition((values[column.kind],), known=True)})
        assert queries.page(viewer(area=KUNMING), asked).total <= CASES, name


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ({"onset_earliest": Condition(least="30.01.2020")}, "where.onset_earliest"),
        ({"reported_at": Condition(least="2020-01-20T00:00:00")}, "where.reported_at"),
        ({"age_years": Condition(most="old")}, "where.age_years"),
        ({"person": Condition(("x",))}, "where.person"),
        ({"designated": Condition(("perhaps",))}, "where.designated"),
        ({"area": Condition(("999999",))}, "area"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_by_field(
    database: Database, where: dict[str, Condition], field: str
) -> None:
    with pytest.raises(Refused) as told:
        queries.page(viewer(), Asked(where=where))
    assert [one.field for one in told.value.wrong] == [field]


@pytest.mark.parametrize("after", ["x", "bnVsbA==", "WzEsMiwzLDRd", "W251bGwsIm5vIiwxLCJyZXBvcnRlZF9hdCJd", "é"])
def test_a_place_in_no_list_is_refused(many: list[UUID], after: str) -> None:
    with pytest.raises(Refused) as told:
        queries.page(viewer(area=KUNMING), Asked(), after=after)
    assert [one.field for one in told.value.wrong] == ["after"]
    other = queries.page(viewer(area=KUNMING), Asked(sort="number"), limit=3).after or ""
    with pytest.raises(Refused):
        queries.page(viewer(area=KUNMING), Asked(), after=other)


def test_two_open_cases_of_one_person_are_found(database: Database) -> None:
    """An offline report card cannot be refused; the list finds the pair."""
    case = reported()
    person = queries.card(viewer(), case).state.person
    second = kinds.Reported(person=person, disease=DISEASE, edition="ncov-2020-v3", as_class=Class.SUSPECTED)
    other = Fact.of(second, id=uuid4(), subject=uuid4(), area=WUHUA, observed_at=hours(1))
    log.append([other], principal=viewer().principal)
    twice = queries.page(viewer(), Asked(twice=True, sort="number"))
    assert {row.subject for row in twice.cases} == {case, other.subject}
    assert "twice" in [one.code for one in queries.card(viewer(), case).checks]
    service.retract(viewer(), other.subject, other.id, "duplicate", now=hours(3))
    assert queries.page(viewer(), Asked(twice=True)).total == 0
    assert queries.page(viewer(), Asked()).total == 1


def test_the_file_has_the_lists_rows_and_no_formulas(desk: Desk) -> None:
    desk.report(number="-1-2")
    desk.now = hours(1)
    desk.report(number="A-1")
    body = b'{"columns": ["number", "to", "onset_latest", "severity"]}'
    answer = desk.asked("post", "cases/export", data=body, content_type="application/json")
    assert answer["Content-Type"].startswith("text/csv") and "cases.csv" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["number", "class", "onset, latest", "severity"],
        ["A-1", "suspected", "2020-01-25", ""],
        ["'-1-2", "suspected", "2020-01-25", ""],
    ]


def test_a_file_of_several_pages_is_one_table(many: list[UUID], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.pages, "__kwdefaults__", {"limit": 4})
    desk.who = viewer(area=KUNMING)
    answer = desk.asked("post", "cases/export", data=b'{"columns": ["subject"]}', content_type="application/json")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert sorted(row[0] for row in rows[1:]) == sorted(map(str, many)) and len(rows) == CASES + 1


def test_saved_views_are_an_accounts_own(desk: Desk) -> None:
    made = desk.post("views", {"room": "cases", "name": "重症", "shown": {"sort": "number"}})
    assert desk.post("views", {"room": "cases", "name": "重症", "shown": {"sort": "area"}})["id"] == made["id"]
    assert [(one["name"], one["shown"]) for one in desk.get("views", room="cases")] == [("重症", {"sort": "area"})]
    assert desk.get("views", room="contacts") == []
    desk.who = viewer(author="cdc-2")
    assert desk.get("views") == []
    assert desk.asked("delete", f"views/{made['id']}").status_code == 404
    desk.who = viewer()
    assert desk.asked("delete", f"views/{made['id']}").status_code == 204
    assert desk.get("views") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "person"),
        ({"person": "x"}, "person"),
        ({"about": {"onset": {"earliest": "2020-02-30", "latest": "2020-02-30"}}}, "earliest"),
        ({"about": {"onset": {"earliest": "2020-01-25", "latest": "2020-01-24"}}}, "onset"),
        ({"about": {"age_years": 200}}, "age_years"),
        ({"about": {"name": "张三"}}, "name"),
        ({"as_class": "ill"}, "as_class"),
        ({"number": "张三"}, "number"),
        ({"observed_at": "2020-01-28T09:00:00"}, "observed_at"),
    ],
)
def test_a_report_card_that_cannot_be_read_is_refused_by_field(desk: Desk, body: dict[str, object], field: str) -> None:
    whole = {"person": str(uuid4()), "disease": DISEASE, "as_class": "suspected", "area": WUHUA}
    told = desk.post("cases", {**whole, **body} if body else {}, 422)
    assert field in told["errors"][0]["loc"]
    assert log.head().seq == 0


def test_a_case_without_onset_is_taken_and_stands_among_the_checks(desk: Desk) -> None:
    case = desk.report(about={})
    card = desk.get(f"cases/{case}")
    assert "no_onset" in [one["code"] for one in card["checks"]]
    assert {one["high_h"] for one in card["intervals"] if one["name"].startswith("onset_")} == {None}


def test_cas_12_five_earlies_show_the_diagnosis(desk: Desk) -> None:
    """四早 or 五早 is the profile's to say."""
    case = desk.report(as_class="confirmed")
    card = desk.get(f"cases/{case}")
    assert card["early"] == "four" and "onset_diagnosis" not in [one["name"] for one in card["intervals"]]
    found = queries.card(viewer(), case)
    five = profile(DISEASE).model_copy(update={"early": "five"})
    steps = {one.name: one for one in intervals(found.state, found.received_at, five, found.edition)}
    assert (steps["onset_diagnosis"].low_h, steps["onset_diagnosis"].high_h) == (57, 105)


@pytest.mark.parametrize(("received", "late"), [(1, False), (2, False), (2.01, True)])
def test_cas_11_a_report_later_than_two_hours_after_the_diagnosis_is_flagged(
    database: Database, received: float, late: bool
) -> None:
    """Beside it, the hours from the onset to each of the four early steps."""
    about = {**onset("2020-01-27").model_dump(), "first_visit": hours(-5)}
    card = kinds.Reported(
        person=uuid4(), disease=DISEASE, edition="ncov-2020-v3", as_class=Class.SUSPECTED, about=kinds.About(**about)
    )
    fact = Fact.of(card, id=uuid4(), subject=uuid4(), area=WUHUA, observed_at=START)
    log.append([fact], principal=viewer().principal, now=hours(received))
    act(fact.subject, kinds.Isolated, at=hours(3), where="hospital")
    act(fact.subject, kinds.Treated, at=hours(4))
    found = queries.card(viewer(), fact.subject)
    steps = {one.name: one for one in found.intervals}
    assert (steps["diagnosis_report"].limit_h, steps["diagnosis_report"].late) == (2, late)
    assert ("late_diagnosis_report" in [one.code for one in found.checks]) == late
    known = {name: (steps[name].low_h, steps[name].high_h) for name in ("onset_found", "onset_isolation")}
    assert known == {"onset_found": (4, 28), "onset_isolation": (12, 36)}
    assert steps["onset_report"].high_h == 33 + received and steps["onset_treatment"].high_h == 37


def test_the_card_of_a_moment_and_of_what_was_known(desk: Desk) -> None:
    case = desk.report()
    known = list(log.read())[-1].received_at
    act(case, kinds.Classified, at=hours(5), to="excluded", basis="expert")
    assert desk.get(f"cases/{case}", known_at=known.isoformat())["to"] == "suspected"
    assert desk.get(f"cases/{case}", as_of=hours(5).isoformat())["to"] == "excluded"
    assert desk.get(f"cases/{case}", as_of=hours(4).isoformat())["to"] == "suspected"
    desk.get(f"cases/{case}", status=404, as_of=hours(-1).isoformat())
    desk.get(f"cases/{uuid4()}", status=404)
