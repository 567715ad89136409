"""What is told outside the country, as a file: the assessment, who was told, and the sums of an issued notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.app.publication.paper import Paper, Table, Words, tables_of
from lianfang.capabilities.bulletins.queries import external, issues
from lianfang.capabilities.bulletins.rules import write_en, write_zh
from lianfang.capabilities.bulletins.rules.external import (
    Named,
    Recipient,
    channels,
    clock,
    due,
    instrument,
    recipients,
    told_at,
)
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.capabilities.bulletins.state.external import Assessment, Event, Notification
from lianfang.places.queries import current_gazetteer


def notification(viewer: Viewer, subject: UUID, lang: Language, *, now: datetime) -> Paper:
    """What is told of an event, to be set: the figures are those of the notice that went out last, else of the last
    that was issued. Raises Forbidden, NotThere."""
    its = external.one(viewer, subject)
    assert its.holding is not None
    w, of = Words(lang), _notice(viewer, its)
    data = its.holding.data
    figures = tables_of(of, w, current_gazetteer()) if of else ()
    return Paper(
        lang=lang,
        title=w("outside", title=data.title_zh if lang == "zh" else data.title_en),
        as_of=w("as_of", at=(write_zh if lang == "zh" else write_en).cut_off(of.contents.record)) if of else "",
        standing=_standing(its, w, now),
        note="",
        text=(of.contents.zh if lang == "zh" else of.contents.en) if of else w("no_notice"),
        tables=(_assessed(its.holding, w), *_told(its, w), *figures),
        verify=w("verify", id=of.draft) if of else "",
        made=max([its.holding.at, *(one.at for one in its.notifications)]),
    )


def _notice(viewer: Viewer, its: Event) -> issues.PublicIssue | None:
    assert its.holding is not None
    if its.notifications:
        return issues.as_issued(*issues.one(viewer, its.notifications[-1].data.notice))
    disease = its.holding.data.disease
    rows = issues.listed(viewer, its.area, stage="issued")
    row = next((one for one in rows if (one.area, one.disease) == (its.area, disease)), None)
    return issues.as_issued(*issues.one(viewer, row.draft)) if row else None


def _standing(its: Event, w: Words, now: datetime) -> str:
    ends, at = due(its), told_at(its)
    if ends is None:
        return w("not_needed")
    return w(clock(ends, at, now).value, due=w.stamp(ends), at=w.stamp(at or ends))


def _assessed(one: Assessment, w: Words) -> Table:
    by = instrument(one.data.edition)
    asked = {its.code: its for its in by.criteria}
    rows = [(_of(asked[its.criterion.value], w), w("yes" if its.met else "no"), its.why) for its in one.data.judged]
    listed = next((its for its in by.listed if its.code == one.data.listed), None)
    if listed:
        rows.append((w("always_told"), w("yes"), _of(listed, w)))
    title = w("assessed", edition=by.code, at=w.stamp(one.at))
    return Table(title, (w("criterion"), w("met"), w("rests_on")), tuple(rows))


def _told(its: Event, w: Words) -> Iterator[Table]:
    if its.notifications:
        head = tuple(map(w, ("recipient", "told_on", "channel", "reference", "acknowledged", "words_told")))
        yield Table(w("told"), head, tuple(_row(one, w) for one in its.notifications))


def _row(one: Notification, w: Words) -> tuple[str, ...]:
    data = one.data
    who = _of(recipients()[data.to], w)
    words = data.words_zh if w.lang == "zh" else data.words_en or data.words_zh
    confirmed = f"{w.stamp(one.acknowledged_at)} {one.reference}".strip() if one.acknowledged_at else ""
    named = f"{who} ({data.named})" if data.named else who
    return named, w.stamp(one.at), _of(channels()[data.channel], w), data.reference, confirmed, words


def _of(one: Named | Recipient, w: Words) -> str:
    return one.zh if w.lang == "zh" else one.en
