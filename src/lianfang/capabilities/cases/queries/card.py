"""One case: as it is, or as it was at a moment and as that was known at another, with every fact that says so."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.cases.facts import CaseOutcome, Class
from lianfang.capabilities.cases.models import CaseRegister, CaseRow, zone
from lianfang.capabilities.cases.queries.whose import own
from lianfang.capabilities.cases.rules.definitions import Proposal, StayMet, propose, stays_met
from lianfang.capabilities.cases.rules.intervals import Interval, before_onset, intervals
from lianfang.capabilities.cases.rules.obligations import obligations, of_state
from lianfang.capabilities.cases.state import State, fold
from lianfang.capabilities.cases.state.fold import occurred
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Entry
from lianfang.facts.history import standing
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, Profile, profile

ACTION: Final = "cases.read"


class Told(NamedTuple):
    """A fact on the case's timeline. ``holds``: neither corrected nor taken back; ``counts``: it was also applied."""

    entry: Entry
    at: datetime
    holds: bool
    counts: bool


class Check(NamedTuple):
    """Something about the case that somebody should look at."""

    code: str
    zh: str
    en: str


class CardOf(NamedTuple):
    """A case with all that follows from it. ``latest`` is its last fact's ``seq``; ``proposal`` what it would be under
    its own edition by what is known."""

    state: State
    received_at: datetime
    latest: int
    edition: Edition | None
    intervals: tuple[Interval, ...]
    proposal: Proposal | None
    stays: tuple[StayMet, ...]
    timeline: tuple[Told, ...]
    checks: tuple[Check, ...]
    obligations: tuple[Obligation, ...]
    others: tuple[CaseRow, ...]
    """Other cases of the same person that the viewer may see."""


def card(viewer: Viewer, case: UUID, *, as_of: datetime | None = None, known_at: datetime | None = None) -> CardOf:
    """The case as of a moment (that moment included) as known at a time; by default as it is. Raises Forbidden, and
    NotThere also where there was no case then."""
    with seeing(viewer, ACTION):
        rows = visible(viewer, ACTION, CaseRow.objects.all(), own=own(viewer))
        row = rows.filter(subject=case).first()
        if row is None:
            raise NotThere
        others = tuple(rows.filter(person=row.person).exclude(subject=case).order_by("-reported_at", "subject")[:20])
        entries = [
            entry
            for entry in log.read(kinds=CaseRegister.kinds, subjects=[case], known_at=known_at)
            if as_of is None or occurred(entry.fact) <= as_of
        ]
    state = fold([entry.fact for entry in entries], zone())
    if state is None:
        raise NotThere
    return _card(state, entries, others)


def _card(state: State, entries: list[Entry], others: tuple[CaseRow, ...]) -> CardOf:
    received_at = next(entry.received_at for entry in entries if entry.fact.id == state.report)
    its, edition = _rules(state)
    proposal = propose(state, edition) if edition else None
    steps = tuple(intervals(state, received_at, its, edition, zone())) if its else ()
    stays = stays_met(state, edition) if edition else ()
    return CardOf(
        state=state,
        received_at=received_at,
        latest=entries[-1].seq,
        edition=edition,
        intervals=steps,
        proposal=proposal,
        stays=stays,
        timeline=_timeline(state, entries),
        checks=tuple(_checks(state, edition, steps, proposal, others)),
        obligations=tuple(obligations(of_state(state), edition)),
        others=others,
    )


def _rules(state: State) -> tuple[Profile | None, Edition | None]:
    """The profile and the edition; None where an offline fact named one that there is not."""
    try:
        its = profile(state.disease)
    except NoProfile:
        return None, None
    try:
        return its, its.edition(state.edition)
    except NoEdition:
        return its, None


def _timeline(state: State, entries: list[Entry]) -> tuple[Told, ...]:
    holding = {fact.id for fact in standing([entry.fact for entry in entries]).facts}
    at_fault = {one.fact for one in state.faults}
    found = [
        Told(entry, occurred(entry.fact), entry.fact.id in holding, entry.fact.id in holding - at_fault)
        for entry in entries
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.entry.seq)))


def _checks(
    state: State,
    edition: Edition | None,
    steps: tuple[Interval, ...],
    proposal: Proposal | None,
    others: tuple[CaseRow, ...],
) -> list[Check]:
    found = []
    if edition is None:
        found.append(Check("edition", f"没有方案版本{state.edition}", f"there is no edition {state.edition}"))
    elif state.to.value not in {*edition.classes, Class.REPORTED.value, Class.EXCLUDED.value}:
        found.append(Check("class", f"{edition.zh}没有此类病例", f"{edition.en} has no such class"))
    found += [
        Check(f"late_{one.name}", f"{one.zh}超过{one.limit_h}小时", f"{one.en} took more than {one.limit_h} hours")
        for one in steps
        if one.late
    ]
    if state.about.onset is None and not state.about.no_symptoms and state.to is not Class.EXCLUDED:
        found.append(Check("no_onset", "未填写发病日期", "no onset was told"))
    found += [
        Check(
            f"before_onset_{en}", f"{zh}早于发病：请核对时间", f"{en} before the onset: see whether the time is right"
        )
        for zh, en in before_onset(state, zone())
    ]
    if proposal and proposal.would_be not in (None, state.to) and state.outcome is None:
        found.append(Check("proposal", proposal.zh, proposal.en))
    if any(one.outcome is None and one.to != Class.EXCLUDED for one in others) and state.outcome is None:
        found.append(Check("twice", "此人另有未结束的病例", "the person has another open case"))
    if any(one.outcome == CaseOutcome.DIED for one in others) and state.outcome is None:
        found.append(Check("died", "此人在另一病例已登记死亡", "the person was recorded as dead in another case"))
    if state.to is Class.CONFIRMED and state.outcome is None and state.in_hospital is None:
        found.append(Check("not_admitted", "确诊病例尚未收治", "confirmed and in no hospital"))
    return found
