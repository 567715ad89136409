"""What the public site gives out as files: CSV and JSON, each with its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel

from lianfang.app.publication.site.gathered import Gathered, Place, told_divisions
from lianfang.capabilities.bulletins.facts import METRICS
from lianfang.epi.disclosure.cells import Value, table


class FigureRow(BaseModel):
    """A number of one issue of a notice. ``division`` is empty for the area itself; ``in_force`` is false for an issue
    that was revised."""

    area: str
    disease: str
    as_of: AwareDatetime
    issue: int
    issued_at: AwareDatetime
    in_force: bool
    metric: str
    division: str
    n: int


class MeasureLine(BaseModel):
    area: str
    number: int
    kind: str
    zh: str
    en: str
    basis: str
    doc_no: str
    approver: str
    starts: AwareDatetime
    ends: AwareDatetime
    exempt: list[str]


class VenueLine(BaseModel):
    area: str
    kind: str
    zh: str
    en: str
    status: Literal["open", "limited", "closed"]
    since: AwareDatetime
    reopens: date | None
    limits: str


class ClinicLine(BaseModel):
    """Minutes are after midnight; 0 to 1440 is around the clock. ``service`` is empty where nothing was reported."""

    area: str
    name: str
    telephone: str | None
    opens_min: int
    closes_min: int
    service: Literal["normal", "limited", "suspended", ""]
    east_deg: float | None
    north_deg: float | None


class FeedbackLine(BaseModel):
    """Sums over all that was told back; ``median_h`` is null where nothing was answered."""

    received: int
    answered: int
    in_time: int
    overdue: int
    median_h: float | None


class File(BaseModel):
    """``as_of``: when the file was written."""

    as_of: AwareDatetime


class FiguresFile(File):
    metrics: dict[str, dict[str, str]]
    rows: list[FigureRow]


class MeasuresFile(File):
    rows: list[MeasureLine]


class VenuesFile(File):
    rows: list[VenueLine]


class ClinicsFile(File):
    rows: list[ClinicLine]


class FeedbackFile(File):
    rows: list[FeedbackLine]


SCHEMAS: Final[dict[str, type[File]]] = {
    "figures": FiguresFile, "measures": MeasuresFile, "venues": VenuesFile, "clinics": ClinicsFile,
    "feedback": FeedbackFile,
}  # fmt: skip


def files(told: Gathered) -> Iterator[tuple[str, bytes]]:
    """By where each stands below the site's folder."""
    for name, shape in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.model_json_schema()}
        yield f"data/{name}.schema.json", _json(schema)
    for place in told.places:
        figures = _figures(place)
        whole = FiguresFile(as_of=told.at, metrics=_titles(figures), rows=figures)
        yield from _both(f"data/{place.slug}/figures", whole, figures, FigureRow)
    measures = [
        MeasureLine(
            kind=one.sort, exempt=list(one.exempt),
            **{name: getattr(one, name) for name in MeasureLine.model_fields if name not in ("kind", "exempt")},
        )
        for one in told.measures
    ]  # fmt: skip
    yield from _both("data/measures", MeasuresFile(as_of=told.at, rows=measures), measures, MeasureLine)
    venues = [
        VenueLine(kind=one.sort, **{name: getattr(one, name) for name in VenueLine.model_fields if name != "kind"})
        for one in told.venues
    ]
    yield from _both("data/venues", VenuesFile(as_of=told.at, rows=venues), venues, VenueLine)
    clinics = [
        ClinicLine(
            service=one.service,
            **{name: getattr(one.row, name) for name in ClinicLine.model_fields if name != "service"},
        )
        for one in told.clinics
    ]  # fmt: skip
    yield from _both("data/clinics", ClinicsFile(as_of=told.at, rows=clinics), clinics, ClinicLine)
    sums = [FeedbackLine(**told.answering._asdict())]
    yield from _both("data/feedback", FeedbackFile(as_of=told.at, rows=sums), sums, FeedbackLine)


def _figures(place: Place) -> list[FigureRow]:
    rows = []
    for one in place.issues:
        for its in one.log:
            of = one._replace(contents=its.contents)
            told: list[tuple[str, str, int]] = [(c.metric, "", c.n) for c in its.contents.record.figures]
            told += [(c.metric, c.code or "", c.n) for c in told_divisions(of)]
            rows += [
                FigureRow.model_construct(
                    area=place.code, disease=its.contents.disease, as_of=its.contents.as_of, issue=its.number,
                    issued_at=its.issued_at, in_force=its is one.log[-1], metric=metric, division=division, n=n,
                )
                for metric, division, n in told
            ]  # fmt: skip
    return rows


def _titles(rows: Sequence[FigureRow]) -> dict[str, dict[str, str]]:
    told = {one.metric for one in rows}
    return {key: {"zh": its.zh, "en": its.en, "unit": its.unit} for key, its in METRICS.items() if key in told}


def _both(
    name: str, whole: File, rows: Sequence[BaseModel], row: type[BaseModel]
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    yield f"{name}.json", whole.model_dump_json().encode()
    body = ([_cell(getattr(one, field)) for field in row.model_fields] for one in rows)
    yield f"{name}.csv", table(list(row.model_fields), body).encode()


def _cell(value: Any) -> Value:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
