"""The indicators of cases, and which cases the viewer is told of behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import Shown, StepFigures
from lianfang.access.rows import visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import CaseRow, IndicatorRow
from lianfang.capabilities.cases.queries.listing import ACTION
from lianfang.capabilities.cases.queries.whose import own
from lianfang.capabilities.cases.rules.indicators import DECLARED, IDENTITIES, TITLES


def _seen(viewer: Viewer, cases: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = visible(viewer, ACTION, CaseRow.objects.all(), own=own(viewer)).filter(subject__in=list(cases))
    return {subject: Shown(subject, number) for subject, number in rows.values_list("subject", "number")}


INDICATORS: Final = StepFigures(
    declared=DECLARED, identities=IDENTITIES, titles=TITLES, read=ACTION, card="case", seen=_seen, model=IndicatorRow
)
