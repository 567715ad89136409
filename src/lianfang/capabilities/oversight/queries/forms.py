"""Forms: those that are asked for, what is asked twice, and what they cost those who fill them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils.module_loading import import_string

from lianfang.access.matrix import kinds, require, require_over
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.models.forms import FormRow, RestingRow
from lianfang.capabilities.oversight.rules.forms import Burden, FormState, Policy, burden, in_force, state_of
from lianfang.capabilities.tasks.queries import range_of
from lianfang.facts.kinds import registry
from lianfang.profiles.disease.parts import within

READ: Final = "burden.read"
_CAPABILITY: Final = "lianfang.capabilities."
_VAULT: Final = ("name", "phone", "document", "address", "birth_date")
"""Held of a person in the vault, under codes of its own."""
_ENTRIES: Final = (
    "SELECT author, kind, count(*) FROM fact"
    " WHERE received_at >= %s AND observed_at >= %s AND observed_at < %s AND kind = ANY(%s)"
    " AND area ~>=~ %s AND area ~<~ %s AND author <> '' GROUP BY author, kind"
)
"""What was seen on a day came on that day or later: the days before are not looked through."""


class FieldOf(NamedTuple):
    """A field of a form. ``known``: the part of Lianfang that has it, from which it is taken; None: it is asked."""

    code: str
    zh: str
    en: str
    known: str | None


class Form(NamedTuple):
    """A form of the registry. ``area``: whose it is, empty for Lianfang's own; ``fact``: what registered it."""

    code: str
    kind: str
    area: str
    zh: str
    en: str
    basis: str
    doc_no: str
    purpose: str
    purpose_en: str
    ends: date | None
    minutes: float
    times_a_day: float | None
    statutory: bool
    state: FormState
    fields: tuple[FieldOf, ...]
    id: UUID | None = None
    fact: UUID | None = None
    author: str = ""


class Registry(NamedTuple):
    """``resting``: the area whose act lets forms rest here, the highest where several do. ``twice``: codes that two
    forms in force ask."""

    forms: tuple[Form, ...]
    resting: RestingRow | None
    twice: tuple[str, ...]


def policy(now: datetime) -> Policy:
    """The edition of a moment's day."""
    return in_force(now.astimezone(CIVIL_TIME).date())


def listed(viewer: Viewer, area: str, now: datetime) -> Registry:
    """The forms that an area's workers may be asked for: Lianfang's own, those of the area, of areas above and below.
    Raises Forbidden, Refused."""
    range_of(area)
    require_over(viewer, READ, area)
    its, day, rests = policy(now), now.astimezone(CIVIL_TIME).date(), _resting_over(area)
    others = tuple(_registered(area, its, day))
    forms = (*_own(its, day), *_sheets(its, day, resting=rests is not None), *others)
    return Registry(forms, rests, asked_twice(others))


def _resting_over(area: str) -> RestingRow | None:
    """The act that lets forms rest in an area: its own or one of an area above. What an authority publishes is read
    for everybody."""
    with seeing_all():
        rows = [one for one in RestingRow.objects.order_by("area") if not area or within(area, one.area)]
    return rows[0] if rows else None


def offered(viewer: Viewer, sheets: Sequence[str], now: datetime) -> list[str]:
    """Which sheets are asked for where the viewer works: those that rest are not."""
    its, rests = policy(now), viewer.area != "" and _resting_over(viewer.area) is not None
    rest = {one.code for one in its.sheets if rests and not its.statutory(one.basis)}
    return [one for one in sheets if one not in rest]


def asked_twice(forms: Sequence[Form]) -> tuple[str, ...]:
    """Codes that two forms in force ask, of what no part of Lianfang has."""
    asked = [field.code for one in forms if one.state is FormState.ASKED for field in one.fields if not field.known]
    return tuple(sorted({code for code in asked if asked.count(code) > 1}))


@cache
def known_fields() -> Mapping[str, str]:
    """The fields that the record or the vault has, with the part of Lianfang that has each."""
    found, general = dict.fromkeys(_VAULT, "people"), in_force(date.max).general
    for kind, part in parts().items():
        newest = registry().classes[kind, registry().newest[kind]]
        for name in newest.model_fields:
            if name not in general:
                found.setdefault(name, part)
    return found


