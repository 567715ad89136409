"""A list at work: checked, recorded part by part, each part whole or not at all; or taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access import security
from lianfang.access.matrix import OPERATOR, Forbidden, operator
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.words import Told
from lianfang.capabilities.contacts.facts import Linked
from lianfang.exchange import store, undo
from lianfang.exchange.check import Plan, plan
from lianfang.exchange.drafts import Draft, Maker
from lianfang.exchange.faults import Fault, fault
from lianfang.exchange.layout import ListKind
from lianfang.exchange.links import Link
from lianfang.exchange.mapping import Mapping
from lianfang.exchange.models import FaultRow, List, Made, State
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.sent import LARGEST_BATCH
from lianfang.identity import intake
from lianfang.places.queries import subtree_range
from lianfang.sealing.errors import SealingError

AT_ONCE: Final = 500
"""Rows of one transaction; fewer, where their facts would be more than one batch."""
MOST_TOLD: Final = 50_000
"""Faults that are kept of one list; of more, the rest is counted by their rows."""
logger = logging.getLogger(__name__)


def work(listed: UUID) -> None:
    """Does what a list waits for. Whatever goes wrong is told with the list; nothing half of a row is kept."""
    row = _row(listed)
    if row.state not in (State.WAITING, State.UNDOING):
        return
    viewer = viewer_of(row)
    try:
        if row.state == State.UNDOING:
            undo.undo(viewer, row, clock.now())
        else:
            _set(row, state=State.RUNNING, done=0, why="", beat_at=clock.now())
            _run(viewer, row)
    except (Told, Forbidden, SealingError) as error:
        said = f"{error.zh} / {error.en}" if isinstance(error, Told) else str(error)
        _set(row, state=State.FAILED, why=said[:1_000], ended_at=clock.now())
    except Exception:
        logger.exception("a list has failed")
        why = "处理中断，可重新运行 / it was cut short: run it again"
        _set(row, state=State.FAILED, why=why, ended_at=clock.now())
        raise


def viewer_of(row: List) -> Viewer:
    """Who has sent a list, wearing the hat that it was sent in."""
    if row.role == OPERATOR:
        return operator()
    return Viewer(row.author, row.device, row.role, row.area, *subtree_range(row.area))


def _row(listed: UUID) -> List:
    with seeing_all():
        return List.objects.get(id=listed)


def _run(viewer: Viewer, row: List) -> None:
    body = store.opened(row)
    if body is None:
        raise Told("文件已不在此处，请重新上传", "the file is here no longer: send it again")
    sheet = Mapping.model_validate(row.mapping)

    def beat(done: int) -> None:
        _set(row, beat_at=clock.now(), **({"done": done} if row.dry else {}))

    whole = plan(viewer, row.id, body, row.content_type, sheet, sent_at=row.sent_at, beat=beat)
    if not row.dry:
        _take(viewer, row, whole)
        with seeing_all():
            store.forget(row, clock.now())
    _tell(row, whole.faults)
    _set(
        row, state=State.CHECKED if row.dry else State.DONE, done=whole.rows, rows=whole.rows,
        taken=len(whole.drafts) if sheet.kind is not ListKind.PAIRS else len(whole.links), left_out=whole.left_out,
        refused=whole.refused, links=len(whole.links), ended_at=clock.now(),
    )  # fmt: skip
    security.log("list_checked" if row.dry else "list_imported", viewer=viewer, list=row.id, rows=whole.rows)


def _take(viewer: Viewer, row: List, whole: Plan) -> None:
    """Records a plan, part by part. A part that is recorded already is passed over: the same list run again changes
    nothing."""
    part, dropped = 0, set[int]()
    done = 0
    for drafts in _batches(whole.drafts):
        _part(viewer, row, part, drafts, whole, dropped)
        part += 1
        done += len(drafts)
        _set(row, done=done, beat_at=clock.now())
    links = [one for one in whole.links if one.row not in dropped]
    for some in _parts(links, LARGEST_BATCH):
        facts = [_link(row.id, one, row.sent_at) for one in some]
        with transaction.atomic():
            _append(
                viewer, row, part, facts, {fact.id: one.row for fact, one in zip(facts, some, strict=True)}, whole, []
            )
        part += 1
    whole.drafts = [one for one in whole.drafts if one.row not in dropped]
    whole.links = links
    whole.refused += len(dropped)


def _part(viewer: Viewer, row: List, part: int, drafts: Sequence[Draft], whole: Plan, dropped: set[int]) -> None:
    """One part of a list: its people and its facts, in one transaction."""
    with transaction.atomic():
        entries = [whole.entries[one.row] for one in drafts if one.row in whole.entries]
        taken = intake.take(viewer, "people.enter", entries, clock.now()) if entries else None
        for wrong in taken.faults if taken else ():
            whole.faults.append(Fault(wrong.row, wrong.field, wrong.reason, wrong.zh, wrong.en))
            dropped.add(wrong.row)
        kept = [one for one in drafts if one.row not in dropped]
        told = [(one.row, fact) for one in kept for fact in one.facts]
        rows, facts = {fact.id: row for row, fact in told}, [fact for _, fact in told]
        dropped |= _append(viewer, row, part, facts, rows, whole, taken.entered if taken else [])


def _append(
    viewer: Viewer, row: List, part: int, facts: Sequence[Fact], rows: dict[UUID, int], whole: Plan,
    people: Sequence[UUID],
) -> set[int]:  # fmt: skip
    """Appends facts and notes what was made; the rows of what could not be appended, each with its reason."""
    made, refused = [], set[int]()
    for batch in _parts(facts, LARGEST_BATCH):
        for outcome in log.append(batch, principal=viewer.principal):
            if outcome.status is log.Status.SET_ASIDE:
                assert outcome.id is not None
                refused.add(rows[outcome.id])
                whole.faults.append(fault(rows[outcome.id], "row", "set_aside", why=outcome.reason))
            else:
                made.append(outcome.id)
    subjects = list({fact.subject for fact in facts})
    with seeing_all():
        if made and not Made.objects.filter(list=row.id, n=part).exists():
            Made(list=row.id, n=part, area=row.area, subjects=subjects, facts=made, people=list(people)).save(
                force_insert=True
            )
            _set(row, facts=row.facts + len(made), people=row.people + len(people))
    return refused


def _link(listed: UUID, one: Link, at: datetime) -> Fact:
    data = Linked(infector=one.infector, certainty=one.certainty, setting=one.setting, batch=listed)
    maker = Maker(listed, one.row, one.infectee, one.area)
    fact = maker.add(data, at, 0)
    return fact.model_copy(update={"id": uuid5(listed, f"{one.infector}|{one.infectee}")})


def _tell(row: List, faults: Sequence[Fault]) -> None:
    """Keeps what was told of the rows of this run, in the place of what was told before."""
    with seeing_all():
        FaultRow.objects.filter(list=row.id).delete()
        FaultRow.objects.bulk_create(
            (
                FaultRow(list=row.id, n=n, area=row.area, note=one.note, **one._asdict())
                for n, one in enumerate(sorted(faults)[:MOST_TOLD])
            ),
            batch_size=2_000,
        )


def _set(row: List, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    with seeing_all():
        List.objects.filter(id=row.id).update(**values)


def _batches(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Rows of one transaction each, with as many facts as one batch takes: what every batch costs is paid seldom."""
    part: list[Draft] = []
    facts = 0
    for one in drafts:
        if part and (len(part) == AT_ONCE or facts + one.count > LARGEST_BATCH):
            yield part
            part, facts = [], 0
        part.append(one)
        facts += one.count
    if part:
        yield part


def _parts(of: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(of)
    while part := list(islice(rest, size)):
        yield part
