"""Notices of others: received as they were read, and written anew from what is known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from lianfang.access.matrix import require_over
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import BulletinReceived, BulletinRecord, TextOrigin
from lianfang.capabilities.bulletins.queries import notices as queries
from lianfang.capabilities.bulletins.rules.check import Severity, State
from lianfang.capabilities.bulletins.rules.proof import reads_back
from lianfang.capabilities.bulletins.rules.write import Language, write
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Outcome
from lianfang.places.gazetteer import Gazetteer

# Names of facts that follow from their content: the same notice from the same source is one fact, whoever sends it.
_NAMES = uuid.UUID("6b0f0f0e-6f0c-5d0a-9a55-1f0b9c6a2d11")


class NoNotice(LookupError):
    """No notice of the area that can be written anew is known for the moment asked for."""


class Composed(NamedTuple):
    """An official notice as Lianfang wrote it, and the place in the record on which it stands."""

    lang: Language
    text: str
    record: BulletinRecord
    seq: int
    chain: str
    round_trip: bool
    faults: tuple[str, ...]  # the identities of severity E that fail


def receive(
    viewer: Viewer, readings: Iterable[tuple[BulletinRecord, str, TextOrigin]], *, now: datetime
) -> list[Outcome]:
    """Appends a ``bulletin.received`` for each record with its text. The same record from the same source again is
    skipped by its id. Raises Forbidden where a record is of an area that is not the viewer's."""
    facts = []
    for record, text, origin in readings:
        require_over(viewer, "bulletins.receive", record.area_code)
        named = f"{record.bulletin_id}|{record.source.url or record.source.title or ''}|{text}"
        data = BulletinReceived(record=record, text=text, text_origin=origin)
        facts.append(_fact(uuid.uuid5(_NAMES, named), record.area_code, record.as_of or now, data))
    return log.append(facts, principal=viewer.principal)


def compose(
    viewer: Viewer,
    area: str,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
    lang: Language,
    gazetteer: Gazetteer,
) -> Composed:
    """Writes the notice of ``area`` as of a moment from what was known at a time; the same question gives the same
    bytes. Raises NoNotice where the viewer knows of nothing, Forbidden where notices are not the viewer's to read."""
    knowledge = queries.known(viewer, area, known_at)
    notice = knowledge.at(as_of)
    if notice is None:
        raise NoNotice(area)
    try:
        written = write(notice.record, lang, gazetteer=gazetteer)
    except ValueError as error:
        raise NoNotice(f"{area}: {error}") from None
    proved = reads_back(written, lang, gazetteer=gazetteer)
    checks = queries.checks(knowledge, notice, gazetteer)
    faults = tuple(c.en for c in checks if c.severity is Severity.ERROR and c.state is State.FAILS)
    return Composed(lang, written.text, written.record, notice.seq, log.chain_at(notice.seq), proved, faults)


def _fact(fact_id: uuid.UUID, area: str, observed_at: datetime, data: FactData) -> Fact:
    return Fact.of(data, id=fact_id, subject=uuid.uuid5(_NAMES, area), area=area, observed_at=observed_at)
