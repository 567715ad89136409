"""The fold: the facts of one case, in whatever order they arrived, become its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import About, CaseOutcome, Class
from lianfang.capabilities.cases.state.laboratory import Laboratory
from lianfang.capabilities.cases.state.owners import responsible
from lianfang.capabilities.cases.state.parts import Change, Counted, Decided, HospitalStay, Review, State
from lianfang.capabilities.cases.state.table import COUNTED, ENDS, MOVES, POSITIVE, REVISING, Fault, Move, fault
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing

CST: Final = timezone(timedelta(hours=8))
"""Days are calendar days of Chinese standard time, unless an installation says otherwise."""


def fold(facts: Sequence[Fact], zone: tzinfo = CST) -> State | None:
    """What one case's facts come to; ``zone`` is where its days begin. None without a report that holds.

    The same facts give the same state in any order. Facts of divisions that are not responsible for the case, and
    corrections of another kind than what they correct, are faults like any other.
    """
    by_id = {fact.id: fact for fact in facts}
    owned, faults = responsible(list(by_id.values()))
    kept = []
    for fact in owned:
        target = by_id.get(fact.corrects) if fact.corrects else None
        if target is not None and not isinstance(fact.data, Retracted) and target.kind != fact.kind:
            faults.append(fault(fact.id, "corrects", "corrects_other_kind"))
        else:
            kept.append(fact)
    kept, refused = _keeping_report(kept)
    kept, falling = _keeping_counts(kept, by_id, zone)
    return _folded(kept, by_id, zone, [*faults, *refused, *falling])


def _folded(facts: list[Fact], by_id: Mapping[UUID, Fact], zone: tzinfo, faults: list[Fault]) -> State | None:
    """What those of a case's facts come to that may take part, with the faults of the others."""
    held = standing(facts)
    report = next((fact for fact in held.facts if isinstance(fact.data, kinds.Reported)), None)
    if report is None:
        return None
    roots = {id: chain[-1] for id, chain in _chains(by_id).items()}
    reporter = by_id[roots[report.id]].author
    folding = _Folding(report, reporter, zone, faults, Laboratory(held.facts, roots))
    for fact in held.facts:
        folding.take(fact)
    return replace(folding.state(), disputed=tuple(sorted(held.disputed)))


def _keeping_report(facts: list[Fact]) -> tuple[list[Fact], list[Fault]]:
    """The facts without what would take the report card back though other facts of the case rest on it, which are
    faults. What an import brought is taken back as a whole."""
    if not any(isinstance(fact.data, Retracted) for fact in facts):
        return facts, []
    if any(isinstance(fact.data, kinds.Reported) for fact in standing(facts).facts):
        return facts, []
    cards = {fact.id: fact.data for fact in facts if isinstance(fact.data, kinds.Reported)}
    taking = [f for f in facts if isinstance(f.data, Retracted) and f.corrects in cards and f.data.batch is None]
    left = [fact for fact in facts if fact not in taking]
    held = standing(left).facts
    resting = sum(not isinstance(fact.data, kinds.Reported) for fact in held)
    if not resting or resting == len(held):
        return facts, []
    return left, [fault(fact.id, "fact", "rests", n=resting) for fact in taking]


def _keeping_counts(facts: list[Fact], by_id: Mapping[UUID, Fact], zone: tzinfo) -> tuple[list[Fact], list[Fault]]:
    """The facts without the corrections and retractions by which a case would never have been what it was counted as:
    they are faults, for cumulative counts that were told fall by revision only. Of several each is tried on what those
    before it left, direct ones first. What an import brought is taken back as a whole."""
    chains = _chains(by_id)
    takers = [f for f in facts if f.corrects and not (isinstance(f.data, Retracted) and f.data.batch)]
    if not takers or _all_applied(facts, _folded(facts, by_id, zone, [])):
        return facts, []
    ids = {fact.id for fact in takers}
    left = [fact for fact in facts if fact.id not in ids]
    counted = _entries(_folded(left, by_id, zone, []))
    refused: dict[UUID, Fault] = {}
    for fact in sorted(takers, key=lambda one: (len(chains[one.id]), folding_order(one))):
        if fact.corrects in refused:  # a correction goes with what it corrects, to take that back comes to nothing
            if not isinstance(fact.data, Retracted):
                refused[fact.id] = refused[fact.corrects]._replace(fact=fact.id)
            continue
        after = _entries(_folded([*left, fact], by_id, zone, []))
        if lost := counted - after:
            field = "fact" if isinstance(fact.data, Retracted) else "corrects"
            refused[fact.id] = fault(fact.id, field, "counted", was=min(lost))
        else:
            left, counted = [*left, fact], after
    return [fact for fact in facts if fact.id not in refused], list(refused.values())


