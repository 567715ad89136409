"""The indicators of beds and of those who wait for one, and what the viewer is told of behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import PresentFigures, Shown, countable
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.facts import BedType
from lianfang.capabilities.care.models import HospitalRow
from lianfang.capabilities.care.queries import hospitals, waiting
from lianfang.capabilities.care.rules import bed_indicators
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.queries.listing import ACTION
from lianfang.capabilities.cases.queries.whose import own
from lianfang.facts.indicator import Asked, Item

_SEVERE: Final = (BedType.ICU, BedType.VENTILATOR)


def _beds(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    with seeing(viewer, hospitals.READ):
        rows = countable(viewer, hospitals.READ, HospitalRow.objects.filter(closed__isnull=True))
        rows = rows.filter(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])
        its = {subject: (area, severe) for subject, area, severe in rows.values_list("subject", "area", "severe")}
    counted = hospitals.places(viewer, list(its), asked.now)
    found: dict[str, list[Item]] = {key: [] for key in keys}
    for id, (area, severe) in its.items():
        by_type = counted[id]
        told = {
            "beds_used": sum(one.held for one in by_type.values()),
            "beds_free": sum(one.free for one in by_type.values()),
            "beds_free_severe": sum(by_type[type].free for type in _SEVERE if severe and type in by_type),
        }
        for key in keys:
            found[key].append(Item(id, area, told[key]))
    return found


def hospitals_seen(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    """The cards of hospitals; within ``seeing``."""
    rows = visible(viewer, hospitals.READ, HospitalRow.objects.filter(subject__in=list(ids)))
    return {subject: Shown(subject, code) for subject, code in rows.values_list("subject", "code")}


def _waiting(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    found = waiting.in_no_hospital(viewer, asked.within)
    return {key: [Item(id, area, 1) for id, area in found] for key in keys}


def cases(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    """The cards of cases; within ``seeing``."""
    rows = visible(viewer, ACTION, CaseRow.objects.filter(subject__in=list(ids)), own=own(viewer))
    return {subject: Shown(subject, number) for subject, number in rows.values_list("subject", "number")}


BEDS: Final = PresentFigures(
    declared=bed_indicators.BEDS, identities=(), titles=bed_indicators.TITLES, read=hospitals.READ, card="hospital",
    seen=hospitals_seen, counted=_beds,
)  # fmt: skip
WAITING: Final = PresentFigures(
    declared=bed_indicators.WAITING, identities=(), titles=bed_indicators.TITLES, read=waiting.READ, card="case",
    seen=cases, counted=_waiting,
)  # fmt: skip
