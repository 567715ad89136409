"""The ledger of erasures: one line each, only ever added to, apart from the key store and from its copies.

A key store that is put back from a copy of yesterday learns from it what was erased since. The ledger outlives what it
tells of, so it must link nothing: it has a mark in the place of the id, which only the key store can make from an id,
and the day without the time; what was erased together stands in the order of the marks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lianfang.sealing.errors import SealingError
from lianfang.sealing.master import sync_folder

LINE_BYTES = len("2020-01-28 ") + 64


class Erasure(NamedTuple):
    """The key that has this mark was erased on this day."""

    mark: bytes
    on: date


class LedgerDamaged(SealingError):
    """A line of the ledger is none."""


def append(path: Path, erasures: Iterable[Erasure]) -> None:
    """Adds erasures and waits until the disk has them."""
    lines = b"".join(_line(erasure) for erasure in sorted(erasures))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        length = os.fstat(descriptor).st_size
        if length and os.pread(descriptor, 1, length - 1) != b"\n":
            lines = b"\n" + lines  # a power cut ended the write before this one
        file.write(lines)
        os.fsync(descriptor)
    if new:
        sync_folder(path.parent)


def read(path: Path) -> list[Erasure]:
    """Every erasure, in the order of the file; none where there is no file.

    A line that is too short is a write that a power cut ended, before anything was erased: it is passed over. Raises
    LedgerDamaged at any other line that is no erasure.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, 1):
        if len(line) < LINE_BYTES:
            continue
        try:
            on, _, mark = line.decode("ascii").partition(" ")
            found.append(Erasure(bytes.fromhex(mark), date.fromisoformat(on)))
        except ValueError:
            raise LedgerDamaged(f"line {number} of {path} is no erasure: mend the line; do not remove it") from None
    return found


def _line(erasure: Erasure) -> bytes:
    return f"{erasure.on} {erasure.mark.hex()}\n".encode()
