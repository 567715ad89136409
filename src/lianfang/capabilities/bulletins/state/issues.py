"""A notice on its way to the public: its drafts, who checked and approved them, and what was issued, folded from the
facts about one area and cut-off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.bulletins.facts import (
    BulletinApproved,
    BulletinChecked,
    BulletinDrafted,
    BulletinIssued,
    BulletinReturned,
    Contents,
    Noted,
)
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

KINDS: Final = (BulletinDrafted, BulletinChecked, BulletinReturned, BulletinApproved, BulletinIssued)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "open_draft": (
        "同一地区、同一截止时间已有一份在办稿，请在该稿上办理，或先退回",
        "another draft of this area and cut-off is on its way: go on with that one, or return it first",
    ),
    "issued_before": (
        "本期已发布，只能以订正稿替换，请写明订正说明",
        "this notice was issued: only a revision, with a note that says why, can take its place",
    ),
    "not_the_last": ("不是最近一次发布的版本，请重新拟稿", "is not the issue in force: draft it again"),
    "needs_note": ("订正须写明说明，请填写", "a revision needs a note that says why: give it"),
    "unknown_draft": ("没有这份稿件，请刷新后再办", "there is no such draft: look again"),
    "returned": ("稿件已退回，请重新拟稿", "the draft was returned: draft it anew"),
    "issued": ("稿件已发布，不能再改", "the draft was issued: nothing about it can change"),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "not_checked": ("尚未核对，请先核对", "was not checked yet: check it first"),
    "not_approved": ("尚未批准，请先由他人批准", "was not approved yet: another person approves it first"),
    "same_person": ("批准人不能是拟稿人，请由他人批准", "must be somebody other than the drafter: let another approve"),
    "other_contents": ("与批准的稿件不一致", "is not what was approved"),
}


class IssueStage(StrEnum):
    """How far a draft has come."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"
    ISSUED = "issued"
    REVISED = "revised"
    RETURNED = "returned"


class Act(NamedTuple):
    """Who did it, when, and by which fact."""

    fact: UUID
    author: str
    at: datetime


@dataclass(slots=True)
class Draft:
    """A draft with what was done about it. ``number`` is that of its issue, from 1; ``revised`` the draft that took
    its place."""

    drafted: Act
    data: BulletinDrafted
    checked: Act | None = None
    notes: tuple[Noted, ...] = ()
    approved: Act | None = None
    issued: Act | None = None
    number: int | None = None
    returned: Act | None = None
    reason: str = ""
    revised: UUID | None = None

    @property
    def id(self) -> UUID:
        return self.drafted.fact

    @property
    def stage(self) -> IssueStage:
        if self.revised:
            return IssueStage.REVISED
        done = (
            (self.returned, IssueStage.RETURNED),
            (self.issued, IssueStage.ISSUED),
            (self.approved, IssueStage.APPROVED),
            (self.checked, IssueStage.CHECKED),
        )
        return next((stage for act, stage in done if act), IssueStage.DRAFTED)

    @property
    def open(self) -> bool:
        return self.stage in (IssueStage.DRAFTED, IssueStage.CHECKED, IssueStage.APPROVED)


@dataclass(slots=True)
class Notice:
    """All drafts of one area and cut-off, the earliest first, and the facts that contradict what was before them."""

    area: str = ""
    drafts: list[Draft] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)

    @property
    def in_force(self) -> Draft | None:
        """What is public: the last that was issued."""
        return next((one for one in reversed(self.drafts) if one.stage is IssueStage.ISSUED), None)

    @property
    def on_its_way(self) -> Draft | None:
        return next((one for one in self.drafts if one.open), None)

    def draft(self, id: UUID) -> Draft | None:
        return next((one for one in self.drafts if one.id == id), None)


Refusal = tuple[str, str] | None
"""The field, and why."""


def notice(facts: Sequence[Fact]) -> Notice:
    """The notice whose facts these are, in any order. What contradicts is not applied, and told."""
    its = Notice()
    for fact in in_turn(standing(facts).facts, KINDS):
        its.area = its.area or fact.area
        refusal = _APPLY[type(fact.data)](its, fact, Act(fact.id, fact.author, when(fact)))
        if refusal:
            its.found.append(Fault(fact.id, *refusal))
    return its


def _drafted(its: Notice, fact: Fact, act: Act) -> Refusal:
    data = fact.data
    assert isinstance(data, BulletinDrafted)
    if its.on_its_way:
        return "id", "open_draft"
    before = its.in_force
    if before is not None and data.revises is None:
        return "revises", "issued_before"
    if data.revises is not None and (before is None or before.issued is None or data.revises != before.issued.fact):
        return "revises", "not_the_last"
    if data.revises is not None and not data.note:
        return "note", "needs_note"
    its.drafts.append(Draft(act, data))
    return None


def _about(its: Notice, id: UUID, done: Callable[[Draft], object]) -> tuple[Draft | None, Refusal]:
    """The draft that a fact is about, if nothing about it is closed, and ``done`` not yet."""
    draft = its.draft(id)
    if draft is None:
        return None, ("draft", "unknown_draft")
    if draft.returned:
        return None, ("draft", "returned")
    if done(draft):
        return None, ("draft", "again")
    return (None, ("draft", "issued")) if draft.issued else (draft, None)


def _checked(its: Notice, fact: Fact, act: Act) -> Refusal:
    data = fact.data
    assert isinstance(data, BulletinChecked)
    draft, refusal = _about(its, data.draft, lambda one: one.checked)
    if draft:
        draft.checked, draft.notes = act, data.notes
    return refusal


def _returned(its: Notice, fact: Fact, act: Act) -> Refusal:
    data = fact.data
    assert isinstance(data, BulletinReturned)
    draft, refusal = _about(its, data.draft, lambda one: None)
    if draft:
        draft.returned, draft.reason = act, data.reason
    return refusal


def _approved(its: Notice, fact: Fact, act: Act) -> Refusal:
    data = fact.data
    assert isinstance(data, BulletinApproved)
    draft, refusal = _about(its, data.draft, lambda one: one.approved)
    if draft is None:
        return refusal
    if not draft.checked:
        return "draft", "not_checked"
    if draft.drafted.author == act.author:
        return "author", "same_person"
    draft.approved = act
    return None


def _issued(its: Notice, fact: Fact, act: Act) -> Refusal:
    data = fact.data
    assert isinstance(data, BulletinIssued)
    draft, refusal = _about(its, data.draft, lambda one: one.issued)
    if draft is None:
        return refusal
    if not draft.approved:
        return "draft", "not_approved"
    if not _same(data.contents, draft.data.contents):
        return "contents", "other_contents"
    before = its.in_force
    draft.issued, draft.number = act, data.number
    if before:
        before.revised = draft.id
    return None


def _same(one: Contents, other: Contents) -> bool:
    return one.model_dump(mode="json") == other.model_dump(mode="json")


_APPLY: Final[dict[type, Callable[[Notice, Fact, Act], Refusal]]] = {
    BulletinDrafted: _drafted,
    BulletinChecked: _checked,
    BulletinReturned: _returned,
    BulletinApproved: _approved,
    BulletinIssued: _issued,
}
