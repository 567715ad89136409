"""The pages that are not of one place: the entry, measures, venues, clinics, health education, claims, feedback,
definitions, downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape as e

from lianfang.app.publication.site.gathered import Gathered, Open, Place, named
from lianfang.app.publication.site.markup import Around, Cell, Html, link, page, paragraph, plain, table
from lianfang.app.publication.site.notices import definition, title_of
from lianfang.app.publication.site.words import Words
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.bulletins.models import HealthItemRow
from lianfang.capabilities.bulletins.rules.feedback import answer_h
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME

FEEDBACK = "/care/feedback/"
"""The form: a page of the application, on the same host."""
FILES = ("measures", "venues", "clinics")


def pages(w: Words, told: Gathered, around: Around) -> Iterator[tuple[str, bytes]]:
    """By where each stands below the language's folder."""
    made: dict[str, Iterable[str]] = {
        "home": [paragraph(w("lead")), *_home(w, told)],
        "measures": [paragraph(w("measures_lead")), _as_of(w, told), _measures(w, told)],
        "venues": [_as_of(w, told), _venues(w, told)],
        "clinics": [_as_of(w, told), _clinics(w, told.clinics)],
        "library": [_library(w, told.items)],
        "claims": [paragraph(w("claims_lead")), *_claims(w, told)],
        "feedback": _feedback(w, told),
        "definitions": _definitions(w),
        "data": [paragraph(w("data_lead")), _as_of(w, told), _files(w, told.places)],
    }
    for name, parts in made.items():
        path = "index.html" if name == "home" else f"{name}.html"
        title = w("site") if name == "home" else w(name)
        yield path, page(w, path, title, parts, around, name)
    for item in told.items:
        path = f"library/{item.subject}-{item.lang}.html"
        yield path, page(w, path, item.title, _item(w, item), around, "library")


def _as_of(w: Words, told: Gathered) -> Html:
    return paragraph(w("as_of", at=w.stamp(told.at)), "muted")


def _place(w: Words, code: str) -> str:
    own = named(code)
    return w.either(own.name, own.en or own.pinyin)


def _home(w: Words, told: Gathered) -> list[str]:
    parts: list[str] = [f"<h2>{e(w('latest'))}</h2>"]
    if not told.places:
        return [*parts, paragraph(w("none_notices"), "muted")]
    rows = []
    for place in told.places:
        one = place.issues[0]
        n = one.contents.record.value("confirmed_cum")
        number = Html(w("not_stated")) if n is None else link(f"{place.slug}/figure-confirmed_cum.html#log", str(n))
        rows.append([
            Cell(link(f"{place.slug}/index.html", w.either(place.zh, place.en)), head=True),
            plain(w.stamp(one.contents.as_of)), Cell(number, number=True), plain(w.stamp(one.log[-1].issued_at)),
        ])  # fmt: skip
    heads = [w("area"), w("day"), title_of(w, "confirmed_cum"), w("published")]
    return [*parts, table(w("latest"), heads, rows, numbers=(2,))]


def _measures(w: Words, told: Gathered) -> Html:
    if not told.measures:
        return paragraph(w("none_measures"))
    rows = [
        [
            Cell(Html(e(_place(w, one.area))), head=True),
            Cell(Html(_spoken(w, one.zh, one.en))),
            plain(w.stamp(one.starts)), plain(w.stamp(one.ends)),
            plain(f"{one.basis}（{one.doc_no}）" if w.zh else f"{one.basis} ({one.doc_no})"), plain(one.approver),
            plain(", ".join(w(f"exempt_{its}") for its in one.exempt)),
        ]
        for one in told.measures
    ]  # fmt: skip
    heads = [w(key) for key in ("area", "measure", "starts", "ends", "basis", "approver", "exempt")]
    return table(w("measures"), heads, rows)


def _spoken(w: Words, zh: str, en: str) -> str:
    text = w.either(zh, en)
    return e(text) if w.zh or text == en else f'<span lang="zh-CN">{e(text)}</span>'


def _venues(w: Words, told: Gathered) -> Html:
    if not told.venues:
        return paragraph(w("none_venues"))
    rows = [
        [
            Cell(Html(_spoken(w, one.zh, one.en)), head=True), plain(_place(w, one.area)), plain(w(one.status)),
            plain(w.stamp(one.since)), plain(one.reopens or ""), plain(one.limits),
        ]
        for one in told.venues
    ]  # fmt: skip
    return table(w("venues"), [w(key) for key in ("venue", "area", "status", "since", "reopens", "limits")], rows)


STATES = {"normal": "normal", "limited": "limited_service", "suspended": "suspended", "": "unstated"}


def hours(w: Words, one: Open) -> str:
    """When a clinic is open."""
    row = one.clinic.row
    if (row.opens_min, row.closes_min) == (0, 1440):
        return w("around")
    return "–".join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in (row.opens_min, row.closes_min))


