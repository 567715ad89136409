"""Endpoints of our own notices: drafted, checked, approved, issued, revised, archived. No decision is made here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.app.publication.compose import count, examined, of_draft, unreported, verify
from lianfang.app.publication.outputs import TYPES, Format, file_name, render
from lianfang.app.publication.shapes import (
    DISEASE,
    Day,
    IssueActIn,
    IssueActOut,
    IssueCheckIn,
    IssueCutoffOut,
    IssuedOut,
    IssueDraftIn,
    IssueFigureOut,
    IssueFindingOut,
    IssueLateOut,
    IssueLineOut,
    IssueNoteOut,
    IssueOut,
    IssuePreviewOut,
    IssueRecordedOut,
    IssueReturnIn,
    IssueTakeBackIn,
    IssueVerifiedOut,
    StageName,
)
from lianfang.app.publication.site import write_after
from lianfang.capabilities.bulletins.facts import CIVIL_TIME, Contents, Noted, Window
from lianfang.capabilities.bulletins.queries import issues as queries
from lianfang.capabilities.bulletins.rules.cutoffs import DAILY, cutoffs, of_window
from lianfang.capabilities.bulletins.rules.cutoffs import cutoff as cutoff_of
from lianfang.capabilities.bulletins.rules.findings import Finding
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.bulletins.service import issues as service
from lianfang.capabilities.bulletins.state.issues import Act, Draft, Notice
from lianfang.capabilities.warning.rules.pack.printed import NoFont

router = Router(tags=["bulletins"])
FILE = {"schema": {"type": "string", "format": "binary"}}
GIVES = {
    "responses": {200: {"description": "OK", "content": {name.partition(";")[0]: FILE for name in TYPES.values()}}}
}


@router.get("/issue-cutoffs", response={200: list[IssueCutoffOut], **PROBLEMS}, operation_id="issue_cutoffs")
@answering
def issue_cutoffs(request: HttpRequest) -> list[IssueCutoffOut]:
    """The cut-offs at which notices are closed, by the policy."""
    return [IssueCutoffOut(code=one.code, zh=one.zh, en=one.en) for one in cutoffs()]


@router.get("/issues", response={200: list[IssueLineOut], **PROBLEMS}, operation_id="issues")
@answering
def issues(
    request: HttpRequest, area: Annotated[str, Query(max_length=64)] = "", stage: StageName = "",
    archived: bool | None = None, until: Day | None = None,
) -> list[IssueLineOut]:  # fmt: skip
    """Notices of ours on their way and those that were issued, the newest cut-off first: at most 500. ``archived``
    tells those that were ever issued from the others; ``until`` is the day of the last cut-off that is told."""
    before = datetime.combine(until + timedelta(days=1), time(0, 1), CIVIL_TIME) if until else None
    rows = queries.listed(request.viewer, area, stage=stage, archived=archived, before=before)
    return [IssueLineOut.model_validate(row) for row in rows]


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
    return _issue(*queries.one(request.viewer, id), request.viewer)


@router.get("/issues/{id}/late", response={200: IssueLateOut, **PROBLEMS}, operation_id="issue_late")
@answering
def issue_late(request: HttpRequest, id: UUID) -> IssueLateOut:
    """The units that have not reported although the cut-off has passed, as it is now."""
    _, its = queries.one(request.viewer, id)
    contents = its.data.contents
    late = unreported(request.viewer, contents.area_code, contents.as_of, now=clock.now())
    return IssueLateOut(day=late.day, n=late.n, units=list(late.named))


@router.get("/issues/{id}/file", response=PROBLEMS, openapi_extra=GIVES, operation_id="issue_file")
@answering
def issue_file(request: HttpRequest, id: UUID, format: Format, lang: Language = "zh") -> HttpResponse:
    """A notice as a file: text, HTML, PDF, DOCX, spreadsheet, JSON. The same notice gives the same bytes."""
    of = queries.as_issued(*queries.one(request.viewer, id))
    try:
        made = render(of, format, lang)
    except NoFont as error:
        raise Refused([Wrong("lang", "no_font", error.zh, error.en)]) from None
    headers = {"Content-Disposition": f'attachment; filename="{file_name(of, format, lang)}"'}
    return HttpResponse(made, content_type=TYPES[format], headers=headers)


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
    """Make an approved draft public, and write the public site anew."""
    fact = service.issue(request.viewer, id, id=body.fact, now=clock.now())
    write_after(fact)
    return IssueRecordedOut(fact=fact)


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
    return examined(request.viewer, counted, now=clock.now(), note=its.data.note or "")


def _issue(folded: Notice, its: Draft, viewer: Viewer) -> IssueOut:
    contents, before, author = its.data.contents, folded.in_force, viewer.author
    previous, window = queries.last_before(viewer, contents), contents.record.window

    def told(act: Act | None) -> IssueActOut | None:
        return IssueActOut(fact=act.fact, by=act.author, at=act.at, own=act.author == author) if act else None

    return IssueOut(
        draft=its.id, area=folded.area, stage=its.stage, number=its.number, note=its.data.note,
        figures=_figures(contents), **contents.model_dump(include=_TOLD), drafted=told(its.drafted),
        checked=told(its.checked), notes=[IssueNoteOut(**one.model_dump()) for one in its.notes],
        approved=told(its.approved), issued=told(its.issued), returned=told(its.returned), reason=its.reason,
        before=_issued(before) if before is not None and before is not its else None,
        previous=_issued(previous) if previous else None, since=window.start if window else None,
        cutoff=of_window(window),
    )  # fmt: skip


_TOLD = {"disease", "as_of", "zh", "en", "seq", "chain", "edition", "indicators", "software"}


def _issued(one: Draft) -> IssuedOut:
    contents = one.data.contents
    assert one.issued is not None and one.number is not None
    return IssuedOut(
        draft=one.id, issued=one.issued.fact, issued_at=one.issued.at, as_of=contents.as_of, number=one.number,
        zh=contents.zh, en=contents.en,
        figures=_figures(contents),
    )  # fmt: skip


def _figures(contents: Contents) -> list[IssueFigureOut]:
    own = [IssueFigureOut(metric=one.metric, n=one.n, area=None) for one in contents.record.figures]
    return own + [
        IssueFigureOut(metric=one.metric, n=one.n, area=one.code) for one in contents.record.by_area
    ]  # fmt: skip


def _findings(found: tuple[Finding, ...]) -> list[IssueFindingOut]:
    return [IssueFindingOut(**one._asdict()) for one in found]
