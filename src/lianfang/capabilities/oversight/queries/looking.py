"""What the rules look at, read for them in a batch: visits as columns, lists beside records, cases, reports, tasks.

For the daily run, which acts on nobody's behalf: within ``seeing_all``, of a half-open range of divisions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.checkpoints.models import ArrivalRow
from lianfang.capabilities.command.models import GatheringRow
from lianfang.capabilities.command.queries.gatherings import DISSUADE
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.queries.duties import missed as missed_contacts
from lianfang.capabilities.gates.models import CountRow, EncounterRow, PostRow, ShiftRow
from lianfang.capabilities.oversight.rules.clocks import late, overdue
from lianfang.capabilities.oversight.rules.columns import Visit, columns
from lianfang.capabilities.oversight.rules.made_up import found
from lianfang.capabilities.oversight.rules.policy import Policy
from lianfang.capabilities.screening.facts import Outcome
from lianfang.capabilities.screening.models import HouseholdRow, ReportRow, RoundRow, VisitRow
from lianfang.capabilities.screening.queries.daily import daily
from lianfang.capabilities.screening.queries.duties import missed as missed_arrivals
from lianfang.capabilities.screening.rules.daily import Reporting
from lianfang.capabilities.screening.state.parts import CST
from lianfang.capabilities.tasks.queries import gathered
from lianfang.facts import log
from lianfang.facts.lock import array
from lianfang.profiles.disease.parts import within

LOOK_BACK: Final = 7
"""Days before the one that is looked at of which findings are raised too: what comes late is of earlier days."""
LONGEST: Final = 35
"""Days before the one that is looked at of which records are read: those of the longest span that ended within
``LOOK_BACK``."""
OFFICER: Final = "county_duty_officer"
"""What this role sees late is late for whoever counts it."""
DAY: Final = timedelta(days=1)

_VISITS: Final = (
    "SELECT v.fact, v.subject, v.area, v.grid, extract(epoch FROM v.at)::float8, "
    "extract(epoch FROM f.received_at)::float8, v.minutes, v.evidence <> 'none', v.outcome, v.members, v.author "
    "FROM screening_visit v JOIN fact f ON f.id = v.fact "
    "WHERE v.area ~>=~ %s AND v.area ~<~ %s AND v.day >= %s AND v.day <= %s"
)
_LOGS: Final = " UNION ALL ".join(
    "SELECT t.area, t.subject, t.fact, t.at, f.received_at, f.author "
    f"FROM gates_{table} t JOIN fact f ON f.id = t.fact "
    "WHERE t.area ~>=~ %(first)s AND t.area ~<~ %(before)s AND t.at >= %(begins)s AND t.at < %(ends)s"
    for table in ("shift", "count", "treatment")
)
_LOOKED_AT: Final = (VisitRow, HouseholdRow, ArrivalRow, PostRow, CaseRow, ContactRow, GatheringRow)
_FIRST: Final = (
    "SELECT DISTINCT ON (subject) subject, id, received_at, author FROM fact_of(%s::uuid[]) ORDER BY subject, seq"
)
_TENTHS: Final = 10
_MET: Final = (Outcome.MET, Outcome.FOLLOW_UP)


class Hit(NamedTuple):
    """What a rule holds of, to be raised: of a unit (None: the division as a whole) and some days."""

    rule: str
    area: str
    unit: UUID | None
    day: date
    days: int
    evidence: tuple[UUID, ...]
    figures: dict[str, float]
    concerned: tuple[str, ...]


class _Known(NamedTuple):
    """The first fact of a subject."""

    fact: UUID
    received_at: datetime
    author: str


class _Place(NamedTuple):
    area: str
    unit: UUID | None


class _Listed(NamedTuple):
    """Something of a rule, by the subject that the record has of it."""

    area: str
    unit: UUID | None
    day: date
    subject: UUID


def made_up(areas: tuple[str, str], last: date, policy: Policy) -> Iterator[Hit]:
    """Records of visits that came late, or can hardly have been seen, of the days up to ``last``."""
    facts, places, authors, told = list[UUID](), list[str](), list[str](), list[Visit]()
    with log.binary_cursor() as cursor:
        rows = cursor.execute(_VISITS, [*areas, last - LONGEST * DAY, last])
        for fact, household, area, grid, at, received, minutes, proved, outcome, members, author in rows:
            temps = [(one[0], round(one[2] * _TENTHS)) for one in members if one[2] is not None]
            there = (outcome in _MET and len(temps) == len(members), outcome == Outcome.VACANT)
            told.append(Visit(household, _Place(area, grid), at, received, minutes, proved, *there, temps))
            facts.append(fact)
            places.append(area)
            authors.append(author)
    its = columns(told)
    for one in found(its.records, policy, ((last - LOOK_BACK * DAY).toordinal(), last.toordinal())):
        chosen = its.order[one.records].tolist()
        place = its.units[one.unit]
        assert isinstance(place, _Place)
        yield Hit(
            one.rule, place.area, place.unit, date.fromordinal(one.day), one.days,
            tuple(facts[n] for n in chosen), dict(one.figures), _codes(authors[n] for n in chosen),
        )  # fmt: skip


def missed_people(areas: tuple[str, str], now: datetime, policy: Policy) -> Iterator[Hit]:
    """Those on a list of travellers or of contacts of whom no household and no check has a record, by the clocks that
    their lists have."""
    hours = policy.rules["missed_person"].figures.hours
    since = now - (LOOK_BACK * DAY + timedelta(hours=hours))
    here = Q(area__bytes_from=areas[0]) & Q(area__bytes_before=areas[1])
    told = [(one, area, at) for one, area, at in missed_arrivals(now, here)]
    told += [(one.subject, one.area, at) for one, at in missed_contacts(now, here)]
    rows = [_Listed(area, None, _day(at), subject) for subject, area, at in told if at >= since]
    yield from _by_place("missed_person", rows, hours)


def missed_doors(areas: tuple[str, str], now: datetime, policy: Policy) -> Iterator[Hit]:
    """Households on the register that nobody had visited when a round was due, looked at so many hours later."""
    hours = policy.rules["missed_door"].figures.hours
    limit = now - timedelta(hours=hours)
    rounds = RoundRow.objects.filter(due__lte=limit, due__gt=limit - LOOK_BACK * DAY)
    for round, of, due in rounds.values_list("subject", "area", "due"):
        visited = VisitRow.objects.filter(subject=OuterRef("subject"), round=round, at__lte=due)
        due_ones = _in(HouseholdRow, areas).filter(registered_at__lt=due, grid__isnull=False)
        rows = [
            _Listed(area, grid, _day(due), subject)
            for subject, area, grid in due_ones.exclude(Exists(visited)).values_list("subject", "area", "grid")
            if within(area, of)
        ]
        yield from _by_place("missed_door", rows, hours)


def missed_passing(areas: tuple[str, str], last: date, policy: Policy) -> Iterator[Hit]:
    """Posts that counted more people as checked in a shift than they recorded: why some were not checked, which a count
    may say, explains none of it."""
    limit = policy.rules["missed_passing"].figures.limit
    begins, ends = _span(last)
    for row in _in(CountRow, areas).filter(ends__gte=begins, ends__lt=ends):
        here = EncounterRow.objects.filter(post=row.subject, at__gte=row.begins, at__lt=row.ends)
        met = here.filter(refused=False).count()
        if row.checked - met > limit:
            figures = {"records": float(row.checked - met), "of": float(row.checked), "limit": limit}
            yield Hit("missed_passing", row.area, row.subject, _day(row.begins), 1, (row.fact,), figures, (row.author,))


def missed_logs(areas: tuple[str, str], now: datetime, last: date, policy: Policy) -> Iterator[Hit]:
    """Shifts of posts of which nobody was counted, and counts without a shift, so many hours after they ended."""
    hours = policy.rules["missed_log"].figures.hours
    begins, _ = _span(last)
    for here, there in ((ShiftRow, CountRow), (CountRow, ShiftRow)):
        other = there.objects.filter(subject=OuterRef("subject"), begins=OuterRef("begins"))
        rows = _in(here, areas).filter(begins__gte=begins, ends__lte=now - timedelta(hours=hours))
        for one in rows.exclude(Exists(other)):
            figures = {"records": 1.0, "limit": hours}
            yield Hit("missed_log", one.area, one.subject, _day(one.begins), 1, (one.fact,), figures, (one.author,))


def late_logs(areas: tuple[str, str], last: date, policy: Policy) -> Iterator[Hit]:
    """Records of posts that came in so many hours after the time of which they tell."""
    hours = policy.rules["late_log"].figures.hours
    placed: dict[tuple[str, UUID, date], list[tuple[UUID, str]]] = defaultdict(list)
    begins, ends = _span(last)
    asked = {"first": areas[0], "before": areas[1], "begins": begins, "ends": ends}
    with log.binary_cursor() as cursor:
        for area, post, fact, at, received, author in cursor.execute(_LOGS, asked):
            if late(at, received, received, hours):
                placed[area, post, _day(at)].append((fact, author))
    for (area, post, day), told in placed.items():
        facts, authors = zip(*told, strict=True)
        yield Hit(
            "late_log", area, post, day, 1, facts, {"records": float(len(facts)), "limit": hours}, _codes(authors)
        )


def late_cases(areas: tuple[str, str], now: datetime, last: date, policy: Policy) -> Iterator[Hit]:
    """Cases whose card came late, whose positive sample nobody has decided on, and holds that were said to be reported
    and have no card."""
    hours = policy.rules["late_case"].figures.hours
    begins, _ = _span(last)
    rows = list(_in(CaseRow, areas).filter(received_at__gte=begins, batch__isnull=True))
    told = [
        _Listed(one.area, None, _day(one.reported_at), one.subject)
        for one in rows
        if late(one.reported_at, one.received_at, now, hours)
    ]
    undecided = _in(CaseRow, areas).filter(result="positive", result_at__gte=begins, to=Class.SUSPECTED)
    told += [
        _Listed(area, None, _day(at), subject)
        for subject, area, at in undecided.values_list("subject", "area", "result_at")
        if late(at, None, now, hours)
    ]
    card = CaseRow.objects.filter(subject=OuterRef("case"))
    held = _in(EncounterRow, areas).filter(ended__gte=begins, outcome="reported").exclude(Exists(card))
    told += [
        _Listed(area, post, _day(at), subject)
        for subject, area, post, at in held.values_list("subject", "area", "post", "ended")
        if late(at, None, now, hours)
    ]
    yield from _by_place("late_case", told, hours)


def late_reports(areas: tuple[str, str], now: datetime, last: date, policy: Policy) -> Iterator[Hit]:
    """Communities whose daily report came after its time, or not at all."""
    viewer = _officer(areas)
    for back in range(LOOK_BACK):
        day = last - back * DAY
        for unit in daily(viewer, day, now=now).units:
            if unit.state in (Reporting.LATE, Reporting.NOT_REPORTED):
                evidence, authors = _report(unit.report)
                yield Hit("late_report", unit.area, None, day, 1, evidence, {"records": 1.0}, authors)


def late_gatherings(areas: tuple[str, str], now: datetime, policy: Policy) -> Iterator[Hit]:
    """Gatherings that were known and that nobody dissuaded or postponed in time (QA-05)."""
    since, placed = now - LOOK_BACK * DAY, dict[float, list[_Listed]]()
    for row in _in(GatheringRow, areas).filter(began__gte=since, began__lt=now):
        its = clocks(_day(row.began))
        answered = min((at for at in (row.postponed, row.dissuaded) if at), default=None)
        hours = its.dissuade / timedelta(hours=1)
        if late(row.began, answered, now, hours):
            placed.setdefault(hours, []).append(_Listed(row.area, None, _day(row.began), row.subject))
    for hours, rows in placed.items():
        yield from _by_place("late_gathering", rows, hours)


def late_tasks(areas: tuple[str, str], now: datetime, policy: Policy) -> Iterator[Hit]:
    """Tasks that were not done so many hours after they fell due, whether they can still be done or not."""
    hours = policy.rules["late_task"].figures.hours
    since = now - (LOOK_BACK * DAY + timedelta(hours=hours))
    rows = []
    for task in gathered(_officer(areas), since, now):
        its = task.obligation
        if its.due < since or its.rule == DISSUADE or its.rule.startswith("finding."):
            continue  # findings are found by rules of their own, and so are gatherings
        if overdue(its.due, its.done_at, now, hours):
            rows.append(_Listed(its.area, None, _day(its.due), its.subject))
    yield from _by_place("late_task", rows, hours)


def _report(row: ReportRow | None) -> tuple[tuple[UUID, ...], tuple[str, ...]]:
    if row is None:
        return (), ()
    its = _firsts([row.subject])[row.subject]
    return (its.fact,), (its.author,)


def _by_place(rule: str, rows: Iterable[_Listed], limit: float) -> Iterator[Hit]:
    """One finding for each place and day; the evidence are the facts by which the record has each subject."""
    placed: dict[tuple[str, UUID | None, date], list[UUID]] = defaultdict(list)
    for one in rows:
        placed[one.area, one.unit, one.day].append(one.subject)
    known = _firsts({subject for subjects in placed.values() for subject in subjects})
    for (area, unit, day), subjects in placed.items():
        firsts = [known[one] for one in dict.fromkeys(subjects) if one in known]
        figures = {"records": float(len(subjects)), "limit": limit}
        authors = _codes(one.author for one in firsts) if rule == "late_case" else ()
        yield Hit(rule, area, unit, day, 1, tuple(one.fact for one in firsts), figures, authors)


def _firsts(subjects: Collection[UUID]) -> dict[UUID, _Known]:
    with log.binary_cursor() as cursor:
        rows = cursor.execute(_FIRST, [array(subjects)]) if subjects else ()
        return {subject: _Known(*rest) for subject, *rest in rows}


def _codes(authors: Iterable[str]) -> tuple[str, ...]:
    """Accounts, each once; the most frequent first."""
    return tuple(code for code, _ in Counter(one for one in authors if one).most_common(100))


def _officer(areas: tuple[str, str]) -> Viewer:
    """As whom lists are asked for that are made for somebody."""
    return Viewer("oversight", "oversight", OFFICER, areas[0], *areas)


def _in(model: type[Model], areas: tuple[str, str]) -> QuerySet[Any]:
    return model._default_manager.filter(Q(area__bytes_from=areas[0]) & Q(area__bytes_before=areas[1]))


def _day(at: datetime) -> date:
    return at.astimezone(CST).date()


def _span(last: date) -> tuple[datetime, datetime]:
    """The days that are looked back on, half-open."""
    ends = datetime.combine(last, time(), CST) + DAY
    return ends - (LOOK_BACK + 1) * DAY, ends


def counties(first: str, before: str) -> list[tuple[str, str]]:
    """The ranges of the divisions, each looked at by itself, that have anything that rules look at within a range:
    those of six digits, or the whole codes of divisions that have others."""
    rows = (_in(model, (first, before)).values_list("area", flat=True).distinct() for model in _LOOKED_AT)
    return sorted({(code[:6], code[:6] + "\x7f") for some in rows for code in some})
