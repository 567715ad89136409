"""Endpoints of signing in: what one does for oneself. No decision is made here."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.headless.constants import Client
from allauth.headless.internal.decorators import mark_request_as_headless
from django.contrib.auth import logout
from django.http import HttpRequest
from ninja import Field, Router
from pydantic import AwareDatetime

from lianfang.accounts import devices, limits, onetime, service, sessions, signed_in, signin
from lianfang.accounts.answers import ANSWERS, EndedOut, Secret, Short, told
from lianfang.accounts.onetime import Purpose
from lianfang.accounts.signed_in import SignedInOut, StateOut, state
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema

router = Router(tags=["accounts"])

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


@router.post("/session/appointment", response={200: StateOut, **ANSWERS}, operation_id="choose_appointment")
def choose(request: HttpRequest, choice: ChoiceIn) -> StateOut:
    """Put on another hat. Only one's own appointments that count now can be chosen."""
    with told(request):
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
    with told(request):
        return signed_in.places(request)


@router.delete("/session/places", response={200: EndedOut, **ANSWERS}, operation_id="sign_out_elsewhere")
def sign_out_elsewhere(request: HttpRequest) -> EndedOut:
    """End every other session of the own account."""
    with told(request):
        return EndedOut(ended=signed_in.leave_others(request))


@router.post("/session/welcome", response={200: StateOut, **ANSWERS}, operation_id="welcome")
def welcome(request: HttpRequest, body: WelcomeIn) -> StateOut:
    """Follow a link: set the password and sign in with it. The first administrator's link also takes a user name and a
    name to show. Where the account has a second factor, that is asked for next (``auth/session``)."""
    limits.take(limits.address(request), "welcome")
    with told(request):
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
    with told(request):
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
    with told(request):
        used = onetime.use(body.code, Purpose.OWN_PAGE)
    limits.give_back(limits.address(request), "own_code")
    _begin(request, sessions.SUBJECT, used.target)
    return state(request)


@router.post("/session/device/challenge", response={200: ChallengeOut, **ANSWERS}, operation_id="challenge_device")
def challenge(request: HttpRequest, body: DeviceIdIn) -> ChallengeOut:
    """What the device is to sign, within two minutes."""
    limits.take(limits.address(request), "device")
    return ChallengeOut(challenge=devices.challenge(body.device))


@router.post("/session/device", response={200: StateOut, **ANSWERS, 410: Problem}, operation_id="sign_in_device")
def sign_in_device(request: HttpRequest, body: SignatureIn) -> StateOut:
    """Sign a device in: ECDSA on P-256 with SHA-256 over the challenge, r and s as base64url."""
    limits.take(limits.address(request), "device")
    with told(request):
        device = devices.check(body.device, body.challenge, body.signature)
    _begin(request, sessions.DEVICE, device.id)
    return state(request)


@router.post("/devices/enrol", response={200: EnrolledOut, **ANSWERS}, operation_id="enrol_device")
def enrol(request: HttpRequest, body: EnrolIn) -> EnrolledOut:
    """Give a device its key, by the code that its administrator was shown."""
    limits.take(limits.address(request), "enrol")
    with told(request):
        device = devices.enrol(body.code, body.public_key.x, body.public_key.y)
    limits.give_back(limits.address(request), "enrol")
    return EnrolledOut(device=device.id)


def _begin(request: HttpRequest, what: str, id: UUID | None) -> None:
    """A session of its own, whoever was signed in before."""
    request.session.flush()
    request.session[what] = str(id)
    signin.renew(request)
