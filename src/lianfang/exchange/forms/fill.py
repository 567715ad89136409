"""The forms filled in from the record: whoever may see it, with names only where the vault shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from lianfang.access.matrix import can, require
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.oversight.queries.forms import offered
from lianfang.exchange.forms import areas, cases, contacts
from lianfang.exchange.forms.parts import KINDS, ZONE, Kind, Sheet, Words
from lianfang.identity import queries as vault

READ = "forms.read"
SEE = "people.list"
RESTS = Wrong("form", "rests", "已暂停填报，无须提交", "rests: nobody needs to hand it in")


@dataclass(frozen=True)
class Asked:
    """Which form of what. ``subject`` is a case or a contact, ``day`` a civil day; ``purpose`` asks for names."""

    form: str
    subject: UUID | None = None
    area: str = ""
    day: date | None = None
    disease: str = ""
    after: str = ""
    purpose: str = ""


class Names:
    """The persons of a form, as far as the viewer's role sees them; nobody without a purpose."""

    def __init__(self, viewer: Viewer, purpose: str, now: datetime) -> None:
        self._viewer, self._purpose, self._now = viewer, purpose, now

    def of(self, ids: Collection[UUID | None]) -> dict[UUID, dict[str, Any]]:
        """What is shown of each; the look is on record. Raises Forbidden, NotYourPurpose."""
        wanted = [one for one in dict.fromkeys(ids) if one is not None]
        if not self._purpose or not wanted or not can(self._viewer, SEE):
            return {}
        found = vault.shown(self._viewer, wanted, purpose=self._purpose, now=self._now)
        return {id: dict(person.shown) for id, person in found.items()}


def forms(viewer: Viewer, now: datetime) -> list[Kind]:
    """The forms that are asked for: none of those that rest where the viewer works. Raises Forbidden."""
    require(viewer, READ)
    return [KINDS[code] for code in offered(viewer, list(KINDS), now)]


def fill(viewer: Viewer, asked: Asked, words: Words, *, now: datetime) -> Sheet:
    """A form, filled in as of now or of the end of a day. Raises Forbidden, NotThere, Refused, NotYourPurpose."""
    require(viewer, READ)
    kind = KINDS.get(asked.form)
    if kind is None:
        raise NotThere
    if not offered(viewer, [kind.code], now):
        raise Refused([RESTS])
    names = Names(viewer, asked.purpose, now)
    if kind.of == "area":
        day = asked.day or now.astimezone(ZONE).date()
        area = asked.area or viewer.area
        if not area:
            raise Refused([Wrong("area", "missing", "请填写区划代码", "give the code of a division")])
        begins = datetime.combine(day, time(), ZONE)
        if begins > now:
            raise Refused([Wrong("day", "in_future", "在今天之后，请核对", "lies after today: correct it")])
        window = areas.Window(area, day, begins, min(begins + timedelta(days=1), now), asked.disease)
        if kind.code == "contact-register":
            return contacts.register(viewer, window, asked.after, names, words)
        return areas.FILLED[kind.code](viewer, window, words)
    if asked.subject is None:
        raise Refused([Wrong("subject", "missing", "请指明病例或接触者", "say of which case or contact")])
    if kind.of == "contact":
        return contacts.observation_sheet(viewer, asked.subject, names, words, now)
    filled = cases.report_card if kind.code == "report-card" else cases.investigation
    return filled(viewer, asked.subject, names, words)
