"""An event is assessed by the decision instrument, told outside the country, and confirmed: sums of issued notices
only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require, require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.bulletins.facts.external import (
    Criterion,
    ExternalAcknowledged,
    ExternalAssessed,
    ExternalNotified,
)
from lianfang.capabilities.bulletins.queries import issues
from lianfang.capabilities.bulletins.queries.external import NOTIFY, history
from lianfang.capabilities.bulletins.rules.external import channels, instrument, instrument_of, recipients
from lianfang.capabilities.bulletins.service.editing import Theme
from lianfang.capabilities.bulletins.service.fitting import refuse_unfit
from lianfang.capabilities.bulletins.state.external import WORDS, event
from lianfang.capabilities.isolation.service.recording import AHEAD, made
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Why
from lianfang.identity.areas import known_areas
from lianfang.profiles.disease.parts import within

_EVENTS: Final = Theme(NOTIFY, history, event, WORDS)


def assess(
    viewer: Viewer, area: str, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime
) -> UUID:
    """Assesses an event by the edition in force, or assesses it anew; of a new one ``subject`` is the sender's own id.
    Raises Forbidden, NotThere, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, NOTIFY, area)
    data = made(ExternalAssessed, edition=instrument_of(now).code, **fields)
    _refuse_unfit_assessment(data, now)
    return _EVENTS.begin(viewer, area, subject, data, id=id, now=now)


def notify(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Records who was told, with the figures of an issued notice. Raises Forbidden, NotThere, Refused."""
    require(viewer, NOTIFY)
    data = made(ExternalNotified, **fields)
    _refuse_unfit_notification(data)
    return _EVENTS.go_on(
        viewer, subject, data, id=id, now=now, check=lambda told: _refuse_other_notice(viewer, told, data)
    )


def acknowledge(viewer: Viewer, subject: UUID, fields: Mapping[str, Any], *, id: UUID | None, now: datetime) -> UUID:
    """Records that who was told has confirmed it. Raises Forbidden, NotThere, Refused."""
    require(viewer, NOTIFY)
    data = made(ExternalAcknowledged, **fields)
    refuse_unfit({"reference": data.reference})
    return _EVENTS.go_on(viewer, subject, data, id=id, now=now)


def retract(viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
    """Takes back what was recorded by mistake and nothing rests on. Raises Forbidden, NotThere, Refused."""
    return _EVENTS.retract(viewer, subject, taken, why, id=id, now=now)


def _refuse_unfit_assessment(data: ExternalAssessed, now: datetime) -> None:
    wrong = []
    if {one.criterion for one in data.judged} != set(Criterion):
        zh, en = "四项标准须逐项回答，各一次", "answer each of the four questions once"
        wrong.append(Wrong("judged", "not_each_once", zh, en))
    if data.listed is not None and data.listed not in {one.code for one in instrument(data.edition).listed}:
        wrong.append(Wrong("listed", "unknown", "不在必须通报的病种之列", "is none of the diseases always told"))
    if data.known_at > now + AHEAD:
        wrong.append(Wrong("known_at", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time"))
    if wrong:
        raise Refused(wrong)
    refuse_unfit({"title_zh": data.title_zh, "title_en": data.title_en})
    refuse_unfit({"judged": "\n".join(one.why for one in data.judged)})


def _refuse_unfit_notification(data: ExternalNotified) -> None:
    wrong = []
    recipient = recipients().get(data.to)
    if recipient is None:
        wrong.append(Wrong("to", "unknown", "没有这个通报对象", "is no recipient of the policy"))
    elif recipient.named != bool(data.named.strip()):
        zh, en = (
            "请写明是哪个国家、地区或组织；其他对象不填",
            "say which one, and leave it empty for any other recipient",
        )
        wrong.append(Wrong("named", "which", zh, en))
    if data.channel not in channels():
        wrong.append(Wrong("channel", "unknown", "没有这个通报方式", "is no way of the policy"))
    if wrong:
        raise Refused(wrong)
    refuse_unfit({name: getattr(data, name) for name in ("named", "reference", "words_zh", "words_en")})


def _refuse_other_notice(viewer: Viewer, told: list[Fact], data: ExternalNotified) -> None:
    """The sums are those of a notice that was issued, of the event's own area or below it, and of its disease."""
    last = event(told).holding
    assert last is not None
    _, its = issues.one(viewer, data.notice)
    contents = its.data.contents
    if its.number is None:
        zh, en = "对外只用已发布通报的汇总数字，请先发布", "was not issued: only sums of issued notices go outside"
        raise Refused([Wrong("notice", "not_issued", zh, en)])
    if contents.disease != last.data.disease or not within(contents.area_code, told[0].area):
        zh, en = "不是该事件所在地区、该病种的通报", "is of another area or disease than the event"
        raise Refused([Wrong("notice", "other_event", zh, en)])
