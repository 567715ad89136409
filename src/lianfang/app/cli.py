"""``lianfang``: the command line. Every error a user can mend is one line that says how, and exit status 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from lianfang.app import (
    commands,
    commands_command,
    commands_epi,
    commands_indicators,
    commands_issues,
    commands_lists,
    commands_notices,
    commands_oversight,
    commands_press,
    commands_site,
    commands_stock,
    commands_warning,
    serve,
)
from lianfang.app.drill import commands as commands_drill
from lianfang.app.errors import Unusable

CHINA = timezone(timedelta(hours=8))


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    try:
        options = parser().parse_args(argv)
        return int(options.run(options) or 0)
    except Unusable as error:
        print(f"lianfang: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="lianfang", description="联防: joint prevention and control of an epidemic.")
    commands_ = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    demo = commands_.add_parser("demo", help="show two real notices, read, proved and written back")
    demo.add_argument("--port", type=int, default=8420, help="port on this machine (default 8420; 0 takes a free one)")
    demo.add_argument("--no-browser", action="store_true", help="do not open the page")
    demo.add_argument("--no-drill", action="store_true", help="without the finished drill beside it")
    demo.add_argument("--day", metavar="DAY", type=_day, help="when its clock begins, at 9:00 (default 2020-01-30)")
    _home(demo)
    demo.set_defaults(run=serve.demo)

    init = commands_.add_parser("init", help="make a data folder and a one-time link for the first administrator")
    init.add_argument(
        "--url", metavar="URL", help="where people will reach it (default: LIANFANG_URL, or this machine)"
    )
    _home(init)
    init.set_defaults(run=commands.init)

    serving = commands_.add_parser("serve", help="serve an installation")
    serving.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serving.add_argument("--port", type=int, default=8420, help="port to listen on (default 8420; 0 takes a free one)")
    serving.add_argument("--url", metavar="URL", help="where people reach it, if a proxy stands before it")
    serving.add_argument("--certificate", metavar="FILE", type=Path, help="TLS certificate (PEM)")
    serving.add_argument("--certificate-key", metavar="FILE", type=Path, help="its key (PEM)")
    serving.add_argument(
        "--own-certificate", action="store_true", help="make a certificate that phones are told to trust"
    )
    _home(serving)
    serving.set_defaults(run=serve.serve)

    read = commands_.add_parser("read", help="read notices from a text; stores nothing")
    read.add_argument("file", nargs="?", default="-", help="a text file, or - for standard input")
    read.add_argument("--area", metavar="CODE", help="code of the division whose notice this is")
    read.add_argument("--published", metavar="TIME", type=when, help="when it was published (gives the year)")
    read.add_argument("--json", action="store_true", help="print JSON")
    read.add_argument(
        "--jsonl", metavar="FILE", help="read one notice a line: id, text, pub_time, title, province_code"
    )
    _lang(read)
    read.set_defaults(run=commands.read)

    receive = commands_.add_parser("receive", help="read notices from a text and store them as facts")
    receive.add_argument("file", help="a text file, or - for standard input")
    receive.add_argument("--area", metavar="CODE", help="code of the division whose notice this is")
    receive.add_argument("--published", metavar="TIME", type=when, help="when it was published (gives the year)")
    receive.add_argument("--title", help="title of the source")
    receive.add_argument("--url", help="address of the source")
    receive.add_argument("--publisher", help="who published it")
    _home(receive)
    _lang(receive)
    receive.set_defaults(run=commands.receive)

    bulletin = commands_.add_parser("bulletin", help="the notice of an area as of a moment; verify ours, give them out")
    bulletin.add_argument("area", metavar="AREA", help="code of the division; or verify, or file")
    bulletin.add_argument(
        "issue", metavar="ID", nargs="?", help="with verify: one (default: all that were issued); with file: which"
    )
    bulletin.add_argument("--as-of", metavar="TIME", type=when, help="cut-off (default: the latest)")
    bulletin.add_argument("--known-at", metavar="TIME", type=when, help="from what was known then (default: now)")
    bulletin.add_argument("--lang", choices=["zh", "en"], default="zh")
    bulletin.add_argument(
        "--format", choices=["text", "txt", "html", "pdf", "docx", "xlsx", "json", "schema"], default="text"
    )
    bulletin.add_argument("--out", metavar="FILE", help="with file: where to write it")
    bulletin.add_argument("--against", metavar="FILE", help="with verify ID: a file of it, compared to the byte")
    _home(bulletin)
    bulletin.set_defaults(run=commands_issues.run)

    places = commands_.add_parser("places", help="divisions: import a hierarchy or populations, print the template")
    what = places.add_subparsers(title="places", required=True, metavar="WHAT")
    importing = what.add_parser("import", help="import a hierarchy of divisions, or how many live in them, from CSV")
    importing.add_argument("file")
    importing.add_argument("--population", action="store_true", help="the file says how many live in divisions")
    _home(importing)
    importing.set_defaults(run=commands.import_places)
    template = what.add_parser("template", help="print the columns that an import takes")
    template.add_argument("--population", action="store_true", help="of a file that says how many live in divisions")
    template.set_defaults(run=commands.places_template)

    people = commands_.add_parser("people", help="the vault: import people, print the template")
    what = people.add_subparsers(title="people", required=True, metavar="WHAT")
    importing = what.add_parser("import", help="import people from CSV or XLSX into the vault")
    importing.add_argument("file")
    importing.add_argument("--area", metavar="CODE", help="division of the rows that name none")
    importing.add_argument("--data-class", metavar="CLASS", help="why the people are held, for rows that say nothing")
    importing.add_argument("--basis", metavar="BASIS", help="legal basis of holding them, for rows that name none")
    _lang(importing)
    _home(importing)
    importing.set_defaults(run=commands.import_people)
    template = what.add_parser("template", help="print the columns that an import takes")
    _lang(template)
    template.set_defaults(run=commands.people_template)

    retain = commands_.add_parser("retain", help="erase now what may be held no longer, as every night does")
    retain.add_argument(
        "--confirm", action="store_true", help="also when so much is due that a wrong clock is likelier"
    )
    _home(retain)
    retain.set_defaults(run=commands.retain)

    keys = commands_.add_parser("keys", help="the key store: put a new master key in the place of the old")
    what = keys.add_subparsers(title="keys", required=True, metavar="WHAT")
    rotating = what.add_parser("rotate", help="wrap every key under a new master key; stop the service first")
    _home(rotating)
    rotating.set_defaults(run=commands.rotate_keys)

    rebuild = commands_.add_parser("rebuild", help="drop every register and refold it from the facts")
    rebuild.add_argument("--check", action="store_true", help="compare only; exit 1 if a register differs")
    _home(rebuild)
    rebuild.set_defaults(run=commands.rebuild)

    audit = commands_.add_parser("audit", help="verify the chain of facts; exit 1 and name each that was changed")
    audit.add_argument(
        "--head", metavar="SEQ:CHAIN", action="append", default=[], help="a head as a bulletin prints it, to compare"
    )
    audit.add_argument("--since-checkpoint", action="store_true", help="begin where the last audit found all whole")
    _home(audit)
    audit.set_defaults(run=commands.audit)

    commands_epi.add(commands_, _lang)
    commands_lists.add(commands_, _home, _lang)
    commands_stock.add(commands_, _home, _lang)
    commands_warning.add(commands_, when, _home, _lang)
    commands_oversight.add(commands_, _home, _lang)
    commands_indicators.add(commands_, when, _home, _lang)
    commands_drill.add(commands_, _home, _lang)
    commands_site.add(commands_, _home)
    commands_command.add(commands_, _home, _lang)
    commands_press.add(commands_, _home, _lang)
    commands_notices.add(commands_)

    stop = commands_.add_parser("stop", help="stop the database of a data folder")
    _home(stop)
    stop.set_defaults(run=commands.stop)
    return top


def when(text: str) -> datetime:
    """A time as ISO 8601; without an offset it is China's."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it as 2020-01-28T12:00") from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def _day(text: str) -> date:
    """A day as ISO 8601 writes it. Raises ``ArgumentTypeError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: write the day as 2020-02-14") from None


def _home(command: argparse.ArgumentParser) -> None:
    command.add_argument("--home", metavar="DIR", type=Path, help="data folder (default: LIANFANG_HOME, or your own)")


def _lang(command: argparse.ArgumentParser) -> None:
    default = "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"
    command.add_argument("--lang", choices=["zh", "en"], default=default, help="language of the report")


if __name__ == "__main__":
    sys.exit(main())
