"""Devices: made by an administrator, enrolled by a code that works once, signed in by a signature over a challenge.

A device's key is P-256 and never leaves it. Nothing depends on the device's clock: challenges are the server's.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import Final, Literal
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.db import transaction

from lianfang.access.matrix import require
from lianfang.access.rows import in_range
from lianfang.access.security import log
from lianfang.access.viewer import Viewer
from lianfang.accounts import acts, clock, facts, onetime
from lianfang.accounts.models import Device, Session
from lianfang.accounts.onetime import Made, Purpose, Spent
from lianfang.accounts.policies import table
from lianfang.accounts.service import NotFound, NotValid, covers, inside, not_too_wide
from lianfang.accounts.signin import in_shift
from lianfang.accounts.words import Told
from lianfang.facts.log import Principal

MANAGE: Final = "devices.manage"
MOST_LISTED: Final = 1_000
LONGEST: Final = 64
COORDINATE_BYTES: Final = 32
_POST = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")


class Refused(Told):
    """A device is not let in; the message says why, as far as its holder may know."""


class Revoked(Told):
    """A device showed its own key, and the key is out of use: what lies on it is to be destroyed."""

    def __init__(self) -> None:
        super().__init__("此设备已被停用，请重新登记。", "This device was revoked: have it enrolled anew.")


def devices(viewer: Viewer) -> list[Device]:
    """The devices of the viewer's area and below, by title; at most 1,000."""
    require(viewer, MANAGE)
    return list(in_range(viewer, Device.objects.all()).order_by("title", "id")[:MOST_LISTED])


def state(device: Device) -> Literal["waiting", "enrolled", "revoked", "ended"]:
    """How far a device is, now."""
    if device.revoked_at:
        return "revoked"
    if device.until and device.until <= clock.now():
        return "ended"
    return "enrolled" if device.enrolled_at else "waiting"


def make(
    viewer: Viewer,
    *,
    title: str,
    role: str,
    area: str,
    post: str,
    shift_from: time | None,
    shift_to: time | None,
    until: datetime | None = None,
) -> tuple[Device, Made]:
    """A device that waits to be enrolled, and the code to do so. Raises NotValid."""
    require(viewer, MANAGE)
    if role not in table("devices")["roles"]:
        raise NotValid("role", "设备不能使用此角色。", "A device may not have this role.")
    if (shift_from is None) != (shift_to is None) or (shift_from is not None and shift_from == shift_to):
        raise NotValid(
            "shift_to", "班次须同时填写起止时间，且不相同。", "A shift has a beginning and another end, or neither."
        )
    made = Device(
        title=_text("title", title),
        role=role,
        area=not_too_wide(role, inside(viewer, area)),
        post=_post(post),
        shift_from=shift_from,
        shift_to=shift_to,
        until=_until(role, until),
        made_at=clock.now(),
        made_by=viewer.author,
    )
    with transaction.atomic():
        made.save(force_insert=True)
        code = onetime.make(Purpose.ENROL, made.id)
        acts.record(viewer.principal, facts.DeviceMade(role=role, post=made.post), made.id, made.area)
    log("device.made", viewer=viewer, made=made.id, given=role, over=made.area)
    return made, code


def revoke(viewer: Viewer, id: UUID) -> Device:
    """Takes a device's key out of use, with its sessions and its code. Raises NotFound."""
    require(viewer, MANAGE)
    found = Device.objects.filter(id=id).first()
    if found is None or not covers(viewer, found.area):
        raise NotFound
    with transaction.atomic():
        if Device.objects.filter(id=id, revoked_at=None).update(revoked_at=clock.now()):
            acts.record(viewer.principal, facts.DeviceRevoked(), found.id, found.area)
        Session.objects.filter(device=found).delete()
        onetime.withdraw(found.id)
    found.refresh_from_db(fields=["revoked_at"])
    log("device.revoked", viewer=viewer, revoked=found.id)
    return found


def enrol(code: str, x: str, y: str) -> Device:
    """Gives a device its key, once: a point on P-256, each coordinate as base64url. Raises Spent, NotValid."""
    point = _point(x, y)
    used = onetime.use(code, Purpose.ENROL)
    waiting = Device.objects.filter(id=used.target, revoked_at=None, public_key=None)
    if not waiting.update(public_key=point, enrolled_at=clock.now()):
        raise Spent
    found = Device.objects.get(id=used.target)
    log("device.enrolled", viewer=Principal(str(found.id), str(found.id)))
    return found


