"""The strategy of an area follows from its class by the rule of the day; and what the words of one mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, NamedTuple

from lianfang.capabilities.command.rules.dated import document, edition

Scheme = Literal["county", "community"]
_BETWEEN: Final = re.compile(r"[\s,，;；、.。和及]+")


class Term(NamedTuple):
    """A word that has a code: a strategy, or a class of areas."""

    code: str
    zh: str
    en: str


class Derived(NamedTuple):
    """What follows from a class, by which edition and with which source."""

    strategy: Term
    edition: str
    source: str
    source_zh: str


def strategies() -> dict[str, Term]:
    """The vocabulary, by code."""
    return {code: Term(code, one["zh"], one["en"]) for code, one in document("strategy")["strategies"].items()}


def meant(words: str) -> Term | None:
    """The strategy that words name, whichever of its aliases and whatever stands between its parts; None for words that
    name none."""
    sought = _BETWEEN.sub("、", words.strip()).strip("、")
    for code, one in document("strategy")["strategies"].items():
        if sought in (one["zh"], *one["aliases"]):
            return strategies()[code]
    return None


def derived(graded: str, day: date, scheme: Scheme = "county") -> Derived | None:
    """What follows from a class of a county or a community on a day; None for a class of which the edition says
    nothing."""
    its = edition("strategy", day, scheme)
    code = its["classes"].get(graded)
    return Derived(strategies()[code], its["code"], its["source"], its["source_zh"]) if code else None


def read_as(cases: int) -> str:
    """The class of a county on a day on which no grading is in force: by whether it has confirmed cases."""
    return "cases" if cases else "none"


def readings() -> dict[str, Term]:
    """The words of the classes of ``read_as``."""
    return {code: Term(code, one["zh"], one["en"]) for code, one in document("strategy")["readings"].items()}
