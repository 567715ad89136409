"""How many live in the demonstration's prefecture and its counties: what its drill is made of too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from lianfang.capabilities.drills.rules import marginals
from lianfang.places.population import Counted

PREFECTURE: Final = "530100"
CENSUS: Final = date(2020, 11, 1)
"""The moment of the Seventh National Population Census."""
SOURCE: Final = "Seventh National Population Census, 2020"


def population() -> Iterator[Counted]:
    """Each county's, and their sum."""
    table = marginals.shipped(PREFECTURE)
    assert table is not None
    for code, persons in (*table.areas.items(), (PREFECTURE, sum(table.areas.values()))):
        yield Counted(code, CENSUS, round(persons), SOURCE)
