"""The only door for reading the vault. The viewer comes first; a look is on record before anything is returned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, Sight, data_classes, fields, matrix, scope, told_classes
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.facts.fold import EVERYWHERE
from lianfang.identity import looks, masks, vault
from lianfang.identity.entry import AREA, Content
from lianfang.identity.facts import Act
from lianfang.identity.faults import fault
from lianfang.identity.models import ENCOUNTER, Holding, Subject, Text
from lianfang.identity.refusals import Faulty, NoCursor, NoPerson, NothingToFindBy, TooMany
from lianfang.identity.service import TEXT_CLASSES, allowed, entered_by
from lianfang.places.queries import subtree_range
from lianfang.places.spans import Scattered
from lianfang.sealing.box import Unreadable

PAGE = 50
"""People of one page."""
MOST_EXPORTED = 20_000
"""People of one file."""
MOST_COUNTED = 20_000
"""Holdings of a list that are counted: beyond it, a count would take longer than the page."""
MOST_FOUND = 50
"""People of one search: a phone may be a whole ward's."""
PERSONAL = ("name", "document", "phone", "address", "birth_date")
"""The classes of fields that are sealed in a subject."""
BREAK_GLASS = "people.break_glass"


class Note(NamedTuple):
    """A text about a person."""

    id: UUID
    text_class: str
    at: datetime
    text: str


class Person(NamedTuple):
    """A person as a viewer may see him or her. ``shown`` has a field only where its class is not hidden."""

    id: UUID
    kind: str
    shown: Mapping[str, Any]
    masked: tuple[str, ...]
    hidden: tuple[str, ...]
    holdings: tuple[Holding, ...]
    texts: tuple[Note, ...] = ()


class Found(NamedTuple):
    """People, and the ids of those of whom nothing can be shown because what is held was altered or cut short."""

    people: tuple[Person, ...]
    unreadable: tuple[UUID, ...]


class Page(NamedTuple):
    """A page of a list; ``after`` leads to the next one, ``total`` counts the holdings of the whole list; ``more``
    where there are more than were counted."""

    people: tuple[Person, ...]
    unreadable: tuple[UUID, ...]
    after: str | None
    total: int
    more: bool = False


class Standing(NamedTuple):
    """Subjects that stand for themselves and for those merged into them, their holdings, and all of their ids."""

    rows: list[Subject]
    holdings: Mapping[UUID, list[Holding]]
    ids: frozenset[UUID]


class Exported(NamedTuple):
    """A person for a file, and what is held of him or her: only what ``person`` shows may leave with a name."""

    person: Person
    content: Content


def find(
    viewer: Viewer,
    *,
    document: str = "",
    phone: str = "",
    name: str = "",
    birth_date: date | None = None,
    purpose: str,
    break_glass: str | None = None,
    now: datetime | None = None,
) -> Found:
    """The people with this document, phone, or name and birth date; all that is given must agree.

    Raises Forbidden, ``glass.NoReason``, NothingToFindBy.
    """
    allowed(viewer, purpose)
    action = BREAK_GLASS if break_glass is not None else "people.find"
    index = vault.index_key()
    tags = [vault.document_tag(index, document)] if document else []
    tags += [vault.phone_tag(index, phone)] if phone else []
    tags += [vault.name_tag(index, name, birth_date)] if name and birth_date else []
    if not tags or bool(name) != bool(birth_date):
        raise NothingToFindBy
    with seeing(viewer, action):
        standing = _standing(viewer, action, _tagged(tags))
    found = _show(viewer, action, standing)
    _record(viewer, action, standing.rows, Act.SEARCH, purpose, break_glass, now)
    return found


def card(
    viewer: Viewer, id: UUID, *, purpose: str, break_glass: str | None = None, now: datetime | None = None
) -> Person:
    """One person with the texts about him or her. Raises NoPerson, Forbidden, ``glass.NoReason``,
    vault.Altered, vault.KeyMissing."""
    allowed(viewer, purpose)
    action = BREAK_GLASS if break_glass is not None else "people.see"
    with seeing(viewer, action):
        standing = _standing(viewer, action, [id])
        texts = _texts(viewer, action, standing.ids) if standing.rows else []
    found = _show(viewer, action, standing)
    if found.unreadable:
        raise vault.unreadable(found.unreadable[0])
    if not found.people:
        raise NoPerson
    _record(viewer, action, standing.rows, Act.DISPLAY, purpose, break_glass, now)
    return found.people[0]._replace(texts=_notes(texts))


