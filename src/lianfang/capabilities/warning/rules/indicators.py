"""The indicators of warning: what each is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from lianfang.facts.indicator import Better, Group, Indicator, Kind

DECLARED: Final = (
    Indicator(
        "signals_open", Group.WARNING, "待研判预警信号", "signals that wait for a review", "signal", Kind.STOCK,
        Better.LOWER, "现在尚未研判的预警信号；同一情形的重复信号合为一个。",
        "Signals that nobody has reviewed; those that repeat one are folded into it.",
        "signals_open = |{raised, not reviewed}|", "The rules of signals.toml, each with its source",
        "预警规则（逐条注明来源，见 signals.toml）", ("signal.raised", "signal.reviewed"), "warning", series=False,
    ),
)  # fmt: skip
TITLES: Final = MappingProxyType({"signal.raised": ("发出信号", "Raised"), "signal.reviewed": ("研判", "Reviewed")})
