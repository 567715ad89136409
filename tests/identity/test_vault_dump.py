"""What lies on the disk: a dump of the database alone, or of the key store alone, tells nothing of anybody."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from lianfang.access.rows import seeing_all
from lianfang.app.database import Database
from lianfang.identity import queries, service, vault
from lianfang.identity.models import Subject
from lianfang.identity.refusals import NoPerson
from lianfang.sealing import current, master
from lianfang.sealing.current import keystore
from lianfang.sealing.keystore import WrongMasterKey
from tests.identity.people import NOW, WUHUA, enter, number, sent, viewer

NAME, PHONE, ADDRESS, TEXT = "卡纳丽·灯塔", "13877776666", "五华区金丝雀巷44号", "金丝雀说她周三去过市场"
PASSPORT = "KANARIE77"


def dump(database: Database) -> bytes:
    """Every row of every table, as the owner, as COPY writes it."""
    parts = []
    with psycopg.connect(database.owner_url) as owner:
        names = owner.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (name,) in names:
            for form in ("TEXT", "BINARY"):
                with owner.cursor().copy(f"COPY {name} TO STDOUT (FORMAT {form})") as copy:
                    parts += [name.encode(), *(bytes(part) for part in copy)]
    return b"".join(parts)


def canaries() -> list[bytes]:
    """What was planted, as it may lie somewhere: plain, in UTF-16, in hexadecimal."""
    texts = [NAME, NAME.split("·")[0], PHONE, number(), ADDRESS, TEXT, PASSPORT, "1990-01-01"]
    plain = [text.encode() for text in texts]
    return [*plain, *(text.encode("utf-16-le") for text in texts), *(one.hex().encode() for one in plain)]


def plant() -> object:
    """Somebody with all that the vault holds, looked at, amended, noted."""
    who, id = viewer(), uuid4()
    papers = [{"kind": "resident_id", "number": number()}, {"kind": "passport", "country": "MMR", "number": PASSPORT}]
    enter(sent(1, id=id, name=NAME, phones=[PHONE], address=ADDRESS, documents=papers))
    enter(sent(1, name=NAME, phones=[PHONE], kind="encounter", data_class="checkpoint", documents=papers))
    service.write(who, id, "note", TEXT, now=NOW)
    service.amend(who, id, {"address": ADDRESS + "二楼"}, "correction", now=NOW)
    queries.find(who, document=number(), purpose="contact_tracing", now=NOW)
    queries.card(who, id, purpose="contact_tracing", break_glass=f"{NAME}病情危急", now=NOW)
    return id


def test_bar_40_a_dump_alone_yields_no_canary(database: Database) -> None:
    plant()
    whole, keys = dump(database), _key_files()
    assert b"identity_subject" in whole and b"identity.shown" in whole
    for canary in canaries():
        assert canary not in whole, canary
        assert canary not in keys, canary
    store = keystore()
    with seeing_all():
        ids = list(Subject.objects.values_list("id", flat=True))
    for key in [*store.get(ids).values(), vault.index_key()]:
        assert key not in whole and key.hex().encode() not in whole and key not in keys


def _key_files() -> bytes:
    folder = Path(os.environ[current.KEYS_IN_USE]).parent
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_an_erased_key_leaves_yesterdays_dump_unreadable(database: Database) -> None:
    id = plant()
    with seeing_all():
        row = Subject.objects.get(id=id)
    assert vault.open_subjects([row]).opened[0].content.name == NAME
    keystore().erase([row.id], NOW)
    assert vault.open_subjects([row]) == ([], [])
    with pytest.raises(NoPerson):
        queries.card(viewer(), row.id, purpose="contact_tracing", now=NOW)
    assert queries.find(viewer(), phone=PHONE, purpose="contact_tracing", now=NOW).people == ()


def test_after_a_rotation_everything_opens_and_the_old_key_opens_nothing(database: Database) -> None:
    id = plant()
    file = Path(os.environ[current.MASTER_IN_USE])
    old = file.read_bytes()
    current.rotate()
    shown = queries.card(viewer(), id, purpose="contact_tracing", now=NOW)
    assert shown.shown["name"] == NAME and shown.texts[0].text == TEXT
    assert queries.find(viewer(), document=number(), purpose="contact_tracing", now=NOW).people
    service.check_store()
    new = file.read_bytes()
    current.forget()
    file.write_bytes(old)
    try:
        with pytest.raises(WrongMasterKey):
            queries.find(viewer(), document=number(), purpose="contact_tracing", now=NOW)
        with pytest.raises(WrongMasterKey):
            enter(sent(5))
    finally:
        current.forget()
        file.write_bytes(new)
    assert master.read(file) and queries.card(viewer(), id, purpose="contact_tracing", now=NOW)
    assert enter(sent(5)).entered == 1


def test_another_installations_key_store_is_refused(database: Database, tmp_path: Path) -> None:
    plant()
    service.check_store()
    used = (current.KEYS_IN_USE, current.MASTER_IN_USE, current.ERASURES_IN_USE)
    before = [Path(os.environ[variable]) for variable in used]
    try:
        current.use(tmp_path / "keys" / "keys.db", tmp_path / "master.key", tmp_path / "erasures.log")
        current.prepare()
        with pytest.raises(service.OtherStore):
            service.check_store()
    finally:
        current.use(*before)
    service.check_store()


def test_equal_values_of_two_people_have_equal_tags_and_nothing_else_in_common(database: Database) -> None:
    """So a dump shows who shares a phone, as a blind index must, and no other likeness of any two rows."""
    enter(sent(1, id=uuid4(), phones=[PHONE]), sent(2, id=uuid4(), phones=[PHONE]), sent(1, id=uuid4(), area=WUHUA))
    with seeing_all():
        sealed = [bytes(row.sealed) for row in Subject.objects.all()]
    assert len(set(sealed)) == len({one[:13] for one in sealed}) == 3
