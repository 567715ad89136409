"""Orders: one with its history, and lists of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.access.matrix import Scope, reaches, require_unnarrowed, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Appointment
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.models import ORDER_KINDS, FaultRow, OrderRow
from lianfang.capabilities.isolation.models import orders as fold
from lianfang.capabilities.isolation.rules.due import next_of
from lianfang.capabilities.isolation.rules.policy import in_force
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.places.queries import subtree_range
from lianfang.places.spans import Scattered

READ: Final = "isolation.read"
PAGE: Final = 50
MOST: Final = 200
"""Orders of one page."""
FILTERS: Final = ("stage", "mode", "order_class", "disease", "station", "batch", "subject", "of", "lift_reason")
"""Columns that a list may be narrowed by."""


class Card(NamedTuple):
    """One order with everything recorded about it: ``told`` are its facts in order of knowledge, ``faults`` those of
    the person that could not be applied."""

    order: state.Order
    step: Obligation | None
    """What is to be done first."""
    told: tuple[Entry, ...]
    faults: tuple[state.Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


class Page(NamedTuple):
    """Orders, the newest first. ``total`` counts the whole list; ``after`` leads on."""

    rows: tuple[OrderRow, ...]
    total: int
    after: str | None


def located(viewer: Viewer, action: str, id: UUID) -> OrderRow:
    """The row of an order that an action reaches; within ``seeing``. Raises NotThere."""
    row = _mine(viewer, action).filter(order=id).order_by("subject").first()
    if row is None:
        raise NotThere
    return row


def standing_of(viewer: Viewer, action: str, person: UUID) -> OrderRow | None:
    """The order that somebody is under, where the action reaches it; within ``seeing``."""
    return _mine(viewer, action).filter(subject=person, lifted__isnull=True).order_by("issued").first()


def history(person: UUID, *, known_at: datetime | None = None) -> list[Fact]:
    """All facts about a person's orders."""
    return [entry.fact for entry in log.read(kinds=ORDER_KINDS, subjects=[person], known_at=known_at)]


def card(viewer: Viewer, id: UUID, *, as_of: datetime | None = None, known_at: datetime | None = None) -> Card:
    """One order, as it stood at ``as_of`` by what was known at ``known_at`` (both: now). Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        person = located(viewer, READ, id).subject
        entries = tuple(log.read(kinds=ORDER_KINDS, subjects=[person], known_at=known_at))
    if as_of is not None:
        entries = tuple(entry for entry in entries if state.when(entry.fact) <= as_of)
    folded = fold([entry.fact for entry in entries], known_at=known_at)
    order = folded.order(id)
    if order is None:  # not given yet
        raise NotThere
    told = tuple(entry for entry in entries if getattr(entry.fact.data, "order", id) == id)
    step = next_of(order, in_force(order.issued.astimezone(state.CIVIL_TIME).date()))
    return Card(order, step, told, folded.faults, folded.disputed)


def page(
    viewer: Viewer, filters: dict[str, object], *, area: str = "", standing: bool | None = None,
    late: datetime | None = None, after: str = "", limit: int = PAGE,
) -> Page:  # fmt: skip
    """Orders that the viewer may see, narrowed by columns of ``FILTERS``; ``standing`` asks for those that were not
    lifted (or were), ``late`` for those that should have ended by then. Who may see sums only gets the total.

    Raises Forbidden, Refused.
    """
    narrowed = standing is not None or late is not None or any(value is not None for value in filters.values())
    require_unnarrowed(viewer, READ, narrowed)
    rows = _mine(viewer, READ) if scope(viewer, READ) is not Scope.AGGREGATE else in_range(viewer, _all())
    rows = rows.filter(**{name: value for name, value in filters.items() if value is not None})
    if standing is not None:
        rows = rows.filter(lifted__isnull=standing)
    if late is not None:
        rows = rows.filter(lifted__isnull=True, end__lt=late)
    if area:
        first, last = area_range(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    place = place_of(after)
    with seeing(viewer, READ):
        total = rows.count()
        if scope(viewer, READ) is Scope.AGGREGATE:
            return Page((), total, None)
        if place is not None:
            rows = rows.filter(Q(issued__lt=place[0]) | Q(issued=place[0], order__gt=place[1]))
        found = tuple(rows.order_by("-issued", "order")[: min(limit, MOST)])
    last_row = found[-1] if len(found) == min(limit, MOST) else None
    return Page(found, total, f"{last_row.issued.isoformat()}/{last_row.order}" if last_row else None)


def counts(viewer: Viewer, *, area: str = "") -> dict[str, dict[str, int]]:
    """How many orders stand now, by stage and by mode. Raises Forbidden, Refused."""
    rows = in_range(viewer, _all()).filter(lifted__isnull=True)
    if area:
        first, last = area_range(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    with seeing(viewer, READ):
        return {
            column: dict(rows.values_list(column).annotate(Count("order")).order_by(column))
            for column in ("stage", "mode")
        }


def faults(viewer: Viewer, limit: int = MOST) -> list[FaultRow]:
    """The latest facts about orders that could not be applied. Raises Forbidden."""
    rows = visible(viewer, READ, FaultRow.objects.all(), own=own(viewer))
    with seeing(viewer, READ):
        return list(rows.order_by("-at", "fact")[:limit])


def may_approve(viewer: Viewer, code: str, action: str = "isolation.order") -> bool:
    """Whether an account's code is one that holds a role with the action over the viewer's division now."""
    try:
        held = Appointment.objects.in_time(clock.now()).filter(account_id=UUID(code), account__is_active=True)
    except ValueError:
        return False
    return any(
        reaches(Viewer(code, "", one.role, one.area, *area_range(one.area)), action, viewer.area) for one in held
    )  # fmt: skip


def own(viewer: Viewer) -> Q:
    """The own work: what the viewer or the devices of its post have entered."""
    return Q(author__in=own_work(viewer).authors)


def area_range(area: str) -> tuple[str, str]:
    """The half-open range of a division's codes. Raises Refused."""
    try:
        return subtree_range(area)
    except (LookupError, Scattered):
        raise Refused([no_area()]) from None


def place_of(after: str) -> tuple[datetime, UUID] | None:
    """The place where a page left off. Raises Refused."""
    if not after:
        return None
    at, _, id = after.partition("/")
    try:
        return datetime.fromisoformat(at), UUID(id)
    except ValueError:
        wrong = Wrong(
            "after",
            "no_place",
            "不是名单中的位置，请用上一页返回的值",
            "is no place in a list; take it from the answer before",
        )
        raise Refused([wrong]) from None


def _mine(viewer: Viewer, action: str) -> QuerySet[OrderRow]:
    return visible(viewer, action, _all(), own=own(viewer))


def _all() -> QuerySet[OrderRow]:
    return OrderRow.objects.all()
