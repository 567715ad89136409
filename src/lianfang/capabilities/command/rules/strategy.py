"""The strategy of an area follows from its class by the rule of the day; and what the words of one mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from lianfang.capabilities.command.rules.dated import document, edition

_BETWEEN: Final = re.compile(r"[\s,，;；、.。和及]+")


class Strategy(NamedTuple):
    """A strategy of the vocabulary."""

    code: str
    zh: str
    en: str


class Derived(NamedTuple):
    """What follows from a class, by which edition and with which source."""

    strategy: Strategy
    edition: str
    source: str


def strategies() -> dict[str, Strategy]:
    """The vocabulary, by code."""
    return {code: Strategy(code, one["zh"], one["en"]) for code, one in document("strategy")["strategies"].items()}


def meant(words: str) -> Strategy | None:
    """The strategy that words name, whichever of its aliases and whatever stands between its parts; None for words that
    name none."""
    sought = _BETWEEN.sub("、", words.strip()).strip("、")
    for code, one in document("strategy")["strategies"].items():
        if sought in (one["zh"], *one["aliases"]):
            return strategies()[code]
    return None


def derived(graded: str, day: date) -> Derived | None:
    """What follows from a class of an area on a day; None for a class of which the edition says nothing."""
    its = edition("strategy", day)
    code = its["classes"].get(graded)
    return Derived(strategies()[code], its["code"], its["source"]) if code else None
