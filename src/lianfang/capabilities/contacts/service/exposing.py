"""Exposures: who was exposed to whom makes a contact, or extends one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.cases.facts import Class
from lianfang.capabilities.contacts.facts import Close, Exposed, Exposure, Judged, Traced
from lianfang.capabilities.contacts.models import Node
from lianfang.capabilities.contacts.rules.windows import outside
from lianfang.capabilities.contacts.service.recording import (
    TRACE,
    append,
    fact_of,
    folded,
    future,
    history,
    implausible,
    mine,
)
from lianfang.capabilities.contacts.state.contact import OPEN, Contact, Told, day_of, fold
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import one_person
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, profile, terms

_NAMES: Final = UUID("7f0b9f4e-0f53-5d5c-9a0b-6d6a1c0e2b41")


class Telling(NamedTuple):
    """That somebody was exposed, as told. ``traced`` where the one who tells has found the contact; ``judged`` where
    somebody, not the rule, says how close it was."""

    person: UUID | None
    disease: str
    exposure: Exposure
    area: str
    edition: str | None = None
    at: datetime | None = None
    traced: bool = False
    judged: Close | None = None
    number: str | None = None
    batch: UUID | None = None


class Note(NamedTuple):
    """What to know of an exposure that was recorded."""

    code: str
    zh: str
    en: str


class Registered(NamedTuple):
    contact: UUID
    new: bool
    fact: UUID
    state: Contact
    notes: tuple[Note, ...]


def expose(viewer: Viewer, told: Telling, *, now: datetime, contact: UUID | None = None) -> Registered:
    """Records an exposure: of the open contact of this person and disease, or of a new one. ``contact`` names one of
    whom nobody knows who it is. What is told already is not told again: ``fact`` is the one that tells it. Raises
    Forbidden, NotThere, Refused."""
    require_over(viewer, TRACE, told.area)
    at = told.at or now
    edition = _edition(told, at)
    source = _source(told)
    people = one_person(viewer, TRACE, told.person) if told.person else frozenset()
    wrong = [*future(at, now), *_wrong(told, source, people)]
    if wrong:
        raise Refused(wrong)
    with seeing(viewer, TRACE):
        if people:
            locked(uuid5(_NAMES, f"{min(people)}|{told.disease}"))
        open_ = mine(viewer, TRACE).filter(status__in=OPEN, disease=told.disease)
        found = open_.filter(subject=contact) if contact else open_.filter(person__in=people)
        row = found.order_by("registered_at", "subject").first()
        if contact and row is None:
            raise NotThere
        id = row.subject if row else log.new_id()
        locked(id)
        before = history(id)
        area = row.area if row else told.area
        facts = [fact_of(viewer, one, id, area, at) for one in _news(told, edition, fold(before))]
        state = folded(before, facts)
        assert state is not None
        append(viewer, facts)
    known = next((one.fact for one in state.standing if _same(one, told, edition)), facts[0].id if facts else None)
    assert known is not None
    return Registered(id, row is None, known, state, _notes(told, edition, source, state, people))


def _same(held: Told, told: Telling, edition: Edition) -> bool:
    return held.exposure == told.exposure and held.edition == edition.code


def _news(told: Telling, edition: Edition, held: Contact | None) -> list[FactData]:
    """What of a telling is not known of the contact yet."""
    news: list[FactData] = []
    if held is None or not any(_same(one, told, edition) for one in held.standing):
        news.append(
            Exposed(
                disease=told.disease, edition=edition.code, person=told.person, exposure=told.exposure,
                number=told.number, batch=told.batch,
            )
        )  # fmt: skip
    if told.traced and told.person and (held is None or held.traced_at is None):
        news.append(Traced(person=told.person))
    if told.judged and (held is None or held.judged is not told.judged):
        news.append(Judged(close=told.judged, basis="told"))
    return news


def _edition(told: Telling, at: datetime) -> Edition:
    try:
        its = profile(told.disease)
        edition = its.edition(told.edition) if told.edition else its.in_force(day_of(at), told.area)
    except NoProfile as error:
        raise Refused([Wrong("disease", "unknown", f"没有这一病种：{error}", str(error))]) from None
    except NoEdition as error:
        raise Refused([Wrong("edition", "unknown", f"请写明版本：{error}", f"name an edition: {error}")]) from None
    if edition.contact is None:
        zh, en = (
            f"{edition.zh}没有密切接触者规则，请选用其他版本",
            f"{edition.en} has no rule of contacts: name another",
        )
        raise Refused([Wrong("edition", "no_rule", zh, en)])
    return edition


def _source(told: Telling) -> Node | None:
    """The case that somebody was exposed to, wherever it is followed: an exposure may be told in another division."""
    if told.exposure.source is None:
        return None
    with seeing_all():
        return Node.objects.filter(subject=told.exposure.source).first()


def _wrong(told: Telling, source: Node | None, people: Collection[UUID]) -> list[Wrong]:
    """What the record cannot see in one contact's facts alone."""
    found = []
    exposure = told.exposure
    if not known_areas()(told.area):
        found.append(no_area())
    if exposure.source is not None and source is None:
        found.append(Wrong("source", "unknown", "没有这个病例，请先报告病例", "there is no such case: report it first"))
    elif source is not None and source.disease != told.disease:
        found.append(Wrong("source", "another_disease", f"该病例为{source.disease}", f"is a case of {source.disease}"))
    elif source is not None and source.person in people:
        zh, en = (
            "不能是自己的密切接触者，请核对人员或病例",
            "nobody is a contact of himself: correct the person or the case",
        )
        found.append(Wrong("person", "self_contact", zh, en))
    found += implausible(told.disease, exposure)
    for field, group, value in (
        ("setting", "exposure_setting", exposure.setting),
        ("relation", "relation", exposure.relation),
    ):
        known = [term.code for term in terms(group)]
        if value is not None and value not in known:
            listed = ", ".join(known)
            found.append(Wrong(field, "unknown", f"不在列表中，可用：{listed}", f"is not in the list: {listed}"))
    if told.person is not None and not people:
        zh, en = "没有这个人：请先登记人员", "there is no such person: enter the person first"
        found.append(Wrong("person", "no_person", zh, en))
    if told.traced and told.person is None:
        found.append(Wrong("person", "missing", "已追踪到的须填写是谁", "say who was found"))
    return found


