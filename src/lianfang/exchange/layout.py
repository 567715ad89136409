"""What each kind of list may tell: its fields with titles and forms, and the words that stand for terms. Pure data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from lianfang.profiles.disease import groups, terms


class ListKind(StrEnum):
    """What a list is of."""

    CASES = "cases"
    CONTACTS = "contacts"
    PAIRS = "pairs"
    ARRIVALS = "arrivals"


class Form(StrEnum):
    """How a field's cells are read."""

    NUMBER = "number"
    PERSON = "person"
    DAYS = "days"
    DAY = "day"
    TIME = "time"
    AGE = "age"
    TERM = "term"
    TERMS = "terms"
    AREA = "area"
    CODE = "code"
    FLAG = "flag"
    NUMBERS = "numbers"


DATED = frozenset({Form.DAYS, Form.DAY, Form.TIME})
WORDED = frozenset({Form.TERM, Form.TERMS, Form.FLAG})


class Field(BaseModel):
    """A field of a list. ``group`` is the dictionary's, for terms."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    form: Form
    group: str = ""
    aliases: tuple[str, ...] = ()


class Layout(BaseModel):
    """The fields of a kind of list, in the order of its template. ``data_class`` is why its people are held."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    data_class: str
    fields: Mapping[str, Field]


class Word(NamedTuple):
    """A term and how it is called."""

    code: str
    zh: str
    en: str


@cache
def layout(kind: ListKind) -> Layout:
    """The layout of a kind of list."""
    return Layout.model_validate(_toml(f"{kind}.toml"))


@cache
def words(group: str) -> tuple[Word, ...]:
    """The terms of a group, in the order in which they are shown."""
    if group in groups():
        return tuple(Word(one.code, one.zh, one.en) for one in terms(group))
    return tuple(Word(code, one["zh"], one["en"]) for code, one in _toml("words.toml")[group].items())


@cache
def meanings(group: str) -> Mapping[str, str]:
    """The code that each word stands for, plain: codes, titles in both languages, and other words of lists."""
    found: dict[str, str] = {}
    for code, one in _toml("words.toml").get(group, {}).items():
        found |= {plain(word): code for word in one.get("words", ())}
    for word in words(group):
        for said in (word.code, word.zh, word.en):
            found[plain(said)] = word.code
    return found


def plain(text: str) -> str:
    """A title or word without case, width, brackets and punctuation: what is compared."""
    text = unicodedata.normalize("NFKC", text).casefold().strip().lstrip("\ufeff")
    return re.sub(r"[\W_]+", " ", text).strip()


def template(kind: ListKind, lang: str) -> bytes:
    """An empty list with its titles, as a spreadsheet opens it."""
    titles = [field.zh if lang == "zh" else field.en for field in layout(kind).fields.values()]
    return ("\ufeff" + ",".join(titles) + "\r\n").encode()


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "lists" / name).read_text("utf-8"))
