"""The door for lists: look at a file, check it, record it, take it back; keep how a sheet is read by a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lianfang.access import security
from lianfang.access.matrix import require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.refused import Changed, NotThere
from lianfang.exchange import jobs, queries, run, store
from lianfang.exchange.check import NEEDS
from lianfang.exchange.dates import Order, order_of
from lianfang.exchange.guess import SEVERAL, Guess, guess, kind_of, titled
from lianfang.exchange.layout import DATED, WORDED, Form, ListKind, layout, meanings, plain
from lianfang.exchange.mapping import Mapping
from lianfang.exchange.models import Kept, List, State
from lianfang.facts import log
from lianfang.identity import sheets
from lianfang.identity.faults import Fault as Unread
from lianfang.identity.refusals import NoSheet

IMPORT: Final = "lists.import"
SAMPLE: Final = 10
"""Rows that are shown of a file."""
LOOKED_AT: Final = 2_000
"""Rows from which the columns are guessed."""
MOST_WORDS: Final = 200
"""Words of one field that are asked about."""
AT_ONCE: Final = 1_000
"""Rows of a list that is dealt with while its sender waits; a longer one is worked on beside the server."""
SILENT: Final = timedelta(minutes=5)
"""After so long without a sign of life a run may be started again."""


class WordsOf(NamedTuple):
    """A word of a field as it stands in the sheet, how often, and what it means; None where that is not known."""

    said: str
    rows: int
    meaning: str | None


class Preview(NamedTuple):
    """A file as it was understood at first sight."""

    list: List
    titles: Sequence[str]
    sample: Sequence[Sequence[str]]
    guesses: Map[str, Guess]
    order: Order | None
    words: Map[str, Sequence[WordsOf]]
    mapping: Mapping


def preview(viewer: Viewer, body: bytes, content_type: str, kind: ListKind | None, *, now: datetime) -> Preview:
    """Looks at a file and keeps it, sealed, until it is run. Raises Forbidden, NoSheet, SealingError."""
    require(viewer, IMPORT)
    titles, lines = _lines(body, content_type)
    some = lines[:LOOKED_AT]
    samples = {title: [line[at] for line in some if at < len(line)] for at, title in enumerate(titles)}
    its = kind or kind_of(titles)
    guesses = guess(its, titles, samples)
    columns = {title: one.field for title, one in guesses.items() if one.sureness > 1}
    fields = layout(its).fields
    dated = [cell for title, field in columns.items() if fields[field].form in DATED for cell in samples[title]]
    mapping = Mapping(kind=its, columns=columns, order=order_of(dated))
    row = List(
        id=log.new_id(), area=viewer.area, author=viewer.author, device=viewer.device, role=viewer.role, kind=its,
        content_type=content_type, state=State.SENT, rows=len(lines), sent_at=now,
    )  # fmt: skip
    row.sealed = store.sealed(row.id, body)
    with seeing(viewer, IMPORT):
        row.save(force_insert=True)
    shown = [[_shown(cell) for cell in line] for line in some[:SAMPLE]]
    return Preview(row, titles, shown, guesses, mapping.order, _words(mapping, titles, lines), mapping)


def words(viewer: Viewer, listed: UUID, mapping: Mapping) -> dict[str, Sequence[WordsOf]]:
    """The words of those fields of a list that stand for terms. Raises Forbidden, NotThere, Changed."""
    row = queries.one(viewer, listed, whole=True)
    body = store.opened(row)
    if body is None:
        raise _gone()
    titles, lines = _lines(body, row.content_type)
    return _words(mapping, titles, lines)


def start(viewer: Viewer, listed: UUID, mapping: Mapping, *, dry: bool, here: bool = False) -> List:
    """Has a list checked, or recorded; a short one, or any one where ``here``, at once. Raises Forbidden, NotThere,
    Changed."""
    with seeing(viewer, IMPORT):
        row = queries.mine(viewer).select_for_update().filter(id=listed).first()
        if row is None:
            raise NotThere
        if row.state in (State.DONE, State.UNDOING, State.UNDONE) or row.sealed is None:
            raise _gone()
        beat = row.beat_at or row.sent_at
        if row.state in (State.WAITING, State.RUNNING) and clock.now() - beat < SILENT:
            raise Changed("名单正在处理，请稍候", "the list is being dealt with: wait for it")
        row.mapping, row.dry, row.state = mapping.model_dump(mode="json"), dry, State.WAITING
        row.kind, row.beat_at, row.done = mapping.kind, clock.now(), 0
        row.save(update_fields=["mapping", "dry", "state", "kind", "beat_at", "done"])
    return _go(viewer, row, here)


def take_back(viewer: Viewer, listed: UUID) -> List:
    """Has a list taken back: what it recorded, and whom it entered. Raises Forbidden, NotThere, Changed."""
    with seeing(viewer, IMPORT):
        row = queries.mine(viewer).select_for_update().filter(id=listed).first()
        if row is None:
            raise NotThere
        if row.author != viewer.author:
            raise Changed("只能由导入者本人撤销", "only who has imported a list takes it back")
        if row.state not in (State.DONE, State.FAILED, State.UNDOING) or (row.state == State.FAILED and row.dry):
            raise Changed("此名单没有可撤销的导入", "nothing of this list was imported that could be taken back")
        row.state, row.beat_at = State.UNDOING, clock.now()
        row.save(update_fields=["state", "beat_at"])
    return _go(viewer, row)


def keep(viewer: Viewer, name: str, mapping: Mapping, *, now: datetime) -> None:
    """Keeps a mapping by a name, in the place of one of that name. Raises Forbidden."""
    with seeing(viewer, IMPORT):
        Kept.objects.filter(author=viewer.author, area=viewer.area, name=name).delete()
        Kept(
            author=viewer.author, area=viewer.area, name=name, kind=mapping.kind,
            mapping=mapping.model_dump(mode="json"), kept_at=now,
        ).save(force_insert=True)  # fmt: skip


def drop(viewer: Viewer, name: str) -> None:
    """Forgets a kept mapping. Raises Forbidden, NotThere."""
    with seeing(viewer, IMPORT):
        deleted, _ = Kept.objects.filter(author=viewer.author, area=viewer.area, name=name).delete()
    if not deleted:
        raise NotThere


def needed(kind: ListKind) -> frozenset[str]:
    """The fields that every row needs, or the whole list states."""
    return NEEDS[kind]


def _go(viewer: Viewer, row: List, here: bool = False) -> List:
    if here or row.rows <= AT_ONCE or settings.DEMO:  # beside the demonstration nothing runs
        run.work(row.id)
    else:
        with transaction.atomic():
            jobs.work.defer(listed=str(row.id))
    security.log("list_started", viewer=viewer, list=row.id, state=row.state, dry=row.dry)
    return queries.one(viewer, row.id)


def _lines(body: bytes, content_type: str) -> tuple[list[str], list[list[Any]]]:
    table = sheets.table(body, content_type)
    if not any(str(title or "").strip("\ufeff \t") for title in table.titles):
        raise NoSheet("文件是空的，或第1行没有标题", "the file is empty, or its first line has no titles")
    lines = [line for _, line in table.lines if not isinstance(line, Unread)]
    return titled(table.titles), lines


def _shown(cell: Any) -> str:
    said = cell if isinstance(cell, datetime) else sheets.value(cell)
    return "" if said is None else str(said)


def _words(mapping: Mapping, titles: Sequence[str], lines: Sequence[Sequence[Any]]) -> dict[str, Sequence[WordsOf]]:
    """The words of the fields that stand for terms, the commonest first."""
    fields, found = layout(mapping.kind).fields, {}
    for at, title in enumerate(titles):
        field = fields.get(mapping.columns.get(title, ""))
        if field is None or field.form not in WORDED:
            continue
        name, known = mapping.columns[title], meanings("flag" if field.form is Form.FLAG else field.group)
        counted: Counter[str] = Counter()
        for line in lines:
            cell = _shown(line[at]) if at < len(line) else ""
            counted.update(
                part for part in (SEVERAL.split(cell) if field.form is Form.TERMS else [cell]) if plain(part)
            )
        found[name] = [
            WordsOf(said, rows, mapping.meaning(name, said) or known.get(plain(said)))
            for said, rows in counted.most_common(MOST_WORDS)
        ]
    return found


def _gone() -> Changed:
    return Changed("此名单已处理或已过期，请重新上传", "this list was dealt with, or has expired: send it again")
