"""Read tables of cases: disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from lianfang.capabilities.cases.facts import Class, HandedOver, InfectionSource, RiskAssessed
from lianfang.capabilities.cases.rules.counting import IN_COUNTS
from lianfang.capabilities.cases.rules.indicators import steps
from lianfang.capabilities.cases.state import State, fold
from lianfang.capabilities.cases.state.fold import TAKEN
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.facts.refold import SubjectRegister
from lianfang.facts.steps import Folded, StepRegister, StepRow
from lianfang.places.queries import current_gazetteer

BYTES = "varchar_pattern_ops"
"""The order of bytes: see ``access.rows``."""


class CaseRow(models.Model):
    """One case as it stands. Times are the authors'; ``received_at`` is when the report came in here. It is a confirmed
    or clinical case by a decision of ``counted_at``, which came in at ``counted_received_at``."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    person = models.UUIDField()
    disease = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    number = models.CharField(max_length=64, null=True)
    batch = models.UUIDField(null=True)
    to = models.CharField(max_length=16)
    severity = models.CharField(max_length=16, null=True)
    source = models.CharField(max_length=16)
    came_from = models.CharField(max_length=64, null=True)
    outcome = models.CharField(max_length=16, null=True)
    onset_earliest = models.DateField(null=True)
    onset_latest = models.DateField(null=True)
    no_symptoms = models.BooleanField(null=True)
    sex = models.CharField(max_length=8, null=True)
    age_years = models.FloatField(null=True)
    occupation = models.CharField(max_length=64, null=True)
    health_worker = models.BooleanField(null=True)
    residence = models.CharField(max_length=64, null=True)
    stay = models.CharField(max_length=64, null=True)
    found_by = models.CharField(max_length=64, null=True)
    unit = models.CharField(max_length=64, null=True)
    first_visit_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    investigated_at = models.DateTimeField(null=True)
    suspected_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    counted_received_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()
    source_at = models.DateTimeField(null=True)
    isolated_at = models.DateTimeField(null=True)
    isolated_where = models.CharField(max_length=64, null=True)
    admitted_at = models.DateTimeField(null=True)
    hospital = models.CharField(max_length=64, null=True)
    designated = models.BooleanField(null=True)
    treated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    contacts_named = models.IntegerField(null=True)
    samples = models.IntegerField()
    sampled_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=64, null=True)
    result_at = models.DateTimeField(null=True)
    would_be = models.CharField(max_length=16, null=True)
    review_edition = models.CharField(max_length=64, null=True)
    faults = models.IntegerField()
    disputed = models.IntegerField()

    class Meta:
        db_table = "cases_case"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "reported_at", "subject"],
                opclasses=[BYTES, "timestamptz_ops", "uuid_ops"],
                name="cases_case_area",
            ),
            models.Index(fields=["reported_at", "subject"], name="cases_case_reported"),
            models.Index(fields=["to", "reported_at", "subject"], name="cases_case_to"),
            models.Index(
                fields=["severity", "reported_at", "subject"],
                name="cases_case_severity",
                condition=models.Q(severity__isnull=False),
            ),
            models.Index(fields=["onset_earliest", "subject"], name="cases_case_onset"),
            models.Index(fields=["number"], opclasses=[BYTES], name="cases_case_number"),
            models.Index(fields=["person", "disease"], name="cases_case_person"),
            models.Index(fields=["batch"], name="cases_case_batch", condition=models.Q(batch__isnull=False)),
        ]


class ChangeRow(models.Model):
    """A case counted otherwise from ``at`` on: what sums are made of. ``other`` is the division of a hand-over."""

    pk = models.CompositePrimaryKey("subject", "n")
    subject = models.UUIDField()
    n = models.IntegerField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    at = models.DateTimeField()
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    source = models.CharField(max_length=16)
    came_from = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "cases_change"
        indexes: ClassVar = [
            models.Index(fields=["area", "at"], opclasses=[BYTES, "timestamptz_ops"], name="cases_change_area"),
        ]


class IndicatorRow(StepRow):
    """What a case adds to an indicator, and since when this is known."""

    class Meta:
        db_table = "cases_indicator"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "key", "at"],
                opclasses=[BYTES, BYTES, "timestamptz_ops"],
                name="cases_indicator_area",
            ),
        ]


