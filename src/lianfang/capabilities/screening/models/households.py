"""The register of rounds and households: a household is folded anew when a fact of it comes in, or when a round that it
was visited in begins or ends at another time; the sums follow by what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.models.tables import (
    SUMS,
    CubeRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    ResidentRow,
    RoundRow,
    SizeRow,
    VisitRow,
)
from lianfang.capabilities.screening.rules.outcomes import SEEN, known, standings, unwell
from lianfang.capabilities.screening.state.household import Household, Span, fold_household
from lianfang.capabilities.screening.state.parts import CST, when
from lianfang.capabilities.screening.state.round import fold_round
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import insert, told

ROUND_KINDS: Final = frozenset({kinds.RoundOpened.kind, kinds.RoundClosed.kind})
HOUSEHOLD_KINDS: Final = frozenset(
    one.kind for one in (kinds.HouseholdRegistered, kinds.MemberJoined, kinds.MemberLeft, kinds.Visited, kinds.Disposed)
)
AT_ONCE: Final = 2_000
"""Households folded in one go."""
OF_HOUSEHOLD: Final = (HouseholdRow, ResidentRow, VisitRow, OutcomeRow, HouseholdFaultRow)


class HouseholdRegister:
    name = "screening.households"
    kinds = ROUND_KINDS | HOUSEHOLD_KINDS | {Retracted.kind}
    tables = tuple(model._meta.db_table for model in (RoundRow, *OF_HOUSEHOLD, SizeRow, CubeRow))

    def apply(self, entries: Sequence[Entry]) -> None:
        rounds: dict[UUID, list[Fact]] = {}
        households: dict[UUID, list[Fact]] = {}
        for subject, theirs in told(entries, self.kinds).items():
            its = {entry.fact.kind for entry in theirs}
            if its & ROUND_KINDS:
                rounds[subject] = [entry.fact for entry in theirs]
            elif its & HOUSEHOLD_KINDS:
                households[subject] = [entry.fact for entry in theirs]
        concerned = _fold_rounds(rounds) - households.keys() if rounds else set()
        for chunk in _chunks(list(households)):
            _fold_households({subject: households[subject] for subject in chunk})
        for chunk in _chunks(sorted(concerned)):
            anew: dict[UUID, list[Fact]] = defaultdict(list)
            for entry in log.read(kinds=self.kinds, subjects=chunk):
                anew[entry.fact.subject].append(entry.fact)
            _fold_households(anew)


def _chunks(subjects: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(subjects), AT_ONCE):
        yield subjects[start : start + AT_ONCE]


def _fold_rounds(rounds: Mapping[UUID, Sequence[Fact]]) -> set[UUID]:
    """Writes the rounds anew; the households for which that may change something."""
    before = {row.subject: row for row in RoundRow.objects.filter(subject__in=list(rounds))}
    rows, concerned = [], set()
    for subject, theirs in rounds.items():
        one, was = fold_round(theirs), before.get(subject)
        if one is not None:
            rows.append(
                RoundRow(
                    subject=subject, area=one.area, author=one.author, number=one.number, opened_at=one.opened_at,
                    due=one.due, closed_at=one.closed_at, closed=one.closed.model_dump() if one.closed else None,
                    faults=[[str(fault.fact), fault.field, fault.reason] for fault in one.faults],
                    disputed=one.disputed,
                )
            )  # fmt: skip
        old, new = _span(was), Span(one.area, one.opened_at, one.closed_at) if one else None
        if old != new:
            concerned |= _concerned(subject, old, new)
    RoundRow.objects.filter(subject__in=list(rounds)).delete()
    insert(RoundRow, rows)
    return concerned


def _span(row: RoundRow | None) -> Span | None:
    return Span(row.area, row.opened_at, row.closed_at) if row else None


def _concerned(round: UUID, old: Span | None, new: Span | None) -> set[UUID]:
    """The households that were visited in a round and may stand otherwise in it: all, unless only its end changed."""
    visited = VisitRow.objects.filter(round=round)
    if old is not None and new is not None and old[:2] == new[:2]:
        ends = [end for end in (old.closed_at, new.closed_at) if end is not None]
        earliest = min(ends)
        late = visited.filter(at__gt=earliest)
        moved = HouseholdRow.objects.filter(Q(members_at__gt=earliest) | Q(registered_at__gt=earliest))
        visited = late | visited.filter(subject__in=moved.values("subject"))
    return set(visited.values_list("subject", flat=True).distinct())


def _fold_households(told: Mapping[UUID, Sequence[Fact]]) -> None:
    named = {fact.data.round for theirs in told.values() for fact in theirs if isinstance(fact.data, kinds.Visited)}
    rows = RoundRow.objects.filter(subject__in=named).values_list("subject", "area", "opened_at", "closed_at")
    rounds = {subject: Span(*its) for subject, *its in rows}
    made: dict[type[Model], list[Any]] = {model: [] for model in OF_HOUSEHOLD}
    for subject, theirs in told.items():
        one = fold_household(theirs, rounds)
        if one is not None:
            for row in _rows(subject, one, theirs, rounds):
                made[type(row)].append(row)
    subjects = list(told)
    changes = _Changes()
    changes.take(HouseholdRow.objects.filter(subject__in=subjects), OutcomeRow.objects.filter(subject__in=subjects), -1)
    with connection.cursor() as cursor:
        for model in OF_HOUSEHOLD:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE subject = ANY(%s)', [subjects])
    for model in OF_HOUSEHOLD:
        insert(model, made[model])
    changes.take(made[HouseholdRow], made[OutcomeRow], 1)
    changes.write()


def _rows(subject: UUID, one: Household, facts: Sequence[Fact], rounds: Mapping[UUID, Span]) -> Iterator[Model]:
    place = one.place
    grid = place.grid if place else None
    moves = [at for spells in one.spells.values() for spell in spells for at in (spell.joined, spell.left) if at]
    yield HouseholdRow(
        subject=subject, area=one.area, author=one.author, grid=grid,
        building=(place and place.building) or "", unit=(place and place.unit) or "", door=place.door if place else "",
        site=(place and place.site) or "", expected=place.expected if place else None, members=len(one.members()),
        members_at=max(moves, default=None), registered_at=one.registered_at, batch=place.batch if place else None,
        disputed=one.disputed,
    )  # fmt: skip
    for person in known(one):
        yield ResidentRow(subject=subject, area=one.area, grid=grid, **person._asdict())
    yield from _visit_rows(subject, one, grid)
    if grid is not None:
        for standing in standings(one, rounds):
            yield OutcomeRow(subject=subject, area=one.area, grid=grid, **standing._asdict())
    by_id = {fact.id: fact for fact in facts}
    for fault in {(fault.fact, fault.field): fault for fault in one.faults}.values():
        fact = by_id[fault.fact]
        yield HouseholdFaultRow(
            fact=fault.fact, field=fault.field, subject=subject, area=one.area, author=fact.author, kind=fact.kind,
            at=when(fact), reason=fault.reason,
        )  # fmt: skip


def _visit_rows(subject: UUID, one: Household, grid: UUID | None) -> Iterator[VisitRow]:
    for visit in one.visits:
        data = visit.data
        yield VisitRow(
            fact=visit.fact, subject=subject, round=data.round, area=one.area, grid=grid, at=visit.at,
            day=visit.at.astimezone(CST).date(), author=visit.author, outcome=data.outcome, counts=visit.counts,
            members=[[str(m.person), m.result, m.temp_c, list(m.symptoms)] for m in data.members],
            person_times=sum(m.result in SEEN for m in data.members),
            unwell=sum(unwell(m, visit.at) for m in data.members), outsiders=data.outsiders, evidence=data.evidence,
            minutes=data.minutes, form=data.form, follower=data.follower or "",
            escalated_to=data.escalated_to or "", vacancy=data.vacancy or "",
        )  # fmt: skip


class _Changes:
    """By how much the sums change: what is taken away of the rows before, and added of the rows after."""

    def __init__(self) -> None:
        self.sizes: dict[tuple[UUID, str], Counter[str]] = defaultdict(Counter)
        self.cubes: dict[tuple[UUID, UUID, str], Counter[str]] = defaultdict(Counter)

    def take(self, households: Iterable[HouseholdRow], outcomes: Iterable[OutcomeRow], sign: int) -> None:
        for row in households:
            if row.grid is not None:
                its = self.sizes[row.grid, row.area]
                its["households"] += sign
                its["members"] += sign * row.members
        for one in outcomes:
            cube = self.cubes[one.round, one.grid, one.area]
            for name, n in _summed(one).items():
                cube[name] += sign * n

    def write(self) -> None:
        sizes = [[*key, its["households"], its["members"]] for key, its in self.sizes.items() if any(its.values())]
        cubes = [[*key, *(its[name] for name in SUMS)] for key, its in self.cubes.items() if any(its.values())]
        _add(SizeRow, ("grid", "area"), ("households", "members"), sizes)
        _add(CubeRow, ("round", "grid", "area"), SUMS, cubes)


def _summed(one: OutcomeRow) -> dict[str, int]:
    ended = {status: int(one.status == status) for status in ("done", "not_met", "refused", "vacant")}
    members = {name: getattr(one, name) for name in ("due", "seen", "away", "excused", "unwell", "person_times")}
    return {
        "visited": 1, **ended, **members, "left": one.not_met, "visits": one.visits,
        "without_evidence": one.without_evidence,
    }  # fmt: skip


def _add(model: type[Model], keys: Sequence[str], sums: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Adds to the sums of a table, and leaves no row that holds nothing."""
    if not rows:
        return
    table, columns = model._meta.db_table, [*keys, *sums]
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
    names = ", ".join(f'"{name}"' for name in columns)
    added = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' for name in sums)
    empty = " AND ".join(f'"{name}" = 0' for name in sums)
    mine = " AND ".join(f'"{name}" = ANY(%s)' for name in keys)
    key = ", ".join(f'"{name}"' for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) VALUES {places} ON CONFLICT ({key}) DO UPDATE SET {added}',
            [value for row in rows for value in row],
        )
        held = [list({row[n] for row in rows}) for n in range(len(keys))]
        cursor.execute(f'DELETE FROM "{table}" WHERE {mine} AND {empty}', held)
