"""A notice as PDF, as a document and as a workbook. The bytes carry the notice's own time, not that of the making."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from importlib import resources
from typing import TYPE_CHECKING, Final

import orjson

from lianfang.app.publication.paper import Paper, Picture, Table
from lianfang.capabilities.bulletins.facts import CIVIL_TIME
from lianfang.capabilities.warning.rules.pack.printed import HAN, LATIN, NoFont, families

if TYPE_CHECKING:
    from docx.document import Document

FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can carry."""
HAN_FONT: Final = "SimSun"
"""Of a document; who has not got it sees his own in its place."""
LONGEST_NAME: Final = 31
"""Characters of a sheet's name."""
WIDTHS: Final = (36, 28, 12, 12)
PICTURE_MM: Final = 120
"""How wide a map stands in a document, in millimetres."""
PICTURE_PPI: Final = 150
PICTURE: Final = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
"""A drawing as a page of its own: office programs do not all read SVG."""


def pdf(of: Paper) -> bytes:
    """On A4. Raises NoFont where it has Chinese letters and no font for them."""
    import typst  # 80 MB: only for who prints

    parts = {"tables": [one._asdict() for one in of.tables], "map": of.map and of.map._asdict()}
    told = orjson.dumps({**of._asdict(), **parts, "fonts": families()}).decode()
    if HAN.search(told) and families()[0] == LATIN:
        raise NoFont(CIVIL_TIME)
    template = resources.files("lianfang.app.publication").joinpath("issue.typ").read_bytes()
    return typst.compile(template, sys_inputs={"paper": told}, timestamp=int(of.made.timestamp()))


def docx(of: Paper) -> bytes:
    """A document to go on with in an office program."""
    from docx import Document as new
    from docx.oxml.ns import qn

    page = new()
    normal = page.styles["Normal"]
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HAN_FONT)
    about, made = page.core_properties, of.made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about.title, about.author, about.language = of.title, "", "zh-CN" if of.lang == "zh" else "en"
    about.created = about.modified = made
    page.add_heading(of.title, level=1)
    for line in (of.as_of, of.standing, of.note, of.text):
        if line:
            page.add_paragraph(line)
    if of.map:
        _map(page, of.map)
    for one in of.tables:
        _table(page, one)
    page.add_paragraph(of.verify)
    packed = io.BytesIO()
    page.save(packed)
    return _dated(packed)


def _map(page: Document, of: Picture) -> None:
    import typst
    from docx.shared import Mm

    page.add_heading(of.title, level=2)
    drawing = typst.compile(PICTURE, format="png", ppi=PICTURE_PPI, sys_inputs={"svg": of.svg})
    shown = page.add_picture(io.BytesIO(drawing), width=Mm(PICTURE_MM))
    shown._inline.docPr.set("descr", of.title)  # who hears the document is told what it shows
    page.add_paragraph(of.source)


def _table(page: Document, of: Table) -> None:
    page.add_heading(of.title, level=2)
    lines = [*([of.head] if any(of.head) else []), *of.rows]
    grid = page.add_table(rows=0, cols=len(of.head), style="Table Grid")
    for line in lines:
        for cell, value in zip(grid.add_row().cells, line, strict=True):
            cell.text = str(value)


def _dated(packed: io.BytesIO) -> bytes:
    """The same package, each of its parts of the same moment."""
    again = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, FIRST), old.read(part), zipfile.ZIP_DEFLATED)
    return again.getvalue()


def xlsx(of: Paper) -> bytes:
    """A workbook: the words on the first sheet, each table on one of its own. No text is taken for a formula."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # says nothing of its types

    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": of.title, "created": of.made.astimezone(UTC).replace(tzinfo=None)})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet(of.title[:LONGEST_NAME].replace(":", " "))
    first.set_column(0, 0, 100)
    lines = [line for line in (of.title, of.as_of, of.standing, of.note, of.text, of.verify) if line]
    for row, line in enumerate(lines):
        first.write_string(row, 0, line, wrapped if row else bold)
    for one in of.tables:
        sheet = book.add_worksheet(one.title[:LONGEST_NAME])
        for column, width in zip(range(len(one.head)), WIDTHS, strict=False):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, one.head, bold)
        for row, values in enumerate(one.rows, 1):
            sheet.write_row(row, 0, values)
    book.close()
    return packed.getvalue()
