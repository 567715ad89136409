"""Notices that were issued, without the way there: as many days as asked for, of a province and its divisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from lianfang.capabilities.bulletins.facts import (
    AreaCount,
    BulletinIssued,
    BulletinRecord,
    Contents,
    Count,
    Unit,
    issue_id,
)
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.places.queries import current_gazetteer

DISEASE = "ncov-2020"
FIRST = datetime(2020, 1, 28, tzinfo=CIVIL_TIME)
"""The end of 27 January."""
_IDS = UUID("0d1b6f39-54f0-4f0e-8f60-2f9e3f3d7a11")


def contents(area: str, at: datetime, day: int, *, more: int = 0) -> Contents:
    """What a notice says on the ``day``-th day; ``more`` cases than counted at first."""
    gazetteer = current_gazetteer()
    parts = gazetteer.children(area)
    by_area = [(one, day * (1 + number % 4)) for number, one in enumerate(parts)]
    total = sum(n for _, n in by_area) + more
    new = sum(1 + number % 4 for number in range(len(parts)))
    figures = {
        "confirmed_cum": total, "confirmed_new": new + more, "deaths_cum": day // 7, "cured_cum": day, "suspected": 3,
    }  # fmt: skip
    record = BulletinRecord(
        bulletin_id=f"{area}-{at:%Y%m%d%H%M}", area_code=area, disease=DISEASE, as_of=at,
        figures=tuple(Count(metric=metric, n=n, unit=Unit.CASE) for metric, n in figures.items()),
        by_area=tuple(
            AreaCount(metric="confirmed_cum", n=n + (more if number == 0 else 0), unit=Unit.CASE, code=one.code,
                      name=one.name)
            for number, (one, n) in enumerate(by_area)
        ),
    )  # fmt: skip
    text = f"截至{at - timedelta(days=1):%m月%d日}24时，累计报告确诊病例{total}例。"
    return Contents(
        area_code=area, disease=DISEASE, as_of=at, seq=100 + day, chain="ab" * 32, edition="c1",
        indicators="0123456789abcdef", software="0.1.0", record=record, zh=text, en=f"{total} confirmed cases.",
    )  # fmt: skip


def issue(area: str, day: int, *, number: int = 1, more: int = 0, note: str | None = None) -> Fact:
    """The ``number``-th issue of a day's notice, one hour after the one before."""
    at = FIRST + timedelta(days=day)
    told = contents(area, at, day + 1, more=more)
    subject, draft = issue_id(area, DISEASE, at), uuid5(_IDS, f"{area}|{day}|{number}")
    before = uuid5(draft, "issued before") if number > 1 else None
    data = BulletinIssued(draft=draft, number=number, contents=told, revises=before, note=note)
    made = at + timedelta(hours=8 + number)
    return Fact.of(data, id=uuid5(draft, "issued"), subject=subject, area=area, observed_at=made)


def issued(area: str, days: int, revised: int = 2) -> None:
    """A notice a day; the one of the day ``revised`` was issued twice."""
    facts = [issue(area, day) for day in range(days)]
    if days > revised:
        facts.append(issue(area, revised, number=2, more=1, note="补报1例"))
    outcomes = log.append(facts, principal=log.Principal("duty-1", "desk-1"), now=FIRST + timedelta(days=days))
    assert {one.status for one in outcomes} == {"appended"}, outcomes
