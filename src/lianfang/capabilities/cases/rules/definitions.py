"""What a case would be under an edition of the disease's definitions. It proposes; somebody decides.

Sources: each edition's own (``Edition.definition``, ``Edition.exclusion``); that a stay counts only in an area listed
at the time and only within the edition's days before the onset: the history items of the same editions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from lianfang.capabilities.cases.facts import Class, Stay
from lianfang.capabilities.cases.state import Result, State
from lianfang.profiles.disease import Alternative, Edition, TestRule, profile, was_listed

Kind = Literal["history", "clinical"]
STAY_ITEM: Final = "stay"
"""The item of history that stays in listed areas meet."""
POSITIVE, NEGATIVE = "positive", "negative"
DECIDED_BY_TEST: Final = frozenset({Class.CONFIRMED, Class.ASYMPTOMATIC})
"""Classes that rest on a positive result: negative ones afterwards tell of a recovery."""
ANTIBODIES: Final = frozenset({"serology", "igm"})
"""Tests for specific antibodies."""


class StayMet(NamedTuple):
    """A stay, the days of it that lie in the window of history, and whether its area was listed on any of these."""

    stay: Stay
    first: date | None
    last: date | None
    listed: bool


class Proposal(NamedTuple):
    """What a case would be, and what it rests on. ``would_be`` is None where too little is known to say."""

    edition: str
    would_be: Class | None
    history: tuple[str, ...]
    clinical: tuple[str, ...]
    zh: str
    en: str


def stays_met(state: State, edition: Edition) -> tuple[StayMet, ...]:
    """Each stay against the window of history and the dated list of areas. A day that is only known to lie between two
    counts from the first to the last on which it may have been: a history is not ruled out by not knowing the day."""
    onset = state.about.onset
    found = []
    for stay in state.about.stays or ():
        if onset is None or edition.history_days is None:
            found.append(StayMet(stay, None, None, False))
            continue
        first = max(stay.first.earliest, onset.earliest - timedelta(edition.history_days))
        last = min(stay.last.latest, onset.latest)
        if last < first:
            found.append(StayMet(stay, None, None, False))
        else:
            found.append(StayMet(stay, first, last, was_listed(state.disease, stay.area, first, last)))
    return tuple(found)


class Items(NamedTuple):
    """Items of one kind: those that are met, and those of which it is not known, in the edition's order."""

    met: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def most(self) -> tuple[str, ...]:
        """Those that may be met."""
        return (*self.met, *self.open)


def history(state: State, edition: Edition) -> Items:
    """The items of history. Where stays and the onset are known, whether the patient stayed in a listed area is worked
    out, whatever was ticked."""
    found = _items(state, "history", edition)
    known = {item.code for item in edition.history}
    if STAY_ITEM not in known or state.about.stays is None or state.about.onset is None:
        return found
    met, open_ = set(found.met) - {STAY_ITEM}, set(found.open) - {STAY_ITEM}
    met |= {STAY_ITEM} if any(one.listed for one in stays_met(state, edition)) else set()
    return Items(*(tuple(item.code for item in edition.history if item.code in codes) for codes in (met, open_)))


def clinical(state: State, edition: Edition) -> Items:
    """The items of the clinical picture."""
    return _items(state, "clinical", edition)


def _items(state: State, kind: Kind, edition: Edition) -> Items:
    """An item that was not told is absent only where somebody was asked for it, or for a wider one: another edition's
    form may not have had it. A narrower one that was told meets it (``Profile.meets``)."""
    told: tuple[str, ...] | None = getattr(state.about, kind)
    meets = profile(state.disease).meets
    codes = [item.code for item in getattr(edition, kind)]
    held = {*(told or ()), *(wider for code in told or () for wider in meets.get(code, ()))}
    absent = _asked(state, kind) - held if told is not None else frozenset()
    ruled_out = absent | {code for code, wider in meets.items() if absent & set(wider)}
    met = tuple(code for code in codes if code in held)
    return Items(met, tuple(code for code in codes if code not in held and code not in ruled_out))


def _asked(state: State, kind: Kind) -> frozenset[str]:
    """The items that the editions ask for under which the case was decided."""
    editions = {one.edition for one in state.decided}
    its = [one for one in profile(state.disease).editions if one.code in editions]
    return frozenset(item.code for one in its for item in getattr(one, kind))


