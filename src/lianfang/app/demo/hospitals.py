"""The made hospitals of the demonstration: the designated one, in whose beds the outbreak's cases lie, and a smaller
one that is not qualified for severe cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Final
from uuid import UUID, uuid5

from lianfang.capabilities.care import facts as care
from lianfang.capabilities.cases import facts as case
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("5b0c7a4e-8d52-5c1c-9a35-1f6e9b7d2c40")
AREA: Final = "530102"
OPENED: Final = datetime(2020, 1, 20, 9, tzinfo=timezone(timedelta(hours=8)))
_BIG: Final = {care.BedType.ISOLATION: 24, care.BedType.ICU: 6, care.BedType.VENTILATOR: 3}
BIG: Final = uuid5(_NAMES, "demo-hospital-1")
"""The designated hospital."""
_SMALL: Final = {care.BedType.ISOLATION: 8}
_TYPES: Final = {
    case.ClinicalSeverity.SEVERE: care.BedType.ICU,
    case.ClinicalSeverity.CRITICAL: care.BedType.VENTILATOR,
}
_LEFT: Final = {case.CaseOutcome.RECOVERED: care.LeftFor.RECOVERED, case.CaseOutcome.DIED: care.LeftFor.DIED}


def facts(outbreak: Iterable[Fact]) -> Iterator[Fact]:
    """Hospitals and beds, and who of the outbreak lies in which, as its own facts tell."""
    big = care.HospitalRegistered(
        code="demo-hospital-1", zh="示例定点医院", en="Sample designated hospital", level=care.HospitalLevel.TERTIARY,
        designated=True, severe=True, specialties=("infectious", "respiratory", "critical_care"),
    )  # fmt: skip
    small = care.HospitalRegistered(
        code="demo-hospital-2", zh="示例区医院", en="Sample district hospital", level=care.HospitalLevel.SECONDARY,
        designated=True, severe=False, specialties=("infectious",),
    )  # fmt: skip
    yield from _opened(big, _BIG)
    yield from _opened(small, _SMALL)
    told, used = list(outbreak), Counter[care.BedType]()
    reported = {one.subject: one.data for one in told if isinstance(one.data, case.Reported)}
    ended = {one.subject: one for one in told if isinstance(one.data, case.Ended)}
    for one in told:
        if isinstance(one.data, case.Admitted) and one.data.hospital == big.code:
            card = reported[one.subject]
            type = _TYPES.get(card.severity, care.BedType.ISOLATION) if card.severity else care.BedType.ISOLATION
            used[type] += 1
            yield from _lies(care.bed_id(_id(big.code), _number(type, used[type])), one, card, ended.get(one.subject))


def _opened(hospital: care.HospitalRegistered, beds: dict[care.BedType, int]) -> Iterator[Fact]:
    id = _id(hospital.code)
    yield _fact(id, OPENED, hospital)
    for type, many in beds.items():
        for n in range(1, many + 1):
            number = _number(type, n)
            bed = care.BedOpened(hospital=id, ward=type.value, number=number, type=type, first=OPENED.date())
            yield _fact(care.bed_id(id, number), OPENED + timedelta(minutes=10), bed)


def _lies(bed: UUID, admitted: Fact, card: case.Reported, ended: Fact | None) -> Iterator[Fact]:
    stay = _id(f"stay|{admitted.subject}")
    occupied = care.BedOccupied(stay=stay, person=card.person, case=admitted.subject)
    yield _fact(bed, admitted.observed_at, occupied)
    if ended is not None and isinstance(ended.data, case.Ended):
        yield _fact(bed, ended.observed_at, care.BedReleased(stay=stay, reason=_LEFT[ended.data.outcome]))


def _number(type: care.BedType, n: int) -> str:
    return f"{type.value[:3].upper()}-{n:02}"


def _fact(subject: UUID, at: datetime, data: FactData) -> Fact:
    return Fact.of(data, id=_id(f"{data.kind}|{subject}|{at.isoformat()}"), subject=subject, area=AREA, observed_at=at)


def _id(name: str) -> UUID:
    return uuid5(_NAMES, name)
