"""Endpoints of posts: who is on duty, how many passed, what was disinfected."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.checkpoints.state import CST
from lianfang.capabilities.gates.api.forms import (
    Area,
    Code,
    GateActIn,
    GateCountOut,
    GateDutyOut,
    GateMadeOut,
    GateRetractIn,
    GateShiftOut,
    GateSpanOut,
    GateTallyOut,
    GateWordOut,
    PostCardOut,
    PostOut,
    TreatmentDueOut,
    TreatmentOut,
    Word,
    faults_out,
)
from lianfang.capabilities.gates.facts import Measure
from lianfang.capabilities.gates.models import CountRow
from lianfang.capabilities.gates.queries import encounters
from lianfang.capabilities.gates.queries import posts as queries
from lianfang.capabilities.gates.queries.lines import funnel
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import VOCABULARIES, words
from lianfang.capabilities.gates.service import notices as places
from lianfang.capabilities.gates.service import posts as service
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router(tags=["gates"])
People = Annotated[int, Field(ge=0, le=1_000_000)]
Minute = Annotated[int, Field(ge=0, le=1440)]


class PostIn(GateActIn):
    """``place_type`` and ``department`` by their code or by a name that the vocabulary has. With ``post``, the
    particulars of that one are replaced."""

    name: Word
    kind_of: Word = "point"
    place_type: Word = ""
    town: Area
    department: Word = ""
    lead: Word
    east_deg: Annotated[float, Field(ge=-180, le=180)] | None = None
    north_deg: Annotated[float, Field(ge=-90, le=90)] | None = None
    opens_min: Minute = 0
    closes_min: Minute = 1440
    number: Code | None = None
    telephone: Word = ""
    post: UUID | None = None


class PostRowsIn(Schema):
    """Each row has the fields of a post; what is wrong with one hinders no other."""

    rows: Annotated[list[dict[str, Any]], Field(max_length=service.MOST_IMPORTED)]


class PostWrongOut(Schema):
    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class PostsImportedOut(Schema):
    opened: int
    changed: int
    unchanged: int
    errors: list[PostWrongOut]


class PostsOut(Schema):
    posts: list[PostOut]
    total: int
    unstaffed: int
    tally: GateTallyOut


class ShiftIn(Schema):
    """``staff`` are accounts or devices; ``replaces`` is the shift in place of which this one is."""

    model_config = ConfigDict(extra="forbid")

    begins: Time
    ends: Time
    staff: Annotated[list[Code], Field(max_length=100)] = Field(default_factory=list)
    replaces: UUID | None = None
    fact: UUID | None = None


class CountIn(Schema):
    """How many ``passed`` in a time, and how many were checked (default: those on record)."""

    model_config = ConfigDict(extra="forbid")

    begins: Time
    ends: Time
    passed: People
    checked: People | None = None
    reason: Word | None = None
    fact: UUID | None = None


class TreatmentIn(GateActIn):
    measure: Measure
    room: Word
    agent: Word = ""
    concentration_mg_per_l: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
    minutes: Annotated[int, Field(ge=1, le=1440)]
    operator: Code | None = None
    conveyance: Code | None = None


class DepartmentSeatIn(Schema):
    account: Code
    department: Word
    area: Area


class DepartmentSeatOut(Schema):
    """An account belongs to a department, as the division says; ``author`` is who has said so."""

    account: str
    department: str
    area: str
    author: str


class DepartmentSeatsOut(Schema):
    seats: list[DepartmentSeatOut]


class PlaceCodeOut(Schema):
    """What the code says that hangs at the place."""

    code: str


class DefenceLineOut(Schema):
    """1 are gates, 2 households, 3 clinics. ``screened`` counts person-times and ``found`` people: the two are not
    divided. ``missed`` of the found have no record at the line before; None at the first."""

    number: int
    screened: int | None
    found: int
    missed: int | None


class GateTermsOut(Schema):
    """The policy in force, with the vocabularies of posts."""

    edition: str
    begins: date
    source: str
    source_zh: str
    hold_c: float
    longest_duty_h: int
    red_h: int
    record_s: int
    notices: list[GateWordOut]
    words: dict[str, list[GateWordOut]]


@router.get("/posts", response={200: PostsOut, **PROBLEMS}, operation_id="posts")
@answering
def posts(
    request: HttpRequest, area: Area = "", kind_of: Word = "", department: Word = "", place_type: Word = "",
    day: date | None = None, closed: bool = False,
) -> PostsOut:  # fmt: skip
    """The points and stations that one sees, with a day of each: who is on duty now, which minutes nobody covers, what
    is overdue, how many were met. Departments see their own alone."""
    now = clock.now()
    on = day or now.astimezone(CST).date()
    found = queries.listed(
        request.viewer, area=area, kind_of=kind_of, department=department, place_type=place_type, day=on, now=now,
        closed=closed,
    )  # fmt: skip
    sums = encounters.tallies(request.viewer, area=area, day=on)
    rows = [PostOut(**_listed(one, sums.get(one.row.subject, encounters.NOBODY), now)) for one in found]
    whole = GateTallyOut(**{name: sum(getattr(one.tally, name) for one in rows) for name in GateTallyOut.model_fields})
    return PostsOut(posts=rows, total=len(rows), unstaffed=sum(one.unstaffed for one in rows), tally=whole)


@router.get("/posts/terms", response={200: GateTermsOut, **PROBLEMS}, operation_id="gate_terms")
@answering
def gate_terms(request: HttpRequest) -> GateTermsOut:
    """The thresholds in force, where they are from, and the words by which posts are described."""
    its = policy_at(clock.now())
    return GateTermsOut(
        edition=its.code, begins=its.begins, source=its.source, source_zh=its.source_zh, hold_c=its.hold_c,
        longest_duty_h=its.longest_duty_h, red_h=its.red_h, record_s=its.record_s,
        notices=[GateWordOut(**one.model_dump()) for one in its.notices],
        words={
            name: [GateWordOut(code=code, zh=one.zh, en=one.en, of=one.of) for code, one in words(name).items()]
            for name in VOCABULARIES
        },
    )  # fmt: skip


@router.post("/posts", response={200: GateMadeOut, **PROBLEMS}, operation_id="open_post")
@answering
def open_post(request: HttpRequest, body: PostIn) -> GateMadeOut:
    """Set up a point or station, or replace the particulars of one."""
    now, fields = clock.now(), body.fields("post")
    return GateMadeOut(id=service.open_post(request.viewer, fields, now=now, post=body.post, **body.told()))


@router.post("/posts/import", response={200: PostsImportedOut, **PROBLEMS}, operation_id="import_posts")
@answering
def import_posts(request: HttpRequest, body: PostRowsIn) -> PostsImportedOut:
    """Set up those of a list. The same list again changes nothing; what is wrong hinders no other row."""
    done = service.import_posts(request.viewer, body.rows, now=clock.now())
    errors = [PostWrongOut(**one._asdict()) for one in done.wrong]
    return PostsImportedOut(opened=done.opened, changed=done.changed, unchanged=done.unchanged, errors=errors)


@router.post("/posts/departments", response={200: GateMadeOut, **PROBLEMS}, operation_id="seat_department")
@answering
def seat(request: HttpRequest, body: DepartmentSeatIn) -> GateMadeOut:
    """An account belongs to a department from now on, and sees the posts of that one alone."""
    made = service.seat(request.viewer, body.account, body.department, body.area, now=clock.now())
    return GateMadeOut(id=made)


@router.get("/posts/departments", response={200: DepartmentSeatsOut, **PROBLEMS}, operation_id="department_seats")
@answering
def seats(request: HttpRequest, area: Area = "") -> DepartmentSeatsOut:
    """Which department the accounts of one's divisions belong to."""
    rows = queries.seats(request.viewer, area)
    return DepartmentSeatsOut(seats=[DepartmentSeatOut(**_values(DepartmentSeatOut, row)) for row in rows])


