"""Whom gates have met: counts of a day, vehicles, holds. No row of anybody but of those who are held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import Rows, in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.gates.facts import HoldReason
from lianfang.capabilities.gates.models import EncounterRow, VehicleRow
from lianfang.capabilities.gates.queries.posts import READ, SCREEN, department, mine
from lianfang.capabilities.tasks.queries import range_of

HOLDS: Final = "holds.read"
DECIDE: Final = "holds.decide"
PAGE, MOST = 50, 200


class Tally(NamedTuple):
    """Encounters of a day. ``met`` is how many were met: ``measured`` of them with a temperature, ``refused`` of them
    who refused; ``held`` in place; ``told`` were given the notice."""

    met: int
    measured: int
    refused: int
    held: int
    told: int


NOBODY: Final = Tally(0, 0, 0, 0, 0)
_SUMS: Final = {
    "met": Count("subject"),
    "measured": Count("subject", filter=Q(temp_c__isnull=False)),
    "refused": Count("subject", filter=Q(refused=True)),
    "held": Count("subject", filter=Q(held_since__isnull=False)),
    "told": Count("subject", filter=Q(notice_version__isnull=False)),
}


class Vehicle(NamedTuple):
    """A vehicle's stop; it is closed once it was let on and every occupant was measured or has refused."""

    row: VehicleRow
    measured: int
    refused: int
    held: int

    @property
    def missing(self) -> int:
        """Occupants who were neither measured nor have refused."""
        return max(self.row.occupants - self.measured - self.refused, 0)

    @property
    def closed(self) -> bool:
        return self.row.passed is not None and not self.missing


class Page(NamedTuple):
    """Holds, the newest first."""

    rows: tuple[EncounterRow, ...]
    total: int


def tallies(viewer: Viewer, *, area: str = "", day: date) -> dict[UUID, Tally]:
    """The encounters of a civil day by post, of the posts that the viewer sees. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = in_range(viewer, EncounterRow.objects.filter(day=day, post__isnull=False))
        if scope(viewer, READ) is Scope.OWN:
            rows = rows.filter(post__in=mine(viewer, READ).values("subject"))
        if area:
            first, last = range_of(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        told = rows.values_list("post").annotate(**_SUMS).order_by("post")
        return {post: Tally(*sums) for post, *sums in told if post is not None}


def counted(viewer: Viewer, post: UUID, since: datetime, until: datetime) -> Tally:
    """The encounters of one post in a time. Within ``seeing``."""
    return Tally(**EncounterRow.objects.filter(post=post, at__gte=since, at__lt=until).aggregate(**_SUMS))


def still_held(viewer: Viewer, post: UUID) -> bool:
    """Whether somebody is held at a post. Within ``seeing``."""
    return EncounterRow.objects.filter(post=post, held_since__isnull=False, ended__isnull=True).exists()


def vehicle(viewer: Viewer, action: str, id: UUID) -> Vehicle:
    """A vehicle's stop with how many of its occupants were met; within ``seeing``. Raises NotThere."""
    row = _reached(viewer, action, VehicleRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return _of_vehicles([row])[0]


def open_vehicles(viewer: Viewer, post: UUID) -> list[Vehicle]:
    """The vehicles of a post that were not closed yet, the latest first. Raises Forbidden."""
    with seeing(viewer, SCREEN):
        rows = _reached(viewer, SCREEN, VehicleRow.objects.filter(post=post))
        found = _of_vehicles(list(rows.order_by("-at", "subject")[:MOST]))
    return [one for one in found if not one.closed]


def _of_vehicles(rows: list[VehicleRow]) -> list[Vehicle]:
    met = EncounterRow.objects.filter(vehicle__in=[row.subject for row in rows])
    sums = {name: _SUMS[name] for name in ("measured", "refused", "held")}
    # Who was measured and refused something else was measured.
    sums["refused"] = Count("subject", filter=Q(refused=True, temp_c__isnull=True))
    told = {of: its for of, *its in met.values_list("vehicle").annotate(**sums).order_by("vehicle")}
    return [Vehicle(row, *told.get(row.subject, (0, 0, 0))) for row in rows]


def holds(
    viewer: Viewer, *, area: str = "", open_only: bool = True, post: UUID | None = None, limit: int = PAGE
) -> Page:  # fmt: skip
    """Those who are or were held, the newest first; who sees sums only gets the total. Raises Forbidden, Refused."""
    with seeing(viewer, HOLDS):
        rows = _held(viewer, HOLDS)
        if open_only:
            rows = rows.filter(ended__isnull=True)
        if post is not None:
            rows = rows.filter(post=post)
        if area:
            first, last = range_of(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        if scope(viewer, HOLDS) is Scope.AGGREGATE:
            return Page((), rows.count())
        return Page(tuple(rows.order_by("-held_since", "subject")[: min(limit, MOST)]), rows.count())


def hold(viewer: Viewer, action: str, id: UUID) -> EncounterRow:
    """Somebody who is or was held; within ``seeing``. Raises NotThere."""
    row = _held(viewer, action).filter(subject=id).first()
    if row is None or scope(viewer, action) is Scope.AGGREGATE:
        raise NotThere
    return row


def held(viewer: Viewer, id: UUID) -> EncounterRow:
    """Somebody who is or was held, for showing. Raises NotThere, Forbidden."""
    with seeing(viewer, HOLDS):
        return hold(viewer, HOLDS, id)


def located(viewer: Viewer, action: str, id: UUID) -> EncounterRow | None:
    """An encounter that an action reaches, or None; within ``seeing``."""
    return _reached(viewer, action, EncounterRow.objects.filter(subject=id)).first()


def report_card(row: EncounterRow) -> dict[str, object]:
    """What is known of somebody who is held, as the report of a suspected case asks for it: who it is, and what the
    clinic finds, is added there. The screening is named as the cause."""
    clinical = ["fever"] if row.hold_reason == HoldReason.TEMPERATURE or row.fever else []
    symptoms = sorted({*row.symptoms, *clinical})
    return {
        "as_class": "suspected",
        "area": row.area,
        "about": {"found_by": "checkpoint", "clinical": clinical, "symptoms": symptoms},
        "cause": [str(row.screening)] if row.screening else [],
    }


def _held(viewer: Viewer, action: str) -> QuerySet[EncounterRow]:
    rows = EncounterRow.objects.filter(held_since__isnull=False)
    if scope(viewer, action) is Scope.AGGREGATE:
        return in_range(viewer, rows)
    return _reached(viewer, action, rows)


def _reached(viewer: Viewer, action: str, rows: QuerySet[Rows]) -> QuerySet[Rows]:
    """What an action reaches of those who were met and of vehicles; to who belongs to a department, at its posts."""
    rows = visible(viewer, action, rows, own=_own(viewer))
    return rows.filter(post__in=mine(viewer, action).values("subject")) if department(viewer) else rows


def _own(viewer: Viewer) -> Q:
    """Whom the viewer, or the devices of the viewer's post, have met; where work goes by shifts, since this one."""
    work = own_work(viewer)
    own = Q(author__in=work.authors)
    return own & Q(at__gte=work.since) if work.since else own
