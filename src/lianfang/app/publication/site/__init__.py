"""The public site: files made when something is issued, which any web server gives out and which stand while Lianfang
does not."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape as e
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from django.conf import settings
from django.db import close_old_connections

from lianfang.accounts import clock
from lianfang.app.database import PUBLIC
from lianfang.app.drill import banner
from lianfang.app.errors import Unusable
from lianfang.app.publication.serving import LINK
from lianfang.app.publication.site import data, feed, files, notices, others, papers
from lianfang.app.publication.site.gathered import Gathered, gather
from lianfang.app.publication.site.markup import Around, Html, page
from lianfang.app.publication.site.words import Words, languages

logger = logging.getLogger(__name__)

ADDRESS: Final = "public/"
"""Where the application serves it, below its own address."""
EVERY_S: Final = 600.0
"""A measure that has ended is public no longer than this."""
PAPERS_S: Final = 4.0
"""For so long new files of notices are made in one go, the newest first; the next go makes more."""
WORDS: Final = "words"
"""Beside it: files of further languages."""


class Written(NamedTuple):
    """A site that was written; ``lacking`` are, by language, the words that its file does not have."""

    folder: Path
    pages: int
    size: int
    lacking: dict[str, tuple[str, ...]]


def write(
    out: Path, *, area: str = "", url: str = "", words: Sequence[Path] = (), now: datetime | None = None,
    papers_s: float = PAPERS_S,
) -> Written:  # fmt: skip
    """Writes the site as it is at a moment and puts it at ``out``, a link to a folder beside it. New files of notices
    are made for ``papers_s`` at most. Raises Unusable."""
    told = gather(now or clock.now(), area)
    told_in = languages(words)
    held = papers.held(told.places, Path(os.environ[PUBLIC]), most_s=papers_s)
    made = site(told, told_in, url or settings.PAGE.geturl().rstrip("/") + "/" + ADDRESS, held)
    folder = files.put(out, made)
    lacking = {w.lang: w.lacking for w in told_in if w.lacking}
    for lang, keys in lacking.items():
        logger.warning("the words of %s lack %d keys", lang, len(keys))
    return Written(folder, sum(name.endswith(".html") for name in made), sum(map(len, made.values())), lacking)


def write_own(now: datetime | None = None, papers_s: float = PAPERS_S) -> Written:
    """The same into the data folder, from where it is served."""
    return write(Path(os.environ[PUBLIC]) / LINK, words=_own_words(), now=now, papers_s=papers_s)


def spoken() -> Sequence[Words]:
    """The languages in which the site is served; those that come with Lianfang where a file of words is none."""
    try:
        return languages(_own_words())
    except Unusable:
        return languages()


def _own_words() -> list[Path]:
    return sorted((Path(os.environ[PUBLIC]) / WORDS).glob("*.toml"))


def write_after(issue: object, papers_s: float = PAPERS_S) -> None:
    """Writes the site anew because something was issued or published. Where that fails the old one stays, and the next
    run tries again: what was issued is issued."""
    try:
        write_own(papers_s=papers_s)
    except Exception:
        logger.exception("the public site could not be written")


def keep() -> None:
    """Writes the site now and every ``EVERY_S``, in a thread that ends with the process: what has ended meanwhile is
    gone from it, what was published is in it."""
    threading.Thread(target=_keep, name="public site", daemon=True).start()


def _keep() -> None:
    waiting = threading.Event()
    if not (Path(os.environ[PUBLIC]) / LINK).exists():
        write_after(None, papers_s=0)  # to be read at once
    while True:
        close_old_connections()
        write_after(None)
        close_old_connections()
        if waiting.wait(EVERY_S):
            return


def site(
    told: Gathered, told_in: Sequence[Words], url: str, held: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, bytes]:
    """Every file of the site by its name, ``held`` being those of notices; the same input gives the same bytes."""
    made = dict(held)
    for w in told_in:
        around = Around(told_in, w("written", at=w.stamp(told.at)), _banner(), held.keys())
        own = [*others.pages(w, told, around)]
        for place in told.places:
            own += notices.pages(w, place, around)
        made |= {f"{w.lang}/{path}": content for path, content in own}
        made[f"{w.lang}/feed.atom"] = feed.atom(w, told, url)
        made[f"{w.lang}/404.html"] = page(w, "404.html", w("missing"), [f"<p>{e(w('missing_text'))}</p>"], around)
    made |= dict(data.files(told))
    made["index.html"] = _entrance(told_in)
    made["style.css"] = resources.files(__package__).joinpath("style.css").read_bytes()
    made["sitemap.xml"] = feed.sitemap([path for path in made if "404" not in path], url)
    made["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n".encode()
    return made


def _entrance(told_in: Sequence[Words]) -> bytes:
    """The site's own address: which languages there are. Whoever stays is led to the first."""
    links = "".join(
        f'<li><a href="{w.lang}/index.html" lang="{e(w.tag)}">{e(w.name)}：{e(w("site"))}</a></li>' for w in told_in
    )
    first = told_in[0]
    return f"""<!doctype html>
<html lang="{e(first.tag)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{e(first("site"))}</title><link rel="stylesheet" href="style.css">
<meta http-equiv="refresh" content="0; url={first.lang}/index.html"></head>
<body><main><h1>{e(first("site"))}</h1><ul>{links}</ul></main></body></html>
""".encode()


def _banner() -> Html:
    said = banner.words()
    return Html(f'<p class="drill" role="note">{said}</p>\n') if said else Html("")
