"""The reader on the hard set: at least 98 of 100 figures with number, unit, span, area and moment."""

from __future__ import annotations

import pytest

from lianfang.places.gazetteer import Gazetteer
from tests.hardset.notices import FOLDER, SETS, load, notices, unlabelled

PATHS = [p for name in SETS for p in sorted((FOLDER / name).glob("*.toml"))]


@pytest.mark.parametrize("path", PATHS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_number_of_a_notice_is_labelled(path):
    notice = load(path)
    assert notice.id == path.stem
    assert unlabelled(notice) == []


def test_every_code_of_a_label_is_a_division_of_its_day(gazetteer: Gazetteer):
    unknown = [
        (notice.id, figure.area)
        for notice in notices()
        for record in notice.records
        for figure in record.figures
        if figure.area[0] != "~"
        and gazetteer.division(figure.area.partition("-")[0], on=notice.published_at.date()) is None
    ]
    assert unknown == []


def test_98_of_100_figures_are_right(gazetteer: Gazetteer):
    from tests.hardset.scoring import report, score_all

    score = score_all(notices(), gazetteer)
    assert score.figures_right >= 0.98, report(score)
    assert score.statements_right >= 0.98, report(score)
