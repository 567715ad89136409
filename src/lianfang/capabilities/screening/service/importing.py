"""Households and their grids from the rows of a spreadsheet: good rows though others are wrong, and the same list again
changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import reaches, require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.screening.facts import (
    GridRegistered,
    HouseholdRegistered,
    Site,
    grid_id,
    household_id,
)
from lianfang.capabilities.screening.models import GridRow, HouseholdRegister, HouseholdRow
from lianfang.capabilities.screening.queries.own import MANAGE
from lianfang.capabilities.screening.rules.policy import sites
from lianfang.capabilities.screening.service.recording import append, fact_of, made
from lianfang.capabilities.screening.state import household
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MOST: Final = 1_000
COLUMNS: Final = frozenset({"community", "grid", "building", "unit", "door", "site", "expected"})


class Imported(NamedTuple):
    """What became of a list: grids and households that are new, households that changed (another grid, kind or number
    expected), that were known as they are; and what was wrong, by row."""

    grids: int
    added: int
    changed: int
    unchanged: int
    wrong: tuple[Wrong, ...]


class _Row(NamedTuple):
    number: int
    grid: GridRegistered
    home: HouseholdRegistered


def import_households(viewer: Viewer, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> Imported:
    """Registers the households of a list in their grids, and the grids that are not there yet. A household is known by
    its door. Raises Forbidden, Refused."""
    require(viewer, MANAGE)
    if len(rows) > MOST:
        zh, en = f"一次最多{MOST}行，请分批", f"has more than {MOST} rows: send it in parts"
        raise Refused([Wrong("rows", "too_many", zh, en)])
    wrong: list[Wrong] = []
    good: dict[UUID, _Row] = {}
    for number, fields in enumerate(rows, 1):
        try:
            row = _read(viewer, number, fields)
        except Refused as error:
            wrong += [one._replace(row=number) for one in error.wrong]
            continue
        id = household_id(row.home.community, row.home.building, row.home.unit, row.home.door)
        before = good.setdefault(id, row)
        if before.home != row.home:
            zh = f"与第{before.number}行是同一门牌而内容不同，请核对"
            wrong.append(Wrong("door", "twice", zh, f"is the door of row {before.number}, told otherwise", number))
    with seeing(viewer, MANAGE):
        locked(*good, *{row.home.grid for row in good.values()})
        return _recorded(viewer, good, wrong, now)


def _read(viewer: Viewer, number: int, fields: Mapping[str, Any]) -> _Row:
    """Raises Refused, field by field."""
    told = {name: _plain(value) for name, value in fields.items() if _plain(value) is not None}
    unknown = [name for name in told if name not in COLUMNS]
    missing = [name for name in ("community", "grid", "door") if name not in told]
    wrong = [Wrong(name, "no_column", "没有这一列，请删除", "is no column: take it out") for name in unknown]
    wrong += [Wrong(name, "missing", "必填，请补充", "is needed: fill it in") for name in missing]
    site = _site(str(told.pop("site", "")))
    if site is None:
        known = "、".join(title.zh[0] for title in sites().values())
        en = f"is no known kind: one of {', '.join(title.en[0] for title in sites().values())}"
        wrong.append(Wrong("site", "unknown_word", f"不是已知的类型，可用：{known}", en))
    if wrong:
        raise Refused(wrong)
    community, name = str(told["community"]), str(told.pop("grid"))
    if not known_areas()(community):
        raise Refused([no_area("community")])
    if not reaches(viewer, MANAGE, community):
        raise Refused([Wrong("community", "outside_area", "不在您负责的区域内", "is not in your area")])
    grid = made(GridRegistered, community=community, name=name, site=site)
    home = made(HouseholdRegistered, grid=grid_id(community, name), **told)
    return _Row(number, grid, home)


def _plain(value: Any) -> Any:
    """A cell as text, or as a whole number where it is one; None where it is empty. A sheet has 301 as a number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip() if value is not None else ""
    return text or None


def _site(word: str) -> Site | None:
    """The kind of site that a word stands for; a residential community where nothing is said."""
    return _words().get(word.casefold()) if word else Site.COMMUNITY


@cache
def _words() -> Mapping[str, Site]:
    return {
        word.casefold(): site for site, title in sites().items() for word in (site.value, *title.zh, *title.en)
    }  # fmt: skip


def _recorded(viewer: Viewer, good: Mapping[UUID, _Row], wrong: list[Wrong], now: datetime) -> Imported:
    facts: list[Fact] = []
    grids = {row.home.grid: row.grid for row in good.values()}
    there = GridRow.objects.filter(subject__in=list(grids), registered_at__isnull=False)
    new = grids.keys() - set(there.values_list("subject", flat=True))
    for id in sorted(new):
        facts.append(fact_of(viewer, grids[id], subject=id, area=grids[id].community, at=None, now=now))
    known = _by_door(good)
    history: dict[UUID, list[Fact]] = defaultdict(list)
    for entry in log.read(kinds=HouseholdRegister.kinds, subjects=list({*known.values()})):
        history[entry.fact.subject].append(entry.fact)
    added = changed = unchanged = 0
    for id, row in good.items():
        subject = known.get(id, id)
        theirs = standing(household.own_facts(history[subject]).facts).facts
        held = [one for one in theirs if isinstance(one.data, HouseholdRegistered)]
        if held and held[0].data.model_copy(update={"batch": None}) == row.home:
            unchanged += 1
            continue
        added, changed = added + (not held), changed + bool(held)
        corrects = held[0].id if held else None
        facts.append(
            fact_of(
                viewer, row.home, subject=subject, area=row.home.community, at=None, now=now, corrects=corrects,
                history=history[subject],
            )
        )  # fmt: skip
    append(viewer, facts)
    return Imported(len(new), added, changed, unchanged, tuple(sorted(wrong, key=lambda one: one.row or 0)))


def _by_door(good: Mapping[UUID, _Row]) -> dict[UUID, UUID]:
    """The households on the register behind the doors of a list: one that was moved has kept its first id."""
    wanted = {
        (row.home.community, row.home.building or "", row.home.unit or "", row.home.door): id
        for id, row in good.items()
    }  # fmt: skip
    rows = HouseholdRow.objects.filter(area__in={key[0] for key in wanted}, door__in={key[3] for key in wanted})
    told = rows.filter(grid__isnull=False).values_list("subject", "area", "building", "unit", "door")
    return {wanted[where]: subject for subject, *at in told if (where := tuple(at)) in wanted}