def _clinics(w: Words, clinics: Sequence[Open]) -> Html:
    if not clinics:
        return paragraph(w("none_clinics"))
    rows = [
        [
            Cell(Html(f'<span lang="zh-CN">{e(one.clinic.row.name)}</span>'), head=True),
            plain(_place(w, one.clinic.row.area[:6])), plain(w(STATES[one.service])), plain(hours(w, one)),
            Cell(link(f"tel:{one.clinic.row.telephone}", one.clinic.row.telephone) if one.clinic.row.telephone
                 else Html("")),
        ]
        for one in clinics
    ]  # fmt: skip
    return table(w("clinics"), [w(key) for key in ("clinic", "area", "status", "hours", "telephone")], rows)


def _library(w: Words, items: Sequence[HealthItemRow]) -> Html:
    if not items:
        return paragraph(w("none_library"))
    rows = [
        [
            Cell(_linked(one), head=True), plain(one.lang), Cell(Html(f'<span lang="zh-CN">{e(one.source)}</span>')),
            plain(one.edition), plain(one.day),
        ]
        for one in sorted(items, key=lambda one: one.lang != w.lang)
    ]  # fmt: skip
    return table(w("library"), [w(key) for key in ("library", "language", "source", "edition", "published")], rows)


def _linked(one: HealthItemRow) -> Html:
    return Html(f'<a href="library/{one.subject}-{one.lang}.html" lang="{e(one.lang)}">{e(one.title)}</a>')


def _item(w: Words, one: HealthItemRow) -> list[str]:
    source = e(one.source) if not one.link else link(one.link, one.source)
    rows = ((w("source"), source), (w("edition"), e(one.edition)), (w("published"), e(str(one.day))),
            (w("language"), e(one.lang)))  # fmt: skip
    facts = "".join(f"<dt>{e(name)}</dt><dd>{text}</dd>" for name, text in rows)
    return [
        f'<div class="text" lang="{e(one.lang)}">{e(one.text)}</div>',
        f"<dl>{facts}</dl>",
        paragraph(w("printing"), "small muted"),
    ]


def _claims(w: Words, told: Gathered) -> Iterable[str]:
    if not told.claims:
        yield paragraph(w("none_claims"))
    for one in told.claims:
        rows = (
            (w("verdict"), f"<strong>{e(w(f'verdict_{one.verdict}'))}</strong>"),
            (w("answer"), _spoken(w, one.answer_zh, one.answer_en)),
            (w("evidence"), link(one.link, one.evidence)),
            (w("published"), e(str(one.day))),
        )
        inside = "".join(f"<dt>{e(name)}</dt><dd>{text}</dd>" for name, text in rows)
        yield f'<h2 id="{one.subject}">{_spoken(w, one.claim_zh, one.claim_en)}</h2><dl>{inside}</dl>'


def _feedback(w: Words, told: Gathered) -> list[str]:
    its = told.answering
    median = w("not_stated") if its.median_h is None else its.median_h
    rows = [
        [Cell(Html(e(w(name))), head=True), Cell(Html(e(str(n))), number=True)]
        for name, n in (
            ("received", its.received), ("answered", its.answered), ("in_time", its.in_time), ("overdue", its.overdue),
            ("median", median),
        )
    ]  # fmt: skip
    limit = answer_h(told.at.astimezone(CIVIL_TIME).date())
    return [
        paragraph(w("feedback_lead", hours=limit)),
        Html(f"<p>{link(FEEDBACK, w('feedback_open'))}</p>"),
        f"<h2>{e(w('feedback_counts'))}</h2>",
        _as_of(w, told),
        table(w("feedback_counts"), [w("figure"), w("value")], rows, numbers=(1,)),
    ]


def _definitions(w: Words) -> list[str]:
    return [f'<h2 id="{metric}">{e(title_of(w, metric))}</h2>{definition(w, metric)}' for metric in METRICS]


def _files(w: Words, places: Sequence[Place]) -> Html:
    def row(name: str, at: str, schema: str) -> list[Cell]:
        links = " · ".join((link(f"../data/{at}.csv", "CSV"), link(f"../data/{at}.json", "JSON")))
        return [
            Cell(Html(e(name)), head=True),
            Cell(Html(links)),
            Cell(link(f"../data/{schema}.schema.json", w("schema"))),
        ]

    rows = [
        row(f"{w.either(one.zh, one.en)}{'：' if w.zh else ': '}{w('data_figures')}", f"{one.slug}/figures", "figures")
        for one in places
    ]
    rows += [row(w(f"data_{name}"), name, name) for name in FILES]
    return table(w("data"), [w("file"), w("format"), w("schema")], rows)
