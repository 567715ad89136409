"""Response levels: pure folds as tables, then by way of the routes."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

import pytest

from lianfang.capabilities.command.facts import LevelDeclared, ResponseLevel, response_id
from lianfang.capabilities.command.state import in_force, levels, spell
from lianfang.facts.fact import Fact
from tests.access.made import viewer
from tests.checkpoints.desk import Desk

YUNNAN = viewer("duty_officer", "530000")
COUNTY = viewer("county_duty_officer")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def declared(number: int, level: ResponseLevel, starts: str, recorded: str = "2020-03-01T00:00") -> Fact:
    data = LevelDeclared(level=level, issuer="省人民政府", doc_no="2020-1", starts=at(starts))
    return Fact.of(
        data, id=UUID(int=number), subject=response_id("530000"), area="530000", observed_at=at(recorded)
    )  # fmt: skip


YUNNANS = (declared(1, ResponseLevel.I, "2020-01-24T00:00"), declared(2, ResponseLevel.III, "2020-02-24T00:00"))


@pytest.mark.parametrize(
    ("moment", "level"),
    [
        ("2020-01-23T23:59", None),
        ("2020-01-24T00:00", ResponseLevel.I),
        ("2020-01-28T12:00", ResponseLevel.I),
        ("2020-02-23T23:59", ResponseLevel.I),
        ("2020-02-24T00:00", ResponseLevel.III),
        ("2021-01-01T00:00", ResponseLevel.III),
    ],
)
def test_a_level_holds_from_its_start_until_the_next(moment: str, level: ResponseLevel | None) -> None:
    held = in_force(levels(YUNNANS), at(moment))
    assert (held.level if held else None) == level


def test_a_level_declared_again_goes_on_and_the_later_record_of_one_start_holds() -> None:
    facts = [
        *YUNNANS,
        declared(3, ResponseLevel.I, "2020-02-10T00:00"),
        declared(4, ResponseLevel.IV, "2020-03-20T00:00"),
        declared(5, ResponseLevel.ENDED, "2020-03-20T00:00", "2020-03-21T00:00"),
    ]
    Random(1).shuffle(facts)
    history = levels(facts)
    assert [one.level for one in history] == [ResponseLevel.I, ResponseLevel.I, ResponseLevel.III, ResponseLevel.ENDED]
    assert spell(history, at("2020-02-15T00:00")) == (at("2020-01-24T00:00"), at("2020-02-24T00:00"))
    assert spell(history, at("2020-03-20T00:00")) == (at("2020-03-20T00:00"), None)
    assert spell(history, at("2020-01-01T00:00")) is None


def test_rsp_01_yunnans_levels_by_the_routes(desk: Desk) -> None:
    first = {"area": "530000", "level": "I", "starts": "2020-01-24T00:00:00+08:00"}
    for missing in ({}, {"issuer": "省人民政府"}, {"doc_no": "1号"}, {"issuer": " ", "doc_no": "1号"}):
        wrong = {field for field in ("issuer", "doc_no") if not missing.get(field, "").strip()}
        assert {field for field, _ in desk.wrong("/response", first | missing, YUNNAN)} == wrong
    sure = {"issuer": "云南省人民政府", "doc_no": "公告第1号"}
    one = desk.ok("/response", first | sure, YUNNAN)
    assert desk.ok("/response", first | sure, YUNNAN) == one  # the same again is the same
    third = {"area": "530000", "level": "III", "starts": "2020-02-24T00:00:00+08:00"} | sure
    taken = desk.ok("/response", third, YUNNAN)["fact"]

    def level(moment: str, query: str = "") -> str | None:
        told = desk.read(f"/response?area=530000&at={moment}%2B08:00{query}", YUNNAN)["level"]
        return told["level"] if told else None

    said = ["2020-01-23T23:59:00", "2020-01-28T00:00:00", "2020-02-23T23:59:00", "2020-02-24T00:00:00"]
    assert [level(moment) for moment in said] == [None, "I", "I", "III"]
    assert level(said[1], "&known_at=2020-01-01T00:00:00%2B08:00") is None
    below = desk.read("/response?area=530102&at=2020-01-28T00:00:00%2B08:00", COUNTY)
    assert below["level"] is None  # none of its own: that is not that there is none
    assert [(one["area"], one["level"]) for one in below["above"]] == [("530000", "I")]
    assert desk.post("/response", third | {"area": "150000"}, YUNNAN).status_code == 403
    desk.ok(f"/response/{taken}/retract", {"area": "530000", "why": "mistaken"}, YUNNAN)
    assert level(said[3]) == "I"
    assert desk.wrong("/response", third | {"area": "530102", "level": "ended"}, COUNTY) == [
        ("level", "nothing_to_end")
    ]  # fmt: skip
