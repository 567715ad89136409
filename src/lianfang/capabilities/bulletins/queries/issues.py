"""Our own notices: those on their way, those that were issued, and what each was made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.bulletins.facts import BulletinIssued, Contents
from lianfang.capabilities.bulletins.models import ISSUE_KINDS, IssueRow
from lianfang.capabilities.bulletins.queries.within import within
from lianfang.capabilities.bulletins.state.issues import Draft, Notice, notice
from lianfang.capabilities.isolation.state.faults import when
from lianfang.facts import log
from lianfang.facts.fact import Fact

MOST: Final = 500
COMPOSE: Final = "bulletins.compose"
"""Drafts are theirs alone who may write notices; what was issued is among the notices of its area."""


def listed(
    viewer: Viewer, area: str = "", *, stage: str = "", archived: bool | None = None, before: datetime | None = None
) -> Sequence[IssueRow]:
    """The viewer's drafts and issues, the newest cut-off first, of one the newest draft; ``archived`` tells what was
    issued from what was not, ``before`` is that of cut-offs. Raises Forbidden."""
    with seeing(viewer, COMPOSE):
        rows = within(visible(viewer, COMPOSE, IssueRow.objects.all()), area)
        if stage:
            rows = rows.filter(stage=stage)
        if archived is not None:
            rows = rows.filter(number__isnull=not archived)
        if before is not None:
            rows = rows.filter(as_of__lt=before)
        return list(rows.order_by("-as_of", "-drafted_at", "draft")[:MOST])


def one(viewer: Viewer, draft: UUID) -> tuple[Notice, Draft]:
    """A draft with all others of its cut-off. Raises Forbidden; NotThere, also for another's."""
    with seeing(viewer, COMPOSE):
        row = visible(viewer, COMPOSE, IssueRow.objects.filter(draft=draft)).first()
    if row is None:
        raise NotThere
    with seeing(viewer, COMPOSE):
        folded = notice(history(row.subject))
    found = folded.draft(draft)
    if found is None:
        raise NotThere
    return folded, found


def history(subject: UUID) -> list[Fact]:
    """All facts about the notice of one area and cut-off. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=ISSUE_KINDS, subjects=[subject])]


def last_before(viewer: Viewer, its: Contents) -> Draft | None:
    """The issue in force of the cut-off before a notice's own, of the same area and disease. Raises Forbidden."""
    with seeing(viewer, COMPOSE):
        rows = visible(viewer, COMPOSE, IssueRow.objects.filter(stage="issued", as_of__lt=its.as_of))
        row = rows.filter(area=its.area_code, disease=its.disease).order_by("-as_of").first()
        return notice(history(row.subject)).in_force if row else None


class Revision(NamedTuple):
    """An issue of one cut-off: its number from 1, when it became public, why it took the place of the one before, and
    what it said."""

    number: int
    draft: UUID
    issued_at: datetime
    note: str | None
    contents: Contents


class PublicIssue(NamedTuple):
    """A notice as the public has it: its last issue, and all of the same cut-off up to it, the first one first. A draft
    has no ``number``, and is not public."""

    draft: UUID
    contents: Contents
    number: int | None
    issued_at: datetime | None
    note: str | None
    log: tuple[Revision, ...]


def as_issued(folded: Notice, its: Draft) -> PublicIssue:
    """A draft as it is, or would be, public; of what was issued after it nothing is told."""
    issued = [one for one in folded.drafts if one.number and (its.number is None or one.number <= its.number)]
    return PublicIssue(
        its.id, its.data.contents, its.number, its.issued.at if its.issued else None, its.data.note, _log(issued)
    )  # fmt: skip


def published(at: datetime) -> list[PublicIssue]:
    """What was public at a moment, of every area, disease and cut-off the issue in force; the newest cut-off first.
    For the public itself: nobody has to sign in for it."""
    with seeing_all():
        told = [one for one in log.read(kinds=[BulletinIssued.kind], known_at=at)]
    of: dict[UUID, list[tuple[BulletinIssued, datetime]]] = defaultdict(list)
    for entry in told:
        assert isinstance(entry.fact.data, BulletinIssued)
        of[entry.fact.subject].append((entry.fact.data, when(entry.fact)))
    found = [_in_force(issues) for issues in of.values()]
    return sorted(found, key=lambda one: (-one.contents.as_of.timestamp(), one.contents.area_code, one.draft))


def _in_force(issues: Sequence[tuple[BulletinIssued, datetime]]) -> PublicIssue:
    last, at = issues[-1]
    past = tuple(Revision(one.number, one.draft, issued_at, one.note, one.contents) for one, issued_at in issues)
    return PublicIssue(last.draft, last.contents, last.number, at, last.note, past)


def _log(issued: Iterable[Draft]) -> tuple[Revision, ...]:
    return tuple(
        Revision(one.number, one.id, one.issued.at, one.data.note, one.data.contents)
        for one in issued
        if one.issued is not None and one.number is not None
    )  # fmt: skip
