"""The only door for writing cases: check access, decide, append, and the registers follow, in one transaction."""

from __future__ import annotations

from lianfang.capabilities.cases.service.assessments import assess
from lianfang.capabilities.cases.service.recording import OpenAlready, record, retract
from lianfang.capabilities.cases.service.reporting import Card, Made, correct, report
from lianfang.capabilities.cases.service.reviewing import Reviewed, review
from lianfang.capabilities.cases.service.views import drop_view, keep_view

__all__ = [
    "Card",
    "Made",
    "OpenAlready",
    "Reviewed",
    "assess",
    "correct",
    "drop_view",
    "keep_view",
    "record",
    "report",
    "retract",
    "review",
]
