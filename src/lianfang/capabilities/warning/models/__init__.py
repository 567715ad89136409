"""Read tables of warning: disposable, refolded from the record."""

from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.capabilities.warning.models.grades import GradeRegister, GradeRow
from lianfang.capabilities.warning.models.market import EnvironmentSampleRow, MarketRegister, MarketRow
from lianfang.capabilities.warning.models.signals import SignalRegister, SignalRow

__all__ = [
    "EnvironmentSampleRow",
    "EstimateRow",
    "GradeRegister",
    "GradeRow",
    "MarketRegister",
    "MarketRow",
    "SignalRegister",
    "SignalRow",
]