def page(
    viewer: Viewer,
    *,
    area: str = "",
    data_class: str = "",
    after: str = "",
    purpose: str,
    limit: int = PAGE,
    now: datetime | None = None,
) -> Page:
    """The people who are held in an area (by default the viewer's) for a reason (by default any), in the order of the
    areas' codes. Who may see sums only gets the total alone. Raises Forbidden, NoCursor, Faulty."""
    allowed(viewer, purpose)
    action = "people.list"
    place, counted = _place(after)
    with seeing(viewer, action):
        listed = _listed(viewer, action, area, data_class)
        if scope(viewer, action) is Scope.AGGREGATE:
            return Page((), (), None, listed.count() if place is None else counted)
        if place is None:
            counted = listed.order_by().values("id")[: MOST_COUNTED + 1].count()
        places = _after(listed, place, limit)
        standing = _standing(viewer, action, list(dict.fromkeys(subject for _, subject in places)))
    found = _show(viewer, action, standing)
    _record(viewer, action, standing.rows, Act.DISPLAY, purpose, None, now)
    going_on = "/".join(map(str, (*places[-1], counted))) if len(places) == limit else None
    return Page(found.people, found.unreadable, going_on, min(counted, MOST_COUNTED), counted > MOST_COUNTED)


def exported(viewer: Viewer, *, area: str = "", data_class: str = "", purpose: str) -> tuple[list[Exported], int]:
    """The people of a list for a file, each once, and how many cannot be read. Puts nothing on record: the file is made
    of them, and ``looks.record`` comes before it leaves. Raises Forbidden, NotYourPurpose, TooMany, Faulty."""
    allowed(viewer, purpose)
    action = "people.export"
    with seeing(viewer, action):
        listed = _listed(viewer, action, area, data_class).order_by("subject").values_list("subject", flat=True)
        ids = list(listed.distinct()[: MOST_EXPORTED + 1])
        if len(ids) > MOST_EXPORTED:
            raise TooMany(listed.distinct().count(), MOST_EXPORTED)
        standing = _standing(viewer, action, ids)
    sights, opening = fields(viewer, action), vault.open_subjects(standing.rows)
    masked = tuple(name for name in PERSONAL if sights.get(name) is Sight.MASKED)
    hidden = tuple(name for name in PERSONAL if name not in sights)
    told, people = told_classes(viewer, action), []
    area_from, area_to = subtree_range(area) if area else EVERYWHERE
    for row, content in opening.opened:
        held = tuple(
            holding
            for holding in _told(standing.holdings[row.id], told)
            if area_from <= holding.area < area_to and data_class in ("", holding.data_class)
        )
        person = Person(row.id, row.kind, seen_fields(content, sights), masked, hidden, held)
        people.append(Exported(person, content))
    return people, len(opening.unreadable)


def _tagged(tags: Sequence[bytes]) -> list[UUID]:
    """Those who have every one of the tags."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject FROM identity_tag WHERE tag = ANY (%s) GROUP BY subject HAVING count(*) = %s LIMIT %s",
            [list(tags), len(tags), MOST_FOUND],
        )
        return [subject for (subject,) in cursor]


def _standing(viewer: Viewer, action: str, ids: Sequence[UUID]) -> Standing:
    """Who stands for ``ids``, in their order. One of whom the viewer sees no holding is not there."""
    rows = pseudonyms(ids)
    held = Holding.objects.filter(subject__in=list(rows), data_class__in=data_classes(viewer, action))
    holdings: dict[UUID, list[Holding]] = {}
    for holding in visible(viewer, action, held, own=entered_by(viewer)).order_by("since", "id"):
        holdings.setdefault(root(rows, holding.subject), []).append(holding)
    wanted = dict.fromkeys(root(rows, id) for id in ids if id in rows)
    return Standing([rows[id] for id in wanted if id in holdings], holdings, frozenset(rows))


def pseudonyms(ids: Sequence[UUID]) -> dict[UUID, Subject]:
    """The subjects of ids, and all that are merged with them, as far as the range shows them."""
    rows: dict[UUID, Subject] = {}
    looking = set(ids)
    while looking:  # once where nobody is merged
        found = Subject.objects.filter(Q(id__in=looking) | Q(merged_into__in=looking))
        fresh = {row.id: row for row in found if row.id not in rows}
        rows |= fresh
        met = fresh.keys() | {row.merged_into for row in fresh.values() if row.merged_into}
        looking = {id for id in met if id not in looking and (id in fresh or id not in rows)}
    return rows


def root(rows: Mapping[UUID, Subject], id: UUID) -> UUID:
    """The pseudonym that stands for ``id``, as far as the rows are seen."""
    while (row := rows.get(id)) and row.merged_into in rows:
        id = row.merged_into
    return id


def _show(viewer: Viewer, action: str, standing: Standing) -> Found:
    """People as the viewer's role may see them."""
    sights, opening = fields(viewer, action), vault.open_subjects(standing.rows)
    masked = tuple(name for name in PERSONAL if sights.get(name) is Sight.MASKED)
    hidden = tuple(name for name in PERSONAL if name not in sights)
    told = told_classes(viewer, action)
    people = [
        Person(row.id, row.kind, seen_fields(content, sights), masked, hidden, _told(standing.holdings[row.id], told))
        for row, content in opening.opened
    ]
    return Found(tuple(people), tuple(opening.unreadable))


