"""The ledger of coverage: of an area and of each part of it, how many households and members have an outcome."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Left

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.models import Device
from lianfang.accounts.posts import unknown
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.screening.models import (
    CubeRow,
    GridRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    ReferenceRow,
    RoundRow,
    SizeRow,
)
from lianfang.capabilities.screening.models.tables import SUMS
from lianfang.capabilities.screening.queries.own import READ, sees_health, summed, within
from lianfang.capabilities.screening.queries.rounds import MOST_GRIDS, a_round, before, concerns, current, lies_in
from lianfang.capabilities.screening.rules.outcomes import Status
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer
from lianfang.places.spans import END, Scattered, span
from lianfang.profiles.disease.parts import stem

COUNTY_DIGITS: Final = 6
"""Below the county, who sees sums only is not told how many are unwell."""
OTHER_ROUND: Final = Wrong(
    "round", "other_round", "该轮次不在此区域，请另选轮次", "is held in another division: choose a round of this one"
)


class Ledger(NamedTuple):
    """Households: ``registered`` = ``done`` + ``not_met`` + ``refused`` + ``vacant`` + ``missing``; of the missing,
    ``open`` were visited. Members: ``due`` = ``seen`` + ``away`` + ``left`` + ``excused`` + ``unseen``. ``found`` came
    on the register since the round before. ``unwell`` are persons, None where they are not told; ``visits`` are of
    households, ``person_times`` checks of persons: the two are never added or divided."""

    registered: int
    done: int
    not_met: int
    refused: int
    vacant: int
    missing: int
    open: int
    found: int
    due: int
    seen: int
    away: int
    left: int
    excused: int
    unseen: int
    unwell: int | None
    visits: int
    person_times: int
    without_evidence: int
    grids: int
    unassigned: int
    reference: int | None

    @property
    def covered(self) -> float | None:
        """Done over registered, 0 to 1; None where nothing is on the register."""
        return self.done / self.registered if self.registered else None


class Part(NamedTuple):
    """A division right below, or a grid, with its ledger."""

    code: str
    grid: UUID | None
    name: str
    holder: str
    ledger: Ledger


class Ledgers(NamedTuple):
    """An area's ledger in a round. ``parts`` sum to the whole: divisions right below, or communities; under the area's
    own code what lies in none of them. ``grids`` where no divisions lie below."""

    area: str
    round: RoundRow | None
    whole: Ledger
    parts: tuple[Part, ...]
    grids: tuple[Part, ...]


class Coverage(NamedTuple):
    """The ledgers of an area in a round, beside the round before. ``faults`` are facts of households that count for
    nothing yet; ``checks`` how many households are to be looked at, by what for (``CHECKS``)."""

    area: str
    round: RoundRow | None
    previous: RoundRow | None
    whole: Ledger
    parts: tuple[Part, ...]
    grids: tuple[Part, ...]
    faults: int
    checks: Mapping[str, int]
    unplaced: int
    """Households that were visited and are not on the register, or lie in no grid of their community."""


Key = tuple[str, UUID | None]
Sums = Counter[str]


def coverage(viewer: Viewer, area: str = "", round: UUID | None = None) -> Coverage:
    """The ledger of an area, by default the viewer's, in a round, by default the one that it is in. Who may see sums
    only gets them. Raises Forbidden, Refused, NotThere."""
    area = area or viewer.area
    row = a_round(viewer, round) if round else current(viewer, area)
    if row is not None and not concerns(row.area, area):
        raise Refused([OTHER_ROUND])
    with seeing(viewer, READ):
        reach = _Reach(viewer, area, row)
        _, _, whole, parts, grids = _ledgers(reach, reach.sums())
        return Coverage(
            area, row, reach.previous, whole, parts, grids, reach.faults(), reach.checks(whole), reach.unplaced()
        )


def ledgers(viewer: Viewer, area: str) -> Ledgers:
    """The ledgers of an area and of its parts in the round that it is in, without what came on the register since the
    round before, which takes longest to count. Raises Forbidden."""
    row = current(viewer, area)
    with seeing(viewer, READ):
        reach = _Reach(viewer, area, row)
        return _ledgers(reach, reach.sums(found=False))


def _ledgers(reach: _Reach, found: Mapping[Key, Sums]) -> Ledgers:
    stated = dict(within(ReferenceRow.objects.all(), reach.area).values_list("area", "households"))
    whole = _ledger(_added(found.values()), reach, stated.get(reach.area), reach.area)
    return Ledgers(
        reach.area, reach.round, whole, _parts(reach, found, stated), _grids(reach, found) if reach.leaf else ()
    )


class _Reach:
    """What an answer is made of: the rows of an area that the viewer may count, in a round. ``leaf``: the area has no
    divisions on the map, and its parts are communities and grids."""

    def __init__(self, viewer: Viewer, area: str, row: RoundRow | None) -> None:
        self.viewer, self.area, self.round = viewer, area, row
        self.inner = row.area if row is not None and lies_in(row.area, area) else area
        self.previous = before(viewer, row) if row is not None else None
        children = current_gazetteer().children(area)
        self.leaf = not children
        self.scope = scope(viewer, READ)
        self._spans = sorted(_spans(children))
        # Codes that are alike so far lie in the same division below: the database adds them up by that much of them.
        self._part = Left("area", max(len(stem(child.code)) for child in children)) if children else F("area")

    def tells_of(self, code: str) -> bool:
        """Whether the unwell of a division are told: to who sees sums only, not below the county."""
        return len(code) <= COUNTY_DIGITS if self.scope is Scope.AGGREGATE else sees_health(self.viewer)

    def of(self, rows: QuerySet, grid: str = "grid") -> QuerySet:
        return within(summed(self.viewer, rows, grid=grid), self.inner)

    def sums(self, *, found: bool = True) -> dict[Key, Sums]:
        """By division right below; of a leaf by community and grid. ``found``: with what came on the register since the
        round before."""
        told: dict[Key, Sums] = {}
        self._add(told, SizeRow.objects.all(), households=Sum("households"), members=Sum("members"))
        its = GridRow.objects.all()
        self._add(told, its, "subject", grids=Count("subject"), unassigned=Count("subject", Q(holder="")))
        if self.round is not None:
            cubes = CubeRow.objects.filter(round=self.round.subject)
            self._add(told, cubes, **{name: Sum(name) for name in SUMS})
            on_register = HouseholdRow.objects.filter(grid__isnull=False)
            since = on_register.filter(registered_at__gt=self._found_since())
            if closed_at := self.round.closed_at:
                since = since.filter(registered_at__lte=closed_at)
                self._add(told, on_register.filter(registered_at__gt=closed_at), later=Count("subject"))
            if found:
                self._add(told, since, found=Count("subject"))
        return told

    def _add(self, into: dict[Key, Sums], rows: QuerySet, grid: str = "grid", **sums: Any) -> None:
        by = {"part": self._part, **({"of_grid": F(grid)} if self.leaf else {})}
        told = {f"{name}_": its for name, its in sums.items()}
        for one in self.of(rows, grid).values(**by).annotate(any_of=Min("area"), **told):
            its = into.setdefault((self._place(one["any_of"]), one.get("of_grid")), Counter())
            for name in sums:
                its[name] += one[f"{name}_"]

    def _place(self, code: str) -> str:
        """The division right below in which a community lies; of a leaf, the community; else the area itself."""
        if self.leaf:
            return code
        at = bisect_right(self._spans, (code, END)) - 1
        return self._spans[at][2] if at >= 0 and code < self._spans[at][1] else self.area

    def _found_since(self) -> datetime:
        assert self.round is not None
        ended = self.previous.closed_at if self.previous else None
        return min(ended, self.round.opened_at) if ended else self.round.opened_at

    def faults(self) -> int:
        if self.scope in (Scope.AGGREGATE, Scope.OWN):
            return 0
        return within(in_range(self.viewer, HouseholdFaultRow.objects.all()), self.inner).count()

    def checks(self, whole: Ledger) -> dict[str, int]:
        if self.round is None:
            return {}
        closed_at = self.round.closed_at
        short = HouseholdRow.objects.filter(grid__isnull=False, expected__gt=F("members"))
        if closed_at is not None:
            short = short.filter(registered_at__lte=closed_at)
        given_up = whole.refused + whole.not_met
        return {
            "reopened": whole.missing if closed_at is not None else 0, "fewer_named": self.of(short).count(),
            "unreachable": self._unreachable() if given_up else 0,
        }  # fmt: skip

    def _unreachable(self) -> int:
        """Households that were given up and whose next hand is no account, device or post."""
        assert self.round is not None
        rows = self.of(OutcomeRow.objects.filter(round=self.round.subject))
        told = {Status.REFUSED: "escalated_to", Status.NOT_MET: "follower"}
        count = 0
        for status, field in told.items():
            theirs = rows.filter(status=status)
            strange = unknown(theirs.values_list(field, flat=True).distinct())
            posts = Device.objects.filter(post__in=strange, revoked_at__isnull=True).values_list("post", flat=True)
            count += theirs.filter(**{f"{field}__in": list(set(strange) - set(posts))}).count()
        return count

    def unplaced(self) -> int:
        if self.scope is Scope.OWN:
            return 0
        here = GridRow.objects.filter(subject=OuterRef("grid"), area=OuterRef("area"), registered_at__isnull=False)
        astray = self.of(SizeRow.objects.filter(~Exists(here))).aggregate(n=Sum("households"))["n"] or 0
        return astray + self.of(HouseholdRow.objects.filter(grid__isnull=True)).count()


def _spans(children: Sequence[Division]) -> Iterator[tuple[str, str, str]]:
    """The range of codes of each division, and its own."""
    gazetteer = current_gazetteer()
    for child in children:
        try:
            yield *span(gazetteer, child.code), child.code
        except (LookupError, Scattered):
            continue


def _added(sums: Iterable[Sums]) -> Sums:
    whole = Counter[str]()
    for its in sums:
        whole.update(its)
    return whole


def _parts(reach: _Reach, found: Mapping[Key, Sums], stated: Mapping[str, int]) -> tuple[Part, ...]:
    codes: dict[str, list[Sums]] = {}
    for (code, _), its in found.items():
        codes.setdefault(code, []).append(its)
    return tuple(
        Part(code, None, "", "", _ledger(_added(codes[code]), reach, stated.get(code), code)) for code in sorted(codes)
    )


def _grids(reach: _Reach, found: Mapping[Key, Sums]) -> tuple[Part, ...]:
    rows = {row.subject: row for row in reach.of(GridRow.objects.all(), "subject")[:MOST_GRIDS]}
    made = []
    for (code, grid), its in found.items():
        row = rows.get(grid)
        name, holder = (row.name, row.holder) if row else ("", "")
        made.append(Part(code, grid, name, holder, _ledger(its, reach, None, code)))
    return tuple(sorted(made, key=lambda part: (part.code, part.name, str(part.grid))))[:MOST_GRIDS]


def _ledger(its: Sums, reach: _Reach, reference: int | None, code: str) -> Ledger:
    closed = reach.round is not None and reach.round.closed_at is not None
    registered = its["households"] - its["later"]
    ended = its["done"] + its["not_met"] + its["refused"] + its["vacant"]
    # Of a round that is over, members are those who lived there when it was closed.
    due = its["due"] if closed else its["members"]
    members = its["seen"] + its["away"] + its["left"] + its["excused"]
    return Ledger(
        registered, its["done"], its["not_met"], its["refused"], its["vacant"], registered - ended,
        its["visited"] - ended, its["found"], due, its["seen"], its["away"], its["left"], its["excused"],
        due - members, its["unwell"] if reach.tells_of(code) else None, its["visits"], its["person_times"],
        its["without_evidence"], its["grids"], its["unassigned"], reference,
    )  # fmt: skip
