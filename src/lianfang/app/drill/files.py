"""The files of a drill as they lie in a folder: what was received of each device and when, whom the vault holds, and
the truth, which only the review opens.

``drill.json`` heads them: what the drill is, who takes part, and the SHA-256 of every other file. ``people.jsonl`` has
a person a line, as ``identity.service.enter`` takes one. ``facts/NNN.jsonl`` has day NNN, a line for each batch that a
device sent, by when it was received.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from lianfang.accounts import drills
from lianfang.accounts.drills import MARK
from lianfang.app.errors import Unusable
from lianfang.facts.sent import Principal

PEOPLE, FACTS, TRUTH = "people.jsonl", "facts", "truth.jsonl"
_FACTS_OF_LINE = b',"facts":'


class Line(NamedTuple):
    """What one device sent at once: when it was received, whose it is, and the JSON array of its facts."""

    at: datetime
    principal: Principal
    facts: bytes


def head(folder: Path) -> dict[str, Any]:
    """The head of a drill's files. Raises Unusable where the folder holds none."""
    try:
        told = json.loads((folder / MARK).read_bytes())
        drills.of_header(told, "")
        if not isinstance(told["sha256"], dict):
            raise TypeError("sha256: is no table")
    except OSError as error:
        why = f"{MARK} cannot be read ({error.strerror})"
        raise Unusable(f"{folder} holds no files of a drill: {why}; name the folder that --out wrote") from None
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{folder / MARK} is no head of a drill's files ({error}): make them anew") from None
    return dict(told)


def check(folder: Path) -> None:
    """Raises Unusable where a file is missing, is none of the drill's, or is another than was made."""
    told = head(folder)["sha256"]
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MARK}
    for name in sorted(set(told) ^ there):
        why = "is missing" if name in told else "is none of the drill's files"
        raise Unusable(f"{folder / name} {why}: make them anew")
    for name, digest in sorted(told.items()):
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Unusable(f"{folder / name} is not as it was made: make them anew")


def copy(folder: Path, to: Path) -> None:
    """The files in another folder, linked where both are on one disk; the head last."""
    names = [*sorted(head(folder)["sha256"]), MARK]
    for name in names:
        (to / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (to / name).unlink(missing_ok=True)
        try:
            os.link(folder / name, to / name)
        except OSError:
            shutil.copy2(folder / name, to / name)


def days(folder: Path) -> list[Path]:
    """The files of facts, day by day."""
    return sorted((folder / FACTS).glob("*.jsonl"))


def lines(path: Path) -> Iterator[Line]:
    """The batches of a day. Raises Unusable for a line that is none, with its number."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            told, found, facts = line.rstrip(b"\n").partition(_FACTS_OF_LINE)
            try:
                if not found or not facts.endswith(b"}"):
                    raise ValueError("facts: are missing, or are not the last that it tells")
                envelope = orjson.loads(told + b"}")
                principal = Principal(envelope["by"], envelope["device"])
                at = datetime.fromisoformat(envelope["at"])
                if at.tzinfo is None:
                    raise ValueError("at: is a time without a zone")
            except (ValueError, KeyError, TypeError) as error:
                raise Unusable(f"{path}, line {number}: is no batch ({error}): make the files anew") from None
            yield Line(at, principal, facts[:-1])


def people(folder: Path, *, after: str = "", upto: str = "9") -> Iterator[dict[str, Any]]:
    """Whom the vault is to hold from a day after ``after`` and up to ``upto`` (ISO). Raises Unusable for a line that is
    nobody."""
    path = folder / PEOPLE
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                told = orjson.loads(line)
                wanted = after < told["since"] <= upto
            except (ValueError, KeyError, TypeError) as error:
                raise Unusable(f"{path}, line {number}: is nobody ({error}): make the files anew") from None
            if wanted:
                yield told
