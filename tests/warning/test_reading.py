"""Figures in plain words, and the drawings of a printed pack."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date
from typing import Any

import pytest

from lianfang.capabilities.warning.rules.pack import pictures
from lianfang.capabilities.warning.rules.pack.drawing import Layer, Picture, Span, stretches, svg, ticks
from lianfang.capabilities.warning.rules.pack.words import Words
from lianfang.capabilities.warning.rules.reading import at_level, number, readings, spread_reading, week_of

LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95]
ON = date(2020, 1, 29)
EN = Words("en", UTC)


def told(**but: Any) -> dict[str, Any]:
    """Estimates of an area, as they are told."""
    days = [{"day": f"2020-01-{day}", "n": n} for day, n in ((20, 1), (28, 2), (29, 3))]
    few = {"zh": "例数太少", "en": "too few cases"}
    return {
        "series": {"onset": days, "report": days, "confirmation": days},
        "nowcast": {"refused": few}, "rt": {"refused": few}, "forecast": {"refused": few}, "alarms": [], "breaks": [],
    } | but  # fmt: skip


def said(code: str, lang: str = "en", **but: Any) -> str:
    return next(getattr(one, lang) for one in readings(told(**but), ON) if one.code == code)


def rt(mean: float, below_one: float, high: float = 3.0) -> dict[str, Any]:
    q = [0.5, 0.8, mean, 1.5, high]
    return {
        "refused": None,
        "levels": LEVELS,
        "days": [{"end": "2020-01-29", "mean": mean, "below_one": below_one, "q": q}],
    }


@pytest.mark.parametrize(
    ("mean", "below", "sentence"),
    [
        (0.9, 0.8, "R is 0.9, 80 % sure that it is below 1: cases are becoming fewer."),
        (2.31, 0.001, "R is 2.3, at least 99 % sure that it is above 1: cases are becoming more."),
        (1.0, 0.5, "R is 1: it cannot be said whether it is above or below 1."),
        (0.5, 1.0, "R is 0.5, at least 99 % sure that it is below 1: cases are becoming fewer."),
        (0.5, 0.989, "R is 0.5, 98 % sure that it is below 1: cases are becoming fewer."),
    ],
)
def test_r_is_told_with_its_side_and_never_as_certain(mean: float, below: float, sentence: str) -> None:
    assert said("rt", rt=rt(mean, below)) == sentence


def test_what_was_not_reckoned_is_told_with_its_reason() -> None:
    assert said("rt") == "Reproduction number R: not reckoned, as too few cases."
    assert said("forecast", "zh") == "今后的病例数没有算出：例数太少。"
    assert "score" not in {one.code for one in readings(told(), ON)}


def test_the_latest_day_that_is_thought_to_be_short_of_reports_is_named() -> None:
    days = [
        {"day": "2020-01-28", "reported": 10, "q": [10, 10, 10, 10, 10]},
        {"day": "2020-01-29", "reported": 4, "q": [5, 6, 8, 10, 13]},
    ]
    now = {"refused": None, "levels": LEVELS, "days": days}
    assert said("nowcast", nowcast=now) == (
        "Cases of 29 January 2020 are not all reported yet: 4 are known; with those still to come about 8 "
        "(90 % sure: 5 to 13)."
    )
    assert said("nowcast", nowcast=now | {"days": days[:1]}) == "The cases of each day are as good as all reported."


def test_a_week_without_a_known_day_has_no_sum() -> None:
    assert (week_of([{"day": "2020-01-20", "n": 3}], date(2020, 1, 26)), number(None)) == (3, "—")
    assert week_of([{"day": "2020-01-20", "n": 3}], date(2020, 1, 27)) is None
    assert said("curve_onset", "zh") == "近7天发病日病例5例，再前7天1例。"
    assert said("curve_report", series={by: [] for by in ("onset", "report", "confirmation")}).startswith(
        "Cases by report: — in the last 7 days"
    )


def test_alarms_and_areas_of_the_last_days() -> None:
    def alarm(day: str, upper: float | None = None) -> dict[str, Any]:
        return {"day": day, "zh": "累积和", "en": "CUSUM", "observed": 7, "expected": 2.0, "upper": upper}

    assert said("alarms") == "None of the detectors raised an alarm."
    assert said("alarms", alarms=[alarm("2020-01-02")]) == "No alarm in the last 14 days."
    both = [alarm("2020-01-28"), alarm("2020-01-20")]
    assert said("alarms", alarms=both) == (
        "Alarms in the last 14 days: 2, the latest on 28 January 2020: CUSUM, 7 that day."
    )
    assert said("alarms", alarms=[alarm("2020-01-28", 4.0)]).endswith("CUSUM, 7 that day, limit 4.")
    assert spread_reading([5, *[1] * 7], 12).en == "Areas newly affected in the last 7 days: 7; affected so far: 12."
    assert spread_reading([0], 0).en == "No area was newly affected."


def test_a_drawing_is_whole_and_what_is_not_known_is_not_joined() -> None:
    spans = tuple(Span(date(2020, 1, day), n, n) for day, n in ((1, 2.0), (2, None), (3, 4.0)))
    assert [len(one) for one in stretches(spans)] == [1, 1]
    made = svg(Picture(date(2020, 1, 1), ON, (Layer("line", "a < b", "#000", spans),)), number, "F")
    root = ET.fromstring(made)
    assert len(root.findall(".//{*}polyline")) == 2
    assert "a < b" in [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert (ticks(3), ticks(0.7, parts=True)) == ([0, 1, 2, 3], [0, 0.2, 0.4, 0.6])


def test_that_a_plot_of_r_is_cut_is_told() -> None:
    assert at_level(LEVELS, [1, 2, 3, 4, 5], 0.1) is None
    assert not pictures.cut(told(rt=rt(1, 0.5)), ON)
    assert pictures.cut(told(rt=rt(1, 0.5, high=9)), ON)
    picture = pictures.ratio(told(rt=rt(1, 0.5, high=9)), ON, EN)
    assert (picture.most, [one.kind for one in picture.layers]) == (6.0, ["band", "band", "line"])
