"""Whose residents somebody has to look after."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.capabilities.isolation.facts import DUTIES
from lianfang.capabilities.isolation.models import StationRow, StayRow
from lianfang.identity.charged import CHARGED


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
