"""``lianfang stock``: a count from a file, and the way back."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

import pytest

from lianfang.app import commands_stock
from tests.isolation.made import Clock, Desk
from tests.supplies.stores import a_store, an_item, held, moved

LIST = "物资编码,批号,数量,单位\nFH-9,L1,21,盒\nXX,,1,\n"


def typed(*words: str) -> int:
    """What a command comes to."""
    parser = ArgumentParser()
    commands_stock.add(
        parser.add_subparsers(), lambda one: one.set_defaults(home=None), lambda one: one.set_defaults(lang="en")
    )
    given = parser.parse_args(["stock", *words])
    return int(given.run(given))


def test_good_rows_of_a_file_are_counted_and_taken_back(
    desk: Desk, at: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands_stock, "opened", lambda home: nullcontext())
    item, store, path = an_item(desk, code="FH-9"), a_store(desk), tmp_path / "count.csv"
    moved(desk, "receipt", store, item, 1000, lot="L1")
    path.write_text(LIST, "utf-8")
    assert typed("import", str(path), "--store", store) == 1
    told = capsys.readouterr()
    assert told.err == "line 3, item: is no code of the catalogue\n"
    assert told.out.startswith("1 rows counted, 1 differing, 1 wrong; stocktake ")
    assert held(desk, store) == [("L1", 1050, 0, 0, 0, -50)]
    assert typed("undo", told.out.split()[-1]) == 0
    assert held(desk, store) == [("L1", 1000, 0, 0, 0, 0)]
