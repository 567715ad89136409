"""Producers, the hands that they ask for, prices and emergency projects: recorded, and taken back where that was a
mistake."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model, Q

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, NotThere, Refused, Wrong, no_area
from lianfang.capabilities.mobilisation.models import DutyRow, MemberRow, TeamRow
from lianfang.capabilities.supplies.facts.allocation import SharingConfirmed, SharingDropped
from lianfang.capabilities.supplies.facts.prices import PriceReported, price_id
from lianfang.capabilities.supplies.facts.producers import (
    DemandSet,
    HandsAsked,
    HandsGiven,
    OutputReported,
    ProducerListed,
)
from lianfang.capabilities.supplies.facts.projects import ProgressMade, ProjectOpened
from lianfang.capabilities.supplies.facts.stock import ItemListed, Part, Place, StoreOpened
from lianfang.capabilities.supplies.models import (
    AllocationRow,
    DispatchRow,
    ItemRow,
    LabourRow,
    MovementRow,
    PriceRow,
    ProducerRow,
    ProjectRow,
    StoreRow,
    SupportRow,
)
from lianfang.capabilities.supplies.rules.labour import Proposed, Shift, propose
from lianfang.capabilities.supplies.rules.prices import in_force
from lianfang.capabilities.supplies.rules.projects import out_of_order
from lianfang.capabilities.supplies.service.dispatch import cancel_planned
from lianfang.capabilities.supplies.service.recording import append, fact_of, made, of_catalogue, on_record
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.history import standing
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MANAGE: Final = "production.manage"
TEAMS: Final = "teams.read"
MOST_TEAMS: Final = 200
_ROSTER: Final = UUID("5a0e4f52-7d1b-5c6e-9a43-6b1f0f0e1d77")
"""Held while hands are given: nobody is given to two shifts at once."""


def list_producer(viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Puts a producer on record, or changes what is told of it. Raises Forbidden, Refused, NotThere."""
    data = made(ProducerListed, **fields)
    found(viewer, MANAGE, area)
    with seeing(viewer, MANAGE):
        locked(id)
        if on_record(id):
            located(viewer, MANAGE, ProducerRow, id)
        for one in data.makes:
            of_catalogue(viewer, one.item)
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def tell(
    viewer: Viewer, id: UUID, kind: type[FactData], fields: Mapping[str, Any], *, fact: UUID, now: datetime
) -> UUID:
    """What a producer says of itself: whether it works, what it made, what is asked of it. Raises Forbidden, Refused,
    NotThere."""
    data = made(kind, **fields)
    with seeing(viewer, MANAGE):
        locked(id)
        row = located(viewer, MANAGE, ProducerRow, id)
        if isinstance(data, OutputReported | DemandSet) and str(data.item) not in {item for item, _ in row.makes}:
            raise Refused(
                [Wrong("item", "not_made", "该企业不生产这种物资，请核对", "is nothing that it makes: correct it")]
            )
        day = now.astimezone(CIVIL_TIME).date()
        for field in ("day", "since"):
            if getattr(data, field, day) > day and not isinstance(data, DemandSet):
                raise Refused([Wrong(field, "in_future", "晚于今天，请核对", "lies ahead: correct the day")])
        return recorded(viewer, data, id, row.area, now, fact)