def _is_case(told: Telling, people: Collection[UUID]) -> bool:
    """Whether the contact is a case already, in any division that the desk may be told of by an exposure."""
    with seeing_all():
        return Node.objects.filter(person__in=people, disease=told.disease).exclude(as_class=Class.EXCLUDED).exists()


def _notes(
    told: Telling, edition: Edition, source: Node | None, state: Contact, people: Collection[UUID]
) -> tuple[Note, ...]:
    """What is recorded and yet to be looked at."""
    notes = []
    if _is_case(told, people):
        notes.append(Note("is_case", "此人已登记为病例，请核对", "is recorded as a case already: check it"))
    if not state.observed:
        notes.append(
            Note(
                "not_close",
                "按规则不是密切接触者，不列入医学观察",
                "is no close contact by the rule and is not observed",
            )
        )
    if source is None:
        return tuple(notes)
    assert edition.contact is not None
    if source.as_class == Class.EXCLUDED:
        notes.append(Note("source_excluded", "该病例已排除", "the case was excluded"))
    elif source.as_class in (Class.REPORTED, Class.SUSPECTED) and not edition.contact.of_suspected:
        notes.append(
            Note(
                "of_suspected",
                "该版本只观察确诊病例的密切接触者",
                "the edition observes contacts of confirmed cases only",
            )
        )
    if outside(edition, (source.onset_earliest, source.onset_latest), told.exposure):
        notes.append(
            Note(
                "outside_window", "暴露不在传染期内，请核对", "the exposure lies outside the infectious days: check it"
            )
        )
    return tuple(notes)
