"""The reader on the reference folder: the five source documents, the notices of 2020 and the pages of 2020 to 2022."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, BulletinRecord
from lianfang.capabilities.bulletins.rules.reader import Reading, read
from lianfang.places.gazetteer import COUNTRY, Gazetteer
from tests.reader.reading import lines, only, reading

pytestmark = pytest.mark.shared
EARLY_2020 = datetime(2020, 1, 29, 8, tzinfo=CIVIL_TIME)
SPECIAL = {"66": "810000", "67": "820000", "68": "710000"}  # the notices' own codes


def seed(shared: Path, number: str) -> Reading:
    path = next((shared / "seeds").glob(f"{number}_*.txt"))
    return reading(path.read_text(encoding="utf-8"), area=None, published=EARLY_2020)


def test_yunnan(shared: Path) -> None:
    result = seed(shared, "000")
    notice, screening = result.records
    assert notice.as_of == datetime(2020, 1, 28, 12, tzinfo=CIVIL_TIME) and notice.attrs.all_new_imported
    numbers = {
        "confirmed_cum": 44,
        "confirmed_new": 18,
        "severe": 5,
        "generation2": 0,
        "deaths_cum": 0,
        "suspected": 125,
    }
    assert {f.metric: f.n for f in notice.figures} == {**numbers, "contacts_observing": 558}
    assert len(notice.by_area) == 10 and sum(a.n for a in notice.by_area) == 44
    assert {f.metric: (f.n, f.unit) for f in screening.figures} == {
        "screened_epidemic_area_cum": (27824, "person_time"),
        "screened_elsewhere_cum": (194156, "person_time"),
        "symptomatic_cum": (1069, "person"),
    }
    assert [(c.metric, c.n) for _, c in result.headlines] == [("confirmed_cum", 44), ("confirmed_new", 18)]


def test_inner_mongolia(shared: Path) -> None:
    record = only(seed(shared, "003"))
    assert record.area_code == "150000" and len(record.occurrences) == 2
    assert record.window is not None and record.window.hours == 33
    assert record.areas_affected is not None and record.areas_affected.n == 8
    assert {f.metric: f.n for f in record.figures} == {
        "confirmed_cum": 15,
        "suspected": 2,
        "confirmed_new": 4,
        "suspected_new": 1,
        "suspected_excluded": 1,
        "suspected_to_confirmed": 1,
        "contacts_observing": 342,
    }
    confirmed = [a for a in record.by_area if a.metric == "confirmed_cum"]
    assert len(confirmed) == 8 and sum(a.n for a in confirmed) == 15
    assert all(sum(c.n for c in a.children) == a.n for a in confirmed)
    assert sum(len(a.children) for a in confirmed) == 12
    assert sum(a.n for a in record.by_area if a.metric == "confirmed_new") == 4
    assert {"suspected@150784=1", "suspected@150821=1", "confirmed_cum@150500-经济开发区=1"} <= lines(record)


@pytest.mark.parametrize("number", ["001", "002", "004"])
def test_no_notice_in_the_others(shared: Path, number: str) -> None:
    assert seed(shared, number).records == ()


def area_of(code: str) -> str:
    return COUNTRY if code == "100" else SPECIAL.get(code[:2], code[:2] + "0000")


def test_the_notices_of_2020_against_figures_entered_by_hand(shared: Path, tmp_path: Path) -> None:
    gold = shared / "data" / "d_bulletins" / "dxy_bulletins_dev.jsonl"
    gazetteer = Gazetteer.load()
    out = tmp_path / "read.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            published = datetime.fromisoformat(row["pub_time"]).replace(tzinfo=CIVIL_TIME)
            area = area_of(str(row["province_code"]))
            found = read(row["text"], gazetteer=gazetteer, area=area, published_at=published, title=row["title"])
            records = [r.model_dump(mode="json") for r in found.records]
            file.write(json.dumps({"id": row["id"], "bulletins": records}) + "\n")
    scorer = shared / "tools" / "score_bulletins.py"
    done = subprocess.run([sys.executable, scorer, gold, out], capture_output=True, text=True, check=True)
    tally = {
        name: tuple(map(int, numbers))
        for name, *numbers in re.findall(r"(\w+): (\d+)/(\d+) right.*?, (\d+) wrong, (\d+) missed", done.stdout)
    }
    right, scored, wrong, _ = tally["confirmed_cum"]
    assert right / scored >= 0.99 and wrong / scored <= 0.003, done.stdout
    right, scored, wrong, _ = tally["confirmed_new"]
    assert right / scored >= 0.97 and wrong / scored <= 0.01, done.stdout
    # In the rest the figures entered by hand differ from the notice's, or count what it lists as in hospital.
    right, scored, *_ = tally["by_area"]
    assert right / scored >= 0.91, done.stdout


def contacts(record: BulletinRecord) -> tuple[int | None, int | None, int | None]:
    return (
        record.value("contacts_traced_cum"),
        record.value("contacts_released_cum"),
        record.value("contacts_observing"),
    )


def test_contacts_traced_are_released_or_observed(shared: Path) -> None:
    """The pages of two provinces, 2020 to 2022, whole with their menus: 357 of 646 number the contacts."""
    path = shared / "data" / "d_bulletins" / "jiangsu_guizhou_bulletins_2020_2022.jsonl"
    areas = {"Jiangsu": "320000", "Guizhou": "520000"}
    balanced = cleared = other = 0
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        day = row["pub_date"] or "-".join(
            re.findall(r"(20\d\d)-(\d\d)-(\d\d)", row["id"])[-1:][0] if "-" in row["id"] else ()
        )
        published = datetime.fromisoformat(day).replace(hour=9, tzinfo=CIVIL_TIME) if day else None
        result = read(row["text"], gazetteer=Gazetteer.load(), area=areas.get(row["province"]), published_at=published)
        for traced, released, observed in [contacts(r) for r in result.records if r.value("contacts_traced_cum")]:
            if observed is None and traced == released:
                cleared += 1
            elif traced is not None and released is not None and traced == released + (observed or 0):
                balanced += 1
            else:
                other += 1
    assert (balanced, cleared, other) == (353, 4, 0)
