from django.apps import AppConfig


class IsolationConfig(AppConfig):
    name = "lianfang.capabilities.isolation"
    label = "isolation"
    registers = (
        "lianfang.capabilities.isolation.models.OrderRegister",
        "lianfang.capabilities.isolation.models.StationRegister",
        "lianfang.capabilities.isolation.models.RoundRegister",
        "lianfang.capabilities.isolation.models.NeedRegister",
    )
    indicators = (
        "lianfang.capabilities.isolation.queries.indicators.ORDERS",
        "lianfang.capabilities.isolation.queries.indicators.STATIONS",
    )
    obligations = "lianfang.capabilities.isolation.queries.obligations"
    charges = "lianfang.capabilities.isolation.queries.whose.charged"
