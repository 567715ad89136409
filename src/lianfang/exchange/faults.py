"""What can be wrong with a row of a list, and what is told of one that is taken. Never what was written."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

Reason = Literal[
    "missing", "no_date", "no_such_day", "no_year", "which_order", "reversed", "open_range", "in_future", "no_number",
    "unknown_word", "unknown_area", "outside_area", "no_code", "no_age", "too_long", "twice", "in_record",
    "same_person", "no_disease", "no_edition", "unknown_case", "several_cases", "itself", "cycle", "not_yours",
    "set_aside", "contradicts", "not_known", "several_numbers", "no_direction", "left_out", "range_narrowed", "unread",
    "no_person", "circle_left_out", "onset_after", "too_old", "no_source",
]  # fmt: skip

_TOLD: dict[Reason, tuple[str, str]] = {
    "missing": ("必填，请补充，或为整份名单设定", "is required: fill it in, or state it for the whole list"),
    "no_date": ("不是日期，请用 2020-01-28 的格式", "is no date: write it as 2020-01-28"),
    "no_such_day": ("没有这一天，请核对", "is no day of the calendar: correct it"),
    "no_year": ("没有年份，请填写名单的日期", "has no year: say of which day the list is"),
    "which_order": ("日、月的先后不明，请说明", "may be day or month first: say which"),
    "reversed": ("开始晚于结束，请核对", "ends before it begins: correct it"),
    "open_range": (
        "起始不明，请填写最早可能的日期",
        "has no beginning: state the earliest day that may be meant",
    ),
    "in_future": ("在今天之后，请核对", "lies after today: correct it"),
    "too_old": ("早于{least}，当时尚无此病，请核对", "is before {least}, when there was no such disease: correct it"),
    "no_number": (
        "编号最多64个字母、数字或 . _ -，请更改",
        "is no number: at most 64 letters, digits, and . _ -",
    ),
    "unknown_word": ("不是已知的词，请为它指定含义", "is no known word: say what it means"),
    "unknown_area": ("没有这个地区，请填写区划代码", "is no known area: give its code"),
    "outside_area": ("不在您负责的区域内", "is not in your area"),
    "no_code": ("不是代码，请为它指定代码", "is no code: give it one"),
    "no_age": ("不是年龄，请填0至130的数", "is no age: a number from 0 to 130"),
    "too_long": ("过长，请缩短", "is too long: shorten it"),
    "twice": ("与第{other}行相同，未导入", "is the same as in row {other}: not imported"),
    "in_record": ("已有此编号的记录，未导入", "stands in the record already: not imported"),
    "same_person": (
        "此人已有同一疾病的记录，未导入；再次感染请选择“按新病例导入”",
        "has a record of this disease already: not imported; for a second infection say that it is one",
    ),
    "no_disease": ("没有此疾病，可用：{known}", "is no known disease; there are: {known}"),
    "no_edition": ("在该日期没有生效的方案", "has no edition in force on that day"),
    "unknown_case": ("找不到编号 {number}，请核对", "names {number}, which is no known case: correct it"),
    "several_cases": ("编号 {number} 对应多个病例，请核对", "names {number}, which several cases have: correct it"),
    "itself": ("与本人相同，请核对", "is the same one: correct it"),
    "cycle": ("形成循环：{cycle}，未导入", "closes a cycle: {cycle}; not imported"),
    "not_yours": ("您的角色不能登记此项", "is not your role's to record"),
    "set_aside": ("未能入账：{why}", "was set aside: {why}"),
    "contradicts": ("与其他字段矛盾：{zh}", "contradicts another field: {en}"),
    "not_known": ("含义不明，已略去", "is not known: left out"),
    "several_numbers": ("含有多个病例编号，记为“可能”", "names several cases: each taken as possible"),
    "no_direction": (
        "与 {number} 的先后不明，未记录传播方向",
        "does not tell who came first, this one or {number}: no direction recorded",
    ),
    "onset_after": (
        "发病晚于报告或确诊，按事后得知记录，请核对",
        "is after the report: recorded as told later; check it",
    ),
    "no_source": (
        "没有一行写明病例编号：所有接触者的传染源均记为不明，请核对各列",
        "no row tells the case: every contact is taken as one of an unknown source; see whether a column is it",
    ),
    "left_out": ("无法读懂，已略去", "cannot be read: left out"),
    "range_narrowed": ("没有结束日期，以报告日期为止", "has no end: taken to end with the report"),
    "unread": ("此行无法读取：{zh}", "cannot be read: {en}"),
    "circle_left_out": (
        "形成循环：{cycle}，未记录此传播关系",
        "closes a cycle: {cycle}; this link is not recorded",
    ),
    "no_person": ("资料不完整，未登记姓名：{zh}", "is not complete, the person was not entered: {en}"),
}
assert set(_TOLD) == set(get_args(Reason))

NOTES: Final = frozenset(
    {
        "not_known", "several_numbers", "no_direction", "left_out", "range_narrowed", "circle_left_out", "onset_after",
        "no_source",
    }
)  # fmt: skip
"""What is told of a row that is taken."""
LEFT_OUT: Final = frozenset({"twice", "in_record", "same_person"})
"""Why a row that could be taken is left out: it is there already."""


class Fault(NamedTuple):
    """What is told of a field of a row. Rows are the lines of the file, that of the titles included."""

    row: int
    field: str
    reason: str
    """A ``Reason``, or one of the vault's or of a capability's own."""
    zh: str
    en: str

    @property
    def note(self) -> bool:
        return self.reason in NOTES


def fault(row: int, field: str, reason: Reason, **told: object) -> Fault:
    """A fault with its words."""
    zh, en = _TOLD[reason]
    return Fault(row, field, reason, zh.format(**told), en.format(**told))
