"""Kiosks and field phones: enrolled once, signed in by signature, for one post and shift, revocable."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from lianfang.accounts import devices, signin
from lianfang.accounts.models import Device, OneTime, Session
from lianfang.accounts.policies import span
from lianfang.app.database import Database
from tests.accounts.conftest import Clock
from tests.accounts.people import Browser, appointed, first_administrator

KIOSK = {"title": "北门卡口一号", "role": "checkpoint_staff", "area": "530102", "post": "north-gate-1"}


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Kiosk(Browser):
    """A device with a key of its own, as a browser's WebCrypto has it."""

    def __init__(self) -> None:
        super().__init__("10.0.0.5")
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = ""

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        x, y = (base64url(n.to_bytes(32)) for n in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "ext": True}  # type: ignore[dict-item]  # as WebCrypto exports it

    def enrol(self, code: str) -> Any:
        answer = self.ask("POST", "devices/enrol", {"code": code, "public_key": self.jwk})
        self.id = answer.json().get("device", "")
        return answer

    def challenge(self) -> str:
        return str(self.ask("POST", "session/device/challenge", {"device": self.id}).json()["challenge"])

    def sign(self, challenge: str) -> dict[str, str]:
        r, s = decode_dss_signature(self.key.sign(challenge.encode(), ec.ECDSA(hashes.SHA256())))
        return {"device": self.id, "challenge": challenge, "signature": base64url(r.to_bytes(32) + s.to_bytes(32))}

    def sign_in(self) -> Any:
        return self.ask("POST", "session/device", self.sign(self.challenge()))


def enrolled(admin: Browser, **changes: Any) -> Kiosk:
    kiosk = Kiosk()
    made = admin.ask("POST", "devices", {**KIOSK, **changes})
    assert made.status_code == 200, made.content
    assert kiosk.enrol(made.json()["code"]).status_code == 200
    return kiosk


def test_bar_31_a_kiosk_signs_in_with_its_key_instead_of_a_second_factor(database: Database) -> None:
    admin = first_administrator()
    made = admin.ask("POST", "devices", KIOSK).json()
    assert made["url"] == f"http://localhost/field/#enrol={made['code']}"
    assert made["qr_svg"].lstrip().startswith("<?xml") and "<path" in made["qr_svg"]
    kiosk = Kiosk()
    kiosk.enrol(made["code"].lower())
    state = kiosk.sign_in().json()
    assert state["role"] == "checkpoint_staff" and state["area"] == "530102"
    assert state["device"] == kiosk.id == made["device"] and state["account"] is None
    assert kiosk.state()["signed_in_as"] == KIOSK["title"]
    viewer = signin.viewer_of(Session.objects.select_related("device").get(device__isnull=False))
    assert (viewer.author, viewer.device, viewer.post) == (kiosk.id, kiosk.id, "north-gate-1")
    assert kiosk.ask("GET", "accounts").status_code == 403


def test_an_enrolment_code_works_once_and_for_its_time(database: Database, clock: Clock) -> None:
    admin = first_administrator()
    code = admin.ask("POST", "devices", KIOSK).json()["code"]
    assert Kiosk().enrol(code).status_code == 200
    again = Kiosk()
    assert again.enrol(code).status_code == 400
    late = admin.ask("POST", "devices", KIOSK).json()["code"]
    clock.now += span("one_time", "enrol")
    assert again.enrol(late).status_code == 400
    assert Device.objects.filter(public_key__isnull=False).count() == 1


def test_a_replayed_signature_and_a_replayed_challenge_are_refused(database: Database) -> None:
    kiosk = enrolled(first_administrator())
    sent = kiosk.sign(kiosk.challenge())
    assert kiosk.ask("POST", "session/device", sent).status_code == 200
    other = Browser("10.0.0.6")
    assert other.ask("POST", "session/device", sent).status_code == 403
    assert other.ask("POST", "session/device", kiosk.sign(sent["challenge"])).status_code == 403
    assert other.state()["role"] == "public"


def test_a_challenge_is_used_up_by_a_wrong_signature(database: Database) -> None:
    kiosk = enrolled(first_administrator())
    challenge = kiosk.challenge()
    wrong = {**kiosk.sign("another"), "challenge": challenge}
    assert kiosk.ask("POST", "session/device", wrong).status_code == 403
    assert kiosk.ask("POST", "session/device", kiosk.sign(challenge)).status_code == 403


def test_a_challenge_is_for_one_device_and_two_minutes(database: Database, clock: Clock) -> None:
    admin = first_administrator()
    one, two = enrolled(admin), enrolled(admin)
    assert two.ask("POST", "session/device", two.sign(one.challenge())).status_code == 403
    challenge = one.challenge()
    clock.pass_(minutes=2)
    assert one.ask("POST", "session/device", one.sign(challenge)).status_code == 403


