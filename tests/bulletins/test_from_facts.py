"""Two notices of January 2020, counted from the facts behind them: their figures are those of the source pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from lianfang.access.matrix import operator
from lianfang.app.database import Database
from lianfang.app.publication.compose import count
from lianfang.capabilities.bulletins.facts import CIVIL_TIME, BulletinRecord
from lianfang.capabilities.bulletins.rules.check import State
from lianfang.capabilities.bulletins.rules.cutoffs import cutoff
from lianfang.capabilities.bulletins.rules.judge import judge
from lianfang.capabilities.cases.facts import About, Class, ClinicalSeverity, Reported
from lianfang.capabilities.contacts.facts import Exposed, Exposure, Informed
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact, FactData
from lianfang.facts.sent import LARGEST_BATCH
from tests.bulletins.test_sources import GAZETTEER, seed

pytestmark = pytest.mark.shared

DISEASE, EDITION = "ncov-2020", "4"
DAY = datetime(2020, 1, 28, tzinfo=CIVIL_TIME)
EARLIER = DAY - timedelta(days=2)
_NAMES = UUID("7d8c64c9-5a0f-5e55-9d6b-0f3d6a1e3a10")
STATED = ("confirmed_cum", "confirmed_new", "severe", "deaths_cum", "suspected", "contacts_observing")
"""What both the source and a notice of ours can state."""


def facts(record: BulletinRecord) -> Iterator[Fact]:
    """Cases where the notice counts them, the new ones within its window, its suspected cases and its contacts."""
    assert record.as_of is not None
    new, severe = record.value("confirmed_new") or 0, record.value("severe") or 0
    at = [
        (part.code or record.area_code)
        for part in record.by_area
        if part.metric == "confirmed_cum"
        for _ in range(part.n)
    ]
    for n, area in enumerate(at):
        when = record.as_of - timedelta(hours=2) if n < new else EARLIER
        yield _case(f"confirmed {n}", area, when, Class.CONFIRMED, ClinicalSeverity.SEVERE if n < severe else None)
    for n in range(record.value("suspected") or 0):
        yield _case(f"suspected {n}", at[0], EARLIER, Class.SUSPECTED, None)
    for n in range(record.value("contacts_observing") or 0):
        exposure = Exposure(source=None, last=EARLIER.date(), setting="household")
        yield _fact(
            f"contact {n}", at[0], EARLIER,
            Exposed(disease=DISEASE, edition=EDITION, person=_id(f"contact {n} person"), exposure=exposure),
        )  # fmt: skip
        yield Fact.of(
            Informed(), id=_id(f"contact {n} informed"), subject=_id(f"contact {n}"), area=at[0],
            observed_at=EARLIER + timedelta(hours=1),
        )  # fmt: skip


def _case(name: str, area: str, at: datetime, as_class: Class, severity: ClinicalSeverity | None) -> Fact:
    about = About(onset=Days.exactly(at.date()))
    data = Reported(
        person=_id(f"{name} person"),
        disease=DISEASE,
        edition=EDITION,
        as_class=as_class,
        about=about,
        severity=severity,
    )
    return _fact(name, area, at, data)


def _fact(name: str, area: str, at: datetime, data: FactData) -> Fact:
    return Fact.of(data, id=_id(f"{name} fact"), subject=_id(name), area=area, observed_at=at)


def _id(name: str) -> UUID:
    return uuid5(_NAMES, name)


@pytest.mark.parametrize(
    ("page", "area", "code", "cases"), [("000", "530000", "noon", 44), ("003", "150000", "morning", 15)]
)
def test_a_notice_counted_from_facts_is_that_of_the_source(
    database: Database, shared: Path, page: str, area: str, code: str, cases: int
) -> None:
    source = seed(shared, page, area, "confirmed_cum")
    window = cutoff(code).window(DAY.date())
    assert source.as_of == window.end and source.value("confirmed_cum") == cases
    made = list(facts(source))
    for at in range(0, len(made), LARGEST_BATCH):
        batch = made[at : at + LARGEST_BATCH]
        outcomes = log.append(batch, principal=log.Principal("desk", "device-1"), now=window.end)
        assert {one.status.value for one in outcomes} == {"appended"}, outcomes[:3]

    contents = count(operator(), area, window, disease=DISEASE, now=window.end + timedelta(hours=1)).contents
    told = {metric: contents.record.value(metric) or 0 for metric in STATED}
    assert told == {metric: source.value(metric) or 0 for metric in STATED}
    assert _by_area(contents.record) == _by_area(source)
    for text in (contents.zh, contents.en):
        read = judge(text, gazetteer=GAZETTEER)
        assert len(read.records) == 1 and not read.unread
        assert not [one for one in read.checks if one.state is State.FAILS]
        assert read.records[0].value("confirmed_cum") == cases


def _by_area(record: BulletinRecord) -> dict[str | None, int]:
    return {one.code: one.n for one in record.by_area if one.metric == "confirmed_cum"}
