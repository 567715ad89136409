"""Exports without names: new ids each time, coarse dates, nobody among fewer than k alike."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.matrix import Forbidden
from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.epi.disclosure.export import COLUMNS, DATES, Dates, Held, NotExported, Rules, pseudonymise
from lianfang.facts import log
from lianfang.identity import export
from lianfang.identity.api_export import ExportIn, export_people
from lianfang.identity.refusals import NotYourPurpose
from tests.identity.life import KUNMING, NAME, NUMBER, PHONE, QUJING, WUHUA, hold, person, viewer

ON = date(2020, 3, 1)
days = st.dates(date(2020, 1, 1), date(2020, 2, 29))
people = st.lists(
    st.builds(
        Held,
        st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
        st.sampled_from(["female", "male", None]),
        st.sampled_from(["530102", "530111001", "530102004002"]),
        st.sampled_from(["contact", "checkpoint"]),
        days,
        st.none() | days,
    ),
    max_size=60,
)
rules = st.builds(
    Rules,
    st.integers(2, 6),
    st.sampled_from([frozenset({"age_band"}), frozenset({"age_band", "sex", "area"}), frozenset(COLUMNS)]),
    st.sampled_from(list(Dates)),
    st.sampled_from([(0,), (0, 60), (0, 15, 45, 65)]),
    st.sampled_from([2, 6]),
)


@given(people, rules, st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True), st.data())
def test_bar_37_nobody_is_among_fewer_than_k_alike(
    held: list[Held], rules: Rules, columns: list[str], data: st.DataObject
) -> None:
    shifts = data.draw(st.lists(st.integers(-14, 14), min_size=len(held), max_size=len(held)))
    ids = [str(uuid4()) for _ in held]
    known = [name for name in columns if name in rules.quasi_identifiers]
    known = [name for name in known if rules.dates is not Dates.SHIFT or name not in DATES]
    try:
        rows = pseudonymise(held, columns=columns, ids=ids, shifts=shifts, on=ON, rules=rules)
    except NotExported as refused:
        assert refused.failing and all(0 < one.people < rules.k for one in refused.failing)
        assert all(list(one.cell) == known for one in refused.failing)
        return
    assert all(n >= rules.k for n in Counter(tuple(row[name] for name in known) for row in rows).values())
    assert [row["id"] for row in rows] == sorted(ids)
    assert all(set(row) == {"id", *columns} for row in rows)
    for name in DATES & set(columns):
        told = {date.fromisoformat(row[name]) for row in rows if row[name]}
        if rules.dates is Dates.WEEK:
            assert all(day.weekday() == 0 for day in told)
        if rules.dates is Dates.MONTH:
            assert all(day.day == 1 for day in told)


def test_bar_37_a_shift_keeps_the_days_between_two_dates() -> None:
    rules = Rules(1, frozenset(), Dates.SHIFT, (0,), 6)
    held = Held(None, None, "530102", "contact", ON, ON + timedelta(days=14))
    (row,) = pseudonymise([held], columns=["since", "ends"], ids=["a"], shifts=[-3], on=ON, rules=rules)
    assert (row["since"], row["ends"]) == ("2020-02-27", "2020-03-12")


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2020, 2, 29), "0-14"),
        (date(2005, 3, 2), "0-14"),
        (date(2005, 3, 1), "15-44"),
        (date(1940, 1, 1), "45+"),
        (date(2021, 1, 1), ""),
        (None, ""),
    ],
)
def test_ages_are_told_in_classes(born: date | None, band: str) -> None:
    rules = Rules(1, frozenset(), Dates.WEEK, (0, 15, 45), 6)
    held = Held(born, "male", "530102", "contact", ON, None)
    (row,) = pseudonymise([held], columns=["age_band"], ids=["a"], shifts=[0], on=ON, rules=rules)
    assert row["age_band"] == band


@pytest.mark.parametrize("bands", [(), (5, 10), (0, 10, 5), (0, 0)])
def test_age_classes_begin_at_birth_and_grow(bands: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="age_bands"):
        Rules(5, frozenset(), Dates.WEEK, bands, 6)


# the vault's files


@pytest.fixture
def epidemiologist() -> Viewer:
    return viewer("epidemiologist", KUNMING)


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def asked(**other: Any) -> dict[str, Any]:
    return {"area": "", "data_class": "", "purpose": "contact_tracing", "lang": "en", **other}


def test_a_file_without_names_has_new_ids_each_time(database: Database, epidemiologist: Viewer) -> None:
    ids = {str(person(number="", phone=f"1380000902{n}")) for n in range(6)}
    first, second = (read(export.pseudonymised(epidemiologist, **asked())) for _ in range(2))
    assert first[0] == ["id", "age class", "sex", "area code", "class", "since", "ends"]
    assert len(first) == 7
    told = [{row[0] for row in rows[1:]} for rows in (first, second)]
    assert not told[0] & told[1] and not (told[0] | told[1]) & ids
    assert NAME not in str(first) and PHONE[:6] not in str(first)
    assert [row[1:] for row in first[1:]] == [["25-44", "female", "530102", "contact", "2020-01-27", ""]] * 6
    kinds = [entry.fact.data for entry in log.read(kinds=["identity.shown"])]
    assert [str(data.act) for data in kinds] == ["export", "export"] and len(kinds[0].people) == 6


def test_bar_37_few_alike_are_refused_with_their_cells(database: Database, epidemiologist: Viewer) -> None:
    for _ in range(5):
        person()
    person(since=date(2020, 2, 20))
    with pytest.raises(export.TooFew) as refused:
        export.pseudonymised(epidemiologist, **asked())
    (failing,) = refused.value.failing
    assert failing.people == 1 and failing.cell["since"] == "2020-02-17"
    assert not list(log.read(kinds=["identity.shown"])), "nothing was shown"
    rows = read(export.pseudonymised(epidemiologist, **asked(), columns=["age_band", "sex", "area"]))
    assert len(rows) == 7


def test_an_encounter_counts_for_nobody(database: Database, epidemiologist: Viewer) -> None:
    for _ in range(5):
        person()
    person(kind="encounter", data_class="checkpoint")
    assert len(read(export.pseudonymised(epidemiologist, **asked()))) == 6


def test_bar_24_a_file_with_names_holds_no_formula_and_only_one_s_own_area(
    database: Database, epidemiologist: Viewer
) -> None:
    person(name="=cmd|' /C calc'!A0", phone="+8613800009021")
    person(name="别处", area=QUJING)
    head, row = read(export.named(epidemiologist, **asked()))
    assert head[:2] == ["id", "name"] and row[1].startswith("'=cmd")
    assert NUMBER in str(row) and row[head.index("area code")] == WUHUA
    (entry,) = log.read(kinds=["identity.shown"])
    assert "name" in entry.fact.data.fields and str(entry.fact.data.act) == "export"
    assert head != read(export.named(epidemiologist, **asked(lang="zh")))[0]


def test_of_several_reasons_the_one_that_was_asked_for_is_told(database: Database, epidemiologist: Viewer) -> None:
    one = person(data_class="contact", since=date(2020, 1, 28))
    hold(one, data_class="isolation", since=date(2020, 2, 3), area="530111")
    for asked_for, cells in (
        ({"data_class": "contact"}, ["530102", "contact"]),
        ({"area": "530111"}, ["530111", "isolation"]),
        ({}, ["530111", "isolation"]),
    ):
        head, row = read(export.named(epidemiologist, **asked(**asked_for)))
        assert row[head.index("area code") : head.index("area code") + 2] == cells


def test_a_role_without_names_exports_none(database: Database) -> None:
    person()
    with pytest.raises(export.NoNames):
        export.named(viewer("county_duty_officer", WUHUA), **asked(purpose="oversight"))
    for role in ("grid_worker", "duty_officer", "auditor"):
        with pytest.raises((Forbidden, NotYourPurpose)):
            export.pseudonymised(viewer(role, KUNMING), **asked(purpose="oversight"))


def test_a_purpose_that_is_not_the_role_s_is_refused(database: Database, epidemiologist: Viewer) -> None:
    with pytest.raises(NotYourPurpose):
        export.named(epidemiologist, **asked(purpose="logistics_delivery"))


def test_the_route_answers_with_a_file_or_with_the_cells_that_fail(database: Database, epidemiologist: Viewer) -> None:
    def ask(**body: Any) -> HttpResponse:
        request = RequestFactory().post("/api/v1/people/export", headers={"accept-language": "en"})
        request.viewer = epidemiologist  # type: ignore[attr-defined]  # as SignIn does
        return export_people(request, ExportIn(**{"form": "pseudonymised", "purpose": "contact_tracing", **body}))

    person()
    refused = ask()
    (error,) = json.loads(refused.content)["errors"]
    assert refused.status_code == 422 and error["people"] == 1 and error["cell"]["sex"] == "female"
    assert ask(purpose="logistics_delivery").status_code == 403
    for _ in range(4):
        person()
    answer = ask(columns=["age_band", "age_band"])
    assert answer["Content-Type"] == "text/csv; charset=utf-8" and "attachment" in answer["Content-Disposition"]
    assert [len(row) for row in read(answer.content.decode())] == [2] * 6
    assert ask(form="named").status_code == 200
