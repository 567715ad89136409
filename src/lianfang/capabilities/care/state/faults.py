"""What makes a fact about hospitals, beds and transfers contradict the rest of the record: not applied, kept, shown."""

from __future__ import annotations

from typing import Final

BED_WORDS: Final[dict[str, tuple[str, str]]] = {
    "no_hospital": ("该医院未登记或已停止收治，请核对", "is no hospital that takes patients in: correct it"),
    "in_another_hospital": (
        "此床位已登记在另一家医院，一张床只属于一家医院",
        "is registered in another hospital: a bed belongs to one",
    ),
    "no_bed": ("没有这张床位，请先登记", "is no bed that is known: register it first"),
    "no_last_before_first": ("结束日期早于开始日期", "is before the first day: correct one"),
    "needs_last": ("临时床位须写明截止日期", "is needed: a temporary bed has a last day"),
    "not_open": ("当时床位未启用或已停用", "was not open then: choose another bed"),
    "occupied": ("当时床位已有患者，一张床不能收两人", "held another patient then: a bed holds one"),
    "not_empty": ("床位上有患者，请先转出", "holds a patient: move the patient first"),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "no_stay": ("此床位没有这次住院", "is no stay in this bed: correct it"),
    "other_person": ("这次住院登记的是另一名患者", "is not the patient of this stay"),
    "ends_before_begins": ("离开时间早于入住时间，请核对时间", "is before the stay began: correct the time"),
    "no_transfer": ("没有这项转院申请", "is no transfer that was asked for"),
    "settled": ("转院已办结，不能再登记", "is settled: nothing more can be recorded"),
    "not_in_turn": ("转院须依次申请、同意、出发、接收", "is out of turn: ask, approve, depart, receive"),
}
