"""Days and ranges of days as lists have them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.exchange.dates import NoDate, Order, Span, never, order_of, read

UNTIL = date(2020, 2, 29)
SPEC = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "spec_dates.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
DAYS = st.dates(date(1960, 1, 1), date(2060, 12, 31))


def day(written: str) -> date | None:
    return None if written == "-" else date.fromisoformat(written)


@pytest.mark.parametrize("row", SPEC, ids=[" ".join(row[:2]) for row in SPEC])
def test_as_written(row: list[str]) -> None:
    written, order, *meant = row
    its: Order | None = order or None  # type: ignore[assignment]  # the table holds the two words only
    if meant == ["nothing"]:
        assert read(written, until=UNTIL, order=its) is None
    elif len(meant) == 1:
        with pytest.raises(NoDate) as refused:
            read(written, until=UNTIL, order=its)
        assert refused.value.why == meant[0]
    else:
        assert read(written, until=UNTIL, order=its) == Span(day(meant[0]), day(meant[1]))


def test_a_day_without_a_year_needs_the_day_of_the_list() -> None:
    with pytest.raises(NoDate) as refused:
        read("23-Jan")
    assert refused.value.why == "no_year"


def test_what_a_spreadsheet_holds_as_a_date() -> None:
    assert (
        read(datetime(2020, 1, 5, 13, 20, tzinfo=UTC))
        == read(date(2020, 1, 5))
        == Span(date(2020, 1, 5), date(2020, 1, 5))
    )


def test_that_it_did_not_happen_is_not_silence() -> None:
    assert never("NO") and never("无") and not never("") and not never("?") and not never(date(2020, 1, 5))


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["01/02/2020", "14/01/2020"], "dmy"),
        (["01/02/2020", "01/14/2020"], "mdy"),
        (["01/02/2020"], None),
        (["14/01/2020", "01/14/2020"], None),
        (["2020-01-14", date(2020, 1, 14)], None),
    ],
)
def test_a_column_tells_the_order_of_its_numbers(values: list[object], order: str | None) -> None:
    assert order_of(values) == order


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%Y年%m月%d日", "%Y%m%d"]))
def test_every_full_date_comes_back(one: date, form: str) -> None:
    assert read(one.strftime(form)) == Span(one, one)


@given(DAYS, st.integers(0, 60))
def test_every_range_comes_back(one: date, length: int) -> None:
    other = one + timedelta(days=length)
    assert read(f"{one:%d-%b-%Y} to {other:%d-%b-%Y}") == Span(one, other)


@given(DAYS, st.integers(0, 300), st.integers(0, 60))
def test_without_years_a_range_ends_in_the_year_up_to_the_list(until: date, back: int, length: int) -> None:
    last = until - timedelta(days=back)
    first = last - timedelta(days=length)
    assert read(f"{first:%d-%b} to {last:%d-%b}", until=until) == Span(first, last)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = read(text, until=UNTIL)
    except NoDate:
        return
    assert found is None or found.open or (found.earliest or date.max) <= (found.latest or date.min)
