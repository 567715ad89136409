"""The door for reading lists: what was sent in one's area, what became of it, what was told of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.matrix import require
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.epi.disclosure.cells import table
from lianfang.exchange.models import FaultRow, Kept, List

IMPORT: Final = "lists.import"
PAGE: Final = 100
TITLES: Final = (("行", "row"), ("字段", "field"), ("是否导入", "imported"), ("原因", "reason"), ("说明", "what to do"))
FILE: Final = "sealed"


def mine(viewer: Viewer) -> QuerySet[List]:
    """The lists of the viewer's area. Within ``seeing``."""
    return visible(viewer, IMPORT, List.objects.all())


def one(viewer: Viewer, listed: UUID, *, whole: bool = False) -> List:
    """A list, without its file unless ``whole``. Raises Forbidden, NotThere."""
    with seeing(viewer, IMPORT):
        rows = mine(viewer) if whole else mine(viewer).defer(FILE)
        found = rows.filter(id=listed).first()
    if found is None:
        raise NotThere
    return found


def page(viewer: Viewer, before: datetime | None = None) -> list[List]:
    """The lists of the viewer's area, newest first. Raises Forbidden."""
    with seeing(viewer, IMPORT):
        rows = mine(viewer).defer(FILE)
        if before is not None:
            rows = rows.filter(sent_at__lt=before)
        return list(rows.order_by("-sent_at")[:PAGE])


def faults(viewer: Viewer, listed: UUID, after: int = -1, limit: int | None = PAGE) -> list[FaultRow]:
    """What was told of a list's rows, by row. Raises Forbidden, NotThere."""
    one(viewer, listed)
    with seeing(viewer, IMPORT):
        rows = visible(viewer, IMPORT, FaultRow.objects.filter(list=listed, n__gt=after)).order_by("n")
        return list(rows[:limit] if limit else rows)


def as_csv(viewer: Viewer, listed: UUID, lang: str) -> str:
    """What was told of a list's rows, as a spreadsheet opens it: nothing of what the rows say. Raises Forbidden,
    NotThere."""
    en = lang == "en"
    said = {True: "yes" if en else "是", False: "no" if en else "否"}
    rows: Iterator[Sequence[object]] = (
        (row.row, row.field, said[row.note], row.reason, row.en if en else row.zh)
        for row in faults(viewer, listed, limit=None)
    )
    return table([title[en] for title in TITLES], rows)  # type: ignore[arg-type]  # texts and numbers


def mappings(viewer: Viewer) -> list[Kept]:
    """The mappings that the viewer keeps, by name. Raises Forbidden."""
    require(viewer, IMPORT)
    with seeing(viewer, IMPORT):
        return list(Kept.objects.filter(author=viewer.author, area=viewer.area).order_by("name"))
