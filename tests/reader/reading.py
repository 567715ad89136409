"""A reading as short lines, for tables of texts and what is read from them."""

from __future__ import annotations

from datetime import datetime

from lianfang.capabilities.bulletins.facts import CIVIL_TIME, AreaCount, BulletinRecord
from lianfang.capabilities.bulletins.rules.reader import Reading, read
from lianfang.places.gazetteer import Gazetteer

PUBLISHED = datetime(2020, 3, 1, 8, tzinfo=CIVIL_TIME)


def reading(
    text: str, area: str | None = "530000", published: datetime | None = PUBLISHED, title: str | None = None
) -> Reading:
    return read(text, gazetteer=Gazetteer.load(), area=area, published_at=published, title=title)


def lines(record: BulletinRecord) -> set[str]:
    """``metric=n`` of the area, ``metric@code=n`` of its divisions; derived numbers end in ~."""
    found = {f"{c.metric}={c.n}" for c in record.figures}
    for top in record.by_area:
        found |= {_line(entry) for entry in top.walk()}
    return found


def _line(entry: AreaCount) -> str:
    return f"{entry.metric}@{entry.code or entry.name}={entry.n}" + ("~" if entry.basis == "derived" else "")


def only(result: Reading) -> BulletinRecord:
    assert len(result.records) == 1, [r.area_code for r in result.records]
    return result.records[0]
