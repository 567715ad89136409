"""What no public text may hold is refused where somebody writes it."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.bulletins.rules.lint import Level, lint


def refuse_unfit(texts: Mapping[str, str]) -> None:
    """Refuses names, numbers and addresses of persons, and small cells, by field. Raises Refused."""
    wrong = [
        Wrong(field, one.rule, one.zh, one.en)
        for field, text in texts.items()
        for one in lint(text)
        if one.level is Level.BLOCKS
    ]
    if wrong:
        raise Refused(wrong)
