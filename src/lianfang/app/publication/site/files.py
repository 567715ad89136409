"""How a site is put in its place: written whole into a new folder beside the old one, then switched at once. Whoever
reads meanwhile reads the old one; a crash leaves it as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from lianfang.app.errors import Unusable

KEPT: Final = 2
"""Sites that are kept: that which is read, and the one before it, which somebody may be reading still."""


def digest_of(pages: Mapping[str, bytes]) -> str:
    """What a site is, by its bytes."""
    total = hashlib.sha256()
    for name in sorted(pages):
        total.update(f"{name}\0{len(pages[name])}\0".encode())
        total.update(pages[name])
    return total.hexdigest()[:16]


def put(out: Path, pages: Mapping[str, bytes]) -> Path:
    """Puts a site at ``out``, which is a link to the folder that is returned. The same site again changes nothing.

    Raises Unusable where something else is there.
    """
    folder = out.parent / f"{out.name}.{digest_of(pages)}"
    _refuse_others(out)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        try:
            _fill(new, pages)
            new.chmod(0o755)
            new.rename(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    _switch(out, folder)
    _tidy(out, folder)
    return folder


def _refuse_others(out: Path) -> None:
    if out.is_symlink() or not out.exists():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise Unusable(f"{out} holds something else: name a folder that does not exist yet")
    out.rmdir()


def _fill(folder: Path, pages: Mapping[str, bytes]) -> None:
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _switch(out: Path, folder: Path) -> None:
    if out.is_symlink() and os.readlink(out) == folder.name:
        return
    link = out.parent / f".{out.name}.next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(out)


def _tidy(out: Path, folder: Path) -> None:
    """Removes older sites; of what a crash has left half written too."""
    old = [one for one in out.parent.glob(f"{out.name}.*") if one.is_dir() and not one.is_symlink() and one != folder]
    old.sort(key=lambda one: one.stat().st_mtime_ns)
    half = [one for one in out.parent.glob(f".{out.name}-*") if one.is_dir()]
    for one in [*old[: -(KEPT - 1)], *half]:
        shutil.rmtree(one, ignore_errors=True)
