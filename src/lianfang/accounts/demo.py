"""The demonstration: everybody on this machine is its duty officer, or wears another of its hats."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.http import HttpRequest

from lianfang.access.viewer import Viewer
from lianfang.accounts.policies import table

DEVICE: Final = "demo-desk"
MORNING: Final = datetime.fromisoformat("2020-01-30T09:00+08:00")
"""Where the demonstration's clock stands when it starts: two days after its notices. Its outbreak ends then."""
CHOSEN: Final = "demo_appointment"
"""Where the session keeps the choice."""


@cache
def appointments() -> dict[UUID, tuple[str, str]]:
    """Role and area of each, by an id that is the same in every demonstration."""
    roles: dict[str, str] = table("demo")["roles"]
    return {uuid5(NAMESPACE_URL, f"lianfang:demo:{role}"): (role, area) for role, area in roles.items()}


def chosen(request: HttpRequest) -> UUID:
    """The appointment of this browser."""
    kept = request.session.get(CHOSEN)
    return UUID(kept) if kept else next(iter(appointments()))


def viewer(request: HttpRequest) -> Viewer:
    from lianfang.accounts.signin import area_range

    role, area = appointments().get(chosen(request)) or next(iter(appointments().values()))
    first, after = area_range(area)
    return Viewer(author(role), DEVICE, role, area, first, after)


def author(role: str) -> str:
    """The code of who wears a hat."""
    return f"demo-{role.replace('_', '-')}"


def morning() -> datetime:
    """Where the clock of this start stands: at nine on the day that was asked for, or on the demonstration's own."""
    if not settings.DEMO_DAY:
        return MORNING
    return datetime.combine(date.fromisoformat(settings.DEMO_DAY), MORNING.time(), MORNING.tzinfo)
