"""The pages of one place: its newest notice, all of them with their revisions, and each figure with its definition and
its log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape as e
from typing import NamedTuple

from lianfang.app.indicators.registry import indicators
from lianfang.app.publication.site.charts import bars, choropleth
from lianfang.app.publication.site.gathered import Place, named, told_divisions
from lianfang.app.publication.site.markup import Around, Cell, Html, link, page, paragraph, plain, spoken, table
from lianfang.app.publication.site.papers import FORMATS, address, name_of
from lianfang.app.publication.site.words import Words
from lianfang.capabilities.bulletins.facts import METRICS, Contents
from lianfang.capabilities.bulletins.queries.issues import PublicIssue, Revision
from lianfang.places.queries import boundaries

MAPPED = "confirmed_cum"
"""The figure that is drawn by division."""


class Said(NamedTuple):
    """What each issue of a cut-off said of one number, the first issue first."""

    of: PublicIssue
    numbers: tuple[tuple[Revision, int | None], ...]

    @property
    def now(self) -> int | None:
        return self.numbers[-1][1]


def pages(w: Words, place: Place, around: Around) -> Iterator[tuple[str, bytes]]:
    """Every page of a place, by where it stands below the language's folder."""
    at = w.either(place.zh, place.en)
    drawn = _map(w, place)
    divisions = _divisions(place)

    def made(name: str, title: str, parts: Sequence[str]) -> tuple[str, bytes]:
        path = f"{place.slug}/{name}.html"
        return path, page(w, path, title, parts, around)

    yield made("index", w("of", area=at), _newest(w, place, drawn))
    yield made("archive", f"{at}：{w('archive')}" if w.zh else f"{at}: {w('archive')}", [_archive(w, place, around)])
    for one in place.issues:
        for revision in one.log:
            name = name_of(one, revision)
            title = f"{at} {w('as_of', at=w.stamp(one.contents.as_of))}"
            yield made(name, title, _notice(w, place, one, revision, around))
    for metric in _metrics(place):
        yield made(f"figure-{metric}", f"{at} {title_of(w, metric)}", _figure(w, place, metric, divisions))
    for code, said in divisions.items():
        division = named(code)
        own = w.either(division.name, division.en or division.pinyin)
        yield made(f"division-{code}", f"{own} {title_of(w, MAPPED)}", [_log(w, own, said)])


def title_of(w: Words, metric: str) -> str:
    return w.either(METRICS[metric].zh, METRICS[metric].en)


def _newest(w: Words, place: Place, drawn: Html) -> list[str]:
    one = place.issues[0]
    before = place.issues[1] if len(place.issues) > 1 else None
    return [
        Html(f"<p>{e(_dated(w, one.contents, one.log[-1]))} · {link('archive.html', w('archive'))}</p>"),
        _noted(w, one.log[-1]),
        f"<h2>{e(w('figures'))}</h2>",
        _key_figures(w, one.contents, before.contents if before else None),
        _curve(w, place),
        drawn,
        f"<h2>{e(w('by_division'))}</h2>",
        _by_division(w, one),
        f"<h2>{e(w('text'))}</h2>",
        _text(w, one.contents),
        f"<h2>{e(w('revisions'))}</h2>",
        _revisions(w, one),
        _proof(w, one.contents),
    ]


def _notice(w: Words, place: Place, one: PublicIssue, revision: Revision, around: Around) -> list[str]:
    parts: list[str] = [paragraph(_dated(w, revision.contents, revision)), _noted(w, revision)]
    if revision is not one.log[-1]:
        last = link(f"{name_of(one, one.log[-1])}.html", w("number", n=one.log[-1].number))
        parts.append(Html(f'<p class="note">{e(w("revised"))} {last}</p>'))
    if links := _files(w, place, name_of(one, revision), around):
        parts.append(Html(f"<p>{e(w('files'))}{'：' if w.zh else ': '}{links}</p>"))
    return [
        *parts, _text(w, revision.contents), f"<h2>{e(w('figures'))}</h2>", _key_figures(w, revision.contents, None),
        f"<h2>{e(w('revisions'))}</h2>", _revisions(w, one), _proof(w, revision.contents),
    ]  # fmt: skip


