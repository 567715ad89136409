"""How a risk is graded: a level for each likelihood and consequence, of ``policy/cases.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from lianfang.capabilities.cases.rules.policy import policy


class Title(NamedTuple):
    zh: str
    en: str


class Risk(NamedTuple):
    """The grades in order, and the matrix: for each likelihood the level of each consequence."""

    likelihoods: Mapping[str, Title]
    consequences: Mapping[str, Title]
    levels: Mapping[str, Title]
    matrix: Mapping[str, tuple[str, ...]]
    source: str

    def level(self, likelihood: str, consequence: str) -> str:
        """The level that follows. Raises KeyError, ValueError for grades that there are not."""
        return self.matrix[likelihood][list(self.consequences).index(consequence)]


@cache
def risk() -> Risk:
    """The policy."""
    table = policy()["risk"]
    titles = {
        name: {code: Title(one["zh"], one["en"]) for code, one in table[name].items()}
        for name in ("likelihoods", "consequences", "levels")
    }
    matrix = {likelihood: tuple(row) for likelihood, row in table["matrix"].items()}
    return Risk(titles["likelihoods"], titles["consequences"], titles["levels"], matrix, table["source"])
