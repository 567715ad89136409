"""Whose work is one's own: an account's, what it did itself; a device's, what its post did."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime

from lianfang.access.matrix import roles
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Device


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
