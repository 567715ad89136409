"""Every row of the specification of tasks and arrivals."""

from __future__ import annotations

import pytest

from tests.spec.spec_tasks import SPECS, Spec, judged, page, rows

ROWS = [(spec, row) for spec in SPECS for row in rows(spec)]


@pytest.mark.parametrize(("spec", "row"), ROWS, ids=lambda part: part.title if isinstance(part, Spec) else str(part))
def test_rule(spec: Spec, row: dict[str, str]) -> None:
    assert judged(spec, row) == row["="]


def test_the_specification_prints_as_a_page() -> None:
    text = page()
    assert text.count("\n## ") == len(SPECS)
    assert "| w | 6 | town |" in text
