"""What is to be done about a case, by when, and what has closed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.rules.policy import hours
from lianfang.capabilities.cases.state import State
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.profiles.disease import Edition

AWAITING_A_BED: Final = frozenset({Class.SUSPECTED, Class.CLINICAL, Class.PROBABLE, Class.CONFIRMED})


class Case(NamedTuple):
    """What obligations follow from: a case as its register has it."""

    subject: UUID
    area: str
    author: str
    person: UUID
    to: Class
    source: InfectionSource
    open: bool
    """Neither ended nor excluded."""
    reported_at: datetime
    checked_at: datetime | None
    investigated_at: datetime | None
    suspected_at: datetime | None
    confirmed_at: datetime | None
    admitted_at: datetime | None
    designated: bool | None
    """Whether the hospital where the patient is now is a designated one; None while in none."""
    sampled_at: datetime | None
    source_at: datetime | None
    imported: bool
    """Whether it came with a list: what is long past is not reported anew."""


def of_state(state: State) -> Case:
    """A case as its state has it."""
    stay = state.in_hospital
    return Case(
        state.subject, state.area, state.author, state.person, state.to, state.source or InfectionSource.UNKNOWN,
        state.outcome is None and state.to is not Class.EXCLUDED, state.reported_at, state.checked_at,
        state.investigated_at, state.since(Class.SUSPECTED), state.since(Class.CONFIRMED),
        state.stays[0].admitted if state.stays else None, stay and stay.designated,
        state.samples[0].at if state.samples else None, state.source_at, state.batch is not None,
    )  # fmt: skip


def obligations(case: Case, edition: Edition | None) -> Iterator[Obligation]:
    """A case's obligations: done where a fact has closed them, and gone where the case has ended without."""
    clocks = edition.clocks if edition else None
    if clocks and clocks.verify_h and not case.imported:
        yield from _due(case, "case.verify", case.reported_at, timedelta(hours=clocks.verify_h), case.checked_at)
    if clocks and clocks.investigate_h:
        limit = timedelta(hours=clocks.investigate_h)
        yield from _due(case, "case.investigate", case.reported_at, limit, case.investigated_at)
    if case.suspected_at or case.sampled_at:
        begins = case.suspected_at or case.reported_at
        yield from _due(case, "case.sample", begins, hours("sample"), case.sampled_at)
    yield from _in_hospital(case)
    if case.confirmed_at:
        known = case.source_at if case.source is not InfectionSource.UNKNOWN else None
        yield from _due(case, "case.trace_source", case.confirmed_at, hours("trace_source"), known, always=True)


def _in_hospital(case: Case) -> Iterator[Obligation]:
    """The request for a bed, from the suspicion on until the patient is in a hospital, and the move to a designated
    one."""
    decided = [at for at in (case.suspected_at, case.confirmed_at) if at is not None]
    begins = min(decided, default=case.reported_at if case.to in AWAITING_A_BED else None)
    if begins is None:
        return
    yield from _due(case, "case.admit", begins, hours("admit"), case.admitted_at)
    if case.designated is False and case.admitted_at:
        yield from _due(case, "case.designate", max(begins, case.admitted_at), hours("designate"), None)


def event(case: Case, edition: Edition | None) -> Iterator[Obligation]:
    """The report of the first confirmed case of a county as an event. Whoever has made it says so by hand: it is made
    in another system. Source: the editions' ``clocks.event_h``."""
    clocks = edition.clocks if edition else None
    if clocks and clocks.event_h and case.confirmed_at and not case.imported:
        yield from _due(case, "case.event", case.confirmed_at, timedelta(hours=clocks.event_h), None, always=True)


def _due(
    case: Case, rule: str, begins: datetime, within: timedelta, done: datetime | None, *, always: bool = False
) -> Iterator[Obligation]:
    """One obligation. ``always``: whether it stays when the case has ended: a source is traced whatever becomes of the
    patient."""
    if done is None and not (case.open or (always and case.to is not Class.EXCLUDED)):
        return
    yield Obligation(
        rule, case.subject, case.area, begins, begins + within, person=case.person, done_at=done, author=case.author
    )
