"""What a case comes to, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import About, CaseOutcome, Class, ClinicalSeverity, InfectionSource
from lianfang.capabilities.cases.state.table import Fault


class Decided(NamedTuple):
    """A decision what a case counts as; ``fact`` recorded it. The first is the report's."""

    at: datetime
    to: Class
    edition: str
    basis: str
    fact: UUID


class HospitalStay(NamedTuple):
    """From admission until the patient left; ``left`` is None while there. ``reason`` is why, or the outcome."""

    hospital: str
    designated: bool
    admitted: datetime
    left: datetime | None = None
    reason: str = ""


class Result(NamedTuple):
    """A laboratory's result. ``fact`` recorded it."""

    at: datetime
    test: str
    result: str
    ct: float | None
    fact: UUID


class Sample(NamedTuple):
    """A sample with its results, by time. ``fit`` is None until a laboratory has received it."""

    id: UUID
    at: datetime
    area: str
    material: str
    number: str | None
    laboratory: str | None
    received: datetime | None = None
    fit: bool | None = None
    results: tuple[Result, ...] = ()
    accession: str | None = None
    archive: str | None = None
    lineage: str | None = None


class Review(NamedTuple):
    """What a case would be under another edition, while nobody has decided."""

    at: datetime
    edition: str
    would_be: Class


class Counted(NamedTuple):
    """How a case counts at a moment: everything that stocks and flows are made of. ``hospital`` is ``designated``,
    ``other`` or empty; ``ever`` the letters of what it once was: s(uspected), c(linical), a(symptomatic), v (severe or
    critical). Written as a code of five parts with dots between."""

    to: Class
    severity: ClinicalSeverity | None
    outcome: CaseOutcome | None
    hospital: str
    ever: str

    @property
    def code(self) -> str:
        return ".".join((self.to, self.severity or "", self.outcome or "", self.hospital, self.ever))

    @classmethod
    def of(cls, code: str) -> Counted | None:
        """What a code says; None of the empty one, which counts as nothing."""
        if not code:
            return None
        to, severity, outcome, hospital, ever = code.split(".")
        return cls(
            Class(to),
            ClinicalSeverity(severity) if severity else None,
            CaseOutcome(outcome) if outcome else None,
            hospital,
            ever,
        )


class Change(NamedTuple):
    """A case counts otherwise in ``area`` from ``at`` on. ``before`` and ``after`` are codes of ``Counted``, empty
    where it counts as nothing there; ``other`` is the division that it came from or went to by a hand-over."""

    at: datetime
    area: str
    before: str
    after: str
    other: str = ""


@dataclass(frozen=True)
class State:
    """A case as its facts have it. Times are the authors', set right by what their clocks were off by.

    ``about`` holds what was told last of each thing. ``faults`` are facts that contradict the table: they are not
    applied. ``disputed`` are facts that have rival corrections.
    """

    subject: UUID
    person: UUID
    disease: str
    number: str | None
    batch: UUID | None
    author: str
    report: UUID
    area: str
    reported_at: datetime
    about: About
    decided: tuple[Decided, ...]
    severity: ClinicalSeverity | None = None
    source: InfectionSource | None = None
    came_from: str | None = None
    outcome: CaseOutcome | None = None
    ended_at: datetime | None = None
    isolated_at: datetime | None = None
    isolated_where: str | None = None
    treated_at: datetime | None = None
    investigated_at: datetime | None = None
    contacts: int | None = None
    checked_at: datetime | None = None
    """When somebody first acted on the report: decided, investigated or described it."""
    source_at: datetime | None = None
    stays: tuple[HospitalStay, ...] = ()
    samples: tuple[Sample, ...] = ()
    results: tuple[Result, ...] = ()
    """Results of which no sample is recorded."""
    review: Review | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    disputed: tuple[UUID, ...] = ()

    @property
    def to(self) -> Class:
        return self.decided[-1].to

    @property
    def edition(self) -> str:
        """Of the last decision: a case keeps the edition that it was decided under."""
        return self.decided[-1].edition

    def since(self, *classes: Class) -> datetime | None:
        """When it was first decided to be one of these."""
        return next((one.at for one in self.decided if one.to in classes), None)

    @property
    def in_hospital(self) -> HospitalStay | None:
        return self.stays[-1] if self.stays and self.stays[-1].left is None else None

    @property
    def all_results(self) -> tuple[Result, ...]:
        """The results of every sample and of none, by time."""
        return tuple(
            sorted((*self.results, *(r for s in self.samples for r in s.results)), key=lambda r: (r.at, r.fact))
        )
