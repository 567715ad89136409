"""A notice as a file: the same bytes whenever and wherever it is made, each with what proves it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from lianfang.app.publication import outputs
from lianfang.app.publication.outputs import TYPES, IssueFile, Language, render, schema
from lianfang.capabilities.bulletins.queries.issues import PublicIssue
from lianfang.places.gazetteer import Gazetteer
from tests.bulletins.made import public

LANGS: tuple[Language, ...] = ("zh", "en")
ELSEWHERE = """
import os
from hashlib import sha256
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.app.settings"
django.setup()
from lianfang.app.publication import outputs
from lianfang.places.gazetteer import Gazetteer
from tests.bulletins.made import public
outputs.current_gazetteer = Gazetteer.load
for format in outputs.TYPES:
    for lang in ("zh", "en"):
        print(sha256(outputs.render(public(), format, lang)).hexdigest())
"""


@pytest.fixture
def issue(monkeypatch: pytest.MonkeyPatch) -> PublicIssue:
    """Yunnan's of 28 January 2020 at 12:00, its second issue."""
    monkeypatch.setattr(outputs, "current_gazetteer", Gazetteer.load)
    return public()


def test_every_file_is_the_same_in_another_process_and_time_zone(issue: PublicIssue) -> None:
    here = [sha256(render(issue, format, lang)).hexdigest() for format in TYPES for lang in LANGS]
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=False,
        env={**os.environ, "TZ": "America/St_Johns", "PYTHONHASHSEED": "17", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == here


@pytest.mark.parametrize("lang", LANGS)
def test_every_file_says_the_notice_its_revision_and_its_proof(issue: PublicIssue, lang: Language) -> None:
    its = issue.contents
    wanted = [its.zh if lang == "zh" else its.en, f"{its.seq}:{its.chain}", its.edition, its.indicators, its.software,
              "补报1例", str(issue.draft)]  # fmt: skip
    for words in (_plain(issue, lang), _of_docx(issue, lang), _of_xlsx(issue, lang)):
        assert [one for one in wanted if one not in words] == []
    html = render(issue, "html", lang).decode()
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in html and "<script" not in html


def test_the_data_are_as_their_schema_says(issue: PublicIssue) -> None:
    told = json.loads(render(issue, "json", "zh"))
    assert IssueFile.model_validate(told).figures[0].n == 44
    assert set(json.loads(schema())["required"]) <= set(told)
    extra: dict[str, Any] = {**told, "name": "somebody"}
    with pytest.raises(ValueError, match="extra"):
        IssueFile.model_validate(extra)


def test_numbers_of_a_workbook_are_numbers(issue: PublicIssue) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(issue, "xlsx", "zh")))
    rows = book.get_sheet_by_name("数字").to_python()
    assert rows[0] == ["指标", "数值", "单位"] and rows[1] == ["累计确诊病例", 44, "例"]


def _plain(issue: PublicIssue, lang: Language) -> str:
    return render(issue, "txt", lang).decode()


def _of_docx(issue: PublicIssue, lang: Language) -> str:
    from docx import Document

    page = Document(io.BytesIO(render(issue, "docx", lang)))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in page.paragraphs), *cells])


def _of_xlsx(issue: PublicIssue, lang: Language) -> str:
    with zipfile.ZipFile(io.BytesIO(render(issue, "xlsx", lang))) as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(render(issue, "xlsx", lang)))
    rows = [row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row)
