"""``lianfang oversight detect``: asks the rules of oversight now. What needs the database is imported once it is
open."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from lianfang.app import database
from lianfang.app.commands import opened
from lianfang.app.errors import Unusable


def add(commands: Any, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]) -> None:
    """Adds the command."""
    oversight = commands.add_parser("oversight", help="findings: what was missed, late, or can hardly have been seen")
    what = oversight.add_subparsers(title="oversight", required=True, metavar="WHAT")
    detecting = what.add_parser("detect", help="raise what the rules find and nobody has raised; again, it raises none")
    detecting.add_argument("--area", default="", metavar="CODE", help="a division by its code (default: all)")
    detecting.add_argument("--day", metavar="DATE", type=date.fromisoformat, help="(default: the last whole day)")
    detecting.add_argument("--check", action="store_true", help="only tell what the rules find")
    lang(detecting)
    home(detecting)
    detecting.set_defaults(run=detect)


def _now() -> datetime:
    """The record's own time: that of a demonstration stands where its last fact was received."""
    from lianfang.accounts import clock
    from lianfang.app.serve import holds_demo
    from lianfang.facts import log

    seq = log.head().seq
    return log.received_at([seq])[seq] if holds_demo() else clock.now()


def detect(given: Namespace) -> int:
    """Prints how many findings of each rule there are, and how many of them are new; 0. Raises Unusable."""
    with opened(given.home) as found:
        from lianfang.accounts.refused import Refused
        from lianfang.capabilities.oversight.rules.policy import policy
        from lianfang.capabilities.oversight.service import detecting

        try:
            with database.as_owner(found):
                told = detecting.detect(_now(), day=given.day, area=given.area, only_look=given.check)
        except Refused as error:
            raise Unusable(error.zh if given.lang == "zh" else error.en) from None
        holds, fresh = (Counter(one.rule for one in some) for some in (told.found, told.raised))
        for rule, words in policy().rules.items():
            if holds[rule]:
                print(f"{getattr(words, given.lang)}: {holds[rule]:,}, {fresh[rule]:,}")
        new = "raised" if given.lang == "en" else "新发现"
        print(f"{told.day}: {len(told.found):,}, {new} {len(told.raised):,}")
    return 0
