"""``lianfang warning``: asks the rules of signals, makes estimates, prints a pack. What needs the database is imported
once it is open."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.app import database
from lianfang.app.commands import opened
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.capabilities.warning.rules.signals.finding import Finding

When = Callable[[str], datetime]


def add(
    commands: Any, when: When, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]
) -> None:
    """Adds the commands."""
    warning = commands.add_parser("warning", help="signals: ask the rules now, or of an earlier time")
    what = warning.add_subparsers(title="warning", required=True, metavar="WHAT")
    running = what.add_parser("run", help="raise what the rules find and nobody has raised; again, it raises nothing")
    running.add_argument("--as-of", metavar="TIME", type=when, help="of what had happened by then (default: now)")
    running.add_argument("--known-at", metavar="TIME", type=when, help="from what was known then (default: as of)")
    running.add_argument("--check", action="store_true", help="only tell what the rules find")
    running.add_argument("--json", action="store_true", help="print JSON, one finding a line")
    lang(running)
    home(running)
    running.set_defaults(run=run)
    making = what.add_parser("estimate", help="make and keep the estimates of every division with cases; again, none")
    making.add_argument(
        "--as-of", metavar="DATE", type=date.fromisoformat, help="the last day told (the last whole one)"
    )
    making.add_argument("--known-at", metavar="TIME", type=when, help="from what was known then (default: now)")
    lang(making)
    home(making)
    making.set_defaults(run=estimate)
    printing = what.add_parser("pack", help="print the assessment pack of an area as PDF")
    printing.add_argument("--area", required=True, metavar="CODE", help="a division by its code, such as 530100")
    printing.add_argument("--out", required=True, metavar="FILE", type=Path, help="where to write the PDF")
    printing.add_argument("--disease", default="ncov-2020", metavar="CODE", help="(default: %(default)s)")
    printing.add_argument(
        "--as-of", metavar="DATE", type=date.fromisoformat, help="the last day told (the last whole one)"
    )
    printing.add_argument("--known-at", metavar="TIME", type=when, help="from what was known then (default: now)")
    lang(printing)
    home(printing)
    printing.set_defaults(run=pack)


def estimate(given: Namespace) -> int:
    """Makes and keeps the estimates of every division with cases; 0."""
    with opened(given.home) as found:
        from lianfang.accounts import clock
        from lianfang.capabilities.warning.service import daily

        with database.as_owner(found):
            kept = daily.run(clock.now(), as_of=given.as_of, known_at=given.known_at)
        print(f"{kept} kept." if given.lang == "en" else f"保存了{kept}份。")
    return 0


def pack(given: Namespace) -> int:
    """Writes the assessment pack of an area; 0. Raises Unusable for what cannot be told or written."""
    with opened(given.home):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import Refused
        from lianfang.capabilities.cases.models import zone
        from lianfang.capabilities.warning.queries.pack import pack as gathered
        from lianfang.capabilities.warning.rules.pack.printed import NoFont, pdf
        from lianfang.capabilities.warning.rules.pack.words import Words

        asked = {"disease": given.disease, "as_of": given.as_of, "known_at": given.known_at}
        try:
            now = clock.now()
            made = pdf(gathered(operator(), given.area, **asked, now=now), Words(given.lang, zone()), now)
        except (Refused, NoFont) as error:
            raise Unusable(error.zh if given.lang == "zh" else error.en) from None
        try:
            given.out.write_bytes(made)
        except OSError as error:
            raise Unusable(f"{given.out} cannot be written: {error.strerror}") from None
        print(f"{given.out}: {len(made):,} bytes." if given.lang == "en" else f"{given.out}：{len(made):,}字节。")
    return 0


def run(given: Namespace) -> int:
    """Prints what was raised, or with ``--check`` all that the rules find; 0."""
    with opened(given.home) as found:
        from lianfang.accounts import clock
        from lianfang.capabilities.warning.service import signals

        with database.as_owner(found):
            looked = signals.look(given.as_of or clock.now(), known_at=given.known_at or given.as_of)
        told = looked.found if given.check else signals.raise_found(looked)
        for one in told:
            print(_json(one) if given.json else _line(one, given.lang))
        if not given.json:
            said = "found" if given.check else f"raised of {len(looked.found)} found"
            print(f"{len(told)} {said}, as of {looked.as_of.isoformat()}, on the record up to fact {looked.seq}.")
    return 0


def _json(one: Finding) -> str:
    told = one._asdict() | {"signal": str(one.signal), "subjects": [str(subject) for subject in one.subjects]}
    told["evidence"] = {its.code: its.value for its in one.evidence}
    return json.dumps(told, ensure_ascii=False)


def _line(one: Finding, lang: str) -> str:
    from lianfang.capabilities.warning.rules.signals.policy import policy
    from lianfang.places.queries import current_gazetteer

    its, division = policy(), current_gazetteer().division(one.area)
    rule = its.rule(one.rule, one.version)
    name = one.area if division is None else f"{one.area} {division.name if lang == 'zh' else division.en}"
    figures = "; ".join(
        f"{getattr(its.evidence[told.code], lang)} {told.value}" for told in one.evidence if told.value is not None
    )
    return f"{getattr(rule, lang) if rule else one.rule}: {name} ({figures})"
