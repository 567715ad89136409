"""How long each step took: found, reported, isolated, treated early (四早), and diagnosed early (五早).

Sources: 早发现、早报告、早隔离、早治疗, State Council, January 2020; which of the two a disease goes by is its
profile's. Limits are the edition's clocks. An onset is a day: hours from it lie between those from its last moment and
from its first.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.cases.rules.policy import policy
from lianfang.capabilities.cases.state import CST, State
from lianfang.profiles.disease import Edition, Profile


class Interval(NamedTuple):
    """Hours of a step, at least and at most; None where its beginning or end is not known. ``late`` where the edition
    sets a limit and it was passed."""

    name: str
    zh: str
    en: str
    low_h: float | None
    high_h: float | None
    limit_h: int | None = None
    late: bool | None = None


def arrived(state: State, received_at: datetime) -> datetime | None:
    """When the report card came in. None of what came with a list, or so long after that it was no report any more but
    history entered afterwards: of these nobody knows when they were reported."""
    afterwards = received_at - state.reported_at > timedelta(days=policy()["report"]["afterwards_days"])
    return None if state.batch or afterwards else received_at


def report_delay(state: State, received_at: datetime, edition: Edition | None) -> Interval:
    """From the diagnosis to the arrival of the report card here."""
    came = arrived(state, received_at)
    hours = None if came is None else max(_hours(came - state.reported_at), 0.0)
    limit = edition.clocks.report_h if edition and edition.clocks else None
    late = hours > limit if hours is not None and limit is not None else None
    return Interval("diagnosis_report", "诊断至报告", "diagnosis to report", hours, hours, limit, late)


def intervals(
    state: State, received_at: datetime, profile: Profile, edition: Edition | None, zone: tzinfo = CST
) -> list[Interval]:
    """The steps of a case from its onset, and the report's own delay."""
    steps = [
        ("onset_found", "发病至首诊", "onset to first visit", state.about.first_visit),
        ("onset_report", "发病至报告", "onset to report", arrived(state, received_at)),
    ]
    if profile.early == "five":
        steps.append(("onset_diagnosis", "发病至诊断", "onset to diagnosis", _diagnosed(state)))
    steps += [
        ("onset_isolation", "发病至隔离", "onset to isolation", state.isolated_at),
        ("onset_treatment", "发病至治疗", "onset to treatment", state.treated_at),
    ]
    found = [_from_onset(state, zone, *step) for step in steps]
    admitted = next((stay.admitted for stay in state.stays), None)
    confirmed = state.since(Class.CONFIRMED, Class.CLINICAL)
    waited = _hours(max(admitted - confirmed, timedelta())) if admitted and confirmed else None
    return [
        *found,
        report_delay(state, received_at, edition),
        Interval("confirmed_admitted", "确诊至收治", "confirmed to admitted", waited, waited),
    ]


def _diagnosed(state: State) -> datetime | None:
    return state.since(Class.CONFIRMED, Class.CLINICAL, Class.ASYMPTOMATIC)


def _from_onset(state: State, zone: tzinfo, name: str, zh: str, en: str, until: datetime | None) -> Interval:
    onset = state.about.onset
    if onset is None or until is None:
        return Interval(name, zh, en, None, None)
    first = datetime.combine(onset.earliest, time(), zone)
    last = datetime.combine(onset.latest + timedelta(1), time(), zone)
    none = timedelta()  # who was isolated as a contact was so when falling ill
    return Interval(name, zh, en, _hours(max(until - last, none)), _hours(max(until - first, none)))


def before_onset(state: State, zone: tzinfo = CST) -> list[tuple[str, str]]:
    """The steps that came before the first day on which the patient may have fallen ill, in Chinese and English: each
    is possible (isolated as a contact, in hospital for another illness), and a slip more often."""
    onset, admitted = state.about.onset, next((stay.admitted for stay in state.stays), None)
    steps = (
        ("隔离", "isolated", state.isolated_at),
        ("收治", "admitted", admitted),
        ("治疗", "treated", state.treated_at),
    )
    return [(zh, en) for zh, en, at in steps if onset and at and at.astimezone(zone).date() < onset.earliest]


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)
