"""People with whom somebody is charged for a time: whom a task of one's own is about, who lives in the own station.

Who they are says the capability whose task or stay it is, anew at every look; nothing of it is stored, so that seeing
them ends when the task or the stay does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.matrix import Sight, can, fields
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.identity import looks, vault
from lianfang.identity.facts import Act
from lianfang.identity.models import Holding, Subject
from lianfang.identity.queries import PERSONAL, Person, pseudonyms, root, seen_fields, shown
from lianfang.identity.service import allowed

CHARGED: Final = "people.charged"
LISTED: Final = "people.list"


def shown_with(
    viewer: Viewer, ids: Sequence[UUID], charge: Collection[UUID], *, purpose: str, now: datetime | None = None
) -> dict[UUID, Person]:
    """As ``queries.shown``; whom the role does not meet and who is in ``charge``, whoever holds him or her, is shown as
    ``people.charged`` says, and not why he or she is held. Each look is on record before this returns.

    Raises Forbidden, NotYourPurpose.
    """
    allowed(viewer, purpose)
    found = shown(viewer, ids, purpose=purpose, now=now) if can(viewer, LISTED) else {}
    left = [id for id in dict.fromkeys(ids) if id in charge and id not in found]
    if not left or not can(viewer, CHARGED):
        return found
    with seeing_all():
        rows = pseudonyms(left)
        held = Holding.objects.filter(subject__in=list(rows)).values_list("subject", flat=True)
        standing = {root(rows, id) for id in held}
    wanted = {id: at for id in left if id in rows and (at := root(rows, id)) in standing}
    people = _opened(viewer, [rows[at] for at in dict.fromkeys(wanted.values())])
    looks.record(viewer, list(people), sorted(fields(viewer, CHARGED)), Act.DISPLAY, purpose, now=now)
    return found | {id: people[at] for id, at in wanted.items() if at in people}


def _opened(viewer: Viewer, rows: Sequence[Subject]) -> dict[UUID, Person]:
    """People by the pseudonyms that stand for them; of whom nothing can be opened is not there."""
    sights = fields(viewer, CHARGED)
    masked = tuple(name for name in PERSONAL if sights.get(name) is Sight.MASKED)
    hidden = tuple(name for name in PERSONAL if name not in sights)
    return {
        row.id: Person(row.id, row.kind, seen_fields(content, sights), masked, hidden, ())
        for row, content in vault.open_subjects(rows).opened
    }
