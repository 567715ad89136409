"""What the page asks first: who is signed in, which hats there are to wear, and what the one worn may do."""

from __future__ import annotations

import socket
from importlib.metadata import version
from typing import Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from pydantic import AwareDatetime

from lianfang.access import matrix
from lianfang.access.security import log
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, demo
from lianfang.accounts.models import Appointment, Session
from lianfang.accounts.service import NotFound
from lianfang.accounts.sessions import APPOINTMENT, digest
from lianfang.accounts.signin import viewer_of
from lianfang.accounts.words import Told
from lianfang.facts.shape import Schema
from lianfang.places.queries import area as division

ANSWERS_S: Final = 0.2


class HatOut(Schema):
    """An appointment as its holder sees it."""

    id: UUID
    role: str
    role_zh: str
    role_en: str
    area: str
    area_zh: str
    area_en: str
    until: AwareDatetime | None


class ProviderOut(Schema):
    id: str
    name: str


class DrillOut(Schema):
    """A drill as its banner names it. ``live``: its days are being played; ``paused``: it is live, and its clock stands
    for now."""

    name: str
    area: str
    area_zh: str
    area_en: str
    population: int
    day: int
    days: int
    seed: int
    live: bool
    paused: bool


class BesideOut(Schema):
    """Another page on this machine; ``ready``: it answers."""

    url: str
    ready: bool


class StateOut(Schema):
    """Who is signed in, wearing which hat, and what that hat may do."""

    mode: Literal["demo", "service"]
    drill: DrillOut | None
    """None: nothing here is a drill."""
    beside: BesideOut | None
    """The drill beside a demonstration, or the demonstration beside a drill."""
    version: str
    languages: list[str]
    server_time: AwareDatetime
    signed_in_as: str | None
    account: UUID | None
    device: UUID | None
    second_factor: Literal["none", "needed", "set"]
    appointments: list[HatOut]
    appointment: UUID | None
    role: str
    area: str
    actions: list[str]
    purposes: list[str]
    oidc: list[ProviderOut]


def state(request: HttpRequest) -> StateOut:
    """The session of a request, as it is now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by SignIn
    row: Session | None = request.session.row  # type: ignore[attr-defined]  # of our own session engine
    account = row.account if row else None
    return StateOut(
        mode="demo" if settings.DEMO else "service",
        drill=_drill(),
        beside=_beside(),
        version=version("lianfang"),
        languages=["zh", "en"],
        server_time=clock.now(),
        signed_in_as=_name(viewer, row),
        account=account.id if account else None,
        device=row.device_id if row else None,
        second_factor="none" if account is None else "set" if row and row.second_factor else "needed",
        appointments=_hats(request, row),
        appointment=request.hat,  # type: ignore[attr-defined]  # set by SignIn
        role=viewer.role,
        area=viewer.area,
        actions=matrix.actions(viewer),
        purposes=list(matrix.purposes(viewer)),
        oidc=[ProviderOut(id=app.provider_id, name=app.name) for app in get_adapter(request).list_apps(request)],
    )


class SignedInOut(Schema):
    """One of the sessions of the account that is signed in."""

    began_at: AwareDatetime
    seen_at: AwareDatetime
    role: str | None
    area: str | None
    this: bool


def places(request: HttpRequest) -> list[SignedInOut]:
    """Where one is signed in now, the latest first. Raises SignInFirst."""
    found = Session.objects.filter(account=_own(request).account, expires_at__gt=clock.now())
    own = digest(request.session.session_key)
    return [
        SignedInOut(
            began_at=one.began_at,
            seen_at=one.seen_at,
            role=one.appointment.role if one.appointment else None,
            area=one.appointment.area if one.appointment else None,
            this=one.digest == own,
        )
        for one in found.select_related("appointment").order_by("-seen_at")
    ]


def leave_others(request: HttpRequest) -> int:
    """Ends every session of the own account but this one; how many. Raises SignInFirst."""
    row = _own(request)
    others = Session.objects.filter(account=row.account).exclude(digest=row.digest)
    ended = int(others.delete()[0])
    log("sign_out.others", viewer=viewer_of(row), sessions=ended)
    return ended


def _own(request: HttpRequest) -> Session:
    """The session of an account that showed its second factor."""
    row: Session | None = request.session.row  # type: ignore[attr-defined]  # of our own session engine
    if row is None or row.account is None or not row.second_factor:
        raise SignInFirst
    return row


class SignInFirst(Told):
    """Nobody is signed in with a second factor."""

    def __init__(self) -> None:
        super().__init__("请先登录并完成二次验证。", "Sign in with a second factor first.")


def choose(request: HttpRequest, id: UUID) -> None:
    """Puts on another hat: one of the own appointments that count now. Raises SignInFirst, NotFound.

    The session gets another key with it.
    """
    if settings.DEMO:
        if not demo.choose(request, id):
            raise NotFound
        return
    row = _own(request)
    if not Appointment.objects.held(row.account, clock.now()).filter(id=id).exists():
        raise NotFound
    request.session[APPOINTMENT] = str(id)
    request.session.cycle_key()
    log("appointment.chosen", viewer=viewer_of(row), appointment=id)


def hat(id: UUID, role: str, area: str, until: AwareDatetime | None) -> HatOut:
    """An appointment with the names of its role and of its area, as they are now."""
    place, (zh, en) = division(None, area), matrix.called(role)
    return HatOut(
        id=id,
        role=role,
        role_zh=zh,
        role_en=en,
        area=area,
        area_zh=place.name if place else area,
        area_en=(place.en or place.pinyin) if place else area,
        until=until,
    )


def _hats(request: HttpRequest, row: Session | None) -> list[HatOut]:
    if settings.DEMO:
        return [hat(id, one.role, one.area, None) for id, one in demo.appointments(request).items()]
    if row and row.device:
        return [hat(row.device.id, row.device.role, row.device.area, None)]
    if row is None or row.account is None or not row.second_factor:
        return []
    held = Appointment.objects.held(row.account, clock.now())
    return [hat(one.id, one.role, one.area, one.until) for one in held]


def _drill() -> DrillOut | None:
    drill = settings.DRILL
    if drill is None:
        return None
    place, now = division(None, drill.area), clock.now()
    return DrillOut(
        name=drill.name,
        area=drill.area,
        area_zh=place.name if place else drill.area,
        area_en=(place.en or place.pinyin) if place else drill.area,
        population=drill.population,
        day=drill.day(now),
        days=drill.days,
        seed=drill.seed,
        live=clock.pace() != 1 and now < drill.ends,
        paused=clock.pace() == 0,
    )


def _beside() -> BesideOut | None:
    if not settings.BESIDE:
        return None
    at = urlsplit(settings.BESIDE)
    try:
        socket.create_connection((at.hostname, at.port), timeout=ANSWERS_S).close()
    except OSError:
        return BesideOut(url=settings.BESIDE, ready=False)
    return BesideOut(url=settings.BESIDE, ready=True)


def _name(viewer: Viewer, row: Session | None) -> str | None:
    if row and row.device:
        return row.device.title
    if row and row.account:
        return row.account.display_name
    return viewer.author if settings.DEMO else None