def challenge(id: UUID) -> str:
    """What a device is to sign. One that does not exist is given one too, which nothing will fit."""
    return onetime.make(Purpose.CHALLENGE, id).secret


def check(id: UUID, given: str, signature: str) -> Device:
    """The device whose key signed the challenge, which is used up either way. Raises Refused, Revoked.

    ``signature`` is ECDSA with SHA-256 over the challenge's characters in UTF-8: r and s, 32 bytes each, base64url.
    """
    who = Principal(str(id), str(id))
    try:
        used = onetime.use(given, Purpose.CHALLENGE)
    except Spent as error:
        log("device.sign_in", viewer=who, outcome="refused", reason="challenge")
        raise Refused(error.zh, error.en) from None
    found = Device.objects.filter(id=id).exclude(public_key=None).first()
    if used.target != id or found is None or not _signed(bytes(found.public_key or b""), given, signature):
        log("device.sign_in", viewer=who, outcome="refused", reason="key")
        raise Refused(
            "此设备未在此登记，请重新登记。",
            "This device is not known here: have it enrolled anew.",
        )
    if found.revoked_at:
        log("device.sign_in", viewer=who, outcome="refused", reason="revoked")
        raise Revoked
    if found.until and found.until <= clock.now():
        log("device.sign_in", viewer=who, outcome="refused", reason="ended")
        raise Refused(
            "此设备的授权已到期，请管理员重新登记。", "The grant of this device has ended: have it enrolled anew."
        )
    if not in_shift(found, clock.now()):
        log("device.sign_in", viewer=who, outcome="refused", reason="shift")
        hours = f"{found.shift_from:%H:%M}–{found.shift_to:%H:%M}"
        raise Refused(f"此设备仅限{hours}班次使用。", f"This device is for the shift {hours}.")
    log("device.sign_in", viewer=who)
    return found


def _signed(point: bytes, given: str, signature: str) -> bool:
    try:
        raw = _bytes(signature)
        if len(raw) != 2 * COORDINATE_BYTES:
            return False
        r, s = int.from_bytes(raw[:COORDINATE_BYTES]), int.from_bytes(raw[COORDINATE_BYTES:])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        key.verify(encode_dss_signature(r, s), given.encode(), ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def _point(x: str, y: str) -> bytes:
    """The point, uncompressed. Raises NotValid."""
    try:
        across, up = _bytes(x), _bytes(y)
        if len(across) != COORDINATE_BYTES or len(up) != COORDINATE_BYTES:
            raise ValueError
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(across), int.from_bytes(up), ec.SECP256R1())
        return numbers.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
    except ValueError:
        raise NotValid("public_key", "此公钥不在P-256曲线上。", "This is no point on P-256.") from None


def _bytes(text: str) -> bytes:
    """base64url without padding. Raises ValueError."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("no base64url") from error


def _post(code: str) -> str:
    """A post's code: it goes into facts, which hold no words."""
    if not _POST.match(code):
        raise NotValid(
            "post",
            "岗位代码须为1至64个字母、数字、点、连字符或下划线。",
            "The code of a post has 1 to 64 letters, digits, dots, hyphens and underscores.",
        )
    return code


def _until(role: str, until: datetime | None) -> datetime | None:
    """When what a device is given ends: of a wall, which no shift bounds, on a day that is near. Raises NotValid."""
    wall, now = table("devices")["wall"], clock.now()
    if until is not None and until <= now:
        raise NotValid("until", "结束时间已过。", "The end lies in the past.")
    if role != wall["role"]:
        return until
    most = wall["longest_days"]
    if until is None or until > now + timedelta(days=most):
        raise NotValid("until", f"大屏须写明结束日期，最长{most}天。", f"A wall ends on a day, within {most} days.")
    return until


def _text(field: str, text: str) -> str:
    found = " ".join(unicodedata.normalize("NFC", text).split())
    if not found or len(found) > LONGEST or not found.isprintable():
        raise NotValid(field, f"名称须为1至{LONGEST}个字符。", f"A title has 1 to {LONGEST} characters.")
    return found
