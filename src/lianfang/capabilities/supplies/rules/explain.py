"""Why a place gets what it gets, and why it comes from where it comes: a sentence for each, in both languages."""

from __future__ import annotations

from typing import Final, NamedTuple

from lianfang.capabilities.supplies.facts.allocation import Line, Wanted

Sentence = tuple[str, str]
"""In Chinese, in English."""

RULE: Final[Sentence] = (
    "先保底、后均衡：每处先得到保底量；其余逐件分给“现有加分得”占所看天数需要量比例最低的一处，直到可分完或人人够用。"
    "得到补充的各处最终处于同一水平，已高于该水平的不再分。仓库保留储备。各处的数量确定后，再求总运距最短的调运路线。",
    "Floors first, then the same level for all: every place is given its floor; the rest goes unit by unit to the "
    "place whose stock, with what it was given, is the lowest share of what it needs for the days looked ahead, until "
    "nothing is left or every need is met. All who are given something end on one level; who is above it is given "
    "nothing. Stores keep a reserve. The ways are then the shortest in all for those amounts.",
)
SOURCE: Final = (
    "Lexicographic maximin sharing: H. Luss, On equitable resource allocation problems: a lexicographic minimax "
    "approach, Operations Research 47(3), 1999, 361-378"
)


class Numbers(NamedTuple):
    """What a sentence of a place speaks of: days that its stock lasts before and after."""

    before: float
    after: float


def lasting(its: Wanted, amount: int, days: int) -> Numbers:
    """How many days its stock lasts, of which ``need`` is enough for ``days``."""
    if not its.need:
        return Numbers(0.0, 0.0)
    return Numbers(its.has * days / its.need, (its.has + amount) * days / its.need)


def of_place(its: Wanted, amount: int, days: int, unit: Sentence) -> Sentence:
    """Why a place gets so much. Where it was changed by hand, the rule's reason is not the amount's."""
    proposed = its.by_rule[0] or 0
    last = lasting(its, amount, days)
    zh = f"现有可用{last.before:.1f}天，分得{amount}{unit[0]}后可用{last.after:.1f}天（所看{days}天）"
    en = f"has enough for {last.before:.1f} days; with {amount} {unit[1]} for {last.after:.1f} of {days}"
    if amount != proposed:
        return f"{zh}；方案为{proposed}，已人工调整。", f"{en}; the rule proposed {proposed}, changed by hand."
    why_zh, why_en = _WHY[its.why]
    return f"{zh}；{why_zh}。", f"{en}; {why_en}."


_WHY: Final[dict[str, Sentence]] = {
    "full": ("缺口全部补足", "all that is missing is given"),
    "level": ("与其他得到补充的各处持平", "that is the level of all who are given something"),
    "floor": ("按保底量分给，已高于共同水平", "that is its floor, which is above the level of the others"),
    "short_floor": (
        "可分总量不足保底，各处按同一水平分",
        "there is less than all floors together: they are shared alike",
    ),
    "enough": ("已高于共同水平，本次不分", "it is above the level of the others without anything"),
    "no_need": ("没有需要", "it needs nothing"),
}


def of_line(line: Line | None, quantity: int, names: tuple[Sentence, Sentence]) -> Sentence:
    """Why it comes from that store; ``line`` as it was proposed, None where somebody added it; ``names`` are those of
    the store and of the place."""
    (store_zh, store_en), (place_zh, place_en) = names
    if line is None:
        return (
            f"人工增加：由{store_zh}调{quantity}到{place_zh}。",
            f"Added by hand: {quantity} from {store_en} to {place_en}.",
        )
    if line.nearest:
        why = ("是有货的仓库中最近的", "the nearest store that has any")
    else:
        why = (
            "更近的仓库留给调运更不便之处，总运距最短",
            "nearer stores serve places that are farther from others: the shortest way in all",
        )
    changed = (
        ("", "")
        if quantity == line.quantity
        else (f"；方案为{line.quantity}，已人工调整", f"; {line.quantity} was proposed, changed by hand")
    )
    return (
        f"{store_zh}距{place_zh}约{line.km}公里，{why[0]}{changed[0]}。",
        f"{store_en} is {line.km} km from {place_en}, {why[1]}{changed[1]}.",
    )
