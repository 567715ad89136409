"""The kinds of fact by which entry to a community is limited for a time. The subject is the limit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lianfang.capabilities.warning.facts.signal import Evidence
from lianfang.facts.fact import Code, Day, FactData, OfficialText, Time

Reason = Annotated[OfficialText, Field(min_length=1, max_length=1_000)]


class EntryLimited(FactData, kind="area.entry_limited", version=1, founds=True):
    """Who may enter or leave a community is limited until the end of ``until``, or somebody asks that it be: which of
    both follows from ``counted_as``, the class of the community then (None where it was open), as of ``as_of`` and
    known up to the fact ``seq``."""

    disease: Code
    until: Day
    necessity: Reason
    """Why it is necessary, and what is limited."""
    role: Code
    counted_as: Code | None
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=64)] = ()
    as_of: Time
    seq: Annotated[int, Field(ge=0, lt=2**63)]


class LimitDecided(FactData, kind="area.limit_decided", version=1):
    """Somebody above approved a limit that was asked for, or did not."""

    approved: bool
    reason: Reason
    role: Code


class LimitLifted(FactData, kind="area.limit_lifted", version=1):
    """A limit ends before its day."""

    reason: Reason
    role: Code
