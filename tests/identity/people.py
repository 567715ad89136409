"""People as they are sent, and those who send and look, for trials of the vault."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from stdnum.cn import ric

from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.identity import service
from lianfang.identity.service import Receipt
from lianfang.places.queries import subtree_range
from lianfang.sealing.current import keystore

NOW = datetime(2020, 2, 4, 4, tzinfo=UTC)
WUHUA, QUJING = "530102", "530302"
PURPOSE = {
    "epidemiologist": "contact_tracing", "grid_worker": "screening", "checkpoint_staff": "screening",
    "clinic_doctor": "treatment", "county_duty_officer": "follow_up", "duty_officer": "follow_up",
    "laboratory": "treatment", "inspector": "oversight", "volunteer_coordinator": "logistics_delivery",
    "counsellor": "counselling", "station_staff": "follow_up",
}  # fmt: skip


def viewer(role: str = "epidemiologist", area: str = WUHUA, *, author: str = "") -> Viewer:
    return Viewer(author or f"{role}-1", "desk-1", role, area, *subtree_range(area))


def number(born: str = "19900101", order: int = 1, place: str = "530102") -> str:
    """A resident identity card's number with its right check digit."""
    first = f"{place}{born}{order:03d}"
    return first + ric.calc_check_digit(first + "0")


def sent(n: int = 1, **fields: Any) -> dict[str, Any]:
    """A person as sent: the ``n``-th, unlike every other."""
    papers = [{"kind": "resident_id", "country": "", "number": number(order=n % 1000)}]
    whole = {
        "name": f"王{chr(0x4E00 + n)}", "sex": "女", "documents": papers, "phones": [f"138{n:08d}"],
        "address": f"五华区某路{n}号", "area": WUHUA, "data_class": "contact", **fields,
    }  # fmt: skip
    return {name: value for name, value in whole.items() if value is not None}


def enter(*people: Mapping[str, Any], who: Viewer | None = None) -> Receipt:
    return service.enter(who or viewer(), enumerate(people, 1), now=NOW)


def entered(n: int = 1, *, who: Viewer | None = None, **fields: Any) -> UUID:
    """The id of a person who is held now."""
    id = log.new_id()
    receipt = enter(sent(n, id=id, **fields), who=who)
    assert receipt.entered == 1, receipt
    return id


def lose_key(id: UUID) -> None:
    """As an older key store that was put back: the key is not there, and nothing says that it was erased."""
    with sqlite3.connect(keystore().path) as keys:
        assert keys.execute("DELETE FROM id WHERE id = ?", [id.bytes]).rowcount == 1
    keys.close()
