"""Lists over the interface of a served installation: a long one is worked on beside the server."""

from __future__ import annotations

import time
from typing import Any

from tests.exchange.sending import sheet
from tests.served import Browser, Served

CSV = {"Content-Type": "text/csv"}
AREA = "530302"
CONSTANTS = {"disease": "ncov-2020", "class": "confirmed"}
WITHIN_S = 120


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    return [
        {"病例编号": f"S{n}", "发病日期": "2020-01-20", "确诊日期": "2020-01-24" if n % 100 else "24-Jan"}
        for n in range(start, start + count)
    ]


def looked_at(doctor: Browser, count: int, start: int = 0) -> dict[str, Any]:
    seen = doctor.ask("POST", "lists/preview?kind=cases", sheet(rows(count, start)), CSV)
    assert seen.status == 200, seen
    assert [one["field"] for one in seen.body["guesses"]] == ["number", "onset", "confirmed"]
    mapping = {**seen.body["mapping"], "constants": CONSTANTS}
    return {"id": seen.body["list"]["id"], "mapping": mapping, "dry": False}


def finished(doctor: Browser, listed: str) -> dict[str, Any]:
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        found: dict[str, Any] = doctor.get(f"lists/{listed}").body
        if found["state"] not in ("waiting", "running", "undoing"):
            return found
        time.sleep(0.2)
    raise AssertionError(f"not finished: {found}")


def test_a_list_from_the_file_to_its_undoing(served: Served) -> None:
    doctor = served.officer("list-doctor", "epidemiologist", AREA).browser
    asked = looked_at(doctor, 3)
    checked = doctor.post("lists/run", {**asked, "dry": True}).body
    assert (checked["state"], checked["taken"], checked["refused"]) == ("checked", 2, 1)
    told = doctor.get(f"lists/{asked['id']}/errors").body["faults"]
    assert [(one["row"], one["field"], one["reason"]) for one in told] == [(2, "confirmed", "no_year")]
    file = doctor.get(f"lists/{asked['id']}/errors?format=csv")
    assert "no_year" in file.body and file.headers["cache-control"] == "no-store"
    asked["mapping"]["until"] = "2020-02-01"
    done = doctor.post("lists/run", asked).body
    assert (done["state"], done["taken"], done["refused"]) == ("done", 3, 0)
    found = doctor.post("cases/list", {"text": "S"}).body
    assert found["total"] == 3
    assert doctor.post("lists/run", asked).status == 409
    undone = doctor.post(f"lists/{asked['id']}/undo").body
    assert (undone["state"], undone["kept"]) == ("undone", 0)
    assert doctor.post("cases/list", {"text": "S"}).body["total"] == 0
    assert asked["id"] in [one["id"] for one in doctor.get("lists").body["lists"]]


def test_a_long_list_is_worked_on_beside_the_server(served: Served) -> None:
    doctor = served.officer("list-doctor-2", "epidemiologist", AREA).browser
    asked = looked_at(doctor, 1_100, start=1_000)
    asked["mapping"]["until"] = "2020-02-01"
    assert doctor.post("lists/run", asked).body["state"] in ("waiting", "running", "done")
    done = finished(doctor, asked["id"])
    assert (done["state"], done["taken"], done["done"], done["facts"]) == ("done", 1_100, 1_100, 1_100), done
    assert doctor.post(f"lists/{asked['id']}/undo").status == 200
    assert finished(doctor, asked["id"])["state"] == "undone"


def test_what_is_no_list(served: Served) -> None:
    doctor = served.officer("list-doctor-3", "epidemiologist", AREA).browser
    assert doctor.ask("POST", "lists/preview", b"\x00\x01", CSV).status == 422
    assert doctor.ask("POST", "lists/preview", b"%PDF", {"Content-Type": "application/pdf"}).status == 415
    wrong = {"kind": "cases", "columns": {"a": "size"}}
    assert doctor.post("lists/mappings", {"name": "x", "mapping": wrong}).status == 422
    right = {"kind": "cases", "columns": {"a": "number"}}
    assert doctor.post("lists/mappings", {"name": "x", "mapping": right}).status == 204
    assert [one["name"] for one in doctor.get("lists/mappings").body] == ["x"]
    assert doctor.ask("DELETE", "lists/mappings", {"name": "x"}).status == 204
    assert doctor.get("lists/00000000-0000-0000-0000-000000000000").status == 404


def test_forms_in_three_formats(served: Served) -> None:
    doctor = served.officer("form-doctor", "epidemiologist", AREA).browser
    assert len(doctor.get("forms").body) == 7
    zero = f"forms/zero-report?area={AREA}&day=2020-01-24"
    assert doctor.get(zero).body["title"] == "零报告"
    assert "<table" in doctor.get(f"{zero}&format=html").body
    assert doctor.get(f"{zero}&format=xlsx").body.startswith("PK")
    assert doctor.get("forms/nothing").status == 404 and doctor.get("forms/report-card").status == 422
