"""Residents' orders: who sees which, and who is told whose door it is.

Whoever looks for something to carry is shown what kind it is, which comes first and by when, and of no order whose it
is. Whoever has taken one is told what to bring, where to, and how to reach the door; it ends when the order closes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import can, data_classes, require
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.mobilisation.models.errands import KINDS, ErrandRow
from lianfang.capabilities.mobilisation.rules import errands as rules
from lianfang.capabilities.mobilisation.state.errands import CLOSED, ErrandStage
from lianfang.capabilities.tasks.queries import NO_PLACE, among, named, range_of
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.charged import CHARGED
from lianfang.identity.queries import Person
from lianfang.identity.refusals import NoPerson, NotYourPurpose
from lianfang.identity.words import opened

READ: Final = "errands.read"
CARRY: Final = "errands.carry"
CLOSE: Final = "errands.close"
GIVE: Final = "errands.give"
PAGE, MOST = 100, 500
CARRIED: Final = (ErrandStage.ACCEPTED, ErrandStage.PICKED_UP, ErrandStage.DELIVERED)


class Page(NamedTuple):
    """Orders in their turn: the first rank before the next, in it the one that has waited longest. ``at`` counts the
    whole list by stage; ``after`` leads on."""

    rows: tuple[ErrandRow, ...]
    at: dict[str, int]
    after: str | None


class Door(NamedTuple):
    """What is needed to carry an order. ``person`` is None for whom the viewer's role is not shown."""

    words: str
    person: Person | None


