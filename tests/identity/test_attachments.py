"""Photographs in the vault: what is taken, sealed, shown on record, sent again, and erased."""

from __future__ import annotations

import struct
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.identity import attachments, erasure, report, retention, vault
from lianfang.identity.attachments_content import NoPicture, read
from lianfang.identity.facts import Shown
from lianfang.identity.models import Attachment
from lianfang.sealing.current import keystore
from tests.access.made import FOREIGN, OWN, signed_in, viewer
from tests.identity.life import NOON, held, person
from tests.identity.photographs import EXIF, chunk, jpeg, png, riff, segment, webp

INSPECTOR = viewer("inspector", author="inspector")
STRANGER = viewer("inspector", FOREIGN, author="stranger")
STAFF = viewer("checkpoint_staff", author="staff")
WORKER = viewer("grid_worker", author="worker")
OTHER_WORKER = viewer("grid_worker", author="other-worker")
GATE = UUID(int=7)
ICC = b"ICC_PROFILE\0\x01\x01" + bytes(36) + b"acsp"


class Desk:
    """Requests of photographs."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})

    def add(self, content: bytes, who: Viewer = INSPECTOR, *, id: UUID | None = None, **query: Any) -> Any:
        asked = {"about": GATE, "area": OWN, "data_class": "checkpoint", **query}
        address = f"/api/v1/attachments/{id or uuid4()}?" + "&".join(f"{k}={v}" for k, v in asked.items())
        with signed_in(who):
            return self.client.post(address, content, content_type="image/png")

    def kept(self, content: bytes, who: Viewer = INSPECTOR, **query: Any) -> UUID:
        answer = self.add(content, who, **query)
        assert answer.status_code == 200, answer.content
        return UUID(answer.json()["id"])

    def reasons(self, content: bytes, who: Viewer = INSPECTOR, **query: Any) -> list[str]:
        answer = self.add(content, who, **query)
        assert answer.status_code == 422, answer.content
        return [one["reason"] for one in answer.json()["errors"]]

    def get(self, id: UUID, who: Viewer = INSPECTOR, purpose: str = "oversight") -> Any:
        with signed_in(who):
            return self.client.get(f"/api/v1/attachments/{id}", {"purpose": purpose})

    def listed(self, who: Viewer = INSPECTOR) -> list[str]:
        with signed_in(who):
            return [one["id"] for one in self.client.get("/api/v1/attachments", {"about": str(GATE)}).json()]

    def remove(self, id: UUID, who: Viewer = INSPECTOR) -> int:
        with signed_in(who):
            return int(self.client.delete(f"/api/v1/attachments/{id}").status_code)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk()


def rows() -> set[UUID]:
    with seeing_all():
        return set(Attachment.objects.values_list("id", flat=True))


def looks_now() -> list[Shown]:
    return [entry.fact.data for entry in log.read(kinds=[Shown.kind]) if isinstance(entry.fact.data, Shown)]


@pytest.mark.parametrize("content", [jpeg(), png(), webp()], ids=["jpeg", "png", "webp"])
def test_a_photograph_comes_back_as_it_was_sent_and_the_look_is_on_record(desk: Desk, content: bytes) -> None:
    id = desk.kept(content)
    answer = desk.get(id)
    assert (answer.status_code, answer.content) == (200, content)
    assert answer["Content-Type"] == read(content).media_type and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"
    (look,) = looks_now()
    assert (look.fields, look.purpose, look.role, look.act) == (("photograph",), "oversight", "inspector", "display")
    assert desk.listed() == [str(id)]


def test_it_is_sealed_at_rest_and_the_record_has_nothing_of_it(desk: Desk, database: Database) -> None:
    before = log.head()
    id = desk.kept(png(shade=77))
    assert log.head() == before
    with psycopg.connect(database.owner_url) as owner:
        ((sealed,),) = owner.execute("SELECT sealed FROM identity_attachment").fetchall()
    assert b"IDAT" not in sealed and png(shade=77)[8:40] not in sealed
    with seeing_all():
        Attachment.objects.update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    answer = desk.get(id)
    assert answer.status_code == 409 and "altered" in answer.json()["detail"]
    assert looks_now() == []


def test_sent_again_it_is_one_and_another_under_its_id_is_refused(desk: Desk) -> None:
    id = uuid4()
    first = desk.add(png(), id=id)
    assert desk.add(png(), id=id).json() == first.json() and rows() == {id}
    for other in (desk.add(png(shade=9), id=id), desk.add(png(), STAFF, id=id), desk.add(png(), id=id, about=uuid4())):
        assert other.status_code == 409
    assert desk.add(png(), STRANGER, id=id, area=FOREIGN).status_code == 409
    assert desk.get(id).content == png()


def test_missing_foreign_and_anothers_are_answered_alike(desk: Desk) -> None:
    here, door = desk.kept(png()), desk.kept(png(), WORKER, data_class="screening")
    told = {
        desk.get(id, who, purpose).content
        for id, who, purpose in (
            (uuid4(), INSPECTOR, "oversight"), (here, STRANGER, "oversight"), (door, OTHER_WORKER, "screening"),
            (door, STAFF, "screening"), (here, WORKER, "screening"),
        )
    }  # fmt: skip
    assert len(told) == 1 and b'"status":404' in told.pop().replace(b" ", b"")
    assert looks_now() == [] and desk.listed(STRANGER) == []
    assert desk.get(door, WORKER, "screening").status_code == 200
    assert desk.get(here, STAFF, "screening").status_code == 200


def test_a_purpose_must_be_ones_own(desk: Desk) -> None:
    id = desk.kept(png())
    assert desk.get(id, purpose="treatment").status_code == 403 and looks_now() == []


def test_only_over_ones_divisions_and_for_ones_classes(desk: Desk) -> None:
    assert desk.add(png(), area=FOREIGN).status_code == 403
    assert desk.reasons(png(), area=f"{OWN}x") == ["unknown_area"]
    assert desk.reasons(png(), data_class="case") == ["unknown_class"]
    assert desk.reasons(png(), STAFF, data_class="screening") == ["unknown_class"]
    assert desk.add(png(), viewer("clinic_doctor")).status_code == 403
    assert rows() == set()


def test_the_database_shows_no_row_of_another_division(desk: Desk) -> None:
    id = desk.kept(png())
    with seeing(STRANGER, attachments.SEE):
        assert not Attachment.objects.exists()
    with seeing(INSPECTOR, attachments.SEE):
        assert Attachment.objects.get().id == id
    assert not Attachment.objects.exists()


EXIF_WEBP = riff(b"EXIF", EXIF[6:])
HOSTILE = {
    "exif in a jpeg": (jpeg(16, 8, segment(0xE1, EXIF)), "metadata"),
    "xmp in a jpeg": (jpeg(16, 8, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")), "metadata"),
    "comment in a jpeg": (jpeg(16, 8, segment(0xFE, "张三家门口".encode())), "metadata"),
    "photoshop's block": (jpeg(16, 8, segment(0xED, b"Photoshop 3.0\0")), "metadata"),
    "a thumbnail": (jpeg(16, 8, segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc")), "metadata"),
    "no profile": (jpeg(16, 8, segment(0xE2, b"ICC_PROFILE\0\x01\x01" + b"x" * 80)), "metadata"),
    "a profile too long": (jpeg(16, 8, segment(0xE2, ICC + bytes(5_000))), "metadata"),
    "a second file behind": (jpeg() + b"PK\x03\x04", "metadata"),
    "exif in a png": (png(4, 3, chunk(b"eXIf", EXIF[6:])), "metadata"),
    "text in a png": (png(4, 3, chunk(b"tEXt", b"Comment\0home")), "metadata"),
    "text in a size": (png(4, 3, chunk(b"pHYs", b"home of somebody")), "metadata"),
    "behind a png": (png() + b"<script>", "metadata"),
    "exif in a webp": (webp(20, 10, EXIF_WEBP), "metadata"),
    "behind a webp": (webp() + b"..", "metadata"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_picture"),
    "gif": (b"GIF89a" + bytes(40), "not_a_picture"),
    "a list": (b"PK\x03\x04" + bytes(40), "not_a_picture"),
    "a jpeg's head alone": (jpeg()[:20], "not_a_picture"),
    "a scan without end": (jpeg()[:-2], "not_a_picture"),
    "a wrong check sum": (png()[:-20] + b"\0" + png()[-19:], "not_a_picture"),
    "no pixels": (png(0, 3), "not_a_picture"),
    "a bomb": (png(4, 3).replace(struct.pack(">II", 4, 3), struct.pack(">II", 60_000, 60_000)), "not_a_picture"),
    "too wide": (jpeg(5_000, 8), "too_wide"),
    "too large": (jpeg(16, 8, segment(0xDB, bytes(60_000)) * 17), "too_large"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_more_than_a_picture_or_none_is_refused(desk: Desk, what: str) -> None:
    content, reason = HOSTILE[what]
    assert desk.reasons(content) == [reason]
    assert rows() == set()


def test_what_is_too_long_or_of_another_type_is_not_even_read(desk: Desk) -> None:
    assert desk.add(bytes(2**20 + 1)).status_code == 413
    with signed_in(INSPECTOR):
        answer = desk.client.post(f"/api/v1/attachments/{uuid4()}", "x", content_type="image/gif")
    assert answer.status_code == 415
    assert desk.reasons(b"") == ["not_a_picture"]


def test_a_profile_of_colours_is_taken(desk: Desk) -> None:
    desk.kept(jpeg(16, 8, segment(0xE2, ICC + bytes(400))))


@given(st.sampled_from([jpeg(), png(), webp(), jpeg(16, 8, segment(0xE2, ICC))]), st.data())
def test_cut_or_changed_anywhere_it_is_a_picture_or_refused(content: bytes, data: st.DataObject) -> None:
    """Never another error, and never more than it was."""
    cut = content[: data.draw(st.integers(0, len(content)))]
    at = data.draw(st.integers(0, len(content) - 1))
    changed = content[:at] + bytes([data.draw(st.integers(0, 255))]) + content[at + 1 :]
    for hostile in (cut, changed, content + data.draw(st.binary(min_size=1, max_size=9))):
        try:
            read(hostile)
        except NoPicture as error:
            assert error.reason in ("not_a_picture", "metadata")
        else:
            assert len(hostile) == len(content)


def test_nobody_can_name_the_key_of_another(desk: Desk) -> None:
    """A photograph under the id of a person has a key of its own: the person stays when it goes."""
    somebody = person(area=OWN)
    desk.kept(png(), id=somebody)
    assert keystore().get([somebody]) != keystore().get([vault.attachment_key(somebody)])
    assert desk.remove(somebody) == 204
    assert held() == {somebody} and keystore().get([somebody])


def test_it_goes_with_its_class_of_data(desk: Desk) -> None:
    id = uuid4()
    due = attachments.add(INSPECTOR, id, png(), about=GATE, area=OWN, data_class="checkpoint", now=NOON)
    assert due == date(2020, 2, 27)
    nights = [NOON + timedelta(days=days) for days in range(0, 31, 2)]
    for at in nights[:-1]:
        retention.retain(at)
    assert rows() == {id} and keystore().get([vault.attachment_key(id)])
    assert retention.retain(nights[-1]).attachments == 1
    assert rows() == set() and not keystore().get([vault.attachment_key(id)])
    assert desk.get(id).status_code == 404 and erasure.replay(NOON) == (0, 0)
    assert desk.add(png(), id=id).status_code == 409, "what was erased comes back"


def test_who_took_it_and_the_duty_officer_erase_it_at_once(desk: Desk) -> None:
    first, second = desk.kept(png()), desk.kept(png())
    assert [desk.remove(first, who) for who in (STRANGER, STAFF, INSPECTOR, INSPECTOR)] == [404, 404, 204, 404]
    assert desk.remove(second, viewer("county_duty_officer")) == 204 and rows() == set()


def test_an_older_copy_of_the_database_brings_none_back(desk: Desk) -> None:
    id = desk.kept(png())
    with seeing_all():
        copy = Attachment.objects.get(id=id)
    desk.remove(id)
    with seeing_all():
        copy.save(force_insert=True)
    somebody = person(area=OWN)
    keystore().erase([uuid4()], NOON)  # the database has followed fewer erasures than there were
    erasure.replay(NOON)
    assert rows() == set() and held() == {somebody}


def test_the_report_of_looks_has_a_name_for_it(desk: Desk) -> None:
    desk.get(desk.kept(png()))
    auditor = viewer("auditor")
    assert [one.fields for one in report.recent(auditor).looks] == [("photograph",)]
    with signed_in(auditor):
        (told,) = desk.client.get("/api/v1/looks").json()["looks"]
    assert told["fields"] == [{"id": "photograph", "zh": "现场照片", "en": "a photograph of a place"}]