def _all_applied(facts: Sequence[Fact], state: State | None) -> bool:
    """Whether every decision and report of a class that is counted has its effect: then none is lost."""
    applied = {one.fact for one in state.decided} if state else set()
    return all(fact.id in applied for fact in facts if _decides(fact) in COUNTED)


def _decides(fact: Fact) -> Class | None:
    match fact.data:
        case kinds.Reported(as_class=to) | kinds.Classified(to=to):
            return to
    return None


def _entries(state: State | None) -> Counter[Class]:
    """How often a case became one of each class that is counted."""
    decided = [one.to for one in state.decided] if state else []
    return Counter(to for was, to in pairwise([None, *decided]) if to is not was and to in COUNTED)


def _chains(by_id: Mapping[UUID, Fact]) -> dict[UUID, list[UUID]]:
    """Of each fact itself, what it corrects and so on, to what it stands for in the end: a corrected sample is the
    sample still."""
    found = {}
    for id, fact in by_id.items():
        chain, target = [id], fact.corrects
        while target is not None and target in by_id and target not in chain:
            chain.append(target)
            target = by_id[target].corrects
        found[id] = chain
    return found


class _Contradicts(Exception):
    """A fact that the table does not allow."""

    def __init__(self, field: str, code: str, **values: object) -> None:
        self.field, self.code, self.values = field, code, values


