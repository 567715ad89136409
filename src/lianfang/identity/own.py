"""A person's own page: what is held, why, until when, who looked, what restricts, and how to complain."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from lianfang.access import security
from lianfang.access.matrix import require
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import onetime
from lianfang.facts import log
from lianfang.facts.fact import Restricting
from lianfang.facts.kinds import restricting
from lianfang.identity import erasure, looks, report, vault
from lianfang.identity.entry import CLASS_OF, Content, text_of
from lianfang.identity.facts import Act
from lianfang.identity.faults import Fault, fault
from lianfang.identity.models import PERSON, Holding, Subject, Text
from lianfang.identity.persons import policy as persons_policy
from lianfang.identity.queries import entered_by
from lianfang.identity.refusals import Faulty, NoPerson
from lianfang.identity.terms import PolicyError
from lianfang.sealing.current import keystore

POLICY = "LIANFANG_OWN_PAGE"
"""A file of the operator's in the form of ``policy/own.toml``."""
PURPOSE = "subject_request"
STATEMENT = "statement"
_CLASSES = (*sorted(set(CLASS_OF.values())), "health", "text")
"""The classes of fields that an own page shows."""


class Word(BaseModel):
    """A right or a way to complain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    zh: str
    en: str
    source: str
    source_zh: str


class Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    officers_by_code: bool
    rights: tuple[Word, ...]
    complaints: tuple[Word, ...]


class OwnText(NamedTuple):
    """A text about the person. Only the person's own statements are shown word for word: the others may tell of
    somebody else; the unit that wrote them answers a request for them."""

    text_class: Literal["note", "counselling", "statement"]
    area: str
    at: datetime
    text: str | None


class Restriction(NamedTuple):
    """What restricts the person now, on which basis, who approved it, until when."""

    kind: str
    area: str
    basis: str
    approver: str
    start: datetime
    end: datetime


class Own(NamedTuple):
    """Everything that is held of a person."""

    subject: UUID
    contents: list[Content]
    """What is sealed of the person: under the own pseudonym first, then under those merged with it. What was altered or
    cut short cannot be opened and is missing."""
    holdings: list[Holding]
    texts: list[OwnText]
    restrictions: list[Restriction]
    looks: report.Looks


@cache
def policy() -> Policy:
    """The policy in force: the operator's, or the packaged one. Raises PolicyError."""
    named = os.environ.get(POLICY)
    try:
        source = Path(named) if named else files(__package__) / "policy" / "own.toml"
        return Policy.model_validate(tomllib.loads(source.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise PolicyError(f"{named}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (OSError, ValueError) as error:
        raise PolicyError(f"{named}: {error}") from None


def code(viewer: Viewer, person: UUID, *, now: datetime) -> onetime.Made:
    """A code that opens the own page of this very pseudonym once. Whoever makes it could open it: that is put on record
    as a look at all that it shows. Raises Forbidden, NoPerson, NotYourPurpose."""
    with seeing(viewer, "people.invite"):
        held = Holding.objects.filter(subject=person)
        held = visible(viewer, "people.invite", held, own=entered_by(viewer))
        if not held.exists() or not Subject.objects.filter(id=person, kind=PERSON).exists():
            raise NoPerson
    looks.record(viewer, [person], _CLASSES, Act.OWN_CODE, PURPOSE, now=now)
    made = onetime.make(onetime.Purpose.OWN_PAGE, person)
    security.log("own_code", viewer=viewer, outcome="alert", person=person, expires=made.expires)
    return made


def own(viewer: Viewer, *, now: datetime, before: int | None = None) -> Own:
    """What is held of the viewer, who came by a code of ``code``; the look is on record. Raises Forbidden, NoPerson."""
    person, everything = _self(viewer, "own.read")
    looks.record(viewer, [person], _CLASSES, Act.DISPLAY, PURPOSE, now=now)
    with seeing_all():
        opened = vault.open_subjects(Subject.objects.filter(id__in=everything, kind=PERSON)).opened
        holdings = list(Holding.objects.filter(subject__in=everything).order_by("-since", "id"))
        texts = list(Text.objects.filter(subject__in=everything).order_by("-at", "id"))
    opened.sort(key=lambda one: (one.row.id != person, one.row.id))
    return Own(
        person,
        [one.content for one in opened],
        holdings,
        _opened(texts),
        restrictions(everything, now),
        report.looks_of(viewer, [person], before=before),
    )


def state(viewer: Viewer, text: str, *, now: datetime, text_class: str = STATEMENT) -> UUID:
    """Keeps a statement of the viewer's own, where the units that hold the person read it, or words of another class
    for those who answer them; returns its id.

    Raises Forbidden, NoPerson, Faulty.
    """
    person, everything = _self(viewer, "own.write")
    faults: list[Fault] = []
    words = text_of(1, "text", text, persons_policy().limits.text_characters, faults, lines=True)
    if not words:
        faults.append(fault(1, "text", "missing"))
    if faults:
        raise Faulty(faults)
    id, key = log.new_id(), keystore().get([person]).get(person)
    if key is None:  # erased meanwhile
        raise NoPerson
    with seeing_all():
        held = Holding.objects.filter(subject__in=everything).order_by("-since", "id").first()
        if held is None:
            raise NoPerson
        Text.objects.create(
            id=id,
            subject=person,
            area=held.area,
            text_class=text_class,
            author=viewer.author,
            at=now,
            sealed=vault.seal_text(key, id, words),
        )
    return id


def restrictions(people: Collection[UUID], now: datetime) -> list[Restriction]:
    """What the record says restricts the people at ``now``, the longest last. What was corrected does not count."""
    kinds = restricting()
    if not kinds:
        return []
    entries = list(log.read(kinds=kinds, subjects=people))
    corrected = {entry.fact.corrects for entry in entries}
    found: list[Restriction] = []
    for entry in entries:
        data = entry.fact.data
        if isinstance(data, Restricting) and data.end > now and entry.fact.id not in corrected:
            its = Restriction(entry.fact.kind, entry.fact.area, data.basis, data.approver, data.start, data.end)
            found.append(its)
    return sorted(found, key=lambda one: one.end)


def _self(viewer: Viewer, action: str) -> tuple[UUID, list[UUID]]:
    """The viewer's own pseudonym, and all that were merged with it or are encounters of the person."""
    require(viewer, action)
    if viewer.subject is None:
        raise NoPerson
    with seeing_all():
        everything = [one.id for one in erasure.cluster([viewer.subject])]
    if viewer.subject not in everything:
        raise NoPerson
    return viewer.subject, everything


def _opened(texts: list[Text]) -> list[OwnText]:
    keys = keystore().get([row.subject for row in texts])
    return [
        OwnText(
            row.text_class,
            row.area,
            row.at,
            vault.open_text(keys[row.subject], row) if row.text_class == STATEMENT and row.subject in keys else None,
        )
        for row in texts
        if row.text_class != "reason"
    ]
