"""Orders: given, received, carried out, verified, changed, extended and lifted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import reaches, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.cases.facts import Reported
from lianfang.capabilities.cases.service.recording import too_late
from lianfang.capabilities.contacts import facts as contacts
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import (
    Extended,
    Lifted,
    Mode,
    ModeChanged,
    OrderClass,
    Ordered,
    OrderExecuted,
    OrderReceived,
    OrderVerified,
)
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.capabilities.isolation.models import orders as fold
from lianfang.capabilities.isolation.queries import orders as queries
from lianfang.capabilities.isolation.rules.ground import WORDS, in_official_words, observed_until, wrong_with
from lianfang.capabilities.isolation.rules.policy import Policy, in_force
from lianfang.capabilities.isolation.service import places
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.history import standing
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import one_person
from lianfang.profiles.disease import profile

ORDER: Final = "isolation.order"
EXECUTE: Final = "isolation.execute"
DOWNGRADE: Final = "isolation.downgrade"
GROUNDS: Final = (
    Reported.kind, Retracted.kind, contacts.Exposed.kind, contacts.Traced.kind, contacts.Judged.kind,
    contacts.Converted.kind, contacts.Released.kind, contacts.Shortened.kind, contacts.HandedOver.kind,
)  # fmt: skip
"""What is known of the case or the contact that is the reason of an order."""


class Done(NamedTuple):
    """What became of an order: ``fact`` is what was recorded, ``stage`` how far the order has come."""

    order: UUID
    fact: UUID
    stage: state.Stage


def give(
    viewer: Viewer, person: UUID, area: str, fields: dict[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> Done:  # fmt: skip
    """Orders somebody into isolation; a place in a station is claimed. ``fields`` are those of ``Ordered``; without an
    ``approver`` the viewer is. Raises Forbidden, Refused."""
    require_over(viewer, ORDER, area)
    data = ordered(viewer, fields)
    if data.clinician == viewer.author and not reaches(viewer, DOWNGRADE, area):
        raise Refused([_NO_CLINICIAN])
    refuse_unknown(viewer, person)
    with seeing(viewer, ORDER):
        locked(person, *([data.station] if data.station else []))
        refuse_without_ground(data, person, at or now)
        if data.station is not None:
            places.claim(viewer, data.station, data.mode, person, now)
        history = queries.history(person)
        made_fact = fact_of(viewer, data, subject=person, area=area, at=at, now=now, id=fact, history=history)
        return _recorded(viewer, history, made_fact, data.order)


def ordered(viewer: Viewer, fields: dict[str, Any]) -> Ordered:
    """The fields of an order, in official words, with its approver. Raises Refused."""
    reason, aliases = in_official_words(fields.get("reason") or "")
    approver = fields.get("approver") or viewer.author
    if approver != viewer.author and not queries.may_approve(viewer, approver):
        raise Refused([_NO_APPROVER])
    order = fields.get("order") or log.new_id()
    data = made(
        Ordered, **{**fields, "order": order, "approver": approver, "reason": reason or None, "aliases": aliases}
    )
    _refuse_no_home(data.community)
    return data


def _refuse_no_home(community: str | None) -> None:
    if community is not None and not known_areas()(community):
        raise Refused([no_area("community")])


_NO_APPROVER: Final = Wrong(
    "approver",
    "no_approver",
    "不是本辖区有权下达指令的账户，请核对",
    "is no account that may give orders here: correct it",
)


def refuse_unknown(viewer: Viewer, person: UUID, row: int | None = None) -> None:
    """Raises Refused for somebody whom the viewer's divisions do not hold."""
    if not one_person(viewer, ORDER, person):
        zh, en = "没有这样的人员，请先登记", "is nobody who was entered here: enter the person first"
        raise Refused([Wrong("person", "no_person", zh, en, row)])


_NO_CLINICIAN: Final = Wrong(
    "clinician",
    "no_clinician",
    "您不是临床医生，请填写负责医生",
    "you are no clinician: name the one who is responsible",
)


