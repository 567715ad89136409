"""The Atom feed of a language (RFC 4287), and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape as e
from typing import Final, NamedTuple

from lianfang.app.publication.site.gathered import Gathered, day_of
from lianfang.app.publication.site.words import Words

MOST: Final = 50
"""Entries of a feed; the archive has all."""


class Entry(NamedTuple):
    """Something that became public; ``path`` is below the language's folder."""

    at: datetime
    path: str
    title: str
    summary: str


def newest(w: Words, told: Gathered, most: int = MOST) -> list[Entry]:
    """What was issued, revised, advised, published and answered, the newest first."""
    return sorted(_entries(w, told), key=lambda one: (one.at, one.path), reverse=True)[:most]


def atom(w: Words, told: Gathered, url: str) -> bytes:
    """The same as a feed."""
    entries = newest(w, told)
    updated = entries[0].at if entries else datetime(2020, 1, 1, tzinfo=UTC)
    own = f"{url}{w.lang}/"
    inside = "".join(
        f"<entry><id>{e(own + path)}</id><title>{e(title)}</title><updated>{_time(at)}</updated>"
        f'<link href="{e(own + path)}"/><summary>{e(summary)}</summary></entry>\n'
        for at, path, title, summary in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{e(w.tag)}">\n'
        f"<id>{e(own)}</id><title>{e(w('site'))}</title><updated>{_time(updated)}</updated>"
        f'<link rel="self" href="{e(own)}feed.atom"/><link href="{e(own)}"/>'
        f"<author><name>{e(w('site'))}</name></author>\n"
        f"{inside}</feed>\n"
    ).encode()


def _entries(w: Words, told: Gathered) -> Iterable[Entry]:
    for place in told.places:
        for one in place.issues[:MOST]:
            for its in one.log:
                title = f"{w.either(place.zh, place.en)} {w('as_of', at=w.stamp(one.contents.as_of))}"
                said = w("revision", note=its.note) if its.note else its.contents.zh if w.zh else its.contents.en
                yield Entry(its.issued_at, f"{place.slug}/{day_of(one)}-{its.number}.html", title, said)
    own = {item.subject for item in told.items if item.lang == w.lang}
    for item in told.items:
        if item.lang != w.lang and item.subject in own:
            continue  # it is told in the page's own language
        yield Entry(item.at, f"library/{item.subject}-{item.lang}.html", item.title, item.source)
    for tip in told.tips:
        its = tip.data
        text = w.either(its["zh_text"], its["en_text"])
        yield Entry(tip.began, f"tips.html#{tip.subject}", w.either(its["zh"], its["en"]), text)
    for claim in told.claims:
        said = w.either(claim.answer_zh, claim.answer_en)
        title = w("claim_of", claim=w.either(claim.claim_zh, claim.claim_en), verdict=w(f"verdict_{claim.verdict}"))
        yield Entry(claim.at, f"claims.html#{claim.subject}", title, said)


def sitemap(paths: Iterable[str], url: str) -> bytes:
    """Every page (sitemaps.org)."""
    inside = "".join(f"<url><loc>{e(url + path)}</loc></url>\n" for path in sorted(paths) if path.endswith(".html"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{inside}</urlset>\n"
    ).encode()


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
