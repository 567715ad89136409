"""A text read and judged: its notices, their identities held against one another, and what was not understood."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple, TypeVar

from lianfang.capabilities.bulletins.facts import AreaCount, BulletinRecord, Count, Occurrence, Source, Unread
from lianfang.capabilities.bulletins.rules.assemble import identity
from lianfang.capabilities.bulletins.rules.lint import Finding, lint
from lianfang.capabilities.bulletins.rules.read_en import read_en
from lianfang.capabilities.bulletins.rules.reader import Reading, read
from lianfang.capabilities.bulletins.rules.reasons import unread
from lianfang.capabilities.bulletins.rules.reconcile import Check, check, previous_of
from lianfang.places.gazetteer import Gazetteer

Counted = TypeVar("Counted", bound=Count)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_COUNTED = re.compile(r"\d[\d,]* (?:confirmed |suspected |new )*(?:case|person|death)")


class Judged(NamedTuple):
    """What was read from a text, with the checks of every notice, and what a public text should not say."""

    records: tuple[BulletinRecord, ...]
    checks: tuple[Check, ...]
    unread: tuple[Unread, ...]
    findings: tuple[Finding, ...]


def judge(
    text: str,
    *,
    gazetteer: Gazetteer,
    area: str | None = None,
    published_at: datetime | None = None,
    title: str | None = None,
    source: Source | None = None,
) -> Judged:
    """Reads ``text`` and holds each of its notices against the others in it."""
    source = source or Source()
    if _CHINESE.search(text):
        found = read(text, gazetteer=gazetteer, area=area, published_at=published_at, title=title, source=source)
    else:
        found = _read_english(text, gazetteer, source)
    judged: list[Check] = []
    for record in found.records:
        kin = [r for r in found.records if r.area_code == record.area_code and r.bulletin_id != record.bulletin_id]
        same = [r for r in kin if r.as_of == record.as_of]
        headlines = [count for bulletin, count in found.headlines if bulletin == record.bulletin_id]
        judged += check(
            record, previous=previous_of(record, kin), others=same, headlines=headlines, gazetteer=gazetteer
        )
    findings = lint(text, record=found.records[0] if len(found.records) == 1 else None, gazetteer=gazetteer)
    return Judged(found.records, tuple(judged), found.unread, findings)


def _read_english(text: str, gazetteer: Gazetteer, source: Source) -> Reading:
    """Each paragraph as a notice in Lianfang's own English; a paragraph that is none is unread where it counts."""
    records, left = [], []
    for paragraph in re.finditer(r"[^\n]+", text):
        words, start = paragraph[0].rstrip(), paragraph.start()
        try:
            record = _shifted(read_en(words, gazetteer=gazetteer), start)
        except ValueError as error:
            if _COUNTED.search(words):
                why = f"not in the English that Lianfang writes: {error}"
                left.append(unread(start, start + len(words), words, why))
            continue
        named = identity(record.area_code, record.as_of, record.window, record.figures, record.by_area)
        occurrence = Occurrence(start=start, end=start + len(words))
        records.append(record.model_copy(update={"bulletin_id": named, "source": source, "occurrences": (occurrence,)}))
    return Reading(tuple(records), tuple(left))


def _shifted(record: BulletinRecord, by: int) -> BulletinRecord:
    """The record with its spans moved from the paragraph's start to the text's."""
    if by == 0:
        return record
    figures = tuple(_moved(count, by) for count in record.figures)
    return record.model_copy(update={"figures": figures, "by_area": tuple(_moved(a, by) for a in record.by_area)})


def _moved(count: Counted, by: int) -> Counted:
    update: dict[str, object] = {}
    if count.start is not None and count.end is not None:
        update = {"start": count.start + by, "end": count.end + by}
    if isinstance(count, AreaCount):
        update["children"] = tuple(_moved(child, by) for child in count.children)
    return count.model_copy(update=update)
