"""Raising findings: the rules are asked, and what they find that was not raised yet is appended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.rows import seeing_all
from lianfang.accounts.refused import Refused, no_area
from lianfang.capabilities.oversight.facts.findings import MOST, Figure, FindingRaised, finding_id
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.queries import looking
from lianfang.capabilities.oversight.queries.looking import Hit
from lianfang.capabilities.oversight.rules.policy import policy
from lianfang.capabilities.oversight.state.findings import FindingStage
from lianfang.capabilities.screening.state.parts import CST
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.fold import EVERYWHERE
from lianfang.facts.lock import locked
from lianfang.places.queries import subtree_range
from lianfang.places.spans import Scattered

AUTOMATIC: Final = log.Principal("oversight", "oversight")
"""As whom rules raise findings."""
ONE_AT_A_TIME: Final = UUID("a1f7d7c0-7a0e-5c2a-8f0b-6c1d3b6e9a17")
BATCH: Final = 500
"""Findings that are appended at once."""
DAY: Final = timedelta(days=1)

_looked: date | None = None
"""The last day of which this process asked the rules."""


class Detected(NamedTuple):
    """What the rules hold of, and which of it had not been raised."""

    day: date
    found: list[Hit]
    raised: list[Hit]


def due(now: datetime) -> bool:
    """Whether this process has not asked the rules of the last whole day. What another raised
    is not raised again."""
    return _looked != _yesterday(now)


def daily(now: datetime) -> int:
    """Asks the rules of the last whole day everywhere, and raises what they find; how many findings were raised."""
    global _looked
    raised = len(detect(now).raised)
    _looked = _yesterday(now)
    return raised


def detect(now: datetime, *, day: date | None = None, area: str = "", only_look: bool = False) -> Detected:
    """Asks the rules of a day (the last whole one) and the week before it, of an area or everywhere, and raises what
    they find. Asked again, it raises nothing. Raises Refused."""
    last = day or _yesterday(now)
    until = min(now, _end(last))
    found, raised = list[Hit](), list[Hit]()
    with seeing_all():
        ranges = looking.counties(*_range(area))
    for areas in ranges:
        with transaction.atomic(), seeing_all():
            locked(ONE_AT_A_TIME)
            hits = list(_look(areas, last, until))
            found += hits
            raised += [] if only_look else _raise(hits, now)
    return Detected(last, found, raised)


def _yesterday(now: datetime) -> date:
    return now.astimezone(CST).date() - DAY


def _end(day: date) -> datetime:
    """A day and the longest clock of it: what is missed for 24 hours is told a day later."""
    return datetime(day.year, day.month, day.day, tzinfo=CST) + DAY


def _range(area: str) -> tuple[str, str]:
    if not area:
        return EVERYWHERE
    try:
        return subtree_range(area)
    except (LookupError, Scattered):
        raise Refused([no_area()]) from None


def _look(areas: tuple[str, str], last: date, now: datetime) -> Iterator[Hit]:
    its = policy()
    yield from looking.made_up(areas, last, its)
    yield from looking.missed_people(areas, now, its)
    yield from looking.missed_doors(areas, now, its)
    yield from looking.missed_passing(areas, last, its)
    yield from looking.missed_logs(areas, now, last, its)
    yield from looking.late_logs(areas, last, its)
    yield from looking.late_cases(areas, now, last, its)
    yield from looking.late_reports(areas, now, last, its)
    yield from looking.late_gatherings(areas, now, its)
    yield from looking.late_tasks(areas, now, its)


def _raise(hits: Sequence[Hit], now: datetime) -> list[Hit]:
    """Appends what is not raised yet: of a unit's records each stands once in the findings of a rule."""
    held = _held(hits)
    fresh = list[Hit]()
    for one in hits:
        seen = held[one.rule, one.area, one.unit]
        new = tuple(fact for fact in one.evidence if fact not in seen.facts)
        subject = finding_id(one.rule, one.area, one.unit, one.day, one.days)
        if subject in seen.closed or (not new and (one.evidence or subject in seen.subjects)):
            continue
        seen.facts.update(new)
        seen.subjects.add(subject)
        fresh.append(one._replace(evidence=new))
    seq = log.head().seq
    _append([fact for one in fresh for fact in _facts(one, seq, now)])
    return fresh


class _Held(NamedTuple):
    """Of a rule and a unit: the facts that stand in findings, these, and those of them that are closed."""

    facts: set[UUID]
    subjects: set[UUID]
    closed: set[UUID]


def _held(hits: Iterable[Hit]) -> dict[tuple[str, str, UUID | None], _Held]:
    areas = {one.area for one in hits}
    held: dict[tuple[str, str, UUID | None], _Held] = defaultdict(lambda: _Held(set(), set(), set()))
    rows = FindingRow.objects.filter(area__in=areas).values_list("rule", "area", "unit", "subject", "evidence", "stage")
    for rule, area, unit, subject, evidence, stage in rows.iterator():
        its = held[rule, area, unit]
        its.facts.update(evidence)
        its.subjects.add(subject)
        if stage == FindingStage.CLOSED:
            its.closed.add(subject)
    return held


def _facts(one: Hit, seq: int, now: datetime) -> Iterator[Fact]:
    """The facts that raise a finding: as many as its evidence needs."""
    subject = finding_id(one.rule, one.area, one.unit, one.day, one.days)
    figures = tuple(Figure(code=code, value=round(value, 6)) for code, value in one.figures.items())
    for start in range(0, max(1, len(one.evidence)), MOST):
        some = one.evidence[start : start + MOST]
        data = FindingRaised(
            rule=one.rule, edition=policy().edition, unit=one.unit, day=one.day, days=one.days, evidence=some,
            figures=figures, concerned=one.concerned, seq=seq,
        )  # fmt: skip
        name = uuid5(subject, "".join(sorted(fact.hex for fact in some)))
        yield Fact.of(data, id=name, subject=subject, area=one.area, observed_at=now)


def _append(facts: Sequence[Fact]) -> None:
    for start in range(0, len(facts), BATCH):
        for outcome in log.append(facts[start : start + BATCH], principal=AUTOMATIC):
            if outcome.status is log.Status.SET_ASIDE:
                raise RuntimeError(f"a finding could not be recorded: {outcome.reason}")
