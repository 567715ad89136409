"""The kinds of fact that the vault owns: what was shown of whom to whom, what was merged, what was erased.

None of them names a person. A look holds *marks*: a mark is made from a person's key and the hour (``looks.mark``), so
that with the key the looks at that person are found, and once the key is erased a mark leads to nobody any more.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, FactData

MOST_PEOPLE = 1_000
"""Marks in one fact; a larger export is several facts."""

Marks = Annotated[tuple[UUID, ...], Field(max_length=MOST_PEOPLE)]
Codes = Annotated[tuple[Code, ...], Field(max_length=32)]


class Act(StrEnum):
    """How people were shown."""

    DISPLAY = "display"
    SEARCH = "search"
    EXPORT = "export"
    OWN_CODE = "own_code"  # the code was made that opens the own page, and with it everything


class Outcome(StrEnum):
    """What a reviewer found of a broken glass."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    TO_BE_INVESTIGATED = "to_be_investigated"


class Reason(StrEnum):
    """Why something was erased."""

    RETENTION = "retention"  # its time was over
    ORDER = "order"  # an authority's order
    SUBJECT_REQUEST = "subject_request"  # the person asked for it
    ENTERED_IN_ERROR = "entered_in_error"
    REPLAY = "replay"  # a restored copy had brought back what was erased before


class Shown(FactData, kind="identity.shown", version=1):
    """People were shown to somebody. None found is a look too."""

    people: Marks
    fields: Codes
    """The classes of fields that were shown, in full or masked."""
    act: Act
    purpose: Code
    role: Code
    post: Code | None = None
    """The post of a device: a checkpoint, a clinic, a station."""
    break_glass: bool = False
    """Beyond what the role may see; the ``identity.glass_broken`` that allowed it is the cause."""


class GlassBroken(FactData, kind="identity.glass_broken", version=1):
    """Somebody took the right to see beyond the role. The reason lies sealed in the vault, under this fact's id."""

    people: Marks
    purpose: Code
    role: Code
    post: Code | None = None


class GlassReviewed(FactData, kind="identity.glass_reviewed", version=1):
    """Another person looked into a broken glass, which is the cause."""

    outcome: Outcome


class Merged(FactData, kind="identity.merged", version=1):
    """Two pseudonyms are one person; the envelope's subject stays, the other leads to it. Never of encounters: nothing
    in the record may link two of them."""

    other: UUID


class Separated(FactData, kind="identity.separated", version=1):
    """They were two persons after all. Corrects the ``identity.merged``."""

    other: UUID


class Erased(FactData, kind="identity.erased", version=1):
    """What the vault held is gone: of one person, who is the envelope's subject; or of encounters, told by their number
    only, so that the record links no two of them."""

    reason: Reason
    basis: Code
    """The policy's class, or the code of the order's basis."""
    persons: Annotated[int, Field(ge=0)] = 0
    encounters: Annotated[int, Field(ge=0)] = 0
