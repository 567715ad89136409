"""What is written for the public, one subject at a time: begun, gone on with, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation.service.recording import Folded, fact_of, record, take_back
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked


class Theme(NamedTuple):
    """Of what sort it is: who may write it, all facts of one, what they come to, and in which words one is refused."""

    action: str
    history: Callable[[UUID], list[Fact]]
    fold: Callable[[Sequence[Fact]], Folded]
    words: Mapping[str, tuple[str, str]]

    def begin(
        self, viewer: Viewer, area: str, subject: UUID, data: FactData, *, id: UUID | None, now: datetime
    ) -> UUID:
        """Records what begins one, or begins it anew; whether the area is the viewer's was asked before. Raises
        Forbidden; NotThere where the subject is of another area; Refused."""
        with transaction.atomic():
            locked(subject)
            with seeing(viewer, self.action):
                told = self.history(subject)
                if told and told[0].area != area:
                    raise NotThere
                return self._record(viewer, subject, area, data, told, id, now)

    def go_on(
        self, viewer: Viewer, subject: UUID, data: FactData, *, id: UUID | None, now: datetime,
        check: Callable[[list[Fact]], None] | None = None,
    ) -> UUID:  # fmt: skip
        """Records a further fact of one that the viewer may write; ``check`` refuses it by what stands there. Raises
        Forbidden, NotThere, Refused."""
        require(viewer, self.action)
        with transaction.atomic():
            locked(subject)
            with seeing(viewer, self.action):
                told = self._mine(viewer, subject)
                if check:
                    check(told)
                return self._record(viewer, subject, told[0].area, data, told, id, now)

    def retract(self, viewer: Viewer, subject: UUID, taken: UUID, why: Why, *, id: UUID | None, now: datetime) -> UUID:
        """Takes back what was recorded by mistake and nothing rests on. Raises Forbidden, NotThere, Refused."""
        require(viewer, self.action)
        with transaction.atomic():
            locked(subject)
            with seeing(viewer, self.action):
                told = self._mine(viewer, subject)
                if all(one.id != taken for one in told):
                    raise NotThere
                return take_back(
                    viewer, told, taken, why, self.fold, area=told[0].area, at=None, now=now, fact=id, words=self.words
                ).id

    def _record(
        self, viewer: Viewer, subject: UUID, area: str, data: FactData, told: list[Fact], id: UUID | None, now: datetime
    ) -> UUID:
        fact = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=id, history=told)
        record(viewer, told, fact, self.fold, self.words)
        return fact.id

    def _mine(self, viewer: Viewer, subject: UUID) -> list[Fact]:
        told = self.history(subject)
        if not told or not reaches(viewer, self.action, told[0].area):
            raise NotThere
        return told
