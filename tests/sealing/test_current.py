"""The master key and the key store as the environment names them; rotation, also when it is cut short."""

from __future__ import annotations

import base64
import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from lianfang.sealing import current, master
from lianfang.sealing.errors import SealingError
from lianfang.sealing.keystore import KeyStore, NoKeyStore, WrongMasterKey
from lianfang.sealing.master import MasterKeyError, NoMasterKey


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Where the key store and the master key of this test are to lie; nothing lies there yet."""
    monkeypatch.delenv(master.KEY, raising=False)
    for variable in (current.KEYS_IN_USE, current.MASTER_IN_USE, current.ERASURES_IN_USE):
        monkeypatch.setenv(variable, "")
    keys, file = tmp_path / "keys" / "keys.db", tmp_path / "secrets" / "master.key"
    current.use(keys, file, tmp_path / "erasures.log")
    yield keys, file
    current.forget()


def test_both_are_made_where_there_is_neither(places: tuple[Path, Path]) -> None:
    keys, file = places
    with pytest.raises(NoMasterKey, match="lianfang init"):
        current.keystore()
    current.prepare()
    assert keys.exists() and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    made = file.read_bytes()
    current.prepare()
    assert file.read_bytes() == made and current.keystore() is current.keystore()


@pytest.mark.parametrize("lost", [0, 1], ids=["key store", "master key"])
def test_where_one_of_both_is_missing_nothing_is_made(places: tuple[Path, Path], lost: int) -> None:
    current.prepare()
    current.forget()
    places[lost].unlink()
    for act in (current.prepare, current.keystore):
        with pytest.raises((NoKeyStore, NoMasterKey), match=r"put (it |the file )?back"):
            act()
    assert not places[lost].exists()


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        (base64.b64encode(bytes(32)), 0o644, "chmod 600"),
        (b"", 0o600, "no master key"),
        (b"not base64!", 0o600, "32 bytes in base64"),
        (base64.b64encode(bytes(31)), 0o600, "32 bytes"),
        ("é".encode(), 0o600, "cannot be read"),
    ],
    ids=["open to others", "empty", "no base64", "too short", "no text"],
)
def test_a_bad_master_key_says_what_to_do(places: tuple[Path, Path], content: bytes, mode: int, told: str) -> None:
    current.prepare()
    current.forget()
    places[1].write_bytes(content)
    places[1].chmod(mode)
    with pytest.raises(MasterKeyError, match=told) as refused:
        current.keystore()
    assert isinstance(refused.value, SealingError) and "\n" not in str(refused.value)


def test_another_installations_master_key_is_refused(places: tuple[Path, Path]) -> None:
    current.prepare()
    current.forget()
    places[1].unlink()
    master.make(places[1])
    with pytest.raises(WrongMasterKey):
        current.keystore()


def test_the_environments_key_counts_before_the_file(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(master.KEY, base64.b64encode(bytes(range(32))).decode())
    current.prepare()
    assert places[0].exists() and not places[1].exists()
    with pytest.raises(MasterKeyError, match="into a file"):
        current.rotate()
    monkeypatch.setenv(master.KEY, "nonsense")
    with pytest.raises(MasterKeyError, match=master.KEY):
        current.keystore()


def test_rotation_puts_a_new_key_into_the_file(places: tuple[Path, Path]) -> None:
    current.prepare()
    id, before = uuid4(), places[1].read_bytes()
    key = current.keystore().make([id])[id]
    assert current.rotate() == 2
    assert places[1].read_bytes() != before and stat.S_IMODE(places[1].stat().st_mode) == 0o600
    assert current.keystore().get([id]) == {id: key}
    assert [file.name for file in places[1].parent.iterdir()] == ["master.key"]


def test_a_rotation_that_was_cut_short_is_carried_on_or_forgotten(places: tuple[Path, Path]) -> None:
    keys, file = places
    current.prepare()
    id = uuid4()
    key = current.keystore().make([id])[id]
    current.forget()
    following = file.with_name(file.name + current.NEXT)
    new = master.make(following)  # cut before wrapping: the old key counts
    assert current.keystore().get([id]) == {id: key}
    current.forget()
    store = KeyStore.open(
        keys, master.read(file), keys.parent.with_name("erasures.log")
    )  # cut after wrapping: the new one
    store.rotate(new)
    store.close()
    assert current.keystore().get([id]) == {id: key}
    assert not following.exists() and master.read(file) == new
    assert current.rotate() == 2 and current.keystore().get([id]) == {id: key}
