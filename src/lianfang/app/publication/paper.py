"""What every file of a notice holds, in one language: its words, its figures, its revisions, and what proves it. Pure
but for the names of divisions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, METRICS, Contents
from lianfang.capabilities.bulletins.queries.issues import PublicIssue
from lianfang.capabilities.bulletins.rules import write_en, write_zh
from lianfang.capabilities.bulletins.rules.wording import disease
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.warning.rules.reading import day_en, day_zh
from lianfang.places.gazetteer import Gazetteer

Row = tuple[str | int, ...]


class Table(NamedTuple):
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


class Picture(NamedTuple):
    """A drawing as SVG, and where it comes from; the numbers that it shows stand in a table."""

    title: str
    svg: str
    source: str


class Paper(NamedTuple):
    """A notice to be set. ``standing`` tells whether it is public, ``made`` to which moment its file is dated: the same
    notice gives the same bytes."""

    lang: Language
    title: str
    as_of: str
    standing: str
    note: str
    text: str
    tables: tuple[Table, ...]
    verify: str
    made: datetime
    map: Picture | None = None


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("lianfang.app.publication").joinpath("words.toml").read_text("utf-8"))


class Words(NamedTuple):
    """The words of a language, filled in."""

    lang: Language

    def __call__(self, code: str, **figures: object) -> str:
        return _words()[code][self.lang].format_map(figures)

    def stamp(self, at: datetime) -> str:
        """A moment to the minute, by civil time."""
        civil = at.astimezone(CIVIL_TIME)
        day = (day_zh if self.lang == "zh" else day_en)(civil.date().isoformat())
        return f"{day}{' ' if self.lang == 'zh' else ', '}{civil:%H:%M}"


def paper(of: PublicIssue, lang: Language, gazetteer: Gazetteer) -> Paper:
    """The notice in a language. Raises LookupError for an area that is not known."""
    w, contents = Words(lang), of.contents
    public = of.number is not None and of.issued_at is not None
    return Paper(
        lang=lang,
        title=w("title", area=name(gazetteer, contents.area_code, lang), disease=disease_name(contents, lang)),
        as_of=w("as_of", at=(write_zh if lang == "zh" else write_en).cut_off(contents.record)),
        standing=w("issued", n=of.number, at=w.stamp(of.issued_at)) if public and of.issued_at else w("draft"),
        note=w("note", note=of.note) if of.note else "",
        text=contents.zh if lang == "zh" else contents.en,
        tables=tables_of(of, w, gazetteer),
        verify=w("verify", id=of.draft),
        made=of.issued_at or contents.as_of,
    )  # fmt: skip


def name(gazetteer: Gazetteer, code: str, lang: Language) -> str:
    """A division's name. Raises LookupError for one that is not known."""
    division = gazetteer.division(code)
    if division is None:
        raise LookupError(f"unknown area {code}")
    return division.name if lang == "zh" else division.en or division.pinyin or division.name


def disease_name(contents: Contents, lang: Language) -> str:
    """What a notice calls its disease."""
    zh, en = disease(contents.disease, contents.as_of.date())
    return (zh if lang == "zh" else en) or contents.disease


def tables_of(of: PublicIssue, w: Words, gazetteer: Gazetteer) -> tuple[Table, ...]:
    """The figures of a notice, its issues so far, and what proves it."""
    return tuple(_tables(of, w, gazetteer))


def _tables(of: PublicIssue, w: Words, gazetteer: Gazetteer) -> Iterator[Table]:
    record = of.contents.record
    own = tuple((METRICS[one.metric]._asdict()[w.lang], one.n, w(one.unit.value)) for one in record.figures)
    yield Table(w("figures"), (w("figure"), w("n"), w("unit")), own)
    parts = tuple(
        (name(gazetteer, one.code, w.lang) if one.code else one.name, METRICS[one.metric]._asdict()[w.lang], one.n,
         w(one.unit.value))
        for one in record.by_area
    )  # fmt: skip
    if parts:
        yield Table(w("by_area"), (w("area"), w("figure"), w("n"), w("unit")), parts)
    if of.log:
        log = tuple((one.number, w.stamp(one.issued_at), one.note or "") for one in of.log)
        yield Table(w("log"), (w("issue"), w("at"), w("why")), log)
    yield Table(w("proof"), ("", ""), tuple(_proof(of, w)))


def _proof(of: PublicIssue, w: Words) -> Iterator[Row]:
    contents = of.contents
    yield w("id"), str(of.draft)
    yield w("head"), f"{contents.seq}:{contents.chain}"
    yield w("edition"), contents.edition
    yield w("indicators"), contents.indicators
    yield w("software"), contents.software
