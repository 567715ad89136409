from django.apps import AppConfig

_MODELS = "lianfang.capabilities.oversight.models"


class OversightConfig(AppConfig):
    name = "lianfang.capabilities.oversight"
    label = "oversight"
    registers = (
        f"{_MODELS}.FindingRegister",
        f"{_MODELS}.FormRegister",
        f"{_MODELS}.RestingRegister",
        f"{_MODELS}.RecordDrawRegister",
        f"{_MODELS}.SiteDrawRegister",
    )
    obligations = "lianfang.capabilities.oversight.queries.loop.obligations"