def _dated(w: Words, contents: Contents, revision: Revision) -> str:
    return " · ".join(
        (
            w("as_of", at=w.stamp(contents.as_of)),
            w("issued", at=w.stamp(revision.issued_at)),
            w("number", n=revision.number),
        )
    )


def _noted(w: Words, revision: Revision) -> Html:
    return paragraph(w("revision", note=revision.note), "note") if revision.note else Html("")


def _text(w: Words, contents: Contents) -> Html:
    text, tag = (contents.zh, "zh-CN") if w.zh or not contents.en else (contents.en, "en")
    return Html(f'<div class="text" lang="{tag}">{e(text)}</div>')


def _proof(w: Words, its: Contents) -> Html:
    said = w(
        "proof_text",
        seq=its.seq,
        chain=its.chain,
        edition=its.edition,
        indicators=its.indicators,
        software=its.software,
    )
    return Html(f'<h2>{e(w("proof"))}</h2><p class="small muted">{e(said)}</p>')


def _key_figures(w: Words, contents: Contents, before: Contents | None) -> Html:
    def row(metric: str, n: int) -> list[Cell]:
        earlier = before.record.value(metric) if before else None
        cells = [
            Cell(link(f"figure-{metric}.html", title_of(w, metric)), head=True),
            Cell(link(f"figure-{metric}.html#log", str(n)), number=True),
        ]
        if before:
            cells.append(Cell(Html(w("not_stated") if earlier is None else str(earlier)), number=True))
        return [*cells, plain(w(f"unit_{METRICS[metric].unit}"))]

    heads = [w("figure"), w("value"), *([w("before")] if before else []), w("unit")]
    rows = [row(one.metric, one.n) for one in contents.record.figures if one.metric in METRICS]
    caption = w("figures") + w.aside(w("as_of", at=w.stamp(contents.as_of)))
    return table(caption, heads, rows, numbers=range(1, len(heads) - 1))


def _by_division(w: Words, one: PublicIssue) -> Html:
    rows = []
    for count in told_divisions(one):
        if count.metric == MAPPED and count.code:
            own = named(count.code)
            name = w.either(own.name, own.en or own.pinyin)
            to = f"division-{count.code}.html"
            rows.append([Cell(link(to, name), head=True), Cell(link(to, str(count.n)), number=True)])
    if not rows:
        return paragraph(w("not_stated"), "muted")
    caption = title_of(w, MAPPED) + w.aside(w("as_of", at=w.stamp(one.contents.as_of)))
    return table(caption, [w("division"), w("value")], rows, numbers=(1,))


def _map(w: Words, place: Place) -> Html:
    numbers = {one.code: one.n for one in told_divisions(place.issues[0]) if one.metric == MAPPED and one.code}
    return choropleth(w, title_of(w, MAPPED), boundaries(None, place.code), numbers)


def _curve(w: Words, place: Place) -> Html:
    shown = "confirmed_new" if any(one.contents.record.value("confirmed_new") for one in place.issues) else MAPPED
    said = _said(place, shown)
    return bars(w, title_of(w, shown), [w.stamp(one.of.contents.as_of) for one in said], [one.now for one in said])


def _revisions(w: Words, one: PublicIssue) -> Html:
    if len(one.log) == 1:
        return paragraph(w("first"))
    rows = [
        [
            Cell(link(f"{name_of(one, its)}.html", w("number", n=its.number)), head=True),
            plain(w.stamp(its.issued_at)),
            Cell(spoken(w, its.note or "")),
        ]
        for its in one.log
    ]
    return table(w("revisions"), [w("issue"), w("published"), w("revisions")], rows, stacks=True)


