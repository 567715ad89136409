"""Documents under test: what they show exists, and what exists is shown."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lianfang.app.cli import parser
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.bulletins.rules.reconcile import identities

ROOT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".venv", ".build", "node_modules", ".git"}


def _documents() -> Iterator[Path]:
    for base, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        yield from (Path(base, name) for name in names if name.endswith(".md"))


DOCUMENTS = sorted(_documents())
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def shell_lines(text: str) -> Iterator[str]:
    """The lines of ``sh`` blocks, without prompts, comments and what comes after a pipe or a redirection."""
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            command = re.split(r"\s(?:#|\||>|<)", line.strip().removeprefix("$ "))[0].strip()
            if command:
                yield command


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command of ``lianfang`` by its name, those below another included (``places import``)."""

    def below(found: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
        groups = [a for a in found._actions if isinstance(a, argparse._SubParsersAction)]
        if not any(group.required for group in groups):
            yield name, found
        for group in groups:
            for word, deeper in group.choices.items():
                yield from below(deeper, f"{name} {word}".strip())

    return dict(below(parser(), ""))


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", ""))
    return plain.replace(" ", "-")


def headings(text: str) -> list[tuple[int, str]]:
    found = re.findall(r"^(#+) (.+)$", FENCE.sub("", text), re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    """Links to files and to headings; addresses of the network are not asked for."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (
            anchor and anchor not in {slug(title) for _, title in headings(file.read_text(encoding="utf-8"))}
        ):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_shown_exists(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_run = set(re.findall(r"^    ([a-z]+)\)$", text_of("run"), re.MULTILINE))
    for line in shell_lines(document.read_text(encoding="utf-8")):
        words = [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]
        if words[0] == "./run" and len(words) > 1:
            assert words[1] in of_run, line
            words = words[2:] if words[1] == "lianfang" else (words[1:] if words[1] == "demo" else [])
        elif words[0] == "lianfang":
            words = words[1:]
        else:
            continue
        if words:
            try:
                parser().parse_args(words)
            except SystemExit as end:
                assert end.code == 0, f"{line}\n{capsys.readouterr().err}"


def test_both_readmes_have_the_same_shape() -> None:
    """The same headings in the same order, and the same commands."""
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    assert [level for level, _ in headings(english)] == [level for level, _ in headings(chinese)]
    assert list(shell_lines(english)) == list(shell_lines(chinese))
    assert len(headings(english)) >= 6


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_a_readme_opens_with_what_a_newcomer_needs(readme: Path) -> None:
    """What it is, a picture, and the two commands, on the first screen."""
    opening = "\n".join(readme.read_text(encoding="utf-8").splitlines()[:30])
    assert "./run demo" in opening and "./run test" in opening
    assert re.search(r"!\[[^]]+\]\(docs/images/[a-z0-9-]+\.webp\)", opening)


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    documented = dict(
        re.findall(r"^## `lianfang ([a-z ]+)`\n(.*?)(?=^## |\Z)", text_of("docs/commands.md"), re.M | re.S)
    )
    assert name in documented
    options = [option for action in commands()[name]._actions for option in action.option_strings]
    absent = [o for o in options if o.startswith("--") and o != "--help" and f"`{o}" not in documented[name]]
    assert absent == []


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## `lianfang ([a-z ]+)`$", text_of("docs/commands.md"), re.M)) == set(commands())


def test_every_route_is_documented(demo_url: str) -> None:
    with urllib.request.urlopen(demo_url + "/api/v1/openapi.json", timeout=60) as answer:
        paths = json.load(answer)["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`?]+)", text_of("docs/api.md"))) == served


def test_every_metric_is_documented() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9_]+)` \| ([^|]+) \| ([^|]+) \| ([a-z-]+) \| ([a-z]+) \|$", text_of("docs/bulletins.md"), re.M
    )
    units = {"case": "case", "person": "person", "person-time": "person_time"}
    documented = {name: (zh, en, units[unit], kind) for name, zh, en, unit, kind in rows}
    assert documented == {name: (m.zh, m.en, str(m.unit), str(m.kind)) for name, m in METRICS.items()}


def test_every_identity_is_documented() -> None:
    rows = re.findall(r"^\| (ID\d+) \| .+ \| ([EWI])(?: or ([EWI]))? \|$", text_of("docs/bulletins.md"), re.M)
    documented = {name: {severity, otherwise or severity} for name, severity, otherwise in rows}
    assert documented == {name: {str(i.severity), str(i.otherwise)} for name, i in identities().items()}


def test_every_setting_is_documented() -> None:
    """Each variable of the environment that the sources or ``run`` read is in the runbook."""
    sources = [*ROOT.joinpath("src").rglob("*.py"), ROOT / "run"]
    named = {name for path in sources for name in re.findall(r"\bLIANFANG_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    documented = set(re.findall(r"^\| `(LIANFANG_[A-Z_]+)` \|", text_of("docs/runbook.md"), re.M))
    assert documented == named


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)}\b", text_of("CHANGELOG.md"), re.M)


def test_every_decision_is_listed() -> None:
    written = {path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    assert written
    assert set(re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", text_of("docs/decisions/README.md"))) == written
