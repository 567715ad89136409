"""Command posts: which divisions of an area have one."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest

from lianfang.capabilities.command.facts import CommandPostDissolved, CommandPostEstablished, command_post_id
from lianfang.capabilities.command.state import command_posts, standing_at
from lianfang.facts.fact import Fact
from lianfang.places.queries import current_gazetteer
from tests.access.made import viewer
from tests.checkpoints.desk import Desk
from tests.command.test_levels import at

REGION = "150000"
DUTY = viewer("duty_officer", REGION)
SURE = {
    "zh": "新型冠状病毒感染的肺炎防控工作指挥部",
    "issuer": "人民政府",
    "doc_no": "1号",
    "starts": "2020-01-25T08:00:00+08:00",
}


def established(number: int, zh: str, starts: str) -> Fact:
    data = CommandPostEstablished(zh=zh, issuer="市人民政府", doc_no="1号", starts=at(starts))
    return _of(number, data)


def dissolved(number: int, ends: str) -> Fact:
    return _of(number, CommandPostDissolved(doc_no="9号", ends=at(ends)))


def _of(number: int, data: CommandPostEstablished | CommandPostDissolved) -> Fact:
    return Fact.of(
        data, id=UUID(int=number), subject=command_post_id("150100"), area="150100", observed_at=at("2020-06-01T00:00")
    )


@pytest.mark.parametrize(
    ("moment", "zh"),
    [
        ("2020-01-24T23:59", None),
        ("2020-01-25T00:00", "指挥部"),
        ("2020-02-09T23:59", "指挥部"),
        ("2020-02-10T00:00", "联合指挥部"),
        ("2020-04-30T23:59", "联合指挥部"),
        ("2020-05-01T00:00", None),
        ("2020-05-20T00:00", "常态化指挥部"),
    ],
)
def test_one_stands_until_it_is_dissolved_or_another_takes_its_place(moment: str, zh: str | None) -> None:
    facts = [
        established(1, "指挥部", "2020-01-25T00:00"),
        established(2, "联合指挥部", "2020-02-10T00:00"),
        dissolved(3, "2020-05-01T00:00"),
        established(4, "常态化指挥部", "2020-05-20T00:00"),
    ]
    Random(moment).shuffle(facts)
    found = standing_at(command_posts(facts), at(moment))
    assert (found.zh if found else None) == zh


def test_rsp_06_twelve_of_twelve_leagues_and_the_one_that_is_missing_is_named(desk: Desk) -> None:
    leagues = [one.code for one in current_gazetteer().children(REGION)]
    facts = {code: desk.ok("/command-posts", {"area": code, **SURE}, DUTY)["fact"] for code in leagues}
    assert desk.ok("/command-posts", {"area": leagues[0], **SURE}, DUTY)["fact"] == facts[leagues[0]]

    def told(query: str = "") -> tuple[int, int, list[str]]:
        found = desk.read(f"/command-posts?area={REGION}{query}", DUTY)
        return found["n"], found["of"], found["missing"]

    assert told() == (12, 12, [])
    assert told("&at=2020-01-25T07:59:00%2B08:00") == (0, 12, leagues)
    assert told("&known_at=2020-01-01T00:00:00%2B08:00") == (0, 12, leagues)
    gone = leagues[7]
    desk.ok("/command-posts/retract", {"area": gone, "taken": facts[gone], "why": "mistaken"}, DUTY)
    assert told() == (11, 12, [gone])
    ends = {"area": leagues[3], "doc_no": "9号", "ends": "2020-01-26T08:00:00+08:00"}
    end = desk.ok("/command-posts/dissolve", ends, DUTY)["fact"]
    assert told() == (10, 12, [leagues[3], gone])
    assert told("&at=2020-01-26T07:59:00%2B08:00") == (11, 12, [gone])
    desk.ok("/command-posts/retract", {"area": leagues[3], "taken": end, "why": "mistaken"}, DUTY)
    assert told() == (11, 12, [gone])


def test_what_cannot_be_is_refused_by_field(desk: Desk) -> None:
    for field in ("zh", "issuer", "doc_no"):
        assert desk.wrong("/command-posts", {"area": "150100", **SURE, field: " "}, DUTY) == [(field, "missing")]
    ends = {"area": "150100", "doc_no": "9号", "ends": "2020-01-26T08:00:00+08:00"}
    assert desk.wrong("/command-posts/dissolve", ends, DUTY) == [("ends", "nothing_to_dissolve")]
    assert desk.wrong("/command-posts/dissolve", ends | {"doc_no": ""}, DUTY) == [("doc_no", "missing")]
    assert desk.post("/command-posts", {"area": "530000", **SURE}, DUTY).status_code == 403
    nothing = {"area": "150100", "taken": str(UUID(int=1)), "why": "mistaken"}
    assert desk.post("/command-posts/retract", nothing, DUTY).status_code == 404
    assert desk.post("/command-posts/retract", nothing | {"area": "530000"}, DUTY).status_code == 404
