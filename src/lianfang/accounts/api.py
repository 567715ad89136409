"""Endpoints of signing in, accounts and devices. No decision is made here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from io import BytesIO
from typing import Annotated, Any, Literal
from uuid import UUID

import qrcode
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.headless.constants import Client
from allauth.headless.internal.decorators import mark_request_as_headless
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError, ValidationError
from pydantic import AwareDatetime
from qrcode.image.svg import SvgPathImage

from lianfang.accounts import acts, devices, limits, onetime, service, sessions, signed_in, signin
from lianfang.accounts.models import Account, Act, Appointment, Device
from lianfang.accounts.onetime import Purpose
from lianfang.accounts.signed_in import HatOut, SignedInOut, StateOut, hat, state
from lianfang.facts.api import Problem

router = Router(tags=["accounts"])

Short = Field(max_length=64)
Secret = Field(min_length=1, max_length=200)
Password = Field(min_length=1, max_length=200)


class ChoiceIn(Schema):
    id: UUID


class WelcomeIn(Schema):
    token: str = Secret
    password: str = Password
    username: str = Field("", max_length=64)
    display_name: str = Field("", max_length=64)


class TokenIn(Schema):
    token: str = Secret


class MeantOut(Schema):
    purpose: Literal["first_admin", "invite", "reset"]
    username: str | None
    display_name: str | None
    expires: AwareDatetime


class OwnIn(Schema):
    code: str = Secret


class DeviceIdIn(Schema):
    device: UUID


class ChallengeOut(Schema):
    challenge: str


class SignatureIn(Schema):
    device: UUID
    challenge: str = Secret
    signature: str = Secret


class KeyIn(Schema):
    """A public key on P-256 as a JWK. A private one is refused."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str = Short
    y: str = Short
    d: None = None


class EnrolIn(Schema):
    code: str = Secret
    public_key: KeyIn


class EnrolledOut(Schema):
    device: UUID


class AppointmentOut(HatOut):
    since: AwareDatetime
    by: str


class AccountOut(Schema):
    id: UUID
    username: str
    display_name: str
    area: str
    active: bool
    welcomed: bool
    """Whether its owner has set a password."""
    created_at: AwareDatetime
    appointments: list[AppointmentOut]


class AccountIn(Schema):
    username: str = Short
    display_name: str = Short
    area: str = Field("", max_length=64)


class AccountChangeIn(Schema):
    display_name: str | None = Field(None, max_length=64)
    active: bool | None = None


class EndedOut(Schema):
    ended: int


class ActOut(Schema):
    """One act of an administrator. ``target`` is the account or the device, ``role`` empty where the act names none;
    the names are those of now, empty where the code is none of an account's or a device's."""

    seq: int
    fact: UUID
    at: AwareDatetime
    act: Literal[
        "account.made", "account.appointed", "account.appointment_ended", "account.link_made",
        "account.disabled", "account.enabled", "device.made", "device.revoked",
    ]  # fmt: skip
    author: str
    author_name: str
    target: UUID
    target_name: str
    role: str
    role_zh: str
    role_en: str
    area: str
    area_zh: str
    area_en: str
    watch: bool
    """Whether one person alone could have got at people by it: the maker of an account gave it a role that shows
    people or makes accounts, or somebody's second factor was taken away."""


class ActsOut(Schema):
    """The newest first; ``next`` is the ``before`` of what follows."""

    acts: list[ActOut]
    next: int | None


class LinkIn(Schema):
    second_factor: bool = False


class LinkOut(Schema):
    url: str
    expires: AwareDatetime


class AppointIn(Schema):
    role: str = Short
    area: str = Short
    until: AwareDatetime | None = None


class DeviceOut(Schema):
    id: UUID
    title: str
    role: str
    area: str
    post: str
    shift_from: time | None
    shift_to: time | None
    state: Literal["waiting", "enrolled", "revoked"]
    made_at: AwareDatetime
    enrolled_at: AwareDatetime | None
    revoked_at: AwareDatetime | None


class DeviceIn(Schema):
    title: str = Short
    role: str = Short
    area: str = Short
    post: str = Short
    shift_from: time | None = None
    shift_to: time | None = None


class CodeOut(Schema):
    """Shown once: the code, the address that holds it, and that address as a picture to be photographed."""

    device: UUID
    code: str
    url: str
    qr_svg: str
    expires: AwareDatetime


@contextmanager
def _told(request: HttpRequest) -> Iterator[None]:
    """Errors of the services as answers."""
    try:
        yield
    except service.NotValid as error:
        raise ValidationError([{"loc": ["body", error.field], "msg": error.to(request)}]) from None
    except (service.NotFound, onetime.Spent, devices.Refused, signed_in.SignInFirst) as error:
        raise HttpError(STATUS[type(error)], error.to(request)) from None


STATUS = {service.NotFound: 404, onetime.Spent: 400, devices.Refused: 403, signed_in.SignInFirst: 401}


ANSWERS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)


