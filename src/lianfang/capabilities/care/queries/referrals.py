"""Who was sent to which fever clinic, and what came of it; how far facilities' services go on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import Scope, can, require, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models.referrals import ReferralRow, ServiceRow
from lianfang.capabilities.care.queries.facilities import Facility, facilities, named
from lianfang.capabilities.care.rules.policy import policy_at
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "referrals.read"
HOSPITALS: Final = "hospitals.read"
SEND: Final = "referrals.send"
ANSWER: Final = "referrals.answer"
STATE: Final = "facilities.state"
MOST: Final = 500


class ListedReferral(NamedTuple):
    """A referral in a list; ``knows``: whether the viewer may know what came of it."""

    row: ReferralRow
    to: Facility | None
    knows: bool
    due: datetime | None


class ListedService(NamedTuple):
    facility: Facility
    row: ServiceRow | None


def knows(viewer: Viewer) -> bool:
    """Whether the viewer may know of patients: whoever only sends learns that somebody was received and answered."""
    return can(viewer, "triage.read") and scope(viewer, "triage.read") is not Scope.AGGREGATE


def listed(viewer: Viewer, *, open_only: bool, now: datetime) -> list[ListedReferral]:
    """The referrals that the viewer has sent or, of the viewer's divisions, that were sent from there or come there;
    those that wait longest first. Raises Forbidden."""
    require(viewer, READ)
    rows = visible(viewer, READ, ReferralRow.objects.all())
    if scope(viewer, READ) is Scope.SUBTREE:
        rows = rows | in_range(viewer, ReferralRow.objects.all(), "to_area")
    if open_only:
        rows = rows.filter(closed__isnull=True)
    with seeing_all():  # whose division it came from is not the clinic's
        found = list(rows.order_by("sent", "subject")[:MOST])
    places = named(viewer, {row.to for row in found})
    told = knows(viewer)
    return [ListedReferral(row, places.get(row.to), told, _due(row)) for row in found]


def _due(row: ReferralRow) -> datetime | None:
    undone = [one for one in _of(row) if one.done_at is None]
    return min((one.due for one in undone), default=None)


def located(viewer: Viewer, action: str, id: UUID) -> ReferralRow:
    """A referral that comes to, or for who sends was sent from, the viewer's divisions; within ``seeing_all``. Raises
    Forbidden, NotThere."""
    require(viewer, action)
    rows = ReferralRow.objects.filter(subject=id)
    row = (in_range(viewer, rows, "to_area") if action == ANSWER else visible(viewer, action, rows)).first()
    if row is None:
        raise NotThere
    return row


def services(viewer: Viewer) -> list[ListedService]:
    """The facilities of the viewer's divisions, with what they last said of their services. Raises Forbidden."""
    with seeing(viewer, HOSPITALS):
        told = {row.facility: row for row in visible(viewer, HOSPITALS, ServiceRow.objects.all())}
        return [ListedService(one, told.get(one.id)) for one in facilities(viewer)]


def fever_services(viewer: Viewer, of: Collection[UUID]) -> dict[UUID, str]:
    """How the fever service of some facilities goes, as far as they have said: for whoever may know of the facilities.
    See ``gates.queries.care.Services``."""
    with seeing_all():
        rows = ServiceRow.objects.filter(facility__in=list(of), fever__isnull=False)
        return {row.facility: row.fever or "" for row in rows}


def _of(row: ReferralRow) -> list[Obligation]:
    """To receive who was sent, and to tell back what came of it."""
    its = policy_at(row.sent)
    made = [("referral.receive", row.sent, its.receive_h, row.received or row.closed)]
    if row.received is not None:
        made.append(("referral.answer", row.received, its.close_h, row.closed))
    return [
        Obligation(rule, row.subject, row.to_area, at, at + timedelta(hours=h), done_at=done, author=row.author)
        for rule, at, h, done in made
    ]


def obligations(viewer: Viewer, since: datetime, of: Collection[UUID] | None = None) -> list[Obligation]:
    """What is to be done about referrals that come to the viewer's divisions."""
    rows = ReferralRow.objects.filter(Q(closed__isnull=True) | Q(closed__gt=since))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    with seeing_all():  # whose division it came from is not the clinic's
        return [each for row in in_range(viewer, rows, "to_area") for each in _of(row)]
