"""The endpoint of the phones at posts: all that work without a network needs, in one answer."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.gates.api.forms import GateSpanOut, GateTallyOut, GateWordOut
from lianfang.capabilities.gates.facts import HoldReason
from lianfang.capabilities.gates.queries import phone as queries
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.tasks.api import TaskOut, TaskRuleOut, rules_out, task_out
from lianfang.facts.shape import Schema
from lianfang.identity import terms as classes
from lianfang.profiles.disease import terms

router = Router(tags=["gates"])
WORDS: Final = ("vehicle_types", "languages", "reasons", "place_types")
DATA_CLASS: Final = "checkpoint"


class PhoneRulesOut(Schema):
    """The edition of the policy that is in force. ``hold_c``: from this temperature on, in degrees Celsius, somebody is
    held, on ``basis``, for ``hold_h`` hours at most. ``erase_on``: the day on which a contact of today is erased."""

    edition: str
    hold_c: float
    hold_h: int
    basis: str
    record_s: int
    erase_on: date | None


class PhonePostOut(Schema):
    """``tally`` counts whom the post has met since ``since``; ``counted_until``: until when somebody has told how many
    passed since then, None where nobody has; ``came_from`` and ``going_to`` are the divisions
    that were named most of late."""

    id: UUID
    name: str
    area: str
    place_type: str
    shift: GateSpanOut | None
    since: AwareDatetime
    tally: GateTallyOut
    counted_until: AwareDatetime | None
    came_from: list[str]
    going_to: list[str]


class PhoneHeldOut(Schema):
    """Somebody who is held at a post."""

    id: UUID
    post: UUID | None
    since: AwareDatetime
    reason: HoldReason
    temp_c: float | None
    taken_up: AwareDatetime | None
    transferred: AwareDatetime | None


class PhoneFormOut(Schema):
    """The fields of a kind of fact, as a JSON schema."""

    version: int
    data: dict[str, Any]


class PostBundleOut(Schema):
    """``clock_bound_s``: a clock that is off by more is told to be wrong. ``places`` is empty unless asked for."""

    server_time: AwareDatetime
    version: str
    role: str
    area: str
    author: str
    clock_bound_s: int
    posts: list[PhonePostOut]
    held: list[PhoneHeldOut]
    policy: PhoneRulesOut
    notices: list[GateWordOut]
    words: dict[str, list[GateWordOut]]
    places: list[GateWordOut]
    tasks: list[TaskOut]
    rules: dict[str, TaskRuleOut]
    symptoms: list[GateWordOut]
    forms: dict[str, PhoneFormOut]


@router.get("/field/post", response={200: PostBundleOut, **PROBLEMS}, operation_id="field_post")
@answering
def field_post(request: HttpRequest, places: bool = False) -> PostBundleOut:
    """The posts where one is on duty, their shift and what it has met so far, who is held there, the rules and words of
    the forms, the tasks; with ``places`` the divisions that somebody may come from or go to."""
    viewer, now = request.viewer, clock.now()
    one = queries.part(viewer, now=now)
    its, today = one.policy, localdate(now)
    named = queries.places(viewer, [at.row.area for at in one.posts], today) if places else []
    return PostBundleOut(
        server_time=now, version=version("lianfang"), role=viewer.role, area=viewer.area, author=viewer.author,
        clock_bound_s=its.clock_bound_s, posts=[_post(at) for at in one.posts],
        held=[
            PhoneHeldOut(
                id=row.subject, since=row.held_since, reason=row.hold_reason,
                **{name: getattr(row, name) for name in ("post", "temp_c", "taken_up", "transferred")},
            )
            for row in one.held
        ],
        policy=PhoneRulesOut(
            edition=its.code, hold_c=its.hold_c, hold_h=its.hold_h, basis=its.basis, record_s=its.record_s,
            erase_on=classes.due(DATA_CLASS, today, None),
        ),
        notices=[GateWordOut(code=text.code, zh=text.zh, en=text.en) for text in its.notices],
        words={name: [GateWordOut(code=code, zh=its.zh, en=its.en) for code, its in words(name).items()]
               for name in WORDS},
        places=[GateWordOut(code=place.code, zh=place.name, en=place.en) for place in named],
        tasks=[task_out(line) for line in one.tasks.lines], rules=rules_out(one.tasks.lines),
        symptoms=[GateWordOut(code=term.code, zh=term.zh, en=term.en) for term in terms("symptom")],
        forms={kind: PhoneFormOut(version=number, data=dict(schema)) for kind, (number, schema) in one.forms.items()},
    )  # fmt: skip


def _post(at: queries.AtPost) -> PhonePostOut:
    row = at.row
    shift = GateSpanOut(begins=at.shift.begins, ends=at.shift.ends) if at.shift else None
    return PhonePostOut(
        id=row.subject, name=row.name, area=row.area, place_type=row.place_type, shift=shift, since=at.since,
        tally=GateTallyOut(**at.tally._asdict()), counted_until=at.counted_until, came_from=at.came_from,
        going_to=at.going_to,
    )  # fmt: skip
