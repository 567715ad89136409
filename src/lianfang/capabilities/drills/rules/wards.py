"""The hospitals of a drill and their beds: the one that is designated for the whole area, where every case lies from
the admission to the end, and a smaller one in each county, to which some who recover are to be moved."""

from __future__ import annotations

import heapq
from typing import Final
from uuid import UUID

import numpy as np

from lianfang.capabilities.care import facts as kind
from lianfang.capabilities.cases.facts import CaseOutcome, ClinicalSeverity
from lianfang.capabilities.drills.rules.cases import MISSING, Case, Journey
from lianfang.capabilities.drills.rules.desks import HOSPITAL, Desk, code, counties, county
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER, Drill
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.drills.rules.shapes import ids, one_id

OPENS: Final = 6 * 60
SPARE: Final = 1.2
"""Beds for each who will lie there at once."""
SMALL, LENT = 6, 2
"""Beds of a county's hospital, and temporary ones."""
SEVERE: Final = (ClinicalSeverity.SEVERE, ClinicalSeverity.CRITICAL)
MOVED, WELL_DAYS = 8, 5
"""Of so many who have lain there for so many days one is to be moved."""
LEFT: Final = {CaseOutcome.RECOVERED: kind.LeftFor.RECOVERED, CaseOutcome.DIED: kind.LeftFor.DIED}
Lies = tuple[Case, kind.BedType, int]
"""A case, the type of its bed, and the bed's number among those of the type."""


def hospital_id(drill: Drill, at: int) -> UUID:
    """The designated hospital is the first, those of the counties follow in their order."""
    return UUID(ids(drill.seed, "hospital", np.array([at], np.int64))[0])


