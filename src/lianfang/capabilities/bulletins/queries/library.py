"""Health education and answers to claims: as their officers edit them, and as everybody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.models.library import ClaimRow, HealthItemRow
from lianfang.capabilities.bulletins.queries.within import within
from lianfang.facts import log
from lianfang.facts.fact import Fact

EDIT: Final = "library.edit"
MOST: Final = 1_000


def items(viewer: Viewer, area: str = "") -> Sequence[HealthItemRow]:
    """Every version of the items of the viewer's divisions, the newest first. Raises Forbidden."""
    with seeing(viewer, EDIT):
        rows = within(visible(viewer, EDIT, HealthItemRow.objects.all()), area)
        return list(rows.order_by("-day", "-at", "fact")[:MOST])


def claims(viewer: Viewer, area: str = "") -> Sequence[ClaimRow]:
    """The claims of the viewer's divisions with their answers, the newest first. Raises Forbidden."""
    with seeing(viewer, EDIT):
        rows = within(visible(viewer, EDIT, ClaimRow.objects.all()), area)
        return list(rows.order_by("-day", "-at", "subject")[:MOST])


def public_items() -> Sequence[HealthItemRow]:
    """What everybody reads: the versions in force."""
    with seeing_all():
        return list(HealthItemRow.objects.filter(in_force=True).order_by("-day", "subject", "lang")[:MOST])


def public_claims() -> Sequence[ClaimRow]:
    """What everybody reads: the answers that hold."""
    with seeing_all():
        return list(ClaimRow.objects.filter(withdrawn__isnull=True).order_by("-day", "subject")[:MOST])


def history(subject: UUID, kinds: frozenset[str]) -> list[Fact]:
    """All facts of one item or claim. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=kinds, subjects=[subject])]
