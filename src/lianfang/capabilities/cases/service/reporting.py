"""A report card: one case of one person, by one division."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.cases.facts import About, CaseOutcome, Class, ClinicalSeverity, Reported
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.queries.whose import own
from lianfang.capabilities.cases.service.recording import (
    OpenAlready,
    append,
    check,
    entries_of,
    known_edition,
    known_profile,
    record,
    refuse_faults,
    signed,
)
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import one_person
from lianfang.profiles.disease import NoEdition

ACTION = "cases.report"
NOTHING = About()


@dataclass(frozen=True)
class Card:
    """A report card. ``edition`` is by default the one in force in the area on the day of the diagnosis, or the first
    where none was yet; ``case`` and ``id`` are made where the card is written, so that it can be sent twice; ``cause``:
    the facts that it answers."""

    person: UUID
    disease: str
    as_class: Class
    area: str
    at: datetime
    about: About = NOTHING
    severity: ClinicalSeverity | None = None
    number: str | None = None
    edition: str | None = None
    case: UUID | None = None
    id: UUID | None = None
    batch: UUID | None = None
    cause: tuple[UUID, ...] = ()


class Made(NamedTuple):
    """A case and the fact that reported it."""

    case: UUID
    fact: UUID


def report(viewer: Viewer, card: Card, *, now: datetime) -> Made:
    """Reports a case. The same card again changes nothing.

    Raises Forbidden; Refused, also for a person whom nobody in the viewer's divisions has entered; OpenAlready where
    the person has an open case of the disease anywhere.
    """
    if not known_areas()(card.area):
        raise Refused([Wrong("area", "unknown_area", f"没有区划{card.area}", f"there is no division {card.area}")])
    require_over(viewer, ACTION, card.area)
    data = _data(card)
    check(data, card.disease, data.edition, card.at, now)
    case = card.case or log.new_id()
    people = one_person(viewer, ACTION, card.person)
    if not people:
        raise Refused(
            [
                Wrong(
                    "person", "no_person", "没有这个人：请先登记人员", "there is no such person: enter the person first"
                )
            ]
        )
    fact = Fact.of(
        data, id=card.id or log.new_id(), subject=case, area=card.area, observed_at=card.at, cause=card.cause
    )
    fact = signed(viewer, fact)
    with seeing(viewer, ACTION):
        locked(case, *people)
        entries = entries_of(case)
        if any(entry.fact.id == fact.id for entry in entries):
            append(viewer, [fact])
            return Made(case, fact.id)
        _refuse_second(viewer, card, people)
        refuse_faults(entries, fact)
        append(viewer, [fact])
    return Made(case, fact.id)


def correct(
    viewer: Viewer, case: UUID, report: UUID, told: Mapping[str, Any], *, at: datetime | None, now: datetime,
    id: UUID | None = None, seen: int | None = None,
) -> UUID:  # fmt: skip
    """Corrects a report card: what is told stands in the place of all that it said, of the same moment unless ``at``
    is given; returns the correction's id. Whose illness it is, which, and the import stay: of another one a card of
    its own is made, and this one is taken back. ``seen``: as of ``record``.
    Raises Forbidden, NotThere, Refused, Changed."""
    held = next((entry.fact for entry in entries_of(case) if entry.fact.id == report), None)
    if held is None or not isinstance(held.data, Reported):
        raise NotThere
    kept = {"person": held.data.person, "disease": held.data.disease, "batch": held.data.batch}
    fields = {**told, **kept, "edition": told.get("edition") or held.data.edition}
    return record(viewer, case, Reported, fields, at=at or held.observed_at, now=now, id=id, corrects=report, seen=seen)


def _data(card: Card) -> Reported:
    edition = card.edition
    if edition is None:
        try:
            edition = known_profile(card.disease).judged_by(localdate(card.at), card.area).code
        except NoEdition as error:
            zh = f"{localdate(card.at)}没有生效的版本：请选择版本"
            raise Refused([Wrong("edition", "none_in_force", zh, str(error))]) from None
    known_edition(card.disease, edition)
    return Reported(
        person=card.person,
        disease=card.disease,
        edition=edition,
        as_class=card.as_class,
        about=card.about,
        severity=card.severity,
        number=card.number,
        batch=card.batch,
    )


def _refuse_second(viewer: Viewer, card: Card, people: Iterable[UUID]) -> None:
    """Raises OpenAlready for a second report of one illness, and Refused for one of somebody who has died, or whose
    earlier illness was not over at the diagnosis: whoever falls ill again was well between."""
    with seeing_all():
        cases = CaseRow.objects.filter(person__in=list(people), disease=card.disease)
        counting = cases.exclude(to=Class.EXCLUDED)
        died = cases.filter(outcome=CaseOutcome.DIED).first()
        open_ = counting.filter(outcome=None).first()
        ended = counting.filter(outcome=CaseOutcome.RECOVERED, ended_at__gt=card.at).order_by("-ended_at").first()
    if died is not None:
        zh = f"此人已登记死亡（病例{died.subject}）：请先更正"
        en = f"this person was recorded as dead (case {died.subject}): correct that first"
        raise Refused([Wrong("person", "died", zh, en)])
    if open_ is not None:
        with seeing(viewer, ACTION):
            seen = visible(viewer, ACTION, CaseRow.objects.filter(subject=open_.subject), own=own(viewer)).exists()
        raise OpenAlready(open_.area, open_.subject if seen else None)
    if ended is not None and ended.ended_at is not None:
        on = localdate(ended.ended_at)
        zh = f"此人上一例同病种病例到{on}才结束：请核对诊断时间，或更正该病例的转归"
        en = f"the person's earlier case ended on {on} only: correct this diagnosis, or the end of that case"
        raise Refused([Wrong("observed_at", "earlier_not_over", zh, en)])