@router.get("/posts/code", response={200: PlaceCodeOut, **PROBLEMS}, operation_id="place_code")
@answering
def code(request: HttpRequest, post: UUID | None = None, area: Area = "") -> PlaceCodeOut:
    """What the code says that hangs at a post, or at the gates of a community: an inspector who reads it was there."""
    return PlaceCodeOut(code=places.place_code(request.viewer, post=post, area=area))


@router.get("/defence", response={200: list[DefenceLineOut], **PROBLEMS}, operation_id="lines_of_defence")
@answering
def defence(
    request: HttpRequest, area: Area = "", since: date | None = None, until: date | None = None
) -> list[DefenceLineOut]:  # fmt: skip
    """The three lines of defence as a funnel, over some civil days (default: today): whom each has screened and found,
    and how many of those the line before had missed."""
    today = clock.now().astimezone(CST).date()
    found = funnel(request.viewer, area=area, first=since or today, last=until or today)
    return [DefenceLineOut(**one._asdict()) for one in found]


@router.get("/posts/{id}", response={200: PostCardOut, **PROBLEMS}, operation_id="post")
@answering
def post(request: HttpRequest, id: UUID, day: date | None = None) -> PostCardOut:
    """One post with a day of it: shifts, gaps, duty that is too long, counts, treatments and what is due."""
    now = clock.now()
    on = day or now.astimezone(CST).date()
    found = queries.card(request.viewer, id, day=on, now=now)
    sums = encounters.tallies(request.viewer, day=on).get(id, encounters.NOBODY)
    red = timedelta(hours=policy_at(now).red_h)
    return PostCardOut(
        **_listed(found.listed, sums, now),
        shifts=[GateShiftOut(id=one.fact, **_values(GateShiftOut, one, "id")) for one in found.shifts],
        too_long=[
            GateDutyOut(**one._asdict(), hours=(one.ends - one.begins) / timedelta(hours=1)) for one in found.too_long
        ],
        counts=[_counted(one, overlaps=one.fact in found.overlapping) for one in found.counts],
        treatments=[TreatmentOut(**_values(TreatmentOut, one)) for one in found.treatments],
        treatments_due=[
            TreatmentDueOut(
                measure=one.measure, conveyance=one.conveyance, since=one.since, due=one.due, red=one.due + red < now
            )
            for one in found.due
        ],
        contradictions=faults_out([*found.listed.row.faults, *found.faults]),
    )  # fmt: skip


