"""Volunteers: signed up with a consent to a text, available at times, withdrawn at any moment. Names and phones are in
the vault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import unknown as no_account
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.isolation.service.recording import append, fact_of, made, record
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.people import (
    AvailabilityStated,
    ConsentWithdrawn,
    VolunteerSignedUp,
)
from lianfang.capabilities.mobilisation.facts.shifts import ShiftGivenUp
from lianfang.capabilities.mobilisation.models import DutyRow
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.service.recording import add, facts_of, policy, refuse, unknown
from lianfang.capabilities.tasks.queries import Assignee, assignees
from lianfang.facts.lock import locked
from lianfang.identity import service as vault
from lianfang.identity.areas import known_areas

MANAGE: Final = "teams.manage"
DATA_CLASS: Final = "volunteer"
DELIVER: Final = "errand.deliver"
"""The rule of tasks of those who carry orders."""
_NO_ACCOUNT: Final = Wrong("account", "unknown_account", "没有这个账户", "is nobody's account: choose another")
_ORDER: Final = Wrong("last", "last_before_first", *state.WORDS["last_before_first"])


def accounts(viewer: Viewer, area: str, *, now: datetime) -> list[Assignee]:
    """Who signs in and can be given orders in an area, to choose a volunteer's account from. Raises Forbidden."""
    require_over(viewer, MANAGE, area)
    return assignees(viewer, DELIVER, area, now)


def sign_up(viewer: Viewer, who: Mapping[str, Any], fields: Mapping[str, Any], *, area: str, now: datetime) -> UUID:
    """Signs somebody up who agreed to the text of a version: ``who`` (id, name, phone) goes to the vault, the record
    has the pseudonym. The same again is the same. Raises Forbidden, NotThere, Refused."""
    its = policy(now)
    wrong = [one for skill in fields["skills"] for one in unknown(its, "skills", "skills", skill)]
    nobody = [_NO_ACCOUNT] if fields["account"] and no_account([fields["account"]]) else []
    refuse([*unknown(its, "consent", "consents", fields["consent"]), *wrong, *nobody])
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(VolunteerSignedUp, **fields)
    id: UUID = who["id"]
    with transaction.atomic():
        locked(id)
        history = facts_of(id)
        if any(one.area != area for one in history):
            raise NotThere
        before = state.volunteer(history)
        if before.data == data and before.withdrawn is None:
            return id
        _keep(viewer, who, area, now)
        with seeing(viewer, MANAGE):
            one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, history=history)
            record(viewer, history, one, state.volunteer, state.WORDS)
    return id


def _keep(viewer: Viewer, who: Mapping[str, Any], area: str, now: datetime) -> None:
    """Puts the name and the phone into the vault. Raises Refused."""
    sent = {
        "id": who["id"], "name": who["name"], "area": area, "data_class": DATA_CLASS, "basis": "consent",
        "phones": [who["phone"]],
    }  # fmt: skip
    receipt = vault.enter(viewer, [(1, sent)], now=now, action=MANAGE)
    if receipt.faults:
        names = {"phones": "phone"}
        raise Refused(
            [Wrong(names.get(one.field.split(".")[0], one.field), one.reason, one.zh, one.en) for one in receipt.faults]
        )


def available(viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records when a volunteer can be called; what is told last holds. Raises NotThere, Forbidden, Refused."""
    if fields["last"] is not None and fields["last"] < fields["first"]:
        raise Refused([_ORDER])
    return _act(viewer, id, made(AvailabilityStated, **fields), now, fact)


def withdraw(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records that a volunteer withdrew the consent: duties to come are given up, and the term after which name and
    phone are erased begins. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        made_fact = _act(viewer, id, ConsentWithdrawn(), now, fact)
        with seeing_all():
            coming = list(DutyRow.objects.filter(person=id, starts__gt=now).values_list("subject", "area"))
        locked(*(shift for shift, _ in coming))
        for shift, area in coming:
            history = facts_of(shift)
            if any(one.person == id for one in state.shift(history).duties):
                data = ShiftGivenUp(person=id)
                given_up = fact_of(viewer, data, subject=shift, area=area, at=None, now=now, history=history)
                with seeing_all():
                    append(viewer, [given_up])
        vault.end_consent(viewer, id, DATA_CLASS, localdate(now))
    return made_fact


def _act(
    viewer: Viewer, id: UUID, data: AvailabilityStated | ConsentWithdrawn, now: datetime, fact: UUID | None
) -> UUID:  # fmt: skip
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.volunteer(viewer, MANAGE, id).area
        return add(viewer, MANAGE, data, id=id, area=area, now=now, fold=state.volunteer, fact=fact)
