"""The daily forms of an area: sums of the same record, zeros computed and written as zeros."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.capabilities.cases import queries as cases
from lianfang.capabilities.checkpoints import queries as checkpoints
from lianfang.capabilities.contacts import queries as contacts
from lianfang.capabilities.contacts.rules.counting import Tally
from lianfang.exchange.forms.parts import Cell, Sheet, Table, Words
from lianfang.places.queries import current_gazetteer
from lianfang.profiles.disease import profiles

ZERO: Final = (
    "confirmed_new", "clinical_new", "suspected_new", "asymptomatic_new", "severe_new", "critical_new", "deaths_new",
    "cured_new",
)  # fmt: skip
"""What a zero report says of a day, by the names of the numbers of notices."""


class Window(NamedTuple):
    """A civil day of an area, half-open; of today, until now. ``disease`` is empty for every one."""

    area: str
    day: date
    begins: datetime
    ends: datetime
    disease: str


def named(code: str, words: Words) -> str:
    found = current_gazetteer().division(code)
    return words.say(found.name, found.en or found.name) if found else code


def _cells(window: Window, words: Words) -> list[Cell]:
    return [
        words.cell("地区", "area", f"{named(window.area, words)} {window.area}"),
        words.cell("日期", "day", window.day),
        words.cell("截至", "as of", window.ends),
    ]


def observation_statistics(viewer: Viewer, window: Window, words: Words) -> Sheet:
    """Contacts under observation, by the divisions right below. Raises Forbidden, Refused."""
    found = contacts.counts(
        viewer, window.area, as_of=window.ends, begins=window.begins, disease=window.disease or None
    )
    columns = words.columns(
        ("地区", "area"), ("累计追踪", "traced, cumulative"), ("待追踪", "to be traced"), ("正在观察", "observed"),
        ("已解除", "released"), ("转为病例", "became cases"), ("转出", "transferred"), ("失访", "lost"),
        ("死亡", "died"), ("当日新增追踪", "traced, new"), ("当日解除", "released, new"),
        ("当日转为病例", "became cases, new"), ("当日移入", "handed in"), ("当日移出", "handed out"),
    )  # fmt: skip
    children = current_gazetteer().children(window.area)
    area = named(window.area, words)
    rows = [_observed(words.say(f"{area}（合计）", f"{area}, total") if children else area, found.stock, found.flows)]
    for child in children:
        stock, flows = found.parts.get(child.code, (None, None))
        rows.append(_observed(words.say(child.name, child.en or child.name), stock, flows))
    if window.area in found.parts:
        rows.append(_observed(words.say(f"{area}（本级）", f"{area}, itself"), *found.parts[window.area]))
    title = words.say("医学观察统计日报表", "Daily observation statistics")
    table = Table(title, columns, rows)
    note = words.say(
        "累计追踪＝正在观察＋已解除＋转为病例＋转出＋失访＋死亡；各行之和＝合计。"
        "移交后由接收地区统计；表内各地之间的移交，合计行的移入、移出不计",
        "traced = observed + released + became cases + transferred + lost + died; the rows sum to the total. Who was "
        "handed over is counted by who took over; the total's hand-overs are those across its own border",
    )
    return Sheet("observation-statistics", title, _cells(window, words), (table,), note)


_STOCKS: Final = ("observing", "released", "converted", "transferred", "lost", "died")
_FLOWS: Final = ("traced", "released", "converted", "moved_in", "moved_out")


def _observed(area: str, stock: Tally | None, flows: Mapping[str, int] | None) -> list[str]:
    """A line; a division without any contact has zeros, which are counts."""
    if stock is None:
        return [area, *("0",) * (2 + len(_STOCKS) + len(_FLOWS))]
    return [
        area, str(stock.traced), str(stock.to_trace), *(str(stock.stocks.get(name, 0)) for name in _STOCKS),
        *(str((flows or {}).get(name, 0)) for name in _FLOWS),
    ]  # fmt: skip


def screening_report(viewer: Viewer, window: Window, words: Words) -> Sheet:
    """Who arrived on the day and was taken over, by the divisions right below. Raises Forbidden, Refused."""
    columns = words.columns(
        ("地区", "area"), ("到达登记", "arrivals listed"), ("已接收", "taken over"), ("按时接收", "in time"),
        ("逾期接收", "late"), ("待接收", "waiting"), ("逾期未接收", "overdue"), ("重点人员", "key persons"),
    )  # fmt: skip
    rows = []
    for code in (window.area, *(child.code for child in current_gazetteer().children(window.area))):
        wanted = checkpoints.Wanted(area=code, first=window.day, last=window.day)
        its = checkpoints.counts(viewer, wanted, now=window.ends)
        rows.append(
            [
                named(code, words),
                *(str(n) for n in (its.listed, its.taken_over, its.in_time, its.late, its.waiting, its.overdue)),
                str(its.key_persons),
            ]
        )
    title = words.say("健康排查日报", "Daily screening report")
    note = words.say("单位：人；据到达登记", "people; from the register of arrivals")
    return Sheet("screening-report", title, _cells(window, words), (Table(title, columns, rows),), note)


def zero_report(viewer: Viewer, window: Window, words: Words) -> Sheet:
    """What was new on the day, each disease by itself: zeros are written. Raises Forbidden, Refused."""
    columns = words.columns(("病种", "disease"), *((METRICS[name].zh, METRICS[name].en) for name in ZERO))
    rows, seq = [], 0
    for one in profiles():
        if window.disease in ("", one.code):
            counted = cases.counts(viewer, window.area, disease=one.code, since=window.begins, until=window.ends)
            seq = counted.seq
            rows.append([words.say(one.zh, one.en), *(str(counted.whole.flows[name]) for name in ZERO)])
    title = words.say("零报告", "Zero report")
    none = all(cell == "0" for row in rows for cell in row[1:])
    said = ("本日无新增病例", "no new cases on this day") if none else ("本日有新增", "there were new cases")
    note = words.say(f"据联防记录第{seq}条事实计算；{said[0]}", f"Computed from fact {seq} of the record; {said[1]}")
    return Sheet("zero-report", title, _cells(window, words), (Table(title, columns, rows),), note)


FILLED: Final[Mapping[str, Callable[[Viewer, Window, Words], Sheet]]] = {
    "observation-statistics": observation_statistics,
    "screening-report": screening_report,
    "zero-report": zero_report,
}
