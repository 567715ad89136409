"""``lianfang lists``: import a list, print a template. What needs the database is imported once it is open."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lianfang.app import database
from lianfang.app.commands import home_to_read, opened
from lianfang.app.errors import Unusable

KINDS = ("cases", "contacts", "pairs", "arrivals")
TYPES = {".csv": "text/csv", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST_PRINTED = 200
"""Faults that are printed, what is told of rows that are taken summed up; all go to the file of ``--errors``."""


def add(commands: Any, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]) -> None:
    """Adds the commands."""
    lists = commands.add_parser("lists", help="line lists, contacts, pairs, manifests: import one, print a template")
    what = lists.add_subparsers(title="lists", required=True, metavar="WHAT")
    importing = what.add_parser("import", help="import a list of any columns from CSV or XLSX")
    _options(importing)
    template = what.add_parser("template", help="print the columns that a list may have")
    for parser in (importing, template):
        parser.add_argument("--kind", choices=KINDS, help="what the list is of (default: as its titles say)")
        lang(parser)
    home(importing)
    importing.set_defaults(run=import_list)
    template.set_defaults(run=print_template)


def _options(command: ArgumentParser) -> None:
    command.add_argument("file", help="a list, CSV or XLSX, with any titles")
    command.add_argument("--check", action="store_true", help="only tell what would be recorded and what is wrong")
    command.add_argument("--mapping", metavar="FILE", type=Path, help="a mapping as JSON (see --show-mapping)")
    command.add_argument("--show-mapping", action="store_true", help="print the mapping that is guessed, and stop")
    command.add_argument(
        "--column", metavar="TITLE=FIELD", action="append", default=[], help="say which field a column is"
    )
    command.add_argument(
        "--set", metavar="FIELD=VALUE", action="append", default=[], help="what holds where a row says nothing"
    )
    command.add_argument("--until", metavar="DATE", type=_day, help="the day that the list is of: it gives the year")
    command.add_argument("--earliest", metavar="DATE", type=_day, help="where a range begins of which the end is told")
    command.add_argument("--order", choices=("dmy", "mdy"), help="whether 01/02/2020 is in February or January")
    command.add_argument("--errors", metavar="FILE", type=Path, help="write what was told of each row as CSV")


def import_list(given: Namespace) -> int:
    """Imports what is good, names row, field and reason of what is not; 0, or 1 where a row was refused."""
    path = Path(given.file)
    if path.suffix.lower() not in TYPES:
        raise Unusable(f"{path}: a list is named {' or '.join(TYPES)}")
    body = _bytes(path)
    with opened(_to_look_at(given.home) if given.check or given.show_mapping else given.home):
        from lianfang.accounts.words import Told

        try:
            return _import(given, body, TYPES[path.suffix.lower()])
        except Told as error:
            raise Unusable(f"{path}: {error.zh if given.lang == 'zh' else error.en}") from None


def _to_look_at(named: Path | None) -> Path | None:
    """The data folder to hold a list against. Raises Unusable where there is none: looking makes none."""
    home = home_to_read(named)
    folder = home or database.default_home()
    if not os.environ.get(database.URL) and not (folder / "secrets").is_dir():
        raise Unusable(
            f"{folder} holds no data to check the list against: name a data folder with --home, or import it"
        )
    return home


def _import(given: Namespace, body: bytes, content_type: str) -> int:
    from lianfang.access.matrix import operator
    from lianfang.accounts import clock
    from lianfang.exchange import queries, service
    from lianfang.exchange.layout import ListKind

    viewer, kind = operator(), ListKind(given.kind) if given.kind else None
    seen = service.preview(viewer, body, content_type, kind, now=clock.now())
    mapping = _mapping(given, seen.mapping)
    if given.show_mapping:
        print(mapping.model_dump_json(indent=1, exclude_defaults=True))
        return 0
    row = service.start(viewer, seen.list.id, mapping, dry=given.check, here=True)
    faults = queries.faults(viewer, row.id, limit=None)
    for one in [one for one in faults if not one.note][:MOST_PRINTED]:
        print(f"row {one.row}, {one.field}: {_words(one, given.lang)}", file=sys.stderr)
    for (field, told), rows in Counter(
        (one.field, _words(one, given.lang)) for one in faults if one.note
    ).most_common():
        print(f"{_count(rows, 'row')}, {field}: {told}", file=sys.stderr)
    if given.errors:
        given.errors.write_text(queries.as_csv(viewer, row.id, given.lang), encoding="utf-8")
    if row.why:
        raise Unusable(f"{given.file}: {row.why}")
    print(_summary(row, len(faults)))
    return 1 if row.refused else 0


def print_template(given: Namespace) -> int:
    """Prints an empty list."""
    from lianfang.exchange.layout import ListKind, template

    sys.stdout.buffer.write(template(ListKind(given.kind or "cases"), given.lang))
    return 0


def _words(fault: Any, lang: str) -> str:
    return str(fault.zh if lang == "zh" else fault.en)


def _summary(row: Any, told: int) -> str:
    did = (
        f"{row.taken} would be recorded, with {_count(row.links, 'link')}"
        if row.dry
        else f"{row.taken} recorded ({_count(row.facts, 'fact')}, {row.people} people entered, "
        f"{_count(row.links, 'link')})"
    )
    return (
        f"{_count(row.rows, 'row')}: {did}, {row.left_out} left out as held already, {row.refused} refused; "
        f"{_count(told, 'remark')}; list {row.id}"
    )


def _count(n: int, of: str) -> str:
    return f"{n} {of}" if n == 1 else f"{n} {of}s"


def _mapping(given: Namespace, guessed: Any) -> Any:
    """The guessed mapping, or that of a file, with what the options say besides."""
    from pydantic import ValidationError

    from lianfang.exchange.mapping import Mapping

    told = guessed.model_dump(mode="json")
    if given.mapping:
        told = _object(given.mapping)
    told["columns"] = {**told.get("columns", {}), **_pairs("--column", given.column)}
    told["constants"] = {**told.get("constants", {}), **_pairs("--set", given.set)}
    told |= {name: value for name in ("until", "earliest", "order") if (value := getattr(given, name))}
    try:
        return Mapping.model_validate(told)
    except ValidationError as error:
        raise Unusable("; ".join(one["msg"] for one in error.errors())) from None


def _object(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(_bytes(path))
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Unusable(f"{path} is no mapping: begin with what --show-mapping prints")
    return told


def _pairs(option: str, given: list[str]) -> dict[str, str]:
    found = {}
    for one in given:
        name, equals, value = one.rpartition("=") if option == "--column" else one.partition("=")
        if not equals:
            raise Unusable(f"{option} {one}: write it as {'TITLE=FIELD' if option == '--column' else 'FIELD=VALUE'}")
        found[name] = value
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date: write it as 2020-02-29") from None
