"""Every reason for leaving a number unread has its sentence in both languages."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from lianfang.capabilities.bulletins.rules import breakdowns, clauses, counting, reader, reasons, sentences


def given(module: ModuleType) -> Iterator[str]:
    """The reasons that a module's source gives: sentences of several words in its calls, returns and constants."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        values: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"Reading", "Aside", "_aside", "_refused", "_replace"}:
                values = [*node.args, *(k.value for k in node.keywords)]
        elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            values = [node.value]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value:
                yield value.value


@pytest.mark.parametrize("module", [clauses, counting, breakdowns, sentences, reader], ids=lambda m: m.__name__[-12:])
def test_each_reason_is_translated(module: ModuleType) -> None:
    assert {reason for reason in given(module) if reason not in reasons.ZH} == set()
