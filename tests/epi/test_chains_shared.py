"""Chains of real outbreaks: what papers and the data's own counts say of them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lianfang.app.cli import main
from lianfang.epi.chains import forest, intermediates, intervals

pytestmark = pytest.mark.shared
Table = list[dict[str, str]]


def rows(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def transmission(shared: Path) -> Path:
    return shared / "data" / "c_transmission"


@pytest.fixture
def chains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command over pairs and cases written as files; its JSON."""

    def write(name: str, titles: list[str], lines: Iterable[Iterable[str]]) -> str:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([titles, *lines])
        return str(tmp_path / name)

    def run(pairs: Iterable[tuple[str, ...]], cases: Iterable[tuple[str, str]] | None = None) -> dict[str, Any]:
        titles = ["infector", "infectee", "onset_infector", "onset_infectee"]
        given = ["--pairs", write("pairs.csv", titles, pairs)]
        if cases is not None:
            given += ["--cases", write("cases.csv", ["id", "onset"], cases)]
        status = main(["epi", "chains", *given, "--json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert status == bool(found["refused"])
        return found

    return run


def test_pairs_of_china_in_early_2020(transmission: Path, chains: Any) -> None:
    """Ali et al., Science 2020;369:1106, doi:10.1126/science.abc9004: 7.8, 5.1 and 2.6 days by the infector's onset."""
    pairs = rows(transmission / "cn_1407_transmission_pairs.csv")
    columns = ("infector_id", "infectee_id", "infector_onsetDate", "infectee_onsetDate")
    got = chains(tuple(pair[name] for name in columns) for pair in pairs)
    assert (got["nodes"], got["edges"], got["roots"], got["refused"]) == (2050, 1407, 643, [])
    assert got["generations"] == {"1": 643, "2": 1166, "3": 205, "4": 26, "5": 7, "6": 3}
    interval = got["serial_interval"]
    assert (interval["n"], interval["negative"]) == (679, 54)
    assert (round(interval["mean"], 2), round(interval["sd"], 2)) == (5.09, 5.26)
    assert got["offspring"]["R"] == pytest.approx(1407 / 2050)
    assert got["offspring"]["k_low"] < got["offspring"]["k"] < got["offspring"]["k_high"]

    links = forest.numbering((pair["infector_id"], pair["infectee_id"]) for pair in pairs)
    assert forest.generations(links.edges_from, links.edges_to, len(links.ids)).offspring.max() == 17
    days = np.array([[_day(pair[name]) for name in columns[2:]] for pair in pairs])
    periods = [((1, 9), (1, 22)), ((1, 23), (1, 29)), ((1, 30), (2, 13))]
    bounds = [tuple(float(date(2020, *end).toordinal()) for end in period) for period in periods]
    found = intervals.by_period(days[:, 1] - days[:, 0], days[:, 0], bounds)  # type: ignore[arg-type]
    assert [(one.n, round(one.mean or 0, 2)) for one in found] == [(162, 7.81), (339, 5.12), (176, 2.57)]


def test_korea_circles_and_missing_cases_are_told(transmission: Path, chains: Any) -> None:
    patients = rows(transmission / "korea_ds4c" / "PatientInfo.csv")
    cases = [(p["patient_id"], p["symptom_onset_date"]) for p in patients]
    got = chains([(p["infected_by"], p["patient_id"]) for p in patients if p["infected_by"].strip()], cases)
    assert len(got["cycles"]) == len(set(got["cycles"])) == 53 and len(got["dangling"]) == 5
    assert set(got["dangling"]) == {"2002000001", "2017000005", "6100000384"}
    assert {id for circle in got["circles"] for id in circle} < set(got["cycles"])
    assert sorted(map(len, got["circles"])) == [1, 1, 2, 2, 2, 2, 2, 2]
    itself = [circle[0] for circle in got["circles"] if len(circle) == 1]
    assert [r["field"] for r in got["refused"]] == ["infectee", "infectee"]
    assert all(any(id in r["reason"] for r in got["refused"]) for id in itself)
    assert sum(got["generations"].values()) + len(got["cycles"]) + got["isolated"] == got["nodes"] == 3391


@pytest.mark.parametrize("listed", [False, True])
def test_simulated_ebola(shared: Path, chains: Any, listed: bool) -> None:
    folder = shared / "data" / "b_linelists"
    pairs = rows(folder / "outbreaks_ebola_sim_clean__contacts.csv")
    cases = [
        (case["case_id"], case["date_of_onset"]) for case in rows(folder / "outbreaks_ebola_sim_clean__linelist.csv")
    ]
    got = chains([(pair["infector"], pair["case_id"]) for pair in pairs], cases if listed else None)
    assert (got["edges"], got["roots"], got["cycles"], got["refused"]) == (3800, 1711, [], [])
    assert max(map(int, got["generations"])) - 1 == 8
    if listed:
        interval = got["serial_interval"]
        assert (interval["n"], round(interval["mean"], 2), round(interval["sd"], 2)) == (2116, 11.06, 8.08)


def test_tianjin(transmission: Path, chains: Any) -> None:
    """Tindale et al., table 1: 4.31 days with intermediates. By the sources as the case list tells them, and by the
    file of edges."""
    cases = rows(transmission / "colijn" / "Tianjin135cases_revised.csv")
    onsets = {case["case_id"]: _onset(case["symptom_onset"]) for case in cases}
    assert len(onsets) == 135
    told = [
        (source, case["case_id"])
        for case in cases
        for source in re.findall(r"TJ\d+", case["Infection_source"].replace("JN", "TJ"))
    ]
    edges = rows(transmission / "colijn" / "tianjin_cluster_known_edges.csv")
    known = {(e[at].strip(), e["name"]) for e in edges for at in ("edge1", "edge2", "edge3", "edge4") if e[at].strip()}
    for pairs, mean in ((told, 4.314), (sorted(known), 4.222)):
        got = chains(pairs, onsets.items())
        between = got["serial_interval_intermediates"]
        assert between["mean"] == pytest.approx(mean, abs=0.001) and abs(between["mean"] - 4.31) < 0.2
        assert between["low"] < 4.31 < between["high"] and "Vink" in between["method"]
        assert got["serial_interval"]["mean"] < between["mean"]
    assert _plain(told, onsets) == pytest.approx(4.99, abs=0.01)


def test_singapore(transmission: Path, chains: Any) -> None:
    """Tindale et al., table 1: 4.17 days with intermediates."""
    cases = rows(transmission / "colijn" / "COVID-19_Singapore_data_revised.csv")
    onsets = {case["CaseID"]: case["date_onset_symptoms"] for case in cases}
    assert len(onsets) == 93
    related = {
        tuple(sorted((case["CaseID"], other), key=int))
        for case in cases
        for other in re.findall(r"\d+", case["Related cases"])
        if other != case["CaseID"]
    }
    got = chains(sorted(related), onsets.items())
    between = got["serial_interval_intermediates"]
    assert between["mean"] == pytest.approx(4.166, abs=0.001) and abs(between["mean"] - 4.17) < 0.2
    assert between["n"] == 25 and "10.7554/eLife.57149" in between["source"]
    assert _plain(related, onsets) == pytest.approx(4.05, abs=0.01)


def test_the_first_three_to_six_cases_of_a_cluster(transmission: Path) -> None:
    """The estimate grows with the cases that are taken of each cluster, as Tindale et al. found; never by a day."""
    cases = rows(transmission / "colijn" / "COVID-19_Singapore_data_revised.csv")
    links = forest.numbering((c["CaseID"], other) for c in cases for other in re.findall(r"\d+", c["Related cases"]))
    days = {case["CaseID"]: _day(case["date_onset_symptoms"].replace("-", "/")) for case in cases}
    label = forest.clusters(links.edges_from, links.edges_to, len(links.ids)).label
    onsets = [days[str(id)] for id in links.ids]
    means = [
        intermediates.estimate(intermediates.index_intervals(onsets, label, first=first), draws=0, seed=1).mean or 0
        for first in (3, 4, 5, 6)
    ]
    assert means == sorted(means) and means[-1] - means[0] < 1


def _plain(pairs: Iterable[tuple[str, ...]], onsets: Mapping[str, str]) -> float:
    """The mean of all pairs with both onsets, the earlier case taken as infector, as the paper gives it beside."""
    days = [abs(_day(onsets[b].replace("-", "/")) - _day(onsets[a].replace("-", "/"))) for a, b in pairs if a in onsets]
    return float(np.nanmean(days))


def _day(text: str) -> float:
    return float(date(*map(int, text.split("/"))).toordinal()) if re.fullmatch(r"\d+/\d+/\d+", text) else float("nan")


def _onset(text: str) -> str:
    return "-".join(reversed(text.split("/"))) if "/" in text else ""
