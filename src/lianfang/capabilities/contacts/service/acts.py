"""Acts upon one contact, and the release of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.cases import service as cases
from lianfang.capabilities.cases.facts import About, Class, ClinicalSeverity
from lianfang.capabilities.contacts.facts import (
    Close,
    Converted,
    Exposed,
    Exposure,
    HandedOver,
    Informed,
    Judged,
    Referred,
    Release,
    Released,
    Shortened,
    Traced,
)
from lianfang.capabilities.contacts.models import Check, ContactRow, ExposureRow, Node
from lianfang.capabilities.contacts.service import transmission
from lianfang.capabilities.contacts.service.recording import (
    REFER,
    RELEASE,
    TRACE,
    append,
    fact_of,
    folded,
    future,
    history,
    implausible,
    seen,
    wrong,
)
from lianfang.capabilities.contacts.state.contact import Contact
from lianfang.capabilities.contacts.state.faults import fault
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.history import standing
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import one_person

ORDERED: Final = "isolation.ordered"
"""An order names the contact that is its reason."""


def trace(viewer: Viewer, id: UUID, person: UUID, *, at: datetime, now: datetime) -> Contact:
    """The contact was found, and is this person."""

    def agrees(row: ContactRow) -> None:
        if not one_person(viewer, TRACE, person):
            zh, en = "没有这个人：请先登记人员", "there is no such person: enter the person first"
            raise Refused([Wrong("person", "no_person", zh, en)])

    return _act(viewer, TRACE, id, Traced(person=person), at, now, agrees)


def inform(viewer: Viewer, id: UUID, *, at: datetime, now: datetime) -> Contact:
    """The contact was told what to do."""
    return _act(viewer, TRACE, id, Informed(), at, now)


def judge(viewer: Viewer, id: UUID, close: Close, basis: str, *, at: datetime, now: datetime) -> Contact:
    """Somebody decided how close the contact was."""
    return _act(viewer, TRACE, id, Judged(close=close, basis=basis), at, now)


def refer(viewer: Viewer, id: UUID, to: str | None, *, at: datetime, now: datetime) -> Contact:
    """The contact was sent to a fever clinic."""
    return _act(viewer, REFER, id, Referred(to=to), at, now)


def hand_over(viewer: Viewer, id: UUID, to: str, *, at: datetime, now: datetime) -> Contact:
    """Another division follows the contact from now on."""
    if not known_areas()(to):
        raise Refused([no_area("to")])
    return _act(viewer, TRACE, id, HandedOver(to=to), at, now)


def shorten(viewer: Viewer, id: UUID, due: date, basis: str, *, at: datetime, now: datetime) -> Contact:
    """Somebody decided that the observation ends earlier than was said."""
    return _act(viewer, RELEASE, id, Shortened(due=due, basis=basis), at, now)


def convert(viewer: Viewer, id: UUID, case: UUID, *, at: datetime, now: datetime) -> Contact:
    """The contact became a case, which was reported. Its exposures tell who may have infected it; where that would
    close a circle it is refused with the circle."""
    with seeing_all():  # a contact may be reported as a case in another division
        node = Node.objects.filter(subject=case).first()
    if node is None:
        raise Refused(
            [Wrong("case", "unknown", "没有这个病例，请先报告病例", "there is no such case: report it first")]
        )

    def agrees(row: ContactRow) -> None:
        if node.disease != row.disease:
            zh, en = f"该病例为{node.disease}", f"is a case of {node.disease}"
            raise Refused([Wrong("case", "another_disease", zh, en)])
        if row.person is not None and node.person not in {row.person, *one_person(viewer, TRACE, row.person)}:
            zh, en = "该病例是另一人，请核对", "is the case of another person: correct it"
            raise Refused([Wrong("case", "another_person", zh, en)])
        with seeing_all():
            sources = ExposureRow.objects.filter(subject=id, source__isnull=False).values_list("source", flat=True)
            transmission.refuse_cycles([(source, case) for source in set(sources) - {case}])

    return _act(viewer, TRACE, id, Converted(case=case), at, now, agrees)


class Illness(NamedTuple):
    """What is reported of a contact that fell ill."""

    as_class: Class
    about: About
    severity: ClinicalSeverity | None = None
    number: str | None = None


def convert_new(viewer: Viewer, id: UUID, ill: Illness, *, at: datetime, now: datetime) -> Contact:
    """Reports a contact as a case and records that it became it, both or neither. The case names the exposures as its
    cause. Raises also ``cases.service.OpenAlready``."""
    with seeing(viewer, TRACE):
        row = seen(viewer, TRACE, id)
        if row.person is None:
            zh, en = "尚不知是谁，请先登记已追踪到何人", "it is not known who it is: record first who was found"
            raise Refused([Wrong("person", "nobody_known", zh, en)])
        exposures = ExposureRow.objects.filter(subject=id).order_by("at", "fact_id").values_list("fact_id", flat=True)
        card = cases.Card(
            row.person, row.disease, ill.as_class, row.area, at, ill.about, ill.severity, ill.number,
            cause=tuple(exposures),
        )  # fmt: skip
        return convert(viewer, id, cases.report(viewer, card, now=now).case, at=at, now=now)


def release(
    viewer: Viewer, id: UUID, reason: Release, *, to: str | None = None, at: datetime, now: datetime
) -> Contact:
    """The observation ended. Where the source was excluded, the decisions that excluded it are named as the cause."""
    if to is not None and not known_areas()(to):
        raise Refused([no_area("to")])
    cause: tuple[UUID, ...] = ()
    if reason is Release.SOURCE_EXCLUDED:
        with seeing(viewer, RELEASE):
            seen(viewer, RELEASE, id)
        cause = _exclusions(id)
    return _act(viewer, RELEASE, id, Released(reason=reason, to=to), at, now, cause=cause)


def release_many(
    viewer: Viewer, ids: Sequence[UUID], reason: Release, *, at: datetime, now: datetime
) -> tuple[list[UUID], list[Wrong]]:
    """Releases those that can be, and tells of the others by their row."""
    released, wrong = [], []
    for row, id in enumerate(ids, 1):
        try:
            release(viewer, id, reason, at=at, now=now)
            released.append(id)
        except NotThere as error:
            wrong.append(Wrong("contact", "not_there", error.zh, error.en, row))
        except Refused as error:
            wrong += [one._replace(row=row) for one in error.wrong]
    return released, wrong


def correct(viewer: Viewer, id: UUID, fact: UUID, exposure: Exposure, *, at: datetime, now: datetime) -> Contact:
    """An exposure was otherwise than was said. It may extend the observation; it never shortens it by itself."""
    said = next((one.data for one in history(id) if one.id == fact), None)
    if not isinstance(said, Exposed):
        raise NotThere
    if wrong := implausible(said.disease, exposure):
        raise Refused(wrong)
    return _act(viewer, TRACE, id, said.model_copy(update={"exposure": exposure}), at, now, corrects=fact)


def retract(viewer: Viewer, id: UUID, fact: UUID, why: Why, *, at: datetime, now: datetime) -> Contact | None:
    """A record of the contact is taken back. None where no exposure is left: then there is no contact any more, which
    is refused while checks or an order rest on it."""
    if future_ := future(at, now):
        raise Refused(future_)
    with seeing(viewer, TRACE):
        locked(id)
        row = seen(viewer, TRACE, id)
        if not any(entry.fact.id == fact for entry in log.read(subjects=[id])):
            raise NotThere
        taken = fact_of(viewer, Retracted(why=why), id, row.area, at, corrects=fact)
        state = folded(history(id), [taken])
        if state is None and (resting := _resting(row)):
            raise Refused([wrong(fault(taken.id, "fact", "rests", n=resting))])
        append(viewer, [taken])
    return state


def _act(
    viewer: Viewer,
    action: str,
    id: UUID,
    data: FactData,
    at: datetime,
    now: datetime,
    agrees: Callable[[ContactRow], None] | None = None,
    *,
    cause: tuple[UUID, ...] = (),
    corrects: UUID | None = None,
) -> Contact:
    """Records one fact of a contact. Raises Forbidden, NotThere, Refused."""
    if wrong := future(at, now):
        raise Refused(wrong)
    with seeing(viewer, action):
        locked(id)
        row = seen(viewer, action, id)
        if agrees is not None:
            agrees(row)
        fact = fact_of(viewer, data, id, row.area, at, cause=cause, corrects=corrects)
        state = folded(history(id), [fact])
        assert state is not None
        append(viewer, [fact])
    return state


def _resting(row: ContactRow) -> int:
    """How many checks and orders, of whatever division, are about a contact."""
    with seeing_all():
        checks = Check.objects.filter(subject=row.subject).count()
    told = log.read(kinds=[ORDERED, Retracted.kind], subjects=[row.person]) if row.person else ()
    orders = (fact for fact in standing(entry.fact for entry in told).facts if fact.kind == ORDERED)
    return checks + sum(getattr(fact.data, "of", None) == row.subject for fact in orders)


def _exclusions(id: UUID) -> tuple[UUID, ...]:
    """The decisions that excluded every source of a contact. Raises Refused where one was not excluded."""
    with seeing_all():
        exposures = ExposureRow.objects.filter(subject=id, protected=False)
        sources = set(exposures.values_list("source", flat=True))
        excluded = dict(
            Node.objects.filter(subject__in=sources - {None}, as_class=Class.EXCLUDED).values_list(
                "subject", "classified_by"
            )
        )
    if left := sources - excluded.keys():
        told = ", ".join(sorted(str(one) if one else "—" for one in left))
        zh, en = f"尚有未排除的暴露来源：{told}", f"was exposed to others that were not excluded: {told}"
        raise Refused([Wrong("reason", "other_exposure", zh, en)])
    return tuple(sorted(excluded.values()))
