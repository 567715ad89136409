"""The parts that every page of the public site is made of. Whatever is told goes through ``e``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as e
from typing import Final, NamedTuple

from lianfang.app.publication.site.words import Words

POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
"""No script, nothing from elsewhere. Stands in each page, so that it holds whoever serves it."""
SECTIONS: Final = ("home", "measures", "venues", "clinics", "library", "claims", "feedback", "definitions", "data")
CHECK: Final = "/care/"
"""The symptom check: a page of the application, on the same host."""


class Html(str):
    """Text that is markup already."""


class Cell(NamedTuple):
    """A cell of a table: a number stands to the right."""

    inside: Html
    number: bool = False
    head: bool = False


class Around(NamedTuple):
    """What stands around a page: the languages that it is told in, and what is said above all."""

    languages: Sequence[Words]
    written: str
    banner: str


def link(to: str, text: str) -> Html:
    return Html(f'<a href="{e(to)}">{e(text)}</a>')


def plain(text: object) -> Cell:
    return Cell(Html(e(str(text))))


def paragraph(text: str, of: str = "") -> Html:
    return Html(f'<p class="{of}">{e(text)}</p>' if of else f"<p>{e(text)}</p>")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], numbers: Sequence[int] = ()) -> Html:
    """A table that scrolls by itself where it is wider than the page."""
    top = "".join(
        f'<th scope="col"{" class=n" if at in numbers else ""}>{e(head)}</th>' for at, head in enumerate(heads)
    )
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    return Html(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{e(caption)}">'
        f"<table><caption>{e(caption)}</caption>"
        f"<thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table></div>\n"
    )


def _cell(cell: Cell) -> str:
    name = "th" if cell.head else "td"
    scope, right = ' scope="row"' if cell.head else "", ' class="n"' if cell.number else ""
    return f"<{name}{scope}{right}>{cell.inside}</{name}>"


def page(w: Words, path: str, title: str, parts: Iterable[str], around: Around, section: str = "") -> bytes:
    """One page. ``path`` is where it stands below the language's folder: links are relative, so that the site may
    stand anywhere."""
    up = "../" * path.count("/")
    inside = "\n".join(parts)
    return f"""<!doctype html>
<html lang="{e(w.tag)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{e(title if title == w("site") else f"{title} · {w('site')}")}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{up}../style.css">
<link rel="alternate" type="application/atom+xml" title="{e(w("site"))}" href="{up}feed.atom">
{_alternates(path, around.languages, up)}</head>
<body>
<a class="skip" href="#main">{e(w("skip"))}</a>
{around.banner}<div class="bar"><header>
<p class="name"><a href="{up}index.html">{e(w("site"))}</a></p>
<nav aria-label="{e(w("languages"))}"><ul>{_languages(w, path, around.languages, up)}</ul></nav>
<nav class="sections" aria-label="{e(w("menu"))}"><ul>{_sections(w, section, up)}</ul></nav>
</header></div>
<main id="main">
<h1>{e(title)}</h1>
{inside}
</main>
<footer class="small muted">{e(around.written)} · <a href="{up}feed.atom">{e(w("feed"))}</a></footer>
</body>
</html>
""".encode()


def _alternates(path: str, languages: Sequence[Words], up: str) -> str:
    return "".join(
        f'<link rel="alternate" hreflang="{e(one.tag)}" href="{up}../{one.lang}/{path}">\n' for one in languages
    )


def _languages(w: Words, path: str, languages: Sequence[Words], up: str) -> str:
    return "".join(
        f'<li><a href="{up}../{one.lang}/{path}" lang="{e(one.tag)}" hreflang="{e(one.tag)}"'
        f"{' aria-current=true' if one.lang == w.lang else ''}>{e(one.name)}</a></li>"
        for one in languages
    )


def _sections(w: Words, section: str, up: str) -> str:
    names = {"home": "index"}
    links = "".join(
        f'<li><a href="{up}{names.get(name, name)}.html"{" aria-current=page" if name == section else ""}>'
        f"{e(w(name))}</a></li>"
        for name in SECTIONS
    )
    return f'{links}<li><a href="{CHECK}">{e(w("check"))}</a></li>'
