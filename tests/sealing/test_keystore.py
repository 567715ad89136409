"""The key store: keys come back until they are erased, and then never, from no file of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from lianfang.sealing import keystore, ledger
from lianfang.sealing.box import Unreadable
from lianfang.sealing.keystore import Erased, KeyStore, KeyStoreError, NoKeyStore, WrongMasterKey

NOW = datetime(2020, 2, 4, 12, tzinfo=UTC)
MASTER, OTHER = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keys.db"


@pytest.fixture
def store(path: Path) -> KeyStore:
    return KeyStore.open(path, MASTER, beside(path), make=True)


def beside(path: Path) -> Path:
    """The ledger of a store, outside of its folder."""
    return path.parent.with_name("erasures.log")


def wrapped(store: KeyStore) -> dict[UUID, bytes]:
    """The bytes that lie in the file for each id."""
    with sqlite3.connect(store.path) as db:
        rows = db.execute("SELECT id, wrapped FROM id JOIN slot USING (slot)").fetchall()
    return {UUID(bytes=id): bytes(key) for id, key in rows}


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_keys_come_back(path: Path, store: KeyStore) -> None:
    ids = [uuid4() for _ in range(2_500)]
    made = store.make([*ids, ids[0]])
    assert list(made) == ids and len(set(made.values())) == len(ids) == store.count()
    assert store.make(ids) == store.get(ids) == made
    assert store.get([uuid4()]) == {}
    store.close()
    again = KeyStore.open(path, MASTER, beside(path))
    assert again.get(ids) == made and again.named("index") == again.named("index") != again.named("accounts")


def test_no_key_lies_open_and_nobody_else_reads_the_files(path: Path, store: KeyStore) -> None:
    keys = store.make([uuid4() for _ in range(50)])
    held = on_disk(path.parent)
    assert not any(key in held for key in [*keys.values(), store.named("index"), MASTER])
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in path.parent.iterdir())


def test_bar_40_an_erased_key_is_gone_from_every_file(path: Path, store: KeyStore) -> None:
    """Of ten thousand keys, a third is erased here and there; none of their bytes is left, and all others are."""
    ids = [uuid4() for _ in range(10_000)]
    for start in range(0, len(ids), 500):
        store.make(ids[start : start + 500])
    before, gone = wrapped(store), ids[::3]
    assert all(before[id] in on_disk(path.parent) for id in gone[:20])
    for start in range(0, len(gone), 97):
        store.erase(gone[start : start + 97], NOW)
        store.make([uuid4()])
    held = on_disk(path.parent)
    # In pieces, so that a row that was moved or partly written over is found as well.
    pieces = {before[id][at : at + 8] for id in gone for at in (13, 29, 45)}
    assert not any(held[at : at + 8] in pieces for at in range(len(held) - 7))
    assert set(wrapped(store)) > set(ids) - set(gone)
    assert store.get(ids) == {id: key for id, key in store.get(set(ids) - set(gone)).items()}


def test_erased_keys_never_come_back(path: Path, store: KeyStore) -> None:
    kept, gone, never = uuid4(), uuid4(), uuid4()
    keys = store.make([kept, gone])
    store.erase([gone, never], NOW)
    store.erase([gone], NOW)
    for id in (gone, never):
        with pytest.raises(Erased) as refused:
            store.make([id, uuid4()])
        assert refused.value.ids == {id}
    assert store.get([kept, gone]) == {kept: keys[kept]}
    assert store.erased([kept, gone, never]) == {gone, never} and store.erasures() == 2
    assert store.count() == 1, "a batch that is refused makes no key"
    store.close()
    assert KeyStore.open(path, MASTER, beside(path)).erased([kept, gone]) == {gone}


def test_a_restored_copy_learns_from_the_ledger_what_was_erased(path: Path, store: KeyStore, tmp_path: Path) -> None:
    ids = [uuid4() for _ in range(20)]
    keys = store.make(ids)
    store.close()
    copy = shutil.copy(path, tmp_path / "yesterday.db")
    store = KeyStore.open(path, MASTER, beside(path))
    store.erase(ids[:5], NOW)
    store.close()
    shutil.rmtree(path.parent)
    path.parent.mkdir(mode=0o700)
    shutil.copy(copy, path)
    restored = KeyStore.open(path, MASTER, beside(path))
    assert restored.get(ids) == {id: keys[id] for id in ids[5:]}
    assert restored.erased(ids) == set(ids[:5]) and restored.erasures() == 5
    with pytest.raises(Erased):
        restored.make(ids[:1])


def test_a_ledger_that_was_lost_is_written_anew(path: Path, store: KeyStore) -> None:
    id = uuid4()
    store.make([id])
    store.erase([id], NOW)
    before = store.ledger.read_bytes()
    store.close()
    beside(path).unlink()
    again = KeyStore.open(path, MASTER, beside(path))
    assert again.ledger.read_bytes() == before and again.erasures() == 1


def test_the_ledger_links_nothing(path: Path, store: KeyStore) -> None:
    ids = [uuid4() for _ in range(30)]
    store.make(ids)
    store.erase(ids, NOW)
    text = store.ledger.read_text()
    assert not any(str(id) in text or id.hex in text for id in ids)
    assert text.splitlines() == sorted(text.splitlines()) and text.count("2020-02-04") == 30 and "12:" not in text


def test_a_ledger_whose_last_write_was_cut_goes_on(store: KeyStore) -> None:
    first, second = uuid4(), uuid4()
    store.erase([first], NOW)
    with store.ledger.open("ab") as file:
        file.write(b"2020-02-04 00ff")
    store.erase([second], NOW)
    assert len(ledger.read(store.ledger)) == 2
    whole = store.ledger.read_bytes()
    store.ledger.write_bytes(whole.replace(b"2020-02-04 ", b"2020-99-04 ", 1))
    with pytest.raises(ledger.LedgerDamaged, match="line 1"):
        ledger.read(store.ledger)


def test_another_master_key_opens_nothing_and_changes_nothing(path: Path, store: KeyStore) -> None:
    ids = [uuid4()]
    keys = store.make(ids)
    store.close()
    before = path.read_bytes()
    with pytest.raises(WrongMasterKey, match="put back the right one"):
        KeyStore.open(path, OTHER, beside(path))
    assert path.read_bytes() == before
    assert KeyStore.open(path, MASTER, beside(path)).get(ids) == keys


def test_a_store_that_is_missing_or_damaged_says_what_to_do(path: Path, store: KeyStore) -> None:
    store.close()
    with pytest.raises(NoKeyStore, match="put back"):
        KeyStore.open(path.with_name("none.db"), MASTER, beside(path))
    path.write_bytes(b"SQLite format 3\0" + os.urandom(4096))
    with pytest.raises(KeyStoreError, match="put back its last copy"):
        KeyStore.open(path, MASTER, beside(path))


def test_a_wrapped_key_that_was_altered_is_named(store: KeyStore) -> None:
    one, other = uuid4(), uuid4()
    store.make([one, other])
    with sqlite3.connect(store.path) as db:
        (slot,) = db.execute("SELECT slot FROM id WHERE id = ?", [one.bytes]).fetchone()
        (theirs,) = db.execute("SELECT slot FROM id WHERE id = ?", [other.bytes]).fetchone()
        db.execute("UPDATE slot SET wrapped = (SELECT wrapped FROM slot WHERE slot = ?) WHERE slot = ?", [theirs, slot])
    db.close()
    with pytest.raises(Unreadable, match=str(one)):
        store.get([one])
    assert store.get([other])
    assert store.rotate(OTHER) == 2, "one altered key keeps no other from being wrapped anew"
    assert store.get([other])
    with pytest.raises(Unreadable, match=str(one)):
        store.get([one])


def test_rotation_wraps_every_key_anew(path: Path, store: KeyStore) -> None:
    ids = [uuid4() for _ in range(300)]
    keys, index = store.make(ids), store.named("index")
    before = wrapped(store)
    store.erase(ids[:10], NOW)
    assert store.rotate(OTHER) == 290 + 2  # the ledger's and the index's keys as well
    assert store.get(ids) == {id: keys[id] for id in ids[10:]} and store.named("index") == index
    held = on_disk(path.parent)
    assert not any(key in held for key in before.values()), (
        "wrapped under the old key, they would open to whoever has it"
    )
    store.close()
    with pytest.raises(WrongMasterKey):
        KeyStore.open(path, MASTER, beside(path))
    again = KeyStore.open(path, OTHER, beside(path))
    assert again.get(ids) == {id: keys[id] for id in ids[10:]} and again.erased(ids) == set(ids[:10])


def test_a_process_with_the_old_master_key_is_told(path: Path, store: KeyStore) -> None:
    ids = [uuid4()]
    store.make(ids)
    other = KeyStore.open(path, MASTER, beside(path))
    store.rotate(OTHER)
    with pytest.raises(WrongMasterKey):
        other.get(ids)
    with pytest.raises(WrongMasterKey):
        other.named("made after")
    with pytest.raises(WrongMasterKey):
        other.make([uuid4()])
    with pytest.raises(WrongMasterKey):
        other.rotate(MASTER)


def test_threads_and_processes_make_one_key_an_id(path: Path, store: KeyStore) -> None:
    ids = [uuid4() for _ in range(200)]
    found: list[dict[UUID, bytes]] = []
    threads = [threading.Thread(target=lambda: found.append(store.make(ids))) for _ in range(6)]
    code = (
        "import sys; from pathlib import Path; from uuid import UUID; from lianfang.sealing.keystore import KeyStore\n"
        "store = KeyStore.open(Path(sys.argv[1]), bytes(range(32)), Path(sys.argv[2]))\n"
        "for id in sys.argv[3:]: print(id, store.make([UUID(id)])[UUID(id)].hex())"
    )
    command = [sys.executable, "-c", code, str(path), str(beside(path)), *map(str, ids)]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = store.get(ids)
    assert all(one == keys for one in found) and len(found) == 6
    for process in others:
        out, _ = process.communicate(timeout=60)
        assert dict(line.split() for line in out.splitlines()) == {str(id): key.hex() for id, key in keys.items()}


def test_an_erasure_empties_the_log_that_another_process_uses(path: Path, store: KeyStore) -> None:
    """The other process reads in between and has the file open all the time."""
    ids = [uuid4() for _ in range(100)]
    store.make(ids)
    before, other = wrapped(store), KeyStore.open(path, MASTER, beside(path))
    assert len(other.get(ids)) == 100
    store.erase(ids[:50], NOW)
    assert len(other.get(ids)) == 50 and other.erased(ids) == set(ids[:50])
    held = on_disk(path.parent)
    assert not any(before[id] in held for id in ids[:50])


def test_an_erasure_that_a_reader_holds_up_says_so_and_is_finished_by_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keystore, "BUSY_SECONDS", 0.2)
    store = KeyStore.open(path, MASTER, beside(path), make=True)
    one, two = uuid4(), uuid4()
    store.make([one, two])
    before = wrapped(store)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM slot").fetchone()
    with pytest.raises(KeyStoreError, match="still in its log"):
        store.erase([one], NOW)
    assert store.get([one]) == {} and store.erased([one]) == {one}
    reader.close()
    store.erase([one], NOW)
    held = on_disk(path.parent)
    assert before[one] not in held and before[two] in held


def test_an_erasure_that_a_power_cut_ended_is_finished_at_the_next_start(
    path: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger had it already: whatever was promised is kept."""
    id = uuid4()
    store.make([id])
    before = wrapped(store)

    def cut(*_: object) -> None:
        raise OSError("trial")

    monkeypatch.setattr(store, "_erase", cut)
    with pytest.raises(OSError, match="trial"):
        store.erase([id], NOW)
    assert store.get([id])
    store.close()
    again = KeyStore.open(path, MASTER, beside(path))
    assert again.get([id]) == {} and again.erased([id]) == {id}
    assert before[id] not in on_disk(path.parent)
