"""Who of the waiting goes to which hospital: severity first, then how long somebody has waited, then the way.

Two transportation problems in whole numbers. The first, small, says who gets a bed at all; the second brings those to
the beds over the fewest kilometres. Source: see ``policy/beds.toml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np

from lianfang.capabilities.care.facts import BedType
from lianfang.capabilities.care.rules.beds import BED_NAMES, SEVERE, SEVERITIES, BedPolicy
from lianfang.epi.routes import route

FAR_KM: Final = 2_000
"""A way that is not known, and the longest that counts."""
EARTH_KM: Final = 6371.0
LIMIT_S: Final = 5.0

Point = tuple[float, float]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Waiting(NamedTuple):
    """A patient who waits: ``at`` is where, degrees east and north; ``specialty`` the one that is needed."""

    case: UUID
    severity: str
    hours: float
    at: Point | None
    specialty: str | None = None


class Free(NamedTuple):
    """Free beds of one type in a designated hospital; ``severe``: qualified for severe cases."""

    hospital: UUID
    type: str
    beds: int
    severe: bool
    specialties: tuple[str, ...]
    at: Point | None


class Line(NamedTuple):
    """What is proposed for a patient; ``free`` is None where nothing is left that fits. ``km``: the way, where it is
    known."""

    case: UUID
    free: Free | None
    km: float | None
    first_type: bool
    specialty: bool
    could: bool
    """Whether any bed fits at all: others were before this one."""


class Proposal(NamedTuple):
    """A line for each who waits, the most severe first. ``gap``: at most this share of the cost could be saved."""

    lines: tuple[Line, ...]
    gap: float


def assign(waiting: Sequence[Waiting], free: Sequence[Free], policy: BedPolicy) -> Proposal:
    """The proposal. In which order patients and beds are given does not matter."""
    waiting = sorted(waiting, key=_turn)
    free = sorted((one for one in free if one.beds > 0), key=lambda one: (one.hospital, one.type))
    served = _served(waiting, free, policy)
    groups: dict[_Key, list[Waiting]] = defaultdict(list)
    for one in waiting:
        if one.case in served:
            groups[one.severity, one.at, one.specialty].append(one)
    keys = list(groups)
    cost, fits = _costs(keys, free, policy)
    goes: dict[UUID, Free] = {}
    gap = 0.0
    if keys:
        beds = np.array([one.beds for one in free], np.int64)
        amounts = np.array([len(groups[key]) for key in keys], np.int64)
        never = (cost[fits].max() + 1) * (len(served) + 1)
        found = route(beds, amounts, np.where(fits, cost, never), limit_s=LIMIT_S)
        gap = found.gap
        for store, place, n in found.lines:
            for _ in range(n):
                goes[groups[keys[place]].pop(0).case] = free[store]
    return Proposal(tuple(_line(one, goes.get(one.case), free, policy) for one in waiting), gap)


def _turn(one: Waiting) -> tuple[int, float, UUID]:
    return -SEVERITIES.index(one.severity), -one.hours, one.case


_Key = tuple[str, Point | None, str | None]


def fits_bed(severity: str, bed: Free, policy: BedPolicy) -> bool:
    """Whether a patient of a severity can be put into a bed of this kind."""
    return bed.type in policy.needs[severity] and (bed.severe or severity not in SEVERE)


def _served(waiting: Sequence[Waiting], free: Sequence[Free], policy: BedPolicy) -> frozenset[UUID]:
    """Who gets a bed: as many of the most severe as there can be, then of the next; of one severity those who have
    waited longest. Which severity can have which bed depends on neither place nor patient, so that counts decide."""
    kinds: Counter[tuple[str, bool]] = Counter()
    for bed in free:
        kinds[bed.type, bed.severe] += bed.beds
    waits = Counter(one.severity for one in waiting)
    severities = [one for one in reversed(SEVERITIES) if waits[one]]
    if not kinds or not severities:
        return frozenset()
    fits = np.array(
        [[type in policy.needs[one] and (severe or one not in SEVERE) for one in severities] for type, severe in kinds]
    )
    # A bed goes to one or the other: that each severity weighs more than the next is enough.
    leave = np.arange(len(severities), 0, -1, dtype=np.float64)
    cost = np.vstack([np.where(fits, 0.0, len(severities) + 1.0), leave[None, :]])
    beds = np.array([*kinds.values(), len(waiting)], np.int64)
    found = route(beds, np.array([waits[one] for one in severities], np.int64), cost, limit_s=LIMIT_S)
    room: Counter[str] = Counter()
    for store, place, n in found.lines:
        if store < len(kinds):
            room[severities[place]] += n
    served = set()
    for one in waiting:  # the longest waiting of each severity first
        if room[one.severity] > 0:
            room[one.severity] -= 1
            served.add(one.case)
    return frozenset(served)


def _costs(keys: Sequence[_Key], free: Sequence[Free], policy: BedPolicy) -> tuple[Floats, Flags]:
    """Kilometres, with what else counts as such, from each group to each kind of bed; and which fit."""
    cost = np.minimum(_ways([key[1] for key in keys], [one.at for one in free]), FAR_KM).round(3)
    fits = np.zeros(cost.shape, np.bool_)
    for severity in {key[0] for key in keys}:
        needs = policy.needs[severity]
        columns = np.array([key[0] == severity for key in keys])
        fits[:, columns] = np.array([[fits_bed(severity, one, policy)] for one in free])
        cost[:, columns] += [
            [needs.index(BedType(one.type)) * policy.next_type_km if one.type in needs else 0] for one in free
        ]
    for specialty in {key[2] for key in keys} - {None}:
        columns = np.array([key[2] == specialty for key in keys])
        cost[:, columns] += [[0 if specialty in one.specialties else policy.other_specialty_km] for one in free]
    return cost, fits


def _ways(froms: Sequence[Point | None], tos: Sequence[Point | None]) -> Floats:
    """Great-circle kilometres, a row for each of ``tos``."""
    start, end = (
        np.radians(np.array([one or (np.nan, np.nan) for one in all], np.float64).reshape(-1, 2))
        for all in (froms, tos)
    )
    east, north = end[:, None, 0] - start[None, :, 0], end[:, None, 1] - start[None, :, 1]
    a = np.sin(north / 2) ** 2 + np.cos(end[:, None, 1]) * np.cos(start[None, :, 1]) * np.sin(east / 2) ** 2
    found: Floats = np.nan_to_num(2 * EARTH_KM * np.arcsin(np.sqrt(a)), nan=float(FAR_KM))
    return found


def _line(one: Waiting, of: Free | None, free: Sequence[Free], policy: BedPolicy) -> Line:
    options = [bed for bed in free if fits_bed(one.severity, bed, policy)] if of is None else []
    if of is None:
        return Line(one.case, None, None, False, False, bool(options))
    known = one.at is not None and of.at is not None
    km = float(_ways([one.at], [of.at])[0, 0]) if known else None
    return Line(
        one.case, of, km, of.type == policy.needs[one.severity][0],
        one.specialty is None or one.specialty in of.specialties, True,
    )  # fmt: skip


def why(line: Line, severity: str) -> tuple[str, str]:
    """The reason for a line in a sentence, zh and en."""
    if line.free is None:
        if line.could:
            return (
                "适合的床位已分给病情更重或等候更久的患者",
                "the beds that fit go to those more severe or longer waiting",
            )
        return "目前没有适合的空床", "no bed that fits is free anywhere"
    zh, en = BED_NAMES[BedType(line.free.type)]
    parts_zh, parts_en = [f"{zh}空床"], [f"a free bed: {en}"]
    if severity in SEVERE:
        parts_zh.append("具备重症救治资质")
        parts_en.append("qualified for severe cases")
    if not line.first_type:
        parts_zh.append("首选类型已无空床")
        parts_en.append("none of the first choice of bed")
    if not line.specialty:
        parts_zh.append("该专科医院已无空床或过远")
        parts_en.append("no bed near with the specialty")
    if line.km is not None:
        parts_zh.append(f"距离约{line.km:.0f}公里")
        parts_en.append(f"about {line.km:.0f} km away")
    return "，".join(parts_zh), ", ".join(parts_en)
