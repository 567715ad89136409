"""The parts that every page of the public site is made of. Whatever is told goes through ``e``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape as e
from itertools import repeat
from typing import Final, NamedTuple

from lianfang.app.publication.site.words import Words

POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action {forms}"
"""No script, nothing from elsewhere. Stands in each page, so that it holds whoever serves it."""
SECTIONS: Final = (
    "home", "tips", "measures", "venues", "check", "clinics", "library", "claims", "feedback", "definitions", "data",
)  # fmt: skip


class Html(str):
    """Text that is markup already."""


class Cell(NamedTuple):
    """A cell of a table: a number stands to the right."""

    inside: Html
    number: bool = False
    head: bool = False


class Around(NamedTuple):
    """What stands around a page: the languages that it is told in, when it was written, what is said above all.
    ``files``: names of the files that notices can be had as. ``site``: where the site is, for a page of the application
    that stands outside of it; a page of the site itself has relative links, so that the site may stand anywhere."""

    languages: Sequence[Words]
    written: str
    banner: str
    files: Collection[str] = ()
    site: str = ""

    def top(self, path: str) -> str:
        """From a page to the site's folder."""
        return self.site or "../" * (path.count("/") + 1)

    def to(self, path: str, one: Words) -> str:
        """From a page to the same in a language."""
        return f"{path}?lang={one.lang}" if self.site else f"{self.top(path)}{one.lang}/{path}"


def link(to: str, text: str) -> Html:
    return Html(f'<a href="{e(to)}">{e(text)}</a>')


def plain(text: object) -> Cell:
    return Cell(Html(e(str(text))))


def paragraph(text: str, of: str = "") -> Html:
    return Html(f'<p class="{of}">{e(text)}</p>' if of else f"<p>{e(text)}</p>")


def spoken(w: Words, zh: str, en: str = "") -> Html:
    """What is kept in Chinese and perhaps in English, told as what it is where it is not in the page's language."""
    text = w.either(zh, en)
    return Html(e(text) if w.zh or not text or text == en else f'<span lang="zh-CN">{e(text)}</span>')


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], numbers: Sequence[int] = (), *,
    quiet: bool = False, stacks: bool = False,
) -> Html:  # fmt: skip
    """A table that scrolls by itself where it is wider than the page. ``quiet``: a heading says what its caption does;
    ``stacks``: on a telephone each row is a card, its cells below each other with their heads."""
    role = _role if stacks else _no_role
    top = "".join(
        f'<th scope="col"{" class=n" if at in numbers else ""}{role("columnheader")}>{e(head)}</th>'
        for at, head in enumerate(heads)
    )
    body = "".join(
        f"<tr{role('row')}>{''.join(map(_cell, row, heads if stacks else repeat('')))}</tr>\n" for row in rows
    )
    return Html(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{e(caption)}">'
        f"<table{' class=stacks' if stacks else ''}{role('table')}>"
        f"<caption{' class=sr' if quiet else ''}>{e(caption)}</caption>"
        f"<thead{role('rowgroup')}><tr{role('row')}>{top}</tr></thead><tbody{role('rowgroup')}>\n{body}</tbody>"
        "</table></div>\n"
    )


def _role(name: str) -> str:
    """What a part of a table is, however it is drawn."""
    return f' role="{name}"'


def _no_role(name: str) -> str:
    return ""


def _cell(cell: Cell, says: str = "") -> str:
    name = "th" if cell.head else "td"
    scope, right = ' scope="row"' if cell.head else "", ' class="n"' if cell.number else ""
    role = f'{_role("rowheader" if cell.head else "cell")} data-head="{e(says)}"' if says else ""
    return f"<{name}{scope}{right}{role}>{cell.inside}</{name}>"


def page(w: Words, path: str, title: str, parts: Iterable[str], around: Around, section: str = "") -> bytes:
    """One page. ``path`` is where it stands below the language's folder, or its address outside of the site."""
    top = around.top(path)
    own = f"{top}{w.lang}/"
    inside = "\n".join(parts)
    policy = POLICY.format(forms="'self'" if around.site else "'none'")
    return f"""<!doctype html>
<html lang="{e(w.tag)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{e(title if title == w("site") else f"{title} · {w('site')}")}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{top}style.css">
<link rel="alternate" type="application/atom+xml" title="{e(w("site"))}" href="{own}feed.atom">
{_alternates(path, around)}</head>
<body>
<a class="skip" href="#main">{e(w("skip"))}</a>
{around.banner}<div class="bar"><header>
<p class="name"><a href="{own}index.html">{e(w("site"))}</a></p>
<nav aria-label="{e(w("languages"))}"><ul>{_languages(w, path, around)}</ul></nav>
<nav class="sections" aria-label="{e(w("menu"))}"><ul>{_sections(w, section, own)}</ul></nav>
</header></div>
<main id="main">
<h1>{e(title)}</h1>
{inside}
</main>
<footer class="small muted">{e(around.written)} · <a href="{own}feed.atom">{e(w("feed"))}</a></footer>
</body>
</html>
""".encode()


def _alternates(path: str, around: Around) -> str:
    return "".join(
        f'<link rel="alternate" hreflang="{e(one.tag)}" href="{e(around.to(path, one))}">\n' for one in around.languages
    )


def _languages(w: Words, path: str, around: Around) -> str:
    return "".join(
        f'<li><a href="{e(around.to(path, one))}" lang="{e(one.tag)}" hreflang="{e(one.tag)}"'
        f"{' aria-current=true' if one.lang == w.lang else ''}>{e(one.name)}</a></li>"
        for one in around.languages
    )


def _sections(w: Words, section: str, own: str) -> str:
    names = {"home": "index"}
    return "".join(
        f'<li><a href="{own}{names.get(name, name)}.html"{" aria-current=page" if name == section else ""}>'
        f"{e(w(name))}</a></li>"
        for name in SECTIONS
    )
