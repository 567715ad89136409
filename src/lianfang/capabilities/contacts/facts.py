"""The kinds of fact about contacts. The subject is the contact: a person under one observation for one disease. Once it
has ended, a further exposure is another contact.

Who infected whom is told of the case that was infected: there the subject is that case.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.capabilities.tasks.facts import Attempt
from lianfang.facts.fact import AreaCode, Code, Day, Fact, FactData, Time, folding_order

Codes = Annotated[tuple[Code, ...], Field(max_length=64)]


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Close(StrEnum):
    """What a contact counts as."""

    CLOSE = "close"
    GENERAL = "general"
    NONE = "none"


class Release(StrEnum):
    """Why an observation ended."""

    COMPLETED = "completed"
    SOURCE_EXCLUDED = "source_excluded"
    TRANSFERRED_OUT = "transferred_out"
    LOST = "lost"
    DIED = "died"
    NOT_CLOSE = "not_close"


class Half(StrEnum):
    """A slot of a day, by its code in the disease's profile."""

    AM = "am"
    PM = "pm"
    DAY = "day"


class Exposure(BaseModel):
    """Who was exposed to whom. ``last`` is the last day without effective protection."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: UUID | None
    """The case; None where it is not known: a venue, a vehicle."""
    first: Day | None = None
    last: Day
    setting: Code
    closeness: Codes = ()
    """Items of the disease's profile that make a contact close."""
    relation: Code | None = None
    certainty: Certainty = Certainty.CERTAIN
    protected: bool = False
    conveyance: Code | None = None
    """A train's or flight's number."""

    @model_validator(mode="after")
    def _in_order(self) -> Exposure:
        if self.first is not None and self.first > self.last:
            raise ValueError("first is after last")
        return self


class Exposed(FactData, kind="contact.exposed", version=1, founds=True):
    """Somebody was exposed. The first such fact of a contact registers it; each further one may only extend."""

    disease: Code
    edition: Code
    person: UUID | None
    """None while it is not known who it was: still to be traced."""
    exposure: Exposure
    number: Code | None = None
    batch: UUID | None = None
    """The import that it came with."""


class Traced(FactData, kind="contact.traced", version=1):
    """The contact was found, and is this person."""

    person: UUID


class Informed(FactData, kind="contact.informed", version=1):
    """The contact was told what to do and for how long."""


class Judged(FactData, kind="contact.judged", version=1):
    """Somebody decided how close the contact was, whatever the rule says."""

    close: Close
    basis: Code


class Checked(FactData, kind="contact.checked", version=1):
    """One check of a contact, or an attempt at it, for one slot of one day."""

    day: Day
    half: Half
    outcome: Attempt
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    symptoms: Codes = ()
    by: Code
    """``worker``, ``station``, ``self``."""
    told: Time | None = None
    """When it was told, where it was made in its slot and told at a desk only when that was over."""

    @model_validator(mode="after")
    def _only_who_was_seen(self) -> Checked:
        if self.outcome not in (Attempt.SEEN_WELL, Attempt.SEEN_UNWELL) and (self.temp_c is not None or self.symptoms):
            raise ValueError("temp_c and symptoms are of somebody who was seen")
        return self


def told_at(fact: Fact, data: Checked) -> datetime:
    """As of when a check counts: until it was told, its slot was missed."""
    at = folding_order(fact)[0]
    return max(at, data.told) if data.told else at


class Referred(FactData, kind="contact.referred", version=1):
    """The contact was sent to a fever clinic."""

    to: Code | None = None


class Converted(FactData, kind="contact.converted", version=1):
    """The contact became a case. Its exposures are kept and tell who may have infected it."""

    case: UUID


class Released(FactData, kind="contact.released", version=1):
    """The observation ended."""

    reason: Release
    to: AreaCode | None = None
    """The division that a contact was transferred to."""


class Shortened(FactData, kind="contact.shortened", version=1):
    """Somebody decided that the observation ends earlier than was said, after an exposure was corrected."""

    due: Day
    basis: Code


class HandedOver(FactData, kind="contact.handed_over", version=1):
    """Another division follows the contact from now on."""

    to: AreaCode


class Linked(FactData, kind="transmission.linked", version=1):
    """Somebody determined who may have infected the subject, a case. Several may be possible, each a fact."""

    infector: UUID
    certainty: Certainty
    setting: Code | None = None
    batch: UUID | None = None


class Unlinked(FactData, kind="transmission.unlinked", version=1):
    """Somebody determined that the subject was not infected by ``infector``."""

    infector: UUID
    basis: Code


class ClusterNamed(FactData, kind="cluster.named", version=1):
    """Cases were found to belong together: the same family, site, unit or event. The subject is the cluster."""

    disease: Code
    setting: Code
    cases: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=1000)]
    linked: bool
    """Whether spread between them, or one exposure of all, is likely."""
