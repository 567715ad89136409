"""Whom somebody has to look after: the residents of the own stations, and those for whom one has taken something on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.isolation.facts import DUTIES
from lianfang.capabilities.isolation.models import NeedRow, OrderRow, StationRow, StayRow
from lianfang.capabilities.isolation.queries.needs import met_by
from lianfang.identity.charged import CHARGED

ANSWER: Final = "needs.answer"


def charged(viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people whom the viewer has to look after now."""
    return residents(viewer, people) | served(viewer, people)


def residents(viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people who hold a place in a station of the viewer's own now: one whose duties or roster name the
    viewer, or whose number is the post of the viewer's device. It ends when they leave."""
    if not can(viewer, CHARGED):
        return frozenset()
    named = Q(number=viewer.post) if viewer.post else Q(pk__in=[])
    for author in own_work(viewer).authors:
        named |= Q(staff__contains=[author])
        for duty in DUTIES:
            named |= Q(**{duty: author})
    with seeing_all():  # whoever is responsible for the resident
        own = in_range(viewer, StationRow.objects.filter(named)).values("subject")
        stays = StayRow.objects.filter(left__isnull=True, station__in=own, subject__in=list(people))
        return frozenset(stays.values_list("subject", flat=True))


def served(viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people under an order who ask for something that the viewer has taken on. It ends when that is met
    or the order lifted. The order is somebody else's: one cannot name a person and so learn who that is."""
    if not (can(viewer, CHARGED) and can(viewer, ANSWER)):
        return frozenset()
    needs = NeedRow.objects.filter(
        person__in=list(people), met__isnull=True, acknowledged_by__in=own_work(viewer).authors,
        category__in=met_by(viewer, ANSWER),
    )  # fmt: skip
    with seeing_all():  # whoever gave the order
        asking = in_range(viewer, needs).values("person")
        orders = OrderRow.objects.filter(subject__in=asking, lifted__isnull=True)
        return frozenset(orders.values_list("subject", flat=True))
