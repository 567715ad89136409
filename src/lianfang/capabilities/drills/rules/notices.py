"""The notices that checkpoints are sent once a week, and what each does with them: not all do what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.posts import Post
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.gates import facts as kind
from lianfang.epi.simulate import dice

FIRST, WEEK, SENT = 2, 7, 10 * 60
"""The day of the first notice, the days between two, the minute of the day."""
STEPS: Final = ((kind.Step.DELIVERED, 1, 1.0), (kind.Step.READ, 45, 0.95), (kind.Step.ACTED, 180, 0.8))
"""What a post does with a notice, so many minutes after it was sent, at which share of posts."""
TITLE: Final = "演练：第{n}次卡点通知"
TEXT: Final = "请检查测温设备与消毒物资，发热者就地留观并立即报告。"


class Notices:
    """Writes the notices, and what the register holds of each in the end."""

    def __init__(self, drill: Drill, all_: Sequence[Post]) -> None:
        self.drill, self.posts, self.desk = drill, all_, Desk(drill)

    def _copies(self) -> Iterator[tuple[int, Post, int, int]]:
        """Which notice, to which post, by what number, sent at which minute."""
        for nth, day in enumerate(range(FIRST, self.drill.days, WEEK)):
            for post in self.posts:
                yield nth, post, nth * 100_000 + post.number, day * DAY_MINUTES + SENT

    def _steps(self, number: int, sent: int) -> list[tuple[kind.Step, int]]:
        """What is done with a copy, and when."""
        drawn = dice.uniform(dice.key(self.drill.seed, "notices"), number, 0, 0)
        return [(step, sent + after) for step, after, share in STEPS if drawn < share]

    def write(self) -> None:
        """Everything that is recorded of notices."""
        for nth, post, number, at in self._copies():
            subject = self.desk.name("notice", number)
            group = UUID(self.desk.name("group of notices", nth))
            told = kind.NoticeSent(post=UUID(post.id), group=group, title=TITLE.format(n=nth + 1), text=TEXT)
            self.desk.tell(told, subject, post.area, chief(self.drill), at, ("notice sent", number))
            for step, when in self._steps(number, at):
                done = kind.NoticeReceived(step=step)
                self.desk.tell(done, subject, post.area, post.staff, when, (f"notice {step}", number))

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Each copy with the row: post, whether delivered, read and acted on."""
        for _, post, number, at in self._copies():
            done = {step for step, when in self._steps(number, at) if when < self.drill.days * DAY_MINUTES}
            yield self.desk.name("notice", number), [post.id, *(step in done for step, _, _ in STEPS)]
