"""The Atom feed of a language (RFC 4287), and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape as e
from typing import Final

from lianfang.app.publication.site.gathered import Gathered, day_of
from lianfang.app.publication.site.words import Words

MOST: Final = 50
"""Entries of a feed; the archive has all."""


def atom(w: Words, told: Gathered, url: str) -> bytes:
    """What was issued, revised, published and answered, the newest first."""
    entries = sorted(_entries(w, told), key=lambda one: (one[0], one[1]), reverse=True)[:MOST]
    updated = entries[0][0] if entries else datetime(2020, 1, 1, tzinfo=UTC)
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


def _entries(w: Words, told: Gathered) -> Iterable[tuple[datetime, str, str, str]]:
    for place in told.places:
        for one in place.issues[:MOST]:
            for its in one.log:
                title = f"{w.either(place.zh, place.en)} {w('as_of', at=w.stamp(one.contents.as_of))}"
                said = w("revision", note=its.note) if its.note else its.contents.zh if w.zh else its.contents.en
                yield its.issued_at, f"{place.slug}/{day_of(one)}-{its.number}.html", title, said
    for item in told.items:
        yield item.at, f"library/{item.subject}-{item.lang}.html", item.title, item.source
    for claim in told.claims:
        said = w.either(claim.answer_zh, claim.answer_en)
        yield claim.at, f"claims.html#{claim.subject}", w.either(claim.claim_zh, claim.claim_en), said


def sitemap(paths: Iterable[str], url: str) -> bytes:
    """Every page (sitemaps.org)."""
    inside = "".join(f"<url><loc>{e(url + path)}</loc></url>\n" for path in sorted(paths) if path.endswith(".html"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{inside}</urlset>\n"
    ).encode()


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
