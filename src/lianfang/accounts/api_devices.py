"""Endpoints of devices, for who administers them. No decision is made here."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from typing import Literal
from uuid import UUID

import qrcode
from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime
from qrcode.image.svg import SvgPathImage

from lianfang.accounts import devices
from lianfang.accounts.answers import ANSWERS, Short, page, told
from lianfang.accounts.models import Device
from lianfang.accounts.policies import table
from lianfang.facts.shape import Schema

router = Router(tags=["accounts"])


class DeviceOut(Schema):
    id: UUID
    title: str
    role: str
    area: str
    post: str
    shift_from: time | None
    shift_to: time | None
    until: AwareDatetime | None
    state: Literal["waiting", "enrolled", "revoked", "ended"]
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
    until: AwareDatetime | None = None


class CodeOut(Schema):
    """Shown once: the code, the address that holds it, and that address as a picture to be photographed."""

    device: UUID
    code: str
    url: str
    qr_svg: str
    expires: AwareDatetime


@router.get("/devices", response={200: list[DeviceOut], **ANSWERS}, operation_id="devices")
def list_devices(request: HttpRequest) -> list[DeviceOut]:
    """The devices of one's area and below."""
    return [_device(device) for device in devices.devices(request.viewer)]


@router.post("/devices", response={200: CodeOut, **ANSWERS}, operation_id="make_device")
def make_device(request: HttpRequest, body: DeviceIn) -> CodeOut:
    """Make a device for a post and a shift, and show the code that enrols it, once."""
    with told(request):
        device, made = devices.make(request.viewer, **body.model_dump())
    if device.role in table("devices")["in_the_field"]:
        trust = f"&trust={settings.TRUST}" if settings.TRUST else ""
        url = page(request, f"enrol={made.secret}{trust}", "field/")
    else:
        url = page(request, f"enrol={made.secret}")
    return CodeOut(device=device.id, code=made.secret, url=url, qr_svg=_picture(url), expires=made.expires)


@router.post("/devices/{uuid:id}/revoke", response={200: DeviceOut, **ANSWERS}, operation_id="revoke_device")
def revoke_device(request: HttpRequest, id: UUID) -> DeviceOut:
    """Take a device's key out of use. Its sessions end."""
    with told(request):
        return _device(devices.revoke(request.viewer, id))


def _device(device: Device) -> DeviceOut:
    fields = DeviceOut.model_fields.keys() - {"state"}
    return DeviceOut(state=devices.state(device), **{name: getattr(device, name) for name in fields})


def _picture(url: str) -> str:
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode()
