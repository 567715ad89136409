"""The indicators of contacts: what each is, and what a contact adds to which from when on, as ``counting`` has it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from lianfang.capabilities.contacts.rules.counting import passages
from lianfang.capabilities.contacts.state.contact import Contact, Status
from lianfang.facts.indicator import Better, Group, Identity, Indicator, Kind, Step

_NOTICE: Final = (
    "The figures of the National Health Commission's daily notices: contacts traced, released and under observation",
    "国家卫生健康委员会每日疫情通报的口径：累计追踪、当日解除、正在医学观察的密切接触者",
)
_OWN: Final = (
    "Lianfang's sum of contacts: whoever was traced is observed, released, a case, transferred, lost or dead",
    "联防的密切接触者合计：追踪到的必在观察、已解除、转为病例、转出、失访或死亡",
)
_BEGUN: Final = ("contact.exposed", "contact.traced", "contact.informed", "contact.judged", "contact.handed_over")
_ENDED: Final = (*_BEGUN, "contact.released", "contact.converted")
_AT_END: Final = "截至当日24时由本地负责、已找到的密切接触者中，"


def _contacts(
    key: str, kind: Kind, better: Better, zh: str, en: str, definition_zh: str, definition_en: str, formula: str,
    source: tuple[str, str], fact_kinds: tuple[str, ...],
) -> Indicator:  # fmt: skip
    return Indicator(
        key, Group.CONTACTS, zh, en, "person", kind, better, definition_zh, definition_en, formula, *source, fact_kinds,
        "contacts", per_population=True,
    )  # fmt: skip


DECLARED: Final = (
    _contacts(
        "contacts_traced_cum", Kind.STOCK, Better.NONE, "累计追踪密切接触者", "close contacts traced, cumulative",
        "截至当日24时由本地负责、已找到的密切接触者，含已解除、转为病例者；移交给其他地区的由接收地计。",
        "Close contacts that were found and that the area follows at 24:00, those released or become cases among them; "
        "whom another division took over counts there.",
        "contacts_traced_cum = observing + released + converted + transferred + lost + died", _NOTICE, _ENDED,
    ),
    _contacts(
        "contacts_observing", Kind.STOCK, Better.LOWER, "正在医学观察", "close contacts under medical observation",
        f"{_AT_END}正在接受医学观察者。", "Of the contacts traced, those under medical observation at 24:00.",
        "contacts_observing = |{traced, status = observing}|", _NOTICE, _ENDED,
    ),
    _contacts(
        "contacts_released_cum", Kind.STOCK, Better.HIGHER, "累计解除医学观察", "contacts released, cumulative",
        f"{_AT_END}已解除医学观察者。", "Of the contacts traced, those released from observation by 24:00.",
        "contacts_released_cum = |{traced, status = released}|", _NOTICE, _ENDED,
    ),
    _contacts(
        "contacts_converted_cum", Kind.STOCK, Better.LOWER, "累计转为病例的密切接触者", "contacts who became cases",
        f"{_AT_END}已转为病例者。", "Of the contacts traced, those who became cases by 24:00.",
        "contacts_converted_cum = |{traced, status = converted}|", _OWN, _ENDED,
    ),
    _contacts(
        "contacts_transferred_cum", Kind.STOCK, Better.NONE, "累计转出的密切接触者", "contacts transferred out",
        f"{_AT_END}已转往本系统记录不到之处者。",
        "Of the contacts traced, those transferred to where this record does not reach.",
        "contacts_transferred_cum = |{traced, status = transferred}|", _OWN, _ENDED,
    ),
    _contacts(
        "contacts_lost_cum", Kind.STOCK, Better.LOWER, "累计失访的密切接触者", "contacts lost to follow-up",
        f"{_AT_END}已失访者。", "Of the contacts traced, those lost to follow-up by 24:00.",
        "contacts_lost_cum = |{traced, status = lost}|", _OWN, _ENDED,
    ),
    _contacts(
        "contacts_died_cum", Kind.STOCK, Better.LOWER, "观察期间死亡的密切接触者",
        "contacts who died under observation",
        f"{_AT_END}未转为病例而死亡者。", "Of the contacts traced, those who died and were no cases, by 24:00.",
        "contacts_died_cum = |{traced, status = died}|", _OWN, _ENDED,
    ),
    _contacts(
        "contacts_to_trace", Kind.STOCK, Better.LOWER, "待追踪密切接触者", "contacts to be traced",
        "截至当日24时已登记、尚未找到的密切接触者。", "Close contacts that were registered and not found at 24:00.",
        "contacts_to_trace = |{status = to_trace}|", _OWN, _ENDED,
    ),
    _contacts(
        "contacts_new", Kind.FLOW, Better.LOWER, "新增密切接触者", "close contacts, new",
        "当日找到的密切接触者。", "Close contacts that were found on the day.",
        "contacts_new(d) = |{traced on d}|", _NOTICE, _BEGUN,
    ),
    _contacts(
        "contacts_released", Kind.FLOW, Better.HIGHER, "当日解除医学观察", "contacts released from observation",
        "当日解除医学观察的密切接触者。", "Close contacts that were released from observation on the day.",
        "contacts_released(d) = |{released on d}|", _NOTICE, _ENDED,
    ),
)  # fmt: skip
_OF_STATUS: Final = {
    Status.OBSERVING: "contacts_observing",
    Status.RELEASED: "contacts_released_cum",
    Status.CONVERTED: "contacts_converted_cum",
    Status.TRANSFERRED: "contacts_transferred_cum",
    Status.LOST: "contacts_lost_cum",
    Status.DIED: "contacts_died_cum",
}
IDENTITIES: Final = (
    Identity(
        "contacts_traced", "累计追踪 = 在观 + 解除 + 转为病例 + 转出 + 失访 + 死亡",
        "traced = observing + released + became cases + transferred + lost + died",
        "contacts_traced_cum", tuple(_OF_STATUS.values()),
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType(
    {
        "contact.exposed": ("暴露", "Exposed"),
        "contact.traced": ("已找到", "Found"),
        "contact.informed": ("已告知", "Told"),
        "contact.judged": ("判定密切程度", "Judged"),
        "contact.handed_over": ("移交", "Handed over"),
        "contact.released": ("结束观察", "Observation ended"),
        "contact.converted": ("转为病例", "Became a case"),
    }
)


def steps(its: Contact) -> Iterator[Step]:
    """What a contact adds to the indicators."""
    for one in passages(its):
        if not one.counted:
            continue
        status = Status(one.status)
        stocks = ["contacts_to_trace"] if status is Status.TO_TRACE and not one.traced else []
        if one.traced:
            stocks = ["contacts_traced_cum", *([_OF_STATUS[status]] if status in _OF_STATUS else [])]
        for key in stocks:
            yield Step(one.area, one.begins, key, 1)
            if one.ends is not None:
                yield Step(one.area, one.ends, key, -1)
        if one.newly_traced:
            yield Step(one.area, one.begins, "contacts_new", 1)
        if one.event and status is Status.RELEASED:
            yield Step(one.area, one.begins, "contacts_released", 1)