@cache
def parts() -> Mapping[str, str]:
    """The part of Lianfang, by its code in the policy, that each kind of fact is of; kinds that nobody enters have
    none."""
    own = {one.code for one in in_force(date.max).own}
    found = {}
    for (kind, _), cls in registry().classes.items():
        part = cls.__module__.removeprefix(_CAPABILITY).partition(".")[0]
        if part in own and kind in kinds():
            found[kind] = part
    return found


def spent(viewer: Viewer, area: str, day: date, now: datetime) -> tuple[Burden, Policy]:
    """What forms took of the workers of an area on a civil day. Raises Forbidden, Refused."""
    first, last = range_of(area)
    require_over(viewer, READ, area)
    its = in_force(day)
    begins = datetime.combine(day, time(), CIVIL_TIME)
    more = sum(
        one.minutes * (one.times_a_day or 0)
        for one in _registered(area, its, day, above_only=True)
        if one.state is FormState.ASKED
    )
    part_of = parts()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [begins, begins, begins + timedelta(days=1), list(part_of), first, last])
        return burden(cursor.fetchall(), part_of, more, its), its


def mine(viewer: Viewer, id: UUID) -> FormRow | None:
    """A form that was registered in the viewer's divisions."""
    require(viewer, READ)
    with seeing_all():
        return FormRow.objects.filter(
            subject=id, area__bytes_from=viewer.area_from, area__bytes_before=viewer.area_to
        ).first()


def _own(its: Policy, day: date) -> Iterator[Form]:
    for one in its.own:
        names = [kind for kind, part in parts().items() if part == one.code]
        codes = dict.fromkeys(
            name for kind in names for name in registry().classes[kind, registry().newest[kind]].model_fields
        )
        statutory = its.statutory(one.basis)
        yield Form(
            one.code, "own", "", one.zh, one.en, one.basis, "", one.purpose, one.purpose_en, None, one.minutes, None,
            statutory, state_of(statutory=statutory, ends=None, on=day, resting=False),
            tuple(FieldOf(code, "", "", None) for code in codes),
        )  # fmt: skip


def _sheets(its: Policy, day: date, *, resting: bool) -> Iterator[Form]:
    declared = _declared()
    for one in its.sheets:
        statutory = its.statutory(one.basis)
        named: Any = declared[one.code]
        yield Form(
            one.code, "sheet", "", named.zh, named.en, one.basis, "", one.purpose, one.purpose_en, None, 0, None,
            statutory, state_of(statutory=statutory, ends=None, on=day, resting=resting), (),
        )  # fmt: skip


@cache
def _declared() -> Mapping[str, Any]:
    """The sheets that are filled from the record, where the app that fills them declares them."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        path = getattr(config, "sheets", "")
        found |= import_string(path) if path else {}
    return found


def _registered(area: str, its: Policy, day: date, *, above_only: bool = False) -> Iterator[Form]:
    """The forms of offices that an area's workers fill in: its own, those of areas above, and those of areas below."""
    with seeing_all():
        rows = list(FormRow.objects.order_by("area", "code"))
        resting = list(RestingRow.objects.values_list("area", flat=True))
    for row in rows:
        if not within(area, row.area) and (above_only or not within(row.area, area)):
            continue
        statutory = its.statutory(row.basis)
        where = area if within(area, row.area) else row.area
        rests = any(within(where, one) for one in resting)
        yield Form(
            row.code, "office", row.area, row.zh, row.en, row.basis, row.doc_no, row.purpose, "", row.ends,
            row.minutes, row.times_a_day, statutory,
            state_of(statutory=statutory, ends=row.ends, on=day, resting=rests), tuple(_fields(row)), row.subject,
            row.fact, row.author,
        )  # fmt: skip


def _fields(row: FormRow) -> Iterator[FieldOf]:
    known = known_fields()
    for one in row.fields:
        yield FieldOf(one["code"], one["zh"], one["en"], known.get(one["code"]))
