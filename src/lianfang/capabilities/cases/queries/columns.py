"""The columns of the line list: what can be shown, filtered and sorted by, with their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.rules.checks import BASES, LEAVINGS, PLACES
from lianfang.profiles.disease import Term, profiles, terms

Kind = Literal["text", "day", "time", "number", "yes_no", "id", "area"]


class Column(NamedTuple):
    """A column: its kind, its titles, and the group of the dictionary that its codes are of, if any."""

    kind: Kind
    zh: str
    en: str
    terms: str = ""


COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        "number": Column("text", "病例编号", "number"),
        "area": Column("area", "责任地区", "responsible area"),
        "disease": Column("text", "病种", "disease", "disease"),
        "to": Column("text", "分类", "class", "case_class"),
        "severity": Column("text", "病情", "severity", "severity"),
        "source": Column("text", "感染来源", "source", "source"),
        "outcome": Column("text", "转归", "outcome", "outcome"),
        "onset_earliest": Column("day", "发病日期（最早）", "onset, earliest"),
        "onset_latest": Column("day", "发病日期（最晚）", "onset, latest"),
        "no_symptoms": Column("yes_no", "无症状", "no symptoms"),
        "sex": Column("text", "性别", "sex", "sex"),
        "age_years": Column("number", "年龄（岁）", "age in years"),
        "occupation": Column("text", "职业", "occupation", "occupation"),
        "health_worker": Column("yes_no", "医务人员", "health worker"),
        "residence": Column("area", "居住地", "residence"),
        "stay": Column("area", "现在所在地", "present place"),
        "came_from": Column("area", "输入来源地", "came from"),
        "found_by": Column("text", "发现方式", "found by", "found_by"),
        "unit": Column("text", "报告单位", "reporting unit"),
        "first_visit_at": Column("time", "首诊时间", "first visit"),
        "reported_at": Column("time", "诊断报告时间", "diagnosed and reported"),
        "received_at": Column("time", "收到时间", "received"),
        "investigated_at": Column("time", "流调完成时间", "investigated"),
        "suspected_at": Column("time", "列为疑似时间", "suspected since"),
        "confirmed_at": Column("time", "确诊时间", "confirmed since"),
        "decided_at": Column("time", "最近判定时间", "last decided"),
        "isolated_at": Column("time", "隔离时间", "isolated"),
        "isolated_where": Column("text", "隔离地点", "isolated where", "isolated_where"),
        "admitted_at": Column("time", "收治时间", "admitted"),
        "hospital": Column("text", "所在医院", "hospital"),
        "designated": Column("yes_no", "在定点医院", "in a designated hospital"),
        "treated_at": Column("time", "开始治疗时间", "treated since"),
        "ended_at": Column("time", "转归时间", "ended"),
        "contacts_named": Column("number", "报告接触者人数", "contacts named"),
        "samples": Column("number", "样本数", "samples"),
        "result": Column("text", "最近检测结果", "last result", "test_result"),
        "result_at": Column("time", "最近结果时间", "last result at"),
        "edition": Column("text", "判定依据版本", "decided under"),
        "would_be": Column("text", "重新评估结果", "would be", "case_class"),
        "review_edition": Column("text", "重新评估版本", "reviewed under"),
        "faults": Column("number", "矛盾记录数", "contradicting facts"),
        "disputed": Column("number", "争议记录数", "disputed facts"),
        "batch": Column("id", "导入批次", "import"),
        "person": Column("id", "人员", "person"),
        "subject": Column("id", "病例", "case"),
    }
)
"""In the order in which they are shown."""
SORTS: Final = (
    "reported_at", "onset_earliest", "confirmed_at", "decided_at", "ended_at", "number", "area", "to", "severity",
    "age_years",
)  # fmt: skip

READ: Final[Mapping[Kind, Callable[[str], Any]]] = MappingProxyType(
    {
        "text": str,
        "area": str,
        "day": date.fromisoformat,
        "time": datetime.fromisoformat,
        "number": float,
        "yes_no": lambda told: {"true": True, "false": False}[told.lower()],
        "id": UUID,
    }
)
"""How a condition's value is read. Raises ValueError, KeyError."""


def titles(group: str) -> dict[str, tuple[str, str]]:
    """The titles of a group's codes, in Chinese and English."""
    if group == "disease":
        return {one.code: (one.zh, one.en) for one in profiles()}
    if group in _OWN:
        return _OWN[group]
    return _titles(terms(group))


def _titles(known: Iterable[Term]) -> dict[str, tuple[str, str]]:
    return {one.code: (one.zh, one.en) for one in known}


_OWN: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "sex": {"male": ("男", "male"), "female": ("女", "female")},
    "isolated_where": _titles(PLACES),
    "basis": {"report": ("报告卡", "report card"), **_titles(BASES)},
    "leaving": _titles(LEAVINGS),
}
OWN_GROUPS: Final = tuple(_OWN)
