"""The space of a drill: a data folder of its own below ``drills/``, with its own database and its own keys.

Nothing of it can mix with what is real: it bears its mark before anything else is in it, no other command opens a
folder that bears one, and the operator's database and keys are left alone whatever the environment names.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from lianfang.accounts import drills
from lianfang.accounts.drills import FILES, MARK, Drill
from lianfang.app import commands, database, dropped, postgres
from lianfang.app.errors import Unusable
from lianfang.sealing import master

FOLDER = "drills"
LONGEST_NAME = 48
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
# What the environment names of the operator's.
_OPERATORS = (
    *(database.URL, database.APP_URL, database.KEYS, database.MASTER_FILE, database.ERASURES, database.SECRET),
    *(master.KEY, "LIANFANG_OIDC", "LIANFANG_PROXIES"),
)


class Space(NamedTuple):
    """A drill's space: its folder, and what its mark tells of it."""

    home: Path
    mark: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.mark["name"])

    @property
    def files(self) -> Path:
        """The folder of its files."""
        return self.home / FILES

    @property
    def made(self) -> bool:
        """Whether its files are whole: their head is written last."""
        return (self.files / MARK).exists()

    @property
    def loaded(self) -> bool:
        """Whether all of them are in its record."""
        return self.mark.get("head") is not None

    def drill(self) -> Drill:
        """Raises Unusable where its files are not whole."""
        try:
            return drills.read(self.home)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Unusable(f"the drill {self.name} cannot be read ({error}): lianfang drill wipe {self.name}") from None

    def note(self, **told: Any) -> Space:
        """The space with more told in its mark, which another process may have told of meanwhile."""
        return Space(self.home, drills.note(self.home, **told))


def make(home: Path | None, name: str, **told: Any) -> Space:
    """A new space, marked from its first moment. Raises Unusable for a name that is none or is taken."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise Unusable(f"--name {name}: write a name of a-z, 0-9 and hyphens, at most {LONGEST_NAME} of them")
    folder = _folder(home)
    if (folder / name).exists():
        raise Unusable(
            f"there is a drill {name} already: go on with lianfang drill serve {name}, wipe it with lianfang drill "
            f"wipe {name}, or give this one another --name"
        )
    mode = 0o711 if os.geteuid() == 0 else 0o700  # as the database's server needs it
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    coming = folder / f".{name}-{os.getpid()}"
    coming.mkdir(mode=mode)
    drills.put(coming / MARK, {"format": drills.FORMAT, "name": name, "begun": datetime.now(UTC).isoformat(), **told})
    coming.rename(folder / name)
    return find(home, name)


def find(home: Path | None, name: str) -> Space:
    """The space of a drill. Raises Unusable where there is none, with the names of those that there are."""
    found = _folder(home) / name
    if not _NAME.fullmatch(name) or found.is_symlink() or not (found / MARK).is_file():
        known = ", ".join(space.name for space in listed(home)) or "there is none yet"
        raise Unusable(f"there is no drill {name} in {_folder(home)} (known: {known})")
    try:
        mark = drills.mark(found)
    except ValueError as error:
        raise Unusable(f"{found / MARK} cannot be read ({error}): restore it") from None
    return Space(found, mark)


def here() -> Space:
    """The space that this process works in."""
    home = drills.here()
    return find(home.parent.parent, home.name)


def listed(home: Path | None) -> list[Space]:
    """The spaces that there are, by name."""
    folder = _folder(home)
    names = sorted(path.parent.name for path in folder.glob(f"*/{MARK}")) if folder.is_dir() else []
    return [find(home, name) for name in names if _NAME.fullmatch(name) and not (folder / name).is_symlink()]


def wipe(space: Space) -> None:
    """Stops a drill's database and removes everything of the drill; its mark goes last, so that what is left of a wipe
    that was cut short can be wiped again. Raises Unusable while somebody serves or loads it."""
    if postgres.held(space.home):
        raise Unusable(f"the drill {space.name} is being served or loaded: stop that with Ctrl-C, then wipe it")
    postgres.stop(space.home)
    data = postgres.data_folder(space.home)
    if data is not None and data.parent != space.home:
        shutil.rmtree(data, ignore_errors=True)
        if data.parent.parent == dropped.SYSTEM_FOLDER:
            shutil.rmtree(data.parent, ignore_errors=True)
    for path in space.home.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()
    (space.home / MARK).unlink()
    space.home.rmdir()


@contextmanager
def opened(space: Space, *, beside: str = "") -> Iterator[database.Database]:
    """The database of a drill whose files are whole, with Django set up on it as a drill's; this process, and those
    that it starts, are the drill's from here on. Raises Unusable."""
    space.drill()
    for name in _OPERATORS:
        os.environ.pop(name, None)
    os.environ["LIANFANG_MODE"], os.environ["LIANFANG_DEMO_DAY"] = "demo", ""
    os.environ["LIANFANG_BESIDE"], os.environ[drills.SPACE] = beside, str(space.home)
    with commands.opened(space.home, drills=True) as found:
        yield found


def analyse(found: database.Database) -> None:
    """Lets a drill's database look at what it holds: after a load it plans as if there were no rows, for minutes."""
    with psycopg.connect(found.owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE")


def _folder(home: Path | None) -> Path:
    return (home or database.default_home()).absolute() / FOLDER
