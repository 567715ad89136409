"""Endpoints of command posts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command import state
from lianfang.capabilities.command.api.levels import Area, Short
from lianfang.capabilities.command.queries import command_posts as queries
from lianfang.capabilities.command.service import command_posts as service
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router(tags=["command"])


class CommandPostOut(Schema):
    """A command post as an authority set it up. ``ends`` is None while it stands; ``dissolved``: the fact that says
    when it ended."""

    fact: UUID
    area: str
    zh: str
    en: str
    issuer: str
    doc_no: str
    starts: AwareDatetime
    ends: AwareDatetime | None
    dissolved: UUID | None


class CommandPostLineOut(Schema):
    area: str
    zh: str
    en: str
    post: CommandPostOut | None


class CommandPostsOut(Schema):
    """``n`` of the ``of`` divisions right below the area have a command post; ``missing`` are those of which none is on
    record."""

    area: str
    at: AwareDatetime
    own: CommandPostOut | None
    n: int
    of: int
    missing: list[str]
    areas: list[CommandPostLineOut]


class CommandPostIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    zh: Short = ""
    en: Short = ""
    issuer: Short = ""
    doc_no: Short = ""
    starts: Time
    fact: UUID | None = None


class CommandPostDissolveIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    doc_no: Short = ""
    ends: Time
    fact: UUID | None = None


class CommandPostRetractIn(Schema):
    """``taken``: the fact that is taken back, of a command post or of its end."""

    model_config = ConfigDict(extra="forbid")

    area: Area
    taken: UUID
    why: Why
    fact: UUID | None = None


class CommandPostRecordedOut(Schema):
    fact: UUID


@router.get("/command-posts", response={200: CommandPostsOut, **PROBLEMS}, operation_id="command_posts")
@answering
def command_posts(
    request: HttpRequest, area: Area, at: Time | None = None, known_at: Time | None = None
) -> CommandPostsOut:
    """Which of an area's divisions have a command post at a moment, as it was known at another."""
    when = at or clock.now()
    found = queries.coverage(request.viewer, area, when, known_at=known_at)
    missing = list(found.missing)
    return CommandPostsOut(
        area=area, at=when, own=_post(found.own), n=len(found.lines) - len(missing), of=len(found.lines),
        missing=missing, areas=[_line(one) for one in found.lines],
    )  # fmt: skip


@router.post(
    "/command-posts", response={200: CommandPostRecordedOut, **PROBLEMS}, operation_id="establish_command_post"
)
@answering
def establish_command_post(request: HttpRequest, body: CommandPostIn) -> CommandPostRecordedOut:
    """Record the command post that an authority has set up for an area."""
    fields = body.model_dump(exclude={"area", "fact"})
    return CommandPostRecordedOut(
        fact=service.establish(request.viewer, body.area, fields, now=clock.now(), fact=body.fact)
    )


@router.post(
    "/command-posts/dissolve", response={200: CommandPostRecordedOut, **PROBLEMS}, operation_id="dissolve_command_post"
)
@answering
def dissolve_command_post(request: HttpRequest, body: CommandPostDissolveIn) -> CommandPostRecordedOut:
    """Record that the command post of an area was dissolved."""
    fact = service.dissolve(
        request.viewer, body.area, body.doc_no, body.ends, now=clock.now(), fact=body.fact
    )  # fmt: skip
    return CommandPostRecordedOut(fact=fact)


@router.post(
    "/command-posts/retract", response={200: CommandPostRecordedOut, **PROBLEMS}, operation_id="retract_command_post"
)
@answering
def retract_command_post(request: HttpRequest, body: CommandPostRetractIn) -> CommandPostRecordedOut:
    """Take back a command post, or its end, that was recorded by mistake."""
    taken = service.retract(
        request.viewer, body.area, body.taken, body.why, now=clock.now(), fact=body.fact
    )  # fmt: skip
    return CommandPostRecordedOut(fact=taken)


def _line(one: queries.Line) -> CommandPostLineOut:
    its = one.division
    return CommandPostLineOut(area=its.code, zh=its.name, en=its.en or its.pinyin or its.name, post=_post(one.post))


def _post(one: state.CommandPost | None) -> CommandPostOut | None:
    if one is None:
        return None
    return CommandPostOut(
        fact=one.fact, area=one.area, zh=one.zh, en=one.en, issuer=one.issuer, doc_no=one.doc_no, starts=one.starts,
        ends=one.ends, dissolved=one.dissolved,
    )  # fmt: skip
