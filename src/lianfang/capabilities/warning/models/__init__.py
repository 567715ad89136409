"""Read tables of warning: disposable, refolded from the record."""

from lianfang.capabilities.warning.models.alarms import AlarmsRow
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.capabilities.warning.models.grades import GradeRegister, GradeRow
from lianfang.capabilities.warning.models.market import EnvironmentSampleRow, MarketRegister, MarketRow
from lianfang.capabilities.warning.models.restrictions import RestrictionRegister, RestrictionRow
from lianfang.capabilities.warning.models.sign_offs import SignOffRegister, SignOffRow
from lianfang.capabilities.warning.models.signals import SignalRegister, SignalRow

__all__ = [
    "AlarmsRow",
    "EnvironmentSampleRow",
    "EstimateRow",
    "GradeRegister",
    "GradeRow",
    "MarketRegister",
    "MarketRow",
    "RestrictionRegister",
    "RestrictionRow",
    "SignOffRegister",
    "SignOffRow",
    "SignalRegister",
    "SignalRow",
]
