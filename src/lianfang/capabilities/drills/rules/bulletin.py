"""The daily notice of a drill's area: what its registers hold at 24:00, as far as was known then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple

from lianfang.capabilities.bulletins.facts import (
    METRICS,
    AreaCount,
    BulletinReceived,
    BulletinRecord,
    Count,
    Source,
    TextOrigin,
    Window,
)
from lianfang.capabilities.bulletins.rules.assemble import identity
from lianfang.capabilities.bulletins.rules.write import write
from lianfang.capabilities.cases.facts import CaseOutcome, Class, ClinicalSeverity
from lianfang.capabilities.drills.rules.cases import HOUR, Journey
from lianfang.capabilities.drills.rules.contacts import Following
from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.setting import officer
from lianfang.capabilities.drills.rules.shapes import written
from lianfang.capabilities.drills.rules.suspects import EXCLUDED, Suspecting
from lianfang.capabilities.drills.rules.world import Told
from lianfang.places.gazetteer import Gazetteer

PUBLISHED: Final = 8 * HOUR
"""Minutes from 24:00 until the notice is given out."""
STOCKS: Final = (
    "confirmed_cum", "confirmed_existing", "severe", "critical", "deaths_cum", "cured_cum", "suspected",
    "contacts_traced_cum", "contacts_observing", "contacts_released_cum",
)  # fmt: skip
APART: Final = ("asymptomatic_cum", "asymptomatic_obs")
"""Besides, where the edition counts apart who is not ill."""
NEW: Final = {"confirmed_new": "confirmed_cum", "deaths_new": "deaths_cum", "cured_new": "cured_cum"}
"""Flows, each by the stock of which it is the growth since the notice before."""
SEVERE: Final = {ClinicalSeverity.SEVERE: "severe", ClinicalSeverity.CRITICAL: "critical"}
PUBLISHER: Final = "演练"


class Change(NamedTuple):
    """From a minute on a stock of a community is known to be another."""

    minute: int
    metric: str
    area: str
    by: int


class Bulletins:
    """Writes the notices of a drill."""

    def __init__(self, journey: Journey, suspecting: Suspecting, following: Following) -> None:
        self.drill, self.desk = journey.drill, Desk(journey.drill)
        apart = "asymptomatic" in journey.edition.classes
        self.metrics = (*STOCKS, *APART) if apart else STOCKS
        gazetteer = Gazetteer.load()
        below = {one.code: one.name for one in gazetteer.children(self.drill.area)}
        self.names = below
        self.parts = {
            area: next((code for code in (area, *gazetteer.ancestors(area)) if code in below), "")
            for area in self.drill.communities
        }
        changes = [*_of_cases(journey), *_of_suspects(suspecting), *_of_contacts(following)]
        self.stocks = list(self._stocks(sorted(changes)))

    def _stocks(self, changes: list[Change]) -> Iterator[tuple[Counter[str], Counter[str]]]:
        """Of each day but the last the stocks of the area, and the confirmed of each part of it, at its end."""
        whole, parts, at = Counter[str](), Counter[str](), 0
        for day in range(self.drill.days - 1):
            while at < len(changes) and changes[at].minute <= (day + 1) * DAY_MINUTES:
                one = changes[at]
                whole[one.metric] += one.by
                if one.metric == "confirmed_cum":
                    parts[self.parts[one.area]] += one.by
                at += 1
            yield whole.copy(), parts.copy()

    def write(self) -> None:
        """The notice of each day, on the next morning."""
        by, gazetteer = officer(self.drill, "duty_officer"), Gazetteer.load()
        for day in range(len(self.stocks)):
            text = write(self.record(day), "zh", gazetteer=gazetteer)
            record = text.record.model_copy(update={"source": Source(title=text.title, publisher=PUBLISHER)})
            data = BulletinReceived(record=record, text=text.text, text_origin=TextOrigin.WRITTEN)
            subject, cut_off = self.desk.name("notices of the area", 0), (day + 1) * DAY_MINUTES
            id = self.desk.name("notice of the area", day)
            fact = written(self.drill, data, id, subject, self.drill.area, cut_off, by)
            self.desk.told.append(Told(cut_off + PUBLISHED, by, cut_off, fact))

    def record(self, day: int) -> BulletinRecord:
        """What the notice of a day says."""
        (whole, parts), before = self.stocks[day], self.stocks[day - 1][0] if day else Counter[str]()
        new = {metric: whole[stock] - before[stock] for metric, stock in NEW.items()}
        figures = tuple(_count(metric, n) for metric, n in ({one: whole[one] for one in self.metrics} | new).items())
        by_area = tuple(
            AreaCount(**_count("confirmed_cum", n).model_dump(), code=code, name=self.names[code])
            for code, n in sorted(parts.items(), key=lambda one: (-one[1], one[0]))
            if code and n
        )
        as_of = self.drill.at((day + 1) * DAY_MINUTES)
        window = Window(start=as_of - timedelta(days=1), end=as_of)
        return BulletinRecord(
            bulletin_id=identity(self.drill.area, as_of, window, figures, by_area), area_code=self.drill.area,
            disease=self.drill.disease, as_of=as_of, window=window, figures=figures, by_area=by_area,
        )  # fmt: skip

    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """Each cut-off, as seconds since 1970, with the metrics and their numbers as JSON."""
        for day in range(len(self.stocks)):
            record = self.record(day)
            told = [json.dumps([getattr(one, name) for one in record.figures]) for name in ("metric", "n")]
            assert record.as_of is not None
            yield str(int(record.as_of.timestamp())), told


def _count(metric: str, n: int) -> Count:
    return Count(metric=metric, n=n, unit=METRICS[metric].unit)


def _of_cases(journey: Journey) -> Iterator[Change]:
    for one in journey.found.cases:
        card, decided, ended = journey.known(one)
        if journey.first_class(one) is Class.SUSPECTED:
            yield Change(card, "suspected", one.area, 1)
            yield Change(decided, "suspected", one.area, -1)
        if journey.as_class(one) is Class.ASYMPTOMATIC:
            yield Change(decided, "asymptomatic_cum", one.area, 1)
            yield from _while(decided, ended, "asymptomatic_obs", one.area)
            continue
        yield Change(decided, "confirmed_cum", one.area, 1)
        yield from _while(decided, ended, "confirmed_existing", one.area)
        severity = journey.severity(one)
        if severity in SEVERE:
            yield from _while(decided, ended, SEVERE[severity], one.area)
        died = journey.outcome(one) is CaseOutcome.DIED
        yield Change(ended, "deaths_cum" if died else "cured_cum", one.area, 1)


def _of_suspects(suspecting: Suspecting) -> Iterator[Change]:
    sent = suspecting.desk.sent
    for one in suspecting.all:
        yield from _while(sent(one.reported), sent(one.reported + EXCLUDED), "suspected", one.area)


def _of_contacts(following: Following) -> Iterator[Change]:
    sent = following.desk.sent
    for one in following.everybody:
        traced, over = sent(one.told + HOUR // 2), sent(one.ends)
        yield Change(traced, "contacts_traced_cum", one.area, 1)
        yield from _while(traced, over, "contacts_observing", one.area)
        if one.case is None:
            yield Change(over, "contacts_released_cum", one.area, 1)


def _while(begins: int, ends: int, metric: str, area: str) -> tuple[Change, Change]:
    return Change(begins, metric, area, 1), Change(ends, metric, area, -1)
