"""``lianfang site write``: the public site as files that any web server gives out."""

from __future__ import annotations

import math
from argparse import Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lianfang.app.commands import home_to_read, opened
from lianfang.app.errors import Unusable


def add(commands: _SubParsersAction[Any], home: Callable[[Any], None]) -> None:
    """Adds the command to the parser."""
    site = commands.add_parser("site", help="the public site: write it as files for any web server")
    what = site.add_subparsers(title="site", required=True, metavar="WHAT")
    writing = what.add_parser(
        "write", help="write the site as it is now; the old one is read until the new one is whole"
    )
    writing.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the site is to be; a link")
    writing.add_argument("--area", metavar="CODE", default="", help="one division and all below it (default: all)")
    writing.add_argument("--url", metavar="URL", default="", help="the address at which it will be read, for the feed")
    writing.add_argument(
        "--words", metavar="FILE", type=Path, action="append", default=[], help="a further language, as a TOML file"
    )
    home(writing)
    writing.set_defaults(run=write)


def write(options: Namespace) -> int:
    """Writes the site, and says which words a further language lacks."""
    with opened(home_to_read(options.home), drills=True):
        from lianfang.app.publication.site import write as written
        from lianfang.places.queries import current_gazetteer

        if options.area and current_gazetteer().division(options.area) is None:
            raise Unusable(f"{options.area} is no division: give its code, such as 530000")
        url = options.url if not options.url or options.url.endswith("/") else f"{options.url}/"
        out = options.out.absolute()
        found = written(out, area=options.area, url=url, words=options.words, papers_s=math.inf)
    for lang, keys in found.lacking.items():
        print(f"{lang} lacks {len(keys)} words, said in English: {', '.join(keys)}")
    print(f"{out}: {found.pages} pages, {found.size / 1e6:.1f} MB")
    return 0