def _told(holdings: Sequence[Holding], told: Collection[str]) -> tuple[Holding, ...]:
    """Those of which the viewer may learn: a laboratory meets the sick and is not told why they are held."""
    return tuple(one for one in holdings if one.data_class in told)


def seen_fields(content: Content, sights: Mapping[str, Sight]) -> dict[str, Any]:
    """The fields of those classes that are not hidden, masked where they are to be."""
    shown: dict[str, Any] = {}
    for name in PERSONAL:
        sight = sights.get(name)
        if sight is not None:
            shown |= _FIELDS[name](content, sight is Sight.FULL)
    return shown


def _birth(content: Content, full: bool) -> dict[str, Any]:
    born = content.birth_date
    if full:
        return {"birth_date": born.isoformat() if born else None, "sex": content.sex}
    return {"birth_date": masks.birth_date(born) if born else None}


def _documents(content: Content, full: bool) -> dict[str, Any]:
    return {
        "documents": [
            {"kind": kind, "country": country, "number": number if full else masks.number("document", number)}
            for kind, country, number in content.documents
        ]
    }


_FIELDS = {
    "name": lambda content, full: {"name": content.name if full else masks.name(content.name)},
    "document": _documents,
    "phone": lambda content, full: {
        "phones": [phone if full else masks.number("phone", phone) for phone in content.phones]
    },
    "address": lambda content, full: {"address": content.address if full else masks.address(content.address)},
    "birth_date": _birth,
}


def _record(
    viewer: Viewer,
    action: str,
    rows: Collection[Subject],
    act: Act,
    purpose: str,
    break_glass: str | None,
    now: datetime | None,
) -> None:
    """Puts the look on record. Classes of texts are shown on a card only."""
    texts = () if action in ("people.find", "people.list") else ("text", "counselling")
    classes = [name for name in fields(viewer, action) if name in (*PERSONAL, "health", *texts)]
    looks.record(viewer, [row.id for row in rows], classes, act, purpose, break_glass, now=now)


def _texts(viewer: Viewer, action: str, ids: Collection[UUID]) -> list[Text]:
    """The texts about somebody whose classes the viewer sees in full: of the own work, the own ones; and what the
    person has stated, whoever holds him or her."""
    sights = fields(viewer, action)
    classes = [name for name, its in TEXT_CLASSES.items() if sights.get(its) is Sight.FULL]
    about = Text.objects.filter(subject__in=ids)
    own = Q(author__in=own_work(viewer).authors)
    texts = list(visible(viewer, action, about.filter(text_class__in=classes), own=own))
    if sights.get("text") is Sight.FULL:
        texts += about.filter(text_class="statement")
    return sorted(texts, key=lambda text: (text.at, text.id))


def _notes(texts: Sequence[Text]) -> tuple[Note, ...]:
    keys = vault.keys({row.subject for row in texts})
    notes = []
    for row in texts:
        if row.subject in keys:
            try:
                notes.append(Note(row.id, row.text_class, row.at, vault.open_text(keys[row.subject], row)))
            except Unreadable:
                raise vault.Altered(row.id) from None
    return tuple(notes)


