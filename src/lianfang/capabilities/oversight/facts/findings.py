"""The kinds of fact about findings: what was missed, late or can hardly have been seen, that it was put right, and that
somebody looked again. The subject is the finding: a rule, in a division, of one unit's records of a day or of one
record; its id follows from these.

A finding is about how the work went. None of its fields grades anybody, and none is a penalty.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import Code, Day, FactData, OfficialText

NAMESPACE: Final = UUID("5b0a4f0e-3a6b-5f0e-9d53-6f1a0c5f4a51")
MOST: Final = 1_000
"""Facts that one fact lists."""
Said = Annotated[OfficialText, Field(min_length=1, max_length=1_000, pattern=r"\S")]


class Figure(BaseModel):
    """One figure that a rule held against its threshold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    value: float


class FindingRaised(FactData, kind="finding.raised", version=1, founds=True):
    """A rule holds of a unit's records of a day, or of more of them than before."""

    rule: Code
    edition: Code
    """Of the policy that has the rule's thresholds."""
    unit: UUID | None = None
    """The grid, post or other place whose records these are; None: the division's as a whole."""
    day: Day
    """Of which the records are; with ``days``, the first of them."""
    days: Annotated[int, Field(ge=1, le=28)] = 1
    evidence: Annotated[tuple[UUID, ...], Field(max_length=MOST)] = ()
    """The facts that the rule holds of; none where nothing came."""
    figures: Annotated[tuple[Figure, ...], Field(max_length=16)] = ()
    concerned: Annotated[tuple[Code, ...], Field(max_length=100)] = ()
    """The accounts that recorded the evidence: they are told, and may add a statement."""
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    """Up to which fact the rule had looked."""


class FindingOutcome(StrEnum):
    """What whoever reviewed a finding decided."""

    SETTLED = "settled"  # it was so, and was put right
    EXPLAINED = "explained"  # it was so, for a good reason
    MISTAKEN = "mistaken"  # it was not so: the rule was wrong


class FindingClosed(FactData, kind="finding.closed", version=1):
    """Somebody reviewed a finding and decided."""

    outcome: FindingOutcome
    reason: Annotated[OfficialText, Field(min_length=1, max_length=1_000)]


class FindingRectified(FactData, kind="finding.rectified", version=1):
    """Those whose records these are say what was put right, and how, with a photograph where one shows it."""

    said: Said
    photo: UUID | None = None


class FindingRechecked(FactData, kind="finding.rechecked", version=1):
    """Somebody else looked again: it is in order and closed, or is to be put right once more."""

    in_order: bool
    said: Said


class FindingStated(FactData, kind="finding.statement_added", version=1):
    """Somebody whom a finding concerns says how it was, in his or her own words; it stands beside what was found."""

    said: Said


def finding_id(rule: str, area: str, unit: UUID | None, day: date, days: int = 1) -> UUID:
    """The finding of a rule about a unit's records, or about those of the division, of some days."""
    return uuid5(NAMESPACE, f"{rule}|{area}|{unit or ''}|{day.isoformat()}|{days}")