@router.post("/session/appointment", response={200: StateOut, **ANSWERS}, operation_id="choose_appointment")
def choose(request: HttpRequest, choice: ChoiceIn) -> StateOut:
    """Put on another hat. Only one's own appointments that count now can be chosen."""
    with _told(request):
        signed_in.choose(request, choice.id)
    signin.renew(request)
    return state(request)


@router.delete("/session", response={200: StateOut, **ANSWERS}, operation_id="sign_out")
def sign_out(request: HttpRequest) -> StateOut:
    """Sign out."""
    logout(request)
    signin.renew(request)
    return state(request)


@router.get("/session/places", response={200: list[SignedInOut], **ANSWERS}, operation_id="places_signed_in")
def places(request: HttpRequest) -> list[SignedInOut]:
    """Where one is signed in now: each session of the own account."""
    with _told(request):
        return signed_in.places(request)


@router.delete("/session/places", response={200: EndedOut, **ANSWERS}, operation_id="sign_out_elsewhere")
def sign_out_elsewhere(request: HttpRequest) -> EndedOut:
    """End every other session of the own account."""
    with _told(request):
        return EndedOut(ended=signed_in.leave_others(request))


@router.post("/session/welcome", response={200: StateOut, **ANSWERS}, operation_id="welcome")
def welcome(request: HttpRequest, body: WelcomeIn) -> StateOut:
    """Follow a link: set the password and sign in with it. The first administrator's link also takes a user name and a
    name to show. Where the account has a second factor, that is asked for next (``auth/session``)."""
    limits.take(limits.address(request), "welcome")
    with _told(request):
        account = service.welcome(body.token, body.password, body.username, body.display_name)
    limits.give_back(limits.address(request), "welcome")
    request.session.flush()
    signin.renew(request)
    mark_request_as_headless(request, Client.BROWSER)
    perform_password_login(request, {"username": account.username}, Login(user=account))
    signin.renew(request)
    return state(request)


@router.post("/session/welcome/look", response={200: MeantOut, **ANSWERS}, operation_id="look_at_welcome")
def look_at_welcome(request: HttpRequest, body: TokenIn) -> MeantOut:
    """What a link is for, before it is followed; it stays usable."""
    limits.take(limits.address(request), "welcome")
    with _told(request):
        link, account = service.meant(body.token)
    limits.give_back(limits.address(request), "welcome")
    return MeantOut(
        purpose=link.purpose,
        username=account.username if account else None,
        display_name=account.display_name if account else None,
        expires=link.expires_at,
    )


@router.post("/session/own", response={200: StateOut, **ANSWERS}, operation_id="open_own_page")
def own(request: HttpRequest, body: OwnIn) -> StateOut:
    """Open one's own page by the code that one was given."""
    limits.take(limits.address(request), "own_code")
    with _told(request):
        used = onetime.use(body.code, Purpose.OWN_PAGE)
    limits.give_back(limits.address(request), "own_code")
    _begin(request, sessions.SUBJECT, used.target)
    return state(request)


@router.post("/session/device/challenge", response={200: ChallengeOut, **ANSWERS}, operation_id="challenge_device")
def challenge(request: HttpRequest, body: DeviceIdIn) -> ChallengeOut:
    """What the device is to sign, within two minutes."""
    limits.take(limits.address(request), "device")
    return ChallengeOut(challenge=devices.challenge(body.device))


@router.post("/session/device", response={200: StateOut, **ANSWERS}, operation_id="sign_in_device")
def sign_in_device(request: HttpRequest, body: SignatureIn) -> StateOut:
    """Sign a device in: ECDSA on P-256 with SHA-256 over the challenge, r and s as base64url."""
    limits.take(limits.address(request), "device")
    with _told(request):
        device = devices.check(body.device, body.challenge, body.signature)
    _begin(request, sessions.DEVICE, device.id)
    return state(request)


def _begin(request: HttpRequest, what: str, id: UUID | None) -> None:
    """A session of its own, whoever was signed in before."""
    request.session.flush()
    request.session[what] = str(id)
    signin.renew(request)


@router.post("/devices/enrol", response={200: EnrolledOut, **ANSWERS}, operation_id="enrol_device")
def enrol(request: HttpRequest, body: EnrolIn) -> EnrolledOut:
    """Give a device its key, by the code that its administrator was shown."""
    limits.take(limits.address(request), "enrol")
    with _told(request):
        device = devices.enrol(body.code, body.public_key.x, body.public_key.y)
    limits.give_back(limits.address(request), "enrol")
    return EnrolledOut(device=device.id)


@router.get("/accounts", response={200: list[AccountOut], **ANSWERS}, operation_id="accounts")
def list_accounts(request: HttpRequest) -> list[AccountOut]:
    """The accounts of one's area and below."""
    return [_account(account) for account in service.accounts(request.viewer)]


@router.get("/accounts/acts", response={200: ActsOut, **ANSWERS}, operation_id="account_acts")
def list_acts(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=acts.MOST)] = acts.MOST,
) -> ActsOut:
    """Who let whom in, as what, in one's area and below: for who audits."""
    found = acts.recent(request.viewer, before=before, limit=limit)
    return ActsOut(acts=[_act(one, found.names) for one in found.acts], next=found.next)


