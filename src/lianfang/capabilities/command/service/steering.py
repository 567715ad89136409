"""Strategies against the class of an area, headquarters, playbooks, and reports that go up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.cases.rules.first_case import community_of
from lianfang.capabilities.command.facts.headquarters import HeadquartersOrganised, headquarters_id
from lianfang.capabilities.command.facts.playbooks import PlaybookBegun, playbook_id
from lianfang.capabilities.command.facts.reports import EventFound, EventReported, Instance
from lianfang.capabilities.command.facts.strategy import StrategyOverridden, strategy_id
from lianfang.capabilities.command.queries import steering as queries
from lianfang.capabilities.command.rules.notices import playbooks
from lianfang.capabilities.command.rules.strategy import strategies
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import add, begin, require_area, require_words
from lianfang.capabilities.command.state.headquarters import headquarters
from lianfang.capabilities.command.state.playbooks import playbook
from lianfang.capabilities.command.state.reports import report
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.lock import locked


def override(viewer: Viewer, area: str, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records that another strategy than that of its class holds in an area, why, and until when. Raises Forbidden,
    Refused."""
    require_area(viewer, MANAGE, area)
    require_words(reason=fields["reason"], doc_no=fields["doc_no"])
    wrong = []
    if fields["strategy"] not in strategies():
        known = "、".join(strategies())
        wrong.append(Wrong("strategy", "unknown_word", f"可用：{known}", f"is none; there are: {known}"))
    if fields["ends"] is None or fields["ends"] <= fields["starts"]:
        wrong.append(
            Wrong("ends", "no_end", "须写明截止时间，且晚于开始时间", "is needed, and after the start: give an end")
        )
    if wrong:
        raise Refused(wrong)
    return _append(viewer, strategy_id(area), area, made(StrategyOverridden, **fields), now, fact)


def organise(viewer: Viewer, area: str, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records who leads the headquarters of an area for an event and which groups it has; what stood before is
    replaced. The same again is the same. Raises Forbidden, Refused."""
    require_area(viewer, MANAGE, area)
    require_words(zh=fields["zh"], doc_no=fields["doc_no"])
    data = made(HeadquartersOrganised, **fields)
    wrong = [
        Wrong("groups.lead", "not_a_member", "牵头单位须在成员单位之中", "leads a group of which it is no member", row)
        for row, group in enumerate(data.groups, 1)
        if group.lead not in {unit.code for unit in group.members}
    ]
    if wrong:
        raise Refused(wrong)
    subject = headquarters_id(area, data.event)
    with transaction.atomic():
        locked(subject)
        with seeing_all():
            before = headquarters([entry.fact for entry in log.read(subjects=[subject])])
        same = next((one for one in before if one.data == data), None)
        return same.fact if same else _append(viewer, subject, area, data, now, fact)


def begin_playbook(viewer: Viewer, area: str, code: str, *, now: datetime) -> UUID:
    """Begins a playbook in a community, which gives its tasks; once. Nothing is recorded of whom it is about. Raises
    Forbidden, Refused."""
    its = playbooks(now.astimezone(CIVIL_TIME).date()).get(code)
    if its is None:
        raise Refused([Wrong("playbook", "unknown_word", "没有这套预案任务", "is none: choose another")])
    if community_of(area) != area:
        zh, en = "须为社区（12位代码）", "is no community: its code has twelve digits"
        raise Refused([Wrong("area", "no_community", zh, en)])
    id = playbook_id(area, code)
    data = made(PlaybookBegun, playbook=code, edition=its.edition, starts=now)
    begin(viewer, MANAGE, data, id=id, area=area, now=now, fold=playbook)
    return id


def found(viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], *, now: datetime) -> bool:
    """Records that an institution found what has to be reported; False where it was recorded before. Raises Forbidden,
    Refused."""
    require_words(zh=fields["zh"])
    if fields["found"] > now:
        raise Refused([Wrong("found", "in_future", "在当前时间之后，请核对", "lies ahead: correct the time")])
    return begin(viewer, MANAGE, made(EventFound, **fields), id=id, area=area, now=now, fold=report)


def arrived(viewer: Viewer, id: UUID, to: Instance, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records that a report has arrived at an instance. Raises NotThere, Forbidden, Refused."""
    area = queries.located(viewer, MANAGE, id).area
    return add(viewer, MANAGE, made(EventReported, to=to), id=id, area=area, now=now, fold=report, fact=fact)


def _append(viewer: Viewer, subject: UUID, area: str, data: FactData, now: datetime, fact: UUID | None) -> UUID:
    with transaction.atomic():
        locked(subject)
        with seeing_all():
            history = [entry.fact for entry in log.read(subjects=[subject])]
        if fact is not None and any(one.id == fact for one in history):
            return fact
        with seeing(viewer, MANAGE):
            one = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=fact, history=history)
            append(viewer, [one])
    return one.id
