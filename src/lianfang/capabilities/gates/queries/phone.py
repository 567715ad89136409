"""All that the phone of a post needs to work without a network: its posts, shift, rules, words, tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Max

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.gates import facts as kinds
from lianfang.capabilities.gates.models import CountRow, EncounterRow, PostRow, ShiftRow
from lianfang.capabilities.gates.queries.encounters import Tally, counted
from lianfang.capabilities.gates.queries.posts import DAY, RUN, mine
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import Policy
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.facts import Attempted, Done
from lianfang.facts.fact import FactData
from lianfang.places.gazetteer import COUNTRY, Division
from lianfang.places.queries import current_gazetteer

MOST_POSTS: Final = 20
MOST_HELD: Final = 100
RECENT: Final = 8
"""Divisions from which, and to which, most people came and went of late."""
LATELY: Final = timedelta(days=7)
FORMS: Final[tuple[type[FactData], ...]] = (
    kinds.Screened, kinds.Held, kinds.VehicleStopped, kinds.VehiclePassed, kinds.Counted, Attempted, Done,
)  # fmt: skip
"""What a phone at a post records."""


class AtPost(NamedTuple):
    """A post with the shift that is on, or the next, if any; ``since`` is from when on ``tally`` counts, and
    ``counted_until`` until when somebody has counted who passed since then."""

    row: PostRow
    shift: ShiftRow | None
    since: datetime
    tally: Tally
    counted_until: datetime | None
    came_from: list[str]
    going_to: list[str]


class Part(NamedTuple):
    """What a phone is given. ``held``: who is held at these posts now."""

    posts: list[AtPost]
    held: list[EncounterRow]
    policy: Policy
    tasks: tasks.Page
    forms: Mapping[str, tuple[int, Mapping[str, Any]]]


def part(viewer: Viewer, *, now: datetime) -> Part:
    """What the posts of the viewer's work with. Raises Forbidden."""
    its = policy_at(now)
    with seeing(viewer, RUN):
        rows = list(mine(viewer, RUN).filter(closed__isnull=True).order_by("name", "subject")[:MOST_POSTS])
        ids = [row.subject for row in rows]
        posts = [_at_post(viewer, row, now, its) for row in rows]
        held = EncounterRow.objects.filter(post__in=ids, held_since__isnull=False, ended__isnull=True)
        found = list(held.order_by("-held_since", "subject")[:MOST_HELD])
    listed = tasks.page(viewer, tasks.Wanted(mine=True), limit=tasks.MOST_ON_A_PAGE, now=now)
    forms = {kind.kind: (kind.version, kind.model_json_schema()) for kind in FORMS}
    return Part(posts, found, its, listed, forms)


def _at_post(viewer: Viewer, row: PostRow, now: datetime, its: Policy) -> AtPost:
    margin = timedelta(hours=its.hand_over_h)
    near = ShiftRow.objects.filter(subject=row.subject, begins__lte=now + margin, ends__gt=now)
    shift = near.order_by("begins", "fact").first()
    began = shift.begins if shift and shift.begins <= now else None
    since = own_work(viewer).since or began or now - DAY
    told = since.replace(microsecond=since.microsecond // 1000 * 1000)  # phones are told milliseconds
    until = CountRow.objects.filter(subject=row.subject, begins__gte=told).aggregate(at=Max("ends"))["at"]
    return AtPost(
        row, shift, since, counted(viewer, row.subject, since, now), until,
        _lately(viewer, row.subject, "came_from", now), _lately(viewer, row.subject, "going_to", now),
    )  # fmt: skip


def _lately(viewer: Viewer, post: UUID, column: str, now: datetime) -> list[str]:
    rows = EncounterRow.objects.filter(post=post, at__gte=now - LATELY, **{f"{column}__isnull": False})
    told = rows.values_list(column).annotate(n=Count("subject")).order_by("-n", column)
    return [code for code, _ in told[:RECENT]]


def places(viewer: Viewer, areas: Collection[str], on: date) -> list[Division]:
    """The divisions that somebody may come from or go to, down to counties, and the towns of these areas' counties."""
    gazetteer = current_gazetteer()
    counties = {area[:6] for area in areas}

    def below(code: str) -> Iterator[Division]:
        for one in gazetteer.children(code, on):
            if one.level != "town" or code in counties:
                yield one
            if one.level in ("province", "prefecture") or one.code in counties:
                yield from below(one.code)

    return list(below(COUNTRY))
