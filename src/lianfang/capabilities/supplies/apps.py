from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "lianfang.capabilities.supplies"
    label = "supplies"
    registers = (
        "lianfang.capabilities.supplies.models.ItemRegister",
        "lianfang.capabilities.supplies.models.StoreRegister",
        "lianfang.capabilities.supplies.models.LotRegister",
        "lianfang.capabilities.supplies.models.LedgerRegister",
        "lianfang.capabilities.supplies.models.DispatchRegister",
        "lianfang.capabilities.supplies.models.StocktakeRegister",
        "lianfang.capabilities.supplies.models.DemandRegister",
        "lianfang.capabilities.supplies.models.ProducerRegister",
        "lianfang.capabilities.supplies.models.LabourRegister",
        "lianfang.capabilities.supplies.models.SupportRegister",
        "lianfang.capabilities.supplies.models.PriceRegister",
        "lianfang.capabilities.supplies.models.ProjectRegister",
        "lianfang.capabilities.supplies.models.AllocationRegister",
    )
    indicators = ("lianfang.capabilities.supplies.queries.indicators.STOCK",)
    obligations = "lianfang.capabilities.supplies.queries.duties.obligations"
