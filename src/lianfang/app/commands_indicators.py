"""``lianfang indicators``: the figures of an area, by the door that the page asks. What needs the database is imported
once it is open."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lianfang.app.commands import opened
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.app.indicators.queries import Figure, Figures

When = Callable[[str], datetime]


def add(
    commands: Any, when: When, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]
) -> None:
    """Adds the command."""
    printing = commands.add_parser("indicators", help="print the figures of an area on a day")
    printing.add_argument("--area", required=True, metavar="CODE", help="a division by its code, such as 530100")
    printing.add_argument("--day", metavar="DATE", type=date.fromisoformat, help="the day (default: today)")
    printing.add_argument("--known-at", metavar="TIME", type=when, help="from what was known then (default: now)")
    printing.add_argument("--disease", default="ncov-2020", metavar="CODE", help="(default: %(default)s)")
    printing.add_argument("--json", action="store_true", help="print JSON")
    lang(printing)
    home(printing)
    printing.set_defaults(run=run)


def run(given: Namespace) -> int:
    """Prints the figures; 0, or 1 where a sum does not close. Raises Unusable for an area that there is not."""
    with opened(given.home, drills=True):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import NotThere
        from lianfang.app.indicators import queries

        asked = {"disease": given.disease, "day": given.day, "known_at": given.known_at}
        try:
            found = queries.figures(operator(), given.area, **asked, now=clock.now())
        except NotThere:
            raise Unusable(f"there is no division {given.area}: give a code such as 530100") from None
        print(json.dumps(_told(found), ensure_ascii=False) if given.json else _lines(found, given.lang))
    return 0 if all(check.holds for check in found.checks) else 1


def _told(found: Figures) -> dict[str, Any]:
    return {
        "area": found.area.code,
        "day": found.moment.day.isoformat(),
        "known_at": found.moment.known_at.isoformat(),
        "seq": found.moment.seq,
        "figures": {key: one._asdict() for key, one in found.figures.items()},
        "checks": {one.identity.code: {"holds": one.holds, "detail": one.detail} for one in found.checks},
    }


def _lines(found: Figures, lang: str) -> str:
    from lianfang.app.indicators.registry import indicators

    en = lang == "en"
    told = [f"{found.area.code} {found.area.name} {found.moment.day} #{found.moment.seq}"]
    for key, figure in found.figures.items():
        one, _ = indicators()[key]
        told.append(f"{key:26} {_number(figure):>12}  {one.en if en else one.zh}")
    told += [
        f"{'=' if one.holds else '≠'} {one.identity.en if en else one.identity.zh}: {one.detail}"
        for one in found.checks
    ]
    return "\n".join(told)


def _number(figure: Figure) -> str:
    if figure.n is None:
        return "–"
    return str(figure.n) if figure.of is None else f"{figure.n}/{figure.of}"
