"""On which ground somebody may be ordered into isolation: a provision of law, and a medical reason on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from lianfang.capabilities.cases.facts import Reported
from lianfang.capabilities.contacts.facts import Exposed, Traced
from lianfang.capabilities.isolation.facts import OrderClass, Ordered
from lianfang.capabilities.isolation.rules.policy import Policy
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing
from lianfang.profiles.disease import NoEdition, NoProfile, profile, terms

WORDS: Final[dict[str, tuple[str, str]]] = {
    "no_basis": ("不是可用的法律依据，可用：{known}", "is no provision that allows an order; there are: {known}"),
    "no_ground": (
        "记录中没有此人作为{of_zh}的登记，不能以此下达指令：请先登记，或更正编号",
        "the record does not have this person as {of_en}: without that ground there is no order; register it, or "
        "correct the id",
    ),
    "no_edition": ("病种或方案版本不存在，请核对", "names no disease or edition that is known: correct it"),
    "too_long": ("最长{most}天，到期可延长", "lasts at most {most} days; it may be extended when they are over"),
}
_OF: Final = {
    OrderClass.SUSPECTED: ("病例", "a case"),
    OrderClass.CLOSE_CONTACT: ("密切接触者", "a close contact"),
}


def wrong_with(
    data: Ordered, person: UUID, reason_facts: Sequence[Fact], policy: Policy
) -> list[tuple[str, str, dict[str, object]]]:
    """What keeps an order from being given: field, reason, and what the words of the reason need.

    ``reason_facts`` are the facts of the contact or case that is the reason. Source: who is suspected or a close
    contact is isolated as medicine requires (working definition of the ground: the record has the person as such).
    """
    found: list[tuple[str, str, dict[str, object]]] = []
    if data.basis not in policy.bases:
        found.append(("basis", "no_basis", {"known": ", ".join(policy.bases)}))
    if data.order_class is not OrderClass.OTHER and person not in set(_people(reason_facts, data.order_class)):
        zh, en = _OF[data.order_class]
        found.append(("of", "no_ground", {"of_zh": zh, "of_en": en}))
    try:
        profile(data.disease).edition(data.edition)
    except (NoProfile, NoEdition):
        found.append(("edition", "no_edition", {}))
    if data.end - data.start > timedelta(days=policy.most_days):
        found.append(("end", "too_long", {"most": policy.most_days}))
    return found


def _people(facts: Sequence[Fact], order_class: OrderClass) -> Iterable[UUID | None]:
    for fact in standing(facts).facts:
        if order_class is OrderClass.SUSPECTED and isinstance(fact.data, Reported):
            yield fact.data.person
        if order_class is OrderClass.CLOSE_CONTACT and isinstance(fact.data, (Exposed, Traced)):
            yield fact.data.person


def in_official_words(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with the official wording for each that stands for one (居家医学观察 for 居家医学管理), and the codes of
    those that were read."""
    read = []
    for alias in terms("aliases"):
        means = getattr(alias, "means", "")
        if means and alias.zh in text:
            text = text.replace(alias.zh, means)
            read.append(alias.code)
    return text, tuple(read)
