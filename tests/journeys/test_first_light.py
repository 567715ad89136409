"""The first journey: two notices of 28 January 2020 are read, proved, shown and written back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.journeys.api import ask

YUNNAN_STATED = {
    "530100": 12,
    "530700": 6,
    "533100": 2,
    "530500": 4,
    "530300": 2,
    "530400": 5,
    "532500": 2,
    "532800": 6,
    "532900": 3,
    "530600": 2,
}
INNER_MONGOLIA = {
    "150100": (2, {"150102": 2}),
    "150200": (3, {"150203": 3}),
    "150700": (2, {"150781": 1, "150782": 1}),
    "152200": (1, {"152201": 1}),
    "150500": (1, {"150500-经济开发区": 1}),
    "150400": (2, {"150404": 1, "150424": 1}),
    "152500": (2, {"152501": 1, "152502": 1}),
    "150600": (2, {"150602": 1, "150623": 1}),
}


def test_both_areas_are_there(demo_url: str) -> None:
    areas = {a["code"]: a for a in ask(demo_url, "areas").body}
    assert {"530000", "150000"} <= areas.keys()
    assert areas["530000"]["latest_as_of"] == "2020-01-28T12:00:00+08:00"


def test_yunnan_is_forty_four_with_six_implied_zeros(demo_url: str) -> None:
    found = ask(demo_url, "areas/530000/situation", as_of="2020-01-28T12:00:00+08:00").body
    cells = {row["code"]: row["cells"]["confirmed_cum"] for row in found["rows"]}
    assert found["totals"]["confirmed_cum"]["n"] == 44 == sum(YUNNAN_STATED.values())
    assert {c: v["n"] for c, v in cells.items() if v["basis"] == "stated"} == YUNNAN_STATED
    implied = {c for c, v in cells.items() if v["basis"] == "implied"}
    assert len(implied) == 6
    assert all(cells[c]["n"] == 0 and cells[c]["start"] is None for c in implied)
    assert {m: found["totals"][m]["n"] for m in ("confirmed_new", "severe", "suspected", "contacts_observing")} == {
        "confirmed_new": 18,
        "severe": 5,
        "suspected": 125,
        "contacts_observing": 558,
    }
    assert {
        m: (found["earlier"][m]["n"], found["earlier"][m]["unit"]) for m in found["earlier"] if "screened" in m
    } == {
        "screened_epidemic_area_cum": (27824, "person_time"),
        "screened_elsewhere_cum": (194156, "person_time"),
    }
    assert not [c for c in found["checks"] if c["state"] == "fails"]


def test_inner_mongolia_sums_over_leagues_and_counties(demo_url: str) -> None:
    found = ask(demo_url, "areas/150000/situation", as_of="2020-01-28T09:00:00+08:00").body
    stated = {
        row["code"]: (
            row["cells"]["confirmed_cum"]["n"],
            {
                child["code"]: child["cells"]["confirmed_cum"]["n"]
                for child in row["children"]
                if child["cells"]["confirmed_cum"]
            },
        )
        for row in found["rows"]
        if row["cells"]["confirmed_cum"]["basis"] == "stated"
    }
    assert stated == INNER_MONGOLIA
    assert found["notice"]["record"]["window"]["hours"] == 33


def test_the_suspected_balance_is_told_and_not_mended(demo_url: str) -> None:
    found = ask(demo_url, "areas/150000/situation", as_of="2020-01-28T09:00:00+08:00").body
    balance = next(c for c in found["checks"] if c["id"] == "ID4")
    assert (balance["state"], balance["difference"]) == ("warns", 2)
    assert "+2" in balance["zh"] and "unexplained +2" in balance["en"]
    assert [t["sign"] * t["value"] for t in balance["numbers"] if t["sign"]] == [1, 1, -1, -1]
    assert found["totals"]["suspected"]["n"] == 2


def test_every_number_points_at_its_words(demo_url: str) -> None:
    for code in ("530000", "150000"):
        found = ask(demo_url, f"areas/{code}/situation").body
        text = found["notice"]["text"]
        assert found["notice"]["text_origin"] == "written"
        counts = [c for c in found["totals"].values() if c["basis"] == "stated" and c["n"]]
        assert counts
        for count in counts:
            assert str(count["n"]) in text[count["start"] : count["end"]]


def test_a_number_has_its_history(demo_url: str) -> None:
    told = ask(demo_url, "areas/150000/history", metric="confirmed_cum").body
    assert [s["n"] for s in sorted(told, key=lambda s: s["as_of"])][-1] == 15
    assert all(str(s["n"]) in s["excerpt"] for s in told)


def test_an_earlier_moment_shows_what_stood_then(demo_url: str) -> None:
    found = ask(demo_url, "areas/150000/situation", as_of="2020-01-27T00:00:00+08:00").body
    assert found["totals"]["confirmed_cum"]["n"] == 11
    assert found["totals"]["suspected"]["n"] == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_written_notice_is_the_same_bytes_again(demo_url: str, lang: str) -> None:
    first = ask(demo_url, "areas/530000/bulletin", lang=lang).body
    assert first == ask(demo_url, "areas/530000/bulletin", lang=lang).body
    assert "44" in first["text"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["530000", "150000"])
def test_a_written_notice_reads_back_to_its_record(demo_url: str, code: str, lang: str) -> None:
    written = ask(demo_url, f"areas/{code}/bulletin", lang=lang).body
    (read,) = ask(demo_url, "bulletins/read", {"text": written["text"]}).body["bulletins"]
    assert said(read) == said(written["record"])


def said(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, without where and in which unit's word it stands."""
    told = {k: record[k] for k in ("area_code", "disease", "as_of", "window", "attrs", "stock", "flow")}
    return {**told, "by_area": sorted(walked(record["by_area"]))}


