from django.apps import AppConfig


class WarningConfig(AppConfig):
    name = "lianfang.capabilities.warning"
    label = "warning"
    registers = (
        "lianfang.capabilities.warning.models.SignalRegister",
        "lianfang.capabilities.warning.models.GradeRegister",
        "lianfang.capabilities.warning.models.MarketRegister",
        "lianfang.capabilities.warning.models.RestrictionRegister",
        "lianfang.capabilities.warning.models.SignOffRegister",
    )
    indicators = ("lianfang.capabilities.warning.queries.indicators.INDICATORS",)
    obligations = "lianfang.capabilities.warning.queries.obligations.obligations"
