"""The master key: 32 bytes outside of the database, under which every other key is wrapped."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path

from lianfang.sealing.box import KEY_BYTES
from lianfang.sealing.errors import SealingError

KEY = "LIANFANG_MASTER_KEY"
"""The key itself, base64. Where it is set it counts before any file."""


class MasterKeyError(SealingError):
    """The master key cannot be had."""


class NoMasterKey(MasterKeyError):
    """There is none."""


def read(path: Path) -> bytes:
    """The key of a file that only its owner may read. Raises MasterKeyError."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except FileNotFoundError:
        raise NoMasterKey(
            f"no master key in {path}: make one with lianfang init, or put back the one that this installation had"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MasterKeyError(f"the master key in {path} cannot be read: {error}") from None
    if stat.S_IMODE(mode) & 0o077:
        raise MasterKeyError(f"others may read the master key in {path}: chmod 600 {path}")
    return decode(text, str(path))


def decode(text: str, where: str) -> bytes:
    """The key of its base64 form. Raises MasterKeyError."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise MasterKeyError(f"{where} holds no master key: it is {KEY_BYTES} bytes in base64")
    return key


def make(path: Path) -> bytes:
    """A new key in a new file, 0600 in a folder 0700. Raises FileExistsError: a key is never overwritten."""
    key = secrets.token_bytes(KEY_BYTES)
    write(path, key)
    return key


def write(path: Path, key: bytes) -> None:
    """Writes a key into a new file and onto the disk. Raises FileExistsError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes what was created, renamed or removed in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
