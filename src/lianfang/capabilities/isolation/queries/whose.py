"""Whose residents somebody has to look after, and whether there is an account behind a code."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts import demo
from lianfang.accounts.models import Account, Device
from lianfang.accounts.posts import own_work
from lianfang.capabilities.isolation.facts import DUTIES
from lianfang.capabilities.isolation.models import StationRow, StayRow
from lianfang.identity.charged import CHARGED

OPERATORS: Final = frozenset({"command-line"})
"""Codes behind which there is no account."""


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


def unknown(codes: Collection[str | None]) -> list[str]:
    """Those of some codes behind which there is no account or device that may sign in: whoever is named by one cannot
    be reached here."""
    asked = {code for code in codes if code} - OPERATORS
    if settings.DEMO:
        asked -= {demo.author(role) for role, _ in demo.appointments().values()}
    ids = {id: code for code in asked if (id := _uuid(code))}
    known = set(Account.objects.filter(id__in=ids, is_active=True).values_list("id", flat=True))
    known |= set(Device.objects.filter(id__in=ids, revoked_at__isnull=True).values_list("id", flat=True))
    return sorted(asked - {ids[id] for id in known})


def _uuid(code: str) -> UUID | None:
    try:
        return UUID(code)
    except ValueError:
        return None