def walked(entries: list[dict[str, Any]], above: str = "") -> list[tuple[str, ...]]:
    rows = []
    for e in entries:
        rows.append((above, e["code"] or e["name"], e["metric"], str(e["n"]), e["basis"], e["qualifier"]))
        rows += walked(e["children"], e["code"])
    return rows


def test_a_pasted_notice_is_read_live_and_not_stored(demo_url: str) -> None:
    before = ask(demo_url, "areas").body
    text = "截至2月3日24时，云南省累计报告确诊病例9例。其中，昆明市5例、大理州3例。"
    found = ask(demo_url, "bulletins/read", {"text": text, "published_at": "2020-02-04T09:00:00+08:00"}).body
    (record,) = found["bulletins"]
    assert (record["area_code"], record["stock"]["confirmed_cum"]) == ("530000", 9)
    assert [c["state"] for c in found["checks"] if c["id"] == "ID1"] == ["fails"]
    assert ask(demo_url, "areas").body == before


def test_nothing_known_is_a_problem_that_says_so(demo_url: str) -> None:
    found = ask(demo_url, "areas/420000/situation")
    assert (found.status, found.body["title"]) == (404, "Not found")
    assert found.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "status"), [("nowhere", 404), ("bulletins/read", 405)])
def test_an_error_outside_the_routes_is_a_problem_too(demo_url: str, path: str, status: int) -> None:
    found = ask(demo_url, path)
    assert (found.status, found.headers["content-type"]) == (status, "application/problem+json")


def test_a_body_beyond_the_limit_is_told(demo_url: str) -> None:
    host = demo_url.removeprefix("http://")
    asker = HTTPConnection(host, timeout=120)
    asker.putrequest("POST", "/api/v1/bulletins/read")
    asker.putheader("Content-Length", str(2**30))
    asker.endheaders(b"{")
    answer = asker.getresponse()
    assert answer.status == 413 and b"4 MiB" in answer.read()
    asker.close()


def test_many_at_once_are_answered(demo_url: str) -> None:
    """Each thread of the worker makes a connection of its own, whatever its parent held."""
    with ThreadPoolExecutor(20) as askers:
        answers = list(askers.map(lambda _: ask(demo_url, "areas").status, range(60)))
    assert set(answers) == {200}


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "example.org"}]
)
def test_another_site_gets_nothing(demo_url: str, headers: dict[str, str]) -> None:
    assert ask(demo_url, "areas", headers=headers).status in (400, 403)
