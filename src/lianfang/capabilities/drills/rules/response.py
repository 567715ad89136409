"""How the workers of a drill work, and how often they err (``policy/response.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Response:
    """Shares are 0 to 1. The file says what each is, and where the usual figure comes from."""

    round_days: int
    met: float
    refuses: float
    vacant: float
    away: float
    unwell: float
    unproved: float
    post_persons: int
    passing: int
    fever: float
    in_vehicles: float
    from_outside: float
    suspected: float
    suspects: float
    inspect_days: int
    found: float
    rectified: float
    market_positive: float
    plan_in_time: float
    late: float
    late_days: int
    missing: float
    doubled: float
    mistyped: float
    inventing: float
    invented: float
    made_up: tuple[str, ...]

    @classmethod
    def usual(cls) -> Response:
        """As the policy has it."""
        text = resources.files("lianfang.capabilities.drills").joinpath("policy/response.toml").read_text("utf-8")
        return cls.told({name: one["value"] for name, one in tomllib.loads(text)["response"].items()})

    @classmethod
    def told(cls, table: dict[str, Any]) -> Response:
        """Of a table with every field."""
        return cls(**{**table, "made_up": tuple(table["made_up"])})

    @staticmethod
    def bounds() -> dict[str, tuple[float, float]]:
        """The least and the greatest of each number."""
        shares = ("met", "refuses", "vacant", "away", "unwell", "unproved", "fever", "suspected", "late", "missing",
                  "doubled", "mistyped", "inventing", "invented", "from_outside", "found", "rectified",
                  "market_positive", "plan_in_time")  # fmt: skip
        whole = {"round_days": (7, 60), "post_persons": (100, 10_000_000), "passing": (0, 5_000), "late_days": (1, 14),
                 "suspects": (0.0, 1_000.0), "inspect_days": (1, 60), "in_vehicles": (0.0, 0.6)}  # fmt: skip
        return {**dict.fromkeys(shares, (0.0, 1.0)), **whole}