def test_no_device_tells_whether_it_exists(database: Database) -> None:
    kiosk, nobody = enrolled(first_administrator()), Kiosk()
    nobody.id = str(uuid4())
    wrong = {**kiosk.sign("another"), "challenge": kiosk.challenge()}
    told = [nobody.sign_in(), kiosk.ask("POST", "session/device", wrong)]
    assert [answer.status_code for answer in told] == [403, 403]
    assert told[0].json()["detail"] == told[1].json()["detail"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"x": base64url(b"\1" * 32)},
        {"x": "***"},
        {"y": ""},
        {"x": 7},
        {"d": "c2VjcmV0"},
    ],
)
def test_a_key_that_is_no_point_of_the_curve_is_refused_and_the_code_kept(
    database: Database, spoilt: dict[str, Any]
) -> None:
    code = first_administrator().ask("POST", "devices", KIOSK).json()["code"]
    kiosk = Kiosk()
    key = {**kiosk.jwk, **spoilt} if spoilt else {}
    answer = kiosk.ask("POST", "devices/enrol", {"code": code, "public_key": key})
    assert answer.status_code == 422 and "public_key" in answer.json()["errors"][0]["loc"]
    assert kiosk.enrol(code).status_code == 200


def test_a_revoked_device_is_out_at_once(database: Database) -> None:
    admin = first_administrator()
    kiosk = enrolled(admin)
    kiosk.sign_in()
    assert kiosk.state()["role"] == "checkpoint_staff"
    assert admin.ask("POST", f"devices/{kiosk.id}/revoke").json()["state"] == "revoked"
    assert kiosk.state()["role"] == "public"
    # Only who has the key learns of it: the phone then destroys what lies on it.
    assert kiosk.sign_in().status_code == 410
    stranger = Kiosk()
    stranger.id = kiosk.id
    assert stranger.sign_in().status_code == 403
    waiting = admin.ask("POST", "devices", KIOSK).json()
    admin.ask("POST", f"devices/{waiting['device']}/revoke")
    assert Kiosk().enrol(waiting["code"]).status_code == 400


def test_a_device_is_for_its_shift_by_the_servers_clock(database: Database, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # 19:00 in China
    kiosk = enrolled(first_administrator(), shift_from="20:00", shift_to="06:00")
    refused = kiosk.sign_in()
    assert refused.status_code == 403 and "20:00–06:00" in refused.json()["detail"]
    clock.pass_(hours=1)
    assert kiosk.sign_in().status_code == 200
    for _ in range(9):
        clock.pass_(hours=1)
        assert kiosk.state()["role"] == "checkpoint_staff"
    clock.pass_(hours=1)
    assert kiosk.state()["role"] == "public"
    assert kiosk.sign_in().status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "administrator"}, "role"),
        ({"role": "epidemiologist"}, "role"),
        ({"area": "440000"}, "area"),
        ({"area": "599999"}, "area"),
        ({"post": "张三的卡口"}, "post"),
        ({"title": " "}, "title"),
        ({"shift_from": "08:00"}, "shift_to"),
        ({"shift_from": "08:00", "shift_to": "08:00"}, "shift_to"),
    ],
)
def test_what_a_device_may_not_be(database: Database, changes: dict[str, str], field: str) -> None:
    admin = appointed(first_administrator(), "yunnan", "administrator", "530000")
    answer = admin.ask("POST", "devices", {**KIOSK, **changes})
    assert answer.status_code == 422 and answer.json()["errors"][0]["loc"][-1] == field
    assert not Device.objects.exists() and not OneTime.objects.filter(purpose="enrol").exists()


def test_a_wall_reads_sums_signs_in_anew_by_its_key_and_ends_on_its_day(database: Database, clock: Clock) -> None:
    admin = first_administrator()
    last = clock.now + timedelta(days=30)
    wall = enrolled(admin, role="wall", area="530100", post="hall-1", until=last.isoformat())
    assert wall.sign_in().json()["role"] == "wall"
    for _ in range(3):
        clock.pass_(hours=20)
        assert wall.state()["role"] == "public", "no session lasts as long as the grant"
        assert wall.sign_in().status_code == 200
    assert wall.ask("GET", "indicators").status_code == 200
    for method, path in (("GET", "accounts"), ("GET", "warning/signals"), ("POST", "facts")):
        assert wall.ask(method, path, None if method == "GET" else []).status_code == 403, path
    clock.now = last
    assert wall.state()["role"] == "public"
    refused = wall.sign_in()
    assert refused.status_code == 403 and "has ended" in refused.json()["detail"]
    assert devices.state(Device.objects.get()) == "ended"


@pytest.mark.parametrize("days", [None, -1, 93])
def test_a_wall_without_an_end_that_is_near_is_not_made(database: Database, clock: Clock, days: int | None) -> None:
    until = {"until": (clock.now + timedelta(days=days)).isoformat()} if days else {}
    answer = first_administrator().ask("POST", "devices", {**KIOSK, "role": "wall", **until})
    assert answer.status_code == 422 and answer.json()["errors"][0]["loc"][-1] == "until"


def test_a_device_is_managed_within_ones_area_only(database: Database) -> None:
    first = first_administrator()
    kiosk = enrolled(first)
    other = appointed(first, "guangdong", "administrator", "440000")
    assert other.ask("GET", "devices").json() == []
    told = [other.ask("POST", f"devices/{id}/revoke") for id in (kiosk.id, uuid4())]
    assert [answer.status_code for answer in told] == [404, 404]
    assert told[0].json()["detail"] == told[1].json()["detail"]
    assert kiosk.sign_in().status_code == 200
