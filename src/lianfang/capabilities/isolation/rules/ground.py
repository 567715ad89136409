"""On which ground somebody may be ordered into isolation: a provision of law, and a medical reason on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianfang.capabilities.cases.facts import Reported
from lianfang.capabilities.contacts.state import contact
from lianfang.capabilities.isolation.facts import OrderClass, Ordered
from lianfang.capabilities.isolation.rules.policy import Policy
from lianfang.capabilities.isolation.state import CIVIL_TIME
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
    "not_yet": (
        "{zh}自{begins}起施行，不能用于此前的指令：请选择当时的版本",
        "{en} begins on {begins}, after the order: name the edition of that day",
    ),
    "no_edition": ("病种或方案版本不存在，请核对", "names no disease or edition that is known: correct it"),
    "before_observation": (
        "早于其医学观察期满时间（{until}），请改为不早于该时间",
        "is before the observation of the contact ends ({until}): give that time or a later one",
    ),
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
    until = observed_until(reason_facts)
    if data.order_class is OrderClass.CLOSE_CONTACT and until is not None and data.end < until:
        found.append(("end", "before_observation", {"until": f"{until.astimezone(CIVIL_TIME):%Y-%m-%d %H:%M}"}))
    if data.end - data.start > timedelta(days=policy.most_days):
        found.append(("end", "too_long", {"most": policy.most_days}))
    return found


def observed_until(facts: Sequence[Fact]) -> datetime | None:
    """Until when a contact, whose facts these are, is to be observed; None where the observation is over, or where no
    edition says how long it lasts."""
    its = contact.fold(facts)
    if its is None or its.due is None or its.ended_at is not None or not its.observed:
        return None
    return contact.release_from(its.due)


def _people(facts: Sequence[Fact], order_class: OrderClass) -> Iterable[UUID | None]:
    """Whom the record has as a case, or as somebody to be observed for a contact."""
    if order_class is OrderClass.SUSPECTED:
        yield from (fact.data.person for fact in standing(facts).facts if isinstance(fact.data, Reported))
    elif (its := contact.fold(facts)) is not None and its.observed:
        yield its.person


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
