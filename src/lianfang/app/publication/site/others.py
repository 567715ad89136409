"""The pages that are not of one place: the entry, health risk tips, measures, venues, clinics, symptoms, health
education, claims, feedback, definitions, downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape as e
from itertools import groupby
from typing import Any

from lianfang.app.publication.site.feed import newest
from lianfang.app.publication.site.gathered import Gathered, Place, named
from lianfang.app.publication.site.markup import Around, Cell, Html, link, page, paragraph, plain, spoken, table
from lianfang.app.publication.site.notices import definition, title_of
from lianfang.app.publication.site.words import Words
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.bulletins.models import HealthItemRow
from lianfang.capabilities.bulletins.rules.feedback import answer_h
from lianfang.capabilities.command.queries.measures import Public
from lianfang.capabilities.gates.queries.care import SUSPENDED, Clinic
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.profiles.disease import profile, terms
from lianfang.profiles.disease.parts import Term

FEEDBACK = "/care/feedback/"
"""The form: a page of the application, on the same host."""
NEAREST = "/care/"
"""Where a browser finds the nearest clinic by itself: likewise."""
FILES = ("measures", "venues", "clinics", "feedback")
NEWEST = 8
"""Lines of what became public last, on the first page."""
TIPS = ("check_mask", "check_travel", "check_tell", "check_alone")


def pages(w: Words, told: Gathered, around: Around) -> Iterator[tuple[str, bytes]]:
    """By where each stands below the language's folder."""
    made: dict[str, Iterable[str]] = {
        "home": [paragraph(w("lead")), *_home(w, told)],
        "tips": [paragraph(w("tips_lead")), *_tips(w, told)],
        "measures": [paragraph(w("measures_lead")), _as_of(w, told), *_measures(w, told)],
        "venues": [_as_of(w, told), _venues(w, told)],
        "clinics": [_as_of(w, told), *_clinics(w, told.clinics)],
        "check": _check(w, told),
        "library": [paragraph(w("library_lead")), _library(w, told.items, around)],
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
        others = [one for one in told.items if one.subject == item.subject and one is not item]
        yield path, page(w, path, item.title, _item(w, item, others, around), around, "library")


def _as_of(w: Words, told: Gathered) -> Html:
    return paragraph(w("as_of", at=w.stamp(told.at)), "muted")


def _place(w: Words, code: str) -> str:
    own = named(code)
    return w.either(own.name, own.en or own.pinyin)


def _home(w: Words, told: Gathered) -> list[str]:
    """The newest notice of each place, what to do about symptoms, what holds now, and what became public last."""
    held = w("measures_held", n=len(told.measures))
    return [
        f"<h2>{e(w('latest'))}</h2>", _latest(w, told),
        Html(f"<p>{link('check.html', w('check'))} · {link('measures.html', held)}</p>"), *_newest(w, told),
    ]  # fmt: skip


def _newest(w: Words, told: Gathered) -> Iterator[Html]:
    lines = [
        f"<li>{link(one.path, one.title)} <span class=muted>{e(w.stamp(one.at))}</span></li>"
        for one in newest(w, told, NEWEST)
    ]
    if lines:
        yield Html(f"<h2>{e(w('newest'))}</h2><ul>{''.join(lines)}</ul>")


def _latest(w: Words, told: Gathered) -> Html:
    if not told.places:
        return paragraph(w("none_notices"), "muted")
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
    return table(w("latest"), heads, rows, numbers=(2,), quiet=True, stacks=True)


def _tips(w: Words, told: Gathered) -> Iterator[Html]:
    if not told.tips:
        yield paragraph(w("none_tips"), "muted")
    for one in told.tips:
        its = one.data
        rows = (
            (w("area"), e(_place(w, one.area))), (w("issuer"), spoken(w, its["issuer"])),
            (w("document"), spoken(w, its["doc_no"])), (w("published"), e(w.stamp(one.began))),
        )  # fmt: skip
        yield Html(
            f'<h2 id="{one.subject}">{spoken(w, its["zh"], its["en"])}</h2>'
            f'<div class="text">{spoken(w, its["zh_text"], its["en_text"])}</div>{_facts(rows)}'
        )


def _measures(w: Words, told: Gathered) -> Iterator[Html]:
    """By document: what is the same of all its measures is said once, on top."""
    if not told.measures:
        yield paragraph(w("none_measures"))
    for (area, *same), its in groupby(told.measures, _document):
        basis, doc_no, approver, starts, ends = same
        rows = (
            (w("basis"), spoken(w, f"{basis}（{doc_no}）")), (w("approver"), spoken(w, approver)),
            (w("starts"), e(w.stamp(starts))), (w("ends"), e(w.stamp(ends))),
        )  # fmt: skip
        lines = "".join(f'<li value="{one.number}">{spoken(w, one.zh, one.en)}{_exempt(w, one)}</li>' for one in its)
        yield Html(f"<h2>{e(_place(w, area))}</h2>{_facts(rows)}<ol>{lines}</ol>")


def _document(one: Public) -> tuple[Any, ...]:
    return one.area, one.basis, one.doc_no, one.approver, one.starts, one.ends


def _exempt(w: Words, one: Public) -> Html:
    names = ("、" if w.zh else ", ").join(w(f"exempt_{its}") for its in one.exempt)
    return Html(f' <span class="muted">{e(w("exempt"))}{e("：" if w.zh else ": ")}{e(names)}</span>' if names else "")


def _facts(rows: Iterable[tuple[str, str]]) -> Html:
    """Names in words, and what they are in markup."""
    return Html(f"<dl>{''.join(f'<dt>{e(name)}</dt><dd>{text}</dd>' for name, text in rows)}</dl>")


def _venues(w: Words, told: Gathered) -> Html:
    if not told.venues:
        return paragraph(w("none_venues"))
    rows = [
        [
            Cell(spoken(w, one.zh, one.en), head=True), plain(_place(w, one.area)), plain(w(one.status)),
            plain(w.stamp(one.since)), plain(w.day(one.reopens) if one.reopens else ""),
            Cell(spoken(w, one.limits)), Cell(spoken(w, one.doc_no)),
        ]
        for one in told.venues
    ]  # fmt: skip
    heads = [w(key) for key in ("venue", "area", "status", "since", "reopens", "limits", "document")]
    return table(w("venues"), heads, rows, quiet=True, stacks=True)


STATES = {"normal": "normal", "limited": "limited_service", SUSPENDED: "suspended", "": "unstated"}


def hours(w: Words, one: Clinic) -> str:
    """When a clinic is open."""
    if (one.row.opens_min, one.row.closes_min) == (0, 1440):
        return w("around")
    return "–".join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in (one.row.opens_min, one.row.closes_min))


