"""Facts that contradict what was before them: not applied, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.facts.fact import Fact, FactData, folding_order

CIVIL_TIME: Final = timezone(timedelta(hours=8))
"""Days are days of Chinese standard time."""


class Fault(NamedTuple):
    """A fact that could not be applied: its field, and the reason by its code in ``WORDS``."""

    fact: UUID
    field: str
    reason: str


WORDS: Final[dict[str, tuple[str, str]]] = {
    "unknown_order": ("此人没有这份隔离指令，请核对编号", "this person has no such order: check its number"),
    "before_order": ("早于指令下达时间，请核对时间", "is before the order was given: correct the time"),
    "no_ground": (
        "记录中没有此人作为病例或密切接触者的登记，指令不生效：请先登记",
        "the record does not have this person as the case or contact: the order counts for nothing until it does",
    ),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "under_order": (
        "此人已有未解除的隔离指令，请变更、延长或解除原指令",
        "this person is under another order: change, extend or lift that one",
    ),
    "lifted": ("指令已解除，不能再登记", "the order was lifted: nothing can be recorded under it any more"),
    "not_executed": ("尚未登记执行，请先登记执行", "was not carried out yet: record that first"),
    "same_person": ("核实人不能是执行登记人，请由他人核实", "must be somebody other than who carried it out"),
    "not_home": ("居家观察没有观察点，请留空", "there is no station at home: leave it empty"),
    "needs_home": ("居家观察需填写，请补充", "is needed for observation at home: fill it in"),
    "not_suitable": (
        "居家观察须经评估认为住处合适",
        "observation at home needs a home that was found suitable: assess it",
    ),
    "needs_reason": ("类别为“其他”时须写明医学理由", "an order of the class “other” needs its medical reason in words"),
    "needs_clinician": (
        "由集中或住院转为居家须由临床医生本人批准，请医生登记",
        "to go home from a station or hospital needs a clinician's own approval: a clinician records it",
    ),
    "no_change": ("与现行方式、地点相同", "is the place and mode that is in force already"),
    "ends_earlier": (
        "不得早于现行截止时间；解除请登记解除",
        "is not after the end in force; to end it, lift the order",
    ),
    "before_end": (
        "未到截止时间，不能以期满解除",
        "the order has not come to its end: wait for it, or give the reason for an earlier one",
    ),
    "not_open": ("观察点尚未启用或已关闭，请先启用", "the station is not open: open it first"),
    "no_last_before_first": ("结束日期早于开始日期", "the last day is before the first: correct one"),
    "no_such_day": ("晚于登记当天，请核对日期", "is after the day on which it was written: correct it"),
    "not_asked": ("没有这项需求", "nothing of the kind was asked for"),
    "met": ("已办结，不能再登记", "was settled: nothing more can be recorded"),
}


def when(fact: Fact) -> datetime:
    """When it happened, as far as the device's clock is known."""
    return folding_order(fact)[0]


def in_turn(facts: Sequence[Fact], kinds: Sequence[type[FactData]]) -> list[Fact]:
    """Facts in folding order; of one moment, since people write down minutes, in the order of ``kinds``."""
    turn = {kind: number for number, kind in enumerate(kinds)}
    return sorted(facts, key=lambda fact: (when(fact), turn.get(type(fact.data), len(turn))))
