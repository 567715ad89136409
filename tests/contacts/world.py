"""People, cases and contacts for trials: two divisions, a made calendar, short words for acts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import About, Class, Classified, Reported, SourceDetermined
from lianfang.capabilities.contacts import service
from lianfang.capabilities.contacts.facts import Exposure
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact, FactData
from lianfang.identity import service as vault
from tests import law
from tests.access.made import FOREIGN, OWN, viewer

CHINA = timezone(timedelta(hours=8))
DISEASE, EDITION = "ncov-2020", "ncov-2020-v2"
NOW = datetime(2020, 3, 1, 12, tzinfo=CHINA)


def at(day: int, hour: float = 9, month: int = 1) -> datetime:
    """An hour of a day of 2020, China time; days beyond the month's last go on into the next."""
    return datetime(2020, month, 1, tzinfo=CHINA) + timedelta(days=day - 1, hours=hour)


def on(day: int, month: int = 1) -> date:
    return at(day, 0, month).date()


def entered(area: str = OWN) -> UUID:
    """A person whom somebody has entered in a division."""
    id = uuid4()
    sent = {"id": str(id), "name": "测试", "area": area, "data_class": "contact", "since": "2020-01-20",
            "basis": "cyberspace_notice"}  # fmt: skip
    receipt = vault.enter(tracer(area), [(1, sent)], now=at(21))
    assert receipt.entered == 1, receipt
    return id


def tracer(area: str = OWN, author: str = "author-1") -> Viewer:
    return viewer("epidemiologist", area, author=author)


def exposure(source: UUID | None, last: date, **told: Any) -> Exposure:
    return Exposure(**{"source": source, "last": last, "setting": "household", "closeness": ("live_together",), **told})


def append(facts: list[Fact], who: Viewer | None = None) -> None:
    outcomes = log.append(facts, principal=(who or tracer()).principal)
    assert {one.status for one in outcomes} <= {"appended"}, outcomes


def fact(data: FactData, subject: UUID, when: datetime, area: str = OWN, **more: Any) -> Fact:
    return Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=when, **more)


def report(
    when: datetime,
    as_class: Class = Class.SUSPECTED,
    *,
    area: str = OWN,
    onset: date | None = None,
    person: UUID | None = None,
    number: str | None = None,
    case: UUID | None = None,
    source: Any = None,
) -> UUID:
    """A case that somebody reported."""
    case = case or uuid4()
    data = Reported(
        person=person or uuid4(),
        disease=DISEASE,
        edition=EDITION,
        as_class=as_class,
        about=About(onset=Days.exactly(onset) if onset else None),
        number=number,
    )
    append([fact(data, case, when, area)])
    if source is not None:
        append([fact(SourceDetermined(source=source), case, when, area)])
    return case


def classify(case: UUID, to: Class, when: datetime, basis: str = "laboratory", area: str = OWN) -> UUID:
    decided = fact(Classified(to=to, edition=EDITION, basis=basis), case, when, area)
    append([decided])
    return decided.id


def expose(
    source: UUID | None,
    last: date,
    when: datetime,
    *,
    person: UUID | None = None,
    who: Viewer | None = None,
    **told: Any,
) -> service.Registered:
    """A contact who was found at once, unless said otherwise."""
    more = {name: told.pop(name) for name in ("closeness", "setting", "protected", "certainty") if name in told}
    telling = service.Telling(
        **{
            "person": person or entered(), "disease": DISEASE, "exposure": exposure(source, last, **more), "area": OWN,
            "edition": EDITION, "at": when, "traced": True, **told,
        }
    )  # fmt: skip
    done = service.expose(who or tracer(), telling, now=NOW)
    law.acted()
    return done


__all__ = ["FOREIGN", "OWN", "UTC"]
