"""The identities on real notices: the source pages, another printing of one, and two provinces' pages of two years."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lianfang.app.demo.notices import notices
from lianfang.capabilities.bulletins.facts import CIVIL_TIME, BulletinRecord
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.capabilities.bulletins.rules.reconcile import State, check, previous_of
from lianfang.capabilities.bulletins.rules.within import contacts
from lianfang.capabilities.bulletins.rules.write import essence
from lianfang.places.gazetteer import Gazetteer

GAZETTEER = Gazetteer.load()
EVENING = datetime(2020, 1, 28, 20, tzinfo=CIVIL_TIME)
PROVINCES = {"Jiangsu": "320000", "Guizhou": "520000"}

pytestmark = pytest.mark.shared


def seed(shared: Path, number: str, area: str, metric: str) -> BulletinRecord:
    """The record of a source page that gives ``metric``."""
    (page,) = (shared / "seeds").glob(f"{number}_*.txt")
    found = read(page.read_text("utf-8"), gazetteer=GAZETTEER, area=area, published_at=EVENING)
    return next(r for r in found.records if r.area_code == area and r.value(metric) is not None)


def test_the_demonstration_says_what_the_page_of_yunnan_says(shared: Path) -> None:
    own = next(r for r in notices() if r.value("confirmed_cum") == 44)
    assert essence(seed(shared, "000", "530000", "confirmed_cum")) == essence(own)


def test_the_demonstration_says_what_the_page_of_yunnan_says_of_screening(shared: Path) -> None:
    own = next(r for r in notices() if r.value("symptomatic_cum"))
    read_here = seed(shared, "000", "530000", "symptomatic_cum")
    assert essence(read_here)["figures"] == essence(own)["figures"]


def test_the_suspected_balance_of_inner_mongolia(shared: Path) -> None:
    record = seed(shared, "003", "150000", "confirmed_cum")
    earlier = [r for r in notices() if r.as_of and record.as_of and r.as_of < record.as_of]
    checks = check(record, previous=previous_of(record, earlier), gazetteer=GAZETTEER)
    (balance,) = [c for c in checks if c.id == "ID4"]
    assert (balance.state, balance.difference) == (State.WARNS, 2)
    (affected,) = [c for c in checks if c.id == "ID8"]
    assert affected.state is State.WARNS
    assert not [c for c in checks if c.state is State.FAILS]


def test_another_printing_of_yunnan_differs(shared: Path) -> None:
    lines = (shared / "data/d_bulletins/dxy_bulletins_dev.jsonl").read_text("utf-8").splitlines()
    other = next(row for row in map(json.loads, lines) if row["id"] == "dxy-621-1723")
    found = read(other["text"], gazetteer=GAZETTEER, area="530000", published_at=EVENING - timedelta(hours=5))
    (printed,) = found.records
    checks = check(seed(shared, "000", "530000", "confirmed_cum"), others=[printed])
    failing = [c for c in checks if c.state is State.FAILS]
    assert [(c.id, c.metric) for c in failing] == [("ID11", "confirmed_new")]
    assert failing[0].en == "confirmed cases, new: this printing has 18, the other 12; they differ."


@pytest.mark.parametrize(("every", "sets"), [(5, 60), pytest.param(1, 350, marks=pytest.mark.long)])
def test_contacts_traced_are_released_or_observed_in_two_years_of_pages(shared: Path, every: int, sets: int) -> None:
    pages = (shared / "data/d_bulletins/jiangsu_guizhou_bulletins_2020_2022.jsonl").read_text("utf-8").splitlines()
    outcomes = []
    for page in map(json.loads, pages[::every]):
        published = datetime.fromisoformat(f"{page['pub_date']}T12:00:00+08:00") if page.get("pub_date") else None
        area = PROVINCES.get(page["province"])
        found = read(page["text"], gazetteer=GAZETTEER, area=area, published_at=published)
        outcomes += [c.state for r in found.records for c in contacts(r)]
    assert len(outcomes) >= sets
    assert set(outcomes) == {State.HOLDS}