class SampleRow(models.Model):
    """A sample of a case, with its last result."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    number = models.CharField(max_length=64, null=True)
    material = models.CharField(max_length=64)
    laboratory = models.CharField(max_length=64, null=True)
    sampled_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    fit = models.BooleanField(null=True)
    test = models.CharField(max_length=64, null=True)
    result = models.CharField(max_length=64, null=True)
    ct = models.FloatField(null=True)
    result_at = models.DateTimeField(null=True)
    accession = models.CharField(max_length=64, null=True)

    class Meta:
        db_table = "cases_sample"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "sampled_at", "id"],
                opclasses=[BYTES, "timestamptz_ops", "uuid_ops"],
                name="cases_sample_area",
            ),
            models.Index(fields=["number"], opclasses=[BYTES], name="cases_sample_number"),
        ]


class AssessmentRow(models.Model):
    """An assessment of the risk in an area."""

    subject = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    disease = models.CharField(max_length=64)
    at = models.DateTimeField()
    as_of = models.DateTimeField()
    seq = models.BigIntegerField()
    likelihood = models.CharField(max_length=64)
    consequence = models.CharField(max_length=64)
    level = models.CharField(max_length=64)
    basis = models.TextField()
    measures = models.TextField()
    place = models.CharField(max_length=64, null=True)
    next_due = models.DateField(null=True)

    class Meta:
        db_table = "cases_assessment"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "at", "subject"],
                opclasses=[BYTES, "timestamptz_ops", "uuid_ops"],
                name="cases_assessment_area",
            ),
        ]


class ViewRow(models.Model):
    """A list as an account has set it up and named it. Its own row, no fact and no register."""

    id = models.UUIDField(primary_key=True)
    author = models.CharField(max_length=64)
    room = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    shown = models.JSONField()

    class Meta:
        db_table = "cases_view"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "room", "name"], name="cases_view_name"),
        ]


def zone() -> ZoneInfo:
    """Where the installation's days begin."""
    return ZoneInfo(settings.TIME_ZONE)


class CaseRegister(SubjectRegister):
    """The line list, what is counted, and the samples."""

    name = "cases.cases"
    kinds = frozenset({*TAKEN, Retracted.kind})
    models = (CaseRow, ChangeRow, SampleRow)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        state = _state(entries)
        if state is None:
            return
        received = {entry.fact.id: entry.received_at for entry in entries}
        yield _case(state, received)
        source = state.source or InfectionSource.UNKNOWN
        for n, change in enumerate(state.changes):
            yield ChangeRow(
                subject=subject, n=n, author=state.author, disease=state.disease, source=source,
                came_from=state.came_from, **change._asdict(),
            )  # fmt: skip
        for sample in state.samples:
            last = sample.results[-1] if sample.results else None
            yield SampleRow(
                id=sample.id, subject=subject, area=state.area, author=state.author, disease=state.disease,
                number=sample.number, material=sample.material, laboratory=sample.laboratory, sampled_at=sample.at,
                received_at=sample.received, fit=sample.fit, accession=sample.accession,
                test=last and last.test, result=last and last.result, ct=last and last.ct, result_at=last and last.at,
            )  # fmt: skip


def _state(entries: Sequence[Entry]) -> State | None:
    if any(isinstance(entry.fact.data, HandedOver) for entry in entries):
        current_gazetteer()  # with the divisions that were imported
    return fold([entry.fact for entry in entries], zone())


def _case(state: State, received: Mapping[UUID, datetime]) -> CaseRow:
    about, here, results = state.about, state.in_hospital, state.all_results
    counted = next((one for one in state.decided if one.to in IN_COUNTS), None)
    return CaseRow(
        subject=state.subject, area=state.area, author=state.author, person=state.person, disease=state.disease,
        edition=state.edition, number=state.number, batch=state.batch, to=state.to, severity=state.severity,
        source=state.source or InfectionSource.UNKNOWN, came_from=state.came_from, outcome=state.outcome,
        onset_earliest=about.onset and about.onset.earliest, onset_latest=about.onset and about.onset.latest,
        no_symptoms=about.no_symptoms, sex=about.sex, age_years=about.age_years, occupation=about.occupation,
        health_worker=about.health_worker, residence=about.residence, stay=about.stay, found_by=about.found_by,
        unit=about.unit, first_visit_at=about.first_visit, reported_at=state.reported_at,
        received_at=received[state.report], checked_at=state.checked_at, investigated_at=state.investigated_at,
        suspected_at=state.since(Class.SUSPECTED), confirmed_at=state.since(Class.CONFIRMED),
        counted_at=counted and counted.at, counted_received_at=counted and received[counted.fact],
        decided_at=state.decided[-1].at, source_at=state.source_at, isolated_at=state.isolated_at,
        isolated_where=state.isolated_where, admitted_at=state.stays[0].admitted if state.stays else None,
        hospital=here and here.hospital, designated=here and here.designated, treated_at=state.treated_at,
        ended_at=state.ended_at, contacts_named=state.contacts, samples=len(state.samples),
        sampled_at=state.samples[0].at if state.samples else None,
        result=results[-1].result if results else None, result_at=results[-1].at if results else None,
        would_be=state.review and state.review.would_be, review_edition=state.review and state.review.edition,
        faults=len(state.faults), disputed=len(state.disputed),
    )  # fmt: skip


class IndicatorRegister(StepRegister):
    """What cases add to the indicators, as it was known at any time."""

    name = "cases.indicators"
    kinds = CaseRegister.kinds
    model = IndicatorRow

    def folded(self, subject: UUID, entries: Sequence[Entry]) -> Folded | None:
        state = _state(entries)
        return None if state is None else Folded(state.disease, steps(state, zone()))


class AssessmentRegister(SubjectRegister):
    """Assessments of risk, a row each; corrected, the correction."""

    name = "cases.assessments"
    kinds = frozenset({RiskAssessed.kind, Retracted.kind})
    models = (AssessmentRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[models.Model]:
        for fact in standing([entry.fact for entry in entries]).facts[-1:]:
            data = fact.data
            assert isinstance(data, RiskAssessed)
            yield AssessmentRow(
                subject=subject, area=fact.area, author=fact.author, at=fact.observed_at, **data.model_dump()
            )
