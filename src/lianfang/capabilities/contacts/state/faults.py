"""What a fact says that cannot be: shown, never dropped. A fault names the field and what to do."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args
from uuid import UUID

Reason = Literal[
    "no_such_edition",
    "no_such_closeness",
    "in_future",
    "another_disease",
    "another_person",
    "nobody_known",
    "not_traced",
    "ended",
    "became_another",
    "too_early",
    "still_close",
    "no_destination",
    "same_area",
    "not_shorter",
    "too_short",
    "no_due",
    "was_infected_by_itself",
    "not_responsible",
    "rests",
]

_TOLD: dict[Reason, tuple[str, str]] = {
    "no_such_edition": (
        "没有这一病种或版本：{what}，请选用现有版本",
        "there is no such disease or edition: {what}; choose one of those that there are",
    ),
    "no_such_closeness": ("该版本没有这种接触方式，可用：{known}", "the edition has no such kind; it has: {known}"),
    "in_future": ("{day}晚于登记之日{told}，请核对", "{day} is after {told}, when it was told: correct it"),
    "another_disease": (
        "与登记的病种{what}不同，请另行登记",
        "is another disease than {what}: register another contact",
    ),
    "another_person": ("此人与已追踪到的人不同，请更正原记录", "is another person than was found: correct that record"),
    "nobody_known": ("尚不知是谁，请先登记已追踪到何人", "it is not known who it is: record first who was found"),
    "not_traced": ("尚未追踪到，请先登记追踪结果", "was not found yet: record first that the contact was found"),
    "ended": ("观察已于{day}结束，请另行登记", "the observation ended on {day}: register another contact"),
    "became_another": ("已转为另一病例{what}，请更正原记录", "became another case, {what}: correct that record"),
    "too_early": (
        "观察期至{due}当日结束，此前不得期满解除",
        "the observation lasts until the end of {due}; it is not completed before",
    ),
    "still_close": (
        "仍判为密切接触者，请先登记判定",
        "counts as close: record first that somebody judged otherwise",
    ),
    "no_destination": ("请填写转往的地区", "say which division the contact was transferred to"),
    "same_area": ("已由该地区负责，请填写另一地区", "is responsible already: name another division"),
    "not_shorter": ("不早于现定的{due}，无需缩短", "is not before {due}, which holds: there is nothing to shorten"),
    "too_short": ("早于按暴露推算的{due}，不得缩短", "is before {due}, which follows from the exposures"),
    "no_due": ("尚无观察期限，无从缩短", "there is no last day yet that could be shortened"),
    "was_infected_by_itself": ("不能由本人感染", "nobody was infected by himself"),
    "not_responsible": (
        "{area}不负责此人，请先由负责地区移交",
        "{area} is not responsible: let the division that is hand over first",
    ),
    "rests": (
        "此人还有{n}条记录以最后一次暴露为据：请先逐条撤回，或说明理由结束观察",
        "{n} other records rest on the last exposure that is left: take these back first, or end the observation with "
        "a reason",
    ),
}
assert set(_TOLD) == set(get_args(Reason))


class Fault(NamedTuple):
    """A fact that contradicts what holds before it. It is not applied."""

    fact: UUID
    field: str
    reason: Reason
    zh: str
    en: str


def fault(fact: UUID, field: str, reason: Reason, **told: object) -> Fault:
    """A fault with its words."""
    zh, en = _TOLD[reason]
    return Fault(fact, field, reason, zh.format(**told), en.format(**told))
