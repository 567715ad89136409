"""The indicators of contacts, and which contacts the viewer is told of behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import Shown, StepFigures
from lianfang.access.viewer import Viewer
from lianfang.capabilities.contacts.models import IndicatorRow
from lianfang.capabilities.contacts.queries.lists import READ, contacts_of
from lianfang.capabilities.contacts.rules.indicators import DECLARED, IDENTITIES, TITLES


def _seen(viewer: Viewer, contacts: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = contacts_of(viewer).filter(subject__in=list(contacts))
    return {subject: Shown(subject, number) for subject, number in rows.values_list("subject", "number")}


INDICATORS: Final = StepFigures(
    declared=DECLARED, identities=IDENTITIES, titles=TITLES, read=READ, card="contact", seen=_seen, model=IndicatorRow
)
