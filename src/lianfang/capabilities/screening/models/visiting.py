"""Plain visits, as nearly all are: each adds its row and changes where its household stands in its round, and nothing
else of the household has to be folded anew.

A visit is plain where all that follows from it can be told from the rows: it is of a household on the register of which
nothing was ever corrected, in a round that is open, and names people who live there and are well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import dict_row

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Outcome, Result, Seen
from lianfang.capabilities.screening.models.sums import Changes
from lianfang.capabilities.screening.models.tables import OutcomeRow, VisitRow
from lianfang.capabilities.screening.rules.outcomes import SEEN, ill, standing
from lianfang.capabilities.screening.state.household import Span, Visit
from lianfang.capabilities.screening.state.parts import CST, near, when
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.refold import array, packed, put
from lianfang.profiles.disease.parts import within

_ROUNDS: Final = (
    "SELECT subject, area, opened_at FROM screening_round WHERE subject = ANY (%s::uuid[]) AND closed_at IS NULL"
)
# Ids as their bytes: to make an id of each costs more than all else that is done with a household.
_HOMES: Final = (
    "SELECT uuid_send(subject), area, uuid_send(grid), array_send(people), array_send(gone) FROM screening_household "
    "WHERE subject = ANY (%s::uuid[]) AND grid IS NOT NULL AND NOT amended"
)
_FIRST, _EACH, _BYTES = 24, 20, 16
"""Where in the binary form of an array of ids the first stands, how far the next is, and how long each is."""
_STOOD: Final = "SELECT * FROM screening_outcome WHERE subject = ANY (%s::uuid[]) AND round = ANY (%s::uuid[])"
_VISITS: Final = (
    "SELECT subject, round, fact, area, at, author, outcome, members, outsiders, evidence, form, "
    "follower, escalated_to, vacancy FROM screening_visit "
    "WHERE subject = ANY (%s::uuid[]) AND round = ANY (%s::uuid[]) AND counts"
)
_LEAVE: Final = (
    "DELETE FROM screening_outcome its USING unnest(%s::uuid[], %s::uuid[]) AS told (subject, round) "
    "WHERE its.subject = told.subject AND its.round = told.round"
)
Key = tuple[UUID, UUID]
"""A household and a round."""


class Home(NamedTuple):
    """A household as a plain visit finds it: ``people`` are its members, ``gone`` who lived there before, by the
    numbers of their ids."""

    area: str
    grid: UUID
    people: Sequence[int]
    gone: Sequence[int]


class _Plain(NamedTuple):
    """A visit that can be added by itself. ``due`` are the members, ``before`` the visits that count of its household
    and round."""

    subject: UUID
    home: Home
    visit: Visit
    due: Sequence[UUID]
    before: Sequence[Visit] = ()

    @property
    def key(self) -> Key:
        return self.subject, self.visit.data.round


class Made(NamedTuple):
    """What is to be written of a plain visit: its row and that of where its household stands, which is ``told`` for the
    sums too, and in whose place it comes."""

    visit: bytes
    outcome: bytes
    told: Mapping[str, Any]
    was: Mapping[str, Any] | None


def candidates(facts: Sequence[Fact]) -> dict[UUID, Fact]:
    """The visits, by household, that may be plain by what they say alone: nothing else is told of their households."""
    found: dict[UUID, Fact] = {}
    others = set[UUID]()
    for fact in facts:
        if isinstance(fact.data, kinds.Visited) and fact.corrects is None:
            if found.setdefault(fact.subject, fact) is not fact:
                others.add(fact.subject)
        else:
            others.add(fact.subject)
    for subject in others:
        found.pop(subject, None)
    return found


def make(visits: Mapping[UUID, Fact]) -> dict[UUID, Made]:
    """What is to be written, by household, of those of some visits that are plain."""
    if not visits:
        return {}
    told = [(subject, fact, _data(fact)) for subject, fact in visits.items()]
    found = _found(visits, {data.round.int: data.round for _, _, data in told}.values())
    fitting = []
    for subject, fact, data in told:
        at = when(fact)
        home, span = found.homes.get(subject.int), found.rounds.get(data.round.int)
        if home is not None and span is not None:
            met = {one.person.int: one.person for one in data.members}
            if _fits(fact.area, data, at, home, span, met):
                due = [met[id] if id in met else UUID(int=id) for id in home.people]
                visit = Visit(fact.id, fact.area, at, fact.author, data, True)
                fitting.append(_Plain(subject, home, visit, due))
    if stood := {one.key: found.stood[one.key] for one in fitting if one.key in found.stood} if found.stood else {}:
        before = _before(stood)
        fitting = [one._replace(before=before[one.key]) if one.key in stood else one for one in fitting]
        fitting = [one for one in fitting if _in_time(one)]
    rows_of_visits = [values(one.subject, one.visit, one.home.area, one.home.grid, unwell=0) for one in fitting]
    outcomes = [_outcome(one) for one in fitting]
    rows = zip(packed(VisitRow, rows_of_visits), packed(OutcomeRow, outcomes), outcomes, strict=True)
    return {one.subject: Made(*its, stood.get(one.key)) for one, its in zip(fitting, rows, strict=True)}


def values(subject: UUID, visit: Visit, area: str, grid: UUID | None, *, unwell: int) -> dict[str, Any]:
    """The row of a visit that found so many ``unwell``."""
    data = visit.data
    return {
        "fact": visit.fact, "subject": subject, "round": data.round, "area": area, "grid": grid, "at": visit.at,
        "day": visit.at.astimezone(CST).date(), "author": visit.author, "outcome": data.outcome,
        "counts": visit.counts, "members": [[m.person, m.result, m.temp_c, m.symptoms] for m in data.members],
        "person_times": len([m for m in data.members if m.result in SEEN]),
        "unwell": unwell, "outsiders": data.outsiders,
        "evidence": data.evidence, "minutes": data.minutes, "form": data.form, "follower": data.follower or "",
        "escalated_to": data.escalated_to or "", "vacancy": data.vacancy or "",
    }  # fmt: skip


def _data(fact: Fact) -> kinds.Visited:
    assert isinstance(fact.data, kinds.Visited)
    return fact.data


class _Found(NamedTuple):
    """What the rows tell of visits: those of their rounds that are open, their households, both by the numbers of their
    ids, and where these stood in rounds of them before."""

    rounds: Mapping[int, Span]
    homes: Mapping[int, Home]
    stood: Mapping[Key, Mapping[str, Any]]


def _found(subjects: Collection[UUID], rounds: Collection[UUID]) -> _Found:
    with log.binary_cursor() as opened, log.binary_cursor() as homes, log.binary_cursor() as stood:
        stood.row_factory = dict_row
        with opened.connection.pipeline():
            opened.execute(_ROUNDS, [array(rounds)])
            homes.execute(_HOMES, [array(subjects)])
            stood.execute(_STOOD, [array(subjects), array(rounds)])
            return _Found(
                {subject.int: Span(area, opened_at, None) for subject, area, opened_at in opened},
                _homes(homes),
                {(row["subject"], row["round"]): row for row in stood},
            )


def _homes(rows: Iterable[tuple[bytes, str, bytes, bytes, bytes]]) -> dict[int, Home]:
    grids: dict[bytes, UUID] = {}
    found: dict[int, Home] = {}
    for subject, area, grid, people, gone in rows:
        if grid not in grids:
            grids[grid] = UUID(bytes=grid)
        found[int.from_bytes(subject)] = Home(area, grids[grid], _ids(people), _ids(gone))
    return found


def _ids(array: bytes) -> list[int]:
    """The numbers of the ids in an array as PostgreSQL sends it."""
    return [int.from_bytes(array[at : at + _BYTES]) for at in range(_FIRST, len(array), _EACH)]


def _fits(
    area: str, data: kinds.Visited, at: datetime, home: Home, span: Span, met: Collection[int]
) -> bool:  # fmt: skip
    return (
        at >= span.opened_at
        and (area == home.area or near(area, home.area))
        and within(home.area, span.area)
        and (data.vacancy is None or not (home.people or home.gone))
        and all(id in home.people or id in home.gone for id in met)
        and not ill(data.members, at)
    )


def _in_time(one: _Plain) -> bool:
    """Whether its place among the visits of its round is plain: no two of these are of one moment."""
    return len({one.visit.at, *(visit.at for visit in one.before)}) == 1 + len(one.before)


def _before(wanted: Collection[Key]) -> dict[Key, list[Visit]]:
    """The visits that count of households in rounds."""
    found: dict[Key, list[Visit]] = defaultdict(list)
    with log.binary_cursor() as cursor:
        asked = [array({subject for subject, _ in wanted}), array({round for _, round in wanted})]
        for subject, round, fact, area, at, author, outcome, members, *rest in cursor.execute(_VISITS, asked):
            outsiders, evidence, form, follower, escalated_to, vacancy = rest
            data = kinds.Visited.model_construct(
                round=round, outcome=Outcome(outcome), members=tuple(map(_seen, members)), outsiders=outsiders,
                evidence=evidence, form=form, follower=follower or None, escalated_to=escalated_to or None,
                vacancy=vacancy or None,
            )  # fmt: skip
            found[subject, round].append(Visit(fact, area, at, author, data, True))
    return found


def _seen(told: Sequence[Any]) -> Seen:
    person, result, temp_c, symptoms = told
    return Seen.model_construct(person=UUID(person), result=Result(result), temp_c=temp_c, symptoms=tuple(symptoms))


def _outcome(one: _Plain) -> dict[str, Any]:
    """The row of where a household stands in its round with a visit and those before."""
    subject, home, visit, due, before = one
    ordered = sorted((*before, visit), key=lambda its: its.at) if before else (visit,)
    its = standing(visit.data.round, ordered, due)
    return {"subject": subject, "area": home.area, "grid": home.grid, **its._asdict()}


def write(made: Collection[Made]) -> None:
    """Writes what was made; the rows of the sums are made while the database takes in the others."""
    changes = Changes()
    with log.binary_cursor() as cursor, cursor.connection.pipeline():
        if stood := [(one.was["subject"], one.was["round"]) for one in made if one.was is not None]:
            cursor.execute(_LEAVE, [array(subject for subject, _ in stood), array(round for _, round in stood)])
        put(VisitRow, [one.visit for one in made])
        put(OutcomeRow, [one.outcome for one in made])
        for one in made:
            if one.was is not None:
                changes.outcome(one.was, -1)
            changes.outcome(one.told, 1)
        changes.write()
