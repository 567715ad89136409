"""Make the texts that the desk shows of the documents: the guides, and of each page its terms and rules.

``hatch_build.py`` calls it before the desk is built. Each file below ``.build/texts`` is JSON, loaded when it is asked
for: a guide as blocks (headings, paragraphs, lists, tables, pictures), the help of all pages in one language.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(".build") / "texts"
GUIDES = Path("docs") / "guide"
HELP = GUIDES / "help.toml"
IMAGES = Path("docs") / "images" / "guide"
POLICIES = Path("src") / "lianfang"
TASKS = POLICIES / "capabilities" / "tasks" / "policy" / "tasks.toml"

Inline = list[Any]
"""Texts, ``{"b": …}`` what stands on a screen, ``{"k": …}`` a key or a code, ``{"a": address, "t": …}`` a link."""

MARKS = re.compile(r"\*\*(?P<b>[^*]+)\*\*|`(?P<k>[^`]+)`|\[(?P<t>[^\]]+)\]\((?P<a>[^)]+)\)")
PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<src>[^)]+)\)$")
ITEM = re.compile(r"^(?:-|\d+\.) +")


class TextError(ValueError):
    """A document that the desk shows is not as it must be; the message says where."""


def sources(root: Path) -> Iterator[Path]:
    """What the texts are made of, pictures included."""
    yield from (root / "build_texts.py", root / "GLOSSARY.md", root / TASKS)
    yield from (one for one in (root / GUIDES).glob("*") if one.is_file())
    yield from (root / IMAGES).glob("*.webp")
    yield from sorted({root / POLICIES / rule["file"] for room in rooms(root).values() for rule in room["rules"]})


def build(root: Path) -> None:
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for guide in sorted((root / GUIDES).glob("*.md")):
        name, lang = named(guide)
        _write(folder / f"guide.{name}.{lang}.json", list(blocks(guide.read_text(encoding="utf-8"))))
    for lang in ("zh", "en"):
        _write(folder / f"help.{lang}.json", help_in(root, lang))


def named(guide: Path) -> tuple[str, str]:
    """Whose a guide is and in which language: ``laboratory.zh.md``; README is everybody's."""
    name, _, lang = guide.stem.partition(".")
    return name, lang or "en"


def _write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


# Guides


def blocks(text: str) -> Iterator[dict[str, Any]]:
    """The blocks of a guide: the little of Markdown that guides are written in."""
    for part in re.split(r"\n{2,}", text.strip()):
        lines = part.splitlines()
        if heading := re.match(r"^(#+) (.+)$", part):
            yield {"h": len(heading[1]), "t": inline(heading[2])}
        elif picture := PICTURE.match(part):
            yield {"src": Path(picture["src"]).name, "alt": picture["alt"]}
        elif lines[0].startswith("|"):
            head, _, *rows = [[inline(cell) for cell in cells(line)] for line in lines]
            yield {"head": head, "rows": rows}
        elif ITEM.match(lines[0]):
            yield {"list": [inline(one) for one in _items(lines)], "ordered": lines[0][0].isdigit()}
        else:
            yield {"p": inline(_joined(lines))}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _items(lines: Iterable[str]) -> Iterator[str]:
    item: list[str] = []
    for line in lines:
        if ITEM.match(line) and item:
            yield _joined(item)
            item = []
        item.append(ITEM.sub("", line).strip())
    yield _joined(item)


def _joined(lines: Iterable[str]) -> str:
    """Lines as one; between Chinese characters there is no space."""
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", " ".join(lines))


def inline(text: str) -> Inline:
    """A line with what stands out in it."""
    found: Inline = []
    at = 0
    for mark in MARKS.finditer(text):
        found += [text[at : mark.start()]] if mark.start() > at else []
        found.append({name: value for name, value in mark.groupdict().items() if value is not None})
        at = mark.end()
    return found + ([text[at:]] if at < len(text) else [])


# Help


def rooms(root: Path) -> dict[str, dict[str, Any]]:
    """What is said of each page, its terms, and where its rules stand."""
    table = tomllib.loads((root / HELP).read_text(encoding="utf-8"))
    return {name: {"terms": [], "rules": [], "tasks": [], **room} for name, room in table["rooms"].items()}


def glossary(root: Path) -> dict[str, dict[str, str]]:
    """Each term of the glossary by its Chinese name: what it means in both languages."""
    found = {}
    for line in (root / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("|") and len(row := cells(line)) >= 3:
            zh, en, meaning = row[:3]
            found[zh] = {"zh": zh, "en": en, "meaning_en": meaning, "meaning_zh": row[3] if len(row) > 3 else ""}
    return found


def help_in(root: Path, lang: str) -> dict[str, Any]:
    terms = glossary(root)
    tasks = tomllib.loads((root / TASKS).read_text(encoding="utf-8"))["rules"]
    return {
        name: {
            "what": room[lang],
            "terms": [_term(terms, one, lang, name) for one in room["terms"]],
            "rules": [_rule(root, one, lang) for one in room["rules"]],
            "tasks": [one[lang] for code, one in tasks.items() if code.startswith(tuple(room["tasks"]))],
        }
        for name, room in rooms(root).items()
    }


def _term(terms: dict[str, dict[str, str]], name: str, lang: str, room: str) -> dict[str, str]:
    its = terms.get(name)
    if its is None or not its[f"meaning_{lang}"]:
        raise TextError(f"{HELP}, {room}: the glossary does not say in {lang} what {name} means")
    return {"term": its[lang], "other": its["en" if lang == "zh" else "zh"], "meaning": its[f"meaning_{lang}"]}


def _rule(root: Path, rule: dict[str, str], lang: str) -> dict[str, str]:
    """A rule's title, and the source that its policy names."""
    found: Any = tomllib.loads((root / POLICIES / rule["file"]).read_text(encoding="utf-8"))
    for step in filter(None, rule.get("at", "").split(".")):
        found = found[int(step) if step.isdigit() else step]
    if ("source_zh" in found) == ("source_zh" in rule):
        raise TextError(f"{HELP}: {rule['zh']} has its source in Chinese nowhere, or twice")
    source = found["source"] if lang == "en" else found.get("source_zh") or rule["source_zh"]
    return {"title": rule[lang], "source": source}
