"""``lianfang stock``: a stocktake from a file, its template, and the way back. The database is opened first."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from lianfang.app.commands import opened
from lianfang.app.commands_lists import TYPES
from lianfang.app.errors import Unusable


def add(commands: Any, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]) -> None:
    """Adds the commands."""
    stock = commands.add_parser("stock", help="stock: import a stocktake, print its template, take one back")
    what = stock.add_subparsers(title="stock", required=True, metavar="WHAT")
    importing = what.add_parser("import", help="import a stocktake of a store from CSV or XLSX")
    importing.add_argument("file", type=Path, help="items by their code, with lot, amount and unit")
    importing.add_argument("--store", metavar="ID", type=_id, required=True, help="the store that was counted")
    importing.add_argument("--confirm", action="store_true", help="what is far from the ledger is right too")
    importing.set_defaults(run=import_count)
    template = what.add_parser("template", help="print the columns of a stocktake")
    template.set_defaults(run=print_template)
    undoing = what.add_parser("undo", help="take a stocktake back, with what it moved")
    undoing.add_argument("stocktake", type=_id, help="as the import has printed it")
    undoing.set_defaults(run=undo)
    for parser in (importing, undoing):
        home(parser)
    for parser in (importing, template, undoing):
        lang(parser)


def import_count(given: Namespace) -> int:
    """Records what is good, names row, field and reason of what is not; 0, or 1 where a row was refused."""
    suffix = given.file.suffix.lower()
    if suffix not in TYPES:
        raise Unusable(f"{given.file}: a stocktake is named {' or '.join(TYPES)}")
    try:
        body = given.file.read_bytes()
    except OSError as error:
        raise Unusable(f"{given.file} cannot be read: {error.strerror}") from None
    with opened(given.home):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import Refused
        from lianfang.capabilities.supplies.service import stocktake
        from lianfang.facts import log

        id = log.new_id()
        try:
            rows = stocktake.rows_of(body, TYPES[suffix])
            done = stocktake.import_lines(operator(), id, given.store, rows, confirm=given.confirm, now=clock.now())
        except Refused as error:
            raise Unusable(f"{given.file}: {_words(error.wrong[0], given.lang)}") from None
    for one in done.wrong:
        where = f"line {one.row + 1}, " if one.row else ""
        print(f"{where}{one.field}: {_words(one, given.lang)}", file=sys.stderr)
    told = f"{done.counted} rows counted, {done.differing} differing, {len(done.wrong)} wrong"
    print(f"{told}; stocktake {id}" if done.counted else told)
    return 1 if done.wrong else 0


def print_template(given: Namespace) -> int:
    """Prints an empty list."""
    from lianfang.capabilities.supplies.rules.stocktake import template

    sys.stdout.buffer.write(template(given.lang).encode())
    return 0


def undo(given: Namespace) -> int:
    """Takes a stocktake back."""
    with opened(given.home):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import NotThere, Refused
        from lianfang.capabilities.supplies.service import stocktake
        from lianfang.facts.facts import Why

        try:
            stocktake.take_back(operator(), given.stocktake, Why.MISTAKEN, now=clock.now())
        except NotThere:
            raise Unusable(f"{given.stocktake} is no stocktake that is on record") from None
        except Refused as error:
            raise Unusable(_words(error.wrong[0], given.lang)) from None
    print(f"stocktake {given.stocktake} is taken back")
    return 0


def _words(wrong: Any, lang: str) -> str:
    return str(wrong.zh if lang == "zh" else wrong.en)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no id") from None
