"""Expert teams: formed, sent to hospitals, asked, dissolved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import can, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.care.facts.teams import (
    ConsultationAnswered,
    ConsultationAsked,
    ExpertTeamAssigned,
    ExpertTeamDissolved,
    ExpertTeamFormed,
)
from lianfang.capabilities.care.models.teams import CONSULTATION_KINDS, TEAM_KINDS
from lianfang.capabilities.care.queries import teams as queries
from lianfang.capabilities.care.queries.facilities import named
from lianfang.capabilities.care.queries.teams import CONSULT, MANAGE
from lianfang.capabilities.care.rules.policy import words
from lianfang.capabilities.care.service.recording import Folded, fact_of, made, record, take_back, told
from lianfang.capabilities.care.state import teams as state
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.identity.areas import known_areas

_NOT_A_MEMBER: Final = Wrong(
    "advice", "not_a_member", "只有专家组成员可以答复", "is given by a member of the team alone: ask one to record it"
)


def form(
    viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Forms a team, or records other particulars of one; ``id`` is the sender's own. Raises Forbidden, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(ExpertTeamFormed, **fields)
    if unknown := [one for one in data.specialties if one not in words("specialties")]:
        its = ", ".join(unknown)
        raise Refused([Wrong("specialties", "unknown_word", f"没有这些专业：{its}", f"are no specialties: {its}")])
    if data.headcount < len(data.members):
        zh, en = "不得少于成员账户数", "is less than the members that are named"
        raise Refused([Wrong("headcount", "too_few", zh, en)])
    with seeing(viewer, MANAGE):
        return _tell(viewer, id, area, data, TEAM_KINDS, state.team, now, None, fact)


def assign(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """A team looks after the patients of a hospital; returns the fact. Raises Forbidden, NotThere, Refused."""
    data = made(ExpertTeamAssigned, **fields)
    if data.hospital not in named(viewer, [data.hospital]):
        raise Refused([Wrong("hospital", "unknown", "没有这家医院，请重新选择", "is no hospital: choose another")])
    return _act(viewer, MANAGE, id, data, now, fact)


def dissolve(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """A team is no more; returns the fact. Raises Forbidden, NotThere, Refused."""
    return _act(viewer, MANAGE, id, ExpertTeamDissolved(), now, fact)


def _act(viewer: Viewer, action: str, id: UUID, data: FactData, now: datetime, fact: UUID | None) -> UUID:
    with seeing(viewer, action):
        row = queries.team(viewer, action, id)
        return _tell(viewer, id, row.area, data, TEAM_KINDS, state.team, now, None, fact)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what was recorded of a team. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, MANAGE):
        queries.team(viewer, MANAGE, id)
        return take_back(viewer, told(TEAM_KINDS, id), taken, why, state.team, now=now, id=fact)


def ask(
    viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Asks a team about a case that is on record; ``id`` is the sender's own. Raises Forbidden, NotThere, Refused."""
    data = made(ConsultationAsked, **fields)
    with seeing(viewer, CONSULT):
        row = queries.team(viewer, CONSULT, data.team)
        if not list(log.read(kinds={"case.reported"}, subjects=[data.case], limit=1)):
            zh, en = "没有这个病例，请先报告病例", "there is no such case: report it first"
            raise Refused([Wrong("case", "unknown", zh, en)])
        return _tell(viewer, id, row.area, data, CONSULTATION_KINDS, state.consultation, now, at, fact)


def answer(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """A member of the team answers, or who forms teams records the answer. Raises Forbidden, NotThere, Refused."""
    data = made(ConsultationAnswered, **fields)
    with seeing(viewer, CONSULT):
        row = queries.consultation(viewer, CONSULT, id)
        its = queries.team(viewer, CONSULT, row.team)
        if viewer.author not in its.members and not can(viewer, MANAGE):
            raise Refused([_NOT_A_MEMBER])
        return _tell(viewer, id, row.area, data, CONSULTATION_KINDS, state.consultation, now, at, fact)


def retract_consultation(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes back what was recorded of a consultation. Raises Forbidden, NotThere, Refused."""
    with seeing(viewer, CONSULT):
        queries.consultation(viewer, CONSULT, id)
        return take_back(viewer, told(CONSULTATION_KINDS, id), taken, why, state.consultation, now=now, id=fact)


def _tell(
    viewer: Viewer, id: UUID, area: str, data: FactData, kinds: Collection[str],
    fold: Callable[[Sequence[Fact]], Folded], now: datetime, at: datetime | None, fact: UUID | None,
) -> UUID:  # fmt: skip
    history = told(kinds, id)
    one = fact_of(viewer, data, subject=id, area=area, at=at, now=now, id=fact, history=history)
    record(viewer, history, one, fold)
    return one.id
