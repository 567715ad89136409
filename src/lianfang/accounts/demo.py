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
TRAINS: Final = "drill_trainer"
"""Where the session keeps that it came with the trainer's key."""


@cache
def _demonstrations() -> dict[UUID, Hat]:
    told = table("demo")
    first = {role: (role, area) for role, area in told["roles"].items()}
    more = {f"{role}:{area}": (role, area) for role, areas in told["more"].items() for area in areas}
    return {
        uuid5(NAMESPACE_URL, f"lianfang:demo:{name}"): Hat(
            author(name), role, area, told["called"].get(author(name), role)
        )
        for name, (role, area) in (first | more).items()
    }


def appointments(request: HttpRequest) -> Mapping[UUID, Hat]:
    """The hats that this browser chooses among, by an id that is the same at every start. The trainer's is among them
    where the browser came with the key to it."""
    drill: drills.Drill | None = settings.DRILL
    if drill is None:
        return _demonstrations()
    if not request.session.get(TRAINS):
        return drill.offered
    return {**drill.offered, drill.trainer: Hat(drills.TRAINER, drills.TRAINER, drill.area, drills.TRAINER)}


def called() -> dict[str, str]:
    """What those are called who have work in the demonstration or a drill, by the code that facts carry."""
    return {one.code: one.title for one in settings.DRILL.hats} if settings.DRILL else table("demo")["called"]


def hats() -> tuple[Hat, ...]:
    """Everybody who can be given work."""
    return settings.DRILL.hats if settings.DRILL else tuple(_demonstrations().values())


def chosen(request: HttpRequest) -> UUID:
    """The appointment of this browser."""
    kept = request.session.get(CHOSEN)
    return UUID(kept) if kept else next(iter(appointments(request)))


def choose(request: HttpRequest, id: UUID) -> bool:
    """Puts on a hat; whether there is such a one for this browser. The id of the trainer's is the key to it."""
    if settings.DRILL and id == settings.DRILL.trainer:
        request.session[TRAINS] = True
    if id not in appointments(request):
        return False
    request.session[CHOSEN] = str(id)
    return True


def viewer(request: HttpRequest) -> Viewer:
    from lianfang.accounts.signin import area_range

    its = appointments(request)
    hat = its.get(chosen(request)) or next(iter(its.values()))
    first, after = area_range(hat.area)
    return Viewer(hat.code, _device(hat), hat.role, hat.area, first, after, post=hat.post)


def _device(hat: Hat) -> str:
    """What facts carry of who wears a hat."""
    if not settings.DRILL:
        return DEVICE
    return drills.TRAINER_DEVICE if hat.role == drills.TRAINER else drills.DEVICE


def author(name: str) -> str:
    """The code of who wears a hat of the demonstration: of the first one of a role its name."""
    return f"demo-{name.replace('_', '-').replace(':', '-')}"


def morning() -> datetime:
    """Where the clock of this start stands: at nine on the day that was asked for, or on the demonstration's own."""
    if not settings.DEMO_DAY:
        return MORNING
    return datetime.combine(date.fromisoformat(settings.DEMO_DAY), MORNING.time(), MORNING.tzinfo)
