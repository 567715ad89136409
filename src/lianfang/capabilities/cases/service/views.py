"""Lists as an account has set them up and named them: its own, and nobody else's."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.cases.models import ViewRow
from lianfang.facts import log

ACTION: Final = "cases.read"
MOST: Final = 100
"""Views of one account."""


def keep_view(viewer: Viewer, room: str, name: str, shown: dict[str, Any]) -> UUID:
    """Keeps a view; one of the same room and name is replaced. Returns its id. Raises Forbidden, Refused."""
    require(viewer, ACTION)
    mine = ViewRow.objects.filter(author=viewer.author)
    held = mine.filter(room=room, name=name).first()
    if held is None and mine.count() >= MOST:
        raise Refused(
            [Wrong("name", "too_many", f"最多{MOST}个视图：请先删除", f"{MOST} views at most: delete one first")]
        )
    row, _ = ViewRow.objects.update_or_create(
        author=viewer.author,
        room=room,
        name=name,
        defaults={"shown": shown},
        create_defaults={"id": log.new_id(), "shown": shown},
    )
    return row.id


def drop_view(viewer: Viewer, id: UUID) -> None:
    """Deletes one of the viewer's own. Raises Forbidden, NotThere."""
    require(viewer, ACTION)
    if not ViewRow.objects.filter(author=viewer.author, id=id).delete()[0]:
        raise NotThere
