"""A notice as a file: text, HTML, PDF, DOCX, spreadsheet, JSON. The same notice gives the same bytes, whenever and
wherever it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Final, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field

from lianfang.app.publication import office
from lianfang.app.publication.paper import Paper, Table, paper
from lianfang.capabilities.bulletins.facts import CIVIL_TIME, METRICS, Count
from lianfang.capabilities.bulletins.queries.issues import PublicIssue
from lianfang.capabilities.bulletins.rules.write import Language
from lianfang.places.queries import current_gazetteer

PaperFormat = Literal["txt", "html", "pdf", "docx", "xlsx"]
Format = Literal[PaperFormat, "json"]
SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


TYPES: Final[dict[Format, str]] = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""The media type of each."""


def render(issue: PublicIssue, format: Format, lang: Language) -> bytes:
    """The notice as a file. Raises NoFont for a PDF with Chinese letters where there is no font for them."""
    if format == "json":
        return _json(issue)
    return set_paper(paper(issue, lang, current_gazetteer()), format)


def set_paper(of: Paper, format: PaperFormat) -> bytes:
    """A paper as a file. Raises NoFont for a PDF with Chinese letters where there is no font for them."""
    return _SET[format](of)


def file_name(issue: PublicIssue, format: Format, lang: Language) -> str:
    """The name of a file: area, cut-off, number of the issue, language."""
    contents = issue.contents
    at = contents.as_of.astimezone(CIVIL_TIME)
    number = f"-{issue.number}" if issue.number else "-draft"
    return f"{contents.area_code}-{at:%Y%m%dT%H%M}{number}{'' if format == 'json' else f'-{lang}'}.{format}"


def _txt(of: Paper) -> bytes:
    lines = [of.title, of.as_of, of.standing, *([of.note] if of.note else []), "", of.text]
    for table in of.tables:
        lines += ["", table.title, *(" · ".join(map(str, row)) for row in table.rows)]
    return ("\n".join([*lines, "", of.verify]) + "\n").encode()


_STYLE: Final = (
    "body{font:16px/1.7 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#17252d}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:start;padding:.35rem .5rem;border-bottom:1px solid #dde4e8;overflow-wrap:anywhere}"
    ".n{text-align:end;font-variant-numeric:tabular-nums}figure{margin:0}svg{max-width:100%;height:auto}"
)


def _html(of: Paper) -> bytes:
    lang = "zh-CN" if of.lang == "zh" else "en"
    note = f"<p>{escape(of.note)}</p>" if of.note else ""
    page = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(of.title)}</title><style>{_STYLE}</style>'
        f"</head><body><h1>{escape(of.title)}</h1><p>{escape(of.as_of)}<br>{escape(of.standing)}</p>{note}"
        f"<p>{escape(of.text)}</p>{_html_map(of)}{''.join(map(_html_table, of.tables))}<p>{escape(of.verify)}</p>"
        "</body></html>\n"
    )
    return page.encode()


def _html_map(of: Paper) -> str:
    if of.map is None:
        return ""
    drawing = of.map.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(of.map.title)}" ', 1)
    return f"<h2>{escape(of.map.title)}</h2><figure>{drawing}<figcaption>{escape(of.map.source)}</figcaption></figure>"


def _html_table(of: Table) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in of.head)
    rows = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in of.rows)
    head = f"<thead><tr>{head}</tr></thead>" if any(of.head) else ""
    return f"<h2>{escape(of.title)}</h2><table>{head}<tbody>{rows}</tbody></table>"


def _html_cell(value: str | int) -> str:
    return f'<td class="n">{value}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FileFigure(Part):
    metric: str
    zh: str
    en: str
    n: int
    unit: str
    area: str = Field(description="code of the division (GB/T 2260)")


class FileRevision(Part):
    number: int
    issued_at: datetime
    note: str | None


class FileProof(Part):
    seq: int = Field(description="the last fact of the record that the figures stand on")
    chain: str = Field(description="head of the record's chain at seq")
    edition: str = Field(description="of the policy of what a notice states")
    indicators: str = Field(description="digest of how the figures are declared")
    software: str


class IssueFile(Part):
    """A notice as data."""

    id: UUID
    area: str
    disease: str
    as_of: datetime
    window_start: datetime | None
    number: int | None = Field(description="of the issue, from 1; null: a draft, not public")
    issued_at: datetime | None
    note: str | None = Field(description="why it took the place of the issue before")
    zh: str
    en: str
    figures: list[FileFigure]
    revisions: list[FileRevision]
    proof: FileProof


def schema() -> bytes:
    """The JSON Schema of the JSON file."""
    told = {"$schema": SCHEMA, **IssueFile.model_json_schema()}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _json(of: PublicIssue) -> bytes:
    contents = of.contents
    record = contents.record
    own = [_figure(one, contents.area_code) for one in record.figures]
    parts = [_figure(one, one.code or one.name) for one in record.by_area]
    told = IssueFile(
        id=of.draft, area=contents.area_code, disease=contents.disease, as_of=contents.as_of,
        window_start=record.window.start if record.window else None, number=of.number, issued_at=of.issued_at,
        note=of.note, zh=contents.zh, en=contents.en, figures=own + parts,
        revisions=[FileRevision(number=one.number, issued_at=one.issued_at, note=one.note) for one in of.log],
        proof=FileProof(**contents.model_dump(include=set(FileProof.model_fields))),
    )  # fmt: skip
    return orjson.dumps(told.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _figure(one: Count, area: str) -> FileFigure:
    about = METRICS[one.metric]
    return FileFigure(metric=one.metric, zh=about.zh, en=about.en, n=one.n, unit=one.unit.value, area=area)


_SET: Final[dict[PaperFormat, Callable[[Paper], bytes]]] = {
    "txt": _txt,
    "html": _html,
    "pdf": office.pdf,
    "docx": office.docx,
    "xlsx": office.xlsx,
}