def _clinics(w: Words, clinics: Sequence[Clinic]) -> Iterator[Html]:
    """By prefecture, where there are several; those that see nobody now stand last."""
    if not clinics:
        yield paragraph(w("none_clinics"))
        return
    parts = {code: list(its) for code, its in groupby(clinics, lambda one: _prefecture(one.row.area))}
    if len(parts) > 1:
        links = " · ".join(link(f"#{code}", _place(w, code)) for code in parts)
        yield Html(f'<nav aria-label="{e(w("area"))}"><p>{links}</p></nav>')
    for code, its in parts.items():
        if len(parts) > 1:
            yield Html(f'<h2 id="{e(code)}">{e(_place(w, code))}</h2>')
        yield _clinic_table(w, _place(w, code), sorted(its, key=lambda one: one.service == SUSPENDED))


def _prefecture(area: str) -> str:
    county = named(area[:6])
    return county.code if county.level == "prefecture" else county.parent or county.code


def _clinic_table(w: Words, caption: str, clinics: Sequence[Clinic]) -> Html:
    rows = [
        [
            Cell(Html(f'<span lang="zh-CN">{e(one.row.name)}</span>'), head=True),
            plain(_place(w, one.row.area[:6])), plain(w(STATES[one.service])), plain(hours(w, one)),
            Cell(link(f"tel:{one.row.telephone}", one.row.telephone) if one.row.telephone else Html("")),
        ]
        for one in clinics
    ]  # fmt: skip
    heads = [w(key) for key in ("clinic", "area", "status", "hours", "telephone")]
    return table(caption, heads, rows, quiet=True, stacks=True)


def _check(w: Words, told: Gathered) -> list[str]:
    """What to do with which symptoms, by the policy of the day: whoever reads it tells nobody anything."""
    its = policy_at(told.at)
    symptoms = [(one.code in its.danger, w.either(one.zh, one.en)) for one in _symptoms(told)]
    return [
        paragraph(w("check_lead")),
        f"<h2>{e(w('check_now', emergency=its.emergency))}</h2>",
        _list(name for danger, name in symptoms if danger),
        f"<h2>{e(w('check_go', fever=f'{its.hold_c:g}'))}</h2>",
        _list(name for danger, name in symptoms if not danger),
        f"<h2>{e(w('check_way'))}</h2>",
        _list(map(w, TIPS)),
        paragraph(w("check_not", emergency=its.emergency), "note"),
        f"<h2>{e(w('clinics'))}</h2>",
        Html(f"<p>{link('clinics.html', w('check_list'))}</p><p>{link(NEAREST, w('check_nearest'))}</p>"),
    ]


