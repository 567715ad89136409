"""Written times and the moments they mean."""

from __future__ import annotations

from datetime import datetime

import pytest

from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.bulletins.rules.moments import Calendar, parse
from lianfang.capabilities.bulletins.rules.normalise import normalise
from tests.reader.reading import only, reading

PUBLISHED = datetime(2020, 2, 10, 8, tzinfo=CIVIL_TIME)


def at(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=CIVIL_TIME)


WINDOWS = [
    ("2020年1月27日0时-28日9时", "2020-01-27 00:00", "2020-01-28 09:00"),
    ("2月9日0—24时", "2020-02-09 00:00", "2020-02-10 00:00"),
    ("2月9日12-24时", "2020-02-09 12:00", "2020-02-10 00:00"),
    ("2月8日20时至9日12时", "2020-02-08 20:00", "2020-02-09 12:00"),
    ("2月9日18时30分至24时", "2020-02-09 18:30", "2020-02-10 00:00"),
    ("2月9日7:00-16:00", "2020-02-09 07:00", "2020-02-09 16:00"),
    ("22日8时-23日8时", "2020-01-22 08:00", "2020-01-23 08:00"),
    ("2月3日-9日", "2020-02-03 00:00", "2020-02-10 00:00"),
    ("昨天0-24时", "2020-02-09 00:00", "2020-02-10 00:00"),
    ("昨天（2月9日）0-24时", "2020-02-09 00:00", "2020-02-10 00:00"),
    ("0-24时", "2020-02-09 00:00", "2020-02-10 00:00"),
    ("12月31日0时至1月1日9时", "2019-12-31 00:00", "2020-01-01 09:00"),
]


@pytest.mark.parametrize(("written", "start", "end"), WINDOWS)
def test_windows(written: str, start: str, end: str) -> None:
    cutoff = parse(normalise(written).text, Calendar(PUBLISHED, "", None))
    assert cutoff is not None and cutoff.start is not None
    assert (cutoff.start, cutoff.at) == (at(start), at(end))


MOMENTS = [
    ("2020年1月28日12时", "2020-01-28 12:00", "hour"),
    ("1月28日24时", "2020-01-29 00:00", "hour"),
    ("1月28日", "2020-01-29 00:00", "day"),
    ("28日16时", "2020-01-28 16:00", "hour"),
    ("2月3日下午4时", "2020-02-03 16:00", "hour"),
    ("2月3日20:30", "2020-02-03 20:30", "hour"),
    ("12月31日24时", "2020-01-01 00:00", "hour"),
]


@pytest.mark.parametrize(("written", "expected", "precision"), MOMENTS)
def test_moments(written: str, expected: str, precision: str) -> None:
    cutoff = parse(normalise(written).text, Calendar(PUBLISHED, "", None))
    assert cutoff is not None and cutoff.start is None
    assert (cutoff.at, cutoff.precision) == (at(expected), precision)


@pytest.mark.parametrize("written", ["2月30日", "13月1日", "1月3日25时"])
def test_what_is_no_time(written: str) -> None:
    cutoff = parse(written, Calendar(PUBLISHED, "", None))
    assert cutoff is None or cutoff.precision == "day"


def test_a_window_of_33_hours() -> None:
    record = only(reading("2020年1月27日0时-28日9时，我区新增确诊病例4例。", area="150000"))
    assert record.window is not None and record.window.hours == 33


def test_the_year_comes_from_the_text_or_from_the_name_of_the_disease() -> None:
    named = "截至1月28日12时，云南省累计报告新型冠状病毒感染的肺炎确诊病例4例。"
    assert only(reading(named, published=None)).as_of == at("2020-01-28 12:00")
    dated = "发布时间：2021-03-05。截至3月4日24时，云南省累计报告确诊病例4例。"
    assert only(reading(dated, published=None)).as_of == at("2021-03-05 00:00")


def test_an_unknown_year_is_told_not_guessed() -> None:
    record = only(reading("截至3月4日24时，云南省累计报告确诊病例4例。", published=None))
    assert record.as_of is None and [i.code for i in record.issues] == ["year_unknown"]
