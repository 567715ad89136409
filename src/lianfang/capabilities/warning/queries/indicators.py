"""The indicators of warning, as they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import PresentFigures, Shown, countable
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.warning.models.signals import SignalRow
from lianfang.capabilities.warning.queries.signals import READ
from lianfang.capabilities.warning.rules.indicators import DECLARED, TITLES
from lianfang.capabilities.warning.state.signal import Status
from lianfang.facts.indicator import Asked, Item


def _open(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    with seeing(viewer, READ):
        rows = countable(viewer, READ, SignalRow.objects.filter(status=Status.OPEN))
        rows = rows.filter(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])
        return {"signals_open": [Item(subject, area, 1) for subject, area in rows.values_list("subject", "area")]}


def _seen(viewer: Viewer, signals: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = visible(viewer, READ, SignalRow.objects.all()).filter(subject__in=list(signals))
    return {subject: Shown(subject) for subject in rows.values_list("subject", flat=True)}


INDICATORS: Final = PresentFigures(
    declared=DECLARED, identities=(), titles=TITLES, read=READ, card="signal", seen=_seen, counted=_open
)
