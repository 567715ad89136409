"""``lianfang command board``: how the response of an area stands, by the door that the page asks. What needs the
database is imported once it is open."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from lianfang.app.commands import opened
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.app.command.board import Board
    from lianfang.places.gazetteer import Division

WORDS: Final = {
    "zh": {
        "level": "响应级别", "headquarters": "指挥部", "posts": "下级指挥部", "missing": "尚未成立",
        "strategies": "防控策略（县区数）", "none": "没有登记", "open": "未定", "measures": "措施落实",
        "notices": "通知签收", "tickets": "联合工单未办结", "gatherings": "待处置聚集活动", "events": "在报事件",
        "playbooks": "社区首例处置", "limits": "进出限制", "asked": "待批准", "ready": "有现行预案", "late": "逾期",
    },
    "en": {
        "level": "response level", "headquarters": "headquarters", "posts": "command posts below", "missing": "none in",
        "strategies": "strategies (counties)", "none": "none on record", "open": "none follows",
        "measures": "measures done", "notices": "notices read", "tickets": "joint tickets open",
        "gatherings": "gatherings waiting", "events": "reports on their way", "playbooks": "first cases answered",
        "limits": "limits on entry", "asked": "awaiting approval", "ready": "with a plan in force", "late": "late",
    },
}  # fmt: skip

CLOCKED: Final = ("measures", "notices", "tickets", "gatherings", "events")


def add(commands: Any, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]) -> None:
    """Adds the command."""
    what = commands.add_parser("command", help="the response: how it stands in an area").add_subparsers(
        title="command", required=True, metavar="WHAT"
    )
    printing = what.add_parser("board", help="print the board of an area")
    printing.add_argument("--area", required=True, metavar="CODE", help="a division by its code, such as 530000")
    printing.add_argument("--json", action="store_true", help="print JSON")
    lang(printing)
    home(printing)
    printing.set_defaults(run=board)


def board(given: Namespace) -> int:
    """Prints the board; 0, or 1 where something is late. Raises Unusable for an area that there is not."""
    with opened(given.home, drills=True):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import Refused
        from lianfang.app.command.api import board_out
        from lianfang.app.command.board import board as found

        now = clock.now()
        try:
            told = found(operator(), given.area, now)
        except Refused as error:
            raise Unusable(error.zh if given.lang == "zh" else error.en) from None
        if given.json:
            print(board_out(told, given.area, now).model_dump_json())
        else:
            print("\n".join(_lines(told, given.lang)))
    return 1 if any(getattr(told, part).late for part in CLOCKED) else 0


def _lines(told: Board, lang: str) -> Iterator[str]:
    from lianfang.app.command.strategies import tally
    from lianfang.capabilities.isolation.state import CIVIL_TIME

    words, zh = WORDS[lang], lang == "zh"

    def line(part: str, text: str, late: int = 0) -> str:
        return f"{words[part]}: {text}" + (f"  ({words['late']} {late})" if late else "")

    level = told.level
    since = f"{level.starts.astimezone(CIVIL_TIME):%Y-%m-%d}" if level else ""
    yield line("level", f"{level.level} {level.area} {level.doc_no} {since}" if level else words["none"])
    heads = [row.data["zh" if zh else "en"] or row.data["zh"] for row in told.headquarters]
    yield line("headquarters", "; ".join(heads) or words["none"])
    yield line("posts", f"{told.posts.n}/{told.posts.of}")
    if told.missing:
        yield line("missing", ", ".join(_name(one, zh) for one in told.missing))
    for held in tally(told.strategies or []):
        its = held.strategy
        yield line("strategies", f"{(its.zh if zh else its.en) if its else words['open']} {held.counties}")
    for part in ("measures", "notices"):
        count = getattr(told, part)
        yield line(part, f"{count.n}/{count.of}", count.late)
    for part in ("tickets", "gatherings", "events"):
        waits = getattr(told, part)
        yield line(part, str(waits.n), waits.late)
    yield line("playbooks", str(told.playbooks))
    if told.limits:
        yield line("limits", f"{told.limits.in_force}, {words['asked']} {told.limits.asked}")
    if told.ready:
        yield line("ready", f"{told.ready.n}/{told.ready.of}")


def _name(one: Division, zh: bool) -> str:
    return one.name if zh else one.en or one.pinyin or one.name
