"""Inspections of checkpoints and of the gates of communities: what was found, put right and looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.posts import HOUR, Post
from lianfang.capabilities.drills.rules.setting import chief, officer
from lianfang.capabilities.gates import facts as kind
from lianfang.epi.simulate import dice

OF_POSTS: Final = ("no_temperature", "no_register", "no_notice", "no_disinfection", "unstaffed")
OF_COMMUNITIES: Final = ("vehicles_unchecked", "people_unchecked", "no_register", "no_notice")
"""What may be found at a checkpoint and at the gates of a community, by the policy of gates."""
BEGINS: Final = 10 * HOUR
ON_SITE: Final = 0.8
"""Share of inspections on site; the others are by telephone."""
MOST_WAIT: Final = 60 * HOUR
"""Minutes within which a finding is put right, where it is: some are so later than the policy of gates asks."""
AGAIN: Final = DAY_MINUTES
IN_ORDER: Final = 0.9
"""Share of findings put right that are in order when looked at again, a day after."""
APART: Final = 1 << 40
"""Added to the numbers of communities where they stand beside those of checkpoints."""


class Inspection(NamedTuple):
    """``rectified`` and ``in_order`` of each of ``items``: the minute at which it is put right, None: it is not; and
    whether it is then in order."""

    number: int
    id: str
    post: Post | None
    area: str
    at: int
    on_site: bool
    items: tuple[str, ...]
    rectified: tuple[int | None, ...]
    in_order: tuple[bool, ...]


class Inspections:
    """Writes the inspections, and what the register holds of each in the end."""

    def __init__(self, drill: Drill, all_: Sequence[Post]) -> None:
        self.drill, self.desk, self.end = drill, Desk(drill), drill.days * DAY_MINUTES - 1
        self.inspector = officer(drill, "inspector")
        posts = [(post.number, post, post.area) for post in all_]
        gates = [(APART + number, None, area) for number, area in enumerate(drill.communities)]
        self.all = [one for place in (*posts, *gates) for one in self._of_place(*place)]

    def _of_place(self, number: int, post: Post | None, area: str) -> Iterator[Inspection]:
        each, items = self.drill.response.inspect_days, OF_POSTS if post else OF_COMMUNITIES
        for nth, first in enumerate(range(0, self.drill.days, each)):

            def draw(what: int, who: int = number, step: int = nth) -> float:
                return dice.uniform(dice.key(self.drill.seed, "inspections"), who, step, what)

            at = (first + int(draw(0) * each)) * DAY_MINUTES + BEGINS + int(draw(1) * 6 * HOUR)
            chosen = tuple(item for n, item in enumerate(items) if draw(10 + n) < self.drill.response.found)
            put_right = (
                at + HOUR + int(draw(20 + n) * MOST_WAIT) if draw(30 + n) < self.drill.response.rectified else None
                for n in range(len(chosen))
            )
            if at <= self.end:
                yield Inspection(
                    number, self.desk.name(f"inspection {nth}", number), post, area, at, draw(2) < ON_SITE, chosen,
                    tuple(put_right), tuple(draw(40 + n) < IN_ORDER for n in range(len(chosen))),
                )  # fmt: skip

    def write(self) -> None:
        """Everything that is recorded of inspections."""
        for one in self.all:
            mode = kind.InspectionMode.ON_SITE if one.on_site else kind.InspectionMode.PHONE
            found = tuple(kind.Finding(item=item) for item in one.items)
            post = UUID(one.post.id) if one.post else None
            data = kind.Inspected(post=post, mode=mode, checked_in=one.on_site, findings=found)
            name = f"inspected {one.at}"
            self.desk.tell(data, one.id, one.area, self.inspector, one.at, (name, one.number))
            answers = one.post.staff if one.post else chief(self.drill)
            for item, at, in_order in zip(one.items, one.rectified, one.in_order, strict=True):
                if at is None:
                    continue
                right, again = kind.Rectified(item=item), kind.Rechecked(item=item, rectified=in_order)
                self.desk.tell(right, one.id, one.area, answers, at, (f"{name} {item} right", one.number))
                told = (f"{name} {item} again", one.number)
                self.desk.tell(again, one.id, one.area, self.inspector, at + AGAIN, told)

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Each inspection with the row: post, mode, whether checked in, findings, how many of them are open."""
        for one in self.all:
            over = sum(
                at is not None and at + AGAIN <= self.end and in_order
                for at, in_order in zip(one.rectified, one.in_order, strict=True)
            )
            yield one.id, [
                one.post.id if one.post else None, "on_site" if one.on_site else "phone", one.on_site,
                len(one.items), len(one.items) - over,
            ]  # fmt: skip
