"""``lianfang notice``: the channels on which notices leave, and the templates of notices to the public."""

from __future__ import annotations

import os
from argparse import Namespace, _SubParsersAction
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lianfang.app.channels import file
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.capabilities.command.rules.templates import Language

TRIAL: Final = "通知渠道测试，无需处理。\nA trial of this channel: nothing is to be done."


def add(commands: _SubParsersAction[Any]) -> None:
    """Adds the command to the parser."""
    notice = commands.add_parser("notice", help="notices: try the channels on which they leave, print a poster")
    what = notice.add_subparsers(title="notice", required=True, metavar="WHAT")

    listing = what.add_parser("channels", help="the channels of the operator's file; exit 1 if one cannot be used")
    _channels(listing)
    listing.set_defaults(run=channels)

    trying = what.add_parser("try", help="send a word of trial on a channel; exit 1 if it was not taken")
    trying.add_argument("id", metavar="ID", help="the channel")
    _channels(trying)
    trying.set_defaults(run=attempt)

    showing = what.add_parser("templates", help="the templates with their languages, and what a language lacks")
    _words(showing)
    showing.set_defaults(run=templates)

    printing = what.add_parser("poster", help="a template as a poster (PDF), a page for each language")
    printing.add_argument("code", metavar="CODE", help="the template, such as visitors")
    printing.add_argument("--area", metavar="CODE", required=True, help="whose poster it is")
    printing.add_argument("--issuer", metavar="TEXT", required=True, help="the authority that issues it")
    printing.add_argument("--phone", metavar="TEXT", default="", help="where questions are answered")
    printing.add_argument("--day", metavar="DATE", type=date.fromisoformat, help="its day (default: today)")
    printing.add_argument(
        "--lang", metavar="LANG", action="append", default=[], help="a language; again for more (default: zh and en)"
    )
    printing.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write it")
    _words(printing)
    printing.set_defaults(run=poster)


def _channels(command: Any) -> None:
    command.add_argument(
        "--channels", metavar="FILE", type=Path, help=f"the operator's file (default: {file.VARIABLE})"
    )


def _words(command: Any) -> None:
    command.add_argument(
        "--words", metavar="FILE", type=Path, action="append", default=[], help="a further language, as a TOML file"
    )


def channels(options: Namespace) -> int:
    """Lists them; an address is never printed."""
    from lianfang.app.channels import sending

    failed = 0
    for one in _named(options):
        why = sending.wrong(one)
        failed += why is not None
        print(f"{one.code:20} {one.area:12} {one.account or '-':20} {one.en}: {why or 'can be used'}")
    return int(failed > 0)


def attempt(options: Namespace) -> int:
    """Sends a word of trial."""
    from lianfang.app.channels import sending

    found = [one for one in _named(options) if one.code == options.id]
    if not found:
        raise Unusable(f"there is no channel {options.id}: `lianfang notice channels` lists them")
    (one,) = found
    if why := sending.wrong(one):
        raise Unusable(f"channel {one.code}: {why}")
    taken = sending.send(one, "Lianfang 联防", TRIAL)
    print(f"{one.code}: {'taken' if taken else 'not taken: look at its url, and at what the service says'}")
    return int(not taken)


def templates(options: Namespace) -> int:
    """Prints them, and what each language lacks."""
    from lianfang.capabilities.command.rules.templates import codes

    spoken = _languages(options.words)
    for code in codes():
        print(f"{code:12} {' / '.join(one.text(code).title for one in spoken)}")
    for one in spoken:
        if one.lacking:
            print(f"{one.lang} lacks {len(one.lacking)} keys, said in English: {', '.join(one.lacking)}")
    return 0


def poster(options: Namespace) -> int:
    """Writes it."""
    from lianfang.app.channels.poster import pdf
    from lianfang.app.cli import CHINA
    from lianfang.capabilities.command.rules.templates import OWN, codes
    from lianfang.capabilities.warning.rules.pack.printed import NoFont
    from lianfang.places.gazetteer import Gazetteer

    if options.code not in codes():
        raise Unusable(f"there is no template {options.code}: there are {', '.join(codes())}")
    spoken = {one.lang: one for one in _languages(options.words)}
    wanted = options.lang or list(OWN)
    if unknown := [lang for lang in wanted if lang not in spoken]:
        raise Unusable(f"there is no language {unknown[0]}: there are {', '.join(spoken)}; name a file with --words")
    division = Gazetteer.load().division(options.area)
    if division is None:
        raise Unusable(f"{options.area} is no division: give its code, such as 530000")
    areas = {"zh": division.name, "en": division.en or division.name}
    day = options.day or datetime.now(CHINA).date()
    try:
        made = pdf(options.code, [spoken[lang] for lang in wanted], areas, day, options.issuer, options.phone)
    except NoFont as error:
        raise Unusable(str(error)) from None
    options.out.write_bytes(made)
    print(f"{options.out}: {', '.join(wanted)}, {len(made) / 1e3:.0f} kB")
    return 0


def _named(options: Namespace) -> Sequence[file.Channel]:
    path = options.channels or os.environ.get(file.VARIABLE)
    if not path:
        raise Unusable(f"name the file of channels with --channels, or in {file.VARIABLE}")
    return file.read(Path(path))


def _languages(files: Sequence[Path]) -> list[Language]:
    from lianfang.capabilities.command.rules.templates import languages

    try:
        texts = [path.read_text("utf-8") for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"a file of words cannot be read: {error}") from None
    try:
        return languages(texts)
    except ValueError as error:
        raise Unusable(f"a file of words cannot be used: {error}") from None
