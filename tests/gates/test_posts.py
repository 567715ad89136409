"""Posts over HTTP: lists, departments, shifts without gaps, counts, disinfection, notices, inspections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.capabilities.gates.facts import PostOpened
from lianfang.capabilities.gates.queries import obligations
from lianfang.capabilities.gates.rules.policy import words
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity import service as vault
from tests.access.made import FOREIGN, viewer
from tests.gates.made import INSPECTOR, NOW, OFFICER, STAFF, STRANGER, WUHUA, Clock, Desk, a_post

MIDNIGHT = NOW.replace(hour=0)


def a_list(n: int, **fields: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": f"第{at}号", "town": f"{WUHUA}{at % 10:03d}", "number": f"P{at}", "lead": "某街道办事处",
            "place_type": "road_gate", **fields,
        }
        for at in range(1, n + 1)
    ]  # fmt: skip


def test_rsp_15_85_points_and_80_stations_imported_twice_are_85_and_80(desk: Desk, at: Clock) -> None:
    points = a_list(85)
    stations = a_list(80, kind_of="检疫站", department="铁路", place_type="火车站")
    for rows, n in ((points, 85), (stations, 80)):
        assert desk.done("/posts/import", {"rows": rows}) == {"opened": n, "changed": 0, "unchanged": 0, "errors": []}
    head = log.head()
    at.on(5)
    for rows, n in ((points, 85), (stations, 80)):
        assert desk.done("/posts/import", {"rows": rows}) == {"opened": 0, "changed": 0, "unchanged": n, "errors": []}
    assert log.head() == head
    told = [desk.seen("/posts", kind_of=kind)["total"] for kind in ("point", "station")]
    assert told == [85, 80] and desk.seen("/posts")["total"] == 165
    points[0]["lead"] = "另一街道办事处"
    assert desk.done("/posts/import", {"rows": points})["changed"] == 1
    assert desk.seen("/posts", kind_of="point")["total"] == 85


def test_wrong_rows_are_told_and_good_ones_kept(desk: Desk, at: Clock) -> None:
    rows = a_list(7)
    rows[0]["lead"] = " "
    rows[1]["place_type"] = "月球"
    rows[2]["town"] = "999999"
    rows[3]["town"] = FOREIGN
    rows[4] = {**rows[5], "name": "另一名"}
    rows[6]["kind_of"] = "station"
    answer = desk.done("/posts/import", {"rows": rows})
    assert answer["opened"] == 1
    assert [(one["row"], one["field"], one["reason"]) for one in answer["errors"]] == [
        (1, "lead", "missing"), (2, "place_type", "unknown_word"), (3, "town", "unknown_area"),
        (4, "town", "outside_area"), (6, "number", "twice"), (7, "department", "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["机场", "港口", "码头", "火车站", "高铁站", "长途客运站", "高速公路出入口", "道口",
                                  "酒店", "旅游景区", "农贸市场", "集贸市场", "超市", "商场", "公园", "学校", "企业",
                                  "社区", "村", "易地搬迁安置点", "物流中心"])  # fmt: skip
def test_every_type_of_place_is_importable_by_name(said: str) -> None:
    from lianfang.capabilities.gates.rules.policy import code_of

    assert code_of("place_types", said) in words("place_types")


def test_a_department_sees_its_own_stations_only(desk: Desk, at: Clock) -> None:
    for department in ("铁路", "民航", "交通运输", "海关"):
        its = {"department": department, "place_type": "火车站", "number": None, "name": f"{department}检疫站"}
        assert desk.done("/posts/import", {"rows": a_list(2, kind_of="station", **its)})["opened"] == 2
    railway = viewer("responding_department", author="railway-1")
    assert desk.seen("/posts", railway)["total"] == 0
    desk.done("/posts/departments", {"account": "railway-1", "department": "铁路", "area": WUHUA})
    its = desk.seen("/posts", railway)
    assert {one["department"] for one in its["posts"]} == {"railway"} and its["total"] == 2
    other = next(one["id"] for one in desk.seen("/posts", department="customs")["posts"])
    assert desk.get(f"/posts/{other}", railway).status_code == 404
    spray = {"measure": "ventilation", "room": "候车厅", "minutes": 30}
    assert desk.post(f"/posts/{other}/treatments", spray, railway).status_code == 404
    desk.done(f"/posts/{its['posts'][0]['id']}/treatments", spray, railway)


def plan(desk: Desk, post: str, begins: float, ends: float, *staff: str) -> str:
    times = {"begins": MIDNIGHT + timedelta(hours=begins), "ends": MIDNIGHT + timedelta(hours=ends)}
    return str(desk.done(f"/posts/{post}/shifts", {**times, "staff": staff})["id"])


def gaps(desk: Desk, post: str) -> list[tuple[str, str]]:
    return [(one["begins"][11:16], one["ends"][11:16]) for one in desk.seen(f"/posts/{post}")["gaps"]]


def test_every_minute_that_nobody_covers_is_listed(desk: Desk, at: Clock) -> None:
    post = desk.done("/posts", a_list(1)[0])["id"]
    at.on(-15)
    assert desk.refused("/posts", a_list(1)[0] | {"name": "x"}) == [("number", "known")]
    early = Fact.of(
        PostOpened(**{**a_list(1)[0], "kind_of": "point"}), id=log.new_id(), subject=UUID(post), area=f"{WUHUA}001",
        observed_at=at.now,
    )  # fmt: skip
    log.append([early], principal=OFFICER.principal)
    at.on(15)
    assert desk.seen(f"/posts/{post}")["unstaffed"] and gaps(desk, post) == [("00:00", "00:00")]
    plan(desk, post, 0, 8, "a")
    plan(desk, post, 8 + 1 / 60, 16, "b")
    empty = plan(desk, post, 16, 24)
    assert gaps(desk, post) == [("08:00", "08:01"), ("16:00", "00:00")]
    assert not desk.seen(f"/posts/{post}")["unstaffed"]
    late = [one for one in obligations(OFFICER, MIDNIGHT, at.now, [UUID(post)]) if one.rule == "post.staff"]
    assert [one.slot for one in late] == ["20200128T0800"]
    times = {"begins": MIDNIGHT + timedelta(hours=16), "ends": MIDNIGHT + timedelta(hours=24)}
    desk.done(f"/posts/{post}/shifts", {**times, "staff": ["c"], "replaces": empty})
    assert gaps(desk, post) == [("08:00", "08:01")]


def test_more_than_twelve_hours_of_duty_warn_wherever_they_are(desk: Desk, at: Clock) -> None:
    first, second = (str(desk.done("/posts", row)["id"]) for row in a_list(2))
    plan(desk, first, 0, 12, "a", "b")
    assert desk.seen(f"/posts/{first}")["too_long"] == []
    plan(desk, second, 12.5, 14, "a")
    (told,) = desk.seen(f"/posts/{first}")["too_long"]
    assert (told["who"], told["hours"]) == ("a", 14.0)
    assert [one["who"] for one in desk.seen(f"/posts/{second}")["too_long"]] == ["a"]


def test_not_everybody_checked_needs_a_reason(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    times = {"begins": NOW, "ends": NOW + timedelta(hours=1)}
    for temp_c in (36.5, 36.6):
        desk.done(f"/posts/{post}/encounters", {"temp_c": temp_c}, STAFF)
    path = f"/posts/{post}/counts"
    assert desk.refused(path, {**times, "passed": 3}, STAFF) == [("reason", "missing")]
    assert desk.refused(path, {**times, "passed": 1}, STAFF) == [("checked", "more_than_passed")]
    desk.done(path, {**times, "passed": 4, "reason": "人手不足"}, STAFF)
    (told,) = desk.seen(f"/posts/{post}")["counts"]
    assert (told["passed"], told["checked"], told["ratio"], told["reason"]) == (4, 2, 0.5, "few_staff")
    desk.done(f"/posts/{post}/retract", {"fact": told["fact"], "why": "mistaken"}, STAFF)
    assert desk.seen(f"/posts/{post}")["counts"] == []


def test_a_disinfection_that_is_a_day_overdue_is_red(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    path = f"/posts/{post}/treatments"
    spray = {"measure": "disinfection", "room": "全区", "agent": "含氯消毒剂", "minutes": 30, "conveyance": None}
    assert desk.refused(path, {**spray, "agent": ""}, STAFF) == [("agent", "missing")]
    at.on(0.5)
    desk.done(path, spray, STAFF)
    desk.done(path, {**spray, "measure": "ventilation"}, STAFF)
    desk.done(path, {**spray, "conveyance": "G1373"}, STAFF)
    (row,) = desk.seen("/posts")["posts"]
    assert (row["overdue_h"], row["red"]) == (None, False)
    at.on(25)
    (row,) = desk.seen("/posts")["posts"]
    assert (round(row["overdue_h"], 3), row["red"]) == (13.0, False)  # the airing, of every twelve hours
    due = desk.seen(f"/posts/{post}")["treatments_due"]
    assert sorted((one["measure"], one["conveyance"]) for one in due) == [
        ("disinfection", ""), ("disinfection", "G1373"), ("ventilation", "")
    ]  # fmt: skip
    at.on(24)
    assert desk.seen("/posts")["posts"][0]["red"]
    asked = [one for one in obligations(OFFICER, NOW, at.now, [UUID(post)]) if one.rule == "post.treat"]
    assert sum(one.done_at is None for one in asked) == 3 and sum(one.done_at is not None for one in asked) == 2
    desk.done(path, spray, OFFICER)
    desk.done(path, {**spray, "measure": "ventilation"}, OFFICER)
    at.on(24 * 6)
    # A train that was not treated for a week runs elsewhere.
    assert {one["conveyance"] for one in desk.seen(f"/posts/{post}")["treatments_due"]} == {""}


def test_a_notice_to_posts_has_receipts_and_unread_it_climbs(desk: Desk, at: Clock) -> None:
    first, second = a_post(desk), str(desk.done("/posts", a_list(1)[0])["id"])
    body = {"posts": [first, second], "title": "加强测温", "text": "自即日起逢人必测。", "group": str(uuid4())}
    copies = desk.done("/posts/notices", body)["notices"]
    assert desk.done("/posts/notices", body)["notices"] and len(desk.seen("/posts/notices")) == 2
    (mine,) = desk.seen("/posts/notices", STAFF)
    assert mine["id"] in copies and mine["post"] == first
    for step in ("delivered", "read", "acted"):
        at.on(0.5)
        desk.done(f"/posts/notices/{mine['id']}/receipt", {"step": step}, STAFF)
    told = {one["post"]: one for one in desk.seen("/posts/notices", group=body["group"])}
    assert told[first]["delivered"] < told[first]["read"] < told[first]["acted"]
    assert told[second]["read"] is None and len(desk.seen("/posts/notices", unread=True)) == 1
    at.on(2)
    late = [one for one in obligations(OFFICER, at.now, at.now, [UUID(one) for one in copies]) if one.due < at.now]
    assert [(one.rule, str(one.subject) in copies) for one in late] == [("post.notice", True)]
    phone = {**body, "group": str(uuid4()), "text": "请致电张三13812345678"}
    assert desk.post("/posts/notices", phone).status_code == 422
    assert desk.post("/posts/notices", body, STRANGER).status_code == 404


def test_an_inspection_on_site_needs_the_code_that_hangs_there(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    found = [{"item": "vehicles_unchecked", "said": "小区车辆随意进出"}]
    on_site = {"post": post, "mode": "on_site", "findings": found}
    assert desk.refused("/inspections", on_site, INSPECTOR) == [("code", "not_there")]
    another = desk.seen("/posts/code", area=WUHUA)["code"]
    assert desk.refused("/inspections", {**on_site, "code": another}, INSPECTOR) == [("code", "not_there")]
    assert desk.get("/posts/code", INSPECTOR, post=post).status_code == 403
    code = desk.seen("/posts/code", post=post)["code"]
    made = desk.done("/inspections", {**on_site, "code": code}, INSPECTOR)["id"]
    desk.done("/inspections", {"area": WUHUA, "mode": "phone"}, INSPECTOR)
    told = desk.seen("/inspections", INSPECTOR)
    assert (told["on_site"], told["by_phone"]) == (1, 1)
    assert [one["checked_in"] for one in told["inspections"] if one["id"] == made] == [True]
    asked = obligations(OFFICER, NOW - timedelta(hours=1), at.on(1), [UUID(made)])
    assert [(one.rule, one.slot) for one in asked] == [("gate.rectify", "vehicles_unchecked")]


def test_a_finding_is_put_right_and_looked_at_again(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    code = desk.seen("/posts/code", post=post)["code"]
    body = {"post": post, "mode": "on_site", "code": code, "findings": [{"item": "unstaffed"}]}
    made = desk.done("/inspections", body, INSPECTOR)["id"]
    item = {"item": "unstaffed"}
    assert desk.refused(f"/inspections/{made}/recheck", {**item, "rectified": True}, INSPECTOR) == [
        ("item", "not_rectified")
    ]
    assert desk.refused(f"/inspections/{made}/rectify", {"item": "no_notice"}, STAFF) == [("item", "no_finding")]
    for rectified, left in ((False, 1), (True, 0)):
        at.on(1)
        desk.done(f"/inspections/{made}/rectify", item, STAFF)
        at.on(1)
        desk.done(f"/inspections/{made}/recheck", {**item, "rectified": rectified}, INSPECTOR)
        (told,) = desk.seen("/inspections")["inspections"]
        assert told["open_items"] == left
    assert desk.seen("/inspections", open=True)["inspections"] == []


def test_a_post_closes_once_nobody_is_held_there(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = desk.done(f"/posts/{post}/encounters", {"temp_c": 38.5}, STAFF)
    assert desk.refused(f"/posts/{post}/close") == [("post", "holds")]
    desk.done(f"/holds/{met['id']}/end", {"outcome": "not_suspected"})
    desk.done(f"/posts/{post}/close")
    assert desk.refused(f"/posts/{post}/encounters", {"temp_c": 36.5}, STAFF) == [("post", "not_open")]
    assert desk.seen("/posts")["total"] == 0 and desk.seen("/posts", closed=True)["total"] == 1


def test_the_three_lines_tell_what_the_one_before_had_missed(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    for temp_c in (36.5, 38.5):
        desk.done(f"/posts/{post}/encounters", {"temp_c": temp_c}, STAFF)
    doctor = viewer("clinic_doctor", author="doctor")
    for person in (uuid4(), uuid4()):
        sent = {"id": person, "name": "某某", "area": WUHUA, "data_class": "suspected"}
        assert vault.enter(doctor, [(1, sent)], now=at.now).entered == 1
        about = {"found_by": "clinic"}
        body = {"person": person, "disease": "ncov-2020", "as_class": "suspected", "area": WUHUA, "about": about}
        desk.done("/cases", body, doctor)
    first, second, third = desk.seen("/defence")
    assert (first["number"], first["screened"], first["found"], first["missed"]) == (1, 2, 1, None)
    assert (second["number"], second["screened"], second["found"], second["missed"]) == (2, 0, 0, 0)
    assert (third["number"], third["screened"], third["found"], third["missed"]) == (3, None, 2, 2)
    assert [one["found"] for one in desk.seen("/defence", since="2020-01-01", until="2020-01-02")] == [0, 0, 0]
    assert [one["found"] for one in desk.seen("/defence", STRANGER)] == [0, 0, 0]
