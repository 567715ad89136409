"""The indicators of checkpoints, and the posts behind them: of nobody who was met is told here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.figures import RowFigures, Rows, Shown, countable
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.models import EncounterRow, PostRow
from lianfang.capabilities.gates.queries.posts import READ, mine
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.indicators import DECLARED, TITLES


def _met(viewer: Viewer) -> QuerySet[Any]:
    return countable(viewer, READ, EncounterRow.objects.filter(post__isnull=False))


def _with_fever(viewer: Viewer) -> QuerySet[Any]:
    return _met(viewer).filter(temp_c__gte=policy_at(clock.now()).hold_c)


def _posts(viewer: Viewer) -> QuerySet[Any]:
    return countable(viewer, READ, PostRow.objects.exclude(kind_of=PostKind.CLINIC))


def _seen(viewer: Viewer, posts: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = mine(viewer, READ).filter(subject__in=list(posts))
    return {subject: Shown(subject, number) for subject, number in rows.values_list("subject", "number")}


INDICATORS: Final = RowFigures(
    declared=DECLARED,
    identities=(),
    titles=TITLES,
    read=READ,
    card="gate",
    seen=_seen,
    rows={
        "encounters_day": Rows(_met, "day", dated=True, subject="post"),
        "fever_day": Rows(_with_fever, "day", dated=True, subject="post"),
        "posts_active": Rows(_posts, "opened", "closed"),
    },
)
