"""The record's own kinds of fact: what became of what was set aside, and what was taken back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, FactData


class End(StrEnum):
    """How something that was set aside was dealt with."""

    APPENDED = "appended"  # corrected, and in the record now
    DISCARDED = "discarded"


class Why(StrEnum):
    """Why something was discarded."""

    DUPLICATE = "duplicate"  # in the record already, under another id
    MISTAKEN = "mistaken"  # nothing of the kind was seen
    TRIAL = "trial"  # sent to try something out
    PERSONAL = "personal"  # about a person, and now in the vault where it belongs
    FOREIGN = "foreign"  # not this installation's to record


class AsideShown(FactData, kind="record.aside_shown", version=1):
    """The original bytes of something that was set aside were shown. They may have named people."""

    number: Annotated[int, Field(ge=1)]
    purpose: Code
    role: Code


class AsideResolved(FactData, kind="record.aside_resolved", version=1):
    """Somebody dealt with something that was set aside. Where it was appended, the fact is the cause."""

    number: Annotated[int, Field(ge=1)]
    end: End
    why: Why | None = None


class AsidesErased(FactData, kind="record.asides_erased", version=1):
    """The time of some was over: their bytes can no longer be read."""

    asides: Annotated[int, Field(ge=1)]
    unresolved: Annotated[int, Field(ge=0)]
    """Of these, nobody had dealt with so many."""


class Retracted(FactData, kind="record.retracted", version=1):
    """A fact was taken back: the one that this ``corrects``, of the same subject. It stays in the record and counts for
    nothing from here on; taking this one back in turn makes it hold again."""

    why: Why
    batch: UUID | None = None
    """The import that was undone."""
