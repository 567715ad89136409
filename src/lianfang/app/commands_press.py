"""``lianfang briefing`` and ``lianfang external``: packs of press conferences, and the log of what was told outside the
country. What needs the database is imported once it is open."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from lianfang.app.commands import home_to_read, opened
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.app.publication.paper import Paper

FORMATS: Final = ("pdf", "docx", "html", "txt", "xlsx")


def add(
    commands: _SubParsersAction[Any],
    home: Callable[[ArgumentParser], None],
    lang: Callable[[ArgumentParser], None],
) -> None:
    """Adds the commands to the parser."""
    for name, said, listing, giving, listed, of in (
        ("briefing", "press conferences: list them, write a pack as a file",
         "list press conferences, the latest first", "write the pack of a press conference as a file",
         briefings, _pack),
        ("external", "what was told outside the country: the log with its clocks, and what was told as a file",
         "the log: each event with its assessment, its clock and who was told", "write what is told of an event",
         external, _notification),
    ):  # fmt: skip
        what = commands.add_parser(name, help=said).add_subparsers(title=name, required=True, metavar="WHAT")
        logged = what.add_parser("list", help=listing)
        logged.add_argument("--area", default="", metavar="CODE", help="a division by its code (default: all)")
        lang(logged)
        home(logged)
        logged.set_defaults(run=listed)
        given = what.add_parser("file", help=giving)
        given.add_argument("id", metavar="ID")
        given.add_argument("--format", choices=FORMATS, default="pdf")
        given.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write it")
        lang(given)
        home(given)
        given.set_defaults(run=give_out, paper=of)


def briefings(options: Namespace) -> int:
    """Prints a line for each press conference."""
    with opened(home_to_read(options.home), drills=True):
        from lianfang.access.matrix import operator
        from lianfang.capabilities.bulletins.queries import briefings as queries

        rows = [
            (one.subject, one.area, one.held_at.isoformat(), "held" if one.held else "planned",
             f"{one.answered}/{one.questions}")
            for one in queries.listed(operator(), options.area)
        ]  # fmt: skip
    _print(("id", "area", "held_at", "state", "answered"), rows)
    return 0


def external(options: Namespace) -> int:
    """Prints a line for each event; 1 where one has to be told and is late."""
    with opened(home_to_read(options.home), drills=True):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.capabilities.bulletins.queries import external as queries
        from lianfang.capabilities.bulletins.rules.external import Clock
        from lianfang.capabilities.bulletins.rules.external import clock as clock_of

        now = clock.now()
        told = [(one, clock_of(one.due, one.told_at, now)) for one in queries.listed(operator(), options.area)]
        rows = [
            (one.subject, one.area, one.disease, getattr(one, f"title_{options.lang}"), one.assessed_at.isoformat(),
             one.due.isoformat() if one.due else "", one.told_at.isoformat() if one.told_at else "", state.value,
             one.notifications, one.acknowledged)
            for one, state in told
        ]  # fmt: skip
    head = ("id", "area", "disease", "title", "assessed_at", "due", "told_at", "clock", "notifications", "acknowledged")
    _print(head, rows)
    return 1 if any(state is Clock.OVERDUE for _, state in told) else 0


def give_out(options: Namespace) -> int:
    """Writes the pack of a press conference, or what is told of an event, as a file."""
    try:
        subject = UUID(options.id)
    except ValueError:
        raise Unusable(f"{options.id}: is no number; `list` prints them") from None
    with opened(home_to_read(options.home), drills=True):
        from lianfang.accounts.refused import NotThere
        from lianfang.app.publication.outputs import set_paper
        from lianfang.capabilities.warning.rules.pack.printed import NoFont

        try:
            made = set_paper(options.paper(subject, options.lang), options.format)
        except NotThere:
            raise Unusable(f"there is no {options.id}; `list` prints those that there are") from None
        except NoFont as error:
            raise Unusable(str(error)) from None
    try:
        options.out.write_bytes(made)
    except OSError as error:
        raise Unusable(f"{options.out}: {error.strerror}") from None
    print(options.out)
    return 0


def _pack(subject: UUID, lang: Any) -> Paper:
    from lianfang.access.matrix import operator
    from lianfang.app.publication.press import pack

    return pack(operator(), subject, lang)


def _notification(subject: UUID, lang: Any) -> Paper:
    from lianfang.access.matrix import operator
    from lianfang.accounts import clock
    from lianfang.app.publication.outside import notification

    return notification(operator(), subject, lang, now=clock.now())


def _print(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerows([head, *rows])