class _Folding:
    """A case while its facts are taken one by one, the report first of all that changes what it counts as."""

    def __init__(self, report: Fact, reporter: str, zone: tzinfo, faults: list[Fault], laboratory: Laboratory) -> None:
        data = report.data
        assert isinstance(data, kinds.Reported)
        self.report, self.card, self.reporter, self.zone = report, data, reporter, zone
        self.faults, self.laboratory = faults, laboratory
        self.at = self.reported_at = folding_order(report)[0]
        self.area = report.area
        self.about = About()
        self.decided = [Decided(self.at, data.as_class, data.edition, "report", report.id)]
        self.severity = None if data.as_class is Class.ASYMPTOMATIC else data.severity
        self.stays: list[HospitalStay] = []
        self.values: dict[str, Any] = {}
        self.review: Review | None = None
        self.ever = ""
        self.changes: list[Change] = []
        self.counted = ""
        if data.severity is not None and self.severity is None:
            faults.append(fault(report.id, "severity", "no_severity"))
        self._count()

    def take(self, fact: Fact) -> None:
        """Applies a fact, or keeps what it contradicts."""
        self.at = folding_order(fact)[0]
        try:
            _TAKES[type(fact.data)](self, fact, fact.data)
        except _Contradicts as wrong:
            self.faults.append(fault(fact.id, wrong.field, wrong.code, **wrong.values))
        else:
            self._count()

    def state(self) -> State:
        self.faults += self.laboratory.faults
        return State(
            subject=self.report.subject,
            person=self.card.person,
            disease=self.card.disease,
            number=self.card.number,
            batch=self.card.batch,
            author=self.reporter,
            report=self.report.id,
            area=self.area,
            reported_at=self.reported_at,
            about=self.about,
            decided=tuple(self.decided),
            severity=self.severity,
            stays=tuple(self.stays),
            samples=self.laboratory.samples,
            results=self.laboratory.results,
            review=self.review,
            changes=tuple(self.changes),
            faults=tuple(sorted(set(self.faults), key=lambda one: (one.fact, one.field, one.code))),
            **self.values,
        )

    @property
    def to(self) -> Class:
        return self.decided[-1].to

    @property
    def outcome(self) -> CaseOutcome | None:
        return self.values.get("outcome")

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def _count(self) -> None:
        """Notes where the case counts otherwise than before; nothing counts before the report."""
        letters = {Class.SUSPECTED: "s", Class.CLINICAL: "c", Class.ASYMPTOMATIC: "a"}.get(self.to, "")
        severe = "v" if self.severity in (kinds.ClinicalSeverity.SEVERE, kinds.ClinicalSeverity.CRITICAL) else ""
        self.ever = "".join(sorted({*self.ever, *letters, *severe}))
        stay = self.stays[-1] if self.stays and self.stays[-1].left is None else None
        where = "" if stay is None else "designated" if stay.designated else "other"
        now = Counted(self.to, self.severity, self.outcome, where, self.ever).code
        if now != self.counted:
            self.changes.append(Change(max(self.at, self.reported_at), self.area, self.counted, now))
            self.counted = now

    def tell(self, field: str, about: About) -> None:
        """Takes over what is told, where it can be so."""
        told = {name: value for name, value in about if value is not None}
        whole = self.about.model_copy(update=told)
        onset, ended = whole.onset, self.values.get("ended_at")
        if about.onset and about.onset.earliest > self.today:
            raise _Contradicts(f"{field}.onset", "onset_after_told")
        if onset and ended and onset.earliest > ended.astimezone(self.zone).date():
            raise _Contradicts(f"{field}.onset", "onset_after_end", on=ended.astimezone(self.zone).date())
        if onset and whole.infected and whole.infected.earliest > onset.latest:
            raise _Contradicts(f"{field}.infected", "infected_after_onset")
        if any(stay.first.earliest > stay.last.latest for stay in about.stays or ()):
            raise _Contradicts(f"{field}.stays", "stay_order")
        if about.first_visit and about.first_visit > self.at:
            raise _Contradicts(f"{field}.first_visit", "visit_after_told")
        self.about = whole

    def first(self, name: str) -> None:
        """Notes the time of what counts from its first time on."""
        self.values.setdefault(name, self.at)

    def going_on(self) -> None:
        """Raises where the case has ended or was excluded: nothing of the kind can follow."""
        if self.outcome is not None:
            on = self.values["ended_at"].astimezone(self.zone).date()
            raise _Contradicts("observed_at", "ended", was=self.outcome, on=on)
        if self.to is Class.EXCLUDED:
            raise _Contradicts("observed_at", "excluded")


def _reported(case: _Folding, fact: Fact, data: kinds.Reported) -> None:
    if fact is not case.report:
        raise _Contradicts("id", "reported_twice")
    case.tell("about", data.about)


def _described(case: _Folding, fact: Fact, data: kinds.Described) -> None:
    case.tell("about", data.about)
    if case.at > case.reported_at:
        case.first("checked_at")


def _investigated(case: _Folding, fact: Fact, data: kinds.Investigated) -> None:
    case.tell("about", data.about)
    case.first("investigated_at")
    case.first("checked_at")
    if data.contacts is not None:
        case.values["contacts"] = data.contacts


def _classified(case: _Folding, fact: Fact, data: kinds.Classified) -> None:
    last = case.decided[-1]
    if case.at < case.reported_at:
        raise _Contradicts("observed_at", "before_report")
    move = MOVES[last.to].get(data.to)
    if move is None and last.to is data.to:
        raise _Contradicts("to", "already", to=data.to)
    if move is None:
        raise _Contradicts("to", "move", was=last.to, to=data.to)
    if move is Move.OTHER_EDITION and data.edition == last.edition:
        if last.to is data.to:
            raise _Contradicts("to", "already", to=data.to)
        raise _Contradicts("edition", "other_edition", was=last.to, to=data.to)
    if move is Move.REVISED and data.basis not in REVISING:
        raise _Contradicts("basis", "revised", was=last.to, to=data.to)
    if data.sample is not None and data.to in POSITIVE:
        case.laboratory.require_positive(data.sample, case.at, _Contradicts)
    case.decided.append(Decided(case.at, data.to, data.edition, data.basis, fact.id))
    if data.to is Class.ASYMPTOMATIC:
        case.severity = None
    case.review = None
    case.first("checked_at")


