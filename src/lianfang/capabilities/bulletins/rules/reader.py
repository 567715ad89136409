"""The reader of notices: text in, records out, and what was not understood.

Nothing is guessed: a number that the grammar does not place is reported with its span and the reason.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple, Protocol

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, BulletinRecord, Count, Source, Unread
from lianfang.capabilities.bulletins.rules import areas, assemble
from lianfang.capabilities.bulletins.rules.assemble import Assembly, Draft
from lianfang.capabilities.bulletins.rules.figures import Aside, Figure
from lianfang.capabilities.bulletins.rules.moments import Calendar
from lianfang.capabilities.bulletins.rules.normalise import Normalised, normalise
from lianfang.capabilities.bulletins.rules.reasons import unread
from lianfang.capabilities.bulletins.rules.sentences import Sentences
from lianfang.capabilities.bulletins.rules.tokens import Places
from lianfang.capabilities.bulletins.rules.tree import Divisions
from lianfang.profiles import names

_SENTENCE = re.compile(r"[^。!?\n【】]+[。!?]?")
_NOTICE = re.compile(r"确诊|疑似|病例|新增|累计|重症|出院|死亡|密切接触|医学观察|无症状|治愈|排查|感染者|患者")
_WORTH = re.compile(
    r"\d[万千]?[余多]?(?:例|人|名|宗|个|位)|[一二两三四五六七八九十百千][余多]?[例名人]|无|没有|未有|为[零0]|零|持平|截[至止]|定点|均为|\d[时点:]|\d日"
)
_COUNTED = re.compile(r"\d[余多]?(?:例|宗|人|名|个)|[一二两三四五六七八九十][例名]|无|为零|没有|持平")
_LISTED = re.compile(r"\d{1,2}[.、]")
_TITLE = re.compile(r"确诊|病例|新增|累计|增至|治愈|出院|死亡")
_TOTAL = re.compile(r"(?:累计|增至|达到?|升至)[^\d,。;]{0,16}?(\d{1,7})例")
_HEADLINE_LENGTH = 60


class Gazetteer(Places, Divisions, Protocol):
    """Divisions by name and by code."""


class Reading(NamedTuple):
    """Records in the order of the text, what was not understood, and the counts that headlines print."""

    records: tuple[BulletinRecord, ...]
    unread: tuple[Unread, ...]
    headlines: tuple[tuple[str, Count], ...] = ()


def read(
    text: str,
    *,
    gazetteer: Gazetteer,
    area: str | None = None,
    published_at: datetime | None = None,
    title: str | None = None,
    source: Source | None = None,
) -> Reading:
    """Read the notices in a text.

    ``area`` is the code of the division it is filed under, if known: a text that names another one is read as that
    one's. ``published_at`` gives the year and the day where the text leaves them out. Spans are code points of
    ``text``.
    """
    source = source or Source()
    published = published_at or source.published_at
    normalised = normalise(text)
    body, headlines = _stretches(normalised.text)
    on = published.astimezone(CIVIL_TIME).date() if published and published.tzinfo else (published and published.date())
    base = _base(normalised.text, title or source.title, area, gazetteer, on)
    announced = _announced(normalise(title or source.title or "").text, normalised.text, headlines)
    found = _read_stretches(normalised, body, gazetteer, base, published, on, announced)
    if not found.figures and headlines:
        body, headlines = sorted([*body, *headlines]), []
        found = _read_stretches(normalised, body, gazetteer, base, published, on, announced)
    _name_areas(found.figures, base)
    disease = _disease(normalised.text, on, found)
    made = Assembly(normalised, gazetteer, disease, source, on, body)
    nowhere = [f for f in found.figures if not f.area]
    found.asides.extend(Aside(f.start, f.end, "the area is not named", f.sentence) for f in nowhere)
    named = [f for f in found.figures if f.area]
    drafts = _promoted(assemble.drafts(named, found.said, gazetteer), gazetteer)
    records = tuple(assemble.record(d, made) for d in drafts)
    heads = _headlines(normalised, headlines, gazetteer, base, published, on, drafts, records)
    return Reading(records, _unread(found, normalised), heads)


def _base(text: str, title: str | None, area: str | None, gazetteer: Gazetteer, on: date | None) -> str | None:
    known = area if area and gazetteer.division(area) is not None else None
    inferred, named = areas.infer(text, normalise(title).text if title else None, gazetteer, on)
    if inferred is not None and named:
        inferred = areas.lifted(text, inferred, gazetteer, on)
    if known is None:
        return inferred
    return inferred if inferred is not None and named else known


def _stretches(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of the body's sentences and of headlines, those that may count something."""
    body: list[tuple[int, int]] = []
    heads: list[tuple[int, int]] = []
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        words = found.group()
        if (
            len(words) <= 12
            and words[0] not in "#"
            and (start == 0 or text[start - 1] in "\n【")
            and not _COUNTED.search(words)
        ):
            body.append((start, end))  # a heading, perhaps the name of an area
            continue
        if not (_WORTH.search(words) and (_NOTICE.search(words) or re.search(r"\d[例宗]", words))):
            continue
        bracketed = text[start - 1 : start] == "【" or (
            text[end : end + 1] == "】" and "【" in text[max(0, start - 80) : start]
        )
        alone = (start == 0 or text[start - 1] in "\n】") and (end == len(text) or text[end] in "\n【")
        tagged = words.startswith("#") and words.rstrip("。").endswith("#")
        short = alone and len(words) <= _HEADLINE_LENGTH and words[-1] not in "。!?;,:、"
        short = short and _TITLE.search(words) is not None and not _LISTED.match(words)
        (heads if bracketed or tagged or (short and len(words) < len(text)) else body).append((start, end))
    return body, heads


