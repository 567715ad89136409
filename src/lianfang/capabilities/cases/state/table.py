"""The table of what may follow what, and what a fact that contradicts it is told to be.

Sources: classes and their order, 新型冠状病毒感染的肺炎诊疗方案, editions 2 to 7, 2020: suspected, then confirmed or
excluded; edition 5 for the clinically diagnosed class of Hubei. A confirmed case leaves the counts by revision (核减)
alone. Where no edition says it (opening an excluded case again, dates), the rule is a working definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import CaseOutcome, Class
from lianfang.profiles.disease import term


class Move(StrEnum):
    """When a class may follow another."""

    ALWAYS = "always"
    OTHER_EDITION = "other_edition"  # where another edition of the definitions draws the line elsewhere
    REVISED = "revised"  # on the basis of another diagnosis or of experts: the earlier count was wrong


REVISING: Final = frozenset({"expert", "other_diagnosis"})
"""Bases of a decision that an earlier count was wrong."""

_R, _S, _C, _P, _K, _A, _X = (
    Class.REPORTED, Class.SUSPECTED, Class.CLINICAL, Class.PROBABLE, Class.CONFIRMED, Class.ASYMPTOMATIC,
    Class.EXCLUDED,
)  # fmt: skip
_YES, _ED, _REV = Move.ALWAYS, Move.OTHER_EDITION, Move.REVISED

MOVES: Final[Mapping[Class, Mapping[Class, Move]]] = MappingProxyType(
    {
        _R: {_S: _YES, _C: _YES, _P: _YES, _K: _YES, _A: _YES, _X: _YES},
        _S: {_C: _YES, _P: _YES, _K: _YES, _X: _YES, _S: _ED},
        _C: {_K: _YES, _X: _YES, _S: _ED, _P: _ED, _C: _ED},
        _P: {_K: _YES, _X: _YES, _S: _ED, _C: _ED, _P: _ED},
        _K: {_X: _REV, _K: _ED},
        _A: {_K: _YES, _X: _REV, _A: _ED},
        _X: {_S: _YES, _X: _ED},
    }
)
"""From a class, to which others, and when. What is not in it is refused."""

ENDS: Final[Mapping[CaseOutcome, frozenset[Class]]] = MappingProxyType(
    {
        CaseOutcome.RECOVERED: frozenset({_C, _P, _K, _A}),
        CaseOutcome.DIED: frozenset({_R, _S, _C, _P, _K, _A}),
    }
)
"""Which classes can end how. A suspected case that recovers is decided first: it was one, or it was none."""

POSITIVE: Final = frozenset({Class.CONFIRMED, Class.ASYMPTOMATIC, Class.PROBABLE})
"""Classes that a laboratory's positive result stands for."""

COUNTED: Final = frozenset({_C, _P, _K, _A})
"""Classes that cumulative counts are made of: a case that was reported as one leaves them by revision."""


class Fault(NamedTuple):
    """A fact that is not applied, with the field that contradicts, a code, and what to do."""

    fact: UUID
    field: str
    code: str
    zh: str
    en: str


_TOLD: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "move": (
            "现为“{was}”，不能改为“{to}”：请先更正或撤回原判定",
            "the case is {was} and cannot become {to}: correct or take back the earlier decision first",
        ),
        "other_edition": (
            "“{was}”只有依据另一版方案才能改为“{to}”：请填写所依据的版本",
            "{was} becomes {to} only under another edition: name that edition",
        ),
        "revised": (
            "“{was}”只能以专家判定或其他诊断为依据核减为“{to}”",
            "{was} becomes {to} by revision only: on the basis of experts or of another diagnosis",
        ),
        "already": ("已是“{to}”（同一版方案）", "the case is {to} already, under the same edition"),
        "before_report": (
            "早于病例报告时间：请核对时间，或更正报告卡",
            "is before the case was reported: correct the time, or the report card",
        ),
        "reported_twice": (
            "此病例已有报告卡：请更正原报告卡，或另建病例",
            "the case has a report card already: correct that one, or report another case",
        ),
        "rests": (
            "此病例还有{n}条记录以报告卡为据：请先逐条撤回，或由专家判定排除",
            "{n} other records of the case rest on its report card: take these back first, or exclude the case by "
            "experts' decision",
        ),
        "counted": (
            "病例已以“{was}”计入累计：不能撤回或改为另一类，请以专家判定或其他诊断核减",
            "the case is in the cumulative counts as {was}: exclude it on the basis of experts or of another "
            "diagnosis, which counts as a revision",
        ),
        "corrects_other_kind": (
            "更正的是另一类记录：请用同类记录更正，或撤回",
            "corrects a fact of another kind: correct it by its own kind, or take it back",
        ),
        "not_responsible": (
            "{area}不是此病例的责任地区：请由责任地区登记，或先移交",
            "{area} is not responsible for the case: let the responsible division record it, or have it handed over",
        ),
        "unknown_area": ("没有区划{area}：请核对代码", "there is no division {area}: correct the code"),
        "same_area": ("责任地区未变", "is responsible already"),
        "no_end": (
            "“{was}”不能以“{to}”结束：请先判定",
            "a case that is {was} cannot end as {to}: decide what it is first",
        ),
        "ended": (
            "病例已于{on}以“{was}”结束：请更正转归，再次发病请另建病例",
            "the case ended as {was} on {on}: correct that, or report another case if the patient fell ill again",
        ),
        "excluded": (
            "病例已排除：请先重新列为疑似",
            "the case was excluded: make it suspected again first",
        ),
        "ended_before_onset": ("早于发病日期{on}", "is before the onset of {on}"),
        "onset_after_told": (
            "晚于登记时间：尚未发生的发病不能登记",
            "is after it was told: an onset yet to come cannot be recorded",
        ),
        "onset_after_end": ("晚于病例结束日期{on}", "is after the case ended on {on}"),
        "infected_after_onset": ("感染时间晚于发病", "an infection after the onset"),
        "stay_order": ("旅居的结束早于开始", "a stay that ends before it begins"),
        "visit_after_told": ("晚于登记时间", "is after it was told"),
        "no_severity": ("无症状感染者没有病情分型", "an asymptomatic infection has no severity"),
        "not_in_hospital": ("患者不在医院：请先登记收治", "the patient is in no hospital: record the admission first"),
        "no_sample": ("此病例没有这一样本", "the case has no such sample"),
        "before_sampled": ("早于采样时间", "is before the sample was taken"),
        "unfit": ("样本不合格，不能有结果", "the sample was not fit to be tested"),
        "no_positive": (
            "所依据的样本在此之前没有阳性结果",
            "the sample it is based on had no positive result by then",
        ),
    }
)


def fault(fact: UUID, field: str, code: str, **values: object) -> Fault:
    """A fault with its words; classes and outcomes among ``values`` by their titles."""
    zh, en = _TOLD[code]
    titles = {name: _title(value) for name, value in values.items()}
    zh_values, en_values = ({name: its[n] for name, its in titles.items()} for n in (0, 1))
    return Fault(fact, field, code, zh.format(**zh_values), en.format(**en_values))


def _title(value: object) -> tuple[object, object]:
    for kind, group in ((Class, "case_class"), (CaseOutcome, "outcome")):
        if isinstance(value, kind):
            its = term(group, value)
            return its.zh, its.en
    return value, value
