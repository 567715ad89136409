"""Templates of notices to the public, in each language. A language is a file; what it lacks is said in English and
reported."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

OWN: Final = ("zh", "en")
FIELDS: Final = ("area", "issuer", "date", "phone")
"""What a text may have filled in."""
SHEET: Final = "sheet"
"""Where the words are that every sheet has."""


class Text(NamedTuple):
    """A template in one language."""

    title: str
    lead: str
    points: tuple[str, ...]
    close: str


class Language(NamedTuple):
    """``tag`` is its BCP 47 tag, ``lacking`` are the keys that are said in English."""

    lang: str
    tag: str
    name: str
    words: Mapping[str, str]
    lacking: tuple[str, ...] = ()

    def text(self, code: str) -> Text:
        """A template, its points in their order."""
        points = sorted(int(key.split(".")[1]) for key in self.words if _is_point(key, code))
        of = {name: self.words[f"{code}.{name}"] for name in ("title", "lead", "close")}
        return Text(of["title"], of["lead"], tuple(self.words[f"{code}.{n}"] for n in points), of["close"])


def codes() -> tuple[str, ...]:
    """Which templates there are, in the order of the file."""
    firsts = (key.split(".")[0] for key in own("zh").words)
    return tuple(dict.fromkeys(one for one in firsts if one != SHEET))


@cache
def own(lang: str) -> Language:
    """A language that comes with Lianfang."""
    file = resources.files("lianfang.capabilities.command").joinpath(f"policy/templates/{lang}.toml")
    return language(file.read_text("utf-8"), {})


def languages(texts: Iterable[str] = ()) -> list[Language]:
    """Chinese, English and those of the files, whose texts these are. Raises ValueError for one that is none."""
    found = {lang: own(lang) for lang in OWN}
    for text in texts:
        its = language(text, own("en").words)
        found[its.lang] = its
    return list(found.values())


def language(text: str, fallback: Mapping[str, str]) -> Language:
    """The language of a file. Raises ValueError where it is none, names what no template has, or has a field that
    nothing fills."""
    try:
        told = tomllib.loads(text)
        lang, name = str(told["lang"]), str(told["name"])
        words = {str(key): str(said) for key, said in told["words"].items()}
    except (KeyError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"not written as a file of templates is ({error})") from None
    if not lang.replace("-", "").isalnum() or not lang.isascii():
        raise ValueError(f"lang = {lang!r} is no language's tag")
    if fallback and (unknown := sorted(set(words) - set(fallback))):
        raise ValueError(f"{unknown[0]} is no key of a template")
    for key, said in words.items():
        if not _fields(key, said) <= set(FIELDS):
            raise ValueError(f"{key} has a field that nothing fills: there are {', '.join(FIELDS)}")
    return Language(
        lang, str(told.get("tag", lang)), name, {**fallback, **words}, tuple(sorted(set(fallback) - set(words)))
    )


def filled(of: Text, given: Mapping[str, Any]) -> Text:
    """The text with its fields filled in; what is not given stays empty."""
    its = {field: str(given.get(field, "")) for field in FIELDS}
    points = tuple(point.format_map(its) for point in of.points)
    return Text(of.title.format_map(its), of.lead.format_map(its), points, of.close.format_map(its))


def plain(of: Text) -> str:
    """The body as the text of a notice has it: each point on its line."""
    points = (f"{n}. {point}" for n, point in enumerate(of.points, start=1))
    return "\n".join([of.lead, *points, of.close])


def _is_point(key: str, code: str) -> bool:
    head, _, tail = key.partition(".")
    return head == code and tail.isdecimal()


def _fields(key: str, said: str) -> set[str]:
    try:
        return {field for _, field, _, _ in string.Formatter().parse(said) if field is not None}
    except ValueError as error:
        raise ValueError(f"{key} is not well written ({error})") from None
