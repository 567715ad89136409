"""A press conference with its pack, its questions and its answers, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.bulletins.facts.briefings import (
    BriefingAnswered,
    BriefingAsked,
    BriefingGiven,
    BriefingPrepared,
)
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

KINDS: Final = (BriefingPrepared, BriefingAsked, BriefingAnswered, BriefingGiven)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_prepared": ("没有这场发布会，请核对", "there is no such conference: look again"),
    "held": ("发布会已经举行，材料不能再改", "the conference was held: its pack stands as it is"),
    "same": ("与现有内容相同，不必重复", "is what stands there already: nothing more is needed"),
    "unknown_question": ("没有这个问题，请刷新后再办", "there is no such question: look again"),
}


class Answer(NamedTuple):
    """What was answered, by which fact, by whom and when."""

    fact: UUID
    author: str
    at: datetime
    zh: str
    en: str


@dataclass(slots=True)
class Question:
    """A question with its answers, the last one holding."""

    id: UUID
    author: str
    at: datetime
    expected: bool
    zh: str
    en: str
    answers: list[Answer] = field(default_factory=list)


class Step(NamedTuple):
    """Who prepared or held it, when, and by which fact."""

    fact: UUID
    author: str
    at: datetime


@dataclass(slots=True)
class Briefing:
    """All of one conference, and the facts that contradict what was before them."""

    area: str = ""
    pack: BriefingPrepared | None = None
    prepared: Step | None = None
    held: Step | None = None
    questions: list[Question] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)

    def question(self, id: UUID) -> Question | None:
        return next((one for one in self.questions if one.id == id), None)


def briefing(facts: Sequence[Fact]) -> Briefing:
    """The conference whose facts these are, in any order. What contradicts is not applied, and told."""
    its = Briefing()
    for fact in in_turn(standing(facts).facts, KINDS):
        its.area = its.area or fact.area
        refusal = _applied(its, fact)
        if refusal:
            its.found.append(Fault(fact.id, *refusal))
    return its


def _applied(its: Briefing, fact: Fact) -> tuple[str, str] | None:
    data, step = fact.data, Step(fact.id, fact.author, when(fact))
    if isinstance(data, BriefingPrepared):
        if its.held:
            return "notice", "held"
        if its.pack == data:
            return "notice", "same"
        its.pack, its.prepared = data, step
    elif its.pack is None:
        return "notice", "not_prepared"
    elif isinstance(data, BriefingAsked):
        its.questions.append(Question(*step, data.expected, data.zh, data.en))
    elif isinstance(data, BriefingAnswered):
        return _answered(its.question(data.question), Answer(*step, data.zh, data.en))
    elif its.held:
        return "held", "held"
    else:
        its.held = step
    return None


def _answered(question: Question | None, answer: Answer) -> tuple[str, str] | None:
    if question is None:
        return "question", "unknown_question"
    last = question.answers[-1] if question.answers else None
    if last and (last.zh, last.en) == (answer.zh, answer.en):
        return "zh", "same"
    question.answers.append(answer)
    return None
