"""Any figure opens down to facts that sum to it, is what its room counts, and is what it was when it is asked of the
past."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import localdate

from lianfang.access.viewer import Viewer
from lianfang.app.indicators.document import document
from lianfang.app.indicators.registry import counting, indicators
from lianfang.capabilities.cases import queries as cases
from lianfang.capabilities.cases.models import CaseRegister, zone
from lianfang.capabilities.cases.rules.counting import effects
from lianfang.capabilities.cases.state import fold
from lianfang.capabilities.contacts import queries as contacts
from lianfang.capabilities.gates.queries.encounters import tallies
from lianfang.capabilities.isolation.queries import orders
from lianfang.capabilities.screening.queries.coverage import coverage
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.rules import Progress
from lianfang.facts import log
from lianfang.facts.indicator import Kind, midnight
from tests.indicators.conftest import Record, viewer

SEED, FIGURES = 20200130, 50
KUNMING, YUNNAN = "530100", "530000"
AREAS = (YUNNAN, KUNMING, "530102", "530103", "530111", "530112", "530102001")
ROLES = ("epidemiologist", "county_duty_officer", "duty_officer", "inspector")
DISEASE = "ncov-2020"
MOMENT = timedelta(microseconds=1)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"


def opened(record: Record, who: Viewer, area: str, key: str, **asked: Any) -> tuple[dict[str, Any], list[Any]]:
    """A figure, and all that it is made of, page by page."""
    items, after, answer = [], "", {}
    while after is not None:
        answer = record.get(who, f"areas/{area}/indicators/{key}/facts", limit=7, after=after, **asked)
        items += answer["items"]
        after = answer["next"]
    assert len(items) == answer["found"]
    return answer, items


def test_the_facts_of_any_figure_sum_to_it(record: Record) -> None:
    rng = random.Random(SEED)
    told = Counter[Kind]()
    today, keys = localdate(record.now), sorted(indicators())
    tried = 0
    while tried < FIGURES:
        kind = rng.choice([Kind.STOCK, Kind.STOCK, Kind.FLOW, Kind.FLOW, Kind.SHARE])
        key = rng.choice([key for key in keys if indicators()[key][0].kind is kind])
        area = rng.choice(AREAS)
        who = viewer(rng.choice(ROLES), rng.choice([YUNNAN, KUNMING]))
        one, its = indicators()[key]
        if not its.may(who) or not who.area_from <= area < who.area_to:
            continue
        day = today - timedelta(days=rng.randrange(14)) if one.series else today
        asked: dict[str, Any] = {"day": day.isoformat()}
        if its.replays and rng.random() < 0.5:
            asked["known_at"] = (record.now - timedelta(days=rng.randrange(12), hours=rng.randrange(24))).isoformat()
        figure = record.get(who, f"areas/{area}/indicators", **asked)["figures"][key]
        answer, items = opened(record, who, area, key, **asked)
        assert figure["state"] == "counted" or figure["n"] is None, (key, area, asked)
        assert figure["n"] == answer["n"], (key, area, who.role, asked)
        if figure["n"] is not None:
            assert sum(one["counts"] for one in items) == figure["n"], (key, area, who.role, asked)
            told[one.kind] += figure["n"] != 0
        if who.role == "duty_officer" and key.startswith(("confirmed", "contacts", "orders", "house", "tasks")):
            assert all(one["subject"] is None and not one["facts"] for one in items)
        if answer["revisions"]:
            assert answer["revisions"][-1]["n"] == figure["n"], (key, area, asked)
        tried += 1
    assert set(told) == set(Kind), told


def test_each_figure_is_what_its_room_counts(record: Record) -> None:
    who, today = viewer("epidemiologist", YUNNAN), localdate(record.now)
    for area in (KUNMING, "530102"):
        now = {key: one["n"] for key, one in record.get(who, f"areas/{area}/indicators")["figures"].items()}
        room = expected(who, area, today, record.now)
        assert {key: now[key] for key in room} == room, area
    assert all(now[key] for key in ("confirmed_cum", "contacts_observing", "orders_active", "households")), now


def expected(who: Viewer, area: str, day: date, at: datetime) -> dict[str, int | None]:
    """The figures of a day, by the doors of the rooms."""
    begins, ends = midnight(day, zone()), midnight(day + timedelta(days=1), zone())
    of_cases = cases.counts(who, area, disease=DISEASE, as_of=ends, since=begins, until=ends).whole
    of_contacts = contacts.counts(who, area, as_of=ends - MOMENT, begins=begins, disease=DISEASE)
    assert of_contacts.flows is not None
    stock, ledger = of_contacts.stock, coverage(who, area)
    standing = tasks.summary(who, tasks.Wanted(area=area), now=at).whole.progress
    met = tallies(who, area=area, day=day).values()
    summed = {**of_cases.stocks, **of_cases.flows}
    return {
        **{key: summed[key] for key in indicators() if key in summed},
        "contacts_traced_cum": stock.traced, "contacts_to_trace": stock.to_trace,
        "contacts_observing": stock.stocks["observing"], "contacts_released_cum": stock.stocks["released"],
        "contacts_converted_cum": stock.stocks["converted"], "contacts_lost_cum": stock.stocks["lost"],
        "contacts_new": of_contacts.flows["traced"], "contacts_released": of_contacts.flows["released"],
        "orders_active": sum(orders.counts(who, area=area)["stage"].values()),
        "households": ledger.whole.registered,
        "households_covered": ledger.whole.done if ledger.round else None,
        "encounters_day": sum(one.met for one in met),
        "tasks_open": standing.get(Progress.OPEN, 0), "tasks_late": standing.get(Progress.LATE, 0),
    }  # fmt: skip


@pytest.mark.parametrize("days", [1, 4, 8])
def test_a_replay_is_the_fold_of_the_facts_of_then(record: Record, days: int) -> None:
    known, day = record.now - timedelta(days=days), localdate(record.now) - timedelta(days=days)
    its: dict[UUID, list[Any]] = {}
    for entry in log.read(known_at=known, kinds=CaseRegister.kinds):
        its.setdefault(entry.fact.subject, []).append(entry.fact)
    sums, ends = Counter[str](), midnight(day + timedelta(days=1), zone())
    for facts in its.values():
        if (state := fold(facts, zone())) is not None:
            for change in state.changes:
                if change.at < ends:
                    sums.update(effects(change.before, change.after, handed=bool(change.other)))
    who = viewer("duty_officer", YUNNAN)
    told = record.get(who, f"areas/{YUNNAN}/indicators", day=day.isoformat(), known_at=known.isoformat())["figures"]
    for key, (one, _) in indicators().items():
        if one.kind is Kind.STOCK and one.group == "cases":
            assert told[key]["n"] == sums[key], key
    assert told["tasks_late"]["state"] == "not_recorded"


def test_the_divisions_of_an_area_sum_to_it_day_by_day(record: Record) -> None:
    who = viewer("duty_officer", YUNNAN)
    for key in ("confirmed_new", "contacts_observing", "orders_active"):
        told = record.get(who, f"areas/{KUNMING}/indicators/{key}/days", parts=True)
        sums = [sum(day) for day in zip(*told["parts"].values(), strict=True)]
        assert sums == [one["n"] for one in told["days"]] and any(sums), key


def test_whose_area_it_is_not_learns_nothing(record: Record) -> None:
    who = viewer("epidemiologist", "530102")
    for path in ("indicators", "indicators/confirmed_cum/days", "indicators/confirmed_cum/facts"):
        foreign = record.get(who, f"areas/530103/{path}", 404)
        assert foreign == record.get(who, f"areas/539999/{path}", 404)
    record.get(who, "areas/530102/indicators/no_such_key/facts", 404)
    inspector = viewer("inspector", "530102")
    figure = record.get(inspector, "areas/530102/indicators")["figures"]["confirmed_cum"]
    assert (figure["n"], figure["state"]) == (None, "hidden")
    record.get(inspector, "areas/530102/indicators/confirmed_cum/facts", 404)
    days = record.get(inspector, "areas/530102/indicators/confirmed_cum/days")["days"]
    assert {one["n"] for one in days} == {None}


def test_every_indicator_says_what_it_is() -> None:
    for key, (one, its) in indicators().items():
        texts = (one.zh, one.en, one.definition_zh, one.definition_en, one.formula, one.source, one.source_zh, one.unit)
        assert all(texts) and one.fact_kinds and set(one.fact_kinds) <= set(its.titles), key
        assert one.kind is not Kind.SHARE or one.of in indicators(), key


def test_the_page_of_indicators_is_as_the_registry_says() -> None:
    found = [(one, its.replays) for its in counting() for one in its.declared]
    told = document(found, [one for its in counting() for one in its.identities])
    stale = "docs/indicators.md is stale: run `python -m lianfang.app.indicators.document > docs/indicators.md`"
    assert PAGE.read_text(encoding="utf-8").rstrip("\n") == told.rstrip("\n"), stale