def _files(w: Words, place: Place, name: str, around: Around) -> Html:
    """An issue as files, as far as they are made."""
    found = ((one, address(w, place, name, one)) for one in FORMATS)
    return Html(" · ".join(link(f"../../{at}", one.upper()) for one, at in found if at in around.files))


def _archive(w: Words, place: Place, around: Around) -> Html:
    rows = [
        [
            Cell(link(f"{name_of(one, its)}.html", w.stamp(one.contents.as_of)), head=True),
            plain(w("number", n=its.number)),
            plain(w.stamp(its.issued_at)),
            Cell(spoken(w, its.note or "")),
            Cell(_files(w, place, name_of(one, its), around)),
        ]
        for one in place.issues
        for its in reversed(one.log)
    ]
    return table(
        w("archive"), [w("day"), w("issue"), w("published"), w("revisions"), w("files")], rows, quiet=True, stacks=True
    )


def _metrics(place: Place) -> list[str]:
    told = {one.metric for issue in place.issues for its in issue.log for one in its.contents.record.figures}
    return [metric for metric in METRICS if metric in told]


def _said(place: Place, metric: str) -> list[Said]:
    """Of each cut-off, the oldest first."""
    return [
        Said(one, tuple((its, its.contents.record.value(metric)) for its in one.log)) for one in reversed(place.issues)
    ]


def _divisions(place: Place) -> dict[str, list[Said]]:
    """The same of each division."""
    told: dict[str, list[Said]] = {}
    by_issue = [
        (one, [(its, {n.code: n.n for n in told_divisions(one._replace(contents=its.contents)) if n.metric == MAPPED})
               for its in one.log])
        for one in reversed(place.issues)
    ]  # fmt: skip
    codes = sorted({code for _, said in by_issue for _, numbers in said for code in numbers if code})
    for code in codes:
        told[code] = [Said(one, tuple((its, numbers.get(code)) for its, numbers in said)) for one, said in by_issue]
    return told


def _figure(w: Words, place: Place, metric: str, divisions: Mapping[str, Sequence[Said]]) -> list[str]:
    said = _said(place, metric)
    drawn = bars(w, title_of(w, metric), [w.stamp(one.of.contents.as_of) for one in said], [one.now for one in said])
    return [definition(w, metric), drawn, _log(w, title_of(w, metric), said)]


def definition(w: Words, metric: str) -> Html:
    """What a figure is, how it is counted and after whom."""
    declared = indicators().get(metric)
    rows = [(w("unit"), w(f"unit_{METRICS[metric].unit}")), ("", w(METRICS[metric].kind))]
    if declared:
        one, _ = declared
        rows = [
            (w("definition"), w.either(one.definition_zh, one.definition_en)), (w("formula"), one.formula), *rows,
            (w("source"), w.either(one.source_zh, one.source)),
        ]  # fmt: skip
    inside = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in rows)
    return Html(f"<dl>{inside}</dl>")


def _log(w: Words, name: str, said: Sequence[Said]) -> Html:
    """What each notice said of a number, the newest first, with what it had said before it was revised."""
    rows = []
    for one in reversed(said):
        for at in reversed(range(len(one.numbers))):
            its, n = one.numbers[at]
            last = at == len(one.numbers) - 1
            rows.append([
                Cell(link(f"{name_of(one.of, its)}.html", w.stamp(one.of.contents.as_of)), head=True),
                Cell(Html(e(w("not_stated") if n is None else str(n))), number=True),
                plain(w("number", n=its.number)), plain(w.stamp(its.issued_at)),
                Cell(spoken(w, its.note or "")) if last else plain(w("revised")),
            ])  # fmt: skip
    heads = [w("day"), w("value"), w("issue"), w("published"), w("revisions")]
    return Html(f'<h2 id="log">{e(w("series"))}</h2>{table(name, heads, rows, numbers=(1,), stacks=True)}')
