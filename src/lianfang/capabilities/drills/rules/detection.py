"""How much of what a drill made up the rules of oversight find, and how much of what was honest they take for it.

The rules see the visits as the record has them; the truth of the drill says which were made up, and which came late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules import rounds, truth
from lianfang.capabilities.drills.rules.visits import Visits
from lianfang.capabilities.drills.rules.world import World
from lianfang.capabilities.oversight.rules.columns import Columns, Visit, columns
from lianfang.capabilities.oversight.rules.groups import Found
from lianfang.capabilities.oversight.rules.made_up import found
from lianfang.capabilities.oversight.rules.policy import Policy

Flags = NDArray[np.bool_]
LATE: Final = ("late_record", "back_dated")
"""The rules that find what came late; all others find what was made up."""
MINUTE_S: Final = 60
TENTHS: Final = 10


class Made(NamedTuple):
    """The visits of a drill as the rules see them, and of each, by its place in the columns, what it is in truth."""

    columns: Columns
    made_up: Flags
    came_late: Flags

    def until(self, days: int) -> Made:
        """Those of the first days alone."""
        day = self.columns.records.day
        kept = day < day.min() + days
        its = self.columns._replace(records=self.columns.records.only(kept), order=self.columns.order[kept])
        return Made(its, self.made_up[kept], self.came_late[kept])


class Score(NamedTuple):
    """Records: ``visits``, of which ``made_up``, of these ``caught``, and of the others ``wronged``. Unit-days without
    a made-up record: ``honest_days``, of these with an ``alarms``; ``by_rule``: alarms of each rule alone. ``late``
    records, of which ``told``."""

    visits: int
    made_up: int
    caught: int
    wronged: int
    honest_days: int
    alarms: int
    by_rule: dict[str, int]
    late: int
    told: int

    @property
    def recall(self) -> float:
        return self.caught / max(1, self.made_up)

    @property
    def false_alarms(self) -> float:
        """The share of honest records that a finding names."""
        return self.wronged / max(1, self.visits - self.made_up)


def together(some: Sequence[Score]) -> Score:
    """The scores of several drills as of one."""
    counts = [sum(getattr(one, name) for one in some) for name in Score._fields if name != "by_rule"]
    whole = dict(zip((name for name in Score._fields if name != "by_rule"), counts, strict=True))
    return Score(**whole, by_rule={rule: sum(one.by_rule[rule] for one in some) for rule in some[0].by_rule})


def made(world: World) -> Made:
    """Everything that workers of a drill record at the doors."""
    told = list(_visits(world))
    its = columns(visit for _, visit in told)
    wrong = {"made_up": set[str](), "late": set[str]()}
    for number in range(1, rounds.count(world.drill) + 1):
        for error, facts in _errors(world, number):
            wrong.get(error, set()).update(facts)
    names = [told[n][0] for n in its.order.tolist()]
    invented, late = (np.array([name in wrong[one] for name in names], np.bool_) for one in ("made_up", "late"))
    # What is to come late and is sent on the drill's last day may be there on its own day: then it is not late.
    return Made(its, invented, late & its.records.next_day)


def score(its: Made, policy: Policy) -> Score:
    """What the rules find, held against the truth."""
    records, findings = its.columns.records, found(its.columns.records, policy)
    of_unit_day = np.unique(np.stack([records.unit, records.day], 1), axis=0, return_inverse=True)[1].ravel()
    days = np.arange(int(of_unit_day.max()) + 1)
    honest = ~np.isin(days, of_unit_day[its.made_up])

    def named(some: list[Found]) -> Flags:
        flags = np.zeros(records.size, np.bool_)
        for one in some:
            flags[one.records] = True
        return flags

    def alarms(flags: Flags) -> int:
        return int(honest[np.unique(of_unit_day[flags & ~its.made_up])].sum())

    caught = named([one for one in findings if one.rule not in LATE])
    told = named([one for one in findings if one.rule in LATE])
    rules = [name for name, rule in policy.rules.items() if rule.group == "made_up" and name not in LATE]
    return Score(
        records.size, int(its.made_up.sum()), int((caught & its.made_up).sum()), int((caught & ~its.made_up).sum()),
        int(honest.sum()), alarms(caught),
        {name: alarms(named([one for one in findings if one.rule == name])) for name in rules},
        int(its.came_late.sum()), int((told & its.came_late).sum()),
    )  # fmt: skip


def _visits(world: World) -> Iterator[tuple[str, Visit]]:
    """The id of each visit, and the visit as it comes in."""
    desk, midnight = Visits(world), world.drill.midnight.timestamp()
    for day in range(world.drill.days):
        for one in desk.day(day):
            fact = orjson.loads(one.text)
            if fact["kind"] != "visit.made":
                continue
            data = fact["data"]
            members, outcome = data["members"], data["outcome"]
            temps = [(its["person"], round(its["temp_c"] * TENTHS)) for its in members if its["temp_c"]]
            there = (outcome == "met" and len(temps) == len(members), outcome == "vacant")
            yield fact["id"], Visit(
                fact["subject"], fact["author"], midnight + one.seen * MINUTE_S, midnight + one.sent * MINUTE_S,
                data["minutes"], data["evidence"] != "none", *there, temps,
            )  # fmt: skip


def _errors(world: World, number: int) -> Iterator[tuple[str, list[str]]]:
    """The kind and the facts of each error of a round."""
    for line in truth.of_visits(world, number):
        one = orjson.loads(line)
        yield one["error"], one["facts"]