@router.post("/accounts", response={200: AccountOut, **ANSWERS}, operation_id="make_account")
def make_account(request: HttpRequest, body: AccountIn) -> AccountOut:
    """Make an account. Its owner signs in after following a link."""
    with _told(request):
        return _account(service.create(request.viewer, body.username, body.display_name, body.area))


@router.patch("/accounts/{uuid:id}", response={200: AccountOut, **ANSWERS}, operation_id="change_account")
def change_account(request: HttpRequest, id: UUID, body: AccountChangeIn) -> AccountOut:
    """Rename, disable or enable an account. Disabling ends its sessions."""
    with _told(request):
        return _account(service.change(request.viewer, id, body.display_name, body.active))


@router.post("/accounts/{uuid:id}/link", response={200: LinkOut, **ANSWERS}, operation_id="link_account")
def link_account(request: HttpRequest, id: UUID, body: LinkIn) -> LinkOut:
    """A link by which its owner sets a password, to be handed over in person. With ``second_factor`` it also takes a
    lost second factor away."""
    with _told(request):
        made = service.link(request.viewer, id, body.second_factor)
    return LinkOut(url=_page(request, f"welcome={made.secret}"), expires=made.expires)


@router.post("/accounts/{uuid:id}/sign-out", response={200: EndedOut, **ANSWERS}, operation_id="sign_out_account")
def sign_out_account(request: HttpRequest, id: UUID) -> EndedOut:
    """End every session of an account."""
    with _told(request):
        return EndedOut(ended=service.sign_out(request.viewer, id))


@router.post("/accounts/{uuid:id}/appointments", response={200: AppointmentOut, **ANSWERS}, operation_id="appoint")
def appoint(request: HttpRequest, id: UUID, body: AppointIn) -> AppointmentOut:
    """Give an account a role over a division of one's own."""
    with _told(request):
        return _appointment(service.appoint(request.viewer, id, body.role, body.area, body.until))


@router.delete("/appointments/{uuid:id}", response={204: None, **ANSWERS}, operation_id="end_appointment")
def end_appointment(request: HttpRequest, id: UUID) -> Status[None]:
    """End an appointment now."""
    with _told(request):
        service.end_appointment(request.viewer, id)
    return Status(204, None)


@router.get("/devices", response={200: list[DeviceOut], **ANSWERS}, operation_id="devices")
def list_devices(request: HttpRequest) -> list[DeviceOut]:
    """The devices of one's area and below."""
    return [_device(device) for device in devices.devices(request.viewer)]


@router.post("/devices", response={200: CodeOut, **ANSWERS}, operation_id="make_device")
def make_device(request: HttpRequest, body: DeviceIn) -> CodeOut:
    """Make a device for a post and a shift, and show the code that enrols it, once."""
    with _told(request):
        device, made = devices.make(request.viewer, **body.dict())
    url = _page(request, f"enrol={made.secret}")
    return CodeOut(device=device.id, code=made.secret, url=url, qr_svg=_picture(url), expires=made.expires)


@router.post("/devices/{uuid:id}/revoke", response={200: DeviceOut, **ANSWERS}, operation_id="revoke_device")
def revoke_device(request: HttpRequest, id: UUID) -> DeviceOut:
    """Take a device's key out of use. Its sessions end."""
    with _told(request):
        return _device(devices.revoke(request.viewer, id))


def _act(one: Act, names: dict[str, str]) -> ActOut:
    return ActOut(
        **hat(one.target, one.role, one.area, None).dict(exclude={"id", "until"}),
        seq=one.seq,
        fact=one.fact_id,
        at=one.at,
        act=one.act,
        author=one.author,
        author_name=names.get(one.author, ""),
        target=one.target,
        target_name=names.get(str(one.target), ""),
        watch=one.watch,
    )


def _account(account: Account) -> AccountOut:
    return AccountOut(
        id=account.id,
        username=account.username,
        display_name=account.display_name,
        area=account.area,
        active=account.is_active,
        welcomed=bool(account.password),
        created_at=account.created_at,
        appointments=[_appointment(one) for one in account.appointments.all()],
    )


def _appointment(one: Appointment) -> AppointmentOut:
    return AppointmentOut(**hat(one.id, one.role, one.area, one.until).dict(), since=one.since, by=one.by)


def _device(device: Device) -> DeviceOut:
    state = "revoked" if device.revoked_at else "enrolled" if device.enrolled_at else "waiting"
    fields = ("id", "title", "role", "area", "post", "shift_from", "shift_to", "made_at", "enrolled_at", "revoked_at")
    return DeviceOut(state=state, **{name: getattr(device, name) for name in fields})


def _page(request: HttpRequest, fragment: str) -> str:
    """An address of the page. What stands behind # is sent to no server."""
    origin = settings.PAGE.geturl() if settings.ENCRYPTED else f"http://{request.get_host()}/"
    return f"{origin}#{fragment}"


def _picture(url: str) -> str:
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode()
