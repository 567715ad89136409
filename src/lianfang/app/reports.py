"""What the command line prints of a reading: a table, the checks, and what was not understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, BulletinRecord, Count, Qualifier
from lianfang.capabilities.bulletins.rules.judge import Judged
from lianfang.places.gazetteer import Gazetteer

WORDS = {
    "zh": {
        "none": "没有读到通报。",
        "window": "统计时段",
        "hours": "小时",
        "areas": "地区",
        "checks": "核对",
        "unread": "未读懂",
        "holds": "成立",
        "warns": "存疑",
        "fails": "不成立",
        "twice": "处出现同一通报",
        "unknown_time": "截止时间未写明",
        "issues": "措辞",
        "findings": "公开文字",
        "yes": "是",
        "no": "否",
    },
    "en": {
        "none": "No notice was found in this text.",
        "window": "window",
        "hours": "hours",
        "areas": "areas",
        "checks": "checks",
        "unread": "not understood",
        "holds": "holds",
        "warns": "warns",
        "fails": "fails",
        "twice": "printings of the same notice",
        "unknown_time": "cut-off not stated",
        "issues": "wording",
        "findings": "public text",
        "yes": "yes",
        "no": "no",
    },
}
CLAIMS = {
    "zh": {
        "all_new_imported": "新增均为输入病例",
        "all_imported": "均为输入病例",
        "critical_within_severe": "重症病例含危重病例",
        "all_in_designated_hospital": "所有病例均在定点医院",
        "all_in_designated_hospital_except_cured": "除治愈出院者外均在定点医院",
    },
    "en": {
        "all_new_imported": "all new cases imported",
        "all_imported": "all cases imported",
        "critical_within_severe": "severe cases include the critical",
        "all_in_designated_hospital": "all cases in designated hospitals",
        "all_in_designated_hospital_except_cured": "all but the recovered in designated hospitals",
    },
}
MARKS = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤", Qualifier.ABOUT: "≈"}
UNITS = {
    "zh": {"case": "例", "person": "人", "person_time": "人次"},
    "en": {"case": "cases", "person": "persons", "person_time": "person-times"},
}


def report(judged: Judged, *, gazetteer: Gazetteer, lang: str) -> str:
    """The whole report as text in ``lang`` (zh or en)."""
    words = WORDS[lang]
    lines: list[str] = []
    for record in judged.records:
        lines += [*_record(record, gazetteer, lang), ""]
    if not lines:
        lines += [words["none"], ""]
    told = [c for c in judged.checks if c.state != "not_applicable"]
    if told:
        lines.append(f"{words['checks']}:")
        lines += [f"  {words[c.state]:<6} {c.id:<5} {c.zh if lang == 'zh' else c.en}" for c in told]
        lines.append("")
    if judged.findings:
        lines.append(f"{words['findings']}:")
        lines += [f"  {f.rule:<7} {f.zh if lang == 'zh' else f.en}" for f in judged.findings]
        lines.append("")
    if judged.unread:
        lines.append(f"{words['unread']}:")
        lines += [f"  {u.start}-{u.end}  {u.text}  ({u.zh if lang == 'zh' else u.en})" for u in judged.unread]
    return "\n".join(lines).rstrip()


def _record(record: BulletinRecord, gazetteer: Gazetteer, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    when = _moment(record.as_of) if record.as_of else words["unknown_time"]
    yield f"{_name(record.area_code, None, gazetteer, lang)} {record.area_code}  {when}"
    if record.window:
        span = (
            f"{record.window.start.isoformat(timespec='minutes')} – {record.window.end.isoformat(timespec='minutes')}"
        )
        yield f"  {words['window']}: {span} ({record.window.hours:g} {words['hours']})"
    if len(record.occurrences) > 1:
        yield f"  {len(record.occurrences)} {words['twice']}"
    for figure in record.figures:
        about = METRICS[figure.metric]
        yield f"  {_pad(about.zh if lang == 'zh' else about.en, 48)} {_amount(figure, lang)}"
    for name, claimed in record.attrs:
        if claimed is not None:
            yield f"  {CLAIMS[lang][name]}: {words['yes'] if claimed else words['no']}"
    for entry in record.by_area:
        for depth, count in _walk(entry, 0):
            about = METRICS[count.metric]
            title = about.zh if lang == "zh" else about.en
            place = "  " * depth + f"{_name(count.code, count.name, gazetteer, lang)} {count.code or '?'}"
            yield f"    {_pad(place, 40)} {_pad(title, 34)} {_amount(count, lang)}"
    for issue in record.issues:
        yield f"  {words['issues']}: {issue.zh if lang == 'zh' else issue.en}"


def _moment(end: datetime) -> str:
    """The end of a day as 24:00 of that day, as notices give it."""
    if end.hour or end.minute:
        return f"{end:%Y-%m-%d %H:%M}"
    return f"{end - timedelta(days=1):%Y-%m-%d} 24:00"


def _walk(entry: AreaCount, depth: int) -> Iterator[tuple[int, AreaCount]]:
    yield depth, entry
    for child in entry.children:
        yield from _walk(child, depth + 1)


def _name(code: str | None, written: str | None, gazetteer: Gazetteer, lang: str) -> str:
    division = gazetteer.division(code) if code else None
    if division is None:
        return written or code or "?"
    return division.name if lang == "zh" else division.en or division.pinyin


def _amount(count: Count, lang: str) -> str:
    unit = UNITS[lang][count.unit]
    return f"{MARKS[count.qualifier]}{count.n:,} {unit[:-1] if lang == 'en' and count.n == 1 else unit}"


def _pad(text: str, width: int) -> str:
    """Pads to columns of a terminal, in which a Chinese character is two wide."""
    taken = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(1, width - taken)
