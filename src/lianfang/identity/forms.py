"""What requests about people say, and what they are answered: the shapes of the vault's routes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.matrix import matrix
from lianfang.facts.shape import Schema
from lianfang.identity.faults import Reason
from lianfang.identity.service import MOST_AT_ONCE

Short = Annotated[str, Field(max_length=1_000)]
"""Longer than any field may be: what is too long is told with its row."""
Code = Annotated[str, Field(max_length=64)]
Purpose = Annotated[str, Field(max_length=64, json_schema_extra={"enum": list(matrix().purposes)})]
"""Another one is refused as one that the role has not."""


class DocumentIn(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: Code
    number: Short
    country: Code = ""


class FieldsIn(Schema):
    """What may be told of a person. Checked field by field: what is wrong is told with its row, not refused whole."""

    model_config = ConfigDict(extra="forbid")

    name: Short = ""
    sex: Code = ""
    birth_date: Code = ""
    documents: Annotated[list[DocumentIn], Field(max_length=100)] = Field(default_factory=list)
    phones: Annotated[list[Short], Field(max_length=100)] = Field(default_factory=list)
    address: Short = ""


class HoldingIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Code = ""
    data_class: Code = ""
    basis: Code = ""
    since: Code = ""
    ends: Code = ""


class PersonIn(FieldsIn, HoldingIn):
    id: UUID | None = None
    """Minted by the sender; without it the same person in the same list is known by the content."""
    kind: Literal["person", "encounter"] = "person"
    person: UUID | None = None
    """Of an encounter: who it was."""


class PeopleIn(Schema):
    people: Annotated[list[PersonIn], Field(max_length=MOST_AT_ONCE)]


class FaultOut(Schema):
    row: int
    field: str
    reason: Reason
    zh: str
    en: str


class EnteredOut(Schema):
    """What became of each. ``refused`` counts the rows of whom ``errors`` tells what is wrong."""

    entered: int
    skipped: int
    refused: int
    errors: list[FaultOut]


class GlassIn(Schema):
    reason: Annotated[str, Field(max_length=4_000)]


class FindIn(Schema):
    model_config = ConfigDict(extra="forbid")

    document: Short = ""
    phone: Short = ""
    name: Short = ""
    birth_date: date | None = None
    purpose: Purpose
    break_glass: GlassIn | None = None


class ListIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Code = ""
    data_class: Code = ""
    after: Annotated[str, Field(max_length=128)] = ""
    purpose: Purpose


class CardIn(Schema):
    model_config = ConfigDict(extra="forbid")

    purpose: Purpose
    break_glass: GlassIn | None = None


class AmendIn(FieldsIn):
    purpose: Purpose


class EndIn(Schema):
    ends: date


class TextIn(Schema):
    text_class: Literal["note", "counselling"]
    text: Annotated[str, Field(max_length=20_000)]


class MergeIn(Schema):
    keep: UUID
    other: UUID


class SeparateIn(Schema):
    merge: UUID


class DocumentOut(Schema):
    kind: str
    country: str
    number: str


class ShownOut(Schema):
    """What is shown of a person: a field is absent where its class is hidden."""

    name: str | None = None
    sex: Literal["female", "male", "other", "unknown"] | None = None
    birth_date: str | None = None
    documents: list[DocumentOut] | None = None
    phones: list[str] | None = None
    address: str | None = None


class HoldingOut(Schema):
    id: UUID
    area: str
    data_class: str
    basis: str
    since: date
    ends: date | None
    due: date | None


class TextOut(Schema):
    id: UUID
    text_class: Literal["note", "counselling", "statement"]
    at: AwareDatetime
    text: str


FieldClass = Literal["name", "document", "phone", "address", "birth_date"]


class PersonOut(Schema):
    id: UUID
    kind: Literal["person", "encounter"]
    fields: ShownOut
    masked: list[FieldClass]
    hidden: list[FieldClass]
    holdings: list[HoldingOut]
    texts: list[TextOut]


class FoundOut(Schema):
    people: list[PersonOut]
    unreadable: list[UUID]
    """Of these nothing can be shown: what is held was altered or cut short."""


class PageOut(FoundOut):
    next: str | None
    """Give it as ``after`` for the next page; null at the end."""
    total: int
    """Holdings in the whole list."""
    more: bool
    """Whether there are more than ``total``: long lists are not counted to their end."""


class MadeOut(Schema):
    id: UUID


class TermOut(Schema):
    id: str
    zh: str
    en: str


class DataClassOut(TermOut):
    basis: str


class TermsOut(Schema):
    classes: list[DataClassOut]
    bases: list[TermOut]
    documents: list[TermOut]
    erase_reasons: list[TermOut]