def _symptoms(told: Gathered) -> Iterator[Term]:
    """Those of the diseases that notices tell of; where there is no notice yet, of any."""
    diseases = {place.issues[0].contents.disease for place in told.places}
    known = {one.code for disease in diseases for one in profile(disease).symptoms}
    return (one for one in terms("symptom") if one.code != "other" and (not known or one.code in known))


def _list(lines: Iterable[str]) -> Html:
    return Html(f"<ul>{''.join(f'<li>{e(one)}</li>' for one in lines)}</ul>")


def _library(w: Words, items: Sequence[HealthItemRow], around: Around) -> Html:
    if not items:
        return paragraph(w("none_library"))
    rows = [
        [
            Cell(_linked(one, "library/"), head=True), plain(_language(one, around)),
            Cell(Html(f'<span lang="{e(one.lang)}">{e(one.source)}</span>')), plain(one.edition), plain(w.day(one.day)),
        ]
        for one in sorted(items, key=lambda one: one.lang != w.lang)
    ]  # fmt: skip
    heads = [w(key) for key in ("title", "language", "source", "edition", "published")]
    return table(w("library"), heads, rows, quiet=True, stacks=True)


def _linked(one: HealthItemRow, folder: str = "") -> Html:
    return Html(f'<a href="{folder}{one.subject}-{one.lang}.html" lang="{e(one.lang)}">{e(one.title)}</a>')


def _language(one: HealthItemRow, around: Around) -> str:
    """What a language calls itself, where the site is told in it; else its tag."""
    return next((its.name for its in around.languages if its.lang == one.lang), one.lang)


def _item(w: Words, one: HealthItemRow, others: Sequence[HealthItemRow], around: Around) -> list[str]:
    source = e(one.source) if not one.link else link(one.link, one.source)
    rows = ((w("source"), f'<span lang="{e(one.lang)}">{source}</span>'), (w("edition"), e(one.edition)),
            (w("published"), e(w.day(one.day))), (w("language"), e(_language(one, around))),
            *(((w("languages"), " · ".join(map(_linked, others))),) if others else ()))  # fmt: skip
    return [
        f'<div class="text" lang="{e(one.lang)}">{e(one.text)}</div>',
        _facts(rows),
        paragraph(w("printing"), "small muted"),
    ]


def _claims(w: Words, told: Gathered) -> Iterable[str]:
    if not told.claims:
        yield paragraph(w("none_claims"))
    for one in told.claims:
        rows = (
            (w("verdict"), f"<strong>{e(w(f'verdict_{one.verdict}'))}</strong>"),
            (w("answer"), spoken(w, one.answer_zh, one.answer_en)),
            (w("evidence"), f'<a href="{e(one.link)}">{spoken(w, one.evidence)}</a>'),
            (w("published"), e(w.day(one.day))),
        )
        yield f'<h2 id="{one.subject}">{spoken(w, one.claim_zh, one.claim_en)}</h2>{_facts(rows)}'


def _feedback(w: Words, told: Gathered) -> list[str]:
    its = told.answering
    median = w("not_stated") if its.median_h is None else its.median_h
    rows = [
        [Cell(Html(e(w(name))), head=True), Cell(Html(e(str(n))), number=True), plain(w(f"{name}_means"))]
        for name, n in (
            ("received", its.received), ("answered", its.answered), ("in_time", its.in_time), ("overdue", its.overdue),
            ("median", median),
        )
    ]  # fmt: skip
    limit = answer_h(told.at.astimezone(CIVIL_TIME).date())
    return [
        paragraph(w("feedback_lead", hours=limit)),
        Html(f"<p>{link(f'{FEEDBACK}?lang={w.lang}', w('feedback_open'))}</p>"),
        f"<h2>{e(w('feedback_counts'))}</h2>",
        _as_of(w, told),
        table(w("feedback_counts"), [w("figure"), w("value"), w("definition")], rows, numbers=(1,), quiet=True),
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
    return table(w("data"), [w("file"), w("format"), w("schema")], rows, quiet=True)
