"""Read tables of referrals and of the services of facilities: disposable. No name, no telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model

from lianfang.capabilities.care.facts.referrals import ReferralClosed, ReferralReceived, ReferralSent, ServiceStated
from lianfang.capabilities.care.models.hospitals import area_index
from lianfang.capabilities.care.state.folding import rows_of
from lianfang.capabilities.care.state.referrals import referral, service
from lianfang.capabilities.gates.models.tables import Subject
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister

REFERRAL_KINDS = frozenset(one.kind for one in (ReferralSent, ReferralReceived, ReferralClosed, Retracted))
SERVICE_KINDS = frozenset({ServiceStated.kind, Retracted.kind})


class ReferralRow(Subject):
    """A referral as it stands. ``area`` is the division of who has sent, ``to_area`` that of the clinic."""

    to = models.UUIDField()
    to_area = models.CharField(max_length=64)
    origin = models.CharField(max_length=16)
    reason = models.CharField(max_length=16)
    person = models.UUIDField(null=True)
    contact = models.UUIDField(null=True)
    facility = models.UUIDField(null=True)
    sent = models.DateTimeField()
    received = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, null=True)

    class Meta:
        db_table = "care_referral"
        indexes: ClassVar = [
            area_index("care_referral_area", "subject"),
            models.Index(fields=["to_area"], opclasses=["varchar_pattern_ops"], name="care_referral_to"),
        ]


class ReferralRegister(SubjectRegister):
    """Referrals, a row each."""

    name = "care.referrals"
    kinds = REFERRAL_KINDS
    models = (ReferralRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = referral([entry.fact for entry in entries])
        if its.data is not None:
            yield ReferralRow(
                subject=subject, area=its.area, author=its.author, sent=its.sent, received=its.received,
                closed=its.closed, outcome=its.outcome, faults=rows_of(its.faults), disputed=its.disputed,
                **its.data.model_dump(),
            )  # fmt: skip


class ServiceRow(Subject):
    """What a facility last said of its services."""

    facility = models.UUIDField()
    fever = models.CharField(max_length=16, null=True)
    general = models.CharField(max_length=16, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "care_service"
        indexes: ClassVar = [area_index("care_service_area", "subject")]


class ServiceRegister(SubjectRegister):
    """Services of facilities, a row each."""

    name = "care.services"
    kinds = SERVICE_KINDS
    models = (ServiceRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[Model]:
        its = service([entry.fact for entry in entries])
        if its.data is not None:
            yield ServiceRow(
                subject=subject, area=its.area, author=its.author, at=its.at, faults=rows_of(its.faults),
                disputed=its.disputed, **its.data.model_dump(),
            )  # fmt: skip
