"""Files of people: with names, as far as the role sees them, or without, for those who count and do not call.

A file without names has ids of chance that no other file has, coarse dates, and nobody among fewer than k alike.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from django.utils import timezone

from lianfang.access.matrix import fields
from lianfang.access.viewer import Viewer
from lianfang.accounts.words import Told
from lianfang.epi.disclosure.cells import Value, table
from lianfang.epi.disclosure.export import COLUMNS, Dates, Failing, Held, NotExported, Rules, pseudonymise
from lianfang.identity import looks, queries
from lianfang.identity.facts import Act
from lianfang.identity.models import PERSON
from lianfang.identity.queries import Exported
from lianfang.profiles.privacy import disclosure

Language = Literal["zh", "en"]
TITLES: dict[str, tuple[str, str]] = {
    "id": ("编号", "id"),
    "name": ("姓名", "name"),
    "sex": ("性别", "sex"),
    "birth_date": ("出生日期", "birth date"),
    "documents": ("证件", "documents"),
    "phones": ("电话", "phones"),
    "address": ("住址", "address"),
    "age_band": ("年龄段", "age class"),
    "area": ("区划代码", "area code"),
    "data_class": ("类别", "class"),
    "since": ("起始", "since"),
    "ends": ("结束", "ends"),
}
HELD = ("area", "data_class", "since", "ends")
FIELDS = ("name", "sex", "birth_date", "documents", "phones", "address")


class NoNames(Told):
    """A role whose exports hold no names."""

    def __init__(self) -> None:
        super().__init__(
            "您的角色不能导出姓名，请导出去标识数据", "your role exports no names: ask for a pseudonymised file"
        )


class TooFew(Told):
    """Some would be among fewer than k alike; ``failing`` are their combinations."""

    def __init__(self, error: NotExported, k: int) -> None:
        super().__init__(
            f"有{error.total}种组合不足{k}人，未导出：请减少栏目或扩大区域",
            f"{error.total} combinations are shared by fewer than {k} people, so nothing was exported: leave out "
            "a column or widen the area",
        )
        self.failing: tuple[Failing, ...] = error.failing


def rules() -> tuple[Rules, int]:
    """The policy of exports without names, and by how many days at most a date is shifted."""
    row = disclosure()["export"]
    known = frozenset(row["quasi_identifiers"])
    bands = tuple(row["age_bands"])
    return Rules(row["k"], known, Dates(row["dates"]), bands, row["area_digits"]), row["shift_days"]


def named(
    viewer: Viewer, *, area: str, data_class: str, purpose: str, lang: Language, now: datetime | None = None
) -> str:
    """A CSV file of people with the fields that the role may export, masked where it sees them masked.

    The look is on record before this returns. Raises Forbidden, NoNames, NotYourPurpose, TooMany.
    """
    sights = fields(viewer, "people.export")
    if "name" not in sights:
        raise NoNames
    people, _ = queries.exported(viewer, area=area, data_class=data_class, purpose=purpose)
    columns = [name for name in FIELDS if any(name in one.person.shown for one in people)]
    rows = [_row(one, columns) for one in people]
    classes = [name for name in (*queries.PERSONAL, "health") if name in sights]
    looks.record(viewer, [one.person.id for one in people], classes, Act.EXPORT, purpose, now=now)
    return table(_header(["id", *columns, *HELD], lang), rows)


def pseudonymised(
    viewer: Viewer,
    *,
    area: str,
    data_class: str,
    columns: Sequence[str] = COLUMNS,
    purpose: str,
    lang: Language,
    now: datetime | None = None,
) -> str:
    """A CSV file of people without names, one row a person. Encounters are none: nobody knows how many people they are.

    The look is on record before this returns. Raises Forbidden, TooFew, NotYourPurpose, TooMany.
    """
    policy, most = rules()
    people, _ = queries.exported(viewer, area=area, data_class=data_class, purpose=purpose)
    people = [one for one in people if one.person.kind == PERSON and one.person.holdings]
    try:
        rows = pseudonymise(
            [_held(one) for one in people],
            columns=columns,
            ids=[str(uuid4()) for _ in people],
            shifts=[secrets.randbelow(2 * most + 1) - most for _ in people],
            on=timezone.localdate(now),
            rules=policy,
        )
    except NotExported as error:
        raise TooFew(error, policy.k) from None
    looks.record(viewer, [one.person.id for one in people], (), Act.EXPORT, purpose, now=now)
    names = ["id", *columns]
    return table(_header(names, lang), [[row[name] for name in names] for row in rows])


def _header(names: Sequence[str], lang: Language) -> list[str]:
    return [TITLES[name][lang == "en"] for name in names]


def _row(one: Exported, columns: Sequence[str]) -> list[Value]:
    shown = one.person.shown
    latest = _latest(one)
    held = [getattr(latest, name) for name in HELD] if latest else [None] * len(HELD)
    return [one.person.id, *(_cell(shown.get(name)) for name in columns), *held]


def _cell(value: Any) -> Value:
    """A field as one cell: several documents or phones stand beside each other."""
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell_of_many(one) for one in value)
    return value  # type: ignore[no-any-return]  # the vault shows texts and dates


def _cell_of_many(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in (value["kind"], value["country"], value["number"]) if part)
    return str(value)


def _held(one: Exported) -> Held:
    latest = _latest(one)
    assert latest is not None  # people without a holding in the list are left out before
    content = one.content
    return Held(content.birth_date, content.sex, latest.area, latest.data_class, latest.since, latest.ends)


def _latest(one: Exported) -> Any:
    """The last reason for holding somebody."""
    return max(one.person.holdings, key=lambda held: (held.since, str(held.id)), default=None)
