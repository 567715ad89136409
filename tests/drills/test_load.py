"""The bulk door: a drill's files into its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from lianfang.access.matrix import operator
from lianfang.access.rows import seeing_all
from lianfang.accounts import drills
from lianfang.app.database import Database
from lianfang.app.drill import files, load, space
from lianfang.app.drill.inject import inject
from lianfang.app.drill.space import Space
from lianfang.app.errors import Unusable
from lianfang.capabilities.drills.rules.people import is_made
from lianfang.capabilities.drills.service.training import Inject
from lianfang.facts import clock, log, salts
from lianfang.facts.fact import Head
from lianfang.facts.rebuild import assert_incremental_equals_refold
from lianfang.identity import documents
from lianfang.identity import service as vault
from lianfang.identity.models import Subject
from tests.database import empty
from tests.drills import made_by_hand


@pytest.fixture
def here(tmp_path: Path) -> Space:
    made = space.make(tmp_path, "by-hand")
    files.copy(made_by_hand.write(tmp_path / "made"), made.files)
    return made


@pytest.fixture(autouse=True)
def of_a_drill(here: Space, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process as a drill's: its clock and its salts, put back at the end."""
    for name in ("_ahead", "_since", "_fast", "_pace"):
        monkeypatch.setattr(clock, name, getattr(clock, name))
    drill = here.drill()
    salts.derive(drill.salts)
    documents.take_made(True)
    monkeypatch.setenv(drills.SPACE, str(here.home))
    drills.keep_time(drill)
    with override_settings(DEMO=True, DRILL=drill):
        yield
    salts.derive(None)
    documents.take_made(False)


def test_everything_is_appended_when_it_was_received(database: Database, here: Space) -> None:
    done = load.load(here, database)
    assert done == load.Loaded(made_by_hand.count(here.files), 0, 0)
    lines = [line for day in files.days(here.files) for line in files.lines(day)]
    received = {fact["id"]: line.at for line in lines for fact in json.loads(line.facts)}
    entries = list(log.read())
    assert [(str(one.fact.id), one.received_at) for one in entries] == list(received.items())
    assert {one.fact.device for one in entries} == {"drill-p1"}
    assert space.find(here.home.parent.parent, "by-hand").mark["head"] == str(log.head())
    assert_incremental_equals_refold()


def test_the_same_seed_gives_the_same_chain_and_another_seed_another(database: Database, here: Space) -> None:
    heads = []
    for seed in (7, 7, 8):
        salts.derive(here.drill()._replace(seed=seed).salts)
        load.load(here, database)
        heads.append(log.head())
        empty(database)
    assert heads[0] == heads[1] and heads[0].seq == heads[2].seq and heads[0].chain != heads[2].chain


@pytest.mark.parametrize("stopped_after", [1, 12, *(pytest.param(groups, marks=pytest.mark.long) for groups in (0, 5))])
def test_a_load_that_was_cut_short_goes_on_and_ends_with_the_same_head(
    database: Database, here: Space, stopped_after: int
) -> None:
    load.load(here, database)
    whole = log.head()
    empty(database)
    here.note(head=None)
    groups = load.groups(here.files, most=1)
    appended = sum(load.append(next(groups)).appended for _ in range(stopped_after))
    groups.close()
    done = load.load(here, database)
    assert done.skipped == 0 and done.appended == whole.seq - appended
    assert log.head() == whole
    assert load.load(here, database) == load.NOTHING


def test_what_is_loaded_until_a_moment_is_what_was_received_before_it(database: Database, here: Space) -> None:
    moment = here.drill().begins + timedelta(days=2)
    load.load(here, database, until=moment)
    assert max(one.received_at for one in log.read()) < moment
    assert not space.find(here.home.parent.parent, "by-hand").loaded
    before = log.head().seq
    assert load.load(here, database).appended == made_by_hand.count(here.files) - before


def test_a_drills_people_are_entered_and_nobody_real(database: Database, here: Space) -> None:
    load.load(here, database)
    with seeing_all():
        assert Subject.objects.filter(id=made_by_hand.PERSON["id"]).exists()
    real = {**made_by_hand.PERSON, "id": None, "documents": [{"kind": "resident_id", "number": "11010519491231002X"}]}
    receipt = vault.enter(operator(), [(1, real)], now=here.drill().ends)
    assert (receipt.entered, receipt.faults[0].field, receipt.faults[0].reason) == (
        0,
        "documents.0.number",
        "check_digit",
    )


def test_a_drills_document_number_is_refused_outside_of_drills() -> None:
    number = made_by_hand.PERSON["documents"][0]["number"]
    assert is_made(number) and documents.check_document(1, "documents.0", "resident_id", "CHN", number)[1] is None
    documents.take_made(False)
    wrong = documents.check_document(1, "documents.0", "resident_id", "CHN", number)[1]
    assert wrong is not None and wrong.reason == "check_digit"


def test_files_that_are_not_the_drills_own_are_refused_by_name(database: Database, here: Space) -> None:
    day = files.days(here.files)[1]
    body = day.read_bytes()
    changed = body.replace(b'"outcome":"met"', b'"outcome":"not"', 1)
    assert changed != body
    for what, said in ((lambda: day.write_bytes(changed), "not as it was made"), (day.unlink, "is missing")):
        what()
        with pytest.raises(Unusable, match=f"{day.name}.* {said}|{day.name} {said}"):
            load.load(here, database)
    day.write_bytes(body)
    (here.files / "facts" / "999.jsonl").write_bytes(body)
    with pytest.raises(Unusable, match=r"999\.jsonl is none of the drill's files"):
        load.load(here, database)
    assert log.head() == Head(0, bytes(32))


def test_a_line_that_is_no_batch_is_named(tmp_path: Path) -> None:
    path = tmp_path / "000.jsonl"
    good = '{"at":"2020-01-24T09:00:00+08:00","by":"a","device":"b","facts":[]}'
    for line, reason in (
        ("{}", "facts: are missing"),
        (good.replace("+08:00", ""), "without a zone"),
        (good.replace('"by":"a",', ""), "'by'"),
        (good[:-1], "not the last"),
    ):
        path.write_text(f"{good}\n{line}\n")
        with pytest.raises(Unusable, match=f"000.jsonl, line 2: is no batch.*{reason}"):
            list(files.lines(path))


def test_a_trainer_adds_cases_at_the_drills_time(database: Database, here: Space) -> None:
    load.load(here, database)
    reached = list(log.read())[-1].received_at
    ids = inject(here, Inject("530103", 3, None))
    entries = list(log.read(kinds=["case.reported"]))
    assert [one.fact.subject for one in entries] == ids and {one.fact.observed_at for one in entries} == {reached}
    assert space.find(here.home.parent.parent, "by-hand").mark["injects"][0]["cases"] == 3
    for its, said in (
        (Inject("110101", 1, None), "lies outside"),
        (Inject("000000", 1, None), "no area's code"),
        (Inject("530103", 0, None), "from 1 to"),
        (Inject("530103", 1, (reached + timedelta(days=9)).date()), "--onset: The onset has to be from 2020-01-23 to"),
    ):
        with pytest.raises(Unusable, match=said):
            inject(here, its)
    assert len(list(log.read(kinds=["case.reported"]))) == 3
