"""Raising signals: the rules are asked, and what they find that was not raised yet is appended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min

from lianfang.access.rows import seeing_all
from lianfang.accounts import demo
from lianfang.accounts.models import Appointment
from lianfang.capabilities.cases.models import CaseRow, zone
from lianfang.capabilities.warning.facts.signal import MOST, Raised, Told
from lianfang.capabilities.warning.models import SignalRow
from lianfang.capabilities.warning.queries.past import as_known
from lianfang.capabilities.warning.queries.picture import picture
from lianfang.capabilities.warning.rules.signals import findings
from lianfang.capabilities.warning.rules.signals.finding import Finding
from lianfang.capabilities.warning.rules.signals.picture import COUNTY
from lianfang.capabilities.warning.rules.signals.policy import policy
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.kinds import registry
from lianfang.facts.lock import locked
from lianfang.facts.refold import among
from lianfang.places.queries import current_gazetteer

AUTOMATIC: Final = log.Principal("warning", "warning")
"""As whom rules raise signals."""
ONE_AT_A_TIME: Final = UUID("0c5a4b8e-90c2-5d0b-8f9b-35a5a6f5a1d3")
BATCH: Final = 500
"""Signals that are appended at once."""
SHARE: Final = 0.02
"""Of one processor's time, at most about so much goes to looks at everything: some rules hold because nothing came."""
DAY: Final = timedelta(days=1)
WATCHED: Final = ("case.", "contact.", "transmission.", "cluster.", "market.", "task.done", "record.retracted")
"""Kinds of fact that rules look at, by how their names begin."""
MOST_FACTS, MOST_COUNTIES = 2_000, 40
"""Beyond so many facts, or counties that they are of, everything is looked at at once."""


class Looked(NamedTuple):
    """What the rules found of what had happened by ``as_of``, on the record up to the fact ``seq``."""

    as_of: datetime
    seq: int
    found: tuple[Finding, ...]


class _Last(NamedTuple):
    """Up to which fact this process looked last, at what time, and when by the machine's clock it looks at everything
    again."""

    seq: int
    at: datetime
    again: float


_last: _Last | None = None


def watch(now: datetime) -> list[Finding]:
    """Raises what there is to raise since this process did so: of the counties of the facts that came in; of all where
    these are many, where a day is over, and otherwise as often as costs little."""
    global _last
    before, seq, began = _last, log.head().seq, monotonic()
    touched: frozenset[str] | None = None
    if before is not None and began < before.again and before.at <= now and _day(before.at) == _day(now):
        touched = _touched(before.seq, seq)
    raised = run(now, touched) if touched is None or touched else []
    ended = monotonic()
    again = ended + (ended - began) / SHARE if touched is None or before is None else before.again
    _last = _Last(seq, now, again)
    return raised


def watch_all() -> None:
    """Has the next ``watch`` of this process look at everything: estimates were made."""
    global _last
    _last = None


def catch_up(now: datetime) -> list[Finding]:
    """Raises what the rules would have found at the end of each day since the last signal, of the days that are looked
    back on: after a history was loaded, or the service stood still, signals stand on their days. Cases count with what
    was decided of them by then; again, nothing is raised."""
    with seeing_all():
        last = SignalRow.objects.aggregate(at=Max("last_at"))["at"]
        first = CaseRow.objects.aggregate(at=Min("reported_at"))["at"]
    if first is None:
        return []
    since = max(last or first, first, now - timedelta(policy().look_back_days))
    ends = datetime.combine(_day(since), time(), zone()) + DAY
    raised = []
    while ends < now:
        raised += run(ends)
        ends += DAY
    return raised


def _day(at: datetime) -> date:
    return at.astimezone(zone()).date()


def run(as_of: datetime, counties: frozenset[str] | None = None) -> list[Finding]:
    """Asks the rules of what had happened by ``as_of``, as it is known now, in all counties or in some, and appends
    what was not raised before, which is returned. Asked again it raises nothing."""
    return raise_found(look(as_of, counties=counties))


