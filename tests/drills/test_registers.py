"""A drill's files in the record: every register holds the truth and the injected errors, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import orjson
import pytest
from django.db import transaction

from lianfang.access.matrix import operator
from lianfang.app.database import Database
from lianfang.capabilities.bulletins.facts import METRICS, BulletinReceived, Kind
from lianfang.capabilities.bulletins.rules.check import Severity, State
from lianfang.capabilities.bulletins.rules.proof import reads_back
from lianfang.capabilities.bulletins.rules.reconcile import check
from lianfang.capabilities.bulletins.rules.write import Written
from lianfang.capabilities.cases.queries.counts import counts
from lianfang.capabilities.contacts.queries.counts import counts as counts_of_contacts
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules import review
from lianfang.facts import log
from lianfang.facts.log import Principal, Status
from lianfang.facts.sent import from_json
from lianfang.places.gazetteer import Gazetteer
from tests.drills import made

AT_ONCE = 50
"""Batches of one transaction."""


def load(folder: Path) -> None:
    """As the bulk door does, nothing left out."""
    lines = made.batches(folder)
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        batches = [from_json(orjson.dumps(one["facts"]), Principal(one["by"], one["device"])) for one in some]
        told = log.append_received(batches, [datetime.fromisoformat(one["at"]) for one in some])
        assert {(one.status, one.reason) for batch in told for one in batch} == {(Status.APPENDED, "")}


def reviewed(folder: Path) -> review.Comparison:
    truth = (folder / "truth.jsonl").read_bytes().splitlines()
    return review.Comparison(lambda: truth, registers.held)


@pytest.mark.parametrize(("edition", "first_day"), [("ncov-2020-v2", "2020-01-24"), ("ncov-2020-v6", "2020-03-09")])
def test_registers_equal_the_truth_and_exactly_the_injected_errors(
    database: Database, tmp_path: Path, edition: str, first_day: str
) -> None:
    """Under an edition that counts who is not ill as confirmed, and under one that keeps them apart."""
    drill = replace(made.drill(), edition=edition, first_day=date.fromisoformat(first_day))
    service.write(tmp_path, drill, made.population(300), made.spreading(persons=300), processes=1)
    load(tmp_path)
    with transaction.atomic():
        found = reviewed(tmp_path)
        assert list(found.differences()) == []
    errors = list(found.errors())
    assert {one.error for one in errors} == {"late", "missing", "doubled", "mistyped", "made_up"}
    assert {one.by for one in errors if one.error == "made_up"} > {"copied", "plausible"}
    assert all(one.shows for one in errors)
    wrong = {"cases", "contacts", "passing", "shifts", "counts", "treatments", "reports", "outcomes"}
    assert {one.register for one in errors} == wrong
    assert found.rows.keys() == {
        "grids", "households", "outcomes", "cases", "contacts", "orders", "stations", "passing", "beds", "holds",
        "vehicles", "notices", "rounds", "travellers", "links", "shifts", "counts", "treatments", "inspections",
        "bulletins", "reports", "markets", "market_samples", "levels", "checklists", "plan_tasks",
        "forms",
    }  # fmt: skip
    assert found.rows["outcomes"] > 2 * found.rows["households"] * 0.9
    with transaction.atomic():
        held = list(registers.held())
    assert {"excluded", "confirmed"} <= {one.row[1] for one in held if one.register == "cases"}
    assert sum(one.row[2] for one in held if one.register == "reports") > 0, "checks of who came from a listed area"
    assert {True, False} == {one.row[3] for one in held if one.register == "travellers"}, "who has left again"
    assert any(one.row[3] for one in held if one.register == "inspections")
    assert {"positive", "negative"} <= {one.row[2] for one in held if one.register == "market_samples"}
    assert {"reported", "not_suspected"} <= {one.row[3] for one in held if one.register == "holds"}
    assert [one.row[0] is not None for one in held if one.register == "rounds" and one.key == [1]] == [True]
    assert {"", "hq", "points"} <= {one.row[1] for one in held if one.register == "plan_tasks"}
    agrees_with_the_registers(drill.days)


def agrees_with_the_registers(days: int) -> None:
    """Each notice says what the registers held at its cut-off, by what was known then."""
    gazetteer, notices = Gazetteer.load(), list(log.read(kinds=["bulletin.received"]))
    assert len(notices) == days - 1
    for entry in notices:
        assert isinstance(entry.fact.data, BulletinReceived)
        record, text = entry.fact.data.record, entry.fact.data.text
        assert record.as_of is not None and reads_back(Written(text, record, ""), "zh", gazetteer=gazetteer)
        assert not [one for one in check(record) if one.severity is Severity.ERROR and one.state is State.FAILS]
        at = record.as_of
        known = counts(operator(), record.area_code, disease=record.disease, as_of=at, known_at=at)
        theirs = counts_of_contacts(operator(), record.area_code, as_of=at, known_at=at).stock
        held = {**known.whole.stocks, "contacts_traced_cum": theirs.traced}
        held |= {"contacts_observing": theirs.stocks["observing"], "contacts_released_cum": theirs.stocks["released"]}
        told = {one.metric: one.n for one in record.figures if METRICS[one.metric].kind is Kind.STOCK}
        assert told == {metric: held[metric] for metric in told}, at
        parts = {part.area: part.counts.stocks["confirmed_cum"] for part in known.parts}
        assert {one.code: one.n for one in record.by_area} == {code: n for code, n in parts.items() if n}
    assert told["confirmed_cum"] > 0 and told["suspected"] > 0 and told["contacts_observing"] > 0
