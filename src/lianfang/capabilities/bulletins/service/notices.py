"""The only door for writing bulletins: a notice is received as read, or composed from what is known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from lianfang.access.matrix import require_over
from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import (
    BulletinComposed,
    BulletinReceived,
    BulletinRecord,
    TextOrigin,
)
from lianfang.capabilities.bulletins.queries import notices as queries
from lianfang.capabilities.bulletins.rules.check import Severity, State
from lianfang.capabilities.bulletins.rules.lint import Level, lint
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


class NotFit(ValueError):
    """A composed text may not be issued; the message says why."""


class Composed(NamedTuple):
    """An official notice as Lianfang wrote it, and the place in the record on which it stands."""

    lang: Language
    text: str
    record: BulletinRecord
    seq: int
    chain: str
    round_trip: bool
    faults: tuple[str, ...]  # the identities of severity E that fail: they keep the notice from being issued


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


def issue(viewer: Viewer, area: str, composed: Composed, *, now: datetime) -> Sequence[Outcome]:
    """Appends ``bulletin.composed``, once for each text: composing it again changes nothing.

    Raises NotFit for a notice whose sums do not hold, a text that does not read back to its record, or one that holds
    what a public text may not; Forbidden where the area's notices are not the viewer's to issue.
    """
    require_over(viewer, "bulletins.compose", area)
    if composed.faults:
        raise NotFit("; ".join(composed.faults))
    if not composed.round_trip:
        raise NotFit("its text does not read back to the record")
    for finding in lint(composed.text, record=composed.record):
        if finding.level is Level.BLOCKS:
            raise NotFit(finding.en)
    data = BulletinComposed(
        area_code=area,
        as_of=composed.record.as_of or now,
        seq=composed.seq,
        chain=composed.chain,
        lang=composed.lang,
        text=composed.text,
        record=composed.record,
    )
    return log.append(
        [_fact(uuid.uuid5(_NAMES, f"{area}|{composed.seq}|{composed.lang}|{composed.text}"), area, now, data)],
        principal=viewer.principal,
    )


def _fact(fact_id: uuid.UUID, area: str, observed_at: datetime, data: FactData) -> Fact:
    return Fact.of(data, id=fact_id, subject=uuid.uuid5(_NAMES, area), area=area, observed_at=observed_at)
