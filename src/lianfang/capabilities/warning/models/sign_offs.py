"""The table of sign-offs of forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.warning.facts.sign_off import ForecastSignedOff, SignOffWithdrawn
from lianfang.capabilities.warning.state.sign_off import SignOff, fold
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class SignOffRow(models.Model):
    """A sign-off. ``digest``: of the figures that were signed off."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    as_of = models.DateField()
    digest = models.CharField(max_length=64)
    data = models.JSONField()
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "warning_sign_off"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "as_of"], opclasses=["varchar_pattern_ops", "date_ops"], name="warning_sign_off_area"
            ),
        ]

    def sign_off(self) -> SignOff:
        """The sign-off, as the fold has it."""
        data = ForecastSignedOff.model_validate(self.data)
        return SignOff(self.subject, self.area, data, self.signed_at, self.withdrawn_at)


class SignOffRegister(SubjectRegister):
    """Sign-offs, each a row."""

    name = "warning.sign_offs"
    kinds = frozenset({ForecastSignedOff.kind, SignOffWithdrawn.kind, Retracted.kind})
    models = (SignOffRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterator[models.Model]:
        one = fold([entry.fact for entry in entries])
        if one is not None:
            yield SignOffRow(
                subject=one.subject, area=one.area, disease=one.data.disease, as_of=one.data.as_of,
                digest=one.data.digest, data=one.data.model_dump(mode="json"), signed_at=one.signed_at,
                withdrawn_at=one.withdrawn_at,
            )  # fmt: skip
