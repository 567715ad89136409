"""What the faults of mobilisation mean: facts that contradict what was before them are not applied, and shown."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "not_placed": ("没有这次吹哨，请核对编号", "there is no such call: check its number"),
    "not_called": ("未被吹哨，不必答复", "was not called: there is nothing to answer"),
    "not_caller": ("只有吹哨的人可以销哨", "is not yours to close: only who called closes a call"),
    "closed": ("已销哨，不能再登记", "is closed: nothing more can be recorded of it"),
    "not_planned": ("没有这个班次，请核对编号", "there is no such shift: check its number"),
    "cancelled": ("班次已取消，不能再登记", "was cancelled: nothing more can be recorded of it"),
    "full": ("班次已满，请另选班次", "is full: choose another shift"),
    "not_on": ("此人不在这个班次", "is not on this shift"),
    "not_formed": ("没有这支队伍，请核对编号", "there is no such team: check its number"),
    "dissolved": ("队伍已撤销，不能再登记", "was dissolved: nothing more can be recorded of it"),
    "no_change": ("与现行职能相同", "is what the team does already"),
    "not_in": ("此人不在这支队伍", "is not in this team"),
    "not_signed_up": ("没有这名志愿者，请先登记并取得同意", "has not signed up: record that and the consent first"),
    "withdrawn": ("已撤回同意，不能再安排", "has withdrawn consent: give no duty any more"),
    "not_sent": ("没有这次派出，请核对编号", "there is no such journey: check its number"),
    "returned": ("已登记返回，不必重复", "is back: nothing more can be recorded of the return"),
    "not_away": ("不在外出支援期间，请核对日期", "is no day on which they were away: correct it"),
    "more_than_left": ("超过派出人数，请核对", "are more than left: correct the numbers"),
    "not_begun": ("没有这次下沉，请核对编号", "there is no such secondment: check its number"),
    "ended": ("已结束，不能再登记", "has ended: nothing more can be recorded of it"),
    "last_before_first": ("结束日期早于开始日期，请更正", "is before the first day: correct it"),
    "not_asked": ("没有这项申请，请核对编号", "nothing of the kind was asked for: check its number"),
    "met": ("已办结，不能再登记", "was settled: nothing more can be recorded of it"),
}
