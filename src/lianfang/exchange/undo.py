"""Taking a list back: what it recorded is retracted, whom it entered is erased; what others went on with stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Q

from lianfang.access import security
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.contacts.models import ContactRow, ExposureRow, SaidRow
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.exchange.models import List, Made, State
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import erasure

_LATER = """
SELECT DISTINCT later.subject FROM fact later
JOIN (SELECT subject, max(seq) AS seq FROM fact WHERE id = ANY (%s) GROUP BY subject) own
  ON own.subject = later.subject AND later.seq > own.seq
WHERE NOT later.id = ANY (%s) AND later.kind <> 'record.retracted'"""
_OWN = "SELECT id, subject, area FROM fact WHERE id = ANY (%s) AND NOT subject = ANY (%s) ORDER BY seq DESC"


def undo(viewer: Viewer, row: List, now: datetime) -> None:
    """Takes back what a list has recorded, part by part; a part that was taken back is passed over."""
    with seeing_all():
        parts = list(Made.objects.filter(list=row.id).order_by("-n"))
    every = [fact for part in parts for fact in part.facts]
    worked_on = _worked_on(every)
    with seeing_all():
        made = {subject for part in parts for subject in part.subjects}
        while named := _named(made - worked_on, every, worked_on):
            worked_on |= named
    people: list[UUID] = []
    for part in parts:
        with transaction.atomic():
            _retract(viewer, row.id, part, worked_on, now)
        people += part.people
    gone = erasure.erase_mistaken(viewer, _let_go(people), now=now) if people else None
    row.state, row.kept, row.ended_at = State.UNDONE, len(worked_on), now
    row.people = len(people) - (gone.persons if gone else 0)
    with seeing_all():
        row.save(update_fields=["state", "kept", "ended_at", "people"])
    security.log("list_undone", viewer=viewer, list=row.id, kept=len(worked_on))


def _worked_on(facts: Sequence[UUID]) -> set[UUID]:
    """The subjects of whom anything was recorded after the list."""
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [list(facts), list(facts)])
        return {subject for (subject,) in cursor}


def _named(made: Collection[UUID], own: Collection[UUID], kept: Collection[UUID]) -> set[UUID]:
    """Those that others rest on: named by a record that stays as a source, an infector or what a contact became, or by
    an order. A record stays that the list has not made, or that is of somebody who stays."""
    stays = Q(subject__in=kept)
    exposures = ExposureRow.objects.filter(~Q(fact_id__in=own) | stays, source__in=made)
    infectors = SaidRow.objects.filter(~Q(fact_id__in=own) | stays, infector__in=made)
    became = ContactRow.objects.filter(~Q(subject__in=made) | stays, case__in=made)
    found = set(exposures.values_list("source", flat=True)) | set(infectors.values_list("infector", flat=True))
    found |= set(became.values_list("case", flat=True))
    return found | set(OrderRow.objects.filter(of__in=made).values_list("of", flat=True))


def _retract(viewer: Viewer, listed: UUID, part: Made, worked_on: Collection[UUID], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [part.facts, list(worked_on)])
        own = cursor.fetchall()
    facts = [
        Fact.of(
            Retracted(why=Why.MISTAKEN, batch=listed), id=uuid5(listed, f"undo|{id}"), subject=subject, area=area,
            observed_at=now, corrects=id,
        )
        for id, subject, area in own
    ]  # fmt: skip
    for start in range(0, len(facts), LARGEST_BATCH):
        log.append(facts[start : start + LARGEST_BATCH], principal=viewer.principal)


def _let_go(people: Sequence[UUID]) -> set[UUID]:
    """Those of whom no case and no contact tells any more."""
    with seeing_all():
        told = set(CaseRow.objects.filter(person__in=people).values_list("person", flat=True))
        told |= set(ContactRow.objects.filter(person__in=people).values_list("person", flat=True))
    return set(people) - told
