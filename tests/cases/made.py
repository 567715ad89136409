"""People, cases and moments for trials of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases import service
from lianfang.capabilities.cases.facts import About, Class
from lianfang.facts.fact import Days, FactData
from lianfang.identity import service as vault
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.spans import span
from tests import law

WUHUA, QILIN, KUNMING, YUNNAN = "530102", "530302", "530100", "530000"
"""Two counties of two prefectures, the first one's prefecture, and the province."""
DISEASE = "ncov-2020"
START = datetime(2020, 1, 28, 1, tzinfo=UTC)
"""09:00 in China."""


def viewer(role: str = "epidemiologist", area: str = WUHUA, author: str = "cdc-1") -> Viewer:
    return Viewer(author, "desk-1", role, area, *span(Gazetteer.load(), area))


def hours(after: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=after)


def entered(area: str = WUHUA, who: Viewer | None = None) -> UUID:
    """A person whom somebody has entered."""
    id = uuid4()
    person = {
        "id": str(id), "name": "测试", "area": area, "data_class": "suspected", "since": "2020-01-20",
        "basis": "cyberspace_notice",
    }  # fmt: skip
    receipt = vault.enter(who or viewer(area=area), [(1, person)], now=START)
    assert receipt.entered == 1, receipt
    return id


def onset(day: str) -> About:
    return About(onset=Days.exactly(date.fromisoformat(day)))


def reported(
    as_class: Class = Class.SUSPECTED,
    *,
    who: Viewer | None = None,
    area: str = WUHUA,
    at: datetime = START,
    **fields: Any,
) -> UUID:
    """A case that was reported, of a new person unless one is given."""
    who = who or viewer(area=area)
    person, now = fields.pop("person", None) or entered(area, who), fields.pop("now", at)
    card = service.Card(
        person=person, disease=DISEASE, as_class=as_class, area=area, at=at,
        **{"about": onset("2020-01-24"), **fields},
    )  # fmt: skip
    made = service.report(who, card, now=now)
    law.acted()
    return made.case


def act(
    case: UUID, kind: type[FactData], *, at: datetime, who: Viewer | None = None, now: datetime | None = None,
    id: UUID | None = None, corrects: UUID | None = None, **fields: Any,
) -> UUID:  # fmt: skip
    """Something recorded of a case; the registers are tried afterwards."""
    fact = service.record(who or viewer(), case, kind, fields, at=at, now=now or at, id=id, corrects=corrects)
    law.acted()
    return fact