class Wards:
    """Writes the facts of hospitals, beds, stays and transfers."""

    def __init__(self, journey: Journey) -> None:
        self.journey, self.drill, self.desk = journey, journey.drill, Desk(journey.drill)
        self.end = self.drill.days * DAY_MINUTES - 1
        self.lies, self.beds = self._lies()

    def _lies(self) -> tuple[list[Lies], dict[kind.BedType, int]]:
        """Who lies in which bed: the lowest that is free; and how many beds of each type that takes."""
        free: dict[kind.BedType, list[int]] = {kind.BedType.ISOLATION: [], kind.BedType.ICU: []}
        used, going = dict.fromkeys(free, 0), list[tuple[int, kind.BedType, int]]()
        found = []
        for one in sorted(self.journey.found.cases, key=lambda one: (one.admitted, one.infection)):
            if one.admitted >= min(NEVER, self.end):
                continue
            while going and going[0][0] < one.admitted:
                _, type, bed = heapq.heappop(going)
                heapq.heappush(free[type], bed)
            severe = self.journey.severity(one) in SEVERE
            type = kind.BedType.ICU if severe else kind.BedType.ISOLATION
            if free[type]:
                bed = heapq.heappop(free[type])
            else:
                bed, used[type] = used[type], used[type] + 1
            found.append((one, type, bed))
            if one.error != MISSING and one.ended < NEVER:
                heapq.heappush(going, (one.ended, type, bed))
        return found, used

    def write(self) -> None:
        """Everything that is recorded of hospitals."""
        drill = self.drill
        big = kind.HospitalRegistered(
            code=code(HOSPITAL, drill.area), zh="演练定点医院", en="Designated hospital of the drill",
            level=kind.HospitalLevel.TERTIARY, designated=True, severe=True,
            specialties=("infectious", "respiratory", "critical_care"),
        )  # fmt: skip
        self._registered(0, drill.area, big, {type: int(n * SPARE) + 2 for type, n in self.beds.items()})
        for at, area in enumerate(counties(drill), 1):
            small = kind.HospitalRegistered(
                code=code("clinic", area), zh=f"演练{at}号县医院", en=f"County hospital {at} of the drill",
                level=kind.HospitalLevel.SECONDARY, designated=True, severe=False,
            )  # fmt: skip
            self._registered(at, area, small, {kind.BedType.ISOLATION: SMALL})
        for n, lies in enumerate(self.lies):
            self._stay(n, *lies)

    def _registered(self, at: int, area: str, data: kind.HospitalRegistered, beds: dict[kind.BedType, int]) -> None:
        drill, id = self.drill, hospital_id(self.drill, at)
        self.desk.tell(data, str(id), area, chief(drill), OPENS, ("hospital", at))
        lent = {(kind.BedType.ISOLATION, n): True for n in range(SMALL, SMALL + LENT) if at}
        every = {(type, n): False for type, many in beds.items() for n in range(many)} | lent
        for (type, n), temporary in every.items():
            bed = kind.BedOpened(
                hospital=id, ward=type.value, number=_number(type, n), type=type, temporary=temporary,
                first=drill.day(0), last=drill.day(drill.days + 30) if temporary else None,
            )  # fmt: skip
            subject = str(kind.bed_id(id, bed.number))
            self.desk.tell(bed, subject, area, chief(drill), OPENS + 5, (f"bed {at} {bed.number}", n))

    def _stay(self, n: int, one: Case, type: kind.BedType, number: int) -> None:
        drill, hospital = self.drill, hospital_id(self.drill, 0)
        bed, stay = kind.bed_id(hospital, _number(type, number)), UUID(one_id(drill.seed, "stay", one.infection))
        by = code(HOSPITAL, drill.area)
        data = kind.BedOccupied(stay=stay, person=UUID(one.pseudonym), case=UUID(one.id))
        self.desk.tell(data, str(bed), drill.area, by, one.admitted, ("lies", one.infection))
        ended = one.ended if one.error != MISSING else NEVER
        if ended < NEVER:
            gone = kind.BedReleased(stay=stay, reason=LEFT[self.journey.outcome(one)])
            self.desk.tell(gone, str(bed), drill.area, by, ended, ("left", one.infection))
        well = one.admitted < self.end - WELL_DAYS * DAY_MINUTES and ended > self.end
        if n % MOVED == 0 and well and type is kind.BedType.ISOLATION:
            self._to_be_moved(n, one, bed, stay)

    def _to_be_moved(self, n: int, one: Case, bed: UUID, stay: UUID) -> None:
        """Asked for in the last hours; every other is approved, and a bed kept."""
        drill, at = self.drill, counties(self.drill).index(county(one.area)) + 1
        id, there = one_id(drill.seed, "transfer", one.infection), hospital_id(drill, at)
        asked = self.end - (2 + n // MOVED % 6) * 60
        data = kind.TransferRequested(
            person=UUID(one.pseudonym), case=UUID(one.id), bed=bed, stay=stay, hospital=hospital_id(drill, 0),
            to_hospital=there, to_area=county(one.area), type=kind.BedType.ISOLATION, severe=False,
            reason=kind.TransferReason.RECOVERING,
        )  # fmt: skip
        self.desk.tell(data, id, drill.area, code(HOSPITAL, drill.area), asked, ("transfer", one.infection))
        kept = n // MOVED // 2
        if n // MOVED % 2 == 0 and kept < SMALL:
            to = kind.bed_id(there, _number(kind.BedType.ISOLATION, kept))
            new = one_id(drill.seed, "kept", one.infection)
            approved = kind.TransferApproved(bed=to, stay=UUID(new))
            self.desk.tell(approved, id, drill.area, chief(drill), asked + 60, ("approved", one.infection))
            reserved = kind.BedReserved(
                stay=UUID(new), person=UUID(one.pseudonym), case=UUID(one.id), transfer=UUID(id)
            )  # fmt: skip
            self.desk.tell(reserved, str(to), county(one.area), chief(drill), asked + 60, ("kept", one.infection))


def _number(type: kind.BedType, n: int) -> str:
    return f"{type.value[:3].upper()}-{n + 1:03}"
