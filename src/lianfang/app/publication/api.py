"""Endpoints of our own notices: drafted, checked, approved, issued, revised, archived. No decision is made here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.app.publication.compose import count, examined, of_draft, verify
from lianfang.capabilities.bulletins.facts import Contents, Noted, Window
from lianfang.capabilities.bulletins.queries import issues as queries
from lianfang.capabilities.bulletins.rules.cutoffs import DAILY
from lianfang.capabilities.bulletins.rules.cutoffs import cutoff as cutoff_of
from lianfang.capabilities.bulletins.rules.findings import Finding
from lianfang.capabilities.bulletins.service import issues as service
from lianfang.capabilities.bulletins.state.issues import Act, Draft, IssueStage, Notice
from lianfang.facts.facts import Why

router = Router(tags=["bulletins"])
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


class IssueOut(Schema):
    """A draft with its texts, what was done about it, and what was issued for the same cut-off. ``before``: the issue
    that it would take the place of."""

    draft: UUID
    area: str
    disease: str
    as_of: AwareDatetime
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


class IssuedOut(Schema):
    """The issue in force of a cut-off; ``issued`` is the fact that a revision names."""

    draft: UUID
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


@router.get("/issues", response={200: list[IssueLineOut], **PROBLEMS}, operation_id="issues")
@answering
def issues(
    request: HttpRequest, area: Annotated[str, Query(max_length=64)] = "", stage: StageName = ""
) -> list[IssueLineOut]:
    """Notices of ours on their way and those that were issued, the newest cut-off first."""
    return [IssueLineOut.from_orm(row) for row in queries.listed(request.viewer, area, stage=stage)]


@router.get("/areas/{code}/issue", response={200: IssuePreviewOut, **PROBLEMS}, operation_id="preview_issue")
@answering
def preview_issue(
    request: HttpRequest, code: str, day: Day, cutoff: Annotated[str, Query(max_length=64)] = DAILY,
    disease: Annotated[str, Query(max_length=64)] = DISEASE,
) -> IssuePreviewOut:  # fmt: skip
    """The notice of an area as of a cut-off of a day, as it would be drafted now; nothing is kept."""
    counted = count(request.viewer, code, _window(day, cutoff), disease=disease, now=clock.now())
    contents = counted.contents
    return IssuePreviewOut(
        area=code, as_of=contents.as_of, seq=contents.seq, zh=contents.zh, en=contents.en,
        figures=_figures(contents), findings=_findings(examined(request.viewer, counted, now=clock.now())),
    )  # fmt: skip


@router.post("/issues", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="draft_issue")
@answering
def draft_issue(request: HttpRequest, body: IssueDraftIn) -> IssueRecordedOut:
    """Draft the notice of an area as of a cut-off of a day, from all that is on record now."""
    now = clock.now()
    counted = count(request.viewer, body.area, _window(body.day, body.cutoff), disease=body.disease, now=now)
    fact = service.draft(
        request.viewer, counted.contents, revises=body.revises, note=body.note, id=body.fact, now=now
    )  # fmt: skip
    return IssueRecordedOut(fact=fact)


@router.get("/issues/{id}", response={200: IssueOut, **PROBLEMS}, operation_id="issue")
@answering
def issue(request: HttpRequest, id: UUID) -> IssueOut:
    """A draft with its texts and what was done about it."""
    return _issue(*queries.one(request.viewer, id), request.viewer.author)


@router.get("/issues/{id}/findings", response={200: list[IssueFindingOut], **PROBLEMS}, operation_id="issue_findings")
@answering
def issue_findings(request: HttpRequest, id: UUID) -> list[IssueFindingOut]:
    """What keeps the draft from being checked, and which warnings need a note."""
    return _findings(_examined(request, id))


@router.get("/issues/{id}/verify", response={200: IssueVerifiedOut, **PROBLEMS}, operation_id="verify_issue")
@answering
def verify_issue(request: HttpRequest, id: UUID) -> IssueVerifiedOut:
    """Count a notice again from the record it stands on, and compare it to the byte."""
    _, its = queries.one(request.viewer, id)
    found = verify(request.viewer, its.data.contents, now=clock.now())
    return IssueVerifiedOut(holds=found.holds, chain=found.chain, differing=list(found.differing))


@router.post("/issues/{id}/check", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="check_issue")
@answering
def check_issue(request: HttpRequest, id: UUID, body: IssueCheckIn) -> IssueRecordedOut:
    """Say that the draft was gone through, with a note for each warning."""
    found = _examined(request, id)
    notes = [Noted(code=one.code, note=one.note) for one in body.notes if one.note.strip()]
    return IssueRecordedOut(fact=service.check(request.viewer, id, notes, found, id=body.fact, now=clock.now()))


@router.post("/issues/{id}/approve", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="approve_issue")
@answering
def approve_issue(request: HttpRequest, id: UUID, body: IssueActIn) -> IssueRecordedOut:
    """Approve a draft of somebody else."""
    return IssueRecordedOut(fact=service.approve(request.viewer, id, id=body.fact, now=clock.now()))


@router.post("/issues/{id}/issue", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="issue_issue")
@answering
def issue_issue(request: HttpRequest, id: UUID, body: IssueActIn) -> IssueRecordedOut:
    """Make an approved draft public."""
    return IssueRecordedOut(fact=service.issue(request.viewer, id, id=body.fact, now=clock.now()))


@router.post("/issues/{id}/return", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="return_issue")
@answering
def return_issue(request: HttpRequest, id: UUID, body: IssueReturnIn) -> IssueRecordedOut:
    """Send a draft back, with the reason."""
    return IssueRecordedOut(fact=service.send_back(request.viewer, id, body.reason, id=body.fact, now=clock.now()))


@router.post("/issues/{id}/retract", response={200: IssueRecordedOut, **PROBLEMS}, operation_id="retract_issue")
@answering
def retract_issue(request: HttpRequest, id: UUID, body: IssueTakeBackIn) -> IssueRecordedOut:
    """Take back an act about a draft that was not issued."""
    fact = service.withdraw(request.viewer, id, body.taken, body.why, id=body.fact, now=clock.now())
    return IssueRecordedOut(fact=fact)


def _window(day: date, code: str) -> Window:
    try:
        return cutoff_of(code).window(day)
    except LookupError:
        raise Refused([Wrong("cutoff", "unknown", "没有这个截止时间", "is no cut-off of the policy")]) from None


def _examined(request: HttpRequest, id: UUID) -> tuple[Finding, ...]:
    _, its = queries.one(request.viewer, id)
    counted = of_draft(request.viewer, its.data.contents, now=clock.now())
    return examined(request.viewer, counted, now=clock.now())


def _issue(folded: Notice, its: Draft, author: str) -> IssueOut:
    contents, before = its.data.contents, folded.in_force

    def told(act: Act | None) -> IssueActOut | None:
        return IssueActOut(fact=act.fact, by=act.author, at=act.at, own=act.author == author) if act else None

    return IssueOut(
        draft=its.id, area=folded.area, stage=its.stage, number=its.number, note=its.data.note,
        figures=_figures(contents), **contents.model_dump(include=_TOLD), drafted=told(its.drafted),
        checked=told(its.checked), notes=[IssueNoteOut(**one.model_dump()) for one in its.notes],
        approved=told(its.approved), issued=told(its.issued), returned=told(its.returned), reason=its.reason,
        before=_issued(before) if before is not None and before is not its else None,
    )  # fmt: skip


_TOLD = {"disease", "as_of", "zh", "en", "seq", "chain", "edition", "indicators", "software"}


def _issued(one: Draft) -> IssuedOut:
    contents = one.data.contents
    assert one.issued is not None and one.number is not None
    return IssuedOut(
        draft=one.id, issued=one.issued.fact, number=one.number, zh=contents.zh, en=contents.en,
        figures=_figures(contents),
    )  # fmt: skip


def _figures(contents: Contents) -> list[IssueFigureOut]:
    own = [IssueFigureOut(metric=one.metric, n=one.n, area=None) for one in contents.record.figures]
    return own + [
        IssueFigureOut(metric=one.metric, n=one.n, area=one.code) for one in contents.record.by_area
    ]  # fmt: skip


def _findings(found: tuple[Finding, ...]) -> list[IssueFindingOut]:
    return [IssueFindingOut(**one._asdict()) for one in found]