def _announced(title: str, text: str, headlines: list[tuple[int, int]]) -> frozenset[int]:
    """The totals that the title and the headlines print."""
    words = [title, *(text[start:end] for start, end in headlines)]
    return frozenset(int(n) for line in words for n in _TOTAL.findall(line))


def _read_stretches(
    normalised: Normalised,
    stretches: list[tuple[int, int]],
    gazetteer: Gazetteer,
    base: str | None,
    published: datetime | None,
    on: date | None,
    announced: frozenset[int] = frozenset(),
) -> Sentences:
    named = names.named_in(normalised.text)
    year = None
    if named is not None and named[1].begins and named[1].ends and named[1].begins.year == named[1].ends.year:
        year = named[1].begins.year
    calendar = Calendar(published, normalised.text, year)
    reader = Sentences(normalised.text, gazetteer, calendar, base, on)
    reader.announced = announced
    for start, end in stretches:
        reader.read(start, end)
    return reader


def _name_areas(figures: list[Figure], base: str | None) -> None:
    """Numbers read before any area was named belong to the first one that is."""
    first = next((f.area for f in figures if f.area), base or "")
    for figure in figures:
        figure.area = figure.area or first


def _promoted(drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """A notice that numbers one division of the area alone is that division's own notice."""
    for draft in drafts:
        places = {f.place for f in draft.figures if f.parent is None}
        if None in places or len({p[0] for p in places if p}) != 1:
            continue
        code = next(p[0] for p in places if p)
        if code is None or "-" in code or any(f.closing for f in draft.figures):
            continue
        draft.area = code
        for figure in draft.figures:
            figure.area = code
            if figure.parent is None:
                figure.place = None
    return drafts


def _disease(text: str, on: date | None, found: Sentences) -> str:
    named = names.named_in(text)
    if named is not None:
        return named[0]
    day = on or next((f.cutoff.at.date() for f in found.figures if f.cutoff), None)
    return names.in_force(day) or "unspecified"


def _unread(found: Sentences, normalised: Normalised) -> tuple[Unread, ...]:
    left = []
    read = {f.sentence for f in found.figures}
    near = found.reports | {i + step for i in read for step in (-1, 1)}
    for aside in sorted(set(found.asides)):
        cases = found.text[aside.end - 1] == "例"
        if aside.sentence not in read and not (cases and aside.sentence in near):
            continue
        start, end = normalised.span(aside.start, aside.end)
        left.append(unread(start, end, normalised.text[aside.start : aside.end], aside.reason))
    return tuple(left)


def _headlines(
    normalised: Normalised,
    stretches: list[tuple[int, int]],
    gazetteer: Gazetteer,
    base: str | None,
    published: datetime | None,
    on: date | None,
    drafts: list[Draft],
    records: tuple[BulletinRecord, ...],
) -> tuple[tuple[str, Count], ...]:
    """The counts of headlines, each with the nearest notice of the same area."""
    if not stretches or not records:
        return ()
    read_them = _read_stretches(normalised, stretches, gazetteer, base, published, on)
    heads: list[tuple[str, Count]] = []
    for figure in read_them.figures:
        near = [
            (abs(d.figures[0].start - figure.start), i)
            for i, d in enumerate(drafts)
            if d.area == (figure.area or base) and d.figures
        ]
        if figure.place is None and near and figure.metric:
            heads.append((records[min(near)[1]].bulletin_id, assemble._count(figure, normalised)))
    return tuple(heads)