def look(as_of: datetime, *, known_at: datetime | None = None, counties: frozenset[str] | None = None) -> Looked:
    """What the rules find; stores nothing. With ``known_at``, of what was known then: the connection must be the
    owner's (``app.database.as_owner``), for the registers of then are folded beside those of now. Without, cases
    that were reported by ``as_of`` count as they stand now."""
    with _one_view():
        if known_at is None:
            seq, seen = log.head().seq, picture(as_of, policy(), counties)
        else:
            seq = log.seq_at(known_at)
            with as_known(seq):
                seen = picture(as_of, policy(), counties)
    found = findings(seen, policy())
    if counties is not None:  # of cases elsewhere only those are there that belong to clusters of these counties
        theirs = {code for county in counties for code in (county, *current_gazetteer().ancestors(county))}
        found = [one for one in found if one.area in theirs]
    return Looked(as_of, seq, tuple(found))


def _touched(after: int, upto: int) -> frozenset[str] | None:
    """The counties of the facts in between that rules look at; None where they are too many to be worth telling."""
    kinds = [kind for kind in registry().newest if kind.startswith(WATCHED)]
    entries = list(log.read(after, upto, kinds=kinds, limit=MOST_FACTS))
    counties = frozenset(entry.fact.area[:COUNTY] for entry in entries)
    return counties if len(entries) < MOST_FACTS and len(counties) <= MOST_COUNTIES else None


def raise_found(looked: Looked) -> list[Finding]:
    """Appends those findings that were not raised before, or that hold of more than before, and returns them."""
    with transaction.atomic(), seeing_all():
        locked(ONE_AT_A_TIME)
        fresh = _not_raised(looked.found)
        _append(fresh, looked.seq, looked.as_of)
    return fresh


@contextmanager
def _one_view() -> Iterator[None]:
    """A transaction that sees every row as of its beginning, whatever is appended meanwhile."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with seeing_all():
            yield


def _not_raised(found: Sequence[Finding]) -> list[Finding]:
    """The findings with the triggers that the register does not have yet."""
    rows = SignalRow.objects.filter(subject__in=among({one.signal for one in found}))
    held = dict(rows.values_list("subject", "triggers"))
    return [part for one in found for part in one.beyond(held.get(one.signal, ()))]


def _append(found: Sequence[Finding], seq: int, as_of: datetime) -> None:
    appointed = _appointed(as_of)
    for start in range(0, len(found), BATCH):
        facts = [_fact(one, seq, as_of, _told(one, appointed)) for one in found[start : start + BATCH]]
        for outcome in log.append(facts, principal=AUTOMATIC):
            if outcome.status is log.Status.SET_ASIDE:
                raise RuntimeError(f"a signal could not be recorded: {outcome.reason}")


def _fact(one: Finding, seq: int, as_of: datetime, told: tuple[Told, ...]) -> Fact:
    data = Raised(
        rule=one.rule, rule_version=one.version, disease=one.disease, key=one.key, triggers=one.triggers,
        subjects=one.subjects, as_of=as_of, seq=seq, evidence=one.evidence, told=told,
    )  # fmt: skip
    return Fact.of(data, id=one.raising, subject=one.signal, area=one.area, observed_at=as_of)


Appointed = dict[tuple[str, str], list[str]]


def _appointed(at: datetime) -> Appointed:
    """The codes of accounts by role and division of their appointments, as they stand at a time."""
    found: Appointed = defaultdict(list)
    rows = Appointment.objects.in_time(at).filter(account__is_active=True)
    for role, area, account in rows.values_list("role", "area", "account_id"):
        found[role, area].append(str(account))
    if settings.DEMO:
        for hat in demo.hats():
            found[hat.role, hat.area].append(hat.code)
    return found


def _told(one: Finding, appointed: Appointed) -> tuple[Told, ...]:
    """The roles that the rule tells, over the divisions that the signal's lies in; of the signal's own where nobody is
    appointed to one."""
    around = (one.area, *current_gazetteer().ancestors(one.area))
    told = []
    for role in policy().roles(one.rule, one.version):
        areas = [area for area in around if appointed.get((role, area))] or [one.area]
        told += [
            Told(role=role, area=area, accounts=tuple(sorted(set(appointed.get((role, area), ()))))[:MOST])
            for area in areas
        ]
    return tuple(told)
