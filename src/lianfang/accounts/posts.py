"""Whose work is one's own: an account's, what it did itself; a device's, what its post did. Who is behind a code."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localtime

from lianfang.access.matrix import roles
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, demo
from lianfang.accounts.models import Account, Device


class OwnWork(NamedTuple):
    """By these authors, since this moment; None where no shift bounds it."""

    authors: frozenset[str]
    since: datetime | None


def own_work(viewer: Viewer) -> OwnWork:
    """What counts as the viewer's own work.

    The devices of one post, in one role and area, hand over to each other. Where the role's work goes by shifts, it is
    the work since the present shift of the viewer's device began; a device without hours has no such bound.
    """
    if not viewer.post:
        return OwnWork(frozenset({viewer.author}), None)
    here = list(Device.objects.filter(post=viewer.post, area=viewer.area, role=viewer.role))
    own = next((device for device in here if str(device.id) == viewer.device), None)
    since = shift_began(own, clock.now()) if own and roles()[viewer.role].by_shift else None
    return OwnWork(frozenset({viewer.author, *(str(device.id) for device in here)}), since)


def shift_began(device: Device, now: datetime) -> datetime | None:
    """When a device's present shift began, or its last; None for a device without hours."""
    if device.shift_from is None:
        return None
    at = localtime(now)
    began = at.replace(hour=device.shift_from.hour, minute=device.shift_from.minute, second=0, microsecond=0)
    return began if began <= at else began - timedelta(days=1)


OPERATORS: Final = frozenset({"command-line"})
"""Codes behind which there is no account."""


def unknown(codes: Collection[str | None]) -> list[str]:
    """Those of some codes behind which there is no account or device that may sign in: whoever is named by one cannot
    be reached here."""
    asked = {code for code in codes if code} - OPERATORS
    if settings.DEMO:
        asked -= {hat.code for hat in demo.hats()}
    ids = {id: code for code in asked if (id := _uuid(code))}
    known = set(Account.objects.filter(id__in=ids, is_active=True).values_list("id", flat=True))
    known |= set(Device.objects.filter(id__in=ids, revoked_at__isnull=True).values_list("id", flat=True))
    return sorted(asked - {ids[id] for id in known})


def _uuid(code: str) -> UUID | None:
    try:
        return UUID(code)
    except ValueError:
        return None
