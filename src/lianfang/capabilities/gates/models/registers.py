"""Registers of gates: what the read tables hold of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import Model

from lianfang.capabilities.checkpoints.state import CST, Fault
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import (
    CallAsked,
    Counted,
    DepartmentSeated,
    Finding,
    Held,
    HoldEnded,
    HoldTakenUp,
    Inspected,
    NoticeReceived,
    NoticeSent,
    PostClosed,
    PostOpened,
    Rechecked,
    Rectified,
    Screened,
    ShiftPlanned,
    StatementAdded,
    Transferred,
    Treated,
    VehiclePassed,
    VehicleStopped,
)
from lianfang.capabilities.gates.models.tables import (
    CallRow,
    CountRow,
    DepartmentRow,
    Each,
    EncounterRow,
    InspectionRow,
    NoticeRow,
    PostRow,
    ShiftRow,
    TreatmentRow,
    VehicleRow,
)
from lianfang.capabilities.gates.rules.holding import held_for
from lianfang.capabilities.gates.state.owners import county_of, responsible
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact, FactData
from lianfang.facts.facts import Retracted
from lianfang.facts.fold import Made
from lianfang.facts.history import standing
from lianfang.facts.refold import Row, SubjectRegister, among, before, insert, packed, put


def _faults(found: Sequence[Fault]) -> list[list[str]]:
    return [[str(one.fact), one.field, one.reason] for one in found]


def county_of_post(post: UUID) -> str:
    """The county that is responsible for a post; empty where nobody has set it up."""
    return _counties([post]).get(post, "")


def _counties(posts: Collection[UUID]) -> dict[UUID, str]:
    opened: dict[UUID, list[Fact]] = {}
    for entry in log.read(kinds={PostOpened.kind}, subjects=posts):
        opened.setdefault(entry.fact.subject, []).append(entry.fact)
    return {post: county_of(facts) for post, facts in opened.items()}


class PostRegister(SubjectRegister):
    """Posts as last described."""

    name = "gates.posts"
    kinds = frozenset(one.kind for one in (PostOpened, PostClosed, Retracted))
    models = (PostRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.post([entry.fact for entry in entries])
        if its.data is not None and its.opened is not None:
            yield PostRow(
                subject=subject, area=its.area, author=its.author, opened=its.opened, closed=its.closed,
                faults=_faults(its.faults), disputed=bool(its.disputed), **its.data.model_dump(exclude={"town"}),
            )  # fmt: skip


class DepartmentRegister(SubjectRegister):
    """Which department accounts belong to."""

    name = "gates.departments"
    kinds = frozenset({DepartmentSeated.kind, Retracted.kind})
    models = (DepartmentRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.seat([entry.fact for entry in entries])
        if its is not None:
            yield DepartmentRow(subject=subject, **its._asdict())


class EachRegister:
    """The facts of one kind that hold, of divisions that are responsible for the post, each a row. Plain ones are
    added; a post is read anew where anything of it corrects anything, and when it is set up."""

    name: ClassVar[str]
    of: ClassVar[type[FactData]]
    model: ClassVar[type[Each]]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset({self.of.kind, PostOpened.kind, Retracted.kind})

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.model._meta.db_table,)

    def apply(self, entries: Sequence[Entry]) -> None:
        facts = [entry.fact for entry in entries]
        subjects = {fact.subject for fact in facts}
        mended = {fact.subject for fact in facts if fact.corrects is not None or isinstance(fact.data, PostOpened)}
        opened: dict[UUID, list[Fact]] = {}
        for entry in log.read(kinds={PostOpened.kind, Retracted.kind}, subjects=subjects):
            if isinstance(entry.fact.data, Retracted):
                mended.add(entry.fact.subject)
            else:
                opened.setdefault(entry.fact.subject, []).append(entry.fact)
        rows = self.model._default_manager.filter(subject__in=subjects - mended, corrects__isnull=False)
        mended |= set(rows.values_list("subject", flat=True))
        theirs: dict[UUID, list[Fact]] = {}
        for fact in facts:
            if fact.subject not in mended:
                theirs.setdefault(fact.subject, []).append(fact)
        if mended:
            self.model._default_manager.filter(subject__in=mended).delete()
            for entry in log.read(kinds={self.of.kind, Retracted.kind}, subjects=mended):
                theirs.setdefault(entry.fact.subject, []).append(entry.fact)
        kept = [
            one
            for subject, each in theirs.items()
            for one in standing(responsible(each, county_of(opened.get(subject, ())))[0]).facts
        ]
        # A post that was read anew has had facts that come only now, where the record is read again from its beginning.
        self.model._default_manager.filter(fact__in=among([fact.id for fact in kept])).delete()
        insert(self.model, [self.row(fact) for fact in kept])

    def row(self, fact: Fact) -> Each:
        """The row of a fact."""
        return self.model(
            fact=fact.id, subject=fact.subject, area=fact.area, author=fact.author, at=state.when(fact),
            corrects=fact.corrects, **fact.data.model_dump(),
        )  # fmt: skip


class ShiftRegister(EachRegister):
    name, of, model = "gates.shifts", ShiftPlanned, ShiftRow


class CountRegister(EachRegister):
    name, of, model = "gates.counts", Counted, CountRow


class TreatmentRegister(EachRegister):
    name, of, model = "gates.treatments", Treated, TreatmentRow


class EncounterRegister(SubjectRegister):
    """Encounters, a row each. Whom they name a post of is known once that is set up: they are folded anew then."""

    name = "gates.encounters"
    kinds = frozenset(one.kind for one in (Screened, Held, HoldTakenUp, Transferred, HoldEnded, PostOpened, Retracted))
    first = frozenset({PostOpened.kind})
    models = (EncounterRow,)

    def __init__(self, county: Callable[[UUID], str] = county_of_post) -> None:
        self._county = county

    def make(self, facts: Sequence[Fact]) -> Made:
        """The rows of encounters of which nothing but one screening is known."""
        lone = {fact.subject: fact for fact in facts}
        known = before(lone)
        theirs = Counter([fact.subject for fact in facts])
        lone = {
            subject: fact for subject, fact in lone.items()
            if theirs[subject] == 1 and subject not in known and isinstance(fact.data, Screened)
        }  # fmt: skip
        posts = {fact.data.post for fact in lone.values() if isinstance(fact.data, Screened)}
        counties = dict.fromkeys(posts, "") | _counties(posts)
        told = [(fact, row) for fact in lone.values() if (row := _row([fact], counties.__getitem__)) is not None]
        rows = packed(EncounterRow, [row for _, row in told])
        by_subject = {fact.subject.int: (fact.id.int, row) for (fact, _), row in zip(told, rows, strict=True)}
        return Made(by_subject, frozenset([post.int for post in posts]))

    def put(self, made: Sequence[bytes]) -> None:
        put(EncounterRow, made)

    def apply(self, entries: Sequence[Entry]) -> None:
        named = {entry.fact.data.post for entry in entries if isinstance(entry.fact.data, Screened)}
        known = dict.fromkeys(named, "") | _counties(named)  # read once for these facts
        county = cache(lambda post: known[post] if post in known else county_of_post(post))
        fold = super(EncounterRegister, EncounterRegister(county))
        fold.apply([entry for entry in entries if not isinstance(entry.fact.data, PostOpened)])
        opened = {entry.fact.subject for entry in entries if isinstance(entry.fact.data, PostOpened)}
        if opened:
            elsewhere = EncounterRow.objects.filter(post=None, screening__isnull=False)
            met = EncounterRow.objects.filter(post__in=among(opened)).union(elsewhere)
            again = list(met.values_list("subject", flat=True))
            fold.apply(list(log.read(kinds=self.kinds, subjects=again)) if again else [])

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Row]:
        row = _row([e.fact for e in entries if not isinstance(e.fact.data, PostOpened)], self._county)
        if row is not None:
            yield EncounterRow, row


def _row(facts: Sequence[Fact], county: Callable[[UUID], str]) -> dict[str, Any] | None:
    """The row of the encounter whose facts these are; None where nothing is known of it."""
    its = state.encounter(facts, held_for, county)
    if not its.area or (its.data is None and its.hold is None):
        return None
    data, hold = its.data, its.hold
    told: dict[str, Any] = {"symptoms": (), "refused": False}
    if data is not None:
        told = {name: getattr(data, name) for name in _SAID}
        told |= {"notice_version": data.notice.version, "notice_language": data.notice.language} if data.notice else {}
        told |= {} if its.at_post else {"post": None}
    if hold is not None:
        told |= {
            "held_since": hold.since, "hold_reason": hold.reason, "hold_end": hold.end, "taken_up": its.taken_up,
            "transferred": its.transferred, "to": its.to, "ended": its.ended, "outcome": its.outcome,
            "case": its.case,
        }  # fmt: skip
    return {
        "subject": facts[0].subject, "area": its.area, "author": its.author, "at": its.at, "day": _day(its.at), **told,
        "screening": its.fact, "declared": bool(hold and hold.declared), "taken_up_by": its.taken_up_by,
        "faults": _faults(its.faults), "disputed": bool(its.disputed),
    }  # fmt: skip


_SAID: Final = tuple(name for name in Screened.model_fields if name != "notice")


def _day(at: datetime | None) -> object:
    return at.astimezone(CST).date() if at else None


class VehicleRegister(SubjectRegister):
    """Stops of vehicles, a row each."""

    name = "gates.vehicles"
    kinds = frozenset(one.kind for one in (VehicleStopped, VehiclePassed, Retracted))
    models = (VehicleRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.vehicle([entry.fact for entry in entries])
        if its.data is not None:
            yield VehicleRow(
                subject=subject, area=its.area, author=its.author, at=its.at, passed=its.passed,
                faults=_faults(its.faults), disputed=bool(its.disputed), **its.data.model_dump(),
            )  # fmt: skip


class NoticeRegister(SubjectRegister):
    """Notices to posts, a row a copy."""

    name = "gates.notices"
    kinds = frozenset(one.kind for one in (NoticeSent, NoticeReceived, Retracted))
    models = (NoticeRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.message([entry.fact for entry in entries])
        if its.data is not None:
            yield NoticeRow(
                subject=subject, area=its.area, author=its.author, sent=its.sent, delivered=its.delivered,
                read=its.read, acted=its.acted, faults=_faults(its.faults), disputed=bool(its.disputed),
                **its.data.model_dump(),
            )  # fmt: skip


class InspectionRegister(SubjectRegister):
    """Inspections with what they found."""

    name = "gates.inspections"
    kinds = frozenset(one.kind for one in (Inspected, Rectified, Rechecked, StatementAdded, Retracted))
    models = (InspectionRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.inspection([entry.fact for entry in entries])
        if its.data is not None:
            yield InspectionRow(
                subject=subject, area=its.area, author=its.author, at=its.at, faults=_faults(its.faults),
                disputed=bool(its.disputed), **its.data.model_dump(exclude={"findings"}),
                found=[_found(one) for one in its.found], open_items=sum(not one.in_order for one in its.found),
                statements=[{"at": at.astimezone(UTC).isoformat(), "said": said} for at, said in its.statements],
            )  # fmt: skip


def _found(one: state.Found) -> dict[str, object]:
    at = {name: getattr(one, name) for name in ("since", "rectified", "rechecked")}
    times = {name: value and value.astimezone(UTC).isoformat() for name, value in at.items()}
    told = {"answer": one.answer, "evidence": one.evidence and str(one.evidence)}
    return {**one.finding.model_dump(mode="json"), **times, **told, "in_order": one.in_order}


def found_of(row: InspectionRow) -> list[state.Found]:
    """The findings of a row."""
    names = set(Finding.model_fields)
    times = ("since", "rectified", "rechecked")
    return [
        state.Found(
            finding=Finding(**{name: one[name] for name in names}), in_order=one["in_order"], answer=one["answer"],
            evidence=one["evidence"] and UUID(one["evidence"]),
            **{name: one[name] and datetime.fromisoformat(one[name]) for name in times},
        )
        for one in row.found
    ]  # fmt: skip


class CallRegister(SubjectRegister):
    """Those who asked to be called, a row each."""

    name = "gates.calls"
    kinds = frozenset({CallAsked.kind, Retracted.kind})
    models = (CallRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = state.call([entry.fact for entry in entries])
        if its.data is not None:
            yield CallRow(
                subject=subject, area=its.area, author=its.author, at=its.at, faults=_faults(its.faults),
                disputed=bool(its.disputed), **its.data.model_dump(),
            )  # fmt: skip
