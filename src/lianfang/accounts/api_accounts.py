"""Endpoints of accounts and appointments: what an administrator does, and who audits it. No decision is made here."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Status
from pydantic import AwareDatetime

from lianfang.accounts import acts, service
from lianfang.accounts.answers import ANSWERS, EndedOut, Short, page, told
from lianfang.accounts.models import Account, Act, Appointment
from lianfang.accounts.signed_in import HatOut, hat
from lianfang.facts.shape import Schema

router = Router(tags=["accounts"])


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
    with told(request):
        return _account(service.create(request.viewer, body.username, body.display_name, body.area))


@router.patch("/accounts/{uuid:id}", response={200: AccountOut, **ANSWERS}, operation_id="change_account")
def change_account(request: HttpRequest, id: UUID, body: AccountChangeIn) -> AccountOut:
    """Rename, disable or enable an account. Disabling ends its sessions."""
    with told(request):
        return _account(service.change(request.viewer, id, body.display_name, body.active))


@router.post("/accounts/{uuid:id}/link", response={200: LinkOut, **ANSWERS}, operation_id="link_account")
def link_account(request: HttpRequest, id: UUID, body: LinkIn) -> LinkOut:
    """A link by which its owner sets a password, to be handed over in person. With ``second_factor`` it also takes a
    lost second factor away."""
    with told(request):
        made = service.link(request.viewer, id, body.second_factor)
    return LinkOut(url=page(request, f"welcome={made.secret}"), expires=made.expires)


@router.post("/accounts/{uuid:id}/sign-out", response={200: EndedOut, **ANSWERS}, operation_id="sign_out_account")
def sign_out_account(request: HttpRequest, id: UUID) -> EndedOut:
    """End every session of an account."""
    with told(request):
        return EndedOut(ended=service.sign_out(request.viewer, id))


@router.post("/accounts/{uuid:id}/appointments", response={200: AppointmentOut, **ANSWERS}, operation_id="appoint")
def appoint(request: HttpRequest, id: UUID, body: AppointIn) -> AppointmentOut:
    """Give an account a role over a division of one's own."""
    with told(request):
        return _appointment(service.appoint(request.viewer, id, body.role, body.area, body.until))


@router.delete("/appointments/{uuid:id}", response={204: None, **ANSWERS}, operation_id="end_appointment")
def end_appointment(request: HttpRequest, id: UUID) -> Status[None]:
    """End an appointment now."""
    with told(request):
        service.end_appointment(request.viewer, id)
    return Status(204, None)


def _act(one: Act, names: dict[str, str]) -> ActOut:
    return ActOut(
        **hat(one.target, one.role, one.area, None).model_dump(exclude={"id", "until"}),
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
    return AppointmentOut(**hat(one.id, one.role, one.area, one.until).model_dump(), since=one.since, by=one.by)
