"""Notices as files to keep and to print, beside the pages of the archive. What was issued does not change, so that a
file is made once and held in a folder of its own for the next time that the site is written."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from lianfang.app.publication.outputs import Format, render
from lianfang.app.publication.site.gathered import Place, day_of
from lianfang.app.publication.site.words import Words
from lianfang.capabilities.bulletins.queries.issues import PublicIssue, Revision
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.warning.rules.pack.printed import NoFont

FORMATS: Final[tuple[Format, ...]] = ("pdf", "docx", "xlsx")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
FOLDER: Final = "papers"


class _Wanted(NamedTuple):
    name: str
    of: PublicIssue
    format: Format
    lang: Language

    @property
    def key(self) -> str:
        """What the file is made of."""
        told = repr((self.of.draft, self.of.number, self.of.issued_at, self.of.note, len(self.of.log)))
        return f"{sha256(told.encode()).hexdigest()[:24]}-{self.lang}.{self.format}"


def name_of(one: PublicIssue, revision: Revision) -> str:
    """The name of an issue of a cut-off, in addresses."""
    return f"{day_of(one)}-{revision.number}"


def address(w: Words, place: Place, name: str, format: Format) -> str:
    """Where the file of an issue stands below the site's folder; of further languages that in English."""
    return f"{'zh' if w.zh else 'en'}/{place.slug}/{name}.{format}"


def held(places: Sequence[Place], folder: Path, *, most_s: float) -> dict[str, bytes]:
    """The files of all issues by where they stand, the newest made first, for so many seconds at most. ``folder`` holds
    those that were made before; those of another version of Lianfang are made anew."""
    kept = folder / FOLDER / version("lianfang")
    kept.mkdir(parents=True, exist_ok=True)
    for other in kept.parent.iterdir():
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)
    found: dict[str, bytes] = {}
    ends = time.monotonic() + most_s
    for one in _wanted(places):
        path = kept / one.key
        if not path.exists():
            if time.monotonic() >= ends:
                continue
            with suppress(NoFont):
                _keep(path, render(one.of, one.format, one.lang))
        if path.exists():
            found[one.name] = path.read_bytes()
    return found


def _wanted(places: Sequence[Place]) -> Iterator[_Wanted]:
    newest = sorted(
        ((one, place) for place in places for one in place.issues), key=lambda its: its[0].contents.as_of, reverse=True
    )
    for one, place in newest:
        for at, its in reversed(list(enumerate(one.log, 1))):
            of = PublicIssue(its.draft, its.contents, its.number, its.issued_at, its.note, one.log[:at])
            for lang in LANGUAGES:
                for format in FORMATS:
                    yield _Wanted(f"{lang}/{place.slug}/{name_of(one, its)}.{format}", of, format, lang)


def _keep(path: Path, content: bytes) -> None:
    """Whole, or not at all."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)
