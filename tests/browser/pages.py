"""In which language and how wide a room is looked at."""

from __future__ import annotations

import pytest

PAGES = [
    ("zh", 390),
    pytest.param("en", 390, marks=pytest.mark.long),
    pytest.param("en", 1280, marks=pytest.mark.long),
    pytest.param("zh", 1280, marks=pytest.mark.long),
]
"""Daily where least fits and the strictest rule of language holds; every pair of language and width in the long run."""
