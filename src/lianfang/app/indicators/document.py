"""``docs/indicators.md``, written from the registry: ``python -m lianfang.app.indicators.document``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby

from lianfang.facts.indicator import Group, Identity, Indicator

GROUPS = {
    Group.CASES: "Cases 病例",
    Group.CONTACTS: "Contacts 密切接触者",
    Group.ISOLATION: "Isolation 隔离与医学观察",
    Group.SCREENING: "Screening 入户排查",
    Group.CHECKPOINTS: "Checkpoints 卡点",
    Group.TASKS: "Tasks 任务",
    Group.WARNING: "Warning 预警",
    Group.CARE: "Care 医疗救治",
    Group.SUPPLIES: "Supplies 物资",
}
KINDS = {"stock": "stock 存量", "flow": "flow 当日数", "share": "share 占比"}
_HEAD = """# Indicators 指标

Every figure of the situation, as one registry declares it: the page, the interface and the command line count by it,
and any figure opens down to the facts that it is made of. A stock holds at 24:00 of a day, a flow happened on the day,
a share is of another indicator. Of indicators marked `replay` the record tells what was known at any time; those marked
`today` are told of the present day alone, because nothing else is kept.

态势页、接口与命令行的每个数字都由同一张指标表定义和计算，并可逐级查到构成它的事实。存量为当日24时的数，当日数为当天发生的数，占比为占另一指标的比例。
标有 `replay` 的可按任一时刻所知重算；标有 `today` 的只有当天的数。

Written by `python -m lianfang.app.indicators.document > docs/indicators.md`.
"""


def document(found: Iterable[tuple[Indicator, bool]], identities: Iterable[Identity]) -> str:
    """The page; each indicator with whether it can be replayed."""
    return "\n".join([_HEAD, *_groups(list(found)), *_identities(identities)])


def _groups(found: list[tuple[Indicator, bool]]) -> Iterator[str]:
    for group, its in groupby(found, key=lambda one: one[0].group):
        yield f"## {GROUPS[group]}\n"
        for one, replays in its:
            yield from _indicator(one, replays)


def _indicator(one: Indicator, replays: bool) -> Iterator[str]:
    marks = [KINDS[one.kind], one.unit, *(["replay"] if replays else []), *([] if one.series else ["today"])]
    yield f"### {one.zh} {one.en}\n"
    yield f"`{one.key}` ({', '.join(marks)})\n"
    yield f"{one.definition_zh}\n\n{one.definition_en}\n"
    yield f"- formula 公式: `{one.formula}`"
    yield f"- source 依据: {one.source_zh} / {one.source}"
    yield f"- facts 事实: {', '.join(f'`{kind}`' for kind in one.fact_kinds)}\n"


def _identities(identities: Iterable[Identity]) -> Iterator[str]:
    yield "## Sums that must close 须相符的合计\n"
    for one in identities:
        yield f"- `{one.code}`: {one.zh} / {one.en}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
    import django

    django.setup()
    from lianfang.app.indicators.registry import counting

    print(
        document(
            [(one, its.replays) for its in counting() for one in its.declared],
            [one for its in counting() for one in its.identities],
        )
    )
