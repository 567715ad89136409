"""The demonstration, and drills: everybody on this machine wears one of the hats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.http import HttpRequest

from lianfang.access.viewer import Viewer
from lianfang.accounts import drills
from lianfang.accounts.drills import Hat
from lianfang.accounts.policies import table

DEVICE: Final = "demo-desk"
MORNING: Final = datetime.fromisoformat("2020-01-30T09:00+08:00")
"""Where the demonstration's clock stands when it starts: two days after its notices. Its outbreak ends then."""
CHOSEN: Final = "demo_appointment"
"""Where the session keeps the choice."""


@cache
def _demonstrations() -> dict[UUID, Hat]:
    roles: dict[str, str] = table("demo")["roles"]
    return {
        uuid5(NAMESPACE_URL, f"lianfang:demo:{role}"): Hat(author(role), role, area, role)
        for role, area in roles.items()
    }


def appointments() -> Mapping[UUID, Hat]:
    """The hats that one chooses among, by an id that is the same at every start."""
    return settings.DRILL.offered if settings.DRILL else _demonstrations()


def hats() -> tuple[Hat, ...]:
    """Everybody who can be given work."""
    return settings.DRILL.hats if settings.DRILL else tuple(_demonstrations().values())


def chosen(request: HttpRequest) -> UUID:
    """The appointment of this browser."""
    kept = request.session.get(CHOSEN)
    return UUID(kept) if kept else next(iter(appointments()))


def viewer(request: HttpRequest) -> Viewer:
    from lianfang.accounts.signin import area_range

    hat = appointments().get(chosen(request)) or next(iter(appointments().values()))
    first, after = area_range(hat.area)
    device = drills.DEVICE if settings.DRILL else DEVICE
    return Viewer(hat.code, device, hat.role, hat.area, first, after, post=hat.post)


def author(role: str) -> str:
    """The code of who wears a hat of the demonstration."""
    return f"demo-{role.replace('_', '-')}"


def morning() -> datetime:
    """Where the clock of this start stands: at nine on the day that was asked for, or on the demonstration's own."""
    if not settings.DEMO_DAY:
        return MORNING
    return datetime.combine(date.fromisoformat(settings.DEMO_DAY), MORNING.time(), MORNING.tzinfo)
