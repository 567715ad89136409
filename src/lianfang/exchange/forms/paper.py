"""A form as a page to print and as a workbook. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import escape

from lianfang.exchange.forms.parts import Sheet

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def lines(sheet: Sheet) -> Iterator[Sequence[str]]:
    """The form as lines of cells: title, fields two by two, tables, note."""
    yield (sheet.title,)
    for at in range(0, len(sheet.cells), 2):
        yield [part for one in sheet.cells[at : at + 2] for part in one]
    for table in sheet.tables:
        yield ()
        yield (table.title,)
        yield table.columns
        yield from table.rows
    yield ()
    yield (sheet.note,)


def workbook(sheet: Sheet) -> bytes:
    """The form as an XLSX workbook of one sheet. Every cell is text: none is taken for a formula."""
    name = escape(_NOT_IN_A_NAME.sub(" ", sheet.title)[:_LONGEST_NAME], quote=True)
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines(sheet))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for path, part in _PARTS.items():
            book.writestr(path, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{part}')
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        )
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        )
    return packed.getvalue()


def _cell(text: str) -> str:
    plain = escape(_NOT_XML.sub("", text), quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def page(sheet: Sheet, lang: str) -> str:
    """The form as a page to print. It has no style of its own: a page of the interface may load none."""
    cells = [f"<td><b>{escape(one.label)}</b></td>{_place('td', one.text)}" for one in sheet.cells]
    pairs = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    tables = []
    for table in sheet.tables:
        rows = "".join(_row("td", row) for row in table.rows)
        tables.append(f"<h3>{escape(table.title)}</h3>{_ruled(_row('th', table.columns) + rows)}")
    title = escape(sheet.title)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><h2 align="center">{title}</h2>{_ruled(pairs) if pairs else ""}{"".join(tables)}'
        f"<p><small>{escape(sheet.note)}</small></p></body></html>"
    )


def _ruled(rows: str) -> str:
    return f'<table border="1" cellspacing="0" cellpadding="4" width="100%">{rows}</table>'


def _row(tag: str, texts: Sequence[str]) -> str:
    return f"<tr>{''.join(_place(tag, text) for text in texts)}</tr>"


def _place(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text) or '&nbsp;'}</{tag}>"
