"""Measures: issued as a numbered set of a document, renewed, lifted; their units say how far they have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.command.facts.measures import (
    ALWAYS_EXEMPT,
    MeasureIssued,
    MeasureKind,
    MeasureLifted,
    MeasureProgress,
    MeasureProgressed,
    MeasureRenewed,
    measure_id,
)
from lianfang.capabilities.command.queries import measures as queries
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import REPORT, add, begin, require_area, require_words
from lianfang.capabilities.command.state.measures import measure
from lianfang.capabilities.isolation.service.recording import made

NO_END: Final = Wrong(
    "ends", "no_end", "须写明截止时间或评估日期，且晚于开始时间",
    "needs an end or a day of review after the start: a measure without one cannot be issued",
)  # fmt: skip
NO_EVIDENCE: Final = Wrong("evidence", "missing", "登记“已落实”须附佐证", "is needed: what shows that it is done?")
MUST_PASS: Final = Wrong(
    "exempt", "must_pass", "出入管控措施须放行就医与物资运输",
    "must have medical and supply traffic: a measure on movement always lets them pass",
)  # fmt: skip


def issue(
    viewer: Viewer, area: str, common: Mapping[str, Any], measures: Sequence[Mapping[str, Any]], *, now: datetime
) -> list[UUID]:
    """Issues the measures of one document, all or none; one that was issued before is left as it is. Returns their ids.
    Raises Forbidden, Refused, with the row of each that is wrong."""
    require_area(viewer, MANAGE, area)
    require_words(**{name: common[name] for name in ("basis", "approver", "doc_no")})
    wrong, issued = list[Wrong](), list[MeasureIssued]()
    for row, one in enumerate(measures, 1):
        fields = {**common, **{name: value for name, value in one.items() if value is not None}}
        faults = _wrong(fields)
        wrong += [fault._replace(row=row) for fault in faults]
        if not faults:
            issued.append(made(MeasureIssued, **fields))
    numbers = [one["number"] for one in measures]
    wrong += [
        Wrong("number", "twice", "序号重复，请更正", "stands twice: give each its own", row)
        for row, number in enumerate(numbers, 1)
        if number in numbers[: row - 1]
    ]
    if wrong:
        raise Refused(wrong)
    ids = [measure_id(area, one.doc_no, one.number) for one in issued]
    with transaction.atomic():
        for id, data in zip(ids, issued, strict=True):
            begin(viewer, MANAGE, data, id=id, area=area, now=now, fold=measure)
    return ids


def _wrong(fields: Mapping[str, Any]) -> list[Wrong]:
    wrong = []
    if not any(at is not None and at > fields["starts"] for at in (fields.get("ends"), fields.get("review"))):
        wrong.append(NO_END)
    if fields["sort"] is MeasureKind.MOVEMENT and not set(fields.get("exempt") or ()) >= ALWAYS_EXEMPT:
        wrong.append(MUST_PASS)
    if not str(fields["zh"]).strip():
        wrong.append(Wrong("zh", "missing", "须填写", "is needed: fill it in"))
    if not fields["units"]:
        wrong.append(Wrong("units", "missing", "须指定责任单位", "is needed: name the unit that carries it out"))
    return wrong


def progress(
    viewer: Viewer,
    id: UUID,
    *,
    unit: str,
    progress: MeasureProgress,
    evidence: str,
    now: datetime,
    fact: UUID | None = None,
) -> UUID:
    """A unit says how far it has come; of what is done, what shows it. Raises NotThere, Forbidden, Refused."""
    row = queries.located(viewer, REPORT, id)
    its = next((one for one in row.issued().units if one.code == unit), None)
    area = its.area if its and its.area else row.area
    require_over(viewer, REPORT, area)
    if progress is MeasureProgress.DONE and not evidence.strip():
        raise Refused([NO_EVIDENCE])
    data = made(MeasureProgressed, unit=unit, progress=progress, evidence=evidence.strip())
    return add(viewer, REPORT, data, id=id, area=area, now=now, fold=measure, fact=fact)


def renew(
    viewer: Viewer, id: UUID, *, doc_no: str, ends: datetime | None, review: datetime | None, now: datetime,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """A measure was reviewed and goes on until then. Raises NotThere, Forbidden, Refused."""
    require_words(doc_no=doc_no)
    if ends is None and review is None:
        raise Refused([NO_END])
    return _managed(viewer, id, made(MeasureRenewed, doc_no=doc_no, ends=ends, review=review), now, fact)


def lift(
    viewer: Viewer, id: UUID, *, doc_no: str, ends: datetime, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """A measure is lifted. Raises NotThere, Forbidden, Refused."""
    require_words(doc_no=doc_no)
    return _managed(viewer, id, made(MeasureLifted, doc_no=doc_no, ends=ends), now, fact)


def _managed(viewer: Viewer, id: UUID, data: MeasureRenewed | MeasureLifted, now: datetime, fact: UUID | None) -> UUID:
    row = queries.located(viewer, MANAGE, id)
    require_over(viewer, MANAGE, row.area)
    return add(viewer, MANAGE, data, id=id, area=row.area, now=now, fold=measure, fact=fact)