def _listed(viewer: Viewer, action: str, area: str, data_class: str) -> QuerySet[Holding]:
    """The holdings of a list. Raises Faulty for a class whose people the viewer does not meet: none would be untrue."""
    mine = data_classes(viewer, action)
    if data_class and data_class not in mine:
        raise Faulty([fault(1, "data_class", "unknown_class", known=", ".join(sorted(mine)))])
    wanted = mine & {data_class} if data_class else mine
    rows = Holding.objects.all()
    if wanted != matrix().data_classes.keys():
        rows = rows.filter(data_class__in=wanted)
    if scope(viewer, action) is Scope.AGGREGATE:
        rows = in_range(viewer, rows)
    else:
        rows = visible(viewer, action, rows, own=entered_by(viewer))
    if area:
        try:
            area_from, area_to = subtree_range(area)
        except (LookupError, Scattered):
            raise Faulty([fault(1, "area", "outside_area")]) from None
        rows = rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)
    return rows


def _place(after: str) -> tuple[tuple[str, UUID] | None, int]:
    """The place that a page left off at, and how many the first page has counted. Raises NoCursor."""
    if not after:
        return None, 0
    try:
        area, subject, total = after.split("/")
        if AREA.fullmatch(area):
            return (area, UUID(subject)), int(total)
    except ValueError:
        pass
    raise NoCursor


def _after(listed: QuerySet[Holding], place: tuple[str, UUID] | None, limit: int) -> list[tuple[str, UUID]]:
    """The next places (area and subject) of a list. Its two halves each follow the index; one condition would not."""
    columns = listed.values_list("area", "subject")
    if place is None:
        return _in_order(columns, limit)
    area, subject = place
    found = _in_order(columns.filter(area=area, subject__gt=subject), limit)
    if len(found) < limit:  # no code holds a character before \x02
        found += _in_order(columns.filter(area__bytes_from=area + "\x01"), limit - len(found))
    return found


def _in_order(columns: Any, limit: int) -> list[tuple[str, UUID]]:
    """The first places in the order of bytes, which is the index's."""
    try:
        query, values = columns.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY area USING ~<~, subject LIMIT %s", [*values, limit])
        return cursor.fetchall()


def one_person(viewer: Viewer, action: str, id: UUID) -> frozenset[UUID]:
    """Every pseudonym of the person for whom this one stands, if the divisions of the action hold the person for
    anything, and else none. Shows nothing of the person, so nothing goes on record. Raises Forbidden."""
    with seeing(viewer, action):
        ids = frozenset(pseudonyms([id]))
        held = Holding.objects.filter(subject__in=ids)
        rows = held if scope(viewer, action) is Scope.ALL else in_range(viewer, held)
        return ids if rows.exists() else frozenset()


def area_of(viewer: Viewer, action: str, id: UUID) -> str | None:
    """The division that holds a person, the one that came last where several do; None where no division of the action
    does. Shows nothing of the person, so nothing goes on record. Raises Forbidden."""
    with seeing(viewer, action):
        held = Holding.objects.filter(subject__in=pseudonyms([id]))
        wide = viewer.subject is not None or scope(viewer, action) is Scope.ALL
        rows = held if wide else in_range(viewer, held)
        return rows.order_by("-since", "id").values_list("area", flat=True).first()


def known(viewer: Viewer, action: str, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of ``ids`` for whom ``one_person`` would find somebody, asked of many at once. Raises Forbidden."""
    with seeing(viewer, action):
        rows = pseudonyms(ids)
        held = Holding.objects.filter(subject__in=list(rows))
        seen = held if scope(viewer, action) is Scope.ALL else in_range(viewer, held)
        people = {root(rows, id) for id in seen.values_list("subject", flat=True)}
    return frozenset(id for id in ids if id in rows and root(rows, id) in people)


def met(viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people of whom an encounter is held that says who it was; within ``seeing``. For counting alone:
    which encounter it was is not told."""
    rows = Subject.objects.filter(kind=ENCOUNTER, person__in=list(people))
    return frozenset(rows.values_list("person", flat=True))


def shown(viewer: Viewer, ids: Sequence[UUID], *, purpose: str, now: datetime | None = None) -> dict[UUID, Person]:
    """People beside the rows of another list, each under the pseudonym that was asked for; whom the viewer's role does
    not see is not in it. The look is on record before this returns. Raises Forbidden, NotYourPurpose."""
    allowed(viewer, purpose)
    action = "people.list"
    with seeing(viewer, action):
        standing, rows = _standing(viewer, action, list(dict.fromkeys(ids))), pseudonyms(ids)
    if scope(viewer, action) is Scope.AGGREGATE:
        return {}
    found = {one.id: one for one in _show(viewer, action, standing).people}
    _record(viewer, action, standing.rows, Act.DISPLAY, purpose, None, now)
    return {id: found[at] for id in ids if id in rows and (at := root(rows, id)) in found}
