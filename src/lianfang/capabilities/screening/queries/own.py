"""Which rows a viewer is shown: of one's own scope, the grids that one has or helps in."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.db.models import Model, Q, QuerySet

from lianfang.access.matrix import Scope, Sight, fields, scope
from lianfang.access.rows import in_range, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.posts import own_work
from lianfang.capabilities.screening.models import GridRow, TenureRow
from lianfang.capabilities.tasks.queries import range_of

READ: Final = "screening.read"
VISIT: Final = "screening.visit"
MANAGE: Final = "screening.manage"
REPORT: Final = "screening.report"
Rows = TypeVar("Rows", bound=Model)


def codes(viewer: Viewer) -> list[str]:
    """What a grid may be given to, for it to be the viewer's: the account, the devices of its post, the post."""
    return sorted({*own_work(viewer).authors, *([viewer.post] if viewer.post else [])})


def own_grids(viewer: Viewer) -> QuerySet[Any]:
    """The ids of the grids that the viewer has now, or whose households the viewer's team visits."""
    now, mine = clock.now(), codes(viewer)
    held = TenureRow.objects.filter(Q(ends__isnull=True) | Q(ends__gt=now), to__in=mine, begins__lte=now)
    helping = Q()
    for code in mine:
        helping |= Q(teams__contains=[[code]])
    return GridRow.objects.filter(helping | Q(subject__in=held.values("subject"))).values("subject")


def shown(viewer: Viewer, rows: QuerySet[Rows], action: str = READ, *, grid: str = "grid") -> QuerySet[Rows]:
    """The rows that an action shows one by one. None for who sees sums only."""
    own = Q(**{f"{grid}__in": own_grids(viewer)}) if scope(viewer, action) is Scope.OWN else None
    return visible(viewer, action, rows, own=own)


def summed(viewer: Viewer, rows: QuerySet[Rows], *, grid: str = "grid") -> QuerySet[Rows]:
    """The rows that sums are made of."""
    return in_range(viewer, rows) if scope(viewer, READ) is Scope.AGGREGATE else shown(viewer, rows, grid=grid)


def within(rows: QuerySet[Rows], area: str) -> QuerySet[Rows]:
    """The rows of a division; of all where none is named. Raises Refused."""
    first, after = range_of(area)
    return rows.filter(area__bytes_from=first, area__bytes_before=after)


def sees_health(viewer: Viewer) -> bool:
    """Whether the viewer is told how somebody was found: else that somebody was visited, and no more."""
    return fields(viewer, READ).get("health") is Sight.FULL
