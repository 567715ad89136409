"""All that an assessment pack of an area holds, as of a day and as known at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from lianfang.access.matrix import called
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import zone
from lianfang.capabilities.warning.queries import series as estimating
from lianfang.capabilities.warning.queries import signals as signalling
from lianfang.capabilities.warning.queries.assessing import assessment
from lianfang.capabilities.warning.queries.risk import Asked, GradedArea, communities, counties
from lianfang.capabilities.warning.queries.risk import Grades as Found
from lianfang.capabilities.warning.queries.sign_offs import signed
from lianfang.capabilities.warning.queries.spread import reach
from lianfang.capabilities.warning.rules.grading import (
    CommunityPolicy,
    CountyPolicy,
    Title,
    community_policy,
    county_policy,
)
from lianfang.capabilities.warning.rules.pack.contents import (
    Flow,
    Given,
    Graded,
    Grades,
    Part,
    Signed,
    Untraced,
    Waiting,
)
from lianfang.capabilities.warning.rules.reading import week_of, wording
from lianfang.capabilities.warning.rules.series_told import curve, told
from lianfang.capabilities.warning.rules.sign_off import digest
from lianfang.capabilities.warning.rules.signals.policy import policy as signal_policy
from lianfang.capabilities.warning.state.sign_off import SignOff
from lianfang.capabilities.warning.state.signal import Status
from lianfang.facts import log
from lianfang.places.queries import current_gazetteer
from lianfang.profiles.disease import profile

DAYS: Final = 28
"""Days of which newly reached areas are told."""
SIGNALS: Final = 20
CHAIN: Final = 12
"""Hexadecimal digits of the head of the chain that are printed."""
ID: Final = 6
"""Last letters of a case's id that are printed."""


def pack(
    viewer: Viewer, area: str, *, disease: str, as_of: date | None, known_at: datetime | None, now: datetime
) -> Given:
    """What the pack of an area holds; without ``as_of`` as of the last whole day. Raises Forbidden, Refused."""
    found, at = estimating.estimates(viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    ends = datetime.combine(at.as_of + timedelta(1), time(), zone())
    its = told(found, 0)
    quoted = signed(viewer, area, disease, at.as_of, digest(its))
    asked = Asked(area, disease, "", ends, known_at)
    assessed = assessment(viewer, asked, now=now)
    told_of = reach(viewer, area, disease=disease, days=DAYS, as_of=ends, known_at=known_at, now=now)
    waiting = signalling.page(
        viewer, signalling.Asked(area, Status.OPEN, until=ends), known_at=known_at, limit=SIGNALS
    )  # fmt: skip
    return Given(
        area=_named(area), disease=_disease(disease), as_of=at.as_of, known_at=known_at or now, seq=at.seq,
        head=log.chain_at(at.seq)[:CHAIN], told=its, signed=_signed(quoted), sections=assessed.sections,
        untraced=None if assessed.untraced is None else [
            Untraced(str(one.case)[-ID:], _named(one.area), one.confirmed_at, one.due) for one in assessed.untraced
        ],
        parts=_parts(viewer, area, disease, at.as_of, known_at, now), chains=assessed.chains,
        counties=_grades(counties(viewer, asked, now=now), county_policy()),
        communities=_grades(communities(viewer, asked, now=now), community_policy()),
        newly=[(one.day, len(one.newly)) for one in told_of.spread.days], reached=len(told_of.spread.first),
        flows=[
            Flow(_named(one.came_from) if one.came_from else None, _named(one.to), one.cases) for one in told_of.matrix
        ],
        signals=[
            Waiting(_rule(row.rule, row.rule_version), _named(row.area), row.last_at, len(row.subjects))
            for row in waiting.signals
        ],
        waiting=waiting.total,
    )  # fmt: skip


def _signed(of: SignOff | None) -> Signed | None:
    if of is None:
        return None
    zh, en = called(of.data.role)
    return Signed(Title(zh=zh, en=en), of.signed_at, of.data.until)


def _parts(
    viewer: Viewer, area: str, disease: str, as_of: date, known_at: datetime | None, now: datetime
) -> list[Part]:  # fmt: skip
    """The divisions right below with their last two weeks, by the day of confirmation."""
    below, found, _ = estimating.parts(viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    days = [date.fromordinal(found.span.first + n).isoformat() for n in range(found.span.told)]
    week = wording().figures.week_days
    return [
        Part(_named(one.area), week_of(its, as_of), week_of(its, as_of, week))
        for place, one in enumerate(below)
        for its in [curve(days, found.series.confirmation[place])]
    ]


def _grades(found: Found, policy: CountyPolicy | CommunityPolicy) -> Grades:
    edition = found.edition
    return Grades(
        Title(zh=edition.zh, en=edition.en) if edition else None, edition.begins if edition else None,
        tuple(_graded(one, policy) for one in found.places), found.unplaced,
    )  # fmt: skip


def _graded(one: GradedArea, policy: CountyPolicy | CommunityPolicy) -> Graded:
    levels: Mapping[str, Any] = policy.levels if isinstance(policy, CountyPolicy) else policy.classes
    asks = tuple(policy.asks[code] for code in one.graded.asks)
    return Graded(_named(one.area), levels.get(one.graded.to or ""), policy.steps.get(one.graded.step), asks)


def _named(area: str) -> Title:
    division = current_gazetteer().division(area)
    if division is None:
        return Title(zh=area, en=area)
    return Title(zh=division.name, en=division.en or division.pinyin)


def _disease(code: str) -> Title:
    its = profile(code)
    return Title(zh=its.zh, en=its.en)


def _rule(id: str, version: str) -> Title:
    rule = signal_policy().rule(id, version)
    return Title(zh=rule.zh, en=rule.en) if rule else Title(zh=id, en=id)
