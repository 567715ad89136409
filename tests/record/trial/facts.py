"""Kinds for trials of the record: one that has changed, and one that has not."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from lianfang.facts.fact import FactData, OfficialText


class VisitedFirst(FactData, kind="trial.visited", version=1):
    """A visit as it was recorded first: the temperature in tenths of a degree."""

    temp_tenths_c: Annotated[int, Field(ge=300, le=450)]

    def upcast(self) -> Visited:
        return Visited(temp_c=self.temp_tenths_c / 10, persons=1)


class Visited(FactData, kind="trial.visited", version=2):
    """A visit to a household."""

    temp_c: Annotated[float, Field(ge=30, le=45)]
    persons: Annotated[int, Field(ge=0)]
    note: Annotated[OfficialText, Field(max_length=2_000_000)] = ""


class Closed(FactData, kind="trial.closed", version=1):
    """A household whose round is over."""

    at: AwareDatetime
