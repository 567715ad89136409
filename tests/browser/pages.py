"""In which language and how wide a room is looked at."""

from __future__ import annotations

import pytest

PAGES = [
    ("zh", 390),
    ("en", 1280),
    pytest.param("en", 390, marks=pytest.mark.long),
    pytest.param("zh", 1280, marks=pytest.mark.long),
]
"""Each language and each width daily, every pair of them in the long run."""
