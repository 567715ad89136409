"""The four concentrations counted, and what the viewer is told of behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import PresentFigures, countable
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.facts import BedType
from lianfang.capabilities.care.models import ExpertTeamRow, HospitalRow
from lianfang.capabilities.care.queries import bed_indicators, hospitals, teams, waiting
from lianfang.capabilities.care.rules import concentration
from lianfang.capabilities.care.rules.beds import SEVERE
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts.indicator import Asked, Item

CRITICAL: Final = (BedType.ICU, BedType.VENTILATOR)


def _of_cases(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    with seeing_all():
        qualified = set(HospitalRow.objects.filter(closed__isnull=True, severe=True).values_list("code", flat=True))
    found: dict[str, list[Item]] = {key: [] for key in keys}
    for id, area, hospital, designated, severity in waiting.in_hospital(viewer, asked.within):
        severe = severity in SEVERE
        counts = {
            "cases_in_hospital": True,
            "cases_in_designated": bool(designated),
            "severe_in_hospital": severe,
            "severe_in_qualified": severe and hospital in qualified,
        }
        for key in keys:
            found[key].append(Item(id, area, int(counts[key])))
    return found


def _of_hospitals(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    with seeing(viewer, hospitals.READ):
        rows = countable(viewer, hospitals.READ, HospitalRow.objects.filter(closed__isnull=True))
        rows = rows.filter(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])
        its = {id: (area, designated) for id, area, designated in rows.values_list("subject", "area", "designated")}
    beds, looked_after = hospitals.places(viewer, list(its), asked.now), _looked_after(asked)
    found: dict[str, list[Item]] = {key: [] for key in keys}
    for id, (area, designated) in its.items():
        critical = sum(one.beds for type, one in beds[id].items() if type in CRITICAL)
        counts = {
            "hospitals_designated": int(designated),
            "hospitals_with_experts": int(designated and id in looked_after),
            "critical_beds": critical,
            "critical_beds_designated": critical if designated else 0,
        }
        for key in keys:
            found[key].append(Item(id, area, counts[key]))
    return found


def _looked_after(asked: Asked) -> set[UUID]:
    """The hospitals that a team is assigned to on the day, wherever it comes from."""
    day = asked.now.astimezone(CIVIL_TIME).date()
    with seeing_all():
        standing = ExpertTeamRow.objects.filter(dissolved__isnull=True)
        return {one.hospital for row in standing for one in teams.assigned(row) if one.on(day)}


CASES: Final = PresentFigures(
    declared=concentration.OF_CASES, identities=(), titles=concentration.TITLES, read=waiting.READ, card="case",
    seen=bed_indicators.cases, counted=_of_cases,
)  # fmt: skip
HOSPITALS: Final = PresentFigures(
    declared=concentration.OF_HOSPITALS, identities=(), titles=concentration.TITLES, read=hospitals.READ,
    card="hospital", seen=bed_indicators.hospitals_seen, counted=_of_hospitals,
)  # fmt: skip
