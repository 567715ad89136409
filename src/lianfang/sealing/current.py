"""The key store of this process, as the environment names it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from lianfang.sealing import master
from lianfang.sealing.errors import SealingError
from lianfang.sealing.keystore import KeyStore, NoKeyStore, WrongMasterKey
from lianfang.sealing.master import MasterKeyError, NoMasterKey

KEYS_IN_USE = "LIANFANG_KEYS_IN_USE"
"""The key store's file: for this process and those that it starts."""
MASTER_IN_USE = "LIANFANG_MASTER_FILE_IN_USE"
"""The master key's file, likewise. A key that the environment holds itself counts before it."""
ERASURES_IN_USE = "LIANFANG_ERASURES_IN_USE"
"""The ledger of erasures, likewise: never in the key store's folder, or a copy that is put back would replace both."""
NEXT = ".next"
"""What a master key's file is called until every key is wrapped under it."""

_open: dict[tuple[int, str | None, str | None, str], KeyStore] = {}
_lock = threading.Lock()


def use(keys: Path, master_file: Path, erasures: Path) -> None:
    """Makes this process, and those that it starts, use this key store, file of the master key and ledger."""
    os.environ[KEYS_IN_USE], os.environ[MASTER_IN_USE] = str(keys), str(master_file)
    os.environ[ERASURES_IN_USE] = str(erasures)
    forget()


def keystore() -> KeyStore:
    """The open key store. Raises SealingError."""
    with _lock:
        key = os.environ.get(master.KEY) or os.environ.get(MASTER_IN_USE, "")
        place = os.getpid(), os.environ.get(KEYS_IN_USE), os.environ.get(ERASURES_IN_USE), key
        if place not in _open:
            _open[place] = _open_or_carry_on(_named(KEYS_IN_USE), _master())
        return _open[place]


def prepare() -> None:
    """Makes the master key's file and the key store where there is neither. Raises SealingError where there is only
    one of them: another in the place of the missing one would not open what is sealed."""
    keys, given = _named(KEYS_IN_USE), os.environ.get(master.KEY)
    file = None if given else _named(MASTER_IN_USE)
    if file and not file.exists():
        if keys.exists():
            raise NoMasterKey(f"no master key in {file}, and the key store {keys} needs it: put the file back")
        master.make(file)
        KeyStore.open(keys, _master(), _named(ERASURES_IN_USE), make=True).close()
    elif given and not keys.exists():
        KeyStore.open(keys, _master(), _named(ERASURES_IN_USE), make=True).close()
    keystore()


def rotate() -> int:
    """Puts a new master key in the place of the one in the file, and wraps every key under it; how many there were.

    Stop the service first: processes that hold the old key can then read nothing. Cut short, it is carried on by the
    next ``keystore()``. Raises SealingError where the key comes from the environment and not from a file.
    """
    if os.environ.get(master.KEY):
        raise MasterKeyError(
            f"the master key is in {master.KEY}: put it into a file and unset {master.KEY}, then rotate"
        )
    store, path = keystore(), _named(MASTER_IN_USE)
    following = path.with_name(path.name + NEXT)
    following.unlink(missing_ok=True)  # of a try that had wrapped nothing: else ``keystore`` had carried it on
    count = store.rotate(master.make(following))
    _take_over(following, path)
    forget()
    return count


def forget() -> None:
    """Closes what is open, so that the next use reads the environment anew."""
    with _lock:
        while _open:
            _open.popitem()[1].close()


def _open_or_carry_on(path: Path, key: bytes) -> KeyStore:
    """Opens the store; where a rotation was cut short after wrapping, by the key that was to follow."""
    try:
        return KeyStore.open(path, key, _named(ERASURES_IN_USE))
    except WrongMasterKey:
        if os.environ.get(master.KEY):
            raise
        file = _named(MASTER_IN_USE)
        following = file.with_name(file.name + NEXT)
        if not following.is_file():
            raise
        store = KeyStore.open(path, master.read(following), _named(ERASURES_IN_USE))
        _take_over(following, file)
        return store


def _take_over(following: Path, path: Path) -> None:
    following.replace(path)
    master.sync_folder(path.parent)


def _master() -> bytes:
    given = os.environ.get(master.KEY)
    return master.decode(given, master.KEY) if given else master.read(_named(MASTER_IN_USE))


def _named(variable: str) -> Path:
    if named := os.environ.get(variable):
        return Path(named)
    if variable in (KEYS_IN_USE, ERASURES_IN_USE):
        raise NoKeyStore("no key store is named: start through the command line, which names it")
    raise NoMasterKey(f"no master key is named: set {master.KEY} or its file, or start through the command line")


__all__ = ["SealingError", "forget", "keystore", "prepare", "rotate", "use"]
