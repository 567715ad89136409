"""Relief: a team is sent elsewhere, its members' health is told each day, it returns, and its members are observed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.isolation.facts import Mode, OrderClass
from lianfang.capabilities.isolation.queries.orders import standing_of
from lianfang.capabilities.isolation.service import orders
from lianfang.capabilities.isolation.service.recording import made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.people import HeadsQualifier
from lianfang.capabilities.mobilisation.facts.relief import ReliefHealthTold, ReliefReturned, ReliefSent
from lianfang.capabilities.mobilisation.models import MemberRow, TeamRow
from lianfang.capabilities.mobilisation.queries import hands
from lianfang.capabilities.mobilisation.queries import relief as queries
from lianfang.capabilities.mobilisation.service.recording import add, begin, facts_of, policy, undo
from lianfang.capabilities.mobilisation.service.volunteers import MANAGE
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.profiles.disease import profile

REASON: Final = "支援任务结束返回，实施医学观察"
"""The medical reason that the order of somebody who is back gives."""
BASIS: Final = "infectious_disease"
_AWAY: Final = Wrong("team", "away", "已在外支援，返回后才能再派出", "is away: it can be sent again when it is back")
_GONE: Final = Wrong("team", "dissolved", *state.WORDS["dissolved"])
_TO_COME: Final = Wrong("day", "to_come", "不能登记以后的健康情况", "is to come: nothing is known of it yet")
_NOT_BACK: Final = Wrong("relief", "not_back", "尚未返回，请先登记返回", "is not back yet: record the return first")
_NOBODY: Final = Wrong(
    "team", "no_members", "队伍没有登记成员，请先登记成员", "has no members on record: take its members in first"
)


def send(viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Sends some of a team elsewhere; one that is away is not sent again. Raises NotThere, Forbidden, Refused."""
    data = made(ReliefSent, **fields)
    if not known_areas()(data.to):
        raise Refused([no_area("to")])
    with transaction.atomic():
        locked(data.team)
        with seeing(viewer, MANAGE):
            team = hands.team(viewer, MANAGE, data.team)
            if not facts_of(id) and (wrong := _unfit(team, data)):
                raise Refused([wrong])
        begin(viewer, MANAGE, data, id=id, area=team.area, now=now, fold=state.relief)
    return id


def _unfit(team: TeamRow, data: ReliefSent) -> Wrong | None:
    if team.dissolved is not None:
        return _GONE
    if queries.away(team.subject):
        return _AWAY
    if team.heads and team.qualifier in (HeadsQualifier.EXACT, HeadsQualifier.AT_MOST) and data.heads > team.heads:
        return Wrong(
            "heads", "more_than_team", f"队伍只有{team.heads}人，请核对", f"are more than the {team.heads} of the team"
        )
    return None


def tell_health(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:
    """Records how the members are on a day; what is told last holds. Raises NotThere, Forbidden, Refused."""
    if fields["day"] > now.astimezone(CIVIL_TIME).date():
        raise Refused([_TO_COME])
    return _act(viewer, id, made(ReliefHealthTold, **fields), now, fact)


def come_back(viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records that they are back. Raises NotThere, Forbidden, Refused."""
    if fields["last"] > now.astimezone(CIVIL_TIME).date():
        raise Refused([Wrong("last", _TO_COME.reason, _TO_COME.zh, _TO_COME.en)])
    return _act(viewer, id, made(ReliefReturned, **fields), now, fact)


def observe(viewer: Viewer, id: UUID, *, disease: str, now: datetime) -> int:
    """Orders the members of a team that is back under central observation, each in one's own right; who is under an
    order already stays as is. Returns how many were ordered. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, orders.ORDER):
            row = queries.journey(viewer, orders.ORDER, id)
            people = list(
                MemberRow.objects.filter(subject=row.team).order_by("person").values_list("person", flat=True)
            )
            free = [one for one in people if standing_of(viewer, orders.ORDER, one) is None]
        if row.last is None:
            raise Refused([_NOT_BACK])
        if not people:
            raise Refused([_NOBODY])
        begins = datetime.combine(row.last, time(), CIVIL_TIME)
        fields = {
            "order_class": OrderClass.OTHER, "of": id, "disease": disease, "mode": Mode.CENTRAL, "reason": REASON,
            "edition": profile(disease).judged_by(row.last, row.area).code, "basis": BASIS, "start": begins,
            "end": begins + timedelta(days=policy(now).relief_observed_days),
        }  # fmt: skip
        for person in free:
            orders.give(viewer, person, row.area, {**fields, "order": uuid5(id, str(person))}, now=now)
    return len(free)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what the viewer recorded of a journey. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.journey(viewer, MANAGE, id).area
        return undo(viewer, MANAGE, taken, why, id=id, area=area, now=now, fold=state.relief, fact=fact)


def _act(viewer: Viewer, id: UUID, data: FactData, now: datetime, fact: UUID | None) -> UUID:
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.journey(viewer, MANAGE, id).area
        return add(viewer, MANAGE, data, id=id, area=area, now=now, fold=state.relief, fact=fact)
