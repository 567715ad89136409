"""What is typed into the palette: areas, places, numbers and own tasks, of one's own area and by one's own rights."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.screening import facts as screening
from lianfang.capabilities.tasks.queries import gather
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.places.queries import meant
from tests.access.made import OWN, viewer
from tests.checkpoints.desk import NOW, OFFICER, OTHER, Desk, employed
from tests.tasks.test_lists import due, of, path

COMMUNITY = "530102001003"


def find(desk: Desk, text: str, who: Viewer = OFFICER) -> Any:
    return desk.ok("/find", {"text": text}, who)


def titles(desk: Desk, text: str, who: Viewer = OFFICER) -> list[tuple[str, str, int]]:
    return [(one["rule"], one["area"]["code"], one["n"]) for one in find(desk, text, who)["tasks"]]


def grid(name: str, area: str = COMMUNITY) -> str:
    id = screening.grid_id(area, name)
    data = screening.GridRegistered(community=area, name=name)
    fact = Fact.of(data, id=log.new_id(), subject=id, area=area, observed_at=NOW)
    assert log.append([fact], principal=OFFICER.principal)[0].status == "appended"
    return str(id)


def test_a_name_is_found_in_chinese_in_pinyin_and_by_initials() -> None:
    names = ["华山第一网格", "华山第二网格", "东华网格", "第3网格"]
    for text, found in {
        "华山第一网格": names[:1], "huashandi": names[:2], "hsdy": names[:1], "华": names[:3], "hua": names[:3],
        "di3": names[3:], "dh": names[2:3], "s": [], "，": [],
    }.items():  # fmt: skip
        assert meant(text, ((one, one) for one in names), 9) == found, text
    assert meant("华", ((one, one) for one in names), 1) == names[:1], "what begins so comes first"


def test_townships_are_found_within_ones_own_area_alone(desk: Desk) -> None:
    town = {"code": "530103001", "zh": "拓东街道", "en": "Tuodong"}
    province = viewer("duty_officer", "530000")
    for text in ("拓东", "tuodong", "td", "530103001"):
        first = find(desk, text, province)["divisions"][0]
        assert town.items() <= first.items(), text
        assert first["above"]["zh"] == "盘龙区"
    assert find(desk, "tuodong")["divisions"] == []


def test_places_are_found_by_those_who_are_shown_them(desk: Desk) -> None:
    here, _elsewhere = grid("华山网格"), grid("华山网格", f"{OTHER}001003")
    (place,) = find(desk, "hswg")["places"]
    assert (place["kind"], place["id"], place["area"]["zh"]) == ("grid", here, "华山街道")
    for nobody in (viewer("duty_officer"), viewer("public"), viewer("grid_worker", author="of another grid")):
        assert find(desk, "hswg", nobody)["places"] == [], nobody.role


def test_own_tasks_are_found_by_title_and_place_and_by_a_households_door(desk: Desk) -> None:
    home = screening.household_id(COMMUNITY, "3", "2", "501")
    own = UUID(grid("网格"))
    data = screening.HouseholdRegistered(community=COMMUNITY, grid=own, building="3", unit="2", door="501")
    fact = Fact.of(data, id=log.new_id(), subject=home, area=COMMUNITY, observed_at=NOW)
    assert log.append([fact], principal=OFFICER.principal)[0].status == "appended"
    due("screening.refusal", area=COMMUNITY, subject=home)
    due("screening.refusal", area=COMMUNITY)
    due("contact.generation_two", area=OWN)
    both = ("screening.refusal", COMMUNITY, 2)
    for text in ("refus", "华山", "huashan", "3-2-501"):
        assert both in titles(desk, text), text
    assert titles(desk, "3-2-502") == []
    assert titles(desk, "refus", viewer("duty_officer")) == [], "who sees sums has no list"


def test_what_is_kept_says_at_once_what_was_recorded(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(gather.KEPT, "_keeps", True)
    one, worker = due(area=OWN), employed("grid_worker")
    its = viewer("grid_worker", author=worker)
    assert desk.read("/home", its)["own"] == {"open": 1}
    desk.ok(path(one, "assign"), of(one, to=employed("grid_worker", name="other")))
    assert desk.read("/home", its)["own"] == {}
