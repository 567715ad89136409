"""Endpoints of volunteers, teams, shifts and rotas."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.mobilisation.facts.people import MOST_SKILLS, MOST_WINDOWS, Function, HeadsQualifier
from lianfang.capabilities.mobilisation.facts.shifts import MOST_PLACES
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.rules.policy import Policy
from lianfang.capabilities.mobilisation.service import matching, shifts, teams, volunteers
from lianfang.capabilities.mobilisation.service.recording import policy
from lianfang.facts.api import Time
from lianfang.facts.facts import Why

router = Router(tags=["mobilisation"])
Heads = Annotated[int, Field(ge=1, le=100_000)]
Title = Annotated[str, Field(max_length=60)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3])[0-5][0-9]$", max_length=4)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
People = Annotated[list[UUID], Field(max_length=MOST_PLACES)]
MOST_LINES = 2_000


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class HandsMadeOut(Schema):
    id: UUID


class HandsWordOut(Schema):
    code: str
    zh: str
    en: str


class HandsTermsOut(Schema):
    """The policy of the day: its figures, and the words of each kind."""

    edition: str
    source: str
    source_zh: str
    answer_min: int
    rest_h: int
    longest_h: int
    days_in_row: int
    week_h: int
    households_per_worker: int
    consents: list[HandsWordOut]
    skills: list[HandsWordOut]
    needs: list[HandsWordOut]
    declined: list[HandsWordOut]
    closed: list[HandsWordOut]
    retasked: list[HandsWordOut]
    care: list[HandsWordOut]
    cared: list[HandsWordOut]


class WindowIn(_In):
    """Hours of the clock on days of the week, 1 (Monday) to 7; they end on the day after where ``until`` is not
    later."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    since: Clock
    until: Clock


class VolunteerListIn(_In):
    """``purpose``: for what names and phones are looked at; without one none are shown."""

    area: Area
    purpose: Annotated[str, Field(max_length=64)] = ""


class VolunteerOut(Schema):
    """``shown``: name and phones as the role may see them, empty where no purpose was told."""

    id: UUID
    area: str
    consent: str
    skills: list[str]
    since: AwareDatetime
    availability: dict[str, Any] | None
    days: int
    hours: float
    warned: bool
    shown: dict[str, Any]


class VolunteersOut(Schema):
    total: int
    volunteers: list[VolunteerOut]


class VolunteerIn(_In):
    """``id`` is the sender's own: sent again, the volunteer is the same. Name and phone go to the vault."""

    id: UUID
    area: Area
    name: Annotated[str, Field(min_length=1, max_length=200)]
    phone: Annotated[str, Field(min_length=1, max_length=32)]
    consent: Code
    skills: Annotated[tuple[Code, ...], Field(max_length=MOST_SKILLS)] = ()


class AvailabilityIn(_In):
    first: Day
    last: Day | None = None
    windows: Annotated[list[WindowIn], Field(max_length=MOST_WINDOWS)]
    fact: UUID | None = None


class WithdrawIn(_In):
    fact: UUID | None = None


class TeamIn(_In):
    id: UUID
    area: Area
    zh: Annotated[str, Field(min_length=1, max_length=60)]
    en: Title = ""
    function: Function
    heads: Heads | None = None
    qualifier: HeadsQualifier = HeadsQualifier.EXACT
    lead: Code | None = None
    town: Area | None = None


class TeamCountIn(_In):
    """How many teams of a function an authority told; without one, of all functions together."""

    area: Area
    function: Function | None = None
    teams: Heads
    qualifier: HeadsQualifier = HeadsQualifier.EXACT
    fact: UUID | None = None


class TeamActIn(_In):
    act: Literal["task", "join", "leave", "dissolve"]
    person: UUID | None = None
    function: Function | None = None
    reason: Code | None = None
    fact: UUID | None = None


class TeamTaskOut(Schema):
    function: str
    since: AwareDatetime
    reason: str


class TeamOut(Schema):
    """``tasks``: all that it has done; the last is what it does now."""

    id: UUID
    area: str
    zh: str
    en: str
    function: str
    heads: int | None
    qualifier: str
    town: str
    formed: AwareDatetime
    dissolved: AwareDatetime | None
    tasks: list[TeamTaskOut]
    members: list[UUID]


class TeamSumOut(Schema):
    function: str
    teams: int


