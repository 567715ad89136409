"""What people under observation ask for. A need for counselling is seen by those alone who meet people for that."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from lianfang.access.matrix import data_classes
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.isolation.facts import NeedAsked
from lianfang.capabilities.isolation.models import NEED_KINDS, NeedRow
from lianfang.capabilities.isolation.queries.orders import MOST, PAGE, area_range, own, place_of
from lianfang.capabilities.isolation.rules.due import meet_by
from lianfang.capabilities.isolation.rules.policy import editions, in_force
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.identity.refusals import NoPerson, NotYourPurpose
from lianfang.identity.words import opened

READ: Final = "needs.read"


class Page(NamedTuple):
    """Needs in their order; ``after`` leads on."""

    rows: tuple[NeedRow, ...]
    total: int
    after: str | None


def page(
    viewer: Viewer, *, area: str = "", category: str = "", open_only: bool = False, person: UUID | None = None,
    after: str = "", limit: int = PAGE,
) -> Page:  # fmt: skip
    """The needs that the viewer may see, the newest first; of those not met yet (``open_only``) the first to be met
    first. Raises Forbidden, Refused."""
    rows = _mine(viewer, READ)
    if category:
        rows = rows.filter(category=category)
    if open_only:
        rows = rows.filter(met__isnull=True).annotate(meet_by=Coalesce("due", _by_category()))
    if person is not None:
        rows = rows.filter(person=person)
    if area:
        first, last = area_range(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    place = place_of(after)
    limit = min(limit, MOST)
    with seeing(viewer, READ):
        total = rows.count()
        if place is not None:
            beyond = Q(meet_by__gt=place[0]) if open_only else Q(asked__lt=place[0])
            same = Q(meet_by=place[0]) if open_only else Q(asked=place[0])
            rows = rows.filter(beyond | (same & Q(subject__gt=place[1])))
        found = tuple(rows.order_by("meet_by" if open_only else "-asked", "subject")[:limit])
    last_row = found[-1] if len(found) == limit else None
    at = last_row and (due(last_row) if open_only else last_row.asked)
    return Page(found, total, f"{at.isoformat()}/{last_row.subject}" if at and last_row else None)


def _by_category() -> Case:
    """Until when a need is to be met by its category, as ``meet_by`` has it: for ordering in the database."""
    whens: list[When] = []
    for edition in reversed(editions()):
        begins = datetime.combine(edition.begins, time(), CIVIL_TIME)
        since = Q() if edition is editions()[0] else Q(asked__gte=begins)
        for one in edition.categories:
            its = Q() if one is edition.categories[-1] else Q(category=one.code)
            for urgent, hours in ((True, one.urgent_h), (False, one.meet_h)):
                by = F("asked") + Value(timedelta(hours=hours))
                whens.append(When(since & its & Q(urgent=urgent), then=by))
    return Case(*whens, output_field=DateTimeField())


def due(row: NeedRow) -> datetime:
    """Until when a need is to be met."""
    data = NeedAsked(person=row.person, order=row.order, category=row.category, urgent=row.urgent, due=row.due)
    return meet_by(data, row.asked, in_force(row.asked.astimezone(CIVIL_TIME).date()))


def located(viewer: Viewer, action: str, id: UUID) -> NeedRow:
    """The row of a need that an action reaches; within ``seeing``. Raises NotThere."""
    row = _mine(viewer, action).filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def words(viewer: Viewer, id: UUID, *, purpose: str, now: datetime) -> str:
    """The words of a need, for a purpose of the viewer's; the look is on record. Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
    try:
        if row.words is None:
            raise NoPerson
        return opened(viewer, READ, row.words, purpose=purpose, now=now)
    except NoPerson:
        raise NotThere from None
    except NotYourPurpose as error:
        raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None


def history(id: UUID, known_at: datetime | None = None) -> list[Fact]:
    """All facts about a need."""
    return [entry.fact for entry in entries(id, known_at)]


def entries(id: UUID, known_at: datetime | None = None) -> list[Entry]:
    """All facts about a need, in order of knowledge."""
    return list(log.read(kinds=NEED_KINDS, subjects=[id], known_at=known_at))


def met_by(viewer: Viewer, action: str) -> frozenset[str]:
    """The categories of needs whose people the viewer's action meets."""
    mine = data_classes(viewer, action)
    return frozenset(one.code for edition in editions() for one in edition.categories if one.data_class in mine)


def _mine(viewer: Viewer, action: str) -> QuerySet[NeedRow]:
    rows = visible(viewer, action, NeedRow.objects.all(), own=own(viewer), subject="person")
    unknown = {one.code for edition in editions() for one in edition.categories}
    mine = met_by(viewer, action)
    return rows.exclude(category__in=unknown - mine)