@router.post("/posts/{id}/close", response={200: GateMadeOut, **PROBLEMS}, operation_id="close_post")
@answering
def close(request: HttpRequest, id: UUID, body: GateActIn) -> GateMadeOut:
    """Close a post at which nobody is held."""
    service.close(request.viewer, id, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/posts/{id}/shifts", response={200: GateMadeOut, **PROBLEMS}, operation_id="plan_shift")
@answering
def shift(request: HttpRequest, id: UUID, body: ShiftIn) -> GateMadeOut:
    """Say who is on duty from when until when."""
    fields = body.model_dump(include={"begins", "ends", "staff"})
    made = service.plan_shift(
        request.viewer, id, fields, now=clock.now(), replaces=body.replaces, fact=body.fact
    )  # fmt: skip
    return GateMadeOut(id=made)


@router.post("/posts/{id}/counts", response={200: GateMadeOut, **PROBLEMS}, operation_id="count_post")
@answering
def count(request: HttpRequest, id: UUID, body: CountIn) -> GateMadeOut:
    """Say how many passed in a time, and how many of them were checked; where not all were, why."""
    fields = body.model_dump(exclude={"fact"})
    return GateMadeOut(id=service.count(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post("/posts/{id}/treatments", response={200: GateMadeOut, **PROBLEMS}, operation_id="treat_post")
@answering
def treat(request: HttpRequest, id: UUID, body: TreatmentIn) -> GateMadeOut:
    """Record that the place or a conveyance was disinfected or aired."""
    return GateMadeOut(id=service.treat(request.viewer, id, body.fields(), now=clock.now(), **body.told()))


@router.post("/posts/{id}/retract", response={200: GateMadeOut, **PROBLEMS}, operation_id="retract_of_post")
@answering
def retract(request: HttpRequest, id: UUID, body: GateRetractIn) -> GateMadeOut:
    """Take a shift, a count, a treatment or a change of the post back."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return GateMadeOut(id=made)


def _listed(one: queries.Listed, sums: encounters.Tally, now: datetime) -> dict[str, Any]:
    late = one.overdue / timedelta(hours=1) if one.overdue is not None else None
    return {
        **_values(PostOut, one.row, "id"), "id": one.row.subject, "on_duty": one.on_duty, "unstaffed": one.unstaffed,
        "gaps": [GateSpanOut(**gap._asdict()) for gap in one.gaps], "overdue_h": late,
        "red": late is not None and late > policy_at(now).red_h, "tally": GateTallyOut(**sums._asdict()),
    }  # fmt: skip


def _counted(one: CountRow, *, overlaps: bool) -> GateCountOut:
    return GateCountOut(
        **_values(GateCountOut, one), ratio=one.checked / one.passed if one.passed else None,
        unexplained=one.checked < one.passed and one.reason is None, overlaps=overlaps,
    )  # fmt: skip


def _values(model: type[Schema], row: object, *but: str) -> dict[str, Any]:
    """What a row has of the fields of an answer."""
    return {name: getattr(row, name) for name in model.model_fields if name not in but and hasattr(row, name)}
