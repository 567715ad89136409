"""Writes a record as an official notice, in Chinese or in English, that reads back to the same record.

Order: cut-off, cumulative, new, source, severe, generations and deaths, areas (falling number, then code), suspected
cases, the window with its changes, contacts, screening, and where the cases are treated. Only what the record states is
written: implied zeros and derived numbers are left out, and a phrase such as 均为输入病例 appears only where the
record's attributes say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from lianfang.capabilities.bulletins.facts import Attributes, Basis, BulletinRecord, Count
from lianfang.capabilities.bulletins.rules import write_en, write_zh
from lianfang.capabilities.bulletins.rules.page import Page
from lianfang.places.gazetteer import Gazetteer

Language = Literal["zh", "en"]


class Written(NamedTuple):
    """A notice in words. ``record`` has the spans of its numbers in ``text``; ``title`` is a headline from the same."""

    text: str
    record: BulletinRecord
    title: str


def write(record: BulletinRecord, lang: Language, *, gazetteer: Gazetteer) -> Written:
    """The notice in ``lang``. Raises ValueError where the record has no number to state, or the area is unknown."""
    if not any(c.basis is Basis.STATED for c in record.counts()):
        raise ValueError("the record states no number")
    page = Page()
    compose = write_zh.compose if lang == "zh" else write_en.compose
    title = compose(record, page, gazetteer)
    return Written(page.text, page.located(record), title)


def says_the_same(one: BulletinRecord, other: BulletinRecord) -> bool:
    """Whether two records state the same: all but ids, sources, spans, spelling, order and what is not in the words."""
    return essence(one) == essence(other)


def essence(record: BulletinRecord) -> Mapping[str, object]:
    """What a record states, comparable: stated numbers by metric and division, times, area, disease and attributes.

    A name counts only where there is no code. An attribute that is False equals silence: no notice says what is not so.
    """
    window = record.window
    return {
        "area": record.area_code,
        "disease": record.disease,
        "as_of": _instant(record.as_of),
        "precision": record.as_of_precision if record.as_of is not None else None,
        "window": (_instant(window.start), _instant(window.end)) if window is not None else None,
        "figures": sorted(_stated(f) for f in record.figures if f.basis is Basis.STATED),
        "areas": sorted(
            (*_stated(a), a.code or a.name) for top in record.by_area for a in top.walk() if a.basis is Basis.STATED
        ),
        "affected": (record.areas_affected.n, record.areas_affected.level) if record.areas_affected else None,
        "attributes": sorted(name for name in Attributes.model_fields if getattr(record.attrs, name)),
    }


def _instant(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment is not None else None


def _stated(count: Count) -> tuple[str, int, str, str]:
    return (count.metric, count.n, count.unit.value, count.qualifier.value)
