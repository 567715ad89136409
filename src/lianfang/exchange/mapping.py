"""How a sheet is to be read: which column is which field, what its words mean, what holds for every row. Pure."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.exchange.layout import ListKind, layout, plain

Title = Annotated[str, Field(max_length=1_000)]
Said = Annotated[str, Field(max_length=1_000)]
Name = Annotated[str, Field(max_length=64)]


class Mapping(BaseModel):
    """What turns a sheet into a list.

    ``columns`` leads from a title to a field; a title without one is passed over. ``values`` says for a field what a
    word of the sheet means. ``constants`` stand in for what a row leaves empty. ``until`` is the day that the list is
    of: a day without a year lies in the year up to it. ``earliest`` is where a range begins of which only the end is
    known. ``order`` says whether 01/02/2020 is in February.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ListKind
    columns: Annotated[dict[Title, Name], Field(max_length=100)]
    values: Annotated[dict[Name, Annotated[dict[Said, Name], Field(max_length=2_000)]], Field(max_length=100)] = {}
    constants: Annotated[dict[Name, Said], Field(max_length=100)] = {}
    until: date | None = None
    earliest: date | None = None
    order: Literal["dmy", "mdy"] | None = None
    second_cases: bool = False
    """Whether somebody who has a record of the disease already gets another one."""

    @model_validator(mode="after")
    def _known_fields(self) -> Mapping:
        known = layout(self.kind).fields
        named = [field for field in (*self.columns.values(), *self.values, *self.constants) if field]
        if unknown := sorted({field for field in named if field not in known}):
            raise ValueError(f"no fields of {self.kind}: {', '.join(unknown)}; there are: {', '.join(known)}")
        told = [field for field in self.columns.values() if field]
        if twice := sorted({field for field in told if told.count(field) > 1}):
            raise ValueError(f"given to several columns: {', '.join(twice)}")
        return self

    def meaning(self, field: str, said: str) -> str | None:
        """What was said that a word of a field means; None where nothing was."""
        return next((code for word, code in self.values.get(field, {}).items() if plain(word) == plain(said)), None)