class TeamCountOut(Schema):
    """``function`` is empty where all were told together."""

    area: str
    function: str
    teams: int
    qualifier: str
    at: AwareDatetime


class TeamsOut(Schema):
    teams: list[TeamOut]
    by_function: list[TeamSumOut]
    told: list[TeamCountOut]


class HandsShiftIn(_In):
    """A shift for each of ``days`` from ``first`` on, by the clock of ``zone``."""

    id: UUID
    area: Area
    duty: Code
    skill: Code | None = None
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    team: UUID | None = None
    first: Day
    days: Annotated[int, Field(ge=1, le=31)] = 1
    since: Clock
    until: Clock
    zone: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]{1,64}$")] = "Asia/Shanghai"


class ShiftActIn(_In):
    act: Literal["take", "give_up", "cancel", "worked"]
    person: UUID | None = None
    starts: Time | None = None
    ends: Time | None = None
    fact: UUID | None = None


class HandsRetractIn(_In):
    """``taken``: the fact that is taken back, one's own."""

    taken: UUID
    why: Why
    fact: UUID | None = None


class ShiftOut(Schema):
    id: UUID
    area: str
    duty: str
    skill: str
    starts: AwareDatetime
    ends: AwareDatetime
    zone: str
    places: int
    people: list[UUID]
    team: UUID | None
    call: UUID | None
    contradictions: int


class ShiftsOut(Schema):
    shifts: list[ShiftOut]


class ShiftsMadeOut(Schema):
    ids: list[UUID]


class RotaAskIn(_In):
    area: Area
    first: Day
    days: Annotated[int, Field(ge=1, le=31)] = 7


class RotaLineOut(Schema):
    shift: UUID
    people: list[UUID]


class RotaOut(Schema):
    """What is proposed for open places: ``filled`` of ``places``; no plan fills more than ``most``, and ``gap`` is the
    share of those that this one may have missed. ``least`` and ``longest``: hours of one person."""

    lines: list[RotaLineOut]
    places: int
    filled: int
    most: int
    gap: float
    least: float
    longest: float


class RotaLineIn(_In):
    shift: UUID
    proposed: People
    people: People


class RotaIn(_In):
    """What was proposed and what a person decided, shift by shift; ``id`` is the sender's own."""

    id: UUID
    lines: Annotated[list[RotaLineIn], Field(min_length=1, max_length=MOST_LINES)]


class RotaConfirmedOut(Schema):
    given: int


class MatchOut(Schema):
    """Somebody who fits; ``zh`` and ``en`` say why."""

    person: UUID
    steps: int
    hours: float
    rested: float | None
    zh: str
    en: str


class MatchesOut(Schema):
    """``left_out``: how many do not fit, by the first reason."""

    matches: list[MatchOut]
    left_out: dict[str, int]


class SendIn(_In):
    proposed: People
    people: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PLACES)]
    fact: UUID | None = None


@router.get("/hands/terms", response={200: HandsTermsOut, **PROBLEMS}, operation_id="hands_terms")
@answering
def hands_terms(request: HttpRequest) -> HandsTermsOut:
    """The figures and words of the day: skills, needs, reasons, hours, consent."""
    its = policy(clock.now())
    values = {name: getattr(its, name) for name in Policy.model_fields if name in HandsTermsOut.model_fields}
    return HandsTermsOut.model_validate({"edition": its.code, **values}, from_attributes=True)


@router.post("/volunteers/list", response={200: VolunteersOut, **PROBLEMS}, operation_id="volunteers")
@answering
def list_volunteers(request: HttpRequest, body: VolunteerListIn) -> VolunteersOut:
    """The volunteers of an area, those first who have been on duty too long; names for a purpose, and the look is on
    record."""
    if body.purpose:
        limits.take(request.viewer, "look")
    found = queries.volunteers(request.viewer, body.area, clock.now(), purpose=body.purpose)
    rows = [
        VolunteerOut(
            id=one.row.subject, area=one.row.area, consent=one.row.consent, skills=one.row.skills, since=one.row.since,
            availability=one.row.availability, days=one.strain.days, hours=one.strain.hours, warned=one.strain.warned,
            shown={name: one.person.shown[name] for name in ("name", "phones") if name in one.person.shown}
            if one.person
            else {},
        )
        for one in found
    ]  # fmt: skip
    return VolunteersOut(total=len(rows), volunteers=rows)