def refuse_without_ground(data: Ordered, person: UUID, now: datetime) -> None:
    """Raises Refused where there is no provision or no medical reason, or an edition that there was not yet."""
    wrong = wrong_with(data, person, _reason_facts(data.of), policy(now))
    if not any(field == "edition" for field, *_ in wrong):
        its = profile(data.disease)
        edition = its.edition(data.edition)
        if too_late(edition, its, now.astimezone(CIVIL_TIME).date()):
            wrong.append(("edition", "not_yet", {"zh": edition.zh, "en": edition.en, "begins": edition.begins}))
    if wrong:
        told = [(field, reason, WORDS[reason], its) for field, reason, its in wrong]
        raise Refused(
            [Wrong(field, reason, zh.format(**its), en.format(**its)) for field, reason, (zh, en), its in told]
        )


def _reason_facts(of: UUID) -> list[Fact]:
    return [entry.fact for entry in log.read(kinds=GROUNDS, subjects=[of])]


def received(viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None) -> Done:
    """Who is to carry it out has it. Raises NotThere, Forbidden, Refused."""
    return _act(viewer, EXECUTE, id, OrderReceived(order=id), now, at, fact)


def executed(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None,
    station: UUID | None = None, ward: str | None = None, corrects: UUID | None = None,
) -> Done:  # fmt: skip
    """The person is in place. Elsewhere than ordered, a place is claimed there. ``corrects`` is an earlier record of
    that, which this one replaces: its time is kept where none is given. Raises NotThere, Forbidden, Refused."""
    data = made(OrderExecuted, order=id, station=station, ward=ward)
    return _act(viewer, EXECUTE, id, data, now, at, fact, corrects)