def ask_hands(viewer: Viewer, producer: UUID, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """A producer asks for hands. Raises Forbidden, Refused, NotThere."""
    data = made(HandsAsked, producer=producer, **fields)
    with seeing(viewer, MANAGE):
        row = located(viewer, MANAGE, ProducerRow, producer)
        locked(id)
        if not on_record(id):
            append(viewer, [fact_of(viewer, data, subject=id, area=row.area, at=None, now=now)])
    return id


def give_hands(
    viewer: Viewer, id: UUID, teams: Sequence[UUID], *, now: datetime, fact: UUID, confirm: int | None = None
) -> Proposed:
    """Who of some teams goes: shown first, then, with ``confirm`` the number that was shown, recorded. Who works
    elsewhere meanwhile, by the rota or for another producer, is passed over. Raises Forbidden, Refused, NotThere,
    Changed."""
    members = _members(viewer, teams)
    with seeing(viewer, MANAGE):
        locked(_ROSTER, id)
        row = located(viewer, MANAGE, LabourRow, id)
        shift = (row.begins, row.ends)
        plan = propose(row.people, row.groups, shift, members, _booked(viewer, members, shift, id))
        if confirm is None:
            return plan
        if confirm != row.people - plan.missing:
            raise Changed("可用人员已有变化，请重新查看", "who can go has changed: look at it again")
        if not plan.groups:
            raise Refused([Wrong("teams", "nobody", "没有可用人员，请增加队伍", "have nobody who can go: add teams")])
        recorded(viewer, made(HandsGiven, groups=plan.groups), id, row.area, now, fact)
        return plan


def _members(viewer: Viewer, teams: Sequence[UUID]) -> list[UUID]:
    """Who is in the teams, one team after the other."""
    with seeing(viewer, TEAMS):
        known = visible(viewer, TEAMS, TeamRow.objects.filter(subject__in=teams, dissolved__isnull=True))
        if set(known.values_list("subject", flat=True)) != set(teams):
            raise Refused([Wrong("teams", "unknown_team", "没有这支队伍，请核对", "has one that is not known here")])
        rows = MemberRow.objects.filter(subject__in=teams).order_by("since", "person").values_list("subject", "person")
        by_team: dict[UUID, list[UUID]] = {team: [] for team in teams}
        for team, person in rows:
            by_team[team].append(person)
    return [person for each in by_team.values() for person in each]


def _booked(viewer: Viewer, people: Collection[UUID], shift: Shift, id: UUID) -> dict[UUID, list[Shift]]:
    """What people do meanwhile, wherever: by the rota, and for other requests of producers."""
    found: dict[UUID, list[Shift]] = {}
    meanwhile = {"starts__lt": shift[1], "ends__gt": shift[0]}
    with seeing_all():
        duties = DutyRow.objects.filter(person__in=list(people), **meanwhile).values_list("person", "starts", "ends")
        for person, starts, ends in duties:
            found.setdefault(person, []).append((starts, ends))
        others = LabourRow.objects.exclude(subject=id).filter(begins__lt=shift[1], ends__gt=shift[0])
        for row in others:
            for person in (UUID(one) for group in row.given for one in group):
                found.setdefault(person, []).append((row.begins, row.ends))
    return found


def report_price(viewer: Viewer, area: str, fields: Mapping[str, Any], *, fact: UUID, now: datetime) -> UUID:
    """What a good costs in a shop on a day. Raises Forbidden, Refused."""
    data = made(PriceReported, **fields)
    found(viewer, MANAGE, area)
    today = now.astimezone(CIVIL_TIME).date()
    if data.good not in {one.code for one in in_force(today).goods}:
        raise Refused(
            [Wrong("good", "unknown_good", "不在监测品种之内，请核对", "is no good that is watched: correct it")]
        )
    if data.day > today:
        raise Refused([Wrong("day", "in_future", "晚于今天，请核对", "lies ahead: correct the day")])
    if (data.fen is None) != (data.supply == "out"):
        zh, en = "有货须填价格，断货不填价格", "is needed where it is to be had, and none where it is not"
        raise Refused([Wrong("fen", "missing", zh, en)])
    subject = price_id(area, data.outlet, data.good)
    with seeing(viewer, MANAGE):
        locked(subject)
        recorded(viewer, data, subject, area, now, fact)
    return subject


def open_project(viewer: Viewer, area: str, fields: Mapping[str, Any], *, id: UUID, now: datetime) -> UUID:
    """Begins an emergency project, or changes its particulars. Raises Forbidden, Refused, NotThere."""
    data = made(ProjectOpened, **fields)
    found(viewer, MANAGE, area)
    with seeing(viewer, MANAGE):
        locked(id)
        if on_record(id):
            located(viewer, MANAGE, ProjectRow, id)
        append(viewer, [fact_of(viewer, data, subject=id, area=area, at=None, now=now)])
    return id


def make_progress(viewer: Viewer, id: UUID, step: str, done: int, *, fact: UUID, now: datetime) -> UUID:
    """How many parts have passed a stage: not more than the stage before it, nor fewer than the one after it. Raises
    Forbidden, Refused, NotThere."""
    with seeing(viewer, MANAGE):
        locked(id)
        row = located(viewer, MANAGE, ProjectRow, id)
        steps = [one["code"] for one in row.steps]
        if step not in steps:
            raise Refused([Wrong("step", "unknown_step", "没有这道工序，请核对", "is no stage of it: correct it")])
        counts = {one: told[-1][1] for one, told in row.done.items() if told} | {step: done}
        if out_of_order(row.parts, steps, counts):
            before = counts.get(steps[steps.index(step) - 1], 0) if steps.index(step) else row.parts
            after = counts.get(steps[steps.index(step) + 1], 0) if step != steps[-1] else 0
            zh, en = f"应在{after}与{before}之间：各工序依次进行", f"has to lie between {after} and {before}: in order"
            raise Refused([Wrong("done", "out_of_order", zh, en)])
        return recorded(viewer, made(ProgressMade, step=step, done=done), id, row.area, now, fact)


_THEMES: Final[tuple[tuple[type[Model], str], ...]] = (
    (ProducerRow, MANAGE),
    (LabourRow, MANAGE),
    (PriceRow, MANAGE),
    (ProjectRow, MANAGE),
    (SupportRow, "support.answer"),
    (ItemRow, "supplies.manage"),
    (StoreRow, "supplies.manage"),
    (AllocationRow, "supplies.share"),
)
_TOLD: Final = (ProducerListed, ProjectOpened, ItemListed, StoreOpened, SharingConfirmed, SharingDropped)
"""What is taken back by the id of its subject: the last telling of what that is, or what was decided of it."""


def take_back(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID) -> UUID:
    """Takes a fact back that was recorded by mistake, or, where ``taken`` is the subject itself, the last telling of
    what that is. Raises Forbidden, NotThere, Refused where something has followed."""
    for model, action in _THEMES:
        with seeing_all():
            area = model._default_manager.filter(subject=id).values_list("area", flat=True).first()
        if area is not None:
            require(viewer, action)
            if not reaches(viewer, action, area):
                raise NotThere
            return _taken_back(viewer, action, id, area, taken, Retracted(why=why), now, fact)
    if any(entry.fact.id == fact and entry.fact.author == viewer.author for entry in log.read(subjects=[id])):
        return fact  # sent again: what it took back is no more
    raise NotThere


def _taken_back(
    viewer: Viewer, action: str, id: UUID, area: str, taken: UUID, data: Retracted, now: datetime, fact: UUID
) -> UUID:
    with seeing(viewer, action):
        locked(id)
        history = standing([entry.fact for entry in log.read(subjects=[id])]).facts
        if any(entry.fact.id == fact for entry in log.read(subjects=[id])):
            return fact
        its = next((one for one in reversed(history) if one.id == taken or (taken == id and _tells(one))), None)
        if its is None:
            raise NotThere
        _refuse_followed(its, history)
        undo = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
        append(viewer, [undo.model_copy(update={"corrects": its.id})])
        if isinstance(its.data, SharingConfirmed):
            cancel_planned(viewer, id, now=now)
    return fact


def _tells(fact: Fact) -> bool:
    return isinstance(fact.data, _TOLD)


def _refuse_followed(its: Fact, history: Sequence[Fact]) -> None:
    """What was opened or listed once is not taken back after something moved there, nor a sharing of which anything has
    left."""
    id, first = its.subject, sum(_tells(one) for one in history) == 1
    with seeing_all():
        moved = MovementRow.objects.filter(
            Q(item=id) | Q(source=str(id)) | Q(target=str(id)) | Q(target=str(Place(id, Part.WAY)))
        )
        sent = DispatchRow.objects.filter(allocation=id, sent__isnull=False)
        if isinstance(its.data, ItemListed | StoreOpened) and first and moved.exists():
            raise Refused([Wrong("taken", "followed", "已有出入库记录，不能撤销", "has moved since: it stays")])
        if isinstance(its.data, SharingConfirmed) and sent.exists():
            zh, en = "已有调运发出，不能撤销", "has left in part already: take its dispatches back first"
            raise Refused([Wrong("taken", "followed", zh, en)])


def found(viewer: Viewer, action: str, area: str) -> None:
    """Something may begin in an area. Raises Forbidden, Refused where there is none of that code."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, action, area)


def located(viewer: Viewer, action: str, model: type[Model], id: UUID) -> Any:
    """The row of something that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, model._default_manager.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def recorded(viewer: Viewer, data: FactData, subject: UUID, area: str, now: datetime, fact: UUID) -> UUID:
    """Appends a fact after all of its subject's, which is held; sent again it is on record already."""
    history: list[Fact] = [entry.fact for entry in log.read(subjects=[subject])]
    if not any(one.id == fact for one in history):
        append(viewer, [fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=fact, history=history)])
    return fact
