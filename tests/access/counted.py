"""How many combinations were tried, by bar."""

from __future__ import annotations

from collections import Counter

TRIED: Counter[str] = Counter()