def verified(
    viewer: Viewer, id: UUID, *, as_ordered: bool, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> Done:  # fmt: skip
    """Somebody else than who carried it out has looked. Raises NotThere, Forbidden, Refused."""
    return _act(viewer, EXECUTE, id, OrderVerified(order=id, as_ordered=as_ordered), now, at, fact)


def change_mode(
    viewer: Viewer, id: UUID, fields: dict[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None, home: bool = False,
) -> Done:  # fmt: skip
    """The order goes on elsewhere; with ``home`` a clinician sends the person home. Raises NotThere, Forbidden,
    Refused."""
    action = DOWNGRADE if home else ORDER
    fields = {**fields, "clinician": viewer.author if home else fields.get("clinician")}
    if home:
        fields["mode"], fields["station"] = Mode.HOME, None
    with seeing(viewer, action):
        row = queries.located(viewer, action, id)
        asked = {**fields, "order": id, "approver": fields.get("approver") or viewer.author}
        asked = {**asked, "start": fields.get("start") or at or now, "end": fields.get("end") or row.end}
        asked["basis"] = fields.get("basis") or row.basis
    data = made(ModeChanged, **asked)
    _refuse_other_reason(data.reason, "home" if data.mode is Mode.HOME else "move", now)
    _refuse_no_home(data.community)
    if not home and data.mode is Mode.HOME and data.clinician == viewer.author:
        data = data.model_copy(update={"clinician": None})  # only a clinician's own route makes a clinician's approval
    return _act(viewer, action, id, data, now, at, fact)


def extend(
    viewer: Viewer, id: UUID, fields: dict[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> Done:  # fmt: skip
    """The order ends later. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, ORDER):
        row = queries.located(viewer, ORDER, id)
    approver = fields.get("approver") or viewer.author
    if approver != viewer.author and not queries.may_approve(viewer, approver):
        raise Refused([_NO_APPROVER])
    basis = fields.get("basis") or row.basis
    _refuse_other_reason(fields["reason"], "extend", now)
    data = made(
        Extended, order=id, reason=fields["reason"], basis=basis, approver=approver, start=row.start, end=fields["end"]
    )  # fmt: skip
    return _act(viewer, ORDER, id, data, now, at, fact)


def _refuse_other_reason(reason: str, act: str, now: datetime) -> None:
    known = {one.code: one for one in policy(now).change_reasons if act in one.acts}
    if reason not in known:
        zh = "、".join(f"{one.code}（{one.zh}）" for one in known.values())
        en = ", ".join(f"{one.code} ({one.en})" for one in known.values())
        raise Refused([Wrong("reason", "unknown_reason", f"可用的理由：{zh}", f"is no reason; there are: {en}")])


def lift(
    viewer: Viewer, id: UUID, *, reason: str, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> Done:  # fmt: skip
    """The order is over. Raises NotThere, Forbidden, Refused."""
    known = {one.code for one in policy(now).lift_reasons}
    if reason not in known:
        told = ", ".join(sorted(known))
        raise Refused([Wrong("reason", "unknown_reason", f"可用的理由：{told}", f"is no reason; there are: {told}")])
    return _act(viewer, ORDER, id, made(Lifted, order=id, reason=reason), now, at, fact)


def retract(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes a fact of an order back; returns the retraction. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, ORDER):
        row = queries.located(viewer, ORDER, id)
        locked(row.subject)
        history = queries.history(row.subject)
        return take_back(
            viewer, history, taken, why, fold, area=row.area, at=at, now=now, fact=fact
        ).id  # fmt: skip


def policy(now: datetime) -> Policy:
    """The figures in force."""
    return in_force(now.astimezone(CIVIL_TIME).date())


def _act(
    viewer: Viewer, action: str, id: UUID, data: FactData, now: datetime, at: datetime | None, fact: UUID | None,
    corrects: UUID | None = None,
) -> Done:  # fmt: skip
    with seeing(viewer, action):
        row = queries.located(viewer, action, id)
        stations = {getattr(data, "station", None), row.station} - {None}
        locked(row.subject, *stations)
        row = queries.located(viewer, action, id)
        history = queries.history(row.subject)
        if corrects is not None:
            before = _replaced(history, corrects, id)
            at = at or before.observed_at
        made_fact = fact_of(viewer, data, subject=row.subject, area=row.area, at=at, now=now, id=fact, history=history)
        made_fact = made_fact.model_copy(update={"corrects": corrects})
        if not any(one.id == made_fact.id for one in history):
            _refuse_early(row, data, made_fact.observed_at)
            _claim(viewer, row, data, now)
        return _recorded(viewer, history, made_fact, id)


def _replaced(history: list[Fact], id: UUID, order: UUID) -> Fact:
    """The record of an order's execution that is to be replaced. Raises Refused."""
    for one in standing(history).facts:
        if one.id == id and isinstance(one.data, OrderExecuted) and one.data.order == order:
            return one
    zh, en = "没有这条执行记录，请核对编号", "is no record that the order was carried out: correct the id"
    raise Refused([Wrong("corrects", "unknown_fact", zh, en)])


def _refuse_early(row: OrderRow, data: FactData, at: datetime) -> None:
    """Raises Refused where an order would be lifted as over while the contact is still to be observed."""
    if not isinstance(data, Lifted) or data.reason != state.COMPLETED or row.order_class != OrderClass.CLOSE_CONTACT:
        return
    until = observed_until(_reason_facts(row.of))
    if until is not None and row.end <= at < until:  # before the order's own end, the fold says so
        told = f"{until.astimezone(CIVIL_TIME):%Y-%m-%d %H:%M}"
        zh, en = f"医学观察到{told}期满，请延长指令", f"the contact is observed until {told}: extend the order"
        raise Refused([Wrong("reason", "still_observed", zh, en)])


def _claim(viewer: Viewer, row: OrderRow, data: FactData, now: datetime) -> None:
    """Claims the place that an act names, where it is another than the person has."""
    if isinstance(data, ModeChanged) and data.station is not None:
        places.claim(viewer, data.station, data.mode, row.subject, now)
    if isinstance(data, OrderExecuted):
        at = data.station or row.station
        if data.station is not None and data.station != row.station:
            places.claim(viewer, data.station, Mode(row.mode), row.subject, now)
        if data.ward is not None and at is not None:
            places.claim_bed(viewer, at, data.ward, row.subject, now)


def _recorded(viewer: Viewer, history: list[Fact], fact: Fact, id: UUID) -> Done:
    record(viewer, history, fact, fold)
    order = fold([*history, fact]).order(id)
    if order is None:
        raise NotThere
    return Done(id, fact.id, order.stage)
