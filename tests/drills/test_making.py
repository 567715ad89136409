"""A making that was cut short: the same command makes it whole, another drill does not take its name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest

from lianfang.app.drill import commands, make, memory, space
from lianfang.app.errors import Unusable
from tests.drills import made_by_hand


def asked(home: Path, *words: str) -> Namespace:
    """The command as it is typed, to make and load."""
    parser = ArgumentParser()
    commands.add(
        parser.add_subparsers(),
        lambda one: one.add_argument("--home", type=Path, default=home),
        lambda one: one.add_argument("--lang", default="en"),
    )
    given = ["drill", "--area", "530102", "--population", "1000", "--days", "5", "--name", "one", "--load", *words]
    return parser.parse_args(given)


def test_it_is_made_anew_by_the_same_command_and_by_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[list[str]] = []

    def cut_short(folder: Path, *_: Any) -> None:
        (folder / "facts").mkdir()
        (folder / "facts" / "000.jsonl").write_text("half a line")
        raise KeyboardInterrupt

    def whole(folder: Path, *_: Any) -> None:
        made_by_hand.write(folder)

    monkeypatch.setattr(
        commands, "_load", lambda here: loaded.append(sorted(path.name for path in here.files.iterdir()))
    )
    monkeypatch.setattr(make, "write", cut_short)
    with pytest.raises(KeyboardInterrupt):
        commands.make_one(asked(tmp_path))
    with pytest.raises(Unusable, match="wipe"):
        space.find(tmp_path, "one").drill()
    monkeypatch.setattr(make, "write", whole)
    with pytest.raises(Unusable, match="there is a drill one already"):
        commands.make_one(asked(tmp_path, "--seed", "2"))
    commands.make_one(asked(tmp_path))
    assert loaded == [["drill.json", "facts", "people.jsonl", "truth.jsonl"]]
    assert space.find(tmp_path, "one").made
    monkeypatch.setattr(make, "write", cut_short)  # made already: only loaded
    commands.make_one(asked(tmp_path))
    assert len(loaded) == 2


def test_a_drill_in_which_nobody_is_infected_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = tmp_path / "none.toml"
    scenario.write_text("[[importations]]\nbegins = 0\nends = 1\nper_100k_day = 0.0\n")
    given = asked(tmp_path, "--scenario", str(scenario))
    given.out = tmp_path / "out"
    commands.make_one(given)
    assert "nobody is infected" in capsys.readouterr().err
    assert (tmp_path / "out" / "drill.json").exists()


GIB = 1 << 30
TOP = "sys/fs/cgroup"


@pytest.mark.parametrize(
    ("groups", "limits", "allowed"),
    [
        ("0::/a/b\n", {f"{TOP}/a/b/memory.max": "max\n", f"{TOP}/a/memory.max": f"{GIB // 4}\n"}, GIB // 4),
        ("0::/of/the/host\n", {f"{TOP}/memory.max": f"{GIB // 2}\n"}, GIB // 2),
        ("2:cpu:/\n4:memory:/a\n", {f"{TOP}/memory/a/memory.limit_in_bytes": f"{GIB // 8}\n"}, GIB // 8),
        ("4:memory:/a\n", {f"{TOP}/memory/a/memory.limit_in_bytes": f"{1 << 63}\n"}, None),
        ("2:cpu:/a\n", {f"{TOP}/a/memory.max": "1\n"}, None),
        (None, {}, None),
    ],
)
def test_no_more_memory_is_taken_than_the_container_is_allowed(
    tmp_path: Path, groups: str | None, limits: dict[str, str], allowed: int | None
) -> None:
    told = limits if groups is None else {**limits, "proc/self/cgroup": groups}
    for name, text in told.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert memory.allowed_bytes(tmp_path) == (allowed or memory.allowed_bytes(tmp_path / "nowhere"))
