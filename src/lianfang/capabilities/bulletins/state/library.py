"""Health education and answers to claims, folded from what was published and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.bulletins.facts.library import (
    ClaimAnswered,
    ClaimWithdrawn,
    HealthItemPublished,
    HealthItemWithdrawn,
)
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

ITEM_KINDS: Final = (HealthItemPublished, HealthItemWithdrawn)
CLAIM_KINDS: Final = (ClaimAnswered, ClaimWithdrawn)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_public": ("没有可撤下的内容，请刷新后再办", "nothing of it is public: look again"),
    "same_version": ("与现行版本相同，不必重复", "is the version in force already: nothing more is needed"),
}


class Version(NamedTuple):
    """A version of an item in one language; ``withdrawn`` says when and why it ceased to be valid. ``fact`` is the last
    about it, ``author`` whose that is: what was published, or withdrawn, by mistake is taken back by it."""

    fact: UUID
    author: str
    at: datetime
    data: HealthItemPublished
    in_force: bool
    withdrawn: datetime | None = None
    reason: str = ""


@dataclass(slots=True)
class Item:
    """All versions of an item, by language the last in force, and the facts that contradict what was before them."""

    area: str = ""
    versions: list[Version] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)

    def in_force(self, lang: str) -> Version | None:
        return next((one for one in self.versions if one.data.lang == lang and one.in_force), None)

    def _put(self, old: Version, new: Version) -> None:
        self.versions[self.versions.index(old)] = new


def item(facts: Sequence[Fact]) -> Item:
    """The item whose facts these are, in any order."""
    its = Item()
    for fact in in_turn(standing(facts).facts, ITEM_KINDS):
        its.area = its.area or fact.area
        data = fact.data
        if isinstance(data, HealthItemPublished):
            before = its.in_force(data.lang)
            if before is not None and before.data == data:
                its.found.append(Fault(fact.id, "text", "same_version"))
                continue
            if before is not None:
                its._put(before, before._replace(in_force=False))
            its.versions.append(Version(fact.id, fact.author, when(fact), data, True))
        elif isinstance(data, HealthItemWithdrawn):
            before = its.in_force(data.lang)
            if before is None:
                its.found.append(Fault(fact.id, "lang", "not_public"))
            else:
                ended = before._replace(in_force=False, withdrawn=when(fact), reason=data.reason)
                its._put(before, ended._replace(fact=fact.id, author=fact.author))
    return its


@dataclass(slots=True)
class Claim:
    """A claim with its answer in force; ``withdrawn`` where it does not hold any more. ``fact``: the last about it."""

    area: str = ""
    answered: ClaimAnswered | None = None
    fact: UUID | None = None
    author: str = ""
    at: datetime | None = None
    withdrawn: datetime | None = None
    reason: str = ""
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)


def claim(facts: Sequence[Fact]) -> Claim:
    """The claim whose facts these are, in any order; the last answer holds."""
    its = Claim()
    for fact in in_turn(standing(facts).facts, CLAIM_KINDS):
        its.area = its.area or fact.area
        data = fact.data
        if isinstance(data, ClaimAnswered):
            its.answered, its.fact, its.author, its.at = data, fact.id, fact.author, when(fact)
            its.withdrawn, its.reason = None, ""
        elif isinstance(data, ClaimWithdrawn) and its.answered is not None and its.withdrawn is None:
            its.withdrawn, its.reason, its.fact, its.author = when(fact), data.reason, fact.id, fact.author
        else:
            its.found.append(Fault(fact.id, "reason", "not_public"))
    return its
