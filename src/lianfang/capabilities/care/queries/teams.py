"""Expert teams, which hospitals they look after, and what they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models.teams import ConsultationRow, ExpertTeamRow
from lianfang.capabilities.care.queries.facilities import Facility, named
from lianfang.capabilities.care.rules.policy import policy_at
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import Assignee, assignees
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "experts.read"
MANAGE: Final = "experts.manage"
CONSULT: Final = "experts.consult"
ANSWER: Final = "experts.answer"
"""The rule of tasks of those who answer what a team is asked."""
MOST: Final = 500


class AssignedTo(NamedTuple):
    hospital: UUID
    first: date
    last: date | None
    fact: UUID

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class ListedTeam(NamedTuple):
    """A team with the hospitals that it looks after today, and how many questions it has open."""

    row: ExpertTeamRow
    hospitals: list[tuple[Facility, AssignedTo]]
    open: int


class ListedConsultation(NamedTuple):
    row: ConsultationRow
    team: ExpertTeamRow | None
    due: datetime


def assigned(row: ExpertTeamRow) -> list[AssignedTo]:
    """The hospitals of a team."""
    return [
        AssignedTo(UUID(hospital), date.fromisoformat(first), last and date.fromisoformat(last), UUID(fact))
        for hospital, first, last, fact in row.assigned
    ]


def teams(viewer: Viewer, now: datetime) -> list[ListedTeam]:
    """The expert teams of the viewer's divisions that were not dissolved. Raises Forbidden."""
    day = now.astimezone(CIVIL_TIME).date()
    with seeing(viewer, READ):
        standing = visible(viewer, READ, ExpertTeamRow.objects.filter(dissolved__isnull=True))
        rows = list(standing.order_by("area", "formed", "subject")[:MOST])
        asked = ConsultationRow.objects.filter(team__in=[one.subject for one in rows], answered__isnull=True)
        counts = Counter(asked.values_list("team", flat=True))
    here = {row.subject: [one for one in assigned(row) if one.on(day)] for row in rows}
    places = named(viewer, {one.hospital for found in here.values() for one in found})
    return [
        ListedTeam(
            row, [(places[one.hospital], one) for one in here[row.subject] if one.hospital in places],
            counts[row.subject],
        )
        for row in rows
    ]  # fmt: skip


def answerers(viewer: Viewer, now: datetime) -> list[Assignee]:
    """Who can be a member of a team of the viewer's division, for who forms teams alone."""
    return assignees(viewer, ANSWER, viewer.area, now, action=MANAGE) if can(viewer, MANAGE) else []


def team(viewer: Viewer, action: str, id: UUID) -> ExpertTeamRow:
    """A team that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, ExpertTeamRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def consultation(viewer: Viewer, action: str, id: UUID) -> ConsultationRow:
    """A consultation that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, ConsultationRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def consultations(viewer: Viewer, *, open_only: bool) -> list[ListedConsultation]:
    """What the expert teams of the viewer's divisions are asked, by what is due first. Raises Forbidden."""
    with seeing(viewer, READ):
        rows = visible(viewer, READ, ConsultationRow.objects.all())
        if open_only:
            rows = rows.filter(answered__isnull=True)
        found = list(rows.order_by("-asked", "subject")[:MOST])
        of = {one.subject: one for one in ExpertTeamRow.objects.filter(subject__in=[row.team for row in found])}
    listed = [ListedConsultation(row, of.get(row.team), _due(row)) for row in found]
    return sorted(listed, key=lambda one: (one.row.answered is not None, one.due))


def _due(row: ConsultationRow) -> datetime:
    its = policy_at(row.asked)
    return row.asked + timedelta(hours=its.answer_urgent_h if row.urgent else its.answer_h)


def obligations(viewer: Viewer, since: datetime, of: Collection[UUID] | None = None) -> list[Obligation]:
    """To answer what an expert team was asked; within ``seeing``."""
    rows = in_range(viewer, ConsultationRow.objects.filter(Q(answered__isnull=True) | Q(answered__gt=since)))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    return [
        Obligation(ANSWER, row.subject, row.area, row.asked, _due(row), done_at=row.answered,
                   author=row.author)
        for row in rows
    ]  # fmt: skip
