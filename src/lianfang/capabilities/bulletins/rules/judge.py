"""A text read and judged: its notices, their identities held against one another, and what was not understood."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import BulletinRecord, Source, Unread
from lianfang.capabilities.bulletins.rules.reader import read
from lianfang.capabilities.bulletins.rules.reconcile import Check, check, previous_of
from lianfang.places.gazetteer import Gazetteer


class Judged(NamedTuple):
    """What was read from a text, with the checks of every notice."""

    records: tuple[BulletinRecord, ...]
    checks: tuple[Check, ...]
    unread: tuple[Unread, ...]


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
    found = read(
        text, gazetteer=gazetteer, area=area, published_at=published_at, title=title, source=source or Source()
    )
    judged: list[Check] = []
    for record in found.records:
        kin = [r for r in found.records if r.area_code == record.area_code and r.bulletin_id != record.bulletin_id]
        same = [r for r in kin if r.as_of == record.as_of]
        headlines = [count for bulletin, count in found.headlines if bulletin == record.bulletin_id]
        judged += check(
            record, previous=previous_of(record, kin), others=same, headlines=headlines, gazetteer=gazetteer
        )
    return Judged(found.records, tuple(judged), found.unread)
