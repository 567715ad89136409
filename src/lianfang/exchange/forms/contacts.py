"""The contact register of an area, and the observation sheet of a contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.contacts import queries
from lianfang.capabilities.contacts.queries.days import Half
from lianfang.capabilities.contacts.rules.observing import Cell as Shown
from lianfang.exchange import record
from lianfang.exchange.forms.areas import Window
from lianfang.exchange.forms.cases import Shows, person_cells, place
from lianfang.exchange.forms.parts import Sheet, Table, Words

PAGE = 200
_SLOT = {
    Shown.SEEN_WELL: ("正常", "well"),
    Shown.SEEN_UNWELL: ("异常", "unwell"),
    Shown.NOT_FOUND: ("未找到", "not found"),
    Shown.REFUSED: ("拒绝", "refused"),
    Shown.NOT_ATTEMPTED: ("未访", "not attempted"),
    Shown.MISSED: ("漏查", "missed"),
    Shown.OPEN: ("", ""),
    Shown.AHEAD: ("", ""),
    Shown.NOT_DUE: ("—", "—"),
}
_STATUS = {
    "to_trace": ("待追踪", "to be traced"), "observing": ("观察中", "observed"), "released": ("已解除", "released"),
    "converted": ("转为病例", "became a case"), "transferred": ("已转出", "transferred"), "lost": ("失访", "lost"),
    "died": ("死亡", "died"),
}  # fmt: skip
_COLUMNS = (
    ("编号", "number"), ("姓名", "name"), ("性别", "sex"), ("证件号码", "document"), ("电话", "phone"),
    ("详细地址", "address"), ("对应病例", "case"), ("与病例关系", "relation"), ("接触场所", "setting"),
    ("接触方式", "closeness"), ("末次接触", "last exposure"), ("登记时间", "registered"), ("观察至", "until"),
    ("状态", "status"),
)  # fmt: skip


def register(viewer: Viewer, window: Window, after: str, names: Shows, words: Words) -> Sheet:
    """The contacts registered in an area on a day, page by page. Raises Forbidden, Refused."""
    filters = queries.Filters(
        area=window.area, disease=window.disease or None, registered_from=window.begins, registered_to=window.ends
    )
    page = queries.listed(viewer, filters, after=after, limit=PAGE)
    shown = names.of([row.person for row in page.contacts])
    told = record.exposures(viewer, [row.subject for row in page.contacts])
    rows = [_line(row, told.get(row.subject), shown.get(row.person, {}), words) for row in page.contacts]
    title = words.say("密切接触者登记表", "Contact register")
    cells = [
        words.cell("地区", "area", place(window.area, words)),
        words.cell("登记日期", "registered on", window.day),
        words.cell("人数", "people", page.total),
    ]
    table = Table(title, words.columns(*_COLUMNS), rows)
    note = words.say("空格由登记人填写", "What is blank is filled in by hand")
    return Sheet("contact-register", title, cells, (table,), note, page.after)


def _line(row: Any, one: record.Exposed | None, shown: dict[str, Any], words: Words) -> list[str]:
    papers = "; ".join(str(paper["number"]) for paper in shown.get("documents") or ())
    return [
        row.number or str(row.subject)[:8], shown.get("name") or "", words.term("sex", shown.get("sex")), papers,
        "; ".join(shown.get("phones") or ()), shown.get("address") or "", one.number if one else "",
        words.term("relation", one.relation) if one else "", words.term("exposure_setting", one.setting) if one else "",
        words.terms("closeness", one.closeness) if one else "", words.write(row.last_exposed),
        words.write(row.registered_at), words.write(row.due), words.say(*_STATUS[row.status]),
    ]  # fmt: skip


def observation_sheet(viewer: Viewer, contact: UUID, names: Shows, words: Words, now: datetime) -> Sheet:
    """The days of an observation, morning and evening, with what was measured. Raises Forbidden, NotThere."""
    card = queries.card(viewer, contact, now=now)
    its = card.contact
    shown = names.of([its.person]).get(its.person, {}) if its.person else {}
    last = max((told.exposure for told in its.standing), key=lambda one: one.last, default=None)
    sources = [card.sources[one].number or str(one)[:8] for one in card.sources]
    cells = [
        words.cell("接触者编号", "contact number", its.number),
        *person_cells(shown, words),
        words.cell("性别", "sex", words.term("sex", shown.get("sex"))),
        words.cell("对应病例", "case", words.say("、", ", ").join(sources)),
        words.cell("与病例关系", "relation", words.term("relation", last.relation) if last else ""),
        words.cell("接触方式", "closeness", words.terms("closeness", last.closeness) if last else ""),
        words.cell("末次接触日期", "last exposure", last.last if last else None),
        words.cell("开始观察", "observed since", its.traced_at),
        words.cell("观察至", "observed until", its.due),
        words.cell("结果", "result", words.say(*_STATUS[its.status])),
        words.cell("结束时间", "ended", its.ended_at),
        words.cell("负责地区", "responsible area", place(its.area, words)),
    ]
    halves = list(dict.fromkeys(half.half for day in card.days for half in day.halves))
    columns = words.columns(("第几天", "day"), ("日期", "date"))
    for half in halves:
        said = words.term("slot", half)
        columns += [words.say(f"{said}体温（℃）", f"{said}, °C"), words.say(f"{said}情况", f"{said}, seen")]
    rows = []
    for day in card.days:
        of = {half.half: half for half in day.halves}
        slots = [text for one in halves for text in _slot(of.get(one), words)]
        rows.append([words.write(day.number), day.day.isoformat(), *slots])
    title = words.say("密切接触者医学观察登记表", "Contact observation sheet")
    note = words.say("第1天为末次接触的次日", "Day 1 is the day after the last exposure")
    return Sheet("observation-sheet", title, cells, (Table(title, columns, rows),), note)


def _slot(half: Half | None, words: Words) -> tuple[str, str]:
    if half is None:
        return "", ""
    seen = half.check
    symptoms = words.terms("symptom", seen.symptoms) if seen else ""
    said = words.say(*_SLOT[half.cell]) + (words.say("（逾时补记）", " (filled late)") if half.late else "")
    return words.write(seen.temp_c) if seen else "", f"{said} {symptoms}".strip()
