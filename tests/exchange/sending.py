"""Lists as they are sent, and what became of them, for trials."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.models import CaseRow
from lianfang.exchange import queries, service
from lianfang.exchange.layout import ListKind
from lianfang.exchange.mapping import Mapping as Sheet
from lianfang.exchange.models import List
from lianfang.identity.sheets import CSV_TYPE
from lianfang.places.queries import subtree_range
from tests import law

NOW = datetime(2020, 3, 1, 1, tzinfo=UTC)
WUHUA = "530102"


def viewer(area: str = WUHUA, role: str = "epidemiologist", *, author: str = "") -> Viewer:
    return Viewer(author or f"{role}-1", "desk-1", role, area, *subtree_range(area))


def sheet(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as a CSV file; the first row has every title."""
    told = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(told[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue().encode()


def send(who: Viewer, body: bytes, kind: ListKind | None = None, content_type: str = CSV_TYPE) -> service.Preview:
    return service.preview(who, body, content_type, kind, now=NOW)


def run(
    who: Viewer, body: bytes, kind: ListKind = ListKind.CASES, *, dry: bool = False, **mapping: Any
) -> tuple[List, Sequence[Any]]:
    """Sends a list and runs it by the guessed mapping, with what ``mapping`` says besides; the list and its faults."""
    seen = send(who, body, kind)
    changed = {**seen.mapping.model_dump(), **mapping}
    changed["columns"] = {**seen.mapping.columns, **mapping.get("columns", {})}
    row = service.start(who, seen.list.id, Sheet.model_validate(changed), dry=dry)
    law.acted()
    return row, queries.faults(who, row.id, limit=None)


def undo(who: Viewer, listed: UUID) -> List:
    row = service.take_back(who, listed)
    law.acted()
    return row


def cases(**where: Any) -> list[CaseRow]:
    with seeing_all():
        return list(CaseRow.objects.filter(**where).order_by("number"))
