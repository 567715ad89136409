"""What the faults of command mean: facts that contradict what was before them are not applied, and shown."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "not_there": ("没有这条记录，请核对编号", "there is no such record: check its number"),
    "not_its_unit": ("此单位不承担这项措施，请核对", "has no part in this measure: check the unit"),
    "before_start": ("早于开始时间，请更正", "is before the start: correct it"),
    "was_held": ("已登记举办，不能再更改；登记有误的请撤销", "was held: take that back first if it was a mistake"),
    "not_held": ("未登记举办，无须处置", "was not held: there is nothing to deal with"),
    "not_addressed": ("不在通知的接收范围，请核对", "is not addressed: check the notice"),
    "closed": ("双方均已确认，工单已办结", "is closed: both sides have confirmed"),
    "already": ("已到达这一级，不必重复", "has arrived there before: nothing more is needed"),
    "out_of_turn": ("须逐级上报，请先登记下一级", "goes up step by step: record the step before first"),
}
