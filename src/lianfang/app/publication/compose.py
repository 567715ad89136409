"""What a notice of an area says, counted by the registry of indicators from the record up to one fact: the same
question gives the same bytes, whoever asks and wherever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import NamedTuple

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.app.indicators import queries as indicators
from lianfang.app.indicators.queries import Figures
from lianfang.app.indicators.registry import indicators as registry
from lianfang.capabilities.bulletins.facts import Contents, Window
from lianfang.capabilities.bulletins.queries.issues import last_before
from lianfang.capabilities.bulletins.rules.contents import Division, Edition, edition, edition_of, record_of
from lianfang.capabilities.bulletins.rules.cutoffs import day_of
from lianfang.capabilities.bulletins.rules.findings import Finding, Sum, Unreported, findings
from lianfang.capabilities.bulletins.rules.write import write
from lianfang.capabilities.screening.queries.daily import daily
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.screening.rules.daily import Reporting
from lianfang.facts import log
from lianfang.places.queries import current_gazetteer


class Counted(NamedTuple):
    """A notice with the sums of the registers that its figures must close in."""

    contents: Contents
    sums: tuple[Sum, ...]


class Verdict(NamedTuple):
    """Whether a notice comes to the same bytes again; if not, what of it differs."""

    chain: bool
    differing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.chain and not self.differing


def count(
    viewer: Viewer,
    area: str,
    window: Window,
    *,
    disease: str,
    now: datetime,
    seq: int | None = None,
    by: Edition | None = None,
) -> Counted:
    """The notice of an area as of the end of a window, from the record up to ``seq`` (None: all of it). Raises
    NotThere, Refused; Refused too where a figure is not the viewer's to count."""
    if window.end > now:
        zh, en = "尚未到截止时间，请在截止之后拟稿", "is not over: a notice is drafted after its cut-off"
        raise Refused([Wrong("day", "not_over", zh, en)])
    upto = log.head().seq if seq is None else seq
    if not upto:
        raise Refused([Wrong("day", "empty_record", "尚无任何记录", "the record is empty: there is nothing to count")])
    its = by or edition_of(day_of(window.end))
    told = indicators.some(
        viewer, area, its.metrics, disease=disease, begins=window.start, ends=window.end, seq=upto, now=now
    )  # fmt: skip
    _refuse_hidden(told, its.metrics)
    numbers = {key: told.figures[key].n for key in its.metrics if key in told.figures}
    record = record_of(its, area, disease, window, numbers, _divisions(told))
    gazetteer = current_gazetteer()
    texts = {lang: write(record, lang, gazetteer=gazetteer).text if record.figures else "" for lang in ("zh", "en")}
    contents = Contents(
        area_code=area, disease=disease, as_of=window.end, seq=upto, chain=log.chain_at(upto),
        edition=its.code, indicators=declared(its.metrics), software=version("lianfang"),
        record=write(record, "zh", gazetteer=gazetteer).record if record.figures else record, **texts,
    )  # fmt: skip
    sums = tuple(Sum(one.identity.code, one.holds, one.identity.zh, one.identity.en, one.detail) for one in told.checks)
    return Counted(contents, sums)


def examined(viewer: Viewer, counted: Counted, *, now: datetime, note: str = "") -> tuple[Finding, ...]:
    """What keeps a notice, with the ``note`` of a revision, from being issued, and what its checker has to explain.
    Raises Forbidden."""
    contents = counted.contents
    last = last_before(viewer, contents)
    return findings(
        contents,
        issued=[last.data.contents.record] if last else [],
        sums=counted.sums,
        unreported=_unreported(viewer, contents, now),
        gazetteer=current_gazetteer(),
        note=note,
    )


def again(viewer: Viewer, contents: Contents, *, now: datetime) -> Counted:
    """A notice counted anew from the record that it stood on, by the edition that it was written by."""
    try:
        by = edition(contents.edition)
    except StopIteration:
        raise NotThere from None
    window = contents.record.window
    if window is None:
        raise NotThere
    return count(
        viewer, contents.area_code, window, disease=contents.disease, now=now, seq=contents.seq, by=by
    )  # fmt: skip


def of_draft(viewer: Viewer, contents: Contents, *, now: datetime) -> Counted:
    """A draft's own contents with the sums of the registers that it stood on. Raises NotThere, Refused."""
    return again(viewer, contents, now=now)._replace(contents=contents)


def verify(viewer: Viewer, contents: Contents, *, now: datetime) -> Verdict:
    """Counts a notice again and compares it to the byte; the software that counts need not be the same."""
    new = again(viewer, contents, now=now).contents
    one, other = (json.loads(its.model_dump_json(exclude={"software"})) for its in (contents, new))
    differing = tuple(sorted(key for key in one if _bytes(one[key]) != _bytes(other[key])))
    return Verdict(log.chain_at(contents.seq) == contents.chain, differing)


def declared(metrics: Collection[str]) -> str:
    """A digest of how figures are declared: what each is, by which formula, from which facts."""
    told = {key: registry()[key][0]._asdict() for key in metrics if key in registry()}
    return hashlib.sha256(_bytes(told)).hexdigest()[:16]


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()


def _refuse_hidden(told: Figures, metrics: Collection[str]) -> None:
    if any(told.figures[key].hidden for key in metrics if key in told.figures):
        zh, en = "您无权汇总本通报的全部数字", "some of its figures are not yours to count: a duty officer drafts it"
        raise Refused([Wrong("area", "hidden", zh, en)])


def _divisions(told: Figures) -> list[Division]:
    gazetteer = current_gazetteer()
    found = []
    for part in told.parts:
        division = gazetteer.division(part.area)
        if division is not None and part.area != told.area.code:
            found.append(Division(part.area, division.name, division.level, part.figures))
    return found


def _unreported(viewer: Viewer, contents: Contents, now: datetime) -> Unreported:
    late = unreported(viewer, contents.area_code, contents.as_of, now=now)
    gazetteer = current_gazetteer()
    divisions = ((code, gazetteer.division(code)) for code in late.named)
    return late._replace(named=tuple(division.name if division else code for code, division in divisions))


def unreported(viewer: Viewer, area: str, as_of: datetime, *, now: datetime) -> Unreported:
    """The units, by their codes, that have not given the last daily report that was due at a cut-off."""
    day = day_of(as_of)
    if policy.in_force(day).due(day) > as_of:
        day -= timedelta(days=1)
    told = daily(viewer, day, area, now=now)
    named = tuple(one.area for one in told.units if one.state is Reporting.NOT_REPORTED)
    return Unreported(day, told.states[Reporting.NOT_REPORTED], named)
