"""Line lists of the reference folder, imported: Xinyang, Tianjin, Singapore."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Reported
from lianfang.capabilities.contacts.models import Edge, Node
from lianfang.facts import log
from lianfang.facts.fact import Days
from tests.exchange.sending import cases, run, sheet, undo, viewer

pytestmark = pytest.mark.shared
XINYANG, TIANJIN, SINGAPORE = "411500", "120000", "530100"
"""Singapore is no division of the packaged gazetteer: its list is led by any one here."""
OFFICIAL = 274
"""Confirmed cases of Xinyang in the end, as published by day (a_cn_counts, Xinyang, 2020-04-30)."""
BETS = {
    "constants": {"disease": "ncov-2020", "class": "confirmed", "stayed_in": "420100"},
    "until": date(2020, 2, 29),
    "earliest": date(2019, 12, 1),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def theirs(shared: Path) -> list[dict[str, str]]:
    every = rows(shared / "data" / "b_linelists" / "bets_covid19_cases.csv")
    return [row for row in every if row["Case"].startswith("Xinyang-")]


def test_xinyang_276_with_ranges_kept(shared: Path, theirs: list[dict[str, str]], database: Database) -> None:
    who = viewer(XINYANG)
    first, faults = run(who, sheet(theirs), **BETS)
    hard = [(theirs[one.row - 2]["Case"], one.field, one.reason) for one in faults if not one.note]
    assert hard == [("Xinyang-169", "onset", "no_such_day"), ("Xinyang-212", "stay_last", "no_date")]
    assert (first.rows, first.taken, first.refused, first.left_out) == (276, 274, 2, 0)

    # The two rows name a 30 February and a day 290: said to be unknown, they come in; the others are there already.
    mended = {"onset": {"30-Feb": "?"}, "stay_last": {"290-Jan": "29-Jan"}}
    second, _ = run(who, sheet(theirs), values=mended, **BETS)
    assert (second.taken, second.refused, second.left_out) == (2, 0, 274)

    held = cases(disease="ncov-2020")
    assert len(held) == 276 and {row.to for row in held} == {"confirmed"} and not any(row.faults for row in held)
    official = [
        row
        for row in rows(shared / "data" / "a_cn_counts" / "cn_daily_cumulative.csv")
        if row["city_code"] == XINYANG and row["date"] == "2020-04-30"
    ]
    assert [int(row["confirmed"]) for row in official] == [OFFICIAL]
    print(f"Xinyang: {len(held)} imported, {OFFICIAL} official, difference {len(held) - OFFICIAL:+d}")
    assert len(held) - OFFICIAL == 2

    by_number = {row.number: row for row in held}
    reports = [entry.fact.data for entry in log.read(kinds=["case.reported"])]
    told = {data.number: data.about for data in reports if isinstance(data, Reported)}
    assert told["Xinyang-03"].infected == Days(earliest=date(2020, 1, 5), latest=date(2020, 1, 9))
    assert told["Xinyang-01"].infected == Days(earliest=date(2019, 12, 1), latest=date(2020, 1, 18))
    ranges = [by_number[row["Case"]] for row in theirs if " to " in row["Symptom"]]
    assert len(ranges) == 9 and all(row.onset_earliest < row.onset_latest for row in ranges)

    undone = undo(who, first.id)
    assert undone.state == "undone" and undone.kept == 0 and len(cases()) == 2


def test_tianjin_135_cases_and_who_infected_whom(shared: Path, database: Database) -> None:
    folder = shared / "data" / "c_transmission" / "colijn"
    body = (folder / "Tianjin135cases_revised.csv").read_bytes()
    constants = {"disease": "ncov-2020", "class": "confirmed"}
    row, faults = run(viewer(TIANJIN), body, constants=constants, earliest=date(2019, 12, 1))
    assert (row.rows, row.taken, row.refused) == (135, 135, 0)
    circles = [one for one in faults if one.reason == "circle_left_out"]
    assert [one.en.split(": ")[1].split(";")[0] for one in circles] == ["TJ97 → TJ96 → TJ97", "TJ115 → TJ114 → TJ115"]
    with seeing_all():
        numbers = dict(Node.objects.values_list("subject", "number"))
        edges = {(numbers[one.infector], numbers[one.subject]) for one in Edge.objects.all()}
    assert len(edges) == row.links
    known = {
        (infector.strip(), line["name"])
        for line in rows(folder / "tianjin_cluster_known_edges.csv")
        for infector in line["edge_list"].split(",")
        if infector.strip()
    }
    missed, more = known - edges, edges - known
    print(f"Tianjin: {len(edges)} links, {len(known)} of the authors; missed {sorted(missed)}; more {sorted(more)}")
    # Of two that name each other one link is kept; the authors' TJ7 is a TJ51 cut short: their words say TJ51.
    assert missed == {("TJ114", "TJ115"), ("TJ96", "TJ97"), ("TJ7", "TJ112")}
    assert more == {
        ("TJ107", "TJ117"), ("TJ14", "TJ59"), ("TJ3", "TJ9"), ("TJ43", "TJ83"), ("TJ51", "TJ112"), ("TJ53", "TJ83"),
    }  # fmt: skip


def test_singapore_93_cases_linked_by_onset(shared: Path, database: Database) -> None:
    body = (shared / "data" / "c_transmission" / "colijn" / "COVID-19_Singapore_data_revised.csv").read_bytes()
    constants = {"disease": "ncov-2020", "class": "confirmed"}
    row, faults = run(viewer(SINGAPORE), body, constants=constants, earliest=date(2019, 12, 1))
    assert (row.rows, row.taken, row.refused) == (93, 93, 0)
    assert Counter(one.reason for one in faults if one.field == "linked_to") == {"no_direction": 18}
    with seeing_all():
        onset = {one.subject: one for one in Node.objects.all()}
        edges = list(Edge.objects.all())
    assert len(edges) == row.links == 44
    for one in edges:
        assert onset[one.infector].onset_latest < onset[one.subject].onset_earliest