def _severity(case: _Folding, fact: Fact, data: kinds.SeverityAssessed) -> None:
    case.going_on()
    if case.to is Class.ASYMPTOMATIC:
        raise _Contradicts("severity", "no_severity")
    case.severity = data.severity


def _source(case: _Folding, fact: Fact, data: kinds.SourceDetermined) -> None:
    case.values |= {"source": data.source, "came_from": data.came_from, "source_at": case.at}


def _isolated(case: _Folding, fact: Fact, data: kinds.Isolated) -> None:
    if case.outcome is not CaseOutcome.RECOVERED:  # after it, one is observed at home or in a station for some days
        case.going_on()
    case.first("isolated_at")
    case.values["isolated_where"] = data.where


def _admitted(case: _Folding, fact: Fact, data: kinds.Admitted) -> None:
    case.going_on()
    if case.stays and case.stays[-1].left is None:
        case.stays[-1] = case.stays[-1]._replace(left=case.at, reason="moved")
    case.stays.append(HospitalStay(data.hospital, data.designated, case.at))


def _treated(case: _Folding, fact: Fact, data: kinds.Treated) -> None:
    case.going_on()
    case.first("treated_at")


def _discharged(case: _Folding, fact: Fact, data: kinds.Discharged) -> None:
    _leave(case, data.reason)


def _leave(case: _Folding, reason: str) -> None:
    if not case.stays or case.stays[-1].left is not None:
        raise _Contradicts("observed_at", "not_in_hospital")
    case.stays[-1] = case.stays[-1]._replace(left=case.at, reason=reason)


def _ended(case: _Folding, fact: Fact, data: kinds.Ended) -> None:
    case.going_on()
    if case.to not in ENDS[data.outcome]:
        raise _Contradicts("outcome", "no_end", was=case.to, to=data.outcome)
    onset = case.about.onset
    if onset and onset.earliest > case.today:
        raise _Contradicts("observed_at", "ended_before_onset", on=onset.earliest)
    if case.stays and case.stays[-1].left is None:
        _leave(case, data.outcome)
    case.values |= {"outcome": data.outcome, "ended_at": case.at}


def _handed_over(case: _Folding, fact: Fact, data: kinds.HandedOver) -> None:
    if data.to == case.area:
        raise _Contradicts("to", "same_area")
    at = max(case.at, case.reported_at)
    case.changes.append(Change(at, case.area, case.counted, "", data.to))
    case.changes.append(Change(at, data.to, "", case.counted, case.area))
    case.area = data.to


def _reviewed(case: _Folding, fact: Fact, data: kinds.Reviewed) -> None:
    case.review = None if data.would_be is case.to else Review(case.at, data.edition, data.would_be)


def _in_laboratory(case: _Folding, fact: Fact, data: object) -> None:
    """Samples and results stand for themselves: they were taken together, before."""


_TAKES: Final[dict[type, Callable[[_Folding, Fact, Any], None]]] = {
    kinds.Reported: _reported,
    kinds.Described: _described,
    kinds.Investigated: _investigated,
    kinds.Classified: _classified,
    kinds.SeverityAssessed: _severity,
    kinds.SourceDetermined: _source,
    kinds.Isolated: _isolated,
    kinds.Admitted: _admitted,
    kinds.Treated: _treated,
    kinds.Discharged: _discharged,
    kinds.Ended: _ended,
    kinds.HandedOver: _handed_over,
    kinds.Reviewed: _reviewed,
    kinds.Sampled: _in_laboratory,
    kinds.SampleReceived: _in_laboratory,
    kinds.Tested: _in_laboratory,
    kinds.Sequenced: _in_laboratory,
}
TAKEN: Final = frozenset(kind.kind for kind in _TAKES)  # type: ignore[attr-defined]  # all are kinds of fact
"""The kinds that tell of a case."""


def occurred(fact: Fact) -> datetime:
    """When what a fact tells of happened: the author's time, set right by what the clock was off by."""
    return folding_order(fact)[0]
