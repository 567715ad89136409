"""The page of permissions is what the matrix says, and both name what the rest of Lianfang names."""

from __future__ import annotations

from pathlib import Path

from lianfang.access.document import document
from lianfang.access.matrix import packaged
from lianfang.identity import terms

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_the_page_is_as_the_matrix_says() -> None:
    stale = "docs/permissions.md is stale: run `python -m lianfang.access.document > docs/permissions.md`"
    assert PAGE.read_text(encoding="utf-8").rstrip("\n") == document(packaged()).rstrip("\n"), stale


def test_everything_is_titled_in_both_languages() -> None:
    table = packaged()
    for titles in (table.roles, table.actions, table.purposes, table.field_classes, table.data_classes):
        for name, one in titles.items():
            assert one.zh and one.en and not one.zh.isascii(), name


def test_the_classes_of_data_are_those_that_are_held() -> None:
    assert set(packaged().data_classes) == set(terms.classes())
