"""The register of rounds and households: a household is folded anew when a fact of it comes in, or when a round that it
was visited in begins or ends at another time; the sums follow by what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q
from psycopg.rows import dict_row

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.models import visiting
from lianfang.capabilities.screening.models.sums import Changes
from lianfang.capabilities.screening.models.tables import (
    CubeRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    ResidentRow,
    RoundRow,
    SizeRow,
    VisitRow,
)
from lianfang.capabilities.screening.rules.outcomes import ill, known, standings
from lianfang.capabilities.screening.state.household import Household, Span, fold_household
from lianfang.capabilities.screening.state.parts import when
from lianfang.capabilities.screening.state.round import fold_round
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.fold import Made
from lianfang.facts.refold import array, insert, is_first_time, take_away, told, write

ROUND_KINDS: Final = frozenset({kinds.RoundOpened.kind, kinds.RoundClosed.kind})
HOUSEHOLD_KINDS: Final = frozenset(
    one.kind for one in (kinds.HouseholdRegistered, kinds.MemberJoined, kinds.MemberLeft, kinds.Visited, kinds.Disposed)
)
AT_ONCE: Final = 2_000
"""Households folded in one go."""
OF_HOUSEHOLD: Final = (HouseholdRow, ResidentRow, VisitRow, OutcomeRow, HouseholdFaultRow)
Row = dict[str, Any]
_HELD: Final = "SELECT {} FROM screening_{} WHERE subject = ANY (%s::uuid[])"


class HouseholdRegister:
    name = "screening.households"
    kinds = ROUND_KINDS | HOUSEHOLD_KINDS | {Retracted.kind}
    first = ROUND_KINDS
    tables = tuple(model._meta.db_table for model in (RoundRow, *OF_HOUSEHOLD, SizeRow, CubeRow))

    def make(self, facts: Sequence[Fact]) -> Made:
        visits = visiting.candidates(facts)
        made = visiting.make(visits)
        by_subject = {subject.int: (visits[subject].id.int, one) for subject, one in made.items()}
        return Made(by_subject, frozenset({one.told["round"].int for one in made.values()}))

    def put(self, made: Sequence[visiting.Made]) -> None:
        visiting.write(made)

    def apply(self, entries: Sequence[Entry]) -> None:
        visits = {} if is_first_time() else visiting.candidates([entry.fact for entry in entries])
        rounds: dict[UUID, list[Fact]] = {}
        households: dict[UUID, list[Fact]] = {}
        others = [one for one in entries if one.fact.subject not in visits] if visits else entries
        for subject, theirs in told(others, self.kinds).items():
            _sort(subject, theirs, rounds, households)
        concerned = _fold_rounds(rounds) - households.keys() if rounds else set()
        for subject in concerned:
            visits.pop(subject, None)
        added = visiting.make(visits)
        if added:
            visiting.write(added.values())
        if left := visits.keys() - added.keys() if len(added) < len(visits) else ():
            for subject, theirs in told([one for one in entries if one.fact.subject in left], self.kinds).items():
                _sort(subject, theirs, rounds, households)
        for chunk in _chunks(list(households)):
            _fold_households({subject: households[subject] for subject in chunk})
        for chunk in _chunks(sorted(concerned)):
            anew: dict[UUID, list[Fact]] = defaultdict(list)
            for entry in log.read(upto=entries[-1].seq, kinds=self.kinds, subjects=chunk):
                anew[entry.fact.subject].append(entry.fact)
            _fold_households(anew)


def _sort(
    subject: UUID, theirs: Sequence[Entry], rounds: dict[UUID, list[Fact]], households: dict[UUID, list[Fact]]
) -> None:
    its = {entry.fact.kind for entry in theirs}
    if its & ROUND_KINDS:
        rounds[subject] = [entry.fact for entry in theirs]
    elif its & HOUSEHOLD_KINDS:
        households[subject] = [entry.fact for entry in theirs]


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
    counting = OutcomeRow.objects.filter(round=round)
    if old is not None and new is not None and old[:2] == new[:2]:
        ends = [end for end in (old.closed_at, new.closed_at) if end is not None]
        earliest = min(ends)
        moved = HouseholdRow.objects.filter(Q(members_at__gt=earliest) | Q(registered_at__gt=earliest))
        counting = counting.filter(last_at__gt=earliest) | counting.filter(subject__in=moved.values("subject"))
    visited = VisitRow.objects.filter(round=round)
    without = [visited.filter(counts=False)]
    if old is not None and old.closed_at is not None:  # of who came on the register later, no outcome was told
        after = HouseholdRow.objects.filter(registered_at__gt=old.closed_at)
        without.append(visited.filter(subject__in=after.values("subject")))
    return {subject for rows in (counting, *without) for subject in rows.values_list("subject", flat=True)}


def _fold_households(told: Mapping[UUID, Sequence[Fact]]) -> None:
    visits = (fact.data for theirs in told.values() for fact in theirs if isinstance(fact.data, kinds.Visited))
    named = {data.round.int: data.round for data in visits}
    rows = RoundRow.objects.filter(subject__in=list(named.values())).values_list(
        "subject", "area", "opened_at", "closed_at"
    )
    rounds = {subject: Span(*its) for subject, *its in rows}
    made: dict[type[Model], list[Row]] = {model: [] for model in OF_HOUSEHOLD}
    for subject, theirs in told.items():
        one = fold_household(theirs, rounds)
        if one is not None:
            for model, row in _rows(subject, one, theirs, rounds):
                made[model].append(row)
    changes = Changes()
    if not is_first_time():
        _without(told, changes)
    take_away(OF_HOUSEHOLD, told)
    for model, rows in made.items():
        write(model, rows)
    for row in made[HouseholdRow]:
        changes.household(row, 1)
    for row in made[OutcomeRow]:
        changes.outcome(row, 1)
    changes.write()


def _without(subjects: Collection[UUID], changes: Changes) -> None:
    """Takes what the rows of some households come to from the sums."""
    theirs = [array(subjects)]
    with log.binary_cursor() as cursor:
        cursor.row_factory = dict_row
        for row in cursor.execute(_HELD.format("grid, area, members", "household"), theirs):
            changes.household(row, -1)
        for row in cursor.execute(_HELD.format("*", "outcome"), theirs):
            changes.outcome(row, -1)


def _rows(
    subject: UUID, one: Household, facts: Sequence[Fact], rounds: Mapping[UUID, Span]
) -> Iterator[tuple[type[Model], Row]]:
    place = one.place
    of = {"subject": subject, "area": one.area, "grid": place.grid if place else None}
    people = one.members()
    moves = [at for spells in one.spells.values() for spell in spells for at in (spell.joined, spell.left) if at]
    yield HouseholdRow, {
        **of, "author": one.author, "building": (place and place.building) or "",
        "unit": (place and place.unit) or "", "door": place.door if place else "",
        "site": (place and place.site) or "", "expected": place.expected if place else None,
        "members": len(people), "people": people, "gone": [person for person in one.spells if person not in people],
        "members_at": max(moves, default=None), "registered_at": one.registered_at,
        "batch": place.batch if place else None, "amended": any(fact.corrects is not None for fact in facts),
        "disputed": one.disputed,
    }  # fmt: skip
    for person in known(one):
        yield ResidentRow, {**of, **person._asdict()}
    for visit in one.visits:
        unwell = len(ill(visit.data.members, visit.at))
        yield VisitRow, visiting.values(subject, visit, one.area, of["grid"], unwell=unwell)
    if place is not None:
        for its in standings(one, rounds):
            yield OutcomeRow, {**of, **its._asdict()}
    by_id = {fact.id: fact for fact in facts}
    for fault in {(fault.fact, fault.field): fault for fault in one.faults}.values():
        fact = by_id[fault.fact]
        yield HouseholdFaultRow, {
            "fact": fault.fact, "field": fault.field, "subject": subject, "area": one.area, "author": fact.author,
            "kind": fact.kind, "at": when(fact), "reason": fault.reason,
        }  # fmt: skip
