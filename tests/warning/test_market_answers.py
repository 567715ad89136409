"""Markets over HTTP, and what is exported of genomes."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.cases.facts import Class, Sampled, Sequenced
from tests.cases.desk import Desk
from tests.cases.made import QILIN, START, WUHUA, act, hours, reported, viewer


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_a_market_is_inspected_sampled_and_closed_and_its_genome_exported(desk: Desk) -> None:
    body = {"area": WUHUA, "name": "篆新农贸市场", "market_kind": "farmers_market", "sells": ["live_poultry"]}
    wrong = desk.post("markets", {**body, "market_kind": "zoo"}, status=422)
    assert [one["field"] for one in wrong["errors"]] == ["market_kind"]
    desk.post("markets", {**body, "area": QILIN}, status=403)
    id = desk.post("markets", body)["id"]
    its = f"markets/{id}"
    findings = [{"item": "no_live_poultry", "met": False}, {"item": "waste", "met": True}]
    desk.post(f"{its}/inspections", {"findings": findings})
    sample = desk.post(f"{its}/samples", {"point": "board", "at": (START - timedelta(hours=2)).isoformat()}, status=422)
    assert sample["errors"][0]["reason"] == "not_registered"  # by then
    desk.now += timedelta(minutes=5)
    sample = desk.post(f"{its}/samples", {"point": "board"})["fact"]
    desk.now += timedelta(hours=6)
    result = {"sample": sample, "test": "pcr", "result": "positive", "ct": 31.5}
    fact = desk.post(f"{its}/results", result)["fact"]
    desk.post(f"{its}/sequences", {"sample": sample, "accession": "EPI_ISL_1", "archive": "gisaid"})
    (row,) = desk.get("markets", area=WUHUA, positive=True)["markets"]
    assert (row["positives"], row["unhandled"], [one["code"] for one in row["unmet"]]) == (1, 1, ["no_live_poultry"])
    desk.now += timedelta(hours=1)
    (task,) = [one for one in desk.get("tasks")["tasks"] if one["rule"] == "market.handle"]
    assert task["due"][:16] == "2020-01-29T07:05"  # 24 hours after the result
    desk.post(f"{its}/measures", {"measures": ["closed", "disinfected"]})
    (task,) = [one for one in desk.get("tasks")["tasks"] if one["rule"] == "market.handle"]
    assert task["done_at"] is not None
    card = desk.get(its)
    assert (card["closed"], card["unhandled"], card["samples"][0]["result"]["zh"]) == (True, 0, "阳性")
    assert card["faults"] == [] and card["handled"][0]["measures"][0]["en"] == "closed"
    again = desk.post(f"{its}/retract", {"fact": fact, "why": "mistaken"}, status=422)
    assert again["errors"][0]["reason"] == "not_positive"  # the genome was read from it
    desk.who = viewer(area=QILIN)
    desk.get(its, status=404)


def test_what_is_exported_of_a_genome_tells_nothing_of_the_person(desk: Desk) -> None:
    case = reported(Class.CONFIRMED, number="CASE-77")
    sample = act(case, Sampled, at=hours(1), material="throat_swab", number="LAB-55")
    act(case, Sequenced, at=hours(60), sample=sample, accession="MN908947.3", archive="genbank", lineage="B")
    desk.now = hours(61)
    told = desk.asked("get", "sequences", data={"area": WUHUA, "format": "csv"}).content.decode()
    assert list(csv.DictReader(io.StringIO(told))) == [
        {
            "accession": "MN908947.3", "archive": "genbank", "lineage": "B", "disease": "ncov-2020", "host": "human",
            "specimen": "throat_swab", "sampled_on": "2020-01-28", "province": "530000", "province_zh": "云南省",
            "province_en": "Yunnan",
        }
    ]  # fmt: skip
    for personal in (str(case), str(sample), "CASE-77", "LAB-55", WUHUA, "测试"):
        assert personal not in told
