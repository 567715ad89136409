"""The guides under test: every role has one in both languages, and it names what is on the screens, when it is due."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import build_texts
from lianfang.access.matrix import packaged
from lianfang.app.home.day import days
from tests.gallery.documents import PICTURES

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / build_texts.GUIDES
ROLES = sorted(name for name, role in packaged().roles.items() if role.appointed)
FILES = sorted(GUIDES.glob("*.md"))
WORD = re.compile(
    r"""^\s+(?:'(?P<key>[\w.-]+)'|(?P<bare>\w+)):\s*(?:'(?P<one>(?:[^'\\]|\\.)*)'|"(?P<two>[^"\n]*)")""", re.M
)
MOST_BYTES = 3_000_000


@cache
def words() -> frozenset[str]:
    """Every text of the desk's catalogues, in both languages."""
    texts = set[str]()
    for file in (ROOT / "web" / "desk" / "src").rglob("*.ts"):
        if re.match(r"(\w*[Ww]ords|zh|en)\b", file.name):
            texts |= {one["one"] or one["two"] or "" for one in WORD.finditer(file.read_text(encoding="utf-8"))}
    return frozenset(texts)


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_every_role_that_signs_in_has_a_guide_in_both_languages() -> None:
    assert {build_texts.named(file) for file in FILES} == {
        (name, lang) for name in (*ROLES, "README") for lang in ("en", "zh")
    }
    everybody = {lang: text_of(GUIDES / f"README{end}") for lang, end in (("en", ".md"), ("zh", ".zh.md"))}
    absent = [
        role for role in ROLES if f"({role}.md)" not in everybody["en"] or f"({role}.zh.md)" not in everybody["zh"]
    ]
    assert absent == []


@pytest.mark.parametrize("role", ROLES)
def test_a_guide_has_the_same_parts_in_both_languages_and_the_times_of_the_day(role: str) -> None:
    guides = {
        lang: list(build_texts.blocks(text_of(GUIDES / f"{role}{end}")))
        for lang, end in (("en", ".md"), ("zh", ".zh.md"))
    }
    shapes = [
        [(sorted(one), one.get("h"), len(one.get("rows", one.get("list", ())))) for one in its]
        for its in guides.values()
    ]
    assert shapes[0] == shapes[1]
    moments = days()[-1].of(role)
    for lang, its in guides.items():
        table: list[list[build_texts.Inline]] = (
            next((one["rows"] for one in its if "rows" in one), []) if moments else []
        )
        assert [(row[0][0], row[1][0]) for row in table] == [(one.at, getattr(one, lang)) for one in moments]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_guide_names_what_stands_on_the_screens(file: Path) -> None:
    named = re.findall(r"\*\*([^*]+)\*\*", text_of(file))
    assert named
    assert [name for name in named if name not in words()] == []
    # Markdown takes no mark between a bracket and a letter for the end of what stands out.
    pieces = re.finditer(r"\*\*(?P<name>[^*]+)\*\*(?P<after>.?)", text_of(file))
    assert [one["name"] for one in pieces if one["name"][-1] in "）》。" and re.match(r"\w", one["after"])] == []


def test_every_picture_is_one_that_the_command_makes_and_they_stay_small() -> None:
    shown = {name for file in FILES for name in re.findall(r"\]\(\.\./images/([^)]+)\)", text_of(file))}
    readmes = {
        name for end in ("", ".zh") for name in re.findall(r"docs/images/([\w.-]+)", text_of(ROOT / f"README{end}.md"))
    }
    assert shown | readmes == set(PICTURES)
    images = ROOT / "docs" / "images"
    made = {file.relative_to(images).as_posix() for file in images.rglob("*.*")}
    assert made == set(PICTURES)
    assert sum((images / name).stat().st_size for name in made) < MOST_BYTES


def test_the_help_of_each_page_has_its_terms_and_rules() -> None:
    zh, en = (build_texts.help_in(ROOT, lang) for lang in ("zh", "en"))
    assert zh.keys() == en.keys()
    paths = re.search(r"const PATHS[^{]*\{(.+?)\n\}", text_of(ROOT / "web/desk/src/route.ts"), re.S)
    same = re.search(r"const SAME[^{]*\{(.+?)\n\}", text_of(ROOT / "web/desk/src/rooms/help/Panel.tsx"), re.S)
    assert paths and same
    key = re.compile(r"^\s+'?([\w-]+)'?:", re.M)
    apart = {"home", "sign-in", "guide", *key.findall(same[1])}
    assert [room for room in key.findall(paths[1]) if room not in zh.keys() | apart] == []
    assert all(room["what"] and (room["terms"] or room["rules"]) for room in (*zh.values(), *en.values()))


def test_a_word_with_its_meaning_is_a_term_of_its_page() -> None:
    english = {room: {one["term"] for one in told["terms"]} for room, told in build_texts.help_in(ROOT, "en").items()}
    marked = [
        (room, term)
        for file in (ROOT / "web" / "desk" / "src" / "rooms").rglob("*.tsx")
        for room, term in re.findall(r'<Term room="(\w+)" of="([^"]+)"', text_of(file))
    ]
    assert len(marked) >= 3
    assert [one for one in marked if one[1] not in english[one[0]]] == []
    assert {"risk of a county", "community class"} <= english["area"]


def test_a_guide_becomes_blocks() -> None:
    blocks = list(
        build_texts.blocks("# A\n\nOne\ntwo **three** `K` [four](five.md)\n\n1. a\n2. b\n   c\n\n| x |\n|---|\n| y |")
    )
    assert blocks == [
        {"h": 1, "t": ["A"]},
        {"p": ["One two ", {"b": "three"}, " ", {"k": "K"}, " ", {"t": "four", "a": "five.md"}]},
        {"list": [["a"], ["b c"]], "ordered": True},
        {"head": [["x"]], "rows": [[["y"]]]},
    ]
    assert list(build_texts.blocks("一二\n三")) == [{"p": ["一二三"]}]
