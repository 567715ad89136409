"""What the vault refuses, each told in both languages with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from lianfang.accounts.words import Told
from lianfang.identity.faults import Fault


class NoPerson(Told):
    """There is no such person, holding or merge, or none that the viewer may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("没有这样的记录", "there is no such record")


class Faulty(Told):
    """What was sent cannot be taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "；".join(f"{one.field}：{one.zh}" for one in faults), "; ".join(f"{one.field} {one.en}" for one in faults)
        )
        self.faults = tuple(faults)


class NotOne(Told):
    """Two pseudonyms that cannot be merged or separated."""

    _told: ClassVar[dict[str, tuple[str, str]]] = {
        "encounter": (
            "卡点登记不能合并：任何记录都不得关联两次登记",
            "an encounter is never merged: nothing in the record may link two of them",
        ),
        "already": (
            "其中一个已并入另一个或第三个编号：请合并它们所指向的编号",
            "one of the two stands for the other or a third already: merge the ones that they lead to",
        ),
        "not_merged": ("两者已不在合并状态", "the two are not merged any more"),
    }

    def __init__(self, why: Literal["encounter", "already", "not_merged"]) -> None:
        super().__init__(*self._told[why])


class NotYourPurpose(Told):
    """A purpose that the viewer's role has not."""

    def __init__(self, has: Sequence[str]) -> None:
        told = ", ".join(has) or "—"
        super().__init__(
            f"purpose：您的角色没有此用途，可用：{told}", f"purpose: your role has no such one; it has: {told}"
        )


class NoSheet(Told):
    """A file that is no list of people, or too large a one: nothing of it was entered."""


class NoCursor(Told):
    """What was given to go on from is no place in a list."""

    def __init__(self) -> None:
        super().__init__(
            "after：不是名单中的位置，请用上一页返回的值",
            "after: is no place in a list; take it from the answer before",
        )


class TooMany(Told):
    """More people than a file may hold."""

    def __init__(self, people: int, most: int) -> None:
        super().__init__(
            f"共{people}人，一次最多导出{most}人：请选较小的区域或一种类别",
            f"{people} people, and a file has at most {most}: choose a smaller area or one class",
        )


class NothingToFindBy(Told):
    """No document, no phone, no name with its birth date."""

    def __init__(self) -> None:
        super().__init__(
            "请填写证件号码、电话，或姓名加出生日期", "give a document, a phone, or a name together with its birth date"
        )
