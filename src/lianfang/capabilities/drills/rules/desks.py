"""Those who work at desks, and how what they record is sent."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER, Account, Drill
from lianfang.capabilities.drills.rules.shapes import one_id, written
from lianfang.capabilities.drills.rules.world import Told
from lianfang.capabilities.gates.state.owners import COUNTY
from lianfang.facts.fact import FactData

SLOT: Final = 10
"""Minutes: what was recorded is sent at the end of each such span."""
ROLES: Final = {
    "doctor": ("clinic_doctor", "发热门诊医生"),
    "cdc": ("epidemiologist", "疾控流调人员"),
    "station": ("station_staff", "留验站工作人员"),
}
"""By the beginning of an account's code: its role and title."""
LABORATORY: Final = "laboratory"
HOSPITAL: Final = "hospital"
"""The hospital that is designated for the whole area."""


def county(area: str) -> str:
    """The division whose desks a community has: its county, where codes are those of GB/T 2260; else itself."""
    return area[:COUNTY] if area.isdigit() else area


def counties(drill: Drill) -> list[str]:
    """The divisions that have desks."""
    return list(dict.fromkeys(map(county, drill.communities)))


def code(desk: str, area: str) -> str:
    """The account at a desk for a community."""
    return f"{desk}-{county(area)}"


def accounts(drill: Drill) -> list[Account]:
    """Everybody at the desks: one of each in each county, one hospital and one laboratory for all."""
    hospital = Account(code(HOSPITAL, drill.area), ROLES["doctor"][0], drill.area, f"定点医院 {drill.area}")
    found = [
        Account(code(desk, area), role, area, f"{title} {area}")
        for area in counties(drill)
        for desk, (role, title) in ROLES.items()
    ]
    return [hospital, *found, Account(code(LABORATORY, drill.area), LABORATORY, drill.area, f"实验室 {drill.area}")]


def minutes(days: NDArray[np.floating]) -> NDArray[np.int64]:
    """Days with their fraction as minutes; NEVER for nan."""
    return np.where(np.isnan(days), NEVER, np.nan_to_num(days) * DAY_MINUTES).astype(np.int64)


class Desk:
    """Writes facts of one account after the other, and keeps those that fall into the drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill, self.told, self._end = drill, list[Told](), drill.days * DAY_MINUTES - 1

    def tell(
        self, data: FactData, subject: str, area: str, by: str, seen: int, name: tuple[str, int], *, late: int = 0
    ) -> str:
        """Records something seen at a minute, sent ``late`` days after; its id, of a purpose and a number. Nothing is
        recorded after the end; what was to be sent then is sent at the end."""
        id = self.name(*name)
        if 0 <= seen <= self._end:
            text = written(self.drill, data, id, subject, area, seen, by)
            self.told.append(Told(self.sent(seen, late=late), by, seen, text))
        return id

    def sent(self, seen: int, *, late: int = 0) -> int:
        """The minute at which what was seen is sent: NEVER where it is not recorded."""
        sent = (seen // SLOT + 1) * SLOT + late * DAY_MINUTES
        return min(sent, self._end) if 0 <= seen <= self._end else NEVER

    def name(self, purpose: str, number: int) -> str:
        """The id that stands for a purpose and a number."""
        return one_id(self.drill.seed, purpose, number)