@router.post("/volunteers", response={200: HandsMadeOut, **PROBLEMS}, operation_id="sign_up_volunteer")
@answering
def sign_up_volunteer(request: HttpRequest, body: VolunteerIn) -> HandsMadeOut:
    """Sign somebody up who agreed to the text of the version that is named."""
    who = {"id": body.id, "name": body.name, "phone": body.phone}
    fields = {"consent": body.consent, "skills": tuple(dict.fromkeys(body.skills))}
    return HandsMadeOut(id=volunteers.sign_up(request.viewer, who, fields, area=body.area, now=clock.now()))


@router.post(
    "/volunteers/{uuid:id}/available", response={200: HandsMadeOut, **PROBLEMS}, operation_id="volunteer_available"
)
@answering
def volunteer_available(request: HttpRequest, id: UUID, body: AvailabilityIn) -> HandsMadeOut:
    """Record when a volunteer can be called."""
    fields = body.model_dump(exclude={"fact"})
    return HandsMadeOut(id=volunteers.available(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post(
    "/volunteers/{uuid:id}/withdraw", response={200: HandsMadeOut, **PROBLEMS}, operation_id="volunteer_withdraws"
)
@answering
def volunteer_withdraws(request: HttpRequest, id: UUID, body: WithdrawIn) -> HandsMadeOut:
    """Record that a volunteer withdrew the consent: duties to come are given up."""
    return HandsMadeOut(id=volunteers.withdraw(request.viewer, id, now=clock.now(), fact=body.fact))


@router.get("/teams", response={200: TeamsOut, **PROBLEMS}, operation_id="teams")
@answering
def list_teams(request: HttpRequest, area: Area) -> TeamsOut:
    """The teams of an area with what each has done, how many there are by function, and what authorities told."""
    found = queries.teams(request.viewer, area)
    return TeamsOut(
        teams=[_team(one) for one in found.teams],
        by_function=[TeamSumOut(**one._asdict()) for one in found.by_function],
        told=[
            TeamCountOut(
                area=one.area, function=one.function, teams=one.teams, qualifier=one.qualifier, at=one.at
            )
            for one in found.told
        ],
    )  # fmt: skip


def _team(one: queries.Team) -> TeamOut:
    row = one.row
    names = ("area", "zh", "en", "function", "heads", "qualifier", "town", "formed", "dissolved")
    tasks = [{"function": function, "since": since, "reason": reason} for function, since, reason in row.tasks]
    return TeamOut(id=row.subject, tasks=tasks, members=list(one.people), **{n: getattr(row, n) for n in names})


@router.post("/teams", response={200: HandsMadeOut, **PROBLEMS}, operation_id="form_team")
@answering
def form_team(request: HttpRequest, body: TeamIn) -> HandsMadeOut:
    """Set a team up."""
    fields = body.model_dump(exclude={"id", "area"})
    return HandsMadeOut(id=teams.form(request.viewer, fields, id=body.id, area=body.area, now=clock.now()))


@router.post("/teams/counts", response={200: HandsMadeOut, **PROBLEMS}, operation_id="count_teams")
@answering
def count_teams(request: HttpRequest, body: TeamCountIn) -> HandsMadeOut:
    """Record how many teams an area has, as an authority tells it, with how the number is meant."""
    fields = body.model_dump(exclude={"area", "fact"})
    made = teams.count(request.viewer, fields, area=body.area, now=clock.now(), fact=body.fact)
    return HandsMadeOut(id=made)


@router.post("/teams/{uuid:id}/act", response={200: HandsMadeOut, **PROBLEMS}, operation_id="team_act")
@answering
def team_act(request: HttpRequest, id: UUID, body: TeamActIn) -> HandsMadeOut:
    """Give a team another function, take somebody in or out, or dissolve it."""
    fields = body.model_dump(exclude={"act"})
    return HandsMadeOut(id=teams.act(request.viewer, id, body.act, **fields, now=clock.now()))


@router.post("/teams/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_team")
@answering
def retract_of_team(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a team oneself."""
    return HandsMadeOut(id=teams.retract(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.get("/shifts", response={200: ShiftsOut, **PROBLEMS}, operation_id="shifts")
@answering
def list_shifts(
    request: HttpRequest, area: Area, first: Day, days: Annotated[int, Field(ge=1, le=31)] = 7
) -> ShiftsOut:
    """The shifts of an area that begin on some days, with who is on them."""
    begins, ends = shifts.days_of(first, days)
    return ShiftsOut(shifts=[_shift(one) for one in queries.shifts(request.viewer, area, begins, ends)])


def _shift(one: queries.Shift) -> ShiftOut:
    names = ("area", "duty", "skill", "starts", "ends", "zone", "places", "team", "call")
    return ShiftOut(
        id=one.row.subject, people=list(one.people), contradictions=len(one.row.faults),
        **{name: getattr(one.row, name) for name in names},
    )  # fmt: skip


@router.post("/shifts", response={200: ShiftsMadeOut, **PROBLEMS}, operation_id="plan_shifts")
@answering
def plan_shifts(request: HttpRequest, body: HandsShiftIn) -> ShiftsMadeOut:
    """Plan a shift for each of some days."""
    when = shifts.Planned(body.first, body.days, body.since, body.until, body.zone)
    fields = {"duty": body.duty, "skill": body.skill, "places": body.places, "team": body.team}
    return ShiftsMadeOut(
        ids=shifts.plan(request.viewer, fields, when, id=body.id, area=body.area, now=clock.now())
    )  # fmt: skip


@router.post("/shifts/{uuid:id}/act", response={200: HandsMadeOut, **PROBLEMS}, operation_id="shift_act")
@answering
def shift_act(request: HttpRequest, id: UUID, body: ShiftActIn) -> HandsMadeOut:
    """Take a place for somebody, give it up, cancel the shift, or record how long somebody was on duty really."""
    fields = body.model_dump(exclude={"act"})
    return HandsMadeOut(id=shifts.act(request.viewer, id, body.act, **fields, now=clock.now()))


@router.post("/shifts/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_shift")
@answering
def retract_of_shift(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a shift oneself."""
    return HandsMadeOut(id=shifts.retract(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/rota/propose", response={200: RotaOut, **PROBLEMS}, operation_id="propose_rota")
@answering
def propose_rota(request: HttpRequest, body: RotaAskIn) -> RotaOut:
    """Who could take the open places of an area's shifts on some days; nothing is recorded."""
    begins, ends = shifts.days_of(body.first, body.days)
    made = shifts.propose(request.viewer, body.area, begins, ends, now=clock.now())
    people: dict[UUID, list[UUID]] = {}
    for line in made.lines:
        people.setdefault(line.shift, []).append(line.person)
    return RotaOut(
        lines=[RotaLineOut(shift=shift, people=theirs) for shift, theirs in people.items()], places=made.places,
        filled=len(made.lines), most=made.most, gap=made.gap, least=made.least, longest=made.longest,
    )  # fmt: skip


@router.post("/rota/confirm", response={200: RotaConfirmedOut, **PROBLEMS}, operation_id="confirm_rota")
@answering
def confirm_rota(request: HttpRequest, body: RotaIn) -> RotaConfirmedOut:
    """Record a rota that a person looked at, changed or not: all of it, or nothing."""
    lines = [shifts.Decided(one.shift, tuple(one.proposed), tuple(one.people)) for one in body.lines]
    return RotaConfirmedOut(given=shifts.confirm(request.viewer, lines, id=body.id, now=clock.now()))


@router.get("/calls/{uuid:id}/matches", response={200: MatchesOut, **PROBLEMS}, operation_id="matches_of_call")
@answering
def matches_of_call(request: HttpRequest, id: UUID) -> MatchesOut:
    """Which volunteers fit a call, the best first, each with the reason; nothing is recorded."""
    found = matching.propose(request.viewer, id, now=clock.now())
    return MatchesOut(
        matches=[MatchOut(**one._asdict()) for one in found.found[:MOST_PLACES]], left_out=found.left_out
    )  # fmt: skip


@router.post("/calls/{uuid:id}/send", response={200: HandsMadeOut, **PROBLEMS}, operation_id="send_to_call")
@answering
def send_to_call(request: HttpRequest, id: UUID, body: SendIn) -> HandsMadeOut:
    """Send volunteers to a call, as a person decided: each has a duty for its time."""
    return HandsMadeOut(id=matching.send(request.viewer, id, **body.model_dump(), now=clock.now()))
