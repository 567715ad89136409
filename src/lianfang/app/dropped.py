"""Root's servers: PostgreSQL refuses root, so they drop to a user id that nobody has, which must reach the files."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from lianfang.app.errors import DatabaseError

FIRST_FREE_UID = 64206  # root's servers run as the first id from here on that no account has
SYSTEM_FOLDER = Path("/var/lib/lianfang")  # for what the dropped user must reach and root's own folders hide


def dropped_user() -> int | None:
    """The user id to drop to: None unless this is root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    uid = FIRST_FREE_UID
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    while uid in taken:
        uid += 1
    return uid


def as_user(user: int | None) -> dict[str, Any]:
    """What makes ``subprocess`` start a program as the user."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": [], "umask": 0o077}


def reachable_programs(programs: Path, user: int | None) -> Path:
    """The programs, or a copy of them where folders closed to the dropped user hide them."""
    if user is None or _can(user, programs / "postgres", "--version"):
        return programs
    installed = programs.parent
    size = (programs / "postgres").stat().st_size
    copy = SYSTEM_FOLDER / f"{installed.name}-{size}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        # The wheel's libraries lie beside its package: the programs look for them there.
        shutil.copytree(installed, part / "a" / "b" / installed.name)
        for beside in installed.parent.parent.glob("*pgserver.libs"):
            shutil.copytree(beside, part / "a" / beside.name)
        part.chmod(0o755)
        part.rename(copy)
    found = copy / "a" / "b" / installed.name / "bin"
    if not _can(user, found / "postgres", "--version"):
        raise DatabaseError(f"user id {user} cannot run {found / 'postgres'}: start Lianfang as an ordinary user")
    return found


def reachable_parent(home: Path, user: int | None) -> Path:
    """The folder that takes the database's files: the data folder, unless it lies where the dropped user cannot go."""
    if user is None or _can(user, Path("/bin/sh"), "-c", 'cd "$1"', "sh", str(home)):
        return home
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    parent = Path(tempfile.mkdtemp(prefix="home-", dir=SYSTEM_FOLDER))
    parent.chmod(0o711)
    return parent


def _can(user: int, *command: str | Path) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, cwd="/", **as_user(user)).returncode == 0
    return False
