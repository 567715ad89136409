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
from lianfang.capabilities.screening.rules.outcomes import SEEN, standing, unwell
from lianfang.capabilities.screening.state.household import Span, Visit
from lianfang.capabilities.screening.state.parts import CST, near, when
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.refold import array, write
from lianfang.profiles.disease.parts import within

_ROUNDS: Final = (
    "SELECT subject, area, opened_at FROM screening_round WHERE subject = ANY (%s::uuid[]) AND closed_at IS NULL"
)
_HOMES: Final = (
    "SELECT subject, area, grid FROM screening_household "
    "WHERE subject = ANY (%s::uuid[]) AND grid IS NOT NULL AND NOT amended"
)
_RESIDENTS: Final = (
    "SELECT subject, person, member, first_at FROM screening_resident "
    "WHERE subject = ANY (%s::uuid[]) AND joined_at IS NOT NULL"
)
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
_FIRST_SEEN: Final = (
    "UPDATE screening_resident its SET first_at = told.at "
    "FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) AS told (subject, person, at) "
    "WHERE its.subject = told.subject AND its.person = told.person"
)
Key = tuple[UUID, UUID]
"""A household and a round."""


class Home(NamedTuple):
    """A household as a plain visit finds it. ``residents`` are all of whom it is said that they joined: whether they
    live there now, and when they were first seen."""

    area: str
    grid: UUID
    residents: dict[UUID, tuple[bool, datetime | None]]


class _Plain(NamedTuple):
    """A visit that can be added by itself. ``before`` are those that count of its household and round."""

    subject: UUID
    home: Home
    visit: Visit
    before: Sequence[Visit]


def candidates(entries: Sequence[Entry]) -> dict[UUID, Fact]:
    """The visits, by household, that may be plain by what they say alone: nothing else is told of their households."""
    by_subject: dict[UUID, list[Fact]] = defaultdict(list)
    for entry in entries:
        by_subject[entry.fact.subject].append(entry.fact)
    return {
        subject: facts[0]
        for subject, facts in by_subject.items()
        if len(facts) == 1 and isinstance(facts[0].data, kinds.Visited) and facts[0].corrects is None
    }


def add(visits: Mapping[UUID, Fact]) -> set[UUID]:
    """Adds those of some visits that are plain; the households of these."""
    with log.binary_cursor() as cursor:
        cursor.execute(_ROUNDS, [array({_data(fact).round for fact in visits.values()})])
        rounds = {subject: Span(area, opened_at, None) for subject, area, opened_at in cursor}
    homes = _homes([subject for subject, fact in visits.items() if _data(fact).round in rounds])
    fitting = []
    for subject, home in homes.items():
        fact = visits[subject]
        if _fits(fact, home, rounds[_data(fact).round]):
            visit = Visit(fact.id, fact.area, when(fact), fact.author, _data(fact), True)
            fitting.append(_Plain(subject, home, visit, ()))
    stood = _stood([(one.subject, one.visit.data.round) for one in fitting])
    before = _before(stood.keys())
    found = [one._replace(before=before.get((one.subject, one.visit.data.round), ())) for one in fitting]
    found = [one for one in found if _in_time(one)]
    _write(found, stood)
    return {one.subject for one in found}


def values(subject: UUID, visit: Visit, area: str, grid: UUID | None) -> dict[str, Any]:
    """The row of a visit."""
    data = visit.data
    return {
        "fact": visit.fact, "subject": subject, "round": data.round, "area": area, "grid": grid, "at": visit.at,
        "day": visit.at.astimezone(CST).date(), "author": visit.author, "outcome": data.outcome,
        "counts": visit.counts, "members": [[m.person, m.result, m.temp_c, m.symptoms] for m in data.members],
        "person_times": sum(m.result in SEEN for m in data.members),
        "unwell": sum(unwell(m, visit.at) for m in data.members), "outsiders": data.outsiders,
        "evidence": data.evidence, "minutes": data.minutes, "form": data.form, "follower": data.follower or "",
        "escalated_to": data.escalated_to or "", "vacancy": data.vacancy or "",
    }  # fmt: skip


def _data(fact: Fact) -> kinds.Visited:
    assert isinstance(fact.data, kinds.Visited)
    return fact.data


def _homes(subjects: Collection[UUID]) -> dict[UUID, Home]:
    asked = [array(subjects)]
    with log.binary_cursor() as cursor:
        homes = {subject: Home(area, grid, {}) for subject, area, grid in cursor.execute(_HOMES, asked)}
        for subject, person, member, first_at in cursor.execute(_RESIDENTS, asked):
            if subject in homes:
                homes[subject].residents[person] = member, first_at
    return homes


def _fits(fact: Fact, home: Home, span: Span) -> bool:
    data, at = _data(fact), when(fact)
    return (
        at >= span.opened_at
        and near(fact.area, home.area)
        and within(home.area, span.area)
        and (data.vacancy is None or not home.residents)
        and all(one.person in home.residents and not unwell(one, at) for one in data.members)
    )


def _in_time(one: _Plain) -> bool:
    """Whether its place among the visits of its round is plain: no two of these are of one moment."""
    return len({one.visit.at, *(visit.at for visit in one.before)}) == 1 + len(one.before)


def _stood(wanted: Collection[Key]) -> dict[Key, dict[str, Any]]:
    """The outcomes that there are of households in rounds."""
    with log.binary_cursor() as cursor:
        cursor.row_factory = dict_row
        rows = cursor.execute(_STOOD, _asked(wanted)).fetchall()
    found = {(row["subject"], row["round"]): row for row in rows}
    return {key: found[key] for key in wanted if key in found}


def _before(wanted: Collection[Key]) -> dict[Key, list[Visit]]:
    """The visits that count of households in rounds."""
    found: dict[Key, list[Visit]] = defaultdict(list)
    if not wanted:
        return found
    with log.binary_cursor() as cursor:
        cursor.execute(_VISITS, _asked(wanted))
        for subject, round, fact, area, at, author, outcome, members, *rest in cursor:
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


def _asked(keys: Iterable[Key]) -> list[str]:
    told = list(keys)
    return [array({subject for subject, _ in told}), array({round for _, round in told})]


def _write(plain: Sequence[_Plain], stood: Mapping[Key, Mapping[str, Any]]) -> None:
    changes, outcomes, old = Changes(), [], list[Key]()
    for subject, home, visit, before in plain:
        due = [person for person, (member, _) in home.residents.items() if member]
        its = standing(visit.data.round, sorted((*before, visit), key=lambda one: one.at), due)
        outcomes.append({"subject": subject, "area": home.area, "grid": home.grid, **its._asdict()})
        if was := stood.get((subject, visit.data.round)):
            changes.outcome(was, -1)
            old.append((subject, visit.data.round))
        changes.outcome(outcomes[-1], 1)
    seen = [
        (subject, one.person, visit.at)
        for subject, home, visit, _ in plain
        for one in visit.data.members
        if one.result in SEEN and ((first := home.residents[one.person][1]) is None or visit.at < first)
    ]
    with log.binary_cursor() as cursor:
        if old:
            cursor.execute(_LEAVE, [array(subject for subject, _ in old), array(round for _, round in old)])
        if seen:
            moments = "{" + ",".join(at.isoformat() for *_, at in seen) + "}"
            cursor.execute(_FIRST_SEEN, [array(one[0] for one in seen), array(one[1] for one in seen), moments])
    write(VisitRow, [values(one.subject, one.visit, one.home.area, one.home.grid) for one in plain])
    write(OutcomeRow, outcomes)
    changes.write()