def page(
    viewer: Viewer, *, area: str = "", category: str = "", stage: ErrandStage | None = None, open_only: bool = False,
    mine: bool = False, after: str = "", limit: int = PAGE,
) -> Page:  # fmt: skip
    """The orders that the viewer may see. Raises Forbidden, Refused."""
    rows = _met(viewer, READ)
    if area:
        first, last = range_of(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    rows = rows.filter(category=category) if category else rows
    rows = rows.filter(own(viewer)) if mine else rows
    with seeing(viewer, READ):
        stages = list(rows.values_list("stage", flat=True))
        at = {one.value: stages.count(one) for one in ErrandStage}
        rows = rows.exclude(stage__in=CLOSED) if open_only else rows
        rows = rows.filter(stage=stage) if stage else rows
        found = tuple(_beyond(rows, after).order_by("rank", "placed", "subject")[: limit + 1])
    shown = found[:limit]
    last_row = shown[-1] if len(found) > limit else None
    place = f"{last_row.rank}/{last_row.placed.isoformat()}/{last_row.subject}" if last_row else None
    return Page(shown, at, place)


def _beyond(rows: QuerySet[ErrandRow], after: str) -> QuerySet[ErrandRow]:
    if not after:
        return rows
    try:
        rank, moment, id = after.split("/")
        place = int(rank), datetime.fromisoformat(moment), UUID(id)
    except ValueError:
        raise Refused([NO_PLACE]) from None
    if place[1].tzinfo is None:
        raise Refused([NO_PLACE])
    same = Q(placed__gt=place[1]) | Q(placed=place[1], subject__gt=place[2])
    return rows.filter(Q(rank__gt=place[0]) | Q(rank=place[0]) & same)


def to_carry(viewer: Viewer, limit: int = MOST) -> tuple[list[ErrandRow], list[ErrandRow]]:
    """What is open within the viewer's divisions, and what the viewer carries. Raises Forbidden."""
    rows = _met(viewer, CARRY).order_by("rank", "placed", "subject")
    with seeing(viewer, CARRY):
        open_now = list(rows.filter(stage=ErrandStage.PLACED)[:limit])
        own_now = list(rows.filter(carrier=viewer.author, stage__in=CARRIED)[:limit])
    return open_now, own_now


def doors(viewer: Viewer, rows: Iterable[ErrandRow], purpose: str, *, now: datetime) -> dict[UUID, Door]:
    """What is needed to carry these orders of the viewer's; the looks are on record. Raises Forbidden, Refused."""
    mine = [row for row in rows if carries(viewer, row)]
    people = [row.person for row in mine]
    told = named(viewer, people, purpose, charge=charged(viewer, people), now=now) if people else {}
    return {row.subject: Door(_words(viewer, row, purpose, now), told.get(row.person)) for row in mine}


def door(viewer: Viewer, id: UUID, purpose: str, *, now: datetime) -> Door:
    """What an order asks for; and, for who carries it, where to. The look is on record. Raises NotThere, Forbidden,
    Refused."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
    found = doors(viewer, [row], purpose, now=now).get(id)
    return found or Door(_words(viewer, row, purpose, now), None)


def _words(viewer: Viewer, row: ErrandRow, purpose: str, now: datetime) -> str:
    if row.words is None:
        return ""
    try:
        return opened(viewer, CARRY if carries(viewer, row) else READ, row.words, purpose=purpose, now=now)
    except NoPerson:  # erased since
        return ""
    except NotYourPurpose as error:
        raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None


def carries(viewer: Viewer, row: ErrandRow) -> bool:
    """Whether the viewer has an order to carry now."""
    return row.stage in CARRIED and row.carrier == viewer.author and can(viewer, CARRY)


def knows_carrier(viewer: Viewer, row: ErrandRow) -> bool:
    """Whether the viewer is told who carries an order: who gives orders out, and who carries it; whose order it is
    needs to know only that it is on its way."""
    return can(viewer, GIVE) or row.carrier == viewer.author


def charged(viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people whose order the viewer carries now. Somebody else has placed it: one cannot name a person,
    carry the order oneself, and so learn who that is."""
    if not (can(viewer, CHARGED) and can(viewer, CARRY)):
        return frozenset()
    rows = ErrandRow.objects.filter(person__in=list(people), carrier=viewer.author, stage__in=CARRIED)
    others = in_range(viewer, rows).exclude(author__in=own_work(viewer).authors)
    with seeing_all():
        return frozenset(others.values_list("person", flat=True))


def carried_now(viewer: Viewer, carrier: str) -> int:
    """How many orders somebody has on the way, wherever they go. Raises Forbidden."""
    return on_the_way(viewer, CARRY, [carrier])[carrier]


def on_the_way(viewer: Viewer, action: str, carriers: Collection[str]) -> Counter[str]:
    """How many orders each of some carriers has on the way, wherever they go. Raises Forbidden."""
    require(viewer, action)
    with seeing_all():
        rows = ErrandRow.objects.filter(
            carrier__in=list(carriers), stage__in=(ErrandStage.ACCEPTED, ErrandStage.PICKED_UP)
        )
        return Counter(rows.values_list("carrier", flat=True))


def located(viewer: Viewer, action: str, id: UUID) -> ErrandRow:
    """The row of an order that an action reaches; within ``seeing``. Raises NotThere."""
    row = _met(viewer, action).filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def history(id: UUID) -> list[Fact]:
    """All facts about an order."""
    return [entry.fact for entry in log.read(kinds=KINDS, subjects=[id])]


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``."""
    open_still = Q(closed=None) & (Q(delivered=None) | Q(delivered__gt=since))
    rows = in_range(viewer, ErrandRow.objects.filter(open_still | Q(closed__gt=since), placed__lt=until))
    if of is not None:
        rows = rows.filter(subject__in=among(of))
    with seeing(viewer, "tasks.read"):
        found = list(rows)
    for row in found:
        for one in rules.obligations(row.subject, row.state()):
            if one.done_at is None or one.done_at > since:
                yield one


def own(viewer: Viewer) -> Q:
    """The own orders: what the viewer has placed or carries."""
    return Q(author__in=own_work(viewer).authors) | Q(carrier=viewer.author)


def _met(viewer: Viewer, action: str) -> QuerySet[ErrandRow]:
    """The orders that an action reaches; of categories whose people it does not meet, none."""
    rows = visible(viewer, action, ErrandRow.objects.all(), own=own(viewer), subject="person")
    mine = data_classes(viewer, action)
    every = {one.code: one.data_class for edition in rules.editions() for one in edition.categories}
    return rows.exclude(category__in=[code for code, its in every.items() if its not in mine])
