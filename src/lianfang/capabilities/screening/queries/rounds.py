"""Rounds and grids as a viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Sum

from lianfang.access.matrix import can, require
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.accounts.roster import names_of
from lianfang.capabilities.screening.models import CubeRow, GridRow, HouseholdRow, RoundRow, SizeRow, TenureRow
from lianfang.capabilities.screening.queries.own import MANAGE, READ, shown, summed, within
from lianfang.places.gazetteer import COUNTRY
from lianfang.places.spans import END
from lianfang.profiles.disease.parts import stem
from lianfang.profiles.disease.parts import within as lies_below

MOST_ROUNDS: Final = 200
MOST_GRIDS: Final = 2_000


class Progress(NamedTuple):
    """A round with how far it has come in the viewer's divisions: households on the register, done, with an outcome;
    ``reopened`` have none any more, by what was told after it was closed."""

    row: RoundRow
    households: int
    done: int
    ended: int
    reopened: int = 0


def rounds(viewer: Viewer, area: str = "", *, open_only: bool = False) -> list[Progress]:
    """The rounds held in an area or around it, by default the viewer's, the newest first. Raises Forbidden, Refused."""
    require(viewer, READ)
    asked = area or viewer.area
    with seeing_all():  # a round that is held in a division around one's own is seen too: it tells of nobody
        rows = RoundRow.objects.order_by("-opened_at", "subject")
        if open_only:
            rows = rows.filter(closed_at__isnull=True)
        found = [row for row in rows if concerns(row.area, asked)][:MOST_ROUNDS]
    with seeing(viewer, READ):
        return [_progress(viewer, row, asked) for row in found]


def _progress(viewer: Viewer, row: RoundRow, area: str) -> Progress:
    """What a round came to when it was closed; of one that is open, how it stands in the viewer's part of it."""
    inner = area if lies_in(area, row.area) else row.area
    households = within(summed(viewer, SizeRow.objects.all()), inner).aggregate(n=Sum("households"))["n"] or 0
    cubes = within(summed(viewer, CubeRow.objects.filter(round=row.subject)), inner)
    sums = cubes.aggregate(done=Sum("done"), others=Sum(F("not_met") + F("refused") + F("vacant")))
    done = sums["done"] or 0
    ended = done + (sums["others"] or 0)
    if row.closed is None:
        return Progress(row, households, done, ended)
    its = row.closed
    later = within(summed(viewer, HouseholdRow.objects.filter(grid__isnull=False)), inner)
    reopened = households - later.filter(registered_at__gt=row.closed_at).count() - ended
    return Progress(row, its["households"], its["done"], its["households"], reopened)


def lies_in(area: str, outer: str) -> bool:
    """Whether a division lies in another or is it; all lie in the country."""
    return outer == COUNTRY or lies_below(area, outer)


def concerns(area: str, asked: str) -> bool:
    """Whether a round of an area is one of what was asked about."""
    return not asked or lies_in(area, asked) or lies_in(asked, area)


def a_round(viewer: Viewer, id: UUID) -> RoundRow:
    """A round of the viewer's divisions or around them. Raises Forbidden, NotThere."""
    require(viewer, READ)
    with seeing_all():
        row = RoundRow.objects.filter(subject=id).first()
    if row is None or not concerns(row.area, viewer.area):
        raise NotThere
    return row


def current(viewer: Viewer, area: str) -> RoundRow | None:
    """The round that an area is in: the newest that is open there, else the newest."""
    require(viewer, READ)
    with seeing_all():
        rows = [row for row in RoundRow.objects.order_by("-opened_at", "subject") if concerns(row.area, area)]
    around = [row for row in rows if not area or lies_in(area, row.area)] or rows
    return next((row for row in around if row.closed_at is None), around[0] if around else None)


def before(viewer: Viewer, row: RoundRow) -> RoundRow | None:
    """The round of the same division before this one."""
    with seeing_all():
        rounds = RoundRow.objects.filter(area=row.area, number__lt=row.number)
        return rounds.order_by("-number", "-opened_at").first()


class Held(NamedTuple):
    """A grid with its size, and who had it when where that was asked for."""

    row: GridRow
    households: int
    members: int
    tenures: tuple[TenureRow, ...] = ()


def grids(viewer: Viewer, area: str = "", *, unassigned: bool = False) -> list[Held]:
    """The grids that the viewer is shown, by area and name. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = within(shown(viewer, GridRow.objects.all(), grid="subject"), area)
        if unassigned:
            rows = rows.filter(holder="")
        found = list(rows.order_by("area", "name", "subject")[:MOST_GRIDS])
        return _held(found)


def grid(viewer: Viewer, id: UUID) -> Held:
    """A grid with who had it, and its parts, from when until when. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = shown(viewer, GridRow.objects.filter(subject=id), grid="subject").first()
        if row is None:
            raise NotThere
        (held,) = _held([row])
        return held._replace(tenures=tuple(TenureRow.objects.filter(subject=id).order_by("number")))


def holders(viewer: Viewer, codes: Iterable[str]) -> dict[str, str]:
    """What those are called who have grids, for whoever gives grids to somebody; of others the code alone is known."""
    return names_of(codes) if can(viewer, MANAGE) else {}


def _held(rows: Sequence[GridRow]) -> list[Held]:
    sizes: dict[UUID, tuple[int, int]] = {}
    for grid, households, members in SizeRow.objects.filter(grid__in=[row.subject for row in rows]).values_list(
        "grid", "households", "members"
    ):
        had = sizes.get(grid, (0, 0))
        sizes[grid] = had[0] + households, had[1] + members
    return [Held(row, *sizes.get(row.subject, (0, 0))) for row in rows]


def unassigned(viewer: Viewer, area: str) -> list[GridRow]:
    """The grids of a division that nobody has; within ``seeing``."""
    stem_of = stem(area)
    rows = GridRow.objects.filter(holder="", area__bytes_from=stem_of, area__bytes_before=stem_of + END)
    return list(rows.order_by("area", "name")[:MOST_GRIDS])
