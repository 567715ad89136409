"""The checks as a whole: which notice is the previous one, what a check carries, and the demonstration's findings."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import (
    CIVIL_TIME,
    AreaCount,
    AreasAffected,
    Basis,
    BulletinRecord,
    Count,
    Qualifier,
    Unit,
    Window,
)
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.capabilities.bulletins.rules.reconcile import Check, Severity, State, check, interval, previous_of
from lianfang.places.gazetteer import Gazetteer
from tests.bulletins.strategies import records

GAZETTEER = Gazetteer.load()
NOTICES = notices()
INNER_MONGOLIA = NOTICES[-1]
YUNNAN = next(r for r in NOTICES if r.value("confirmed_cum") == 44)
NOON = datetime(2020, 1, 28, 12, tzinfo=CIVIL_TIME)


def found(record: BulletinRecord, identity: str, **known: object) -> list[Check]:
    return [c for c in check(record, **known) if c.id == identity]  # type: ignore[arg-type]  # passed through


def stock(n: int, as_of: datetime, *, window: Window | None = None, metric: str = "confirmed_cum") -> BulletinRecord:
    return BulletinRecord(
        bulletin_id=f"{metric}-{n}-{as_of:%Y%m%dT%H%M}",
        area_code="530000",
        disease="ncov-2020",
        as_of=as_of,
        window=window,
        figures=(Count(metric=metric, n=n, unit=Unit.CASE),),
    )


def test_the_previous_notice_is_the_one_that_the_window_joins() -> None:
    previous = previous_of(INNER_MONGOLIA, NOTICES)
    assert previous is not None
    assert previous.as_of == datetime(2020, 1, 27, tzinfo=CIVIL_TIME)
    assert previous.value("suspected") == 1


def test_without_a_window_the_latest_with_a_stock_in_common_is_the_previous() -> None:
    previous = previous_of(YUNNAN, NOTICES)
    assert previous is not None
    assert previous.as_of == NOON - timedelta(days=1)  # not the screening totals of the night between


def test_nothing_later_nor_of_another_area_is_previous() -> None:
    assert previous_of(NOTICES[0], NOTICES) is None
    assert previous_of(YUNNAN, [YUNNAN, INNER_MONGOLIA]) is None
    assert previous_of(YUNNAN.model_copy(update={"as_of": None}), NOTICES) is None


def test_the_choice_does_not_depend_on_order() -> None:
    assert previous_of(INNER_MONGOLIA, NOTICES[::-1]) == previous_of(INNER_MONGOLIA, NOTICES)


def test_inner_mongolia() -> None:
    checks = check(INNER_MONGOLIA, previous=previous_of(INNER_MONGOLIA, NOTICES), others=NOTICES, gazetteer=GAZETTEER)
    assert not [c for c in checks if c.state is State.FAILS]
    (balance,) = [c for c in checks if c.id == "ID4"]
    assert (balance.state, balance.severity, balance.difference) == (State.WARNS, Severity.WARNING, 2)
    assert balance.zh == "现有疑似病例：1 + 1 − 1 − 1 = 0，通报为2：有+2例未能解释。"
    assert balance.en == "suspected cases, current: 1 + 1 − 1 − 1 = 0 against 2: unexplained +2."
    assert [t.sign * t.value for t in balance.numbers] == [1, 1, -1, -1, 0]
    assert balance.numbers[-1].value == 2
    (affected,) = [c for c in checks if c.id == "ID8"]
    assert (affected.state, affected.difference) == (State.WARNS, 0)
    growth = [c for c in checks if c.id == "ID2"]
    assert [(c.severity, c.state) for c in growth[:2]] == [("E", "holds"), ("E", "holds")]
    assert growth[0].en == "confirmed cases, cumulative: 11 + 4 = 15: holds."
    moved = [c for c in checks if c.id == "ID10" and c.severity is Severity.INFO]
    assert len(moved) == 1
    assert "Donghe District 2 to 0" in moved[0].en
    assert all(c.en.isascii() or set(c.en) & set("−≤≈“”") for c in checks)


def test_yunnan() -> None:
    checks = check(YUNNAN, previous=previous_of(YUNNAN, NOTICES), others=NOTICES, gazetteer=GAZETTEER)
    assert not [c for c in checks if c.state in (State.FAILS, State.WARNS)]
    total = next(c for c in checks if c.id == "ID1")
    assert [t.value for t in total.numbers if t.sign] == [12, 6, 2, 4, 2, 5, 2, 6, 3, 2]
    assert [t.value for t in total.numbers if not t.sign] == [44]
    assert next(t for t in total.numbers).label_en.startswith("Kunming")


def test_the_earlier_notices_hold_together() -> None:
    for record in NOTICES:
        assert not [c for c in check(record, previous=previous_of(record, NOTICES)) if c.state is State.FAILS]


def test_screening_totals_are_not_made_a_rate() -> None:
    screening = next(r for r in NOTICES if r.value("symptomatic_cum"))
    (units,) = found(screening, "ID12")
    assert units.state is State.WARNS
    assert "221,980" in units.en


def test_two_printings_read_from_text() -> None:
    texts = [f"截至1月28日12时，云南省累计报告新冠肺炎确诊病例44例，新增{n}例，均为输入病例。" for n in (18, 12)]
    one, other = (read(t, gazetteer=GAZETTEER, published_at=NOON + timedelta(hours=2)).records[0] for t in texts)
    different = [c for c in found(one, "ID11", others=[other]) if c.state is State.FAILS]
    assert [(c.metric, c.difference) for c in different] == [("confirmed_new", 6)]
    assert different[0].numbers[1].bulletin_id == other.bulletin_id
    assert found(one, "ID11", others=[one])[0].state is State.NOT_APPLICABLE


def test_printings_that_agree() -> None:
    again = YUNNAN.model_copy(update={"bulletin_id": "again"})
    (agreed,) = found(YUNNAN, "ID11", others=[again])
    assert agreed.state is State.HOLDS
    assert agreed.en == "The 17 numbers that both printings state agree."


def test_a_growth_of_one_area_that_does_not_fit_is_named() -> None:
    def list_of(metric: str, **numbers: int) -> tuple[AreaCount, ...]:
        return tuple(AreaCount(metric=metric, n=n, unit=Unit.CASE, code=code, name=code) for code, n in numbers.items())

    window = Window(start=NOON - timedelta(hours=24), end=NOON)
    before = stock(10, NOON - timedelta(hours=24)).model_copy(update={"by_area": list_of("confirmed_cum", A=6, B=4)})
    now = stock(13, NOON, window=window)
    now = now.model_copy(
        update={
            "figures": (*now.figures, Count(metric="confirmed_new", n=3, unit=Unit.CASE)),
            "by_area": (*list_of("confirmed_cum", A=7, B=6), *list_of("confirmed_new", A=3)),
        }
    )
    growth = found(now, "ID2", previous=before)
    assert [(c.area_code, str(c.state), c.difference) for c in growth] == [
        ("530000", "holds", 0),
        ("A", "fails", -2),
        ("B", "fails", 2),
    ]


def test_a_zero_is_not_taken_for_what_is_not_stated() -> None:
    (existing,) = found(stock(281, NOON, metric="confirmed_existing"), "ID3")
    assert existing.state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("stated", "suspected_only", "state", "says"),
    [
        (2, 0, "holds", "Exactly 2"),
        (2, 1, "warns", "ambiguous"),
        (3, 1, "warns", "ambiguous"),
        (5, 1, "warns", "5 areas"),
    ],
)
def test_areas_affected(stated: int, suspected_only: int, state: str, says: str) -> None:
    areas = [AreaCount(metric="confirmed_cum", n=1, unit=Unit.CASE, code=c, name=c) for c in "AB"]
    areas += [AreaCount(metric="suspected", n=1, unit=Unit.CASE, code=c, name=c) for c in "C"[:suspected_only]]
    record = stock(2, NOON).model_copy(
        update={"by_area": tuple(areas), "areas_affected": AreasAffected(n=stated, level="prefecture")}
    )
    (judged,) = found(record, "ID8")
    assert judged.state == state
    assert says in judged.en


@pytest.mark.parametrize(
    ("n", "qualifier", "low", "high"),
    [
        (6000, Qualifier.AT_LEAST, 6000, float("inf")),
        (18000, Qualifier.AT_MOST, 0, 18000),
        (400, Qualifier.ABOUT, 360, 440),
        (44, Qualifier.EXACT, 44, 44),
    ],
)
def test_qualified_numbers_are_intervals(n: int, qualifier: Qualifier, low: float, high: float) -> None:
    assert interval(n, qualifier) == (low, high)


def test_each_code_of_the_demonstration_is_the_division_that_it_names() -> None:
    for record in NOTICES:
        for top in record.by_area:
            for area in top.walk():
                within = record.area_code if area is top else top.code
                division = GAZETTEER.resolve(area.name, within, record.as_of.date() if record.as_of else None)
                assert division is not None
                assert division.code == area.code


def test_each_notice_of_the_demonstration_is_cited_and_sound() -> None:
    for record in NOTICES:
        assert record.source.title
        assert record.source.publisher
        assert record.source.note
        assert all(c.basis in (Basis.STATED, Basis.DERIVED) for c in record.counts())
    assert len({r.bulletin_id for r in NOTICES}) == len(NOTICES)


@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records(), previous=records())
def test_any_two_records_can_be_checked(record: BulletinRecord, previous: BulletinRecord) -> None:
    before = record.model_copy(deep=True)
    checks = check(
        record, previous=previous, others=[previous, record], headlines=previous.figures, gazetteer=GAZETTEER
    )
    assert record == before
    assert list(dict.fromkeys(c.id for c in checks)) == [f"ID{n}" for n in range(1, 14)]
    for one in checks:
        assert (one.state is State.FAILS) <= (one.severity is Severity.ERROR)
        compared = [t for t in one.numbers if t.sign == 0]
        exact = all(t.qualifier is Qualifier.EXACT for t in one.numbers)
        if one.state is State.NOT_APPLICABLE:
            continue
        if one.id in ("ID1", "ID3", "ID4", "ID5", "ID6", "ID13") and len(compared) == 1 and exact:
            total = sum(t.sign * t.value for t in one.numbers)
            assert (total == compared[0].value) == (one.state is State.HOLDS) or "share" in one.en
