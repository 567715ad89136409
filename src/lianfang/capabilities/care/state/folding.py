"""Facts of care that contradict what was before them: not applied, and shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from uuid import UUID

from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.history import standing

__all__ = ["WORDS", "Fault", "Subject", "fold", "in_turn", "when"]


@dataclass(frozen=True)
class Subject:
    """What is folded: the facts that were not applied, and whether rival corrections are on record."""

    faults: tuple[Fault, ...] = ()
    disputed: bool = False


S = TypeVar("S", bound=Subject)
Applied = tuple[str, str]
"""A fact that could not be applied: its field and the reason."""


def fold(
    empty: S, facts: Sequence[Fact], kinds: Sequence[type[FactData]], apply: Callable[[S, Fact], S | Applied]
) -> S:  # fmt: skip
    """One subject's facts, in whatever order they are given, applied one after the other."""
    held = standing(facts)
    found, faults = empty, list[Fault]()
    for fact in in_turn(held.facts, kinds):
        applied = apply(found, fact)
        if isinstance(applied, tuple):
            faults.append(Fault(fact.id, *applied))
        else:
            found = applied
    return replace(found, faults=tuple(faults), disputed=bool(held.disputed))


def rows_of(faults: Sequence[Fault]) -> list[list[str]]:
    """Faults as a row keeps them: fact, field, reason."""
    return [[str(one.fact), one.field, one.reason] for one in faults]


def faults_of(kept: Sequence[Sequence[str]]) -> list[Fault]:
    """Faults as a row has kept them."""
    return [Fault(UUID(fact), field, reason) for fact, field, reason in kept]


WORDS: Final[dict[str, tuple[str, str]]] = {
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "no_visit": ("没有这次就诊，请核对", "there is no such visit: correct it"),
    "over": ("就诊已结束，不能再登记", "the visit is over: nothing more can be recorded"),
    "other_way": (
        "预检已分往他处，不在发热门诊办理",
        "was sent elsewhere at triage: the fever clinic has no part in it",
    ),
    "no_consult": (
        "发热且有流行病学史的患者，没有疾控会诊记录不得离院。请先请疾控会诊并登记结论",
        "a patient with fever and epidemiological history is not discharged without a consult record of the centre for "
        "disease control: ask for the consult, and have its conclusion recorded first",
    ),
    "not_cleared": (
        "疾控会诊结论不是“排除可疑”，不得离院：请留观或按结论报告",
        "the centre for disease control has not cleared the patient: keep him or her, or report as it says",
    ),
    "history_unknown": (
        "发热患者的流行病学史尚未问明，不得离院。请问明后更正预检登记",
        "the epidemiological history of a patient with fever is not known: ask, correct the triage, then discharge",
    ),
    "no_referral": ("没有这份转诊，请核对", "there is no such referral: correct it"),
    "closed": ("转诊已反馈，不能再登记", "the referral was answered: nothing more can be recorded"),
    "not_received": ("请先登记接收，再反馈", "record first that the patient came, then what came of it"),
    "no_team": ("没有这个专家组，或已撤销", "there is no such team, or it was dissolved"),
    "no_last_before_first": ("结束日期早于开始日期", "the last day is before the first: correct one"),
    "no_consultation": ("没有这次会诊，请核对", "there is no such consultation: correct it"),
    "no_exposure": ("没有这次暴露，请核对", "there is no such exposure: correct it"),
    "needs_case": ("请先报告病例，再登记病例编号", "report the case first, then name it here"),
}
