"""Places in stations are scarce: each is claimed under its station's lock, so that two clerks never overfill it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.isolation.facts import Mode
from lianfang.capabilities.isolation.queries import stations as queries


def claim(viewer: Viewer, station: UUID, mode: Mode, person: UUID, now: datetime) -> None:
    """Makes sure that there is a place for somebody; the station is locked. Raises Refused."""
    refuse_unfit(viewer, station, mode)
    its = queries.occupancy(viewer, [station], now, but=[person])[station]
    if its.free < 1:
        both = its.permanent + its.temporary
        raise Refused(
            [
                Wrong(
                    "station", "full", f"已满：{both}个床位，已占{its.held}个，请另选观察点或增加床位",
                    f"is full: {its.held} of {both} places are held; choose another or add beds",
                )
            ]
        )  # fmt: skip


def refuse_unfit(viewer: Viewer, station: UUID, mode: Mode) -> None:
    """Raises Refused for a station that the viewer does not see, that is closed, or of another kind."""
    try:
        row = queries.located(viewer, queries.READ, station)
    except NotThere:
        raise Refused([_UNKNOWN]) from None
    if row.closed is not None:
        raise Refused([_CLOSED])
    if row.mode != mode:
        zh, en = f"该点的类型是{row.mode}，与方式{mode}不符", f"is for {row.mode}, and the order says {mode}"
        raise Refused([Wrong("station", "other_mode", zh, en)])


def claim_bed(viewer: Viewer, station: UUID, ward: str, person: UUID, now: datetime) -> None:
    """Makes sure that there is a bed in a ward; the station is locked. Raises Refused."""
    found = queries.ward_of(viewer, station, ward, now, person)
    if found is None:
        raise Refused([Wrong("ward", "no_ward", "当日没有这个启用的病区", "is no ward that is open on the day")])
    beds, taken = found
    if taken >= beds:
        raise Refused(
            [Wrong("ward", "full", f"已满：{beds}张床位", f"is full: all of its {beds} beds are taken")]
        )  # fmt: skip


_UNKNOWN: Final = Wrong(
    "station", "unknown_station", "没有这个观察点，请核对", "is no station that is known: correct it"
)
_CLOSED: Final = Wrong(
    "station", "closed", "观察点已关闭，请另选", "is closed and takes in nobody: choose another"
)  # fmt: skip
