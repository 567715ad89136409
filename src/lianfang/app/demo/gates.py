"""The made checkpoints of the demonstration: a road gate with a gap in its shifts, a railway's station, who passed; a
community's gate where nobody is, one that is closed, and a fever clinic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.accounts.demo import MORNING
from lianfang.capabilities.gates import facts as gate
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("3c5a1c7e-93a4-5d1b-8f0e-0f6a2f3b7d11")
ROAD, RAIL = "530602", "530102"
STAFF: Final = "demo-checkpoint-staff"
_HELD: Final = "encounter-17"
"""One of those who passed has a fever."""


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded before the demonstration's morning: when it was received, by whom, and the facts."""
    return [(MORNING, "demo-county-duty-officer", [*_set_up(), *_others()]), (MORNING, STAFF, list(_passed()))]


def post(name: str) -> UUID:
    """The id of a post of the demonstration."""
    return uuid5(_NAMES, f"post|{name}")


def _fact(name: str, subject: UUID, area: str, at: datetime, data: FactData) -> Fact:
    return Fact.of(data, id=uuid5(_NAMES, f"fact|{name}"), subject=subject, area=area, observed_at=at)


def _set_up() -> Iterator[Fact]:
    """Two posts since the evening before last, their shifts, an airing and a disinfection, a notice to both."""
    since, midnight = MORNING - timedelta(hours=37), MORNING.replace(hour=0)
    places: dict[str, tuple[str, dict[str, Any]]] = {
        "road": (ROAD, {
            "name": "昭阳北收费站卡点", "kind_of": "point", "place_type": "road_gate", "number": "ZT-01",
            "lead": "凤凰街道办事处", "east_deg": 103.72, "north_deg": 27.37,
        }),
        "rail": (RAIL, {
            "name": "昆明站交通卫生检疫站", "kind_of": "station", "place_type": "railway_station", "number": "TL-01",
            "department": "railway", "lead": "铁路昆明站", "east_deg": 102.73, "north_deg": 25.02,
        }),
    }  # fmt: skip
    for name, (area, told) in places.items():
        yield _fact(f"{name} opened", post(name), area, since, gate.PostOpened(town=area, **told))
        for at, begins in enumerate((0, 8) if name == "road" else (0, 8, 16)):
            span = {"begins": midnight + timedelta(hours=begins), "ends": midnight + timedelta(hours=begins + 8)}
            staff = (STAFF,) if begins == 8 else (f"{name}-night-{at}",)
            yield _fact(f"{name} shift {at}", post(name), area, since, gate.ShiftPlanned(**span, staff=staff))
        for measure, hours in (("disinfection", 25 if name == "road" else 3), ("ventilation", 3)):
            agent = "chlorine" if measure == "disinfection" else None
            data = gate.Treated(measure=measure, room="全区", agent=agent, minutes=30, operator=STAFF)
            yield _fact(f"{name} {measure}", post(name), area, MORNING - timedelta(hours=hours), data)
        text = "自1月30日起，过往人员逢人必测，做好登记和告知。"
        sent = gate.NoticeSent(post=post(name), group=uuid5(_NAMES, "group"), title="逢人必测", text=text)
        yield _fact(f"{name} notice", uuid5(_NAMES, f"notice|{name}"), area, MORNING - timedelta(hours=1), sent)
    seat = gate.DepartmentSeated(account="demo-responding-department", department="railway")
    yield _fact("seat", uuid5(_NAMES, "seat"), "530100", since, seat)


def _others() -> Iterator[Fact]:
    """Posts of which there is less to tell, each in its own state."""
    since = MORNING - timedelta(hours=61)
    own: dict[str, Any] = {"kind_of": "point", "place_type": "community"}
    places: dict[str, tuple[str, dict[str, Any]]] = {
        "gate": ("530103", {
            **own, "name": "拓东小区东门", "lead": "拓东街道办事处", "east_deg": 102.745, "north_deg": 25.04,
        }),
        "shut": ("530103", {
            **own, "name": "鼓楼小区西门", "lead": "鼓楼街道办事处", "east_deg": 102.71, "north_deg": 25.06,
        }),
        "clinic": ("530111", {
            "name": "示例医院发热门诊", "kind_of": "clinic", "place_type": "fever_clinic", "lead": "示例医院",
            "telephone": "08710000000", "east_deg": 102.76, "north_deg": 24.99, "opens_min": 480, "closes_min": 1200,
        }),
    }  # fmt: skip
    for name, (area, told) in places.items():
        yield _fact(f"{name} opened", post(name), area, since, gate.PostOpened(town=area, **told))
    evening = MORNING.replace(hour=16)
    shift = gate.ShiftPlanned(begins=evening, ends=evening + timedelta(hours=8), staff=("gate-evening",))
    yield _fact("gate shift", post("gate"), "530103", since, shift)
    for measure, agent in (("disinfection", "chlorine"), ("ventilation", None)):
        data = gate.Treated(measure=measure, room="全区", agent=agent, minutes=30, operator="gate-evening")
        yield _fact(f"gate {measure}", post("gate"), "530103", MORNING - timedelta(hours=3), data)
    yield _fact("shut closed", post("shut"), "530103", MORNING - timedelta(hours=14), gate.PostClosed())


def _passed() -> Iterator[Fact]:
    """Twenty who passed on the morning, one of them with a fever; a car of which two of three were measured."""
    began = MORNING - timedelta(minutes=55)
    stop = uuid5(_NAMES, "car")
    car = gate.VehicleStopped(post=post("road"), vehicle_type="car", occupants=3, came_from="420100", going_to=ROAD)
    yield _fact("car", stop, ROAD, MORNING - timedelta(minutes=9), car)
    for number in range(20):
        name, in_car = f"encounter-{number}", number >= 18
        temp_c = 38.2 if name == _HELD else 36.1 + number % 7 / 10
        data = gate.Screened(
            post=post("road"), vehicle=stop if in_car else None, came_from="420100" if in_car else "530600",
            going_to=ROAD, fever=name == _HELD, temp_c=temp_c, took_s=9 + number % 5,
            notice=gate.Notice(version="2020-01-27", language="zh"),
        )  # fmt: skip
        at = began + timedelta(minutes=2.5 * number)
        subject = uuid5(_NAMES, name)
        yield _fact(name, subject, ROAD, at, data)
        if name == _HELD:
            held = gate.Held(
                reason="temperature", edition="2020-01", basis="infectious_disease", approver=STAFF, start=at,
                end=at + timedelta(hours=12),
            )  # fmt: skip
            yield _fact("held", subject, ROAD, at, held)
