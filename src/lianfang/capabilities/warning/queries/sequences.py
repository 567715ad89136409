"""Metadata of sequenced genomes, without anything of a person: neither the case nor its sample can be found by them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.facts import Sequenced
from lianfang.capabilities.cases.models import SampleRow
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.models import EnvironmentSampleRow
from lianfang.capabilities.warning.rules.grading import day_of
from lianfang.capabilities.warning.rules.spread import place_at
from lianfang.facts import log

ACTION: Final = "sequences.export"
HUMAN, ENVIRONMENT = "human", "environment"


class Sequence(NamedTuple):
    """A genome: its number in an archive, of whom or what, where to the province, and the day of sampling."""

    accession: str
    archive: str | None
    lineage: str | None
    disease: str
    host: str
    specimen: str
    sampled_on: date
    province: str | None


def sequences(viewer: Viewer, area: str = "", disease: str = "") -> list[Sequence]:
    """The genomes read from samples of an area, by the day of sampling. Raises Forbidden, Refused."""
    area_from, area_to = range_of(area)
    province = place_at("province")
    with seeing(viewer, ACTION):
        here = {"area__bytes_from": area_from, "area__bytes_before": area_to}
        of_cases, of_places = (
            _of(disease, visible(viewer, ACTION, model.objects.filter(**here)))
            for model in (SampleRow, EnvironmentSampleRow)
        )
        told = _told({row.subject for row in of_cases})
    found = [
        Sequence(
            row.accession, *told.get((row.subject, row.accession), (None, None)), row.disease, HUMAN, row.material,
            day_of(row.sampled_at), province(row.area),
        )
        for row in of_cases
    ]  # fmt: skip
    found += [
        Sequence(
            row.accession, row.archive, row.lineage, row.disease, ENVIRONMENT, row.point, day_of(row.sampled_at),
            province(row.area),
        )
        for row in of_places
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.sampled_on, one.accession))


def _of(disease: str, rows: QuerySet[Any]) -> list[Any]:
    rows = rows.filter(accession__isnull=False)
    return list(rows.filter(disease=disease) if disease else rows)


def _told(cases: Collection[UUID]) -> dict[tuple[UUID, str], tuple[str, str | None]]:
    """Archive and lineage of the accessions of cases. Within ``seeing``."""
    entries = log.read(kinds=[Sequenced.kind], subjects=cases) if cases else ()
    return {
        (entry.fact.subject, entry.fact.data.accession): (entry.fact.data.archive, entry.fact.data.lineage)
        for entry in entries
        if isinstance(entry.fact.data, Sequenced)
    }
