"""What the endpoints of our own notices take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.capabilities.bulletins.rules.cutoffs import DAILY
from lianfang.capabilities.bulletins.state.issues import IssueStage
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Area = Annotated[str, Field(min_length=1, max_length=64)]
Word = Annotated[str, Field(min_length=1, max_length=64)]
Text = Annotated[str, Field(max_length=2_000)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
DISEASE = "ncov-2020"
StageName = Literal["", "drafted", "checked", "approved", "issued", "revised", "returned"]


class IssueActOut(Schema):
    """``own``: done by whoever asks."""

    fact: UUID
    by: str
    at: AwareDatetime
    own: bool


class IssueLineOut(Schema):
    """A draft of a notice, in the list. ``number`` is that of its issue, from 1; ``revises`` the fact that issued the
    one before."""

    draft: UUID
    area: str
    disease: str
    as_of: AwareDatetime
    stage: IssueStage
    number: int | None
    revises: UUID | None
    note: str | None
    seq: int
    drafted_at: AwareDatetime
    drafted_by: str
    issued_at: AwareDatetime | None


class IssueFindingOut(Schema):
    """What keeps the draft from being checked (``blocks``), or needs a note."""

    code: str
    blocks: bool
    zh: str
    en: str


class IssueNoteOut(Schema):
    code: str
    note: str


class IssueFigureOut(Schema):
    metric: str
    n: int
    area: str | None


class IssueCutoffOut(Schema):
    code: str
    zh: str
    en: str


class IssueLateOut(Schema):
    """The units that have not given the last daily report that was due at the cut-off; named as far as the viewer may
    see which."""

    day: date
    n: int
    units: list[str]


class IssueOut(Schema):
    """A draft with its texts, what was done about it, and what was issued for the same cut-off. ``before``: the issue
    that it would take the place of; ``previous``: the last issue of an earlier cut-off."""

    draft: UUID
    area: str
    disease: str
    as_of: AwareDatetime
    since: AwareDatetime | None
    cutoff: str
    stage: IssueStage
    number: int | None
    note: str | None
    zh: str
    en: str
    figures: list[IssueFigureOut]
    seq: int
    chain: str
    edition: str
    indicators: str
    software: str
    drafted: IssueActOut
    checked: IssueActOut | None
    notes: list[IssueNoteOut]
    approved: IssueActOut | None
    issued: IssueActOut | None
    returned: IssueActOut | None
    reason: str
    before: IssuedOut | None
    previous: IssuedOut | None


class IssuedOut(Schema):
    """The issue in force of a cut-off; ``issued`` is the fact that a revision names."""

    draft: UUID
    as_of: AwareDatetime
    issued_at: AwareDatetime
    issued: UUID
    number: int
    zh: str
    en: str
    figures: list[IssueFigureOut]


class IssuePreviewOut(Schema):
    """A notice as it would be drafted now."""

    area: str
    as_of: AwareDatetime
    seq: int
    zh: str
    en: str
    figures: list[IssueFigureOut]
    findings: list[IssueFindingOut]


class IssueVerifiedOut(Schema):
    """``holds``: counted again from the record it comes to the same bytes, and the chain is the one it names."""

    holds: bool
    chain: bool
    differing: list[str]


class IssueDraftIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    day: Day
    cutoff: Word = DAILY
    disease: Word = DISEASE
    revises: UUID | None = None
    note: Text | None = None
    fact: UUID | None = None


class IssueNoteIn(Schema):
    model_config = ConfigDict(extra="forbid")

    code: Word
    note: Text


class IssueCheckIn(Schema):
    model_config = ConfigDict(extra="forbid")

    notes: Annotated[list[IssueNoteIn], Field(default_factory=list, max_length=64)]
    fact: UUID | None = None


class IssueReturnIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: Text
    fact: UUID | None = None


class IssueActIn(Schema):
    model_config = ConfigDict(extra="forbid")

    fact: UUID | None = None


class IssueTakeBackIn(Schema):
    model_config = ConfigDict(extra="forbid")

    taken: UUID
    why: Why
    fact: UUID | None = None


class IssueRecordedOut(Schema):
    fact: UUID


IssueOut.model_rebuild()