def propose(state: State, edition: Edition) -> Proposal:
    """What the case would be under the edition, by what is known of it."""
    past, seen = history(state, edition), clinical(state, edition)
    would_be, zh, en = _class(state, edition, past, seen)
    return Proposal(edition.code, would_be, past.met, seen.met, zh, en)


def _class(state: State, edition: Edition, past: Items, seen: Items) -> tuple[Class | None, str, str]:
    positive = [one.test for one in state.all_results if one.result == POSITIVE and one.test in edition.confirmed]
    if positive and state.about.no_symptoms and "asymptomatic" in edition.classes:
        return Class.ASYMPTOMATIC, "检测阳性，无症状", "a positive test, no symptoms"
    if state.to in DECIDED_BY_TEST and not state.all_results:
        return None, "检测结果未入账", "the results that it was decided by are not on record"
    suspected = _any(state, edition.suspected, past, seen)
    if positive and (suspected or not edition.needs_suspected or _was_suspected(state)):
        return Class.CONFIRMED, f"检测阳性：{positive[0]}", f"positive by {positive[0]}"
    if state.to not in DECIDED_BY_TEST and _excluded(state, edition):
        return Class.EXCLUDED, "检测结果符合排除标准", "the results exclude it"
    if _any(state, edition.clinically_diagnosed, past, seen):
        return Class.CLINICAL, "符合临床诊断标准", "meets the definition of a clinically diagnosed case"
    inconclusive = suspected and any(one.result in edition.probable_results for one in state.all_results)
    if inconclusive or _any(state, edition.probable, past, seen):
        return Class.PROBABLE, "符合可能病例定义", "meets the definition of a probable case"
    if suspected:
        return Class.SUSPECTED, "符合疑似病例定义", "meets the definition of a suspected case"
    if suspected is None:
        return None, "流行病学史或临床表现尚不完整", "too little is known of history or clinical picture"
    return Class.REPORTED, "不符合疑似病例定义", "does not meet the definition of a suspected case"


def _was_suspected(state: State) -> bool:
    return any(one.to in (Class.SUSPECTED, Class.CLINICAL, Class.PROBABLE) for one in state.decided)


def _any(state: State, ways: Iterable[Alternative], past: Items, seen: Items) -> bool | None:
    """Whether any way to belong to a class is met; None where what is not known could still make it so."""
    its = list(ways)
    if any(_met(state, way, past.met, seen.met) for way in its):
        return True
    return None if any(_met(state, way, past.most, seen.most) for way in its) else False


def _met(state: State, way: Alternative, past: Collection[str], seen: Collection[str]) -> bool:
    positive = {one.test for one in state.all_results if one.result == POSITIVE}
    return (
        len(past) >= way.history_least
        and len(seen) >= way.clinical_least
        and all(code in past or code in seen or code in positive for code in way.required)
    )


def _excluded(state: State, edition: Edition) -> bool:
    """Whether as many samples in a row as the edition asks, taken far enough apart, were negative, and, where it asks
    for that, the antibodies are still absent so many days after the onset. A result without a sample counts from when
    it was known."""
    rule = edition.exclusion
    if rule is None:
        return False
    apart, run, last = timedelta(hours=rule.hours_apart), 0, None
    for at, result in _taken(state):
        if result.test != rule.test:
            continue
        if result.result != NEGATIVE:
            run, last = 0, None
        elif last is None or at - last >= apart:
            run, last = run + 1, at
    return run >= rule.results and (rule.antibodies_after_days is None or _no_antibodies(state, rule))


def _no_antibodies(state: State, rule: TestRule) -> bool:
    onset, days = state.about.onset, timedelta(rule.antibodies_after_days or 0)
    late = [one for at, one in _taken(state) if onset and one.test in ANTIBODIES and at.date() >= onset.latest + days]
    return bool(late) and all(one.result == NEGATIVE for one in late)


def _taken(state: State) -> list[tuple[datetime, Result]]:
    """Every result with the time that its sample was taken, in that order."""
    found = [(sample.at, result) for sample in state.samples for result in sample.results]
    found += [(result.at, result) for result in state.results]
    return sorted(found, key=lambda one: (one[0], one[1].fact))
