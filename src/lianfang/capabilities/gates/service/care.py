"""Who feels ill leaves a telephone number on the open page, and is called. Nobody signs in there.

Limits are per source, per number and per county: a flood is answered, fills no list and rings nobody's telephone all
day. The number goes to the vault under a fresh id; the record has the symptoms and the county.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import PUBLIC
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts import limits
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import CallAsked
from lianfang.capabilities.gates.models import CallRegister
from lianfang.capabilities.gates.queries.care import ASK
from lianfang.capabilities.gates.service.recording import fact_of, made, record, refuse_no_area, told
from lianfang.capabilities.gates.state.owners import COUNTY, named
from lianfang.facts.lock import locked
from lianfang.identity import service as vault
from lianfang.identity import terms
from lianfang.identity.documents import check_phone
from lianfang.profiles.disease import terms as words_of_diseases

DATA_CLASS: Final = "self_report"
PAGE: Final = Viewer(author="open-page", device="open-page", role=PUBLIC)
"""As whom the open page records: who asks is nobody's account, even where somebody is signed in at that machine."""


def ask(fields: Mapping[str, Any], phone: str, area: str, *, id: UUID, source: str, now: datetime) -> date:
    """Records that somebody asks to be called; returns the day on which the number is erased. ``id`` is the sender's
    own, by which the same sent twice is known; ``source`` where it comes from. Raises Refused, TooMany."""
    number = _checked(fields, phone, area)
    subject = named(f"call|{id}")
    if before := _asked(subject):
        return before
    county = area[:COUNTY]
    for key, limit in ((source, "call_source"), (number, "call_number"), (county, "call_county")):
        limits.take(key, limit)
    erase_on = terms.due(DATA_CLASS, localdate(now), None)
    data = made(CallAsked, {**fields, "erase_on": erase_on})
    with seeing(PAGE, ASK):
        locked(subject)
        history = told(CallRegister.kinds, subject)
        if not history:
            one = fact_of(PAGE, data, subject=subject, area=area, now=now)
            record(PAGE, history, [one], state.call)
            _keep(subject, area, number, now)
    return data.erase_on


def _asked(subject: UUID) -> date | None:
    data = state.call(told(CallRegister.kinds, subject)).data
    return data.erase_on if data else None


def _checked(fields: Mapping[str, Any], phone: str, area: str) -> str:
    """The number in its plain form. Raises Refused for what nobody can use."""
    refuse_no_area(area=area)
    wrong = []
    if len(area) < COUNTY:
        wrong.append(Wrong("area", "too_wide", "请选择县（市、区）", "is too wide: choose your county"))
    known = {one.code for one in words_of_diseases("symptom")}
    if any(one not in known for one in fields["symptoms"]):
        wrong.append(
            Wrong("symptoms", "unknown_word", "没有这个症状，请在列表中选择", "is no symptom: choose from the list")
        )
    if not fields["symptoms"] and fields["temp_c"] is None:
        wrong.append(Wrong("symptoms", "missing", "请选择症状或填写体温", "choose a symptom, or tell your temperature"))
    number, fault = check_phone(1, "phone", phone)
    if fault:
        wrong.append(Wrong("phone", fault.reason, fault.zh, fault.en))
    if wrong:
        raise Refused(wrong)
    return number


def _keep(subject: UUID, area: str, number: str, now: datetime) -> None:
    """Puts the number into the vault, until its day of deletion. Raises Refused."""
    sent = {"id": subject, "kind": "encounter", "area": area, "data_class": DATA_CLASS, "phones": [number]}
    receipt = vault.enter(PAGE, [(1, sent)], now=now, action=ASK)
    if receipt.faults:
        raise Refused([Wrong("phone", one.reason, one.zh, one.en) for one in receipt.faults])
